"""What a source is before it is read, and why it may not be."""

from pathlib import Path

from msgspec import Struct


class Found(Struct, frozen=True, kw_only=True):
    """One thing to read. A file has a `path`, a web page only a `url`, standard input neither."""

    name: str
    """What people call it: relative to the working directory where it lies below it, else as given; with `/`."""
    path: Path | None = None
    url: str | None = None
    """The document's address: `file:///` and the path from the root, or the web page's own URL."""
    root: Path | None = None
    """The folder that `/` means and that local links may not leave; absolute, links resolved. None for the web."""
    below: str = ""
    """The path from the folder that a person named, with `/`; empty for what was named itself."""
    is_named: bool = False
    """Whether a person named it, rather than a folder or a pattern that holds it."""


class Unreadable(Struct, frozen=True):
    """A source that gives no document; the others are still checked."""

    name: str
    message: str
    """The name, what is wrong, and what to do, in one sentence."""
