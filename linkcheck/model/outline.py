"""What a page is made of, once its navigation is set aside."""

from msgspec import Struct


class Outline(Struct, frozen=True):
    """The blocks of a page that say something, and where it links to."""

    paragraphs: tuple[str, ...] = ()
    """In order, white space folded; headings are among them, navigation and lists of links are not."""
    links: tuple[tuple[str, str], ...] = ()
    """Absolute address and text of the links on the page, navigation included; what is no address is left out."""
    words_linked: int = 0
    """How many words are links."""
