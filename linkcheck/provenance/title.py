"""What the article is called, and who says so."""

from collections.abc import Sequence

from linkcheck.dates import find_date
from linkcheck.model import Claim


def claims(claims: Sequence[Claim], opening: Sequence[tuple[int, str]]) -> tuple[Claim, ...]:
    """Give the titles that the extractor found, strongest first; else a short first block with text after it."""
    found = tuple(claim for claim in claims if claim.field == "title" and claim.value.strip())
    if found or len(opening) < 2:
        return found
    line, text = opening[0]
    return () if len(text) > _LONGEST or find_date(text) else (Claim("title", text, "first line", line),)


_LONGEST = 200
"""Characters in a headline."""
