"""Reads a part of a document in another format, and says where things stand in the whole.

The part's text may be written differently in the whole (escaped, in pieces, with parts blanked out): for each of its
characters, and its end, a table says where that one stands.
"""

from array import array
from bisect import bisect_right
from typing import NamedTuple

from msgspec.structs import replace

from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.places import Places
from linkcheck.model import Claim, Document, Passage, PlacedFinding, Reference, Span


class Runs:
    """For each character of a text made of pieces of another: where it stands there.

    A list would take 36 bytes a character, which is most of the memory for a large document; this takes 16 a piece.
    """

    def __init__(self) -> None:
        """Begin with no text."""
        self._begins = array("Q")
        """The character of the text at which each piece begins."""
        self._places = array("Q")
        """Where that one stands in the whole."""
        self._size = 0

    def add(self, place: int, length: int) -> None:
        """Append a piece of so many characters, which stands in the whole as it is."""
        if not self._begins or self[self._size] != place:
            self._begins.append(self._size)
            self._places.append(place)
        self._size += length

    def __getitem__(self, character: int) -> int:
        piece = bisect_right(self._begins, character) - 1
        return self._places[piece] + character - self._begins[piece]


class Part(NamedTuple):
    """A text within a document."""

    text: str
    places: Runs
    """For each character of `text`, and its end: the character of the document."""


def read(part: Part, extractor: Extractor, document: Document, places: Places, wanted: Wanted) -> Extraction:
    """Extract from a part; all places are those of the document, and `raw` is what is written there."""
    inner = Document(
        name=document.name,
        url=document.url,
        media_type=extractor.media_types[0],
        source=part.text.encode("utf-8", "replace"),
        text=part.text,
    )
    extraction = extractor.extract(inner, wanted)
    moved = _Moved(part, Places(inner), document, places)
    return Extraction(
        references=tuple(map(moved.reference, extraction.references)),
        findings=tuple(map(moved.finding, extraction.findings)),
        claims=tuple(map(moved.claim, extraction.claims)),
        opening=tuple((moved.line(line), text) for line, text in extraction.opening),
        anchors=extraction.anchors,
        passages=tuple(map(moved.passage, extraction.passages)),
    )


class _Moved:
    def __init__(self, part: Part, inner: Places, document: Document, outer: Places) -> None:
        self._part, self._inner, self._document, self._outer = part, inner, document, outer

    def reference(self, one: Reference) -> Reference:
        start, end = (self._part.places[self._inner.character(at)] for at in (one.span.start, one.span.end))
        line, column = self._outer.line_column(self._place(one.span.line, one.span.column))
        span = Span(self._outer.stored(start), self._outer.stored(end), line, column)
        return replace(one, raw=self._document.text[start:end], span=span)

    def finding(self, one: PlacedFinding) -> PlacedFinding:
        if one.line is None:
            return one
        line, column = self._outer.line_column(self._place(one.line, one.column or 1))
        return replace(one, line=line, column=column)

    def claim(self, one: Claim) -> Claim:
        return replace(one, line=self.line(one.line)) if one.line else one

    def passage(self, one: Passage) -> Passage:
        return replace(one, line=self.line(one.line)) if one.line else one

    def line(self, line: int) -> int:
        return self._outer.line_column(self._place(line, 1))[0]

    def _place(self, line: int, column: int) -> int:
        return self._part.places[min(self._inner.place(line, column), len(self._part.text))]
