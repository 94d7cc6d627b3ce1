"""Reads an HTML page as a person reads it: paragraphs in order, each with its links. One pass, linear."""

from collections.abc import Callable

from linkcheck.extract.tags import RAW_TEXT, Tag, scan, without_markup
from linkcheck.extract.visible import BLOCKS, Regions
from linkcheck.model import Anchor, Passage


def passages(
    text: str,
    *,
    is_xml: bool = False,
    line_of: Callable[[int], int] | None = None,
    reference_at: Callable[[int], int | None] | None = None,
) -> tuple[Passage, ...]:
    """Give the passages of a page; no more than its first 20,000.

    `line_of` tells the line of a character, `reference_at` which reference of a document begins there.
    """
    reader = _Reader(line_of, reference_at)
    at, is_raw = 0, False
    for tag in scan(text, is_xml=is_xml):
        if not is_raw and at < tag.start:
            reader.take_text(without_markup(text[at : tag.start]), at)
        at, is_raw = tag.end, tag.name in RAW_TEXT and not tag.is_end
        reader.take_tag(tag)
        if len(reader.ended) >= _MOST:
            break
    else:
        if not is_raw:
            reader.take_text(without_markup(text[at:]), at)
    reader.end()
    return tuple(reader.ended)


def paragraphs(text: str) -> tuple[Passage, ...]:
    """Give the paragraphs of a plain text, parted by empty lines."""
    found: list[Passage] = []
    begin, lines = 1, list[str]()
    for number, line in enumerate((*text.splitlines(), ""), 1):
        if line.strip():
            begin = number if not lines else begin
            lines.append(line.strip())
        elif lines:
            found.append(Passage(" ".join(lines), line=begin))
            lines = []
            if len(found) >= _MOST:
                break
    return tuple(found)


class _Reader:
    """The passages so far, and the one that is being read."""

    def __init__(self, line_of: Callable[[int], int] | None, reference_at: Callable[[int], int | None] | None) -> None:
        self.ended: list[Passage] = []
        self._line_of = line_of
        self._reference_at = reference_at
        self._regions = Regions()
        self._elements: list[tuple[str, int]] = [("", 0)]
        self._open_names: dict[str, int] = {}
        self._made = 0
        self._hidden: str | None = None
        self._parts: list[str] = []
        self._size = self._begin = 0
        self._is_apart = False
        self._anchors: list[Anchor] = []
        self._href: tuple[str, int | None] | None = None
        self._anchor_start = 0
        self._pictures: list[tuple[int, int]] = []
        self._heading = ""
        self._level = 0

    def take_text(self, text: str, at: int) -> None:
        """Append text that stands at a character of the page."""
        if self._hidden:
            return
        words = " ".join(text.split())
        if not words:
            self._is_apart = self._is_apart or bool(text)
            return
        if not self._parts:
            self._begin = at + len(text) - len(text.lstrip())
        elif self._is_apart or text[0].isspace():
            if self._href and self._anchor_start == self._size:
                self._anchor_start += 1  # the space before a link is not the link's
            words = " " + words
        self._is_apart = text[-1].isspace()
        self._parts.append(words)
        self._size += len(words)

    def take_tag(self, tag: Tag) -> None:
        """Take one tag: it may end the passage, a link, or both."""
        if self._hidden == "svg" and tag.name in BLOCKS:
            self._hidden = None  # as in browsers, blocks break out of a drawing that was never closed
        if self._hidden:
            self._hidden = None if tag.is_end and tag.name == self._hidden else self._hidden
        elif tag.name in _HIDDEN and not tag.is_end:
            self._hidden = tag.name
        elif tag.name in BLOCKS:
            self._take_block(tag)
        elif tag.name == "a":
            self._close()
            href = tag.get("href") if not tag.is_end else None
            if href is not None:
                self._href = href, (self._reference_at(tag.start) if self._reference_at else None)
                self._anchor_start = self._size
                self._pictures = []
        elif tag.name == "br":
            self._is_apart = True
        elif tag.name == "img" and self._href and (alternative := tag.get("alt")):
            before = self._size
            self.take_text(f" {alternative[:_LONGEST]} ", tag.start)
            self._pictures.append((before, self._size))

    def end(self) -> None:
        """End the passage, if there is one; a link that is open goes on in the next."""
        again = self._href
        self._close()
        text = "".join(self._parts)
        if text:
            is_heading = bool(self._level)
            self.ended.append(
                Passage(
                    text,
                    tuple(self._anchors),
                    self._line_of(self._begin) if self._line_of else None,
                    self._heading,
                    is_heading,
                    self._regions.is_navigation,
                    self._elements[-2][1] if len(self._elements) > 1 else 0,
                )
            )
            if is_heading:
                self._heading = text[:_LONGEST]
        self._parts, self._anchors = [], []
        self._size = self._anchor_start = 0
        self._pictures = []
        self._is_apart = False
        self._href = again

    def _close(self) -> None:
        """End the link that is open; it may have gone over several passages."""
        if self._href:
            href, reference = self._href
            if self._anchor_start < self._size:
                anchor = Anchor(self._anchor_start, self._size, href, reference, tuple(self._pictures[:_PICTURES]))
                self._anchors.append(anchor)
        self._href = None

    def _take_block(self, tag: Tag) -> None:
        self.end()
        name = tag.name
        if name in _HEADINGS:
            self._level = 0 if tag.is_end else int(name[1])
        if tag.is_end:
            self._regions.leave(name)
            self._leave(name)
            return
        self._regions.enter(tag)
        if self._elements[-1][0] in _CLOSED_BY_NEXT and (name == self._elements[-1][0] or self._elements[-1][0] == "p"):
            self._leave(self._elements[-1][0])
        if name != "hr" and len(self._elements) < _DEEPEST:
            self._made += 1
            self._elements.append((name, self._made))
            self._open_names[name] = self._open_names.get(name, 0) + 1

    def _leave(self, name: str) -> None:
        while self._open_names.get(name):
            closed, _ = self._elements.pop()
            self._open_names[closed] -= 1
            if closed == name:
                return


_MOST = 20_000
_LONGEST = 1000
_DEEPEST = 1000
_PICTURES = 20
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = frozenset({"noscript", "template", "svg"})
_CLOSED_BY_NEXT = frozenset({"p", "li", "dt", "dd", "td", "th", "option"})
