"""Reads the HTML that stands in Markdown: its references, ids, headings, and the text between its tags."""

from bisect import bisect_right
from itertools import accumulate

from linkcheck.extract.attributes import destinations, role_by_element
from linkcheck.extract.blocks import Blocks, Mark, folded
from linkcheck.extract.places import Places
from linkcheck.extract.tags import RAW_TEXT, Tag, scan, without_markup
from linkcheck.extract.visible import BLOCKS


class Source:
    """Lines of one HTML block, or one inline tag; in a quotation the marks between the lines are no part of it."""

    def __init__(self, lines: list[tuple[int, int]], text: str, places: Places) -> None:
        """Take the lines, given in UTF-8 bytes, out of the document's text."""
        self._lines = [(places.character(start), places.character(end)) for start, end in lines]
        self._bytes = [start for start, _ in lines]
        pieces = [text[start:end] for start, end in self._lines]
        self._begins = list(accumulate(map(len, pieces), initial=0))[: len(pieces)]
        self.text = "".join(pieces)

    def character(self, at: int) -> int:
        """Say where in the document a character of this text stands."""
        line = bisect_right(self._begins, at) - 1
        return self._lines[line][0] + at - self._begins[line]

    def byte(self, at: int) -> int:
        """Say at which byte of the document the line begins that holds a character of this text."""
        return self._bytes[bisect_right(self._begins, at) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Say where in the document a value stands, which may go over several lines."""
        first = self.character(start)
        return first, (self.character(end - 1) + 1 if end > start else first)


def read(lines: list[tuple[int, int]], text: str, places: Places, blocks: Blocks) -> None:
    """Take adjoining HTML into the blocks of a document with this text."""
    source = Source(lines, text, places)
    at, is_hidden = 0, False
    for tag in scan(source.text):
        if not is_hidden:
            _take_text(source, at, tag.start, blocks)
        at, is_hidden = tag.end, tag.name in RAW_TEXT and not tag.is_end
        _take_structure(tag, source, blocks)
        if not tag.is_end:
            _take_references(tag, source, blocks, (text, places))
    if not is_hidden:
        _take_text(source, at, len(source.text), blocks)


def _take_text(source: Source, start: int, end: int, blocks: Blocks) -> None:
    text = without_markup(source.text[start:end])
    if text and (blocks.size or not text.isspace()):
        blocks.add(text, source.byte(start + len(text) - len(text.lstrip())))


def _take_structure(tag: Tag, source: Source, blocks: Blocks) -> None:
    if tag.name in BLOCKS:
        blocks.end()
    if tag.name in _HEADINGS:
        blocks.level = 0 if tag.is_end else int(tag.name[1])
    elif tag.name in _CODE:
        blocks.is_code = not tag.is_end
    elif tag.name == "a":
        blocks.close_anchor()
    elif tag.name == "br":
        blocks.add(" ", source.byte(tag.start))


def _take_references(tag: Tag, source: Source, blocks: Blocks, document: tuple[str, Places]) -> None:
    text, places = document
    is_anchor = tag.name == "a"
    for attribute in tag.attributes:
        if attribute.value and (attribute.name == "id" or (attribute.name == "name" and is_anchor)):
            blocks.anchors.append(attribute.value)
    alternative = (tag.get("alt") or "") if tag.name in _WITH_ALTERNATIVE else ""
    for found in destinations(tag, source.text):
        mark = Mark(found.element, blocks.size)
        start, end = source.span(found.start, found.end)
        mark.raw = text[start:end]
        mark.span = places.span(start, end, element=source.character(tag.start))
        mark.role, mark.rel = role_by_element(tag, found.attribute), tag.get("rel") or ""
        blocks.marks.append(mark)
        if is_anchor:
            blocks.anchor = blocks.anchor or mark
        else:
            mark.text = folded(alternative or tag.get("title") or "")
            mark.text_end += len(alternative)
    if alternative:
        blocks.add_alternative(blocks.size, blocks.size + len(alternative))
        blocks.add(alternative, source.byte(tag.start))


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CODE = frozenset({"code", "kbd", "pre", "samp", "tt"})
_WITH_ALTERNATIVE = frozenset({"img", "area"})
