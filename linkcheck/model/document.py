"""A source that contains references."""

from msgspec import Struct

from linkcheck.model.provenance import Claim


class Document(Struct, frozen=True, kw_only=True):
    """One source, as stored and as read."""

    name: str
    """What people call it: a path as given, `-` for standard input, or a URL."""
    url: str | None = None
    """What destinations are relative to: `file:///` plus the path from the root, or an http(s) URL."""
    media_type: str
    source: bytes
    """The stored bytes."""
    text: str
    """The decoded text, BOM left out, line ends as they are; a byte that means nothing is U+FFFD."""
    encoding: str = "utf-8"
    """Name of the Python codec."""
    encoding_basis: str = "default"
    """How it is known: `bom`, `declared`, `header`, `default` or `detected`."""
    claims: tuple[Claim, ...] = ()
    """What was said of it beside its text, by whoever sent it."""
