"""What a renderer is given; the rows have the shape of the JSON report, schema 1.

A report does not fit in memory: it is iterated, as often as a renderer likes.
"""

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

from linkcheck.model.check import Check
from linkcheck.model.finding import Finding, PlacedFinding
from linkcheck.model.ignore import Ignore
from linkcheck.model.memento import ArchiveAnswer, Life, Memento
from linkcheck.model.provenance import Claim, Copy
from linkcheck.model.reference import Cited, Role
from linkcheck.model.rescue import Rescue
from linkcheck.model.standing import LastKnown
from linkcheck.model.verdict import Reason, Verdict


class RunInfo(Struct, frozen=True, kw_only=True):
    """One invocation."""

    id: str
    """Time-ordered."""
    started: str
    finished: str | None = None
    complete: bool = True
    """False when the result cannot be trusted as a whole; `notes` says why."""
    interrupted: str | None = None
    """What a person has broken off, `reading` or `checking`: `--resume` goes on with the run. None otherwise."""
    offline: bool = False
    """True when it was told not to use the network."""
    kept: bool = True
    """Whether the history has it, so that `linkcheck report` can show it again."""
    engine: str = "httpx"
    user_agent: str = ""
    config_digest: str = ""
    notes: tuple[str, ...] = ()
    """What a reader must know about the run, worst first: no network, interrupted, unreadable sources ..."""
    requests: int = 0
    """HTTP requests sent, archives included."""
    elapsed_ms: float = 0.0


class Excused(Struct, frozen=True, kw_only=True):
    """What a baseline has made of a run."""

    known: int = 0
    """Failures that it knows, and that do not count."""
    stale: int = 0
    """Entries of what no longer fails."""
    expired: int = 0
    """Entries whose day has come."""


class Summary(Struct, frozen=True, kw_only=True):
    """The counts. Findings are counted at the references and documents, where a person meets them."""

    documents: int = 0
    references: int = 0
    links: int = 0
    reference_verdicts: dict[str, int] = {}
    link_verdicts: dict[str, int] = {}
    findings: dict[str, int] = {}
    undecided: int = 0
    """References that wait for a judgement: blocked, unreachable, not asked."""
    not_reached: int = 0
    """Of these, how many an interrupted run has not come to judge: reports for people do not list them one by one."""
    by_design: int = 0
    """References that nobody wanted checked: excluded, private, mailto, template ..."""
    unseen: int = 0
    """References that are alive or moved as far as can be told, and show what cannot be judged without a browser."""
    archives: dict[str, int] = {}
    """Archive look-ups by answer: found, none, failed, not-asked."""
    baseline: Excused | None = None
    """What a baseline knows of it; None where there was none."""


class DocumentRow(Struct, frozen=True, kw_only=True):
    """One source, and what is said of its origin."""

    path: str
    url: str | None = None
    """What its destinations are relative to: `file:///` plus the path from the root, or its web address."""
    media_type: str
    encoding: str = "utf-8"
    """Name of the Python codec that it was read with."""
    sha256: str = ""
    """Of the stored bytes, in hex; empty where it could not be read."""
    named: bool = True
    """Whether a person named it, rather than a folder or pattern that holds it."""
    title: str | None = None
    author: str | None = None
    published: str | None = None
    claims: tuple[Claim, ...] = ()
    original: str | None = None
    findings: tuple[PlacedFinding, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    """What it wishes to be left out."""
    copy: Copy | None = None
    """How its text compares with its original's; None where there was nothing to compare it with."""


class ArchiveRow(Struct, frozen=True, kw_only=True):
    """What one archive answered about a reference's link."""

    archive: str
    answer: ArchiveAnswer
    reason: str = ""
    at: str | None = None
    life: Life | None = None


class ReferenceRow(Struct, frozen=True, kw_only=True):
    """One occurrence, judged."""

    document: str
    line: int
    column: int
    start: int
    end: int
    raw: str
    url: str | None = None
    """Absolute, fragment included; None where there is none to speak of."""
    link: str | None = None
    """Joins to `links[].url`."""
    text: str = ""
    element: str
    role: Role
    cited: Cited | None = None
    verdict: Verdict
    reason: Reason
    findings: tuple[Finding, ...] = ()
    archives: tuple[ArchiveRow, ...] = ()
    mementos: tuple[Memento, ...] = ()
    rescues: tuple[Rescue, ...] = ()
    fingerprint: str = ""
    """Survives the moving of the line: a hash of path, destination and occurrence."""
    standing: str | None = None
    """The verdict over time: new, persisting, confirmed, recovered or steady; None where there is no history."""
    strikes: int = 0
    """Checks that count against it."""
    strikes_of: int = 0
    """So many confirm it; 0 where no number of checks would."""
    since: str | None = None
    """The first check at which it was so, fine or failing."""
    last_known: LastKnown | None = None
    """What it was when it was last checked, where this run could not ask."""


class LinkRow(Struct, frozen=True, kw_only=True):
    """One thing that was checked, judged."""

    url: str
    verdict: Verdict
    reason: Reason
    standing: str | None = None
    """The verdict over time: new, persisting, confirmed, recovered or steady; None where there is no history."""
    strikes: int = 0
    """Checks that count against it."""
    strikes_of: int = 0
    """So many confirm it; 0 where no number of checks would."""
    since: str | None = None
    """The first check at which it was so, fine or failing."""
    last_known: LastKnown | None = None
    """What it was when it was last checked, where this run could not ask."""
    check: Check | None = None
    findings: tuple[Finding, ...] = ()


class Report(Protocol):
    """One run, ready to be shown."""

    @property
    def run(self) -> RunInfo:
        """Who ran, when, how, and whether to the end."""
        ...

    @property
    def summary(self) -> Summary:
        """The counts."""
        ...

    def documents(self) -> Iterator[DocumentRow]:
        """Give the documents in the order they were read."""
        ...

    def references(self, document: str | None = None) -> Iterator[ReferenceRow]:
        """Give the references in document order, of one document or of all."""
        ...

    def links(self) -> Iterator[LinkRow]:
        """Give the links in the order they were first met."""
        ...

    def source(self, document: DocumentRow) -> bytes | None:
        """Give a document's stored bytes; None where they were not kept."""
        ...
