"""The app: what the widgets show of the board, and what the keys do."""

import webbrowser
from collections import deque
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from msgspec import structs
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input, Static

from linkcheck import uri
from linkcheck.events import Event
from linkcheck.pipeline import Commands
from linkcheck.render.escape import plain
from linkcheck.render.triage import Heap
from linkcheck.tui.board import Board, Stage
from linkcheck.tui.entry import Entry
from linkcheck.tui.facts import facts, sheet
from linkcheck.tui.panels import TOO_SMALL, Panel, keys
from linkcheck.tui.picking import HEAPS, Pick, chips, words
from linkcheck.tui.screens import DetailScreen, HelpScreen, WordScreen
from linkcheck.tui.summary import origin, progress
from linkcheck.tui.table import References

FLUSH = 0.1
"""Seconds between two looks into the inbox."""

THEMES = (
    Theme("linkcheck", "#56b4e9", warning="#e69f00", error="#f0773a", success="#56b4e9", accent="#e69f00"),
    Theme("linkcheck-light", "#0072b2", warning="#8a5a00", error="#b34700", success="#0072b2", accent="#8a5a00",
          dark=False),
)  # fmt: skip
"""Blue, orange and vermilion, which colour-blind people can tell apart (Okabe and Ito 2008)."""


class LinkcheckApp(App[None]):
    """One run, interactively."""

    TITLE = "linkcheck"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-usable"), (160, "-broad")]  # noqa: RUF012 - Textual does not declare it as a ClassVar
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (10, "-low"), (20, "-tall")]  # noqa: RUF012 - likewise
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "detail", "Why", id="detail", tooltip="Everything about this reference"),
        Binding("question_mark", "help", "Help", id="help", key_display="?", tooltip="Every key"),
        Binding("q", "leave", "Quit", id="quit", tooltip="End the run and leave; what is known is kept"),
        Binding("slash", "find", "Find", id="find", key_display="/", tooltip="Show what has this text; esc shows all"),
        Binding("f", "words", "Verdict", id="words", tooltip="Show the references of one verdict, with counts"),
        Binding("o", "open", "Open", id="open", tooltip="Open the link in the browser"),
        Binding("a", "open_capture", "Archive", id="open-capture", tooltip="Open the archived copy in the browser"),
        Binding("r", "recheck", "Recheck", id="recheck", tooltip="Look at this link once more"),
        Binding("p", "pause", "Pause", id="pause", tooltip="Ask nothing more for now, or go on"),
        Binding("s", "sort", "Sort", id="sort", tooltip="Show what is to do first, or the documents' order"),
        Binding("y", "copy", "Copy", id="copy", tooltip="Copy the link"),
        Binding("Y", "copy_replacement", "Copy new", id="copy-replacement", tooltip="Copy what to print instead"),
        *(
            Binding(str(key), f"heap('{heap.value}')", name.capitalize(), id=f"heap-{heap.value}", show=False,
                    tooltip=f"Show only: {name}; again shows all")
            for key, (heap, name) in enumerate(HEAPS.items(), start=1)
        ),
        Binding("escape", "everything", "All", id="everything", key_display="esc", show=False,
                tooltip="Show all references again"),
        Binding("ctrl+c", "leave", "Quit", id="interrupt", show=False, priority=True, tooltip="As q, from anywhere"),
    ]  # fmt: skip

    def __init__(
        self, board: Board, commands: Commands, inbox: deque[Event] | None = None, *, is_offline: bool = False
    ) -> None:
        """Show a board; events are taken from the inbox."""
        super().__init__()
        self._board = board
        self._commands = commands
        self.inbox: deque[Event] = deque() if inbox is None else inbox
        self._is_offline = is_offline
        self._error = ""
        self._pick = Pick()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def compose(self) -> ComposeResult:
        """Lay out."""
        board = self._board
        yield Static(TOO_SMALL, classes="small")
        with Vertical(id="main"):
            yield Panel(partial(origin, board), id="origin")
            yield Panel(self._progress, id="progress")
            yield Panel(self._chips, id="chips")
            yield Input(placeholder="text, address or file; esc shows all", id="find")
            with Container(id="body"):
                yield References(id="references")
                with VerticalScroll(id="detail", can_focus=False):
                    yield Panel(self._facts, id="facts")
        yield Panel(keys(self._keys), classes="keys")

    def on_mount(self) -> None:
        """Begin to look into the inbox."""
        self._table.focus()
        self.set_interval(FLUSH, self.flush)

    def on_resize(self) -> None:
        """Give the keys back to the table, which loses them while the terminal is too small to show it."""
        self.call_after_refresh(self._refocus)

    def _refocus(self) -> None:
        screen = self.screen_stack[0]
        if screen.focused is None:
            screen.set_focus(self._table)

    def flush(self) -> None:
        """Take in all that has been said since the last time, and show what has changed."""
        is_news = bool(self.inbox)
        while self.inbox:
            self._board.hear(self.inbox.popleft())
        if self._error and self._board.stage is not Stage.BROKEN:
            self._board.fail(self._error)
            is_news = True
            if not self._board.entries:
                self.exit()
                return
        for notice in self._board.notices:
            self._say(notice, severity="warning")
        self._board.notices.clear()
        if is_news:
            self._show()
        elif self._board.wait:
            self._panel("progress").show()

    def fail(self, error: str) -> None:
        """Learn that the run broke. What is known stays usable; with nothing known there is nothing to stay for."""
        self._error = error

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer every action, and the themes."""
        for binding in (*self._keys, *_bindings(References)):
            target = self._table if binding in References.BINDINGS else self
            run = partial(self.run_action, binding.action, default_namespace=target)
            yield SystemCommand(binding.description, binding.tooltip, run)
        yield from (one for one in super().get_system_commands(screen) if one.title == "Theme")

    @property
    def selected(self) -> Entry | None:
        """The reference that the cursor stands on."""
        place = self._table.place
        return None if place is None else self._board.entries[place]

    @property
    def _table(self) -> References:
        return self.screen_stack[0].query_one(References)

    @property
    def _find(self) -> Input:
        return self.screen_stack[0].query_one("#find", Input)

    @property
    def _keys(self) -> list[Binding]:
        return list(_bindings(type(self)))

    def _panel(self, name: str) -> Panel:
        return self.screen_stack[0].query_one(f"#{name}", Panel)

    def _progress(self, width: int) -> Content:
        return progress(self._board, width, is_paused=self._commands.is_paused)

    def _chips(self, width: int) -> Content:
        return chips(self._board.entries, self._pick, width, shown=self._table.count)

    def _facts(self, width: int) -> Content:
        entry = self.selected
        if entry is None:
            return Content("")
        return sheet(facts(entry, self._board.checks.get(entry.link or ""), self._board.document), width)

    def _show(self) -> None:
        """Show the board as it is now."""
        board = self._board
        self._table.show(board.entries, self._pick.picked(board.entries), has_documents=board.documents > 1)
        for name in ("origin", "progress", "chips"):
            self._panel(name).show()
        self._show_facts()

    def _show_facts(self) -> None:
        self._panel("facts").show()
        if isinstance(self.screen, DetailScreen):
            self.screen.show(self._facts)

    def _want(self, pick: Pick) -> None:
        self._pick = pick
        self._show()

    def _say(self, text: str, *, severity: str = "information") -> None:
        self.notify(plain(text), markup=False, severity="warning" if severity == "warning" else "information")

    def on_references_moved(self) -> None:
        """Show another reference in detail, from its start."""
        self._panel("facts").show()
        self.screen_stack[0].query_one("#detail").scroll_home(animate=False)

    def on_references_chosen(self) -> None:
        """Open the detail."""
        self.action_detail()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find as it is typed."""
        self._want(structs.replace(self._pick, needle=event.value))

    def on_input_submitted(self) -> None:
        """Go back to the table with what was found."""
        self._table.focus()

    def action_find(self) -> None:
        """Open the field for a text."""
        if not isinstance(self.screen, DetailScreen):
            self._find.add_class("-open")
            self._find.focus()

    def action_everything(self) -> None:
        """Want nothing in particular."""
        self._find.remove_class("-open")
        self._find.value = ""
        self._table.focus()
        self._want(Pick(is_worst_first=self._pick.is_worst_first))

    def action_heap(self, name: str) -> None:
        """Show one heap, or all again."""
        heap = Heap(name)
        self._want(structs.replace(self._pick, heap=None if self._pick.heap is heap else heap, word=None))

    def action_sort(self) -> None:
        """Change the order."""
        self._want(structs.replace(self._pick, is_worst_first=not self._pick.is_worst_first))
        self._table.action_first()
        self._say("What is to do comes first." if self._pick.is_worst_first else "In the order of the documents.")

    def action_words(self) -> None:
        """Let one verdict be chosen."""

        def choose(word: str | None) -> None:
            if word is not None:
                self._want(structs.replace(self._pick, heap=None, word=word or None))

        self.push_screen(WordScreen(words(self._board.entries)), choose)

    def action_detail(self) -> None:
        """Show everything about the reference."""
        if self.selected and not isinstance(self.screen, DetailScreen):
            wanted = {"open", "open-capture", "copy", "copy-replacement", "recheck", "quit"}
            self.push_screen(DetailScreen(self._facts, [one for one in self._keys if one.id in wanted]))

    def action_help(self) -> None:
        """Show every key."""
        self.push_screen(HelpScreen((*_bindings(References), *self._keys)))

    def action_open(self) -> None:
        """Open the link."""
        if entry := self.selected:
            self._open(entry.web_address, "This reference has no web address to open.")

    def action_open_capture(self) -> None:
        """Open the archived copy."""
        if entry := self.selected:
            self._open(entry.capture, "No archived copy of this is known.")

    def action_copy(self) -> None:
        """Copy the address."""
        if entry := self.selected:
            self._copy(entry.address, "This reference has no address to copy.")

    def action_copy_replacement(self) -> None:
        """Copy what to print instead."""
        if entry := self.selected:
            self._copy(entry.replacement, "No replacement for this is known.")

    def action_recheck(self) -> None:
        """Look at the link once more, as soon as the run is through with the others."""
        link = self.selected.link if self.selected else None
        if self._is_offline:
            self._say("The run is --offline: nothing is asked.", severity="warning")
        elif self._board.stage is Stage.BROKEN:
            self._say("The run broke off: nothing is asked any more.", severity="warning")
        elif link is None or uri.scheme_of(link) not in uri.WEB:
            self._say("Only links on the web can be looked at again.", severity="warning")
        else:
            self._commands.recheck(link)
            self._board.again[link] = None
            self._say(f"Will look again at {link}")
            self._panel("progress").show()

    def action_pause(self) -> None:
        """Pause, or go on."""
        if self._commands.is_paused:
            self._commands.resume()
        else:
            self._commands.pause()
        self._panel("progress").show()

    def action_leave(self) -> None:
        """End the run and leave."""
        self._commands.end()
        self.exit()

    def _open(self, url: str | None, otherwise: str) -> None:
        if not url:
            self._say(otherwise, severity="warning")
        elif self.has_browser:
            self.open_url(url)
            self._say(f"Opened {url}")
        else:
            self._say(f"There is no browser here for {url}; `y` copies the address.", severity="warning")

    @property
    def has_browser(self) -> bool:
        """Whether anything here can show a page."""
        try:
            webbrowser.get()
        except webbrowser.Error:
            return False
        return True

    def _copy(self, text: str | None, otherwise: str) -> None:
        if text:
            self.copy_to_clipboard(plain(text))
            self._say(f"Copied {text}")
        else:
            self._say(otherwise, severity="warning")


def _bindings(owner: type[App[Any]] | type[References]) -> Iterable[Binding]:
    return (one for one in owner.BINDINGS if isinstance(one, Binding))
