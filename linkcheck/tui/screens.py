"""What opens above the table: everything about one reference, the verdicts to choose from, and the help."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from linkcheck.render.escape import plain
from linkcheck.tui.panels import TOO_SMALL, Laid, Panel, keys


class DetailScreen(Screen[None]):
    """Everything about one reference."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,backspace", "app.pop_screen", "Back", id="back", key_display="esc", tooltip="Go back"),
        Binding("down,j", "scroll(1)", "Down", id="down", tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "Up", id="up", tooltip="Scroll up"),
    ]

    def __init__(self, laid: Laid, footer: Iterable[Binding]) -> None:
        """Show this text."""
        super().__init__()
        self._laid = laid
        self._footer = [Binding("escape", "pop_screen", "Back", key_display="esc"), *footer]

    def compose(self) -> ComposeResult:
        """Lay out."""
        yield Static(TOO_SMALL, classes="small")
        with VerticalScroll(id="whole"):
            yield Panel(self._laid, id="whole-facts")
        yield Panel(keys(self._footer), classes="keys")

    def show(self, laid: Laid) -> None:
        """Show another text."""
        self.query_one("#whole-facts", Panel).show(laid)

    def action_scroll(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one("#whole").scroll_relative(y=lines, animate=False)


class WordScreen(ModalScreen[str | None]):
    """The verdicts that there are, with how often, to choose one; the empty word stands for all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f,q", "dismiss", "Back", id="back", key_display="esc", tooltip="Change nothing"),
        Binding("j", "move(1)", "Down", id="down", tooltip="Go down", show=False),
        Binding("k", "move(-1)", "Up", id="up", tooltip="Go up", show=False),
    ]

    def __init__(self, words: list[tuple[str, int]]) -> None:
        """Offer these words."""
        super().__init__()
        total = sum(count for _, count in words)
        self._words = ["", *(word for word, _ in words)]
        self._lines = [f"{total:>6,}  all", *(f"{count:>6,}  {plain(word)}" for word, count in words)]

    def compose(self) -> ComposeResult:
        """Lay out."""
        with Vertical(classes="box"):
            yield Static(Content("Show the references that are ..."), classes="title")
            yield OptionList(*(Option(Content(line)) for line in self._lines))

    def action_move(self, lines: int) -> None:
        """Move the cursor."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if lines > 0 else options.action_cursor_up)()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the word that was chosen."""
        self.dismiss(self._words[event.option_index])


class HelpScreen(ModalScreen[None]):
    """Every key, with what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", "Back", id="back", tooltip="Go back"),
        Binding("down,j", "scroll(1)", "Down", id="down", tooltip="Scroll down"),
        Binding("up,k", "scroll(-1)", "Up", id="up", tooltip="Scroll up"),
    ]

    def __init__(self, bindings: Iterable[Binding]) -> None:
        """Explain these keys."""
        super().__init__()
        self._named = list(bindings)

    def compose(self) -> ComposeResult:
        """Lay out."""
        with VerticalScroll(classes="box"):
            yield Static(Content("Keys"), classes="title")
            yield Panel(self._explained)
            yield Static(
                Content(
                    "\nA ? marks what the first answer suggests; it is certain only when the run is through."
                    "\nPress esc to go back."
                ),
                classes="quiet",
            )

    def action_scroll(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one(".box").scroll_relative(y=lines, animate=False)

    def _explained(self, width: int) -> Content:
        return Content("\n").join([line for binding in self._named for line in _explained(binding, width)])


def _explained(binding: Binding, width: int) -> list[Content]:
    """Give a key, and beside it what it does, in as many lines as that takes."""
    spelt = binding.key_display or ", ".join(_SPELT.get(key, key) for key in binding.key.split(","))
    said = Content(binding.tooltip or binding.description).wrap(max(width - _KEYS, 10))
    return [
        Content.styled(("" if position else spelt).ljust(_KEYS), "bold") + line for position, line in enumerate(said)
    ]


_KEYS = 17
"""Cells of the keys."""
_SPELT = {"slash": "/", "question_mark": "?", "pagedown": "page down", "pageup": "page up"}
