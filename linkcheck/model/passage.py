"""The text of a page or document in order, with the links that stand in it."""

from msgspec import Struct


class Anchor(Struct, frozen=True):
    """One link in a passage: `text[start:end]` is what it says."""

    start: int
    end: int
    href: str
    """The destination as the page means it: escapes decoded, not resolved."""
    reference: int | None = None
    """Its place among the references of a document that is being checked."""
    pictures: tuple[tuple[int, int], ...] = ()
    """Where in the passage alternative texts of pictures stand, which readers of the page do not see."""


class Passage(Struct, frozen=True):
    """One paragraph, heading, list item or cell."""

    text: str
    anchors: tuple[Anchor, ...] = ()
    line: int | None = None
    heading: str = ""
    """The heading above it."""
    is_heading: bool = False
    is_navigation: bool = False
    """It stands in a part of the page that is not its content: a menu, the head and foot of the site."""
    holder: int = 0
    """Equal for passages whose elements are neighbours in one element."""
