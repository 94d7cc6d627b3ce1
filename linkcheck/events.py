"""What the pipeline says while it works, as values; the terminal, the CI log and the TUI listen."""

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from linkcheck.model import Verdict


class Extracted(Struct, frozen=True):
    """A document has been read."""

    document: str
    references: int


class Planned(Struct, frozen=True):
    """All documents have been read."""

    documents: int
    references: int
    links: int
    to_fetch: int
    """Links that need the network."""


class Checked(Struct, frozen=True):
    """A link has been judged."""

    url: str
    verdict: Verdict
    done: int
    total: int


class Consulting(Struct, frozen=True):
    """An archive is being asked about a URL."""

    archive: str
    url: str
    done: int
    total: int
    """Questions of this stage and of those after it, as far as is known."""
    seconds: float = 0.0
    """How long they will take, roughly, and no longer than they may."""


class Waiting(Struct, frozen=True):
    """Something waits: a host that wants to be left alone, or we for an answer."""

    on: str
    """A host or archive."""
    seconds: float
    """For how long; 0 where nobody knows."""
    why: str


class Doubted(Waiting, frozen=True):
    """A link looks bad: it waits for its last chance at the end."""

    url: str
    doubtful: int
    """Such links so far."""


class Warned(Struct, frozen=True):
    """Something a person should know, in one sentence; the run goes on."""

    message: str


class Judging(Struct, frozen=True):
    """Everything that could be heard has been; what it comes to is being concluded."""

    what: str
    """`links` or `references`."""
    done: int


class Finished(Struct, frozen=True):
    """The run is over; reports are next."""

    run: str
    complete: bool


Event: TypeAlias = Extracted | Planned | Checked | Consulting | Waiting | Doubted | Warned | Judging | Finished
Emit: TypeAlias = Callable[[Event], None]
