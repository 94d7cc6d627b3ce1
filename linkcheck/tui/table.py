"""The table of references: only the lines on the screen are ever drawn, so that its size does not matter."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from linkcheck.render.fit import end, middle, pad
from linkcheck.tui.entry import Entry


class Columns(Struct, frozen=True):
    """Cells of each column, the space behind included; what does not fit is 0."""

    word: int
    role: int
    text: int
    address: int
    place: int


def _near(shown: list[int], place: int) -> int:
    """Give the line of an entry; where it is not shown, that of the next in the document, or of the last."""
    line = bisect_left(shown, place)  # as far as they are in the document's order
    if line < len(shown) and shown[line] == place:
        return line
    if place in shown:
        return shown.index(place)
    after = [one for one in shown if one > place]
    return shown.index(min(after)) if after else max(len(shown) - 1, 0)


def columns(width: int, *, has_documents: bool) -> Columns:
    """Share the width out: the role gives way first, then the address, then the place."""
    word = 19 if width >= 100 else 15 if width >= 60 else 14
    role = 11 if width >= 70 else 0
    place = 0 if width < 50 else min(width // 4, 30) if has_documents else 9
    rest = width - 1 - word - role - place
    text = rest // 2 if rest >= 72 else rest
    return Columns(word, role, text, rest - text, place)


class References(ScrollView, can_focus=True):
    """Entries in lines under a head that stays, with a cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "references--head",
        "references--cursor",
        "references--error",
        "references--warning",
        "references--fine",
        "references--quiet",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next", id="next", tooltip="Go to the next reference"),
        Binding("up,k", "move(-1)", "Previous", id="previous", tooltip="Go to the reference before"),
        Binding("pagedown,space", "page(1)", "Page down", id="page-down", tooltip="Go a page down"),
        Binding("pageup", "page(-1)", "Page up", id="page-up", tooltip="Go a page up"),
        Binding("g,home", "first", "First", id="first", tooltip="Go to the first reference"),
        Binding("G,end", "last", "Last", id="last", tooltip="Go to the last reference"),
    ]

    class Moved(Message):
        """The cursor stands on another reference."""

    class Chosen(Message):
        """A reference has been clicked on that the cursor stood on already."""

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's name
        """Begin empty."""
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()
        self._shown: list[int] = []
        self._cursor = 0
        self._has_documents = False

    @property
    def place(self) -> int | None:
        """Which entry the cursor stands on; None when nothing is shown."""
        return self._shown[self._cursor] if self._shown else None

    @property
    def count(self) -> int:
        """How many entries are shown."""
        return len(self._shown)

    def show(self, entries: Sequence[Entry], shown: list[int], *, has_documents: bool) -> None:
        """Show these entries, of which some are picked (places); the cursor stays where it was, or near."""
        before = self.place
        self._entries, self._shown, self._has_documents = entries, shown, has_documents
        self._cursor = _near(shown, before or 0)
        self._measure()
        self.refresh()
        if self.place != before:
            self._moved()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.scrollable_content_region.width
        wide = columns(width, has_documents=self._has_documents)
        if y == 0:
            style = self.get_component_rich_style("references--head")
            return Strip([Segment(_head(wide), style)])
        line = y - 1 + self.scroll_offset.y
        if line >= len(self._shown):
            nothing = "  nothing to show" if y == 1 and not self._shown else ""
            return Strip([Segment(pad(end(nothing, width), width), self.rich_style)])
        return self._line(self._entries[self._shown[line]], wide, is_cursor=line == self._cursor)

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        self._go(self._cursor + lines)

    def action_page(self, pages: int) -> None:
        """Move the cursor by what fits on the screen."""
        self._go(self._cursor + pages * max(self.size.height - 2, 1))

    def action_first(self) -> None:
        """Move the cursor to the start."""
        self._go(0)

    def action_last(self) -> None:
        """Move the cursor to the end."""
        self._go(len(self._shown) - 1)

    def on_click(self, event: Click) -> None:
        """Move the cursor to where it was clicked; a second click chooses."""
        line = event.y - 1 + self.scroll_offset.y
        if event.y == 0 or line >= len(self._shown):
            return
        if line == self._cursor:
            self.post_message(self.Chosen())
        else:
            self._go(line)

    def on_resize(self, _: Resize) -> None:
        """Keep the cursor in sight."""
        self._measure()

    def _go(self, line: int) -> None:
        before = self._cursor
        self._cursor = max(min(line, len(self._shown) - 1), 0)
        if before != self._cursor:
            self._keep_in_sight()
            self.refresh()
            self._moved()

    def _moved(self) -> None:
        self.post_message(self.Moved())

    def _measure(self) -> None:
        self.virtual_size = Size(0, max(len(self._shown), 1) + 1)
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """Scroll so that the cursor's line shows, below the head that covers the first line."""
        top, rows = self.scroll_offset.y, max(self.size.height - 1, 1)
        if self._cursor < top:
            self.scroll_to(y=self._cursor, animate=False, immediate=True)
        elif self._cursor >= top + rows:
            self.scroll_to(y=self._cursor - rows + 1, animate=False, immediate=True)
        self.refresh(Region(0, 0, *self.size))

    def _line(self, entry: Entry, wide: Columns, *, is_cursor: bool) -> Strip:
        base = self.rich_style
        ink = base + self.get_component_rich_style(f"references--{entry.look.ink}", partial=True)
        quiet = base + self.get_component_rich_style("references--quiet", partial=True)
        text, is_address = _text_of(entry, is_alone=not wide.address)
        cells = [
            Segment("▸" if is_cursor else " ", base),
            Segment(_cell(f"{entry.look.glyph} {entry.look.word}", wide.word), ink),
            Segment(_cell(entry.role.value, wide.role), quiet),
            Segment(_cell(text, wide.text, is_address=is_address), base),
            Segment(_cell(entry.address or "(empty)", wide.address, is_address=True), quiet),
            Segment(_cell(self._place_of(entry), wide.place, is_address=True), quiet),
        ]
        if not is_cursor:
            return Strip(cells)
        cursor = self.get_component_rich_style("references--cursor", partial=True)
        return Strip([Segment(cell.text, (cell.style or Style.null()) + cursor) for cell in cells])

    def _place_of(self, entry: Entry) -> str:
        place = f"{entry.line}:{entry.column}"
        return f"{entry.document}:{place}" if self._has_documents else place


def _text_of(entry: Entry, *, is_alone: bool) -> tuple[str, bool]:
    """Give the text, or the address in its place where there is none, or nothing better; and whether it is one."""
    if entry.text.strip() and entry.text != entry.address:
        return entry.text, False
    return (entry.address or "(no text)", True) if is_alone else ("", False)


def _cell(text: str, cells: int, *, is_address: bool = False) -> str:
    """Fit a text from outside into a column, with one space behind it."""
    if cells < 2:
        return " " * cells
    fitting = middle(text, cells - 1) if is_address else end(text, cells - 1)
    return pad(fitting if cell_len(fitting) < cells else "", cells)


def _head(wide: Columns) -> str:
    named = (
        (" ", 1),
        ("verdict", wide.word),
        ("role", wide.role),
        ("text", wide.text),
        ("link", wide.address),
        ("place", wide.place),
    )
    return "".join(pad(name if cells else "", cells) for name, cells in named)
