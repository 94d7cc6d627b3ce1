"""What is said about a document's origin, and by whom."""

from msgspec import Struct


class Claim(Struct, frozen=True):
    """One statement about origin."""

    field: str
    """`title`, `author`, `published`, `original` ..."""
    value: str
    said_by: str
    """In words: "front matter", "date line", "H1", "URL path" ..."""
    line: int | None = None


class Provenance(Struct, frozen=True):
    """All claims about one document, conflicts kept, strongest first."""

    claims: tuple[Claim, ...] = ()

    def first(self, field: str) -> str | None:
        """Give the strongest claim's value for a field."""
        return next((claim.value for claim in self.claims if claim.field == field), None)


class Difference(Struct, frozen=True, kw_only=True):
    """One passage that an article and its original do not have in common."""

    line: int | None = None
    """Where it stands in the article, or after which line it is missing."""
    ours: str | None = None
    """None where it is missing."""
    theirs: str | None = None
    """None where it was added."""
    words: str = ""
    """For an altered passage both in one, word by word: `said [-nothing-] {+everything+}`."""


class Copy(Struct, frozen=True, kw_only=True):
    """How an article compares with its original, whose words both have in the same order or not."""

    original: str
    """URI-R of what it was compared with."""
    uri_m: str | None = None
    """The capture that it was compared with; None for the live page."""
    datetime: str | None = None
    """Memento-Datetime of that capture."""
    share: float
    """How much of the article's text is in the original, 0 to 1."""
    missing: tuple[Difference, ...] = ()
    added: tuple[Difference, ...] = ()
    altered: tuple[Difference, ...] = ()
    """Each in document order."""
