"""Gathers the visible text of an HTML page in blocks, and knows which parts of the page are navigation."""

from itertools import islice
from typing import NamedTuple, TypeAlias

from linkcheck.extract.surroundings import Surroundings
from linkcheck.extract.tags import Tag

Place: TypeAlias = tuple[int, int]
"""A block, and a character in it."""


class Block(NamedTuple):
    """One paragraph, list item, table cell or heading that has ended."""

    text: str
    """White space folded."""
    previous: str
    """The end of the last block before it that has text."""
    heading: str
    """The heading above it."""


class Blocks:
    """The text so far, and the block that is being read."""

    def __init__(self) -> None:
        self.opening: list[tuple[int, str]] = []
        """Character and text of the first blocks that are no navigation."""
        self.level = 0
        """Of the heading that is being read; 0 elsewhere."""
        self._ended: list[Block] = []
        self._forgotten = 0
        """How many have ended before these."""
        self._parts: list[str] = []
        self._size = 0
        self._begin = 0
        self._is_apart = False
        """Whether white space stands before the next word."""
        self._is_navigation = self._has_marks = False
        self._linked = 0
        """How many characters from the beginning of the block are the words of a link."""
        self._previous = self._heading = ""

    def add(self, text: str, at: int, *, is_navigation: bool) -> None:
        """Append text that stands at a character of the page."""
        words = folded(text)
        if not words:
            self._is_apart = self._is_apart or bool(text)
            return
        if not self._size:
            self._begin, self._is_navigation = at, is_navigation
        elif self._is_apart or text[0].isspace():
            words = " " + words
        self._is_apart = text[-1].isspace()
        self._parts.append(words)
        self._size += len(words)

    def mark(self) -> Place:
        """Say where the next text will stand."""
        self._has_marks = True
        return self._forgotten + len(self._ended), self._size

    def link(self, start: Place) -> None:
        """Say that a link that began at a place ends here."""
        if start == (self._forgotten + len(self._ended), 0):
            self._linked = self._size

    def end(self) -> tuple[int, str] | None:
        """End the block; give the character at which it stands, and its text, if it has any."""
        text = "".join(self._parts)
        if text or self._has_marks:
            self._ended.append(Block(text, self._previous, self._heading))
        self._parts.clear()
        self._size = 0
        self._is_apart = self._has_marks = False
        if not text:
            return None
        is_link = self._linked and not text[self._linked :].strip(" .:")
        self._previous = "" if is_link else text[-_AROUND:].strip()  # a link's own words are no label of the next one
        self._linked = 0
        if self.level:
            self._heading = text[:_AROUND].strip()
        if len(self.opening) < _OPENING and not self._is_navigation:
            self.opening.append((self._begin, text[:_LONGEST]))
        return self._begin, text[:_LONGEST]

    def forget(self) -> None:
        """Let go of the blocks that have ended: nobody will ask for a place in them."""
        self._forgotten += len(self._ended)
        self._ended.clear()

    def text(self, start: Place, end: Place) -> str:
        """Give the text between two places, at most 1,000 characters of it."""
        (first, begin), (last, stop) = start, end
        first, last = first - self._forgotten, last - self._forgotten
        if first == last:
            return self._ended[first].text[begin : min(stop, begin + _LONGEST)].strip()
        pieces = [self._ended[first].text[begin : begin + _LONGEST]]
        pieces += [block.text[:_LONGEST] for block in islice(self._ended, first + 1, min(last, first + _MOST_BLOCKS))]
        pieces.append(self._ended[last].text[: min(stop, _LONGEST)])
        return " ".join(" ".join(pieces).split())[:_LONGEST]

    def around(self, start: Place, end: Place) -> Surroundings:
        """Give the text around two places."""
        block, after = self._ended[start[0] - self._forgotten], self._ended[end[0] - self._forgotten].text
        return Surroundings(
            block.text[max(0, start[1] - _AROUND) : start[1]].strip(),
            after[end[1] : end[1] + _AROUND].strip(),
            block.previous,
            block.heading,
        )


class Regions:
    """The parts of the page that are open."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []
        self._count: dict[str, int] = {}
        self._depth = 0

    @property
    def is_navigation(self) -> bool:
        """Whether one of them is navigation."""
        return self._depth > 0

    def enter(self, tag: Tag) -> None:
        """Take the start tag of a block."""
        name = tag.name
        if name == "main":  # is never within navigation: an end tag was forgotten
            self._open.clear()
            self._count.clear()
            self._depth = 0
        is_part = name in _PARTS or name in _EDGES
        is_navigation = (
            name in _NAVIGATION
            or (name in _EDGES and not any(self._count.get(part) for part in _PARTS))
            or (bool(tag.attributes) and tag.get("role") == "navigation")
        )
        if is_navigation or is_part or self._count.get(name):
            self._open.append((name, is_navigation))
            self._count[name] = self._count.get(name, 0) + 1
            self._depth += is_navigation

    def leave(self, name: str) -> None:
        """Take the end tag of a block, and close what was left open in it."""
        while self._count.get(name):
            closed, is_navigation = self._open.pop()
            self._count[closed] -= 1
            self._depth -= is_navigation
            if closed == name:
                return


_AROUND = 300
_LONGEST = 1000
_MOST_BLOCKS = 50
"""Blocks in one link: more are a forgotten end tag."""
_OPENING = 12

BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre search
    section summary table tbody td tfoot th thead tr ul""".split()
)
"""Elements that stand for themselves: the text before and after them is another block."""

_NAVIGATION = frozenset({"nav", "aside", "menu"})
_EDGES = frozenset({"header", "footer"})
_PARTS = frozenset({"article", "blockquote", "figure", "main", "section"})
"""The head and foot of one of these belong to what is read; those of the page are navigation, as in
https://www.w3.org/TR/html-aam-1.0/ (banner, contentinfo)."""


def folded(text: str) -> str:
    """Return the words of a text with one space between them.

    A long text is taken in pieces: a list of all its words takes ten times as much memory as the text.
    """
    if len(text) <= _PIECE:
        return " ".join(text.split())
    parts: list[str] = []
    is_apart = False
    for start in range(0, len(text), _PIECE):
        piece = text[start : start + _PIECE]
        is_apart = is_apart or piece[0].isspace()
        if words := " ".join(piece.split()):
            parts += (" ", words) if parts and is_apart else (words,)
            is_apart = piece[-1].isspace()
    return "".join(parts)


_PIECE = 1 << 16
