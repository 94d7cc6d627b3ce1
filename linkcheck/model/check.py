"""One observation of one link at one instant."""

from msgspec import Struct

from linkcheck.model.http import FailureKind, Hop
from linkcheck.model.verdict import ReasonCode


class Trouble(Struct, frozen=True):
    """The failure of a check, as reports print it."""

    kind: FailureKind
    message: str
    reason: ReasonCode | None = None
    """Which of several it is, where a kind has several."""


class PageFacts(Struct, frozen=True):
    """What is kept of a page once it has been judged."""

    title: str | None = None
    h1: str | None = None
    og_title: str | None = None
    language: str | None = None
    canonical: str | None = None
    words: int = 0
    """How many words of visible text there are."""
    text_digest: str | None = None
    """SHA-256 of the visible text, whitespace folded."""
    simhash: int | None = None
    """64 bits over word 3-shingles (Manku 2007)."""
    etag: str | None = None
    last_modified: str | None = None
    certificate_end: str | None = None
    """When the certificate ends of the site that answered: UTC, ISO 8601."""


class FragmentAnswer(Struct, frozen=True):
    """Whether a page has the place that a fragment names."""

    found: bool | None
    """None when it cannot be told: the page was cut, is built by a script, or the fragment is not an id."""
    nearest: str | None = None
    """The existing id most like a missing one."""
    note: str | None = None
    """What a person should know, e.g. that only the case differs."""


class Check(Struct, frozen=True, kw_only=True):
    """What was seen when a link was asked."""

    at: str
    """UTC, ISO 8601."""
    method: str = "GET"
    hops: tuple[Hop, ...] = ()
    status: int | None = None
    failure: Trouble | None = None
    final_url: str | None = None
    media_type: str | None = None
    title: str | None = None
    bytes: int = 0
    elapsed_ms: float = 0.0
    attempts: int = 1
    inferred: bool = False
    """True when it was not asked itself, since its host had failed."""
    confirmed: bool = False
    """True when a bad answer was asked again and came again."""
    also_on: str | None = None
    """The earlier day (UTC) on which the page was gone in the same way, so that it was not asked twice."""
    to_programs: int | None = None
    """The status (404, 410) that our own headers got, where those of a browser got what is said here."""
    unchanged: bool = False
    """True when the server said that the page is as it was (304), so that what was seen of it then still holds."""
    exists: bool | None = None
    """Whether a local file is there; None for everything that is not a local file."""
    nearest: str | None = None
    """The existing path most like that of a missing local file, relative to where it was sought."""
    fragments: dict[str, FragmentAnswer] = {}
    """An answer for every fragment that references ask of this link."""
    facts: PageFacts | None = None


class Glance(Struct, frozen=True, kw_only=True):
    """What is read of a check where all of a run are counted; the fields are those of `Check`."""

    at: str
    status: int | None = None
    failure: Trouble | None = None
    final_url: str | None = None
    inferred: bool = False
