"""What a run concludes, of a link and of a reference."""

from msgspec import Struct

from linkcheck.model import ArchiveRow, Finding, Judgement, LastKnown, Memento, Record, Rescue, Standing


class LinkOpinion(Struct, frozen=True, kw_only=True):
    """What a run concludes about a link."""

    judgement: Judgement
    findings: tuple[Finding, ...] = ()
    """The verdict's own first, then those of the detectors."""
    moved_to: str | None = None
    standing: Standing | None = None
    """The verdict over time, where there is a history."""
    last_known: LastKnown | None = None
    """What it was before, where this run did not ask it."""
    record: Record | None = None
    """What the history remembers of the link's checks, up to this run's."""


class ReferenceOpinion(Struct, frozen=True, kw_only=True):
    """What a run concludes about a reference."""

    judgement: Judgement
    findings: tuple[Finding, ...] = ()
    archives: tuple[ArchiveRow, ...] = ()
    mementos: tuple[Memento, ...] = ()
    rescues: tuple[Rescue, ...] = ()
    fingerprint: str = ""
    standing: Standing | None = None
    last_known: LastKnown | None = None
