"""What the article is called, and who says so."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import normalize

from linkcheck.dates import find_date
from linkcheck.model import Claim
from linkcheck.provenance.publisher import Names


def claims(
    claims: Sequence[Claim], opening: Sequence[tuple[int, str]], names: Names | None = None
) -> tuple[Claim, ...]:
    """Give the titles that the extractor found, strongest first; else a short first block with text after it.

    The publication's name is cut off where it stands before or behind a title, and is no title by itself. What other
    titles contain is what they agree on; therefore it comes first, and of equals the H1, which readers see. Front
    matter is believed before all.
    """
    stated = [claim for claim in claims if claim.field == "title" and claim.value.strip()]
    if not stated:
        return tuple(_first_line(opening))
    names = names or Names()
    headlines = [Claim("title", names.cut_from(one.value), one.said_by, one.line) for one in stated]
    headlines = [claim for claim in headlines if not names.has(claim.value)] or headlines
    folded = [f" {_folded(claim.value)} " for claim in headlines]

    def weight(position: int) -> tuple[bool, int, bool]:
        own, said_by = folded[position], headlines[position].said_by
        seconds = sum(own in other for other in folded) if len(own) > _SHORTEST else 0
        return said_by != "front matter", -seconds, said_by != "H1"

    return tuple(headlines[position] for position in sorted(range(len(headlines)), key=weight))


def _first_line(opening: Sequence[tuple[int, str]]) -> Iterator[Claim]:
    if len(opening) > 1:
        line, text = opening[0]
        if len(text) <= _LONGEST and not find_date(text):
            yield Claim("title", text, "first line", line)


@lru_cache(maxsize=128)
def _folded(text: str) -> str:
    return " ".join(_WORD.findall((text if text.isascii() else normalize("NFKC", text)).casefold()))


_LONGEST = 200
"""Characters in a headline."""
_SHORTEST = 10
"""Characters of a title that does not stand in others by chance."""
_WORD = re.compile(r"\w+")
