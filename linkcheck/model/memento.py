"""Archived states of a page (RFC 7089), and what an archive answered when it was asked for them."""

from enum import StrEnum

from msgspec import Struct


class Trust(StrEnum):
    """How far a reader can rely on what an archive shows."""

    HIGH = "high"
    LOW = "low"
    """Listed, and never fetched by us: nobody has looked, and the archive may have changed it."""
    PROOF = "proof"
    """Shows that the page was there, and cannot be opened as one."""


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
    """Why it is validated, or not, in words."""
    trust: Trust = Trust.HIGH


class Life(Struct, frozen=True, kw_only=True):
    """What the index of an archive tells of a link's past; instants in ISO 8601, UTC. Told by statuses alone."""

    first: str
    """The first capture, whatever it was."""
    first_good: str | None = None
    last_good: str | None = None
    """The last capture as a page."""
    first_bad: str | None = None
    """The first "not found" after the last page."""
    captures: int = 0
    failing: tuple[str, ...] = ()
    """Captures after the last page that failed (404, 410, 5xx): the first, the last, and some of those between."""


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
    life: Life | None = None
    """None where the archive has no index that tells, or it is too long to be read whole."""
