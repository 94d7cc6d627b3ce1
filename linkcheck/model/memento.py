"""Archived states of a page (RFC 7089), and what an archive answered when it was asked for them."""

from enum import StrEnum

from msgspec import Struct


class Memento(Struct, frozen=True, kw_only=True):
    """One archived state that is proposed to a reader."""

    archive: str
    """Which archive holds it, by plug-in name."""
    uri_m: str
    uri_raw: str | None = None
    """Where the archived bytes can be had as they came, without the archive's banner and rewriting."""
    datetime: str
    """Memento-Datetime: UTC, ISO 8601."""
    status: int | None = None
    """The status that was archived, where the index says."""
    validated: bool | None = None
    """True once it was fetched and shows what was cited; None when nobody looked."""
    target: str | None = None
    """The instant it should be near to, ISO 8601; None means the latest."""
    target_basis: str | None = None
    """What the target rests on, in words."""
    distance_days: float | None = None
    """Memento-Datetime minus target, in days; negative is earlier."""
    note: str | None = None


class ArchiveAnswer(StrEnum):
    """Four different things."""

    FOUND = "found"
    NONE = "none"
    FAILED = "failed"
    NOT_ASKED = "not-asked"


class Lookup(Struct, frozen=True, kw_only=True):
    """What one archive answered about one URL."""

    archive: str
    answer: ArchiveAnswer
    reason: str = ""
    at: str | None = None
    """When it answered: UTC, ISO 8601."""
    mementos: tuple[Memento, ...] = ()
    """Best first; empty unless found."""
