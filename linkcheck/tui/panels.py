"""The small widgets: text that is laid out anew when the width changes, and the keys of the moment."""

from collections.abc import Callable, Iterable

from textual.binding import Binding
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

TOO_SMALL = Content("linkcheck needs a terminal of at least 40 x 10.")

Laid = Callable[[int], Content]
"""Width in cells -> text."""


class Panel(Static):
    """Text that depends on its width."""

    def __init__(self, laid: Laid, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Begin with this text."""
        super().__init__(markup=False, id=id, classes=classes)
        self._laid = laid
        self._shown: Content | None = None

    def show(self, laid: Laid | None = None) -> None:
        """Show another text, or the same one as it is now."""
        self._laid = laid or self._laid
        width = self.content_size.width
        if not width:
            return  # hidden, or not laid out so far
        content = self._laid(width)
        if self._shown is None or not content.is_same(self._shown):
            self._shown = content
            self.update(content)

    def on_resize(self, _: Resize) -> None:
        """Lay the text out anew."""
        self.show()


def keys(bindings: Iterable[Binding]) -> Laid:
    """Name as many keys as fit, none in half; the first are the most important. They can be clicked on."""
    named = [
        (binding.key_display or binding.key, binding.description, binding.action)
        for binding in bindings
        if binding.show
    ]

    def laid(width: int) -> Content:
        pieces = []
        room = width
        for key, name, action in named:
            if (cells := len(key) + 1 + len(name)) <= room:
                room -= cells + 2
                # Constants of ours only: what comes from outside never meets markup.
                pieces.append(Content.from_markup(f"[@click=app.{action}][bold $accent]{key}[/] {name}[/]"))
        return Content("  ").join(pieces)

    return laid
