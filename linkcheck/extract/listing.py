"""What sitemaps and feeds have in common: XML in which addresses stand as text, and a limit to how many."""

import re
from collections.abc import Iterable, Iterator

from linkcheck.extract.tags import Tag
from linkcheck.model import Document, PlacedFinding, Severity

MOST = 50_000
"""Addresses in one file: as many as a sitemap may name."""


def texts(text: str, tags: Iterable[Tag]) -> Iterator[tuple[Tag, int, int]]:
    """Give every start tag, and where the text behind it stands: up to the next tag, without white space and CDATA."""
    opened: Tag | None = None
    for tag in tags:
        if opened is not None:
            yield opened, *_inner(text, opened.end, tag.start)
        opened = None if tag.is_end else tag
    if opened is not None:
        yield opened, opened.end, opened.end


def cut(document: Document, place: tuple[int, int]) -> PlacedFinding:
    """Say that a list goes on behind what was read."""
    return PlacedFinding(
        rule="list-cut",
        severity=Severity.WARNING,
        message=f"the list names more than {MOST:,} addresses; what comes behind was not read",
        next="Split it, and name the parts in a sitemap index.",
        evidence={"most": MOST, "bytes": len(document.source)},
        line=place[0],
        column=place[1],
    )


def _inner(text: str, start: int, end: int) -> tuple[int, int]:
    found = _CDATA.match(text, start, end)
    start, end = found.span(1) if found else (start, end)
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return start + left, start + max(left, len(piece.rstrip()))


_CDATA = re.compile(r"\s*<!\[CDATA\[((?:(?!\]\]>).)*)\]\]>\s*", re.DOTALL)
