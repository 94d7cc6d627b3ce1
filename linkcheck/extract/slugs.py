r"""The ids that GitHub gives to headings.

The rule is that of github-slugger (https://github.com/Flet/github-slugger), which follows GitHub's own
`downcase.gsub(/[^\\p{Word}\- ]/, "").tr(" ", "-")`: letters, marks, decimal numbers and connectors stay, all other
punctuation and symbols go, every space becomes a hyphen.
"""

import re
import unicodedata
from functools import lru_cache

_DROPPED_ASCII = re.compile(r"[^a-z0-9_\- ]")
_KEPT = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"})


def slug(heading: str) -> str:
    """Give the id of a heading's plain text, as if it stood alone in its document."""
    lower = heading.lower()
    kept = _DROPPED_ASCII.sub("", lower) if lower.isascii() else "".join(filter(_is_kept, lower))
    return kept.replace(" ", "-")


class Slugs:
    """The headings of one document, in order: a repeated slug gets `-1`, `-2` ..., past any that is taken."""

    def __init__(self) -> None:
        self._repeats: dict[str, int] = {}

    def add(self, heading: str) -> str:
        """Give the id of the next heading."""
        plain = unique = slug(heading)
        while unique in self._repeats:
            self._repeats[plain] += 1
            unique = f"{plain}-{self._repeats[plain]}"
        self._repeats[unique] = 0
        return unique


@lru_cache(maxsize=4096)
def _is_kept(character: str) -> bool:
    r"""Tell a word character as Unicode's `\p{Word}` does; circled letters are alphabetic, though symbols."""
    return (
        character in " -"
        or unicodedata.category(character) in _KEPT
        or "\N{CIRCLED LATIN CAPITAL LETTER A}" <= character <= "\N{CIRCLED LATIN SMALL LETTER Z}"
    )
