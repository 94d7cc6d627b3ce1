"""Makes references of the places that a markup language's own scanner has found in running text.

A scanner says where elements stand and how its markup is left out; the words around each element, which tell roles and
citations, are looked for here. A block ends at an empty line or before a list item. Linear in the length of the text
and in the number of places, since no more than a few hundred characters around each are looked at.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from linkcheck.extract.cited import cited_of
from linkcheck.extract.places import Places
from linkcheck.extract.roles import role_of
from linkcheck.extract.surroundings import Surroundings
from linkcheck.model import Cited, Claim, Document, Reference, Role
from linkcheck.packed import Packed

Clean = Callable[[str], str]
"""Leaves the markup out of a piece of text."""


class Found(NamedTuple):
    """One element, in characters of the text."""

    opens: int
    closes: int
    start: int
    """Of its destination, which stands elsewhere where the element only names it."""
    end: int
    element: str
    text: str = ""
    role: Role | None = None
    """None where the words around it decide."""
    cited: Cited | None = None
    """What its own fields say; None where the words around it decide."""


class Heading(NamedTuple):
    """One heading, whose text stands at a character."""

    at: int
    level: int
    text: str


class Prose:
    """The words of one document."""

    def __init__(
        self,
        document: Document,
        places: Places,
        clean: Clean,
        headings: Sequence[Heading] = (),
        *,
        breaks: re.Pattern[str] | None = None,
    ) -> None:
        """Take a document; `breaks` are where further blocks of this format begin."""
        self._text = document.text
        self._places = places
        self._clean = clean
        self._headings = headings
        self._begins = [heading.at for heading in headings]
        ends = [found.span() for found in _BREAK.finditer(document.text)]
        if breaks:
            ends = sorted([*ends, *(found.span() for found in breaks.finditer(document.text))])
        self._starts = array("Q", [0, *(end for _, end in ends)])
        self._ends = array("Q", [start for start, _ in ends])
        """Where blocks start, and where all but the last end."""
        self._known = (-1, "")

    def references(self, found: Sequence[Found]) -> Sequence[Reference]:
        """Give the references in the order in which their elements stand."""
        in_order = sorted(found, key=lambda one: (one.opens, -one.closes, one.start))
        return Packed(Reference, map(self._reference, in_order))

    def opening(self) -> tuple[tuple[int, str], ...]:
        """Give line and plain text of the first blocks that have any."""
        return tuple(self._opening())

    def title(self) -> tuple[Claim, ...]:
        """Give the first heading, if it stands alone on the highest level, as what the document is called."""
        if not self._headings:
            return ()
        first = self._headings[0]
        if not first.text or any(heading.level < first.level for heading in self._headings):
            return ()
        return (Claim("title", first.text, "H1", self._places.line_column(first.at)[0]),)

    def _reference(self, one: Found) -> Reference:
        raw = self._text[one.start : one.end]
        span = self._places.span(one.start, one.end, element=one.opens)
        text = folded(one.text)[:_LONGEST]
        if one.role is not None and one.cited is not None:
            return Reference(raw, span, one.element, text, one.role, one.cited)
        around = self._around(one.opens, one.closes)
        role = one.role or role_of(one.element, text, around)
        return Reference(raw, span, one.element, text, role, one.cited or cited_of(text, around))

    def _around(self, start: int, end: int) -> Surroundings:
        block = bisect_right(self._ends, start)
        below = bisect_left(self._ends, end)
        first = self._starts[block]
        last = self._ends[below] if below < len(self._ends) else len(self._text)
        heading = bisect_right(self._begins, start) - 1
        return Surroundings(
            before=self._plain(self._text[max(first, start - _WINDOW) : start])[-_AROUND:],
            after=self._plain(self._text[end : min(last, end + _WINDOW)])[:_AROUND],
            previous=self._previous(block),
            heading=self._headings[heading].text[:_AROUND] if heading >= 0 else "",
        )

    def _previous(self, block: int) -> str:
        """Give the end of the last of the blocks before one that has any text; the last answer is kept."""
        if self._known[0] != block:
            above = (
                self._plain(self._text[max(self._starts[at], self._ends[at] - _WINDOW) : self._ends[at]])
                for at in range(block - 1, max(-1, block - 1 - _ABOVE), -1)
            )
            self._known = block, next(filter(None, above), "")[-_AROUND:]
        return self._known[1]

    def _plain(self, text: str) -> str:
        return folded(self._clean(text)) if text.strip() else ""

    def _opening(self) -> Iterator[tuple[int, str]]:
        at = given = looked = 0
        while given < _OPENING and looked < _BLOCKS and (first := _VISIBLE.search(self._text, at)):
            ends = _BREAK.search(self._text, first.end())
            at = ends.start() if ends else len(self._text)
            looked += 1
            if text := self._plain(self._text[first.start() : min(at, first.start() + _WINDOW)])[:_LONGEST]:
                given += 1
                yield self._places.line_column(first.start())[0], text


def folded(text: str) -> str:
    """Make one space of any white space, and none at the ends."""
    return " ".join(text.split())


_AROUND = 300
_WINDOW = 700
"""Characters looked at on each side: markup is left out and white space folds, so there are more than are kept."""
_LONGEST = 1000
_ABOVE = 3
"""Blocks before one that are looked at for text."""
_OPENING = 12
_BLOCKS = 60
"""Blocks looked at for the opening: some formats begin with many that hold no text."""
_VISIBLE = re.compile(r"\S")
_BREAK = re.compile(r"(?:\r?\n|\r)(?:[^\S\r\n]*+(?:\r?\n|\r)|(?=[^\S\r\n]*+(?:[-*+•]{1,5}|[0-9#]{1,4}[.)])[^\S\r\n]))")
"""An empty line, or the place before a list item."""
