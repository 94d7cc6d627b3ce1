"""What the comparison of an article with its original works on: the article, pages read for it, and what came out."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from msgspec import Struct

from linkcheck.model import Claim, Conversation, Memento, Passage, Response, Role


class Lost(Struct, frozen=True, kw_only=True):
    """A reference whose target must be found again."""

    reference: int
    """Its place among the document's references."""
    text: str
    role: Role
    line: int
    url: str | None = None
    """Where it leads now, if anywhere: to the wrong page, or to one that is gone without a copy."""


class Article(Struct, frozen=True, kw_only=True):
    """The document that is being checked, as far as its origin goes."""

    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...] = ()
    """Strongest first within a field."""
    lost: tuple[Lost, ...] = ()
    url: str | None = None
    """Where it was read on the web, if it was."""

    @property
    def originals(self) -> tuple[str, ...]:
        """Give where it says that it first stood, strongest first, each once."""
        return tuple(dict.fromkeys(claim.value for claim in self.claims if claim.field == "original"))

    @property
    def at(self) -> datetime | None:
        """Give the end of the day on which it says that it was published: that day's captures are what readers saw."""
        day = self.first("published")
        return datetime.combine(date.fromisoformat(day), time(23, 59, 59), UTC) if day else None

    def first(self, field: str) -> str | None:
        """Give the strongest claim's value for a field."""
        return next((claim.value for claim in self.claims if claim.field == field), None)


class Address(Struct, frozen=True, kw_only=True):
    """An address that the article itself has."""

    url: str
    text: str
    """The words of the link."""
    role: Role
    titles: tuple[str, ...] = ()
    """What its page was called when it was checked."""


class Text(Struct, frozen=True, kw_only=True):
    """What a page says, as the extractors read it."""

    passages: tuple[Passage, ...]
    base: str
    """What its destinations are relative to."""
    claims: tuple[Claim, ...] = ()
    """About title, author, published, modified, publisher, canonical, original; strongest first within a field."""
    feeds: tuple[str, ...] = ()
    """Addresses of the feeds that it names."""
    stamps: frozenset[str] = frozenset()
    """Timestamps of the replay addresses into which an archive has rewritten its links; empty where none has."""
    language: str | None = None
    is_cut: bool = False
    """There was more of it than is read."""
    is_free: bool | None = None

    def first(self, field: str) -> str | None:
        """Give the strongest claim's value for a field."""
        return next((claim.value for claim in self.claims if claim.field == field), None)


class Source(Struct, frozen=True, kw_only=True):
    """A page that was read as the original, or as a copy of it."""

    url: str
    """URI-R."""
    text: Text
    memento: Memento | None = None
    """None when it was read on the live web."""
    share: float = 0.0
    """How much of the article's text is in it, 0 to 1."""

    @property
    def name(self) -> str:
        """Name it within a sentence."""
        return f"the {self.memento.datetime[:10]} capture of the original" if self.memento else "the live original"


class Found(Struct, frozen=True):
    """An address that an index gave for words."""

    url: str
    at: str | None = None
    """When the page was captured or listed, ISO 8601."""
    title: str | None = None
    by: str = "the archive's index"


Search = Callable[[str, datetime | None, tuple[str, ...]], Conversation[tuple[Found, ...] | None]]
"""(host, about when, words of the slug) -> pages of that host, in no order; None where nobody answered."""


class Context(Struct, frozen=True, kw_only=True):
    """Pure code of other families, and searches in archives."""

    read: Callable[[Response], Text | None]
    """None for what is no page."""
    claims: Callable[[Response], tuple[Claim, ...]]
    """Reads what a page says of itself alone, which is faster; nothing for what is no page."""
    unwrap: Callable[[str], str | None]
    """Gives the original of an archived copy's address; None for other addresses."""
    searches: tuple[Search, ...] = ()
