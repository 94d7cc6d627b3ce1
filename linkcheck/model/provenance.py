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
