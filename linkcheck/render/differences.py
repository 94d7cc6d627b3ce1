"""Says where an article and its original differ, and parts a word diff into what was taken out, put in, and kept."""

import re
from collections.abc import Iterator

from linkcheck.model import Copy, Difference


def differences(copy: Copy | None) -> list[tuple[Difference, str]]:
    """Give the paragraphs that are not those of the original, with `missing`, `altered` or `added`, in order."""
    if copy is None:
        return []
    found = [
        *((one, "missing") for one in copy.missing),
        *((one, "altered") for one in copy.altered),
        *((one, "added") for one in copy.added),
    ]
    return sorted(found, key=lambda pair: pair[0].line or 0)


def where(one: Difference, word: str) -> str:
    """Give `After line 12` or `Line 12`."""
    if not one.line:
        return "In the text"
    return f"{'After line' if word == 'missing' else 'Line'} {one.line}"


def pieces(one: Difference, word: str) -> Iterator[tuple[str, str]]:
    """Give the words of a difference in order, each stretch as `taken`, `put` or `kept`."""
    if word == "missing":
        yield "taken", one.theirs or ""
    elif word == "added":
        yield "put", one.ours or ""
    else:
        for found in _MARKED.finditer(one.words):
            taken, put, rest = found.groups()
            if found[0].strip():
                yield ("taken", taken) if taken else ("put", put) if put else ("kept", rest.strip())


_MARKED = re.compile(r"\[-(.+?)-\]|\{\+(.+?)\+\}|((?:(?!\[-.+?-\]|\{\+.+?\+\}).)+)", re.DOTALL)
