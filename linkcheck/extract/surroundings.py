"""The words around a reference, from which its role and what is said of its target are read."""

from msgspec import Struct


class Surroundings(Struct, frozen=True):
    """Plain text around one reference, whitespace folded, markup left out, other links' texts included."""

    before: str = ""
    """The same block (paragraph, list item, table cell, heading) before it; at most its last 300 characters."""
    after: str = ""
    """The same block after it; at most 300 characters."""
    previous: str = ""
    """The block before this one, at most its last 300 characters."""
    heading: str = ""
    """The nearest heading above."""
