"""What a source is before it is read, and why it may not be."""

from pathlib import Path

from msgspec import Struct

from linkcheck import uri


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
    is_too_large: bool = False
    is_special: bool = False
    """Whether it is a pipe, device or socket that a folder holds."""


class Named(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A source as it can be told to somebody on another machine: what it is called, not where it lies."""

    name: str
    message: str | None = None
    """Why it cannot be read."""
    file: str | None = None
    """The file's own name; None for what is no file."""
    url: str | None = None
    below: str = ""
    is_named: bool = False
    is_special: bool = False

    def again(self) -> Found | Unreadable:
        """Give the source back; its path leads nowhere, but has the right ending."""
        if self.message is not None:
            return Unreadable(self.name, self.message, is_special=self.is_special)
        path = Path(self.file) if self.file else None
        return Found(name=self.name, path=path, url=self.url, below=self.below, is_named=self.is_named)


def named(source: Found | Unreadable) -> Named:
    """Tell a source."""
    if isinstance(source, Unreadable):
        return Named(name=source.name, message=source.message, is_special=source.is_special)
    return Named(
        name=source.name,
        file=source.path.name if source.path else None,
        url=source.url and uri.masked(source.url),
        below=source.below,
        is_named=source.is_named,
    )
