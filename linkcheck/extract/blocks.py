"""Gathers the blocks of a Markdown document: their text, and the references that stand in them.

Only when a block (a paragraph, a list item, a table cell, a heading) has ended are the words around its references
known, so references wait as marks until then.
"""

from collections.abc import Callable

from linkcheck.extract.cited import cited_of
from linkcheck.extract.roles import role_of
from linkcheck.extract.slugs import Slugs
from linkcheck.extract.surroundings import Surroundings
from linkcheck.model import Anchor, Claim, Passage, Reference, Role, Span
from linkcheck.packed import Packed


class Mark:
    """One reference whose block has not ended."""

    __slots__ = ("around", "element", "index", "raw", "rel", "role", "span", "text", "text_end", "text_start")

    def __init__(self, element: str, text_start: int) -> None:
        self.element = element
        self.text_start = self.text_end = text_start
        """Where its text stands among the characters of the block."""
        self.text: str | None = None
        """Its text, where that is not what stands in the block."""
        self.raw = ""
        self.span: Span | None = None
        """None where no destination was found in the source; then there is nothing to point at."""
        self.role: Role | None = None
        """None where the words around it decide."""
        self.rel = ""
        self.index: int | None = None
        """Where it is among the references, when it goes on in the next block."""
        self.around = Surroundings()


class Blocks:
    """What was found so far, and the block that is being read."""

    def __init__(self, line_of: Callable[[int], int]) -> None:
        self.references = Packed(Reference)
        self.claims: list[Claim] = []
        self.opening: list[tuple[int, str]] = []
        self.anchors: list[str] = []
        self.passages: list[Passage] | None = None
        """The text itself; None where nobody wants it."""
        self.size = 0
        """Characters of the block so far."""
        self.marks: list[Mark] = []
        """Its references, in order."""
        self.level = 0
        """Of the heading that is being read; 0 in other blocks."""
        self.is_code = False
        """Whether HTML says that what follows in this block is code."""
        self.anchor: Mark | None = None
        """The HTML link around this place; it may have begun in an earlier block."""
        self._anchor_text = ""
        """What the HTML link says in earlier blocks."""
        self._line_of = line_of
        self._parts: list[str] = []
        self._begin = 0
        self._alternatives: list[tuple[int, int]] = []
        self._previous = self._heading = ""
        self._slugs = Slugs()
        self._has_title = False

    def add(self, text: str, begin: int) -> None:
        """Append text, which stands at byte `begin` of the document."""
        if not self._parts:
            self._begin = begin
        self._parts.append(text)
        self.size += len(text)

    def add_alternative(self, start: int, end: int) -> None:
        """Say which characters of the block are the alternative text of an image: no part of a heading's id."""
        self._alternatives.append((start, end))

    def close_anchor(self) -> None:
        """End the HTML link around this place, if there is one."""
        anchor, self.anchor = self.anchor, None
        if anchor is None:
            return
        anchor.text_end = self.size
        if anchor.index is not None:
            self._complete(anchor, anchor.index, self._anchor_text + " " + "".join(self._parts))

    def end(self) -> None:
        """End the block, if it holds anything: its marks become references."""
        if not (self._parts or self.marks):
            return
        text, begins_with_text = "".join(self._parts), bool(self._parts)
        self._parts.clear()  # a block may be the whole document, which shall not be held twice
        self._keep_anchor(text)
        anchors = []
        for mark in self.marks:
            if mark.span is not None:
                self._finish(mark, text)
                if mark.element in _LINKS:
                    end = min(max(mark.text_end, mark.text_start), len(text))
                    anchors.append(Anchor(min(mark.text_start, end), end, mark.raw, len(self.references) - 1))
        if self.passages is not None and (text.strip() or anchors):
            self.passages.append(
                Passage(
                    text,
                    tuple(anchors),
                    self._line_of(self._begin) if begins_with_text else None,
                    self._heading,
                    is_heading=bool(self.level),
                )
            )
        plain = folded(text[:_LONGEST])
        if plain:
            self._end_text(text, plain)
            begin, end = len(text) - len(text.lstrip()), len(text.rstrip(" \t\r\n.:"))
            if any(one.text is None and one.text_start <= begin and one.text_end >= end for one in self.marks):
                self._previous = ""  # a link's own words are no label of the next one
        self.marks.clear()
        self._alternatives.clear()
        self.size = 0
        self.is_code = False

    def _finish(self, mark: Mark, text: str) -> None:
        start, end = mark.text_start, mark.text_end
        around = Surroundings(
            folded(text[max(0, start - _AROUND) : start]),
            folded(text[end : end + _AROUND]),
            self._previous,
            self._heading,
        )
        if mark is self.anchor:
            mark.index, mark.around = len(self.references), around
        words = folded(text[start : min(end, start + _LONGEST)]) if mark.text is None else mark.text
        self.references.append(reference(mark, words, around))

    def _keep_anchor(self, text: str) -> None:
        if self.anchor is None:
            return
        if self.anchor.index is None:
            self.anchor.text_end = self.size
            self._anchor_text = text[self.anchor.text_start :][:_LONGEST]
        else:
            self._anchor_text += " " + text[:_LONGEST]
            if len(self._anchor_text) > _LONGEST:  # a link is not that long: its end tag was forgotten
                self._complete(self.anchor, self.anchor.index, self._anchor_text)
                self.anchor = None

    def _complete(self, mark: Mark, index: int, text: str) -> None:
        """Give a reference that began in an earlier block its whole text."""
        self.references.replace(index, reference(mark, folded(text[:_LONGEST]), mark.around))

    def _end_text(self, text: str, plain: str) -> None:
        if len(self.opening) < _OPENING:
            self.opening.append((self._line_of(self._begin), plain))
        self._previous = folded(text[-_AROUND:])
        if self.level:
            self._end_heading(text, plain)

    def _end_heading(self, text: str, plain: str) -> None:
        own, at = [], 0
        for start, end in sorted(self._alternatives):
            own.append(text[at:start])
            at = max(at, end)
        words = "".join(own) + text[at:]
        self.anchors.append(self._slugs.add(folded(words) if "\n" in words else words))
        if self.level == 1 and not self._has_title:
            self._has_title = True
            self.claims.append(Claim("title", plain, "H1", self._line_of(self._begin)))
        self._heading = plain[:_AROUND]
        self.level = 0


def reference(mark: Mark, text: str, around: Surroundings) -> Reference:
    """Make the value that stays of a mark."""
    assert mark.span is not None
    if mark.role is not None:
        return Reference(mark.raw, mark.span, mark.element, text, mark.role)
    role = role_of(mark.element, text, around, rel=mark.rel)
    return Reference(mark.raw, mark.span, mark.element, text, role, cited_of(text, around))


def folded(text: str) -> str:
    """Make one space of any white space, and none at the ends."""
    return " ".join(text.split())


_LINKS = frozenset({"a", "autolink", "bare", "link"})
_AROUND = 300
_LONGEST = 1000
"""Characters of a text that are kept, so that hostile nesting costs no more than its length."""
_OPENING = 12
