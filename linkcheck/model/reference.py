"""One occurrence of a link in a document, and one thing to check."""

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    """Why a reference is there."""

    ORIGINAL = "original"
    RELATED = "related"
    CITATION = "citation"
    IMAGE = "image"
    CANONICAL = "canonical"
    NAVIGATION = "navigation"
    ARCHIVE = "archive"
    EMBED = "embed"


class Span(Struct, frozen=True, gc=False):
    """Where a destination stands."""

    start: int
    """Byte offset in the stored file, BOM included."""
    end: int
    """One past the last byte."""
    line: int
    """1-based line of the element's start."""
    column: int
    """1-based column of the element's start, in characters (code points)."""


class Cited(Struct, frozen=True, gc=False):
    """What the citing text says of its target."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    accessed: str | None = None
    """ISO 8601 date, as far as the text gives one."""
    quote: str | None = None
    original_url: str | None = None
    """What an archived copy that is cited is a copy of."""
    archive_url: str | None = None
    archive_date: str | None = None
    url_status: str | None = None
    citation: str | None = None
    """The whole citation as written, where it is a template that can be completed; empty where bots must keep away."""


class Reference(Struct, frozen=True, gc=False):
    """One occurrence of a destination."""

    raw: str
    """The destination exactly as written; empty where it is missing."""
    span: Span
    element: str
    """What kind of syntax it is: `link`, `autolink`, `image`, `bare`, `a`, `img`, `meta` ..."""
    text: str = ""
    """The anchor text, whitespace folded; the alternative text of an image."""
    role: Role = Role.CITATION
    cited: Cited | None = None
    base: str | None = None
    """What the document itself says destinations are relative to (`<base href>`)."""
    is_nofollow: bool = False
    """Whether the document asks programs not to follow it (`rel=nofollow`, robots meta); it is checked all the same."""
    changed: str | None = None
    """When the target was changed last, as a sitemap says: UTC, ISO 8601, or a day."""
    is_control: bool = False
    """True for a button or menu of a page that is written as a link and answered by a script."""


class Link(Struct, frozen=True, gc=False):
    """One thing to check: a URL without fragment, and the fragments that references ask of it."""

    id: int
    url: str
    fragments: tuple[str, ...] = ()
