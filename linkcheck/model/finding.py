"""One opinion about a link, a reference or a document."""

from enum import StrEnum
from typing import Any

from msgspec import Struct


class Severity(StrEnum):
    """How much it matters; ordered by `rank`."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for a note, 2 for an error."""
        return _RANK[self]


_RANK = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Confidence(StrEnum):
    """How sure we are."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Finding(Struct, frozen=True, kw_only=True):
    """One opinion, with what it rests on and what to do about it."""

    rule: str
    severity: Severity
    confidence: Confidence = Confidence.HIGH
    message: str
    next: str
    """One imperative sentence, with the exact replacement where it is known."""
    evidence: dict[str, Any] = {}

    @property
    def meant(self) -> str | None:
        """Where the page is for certain, of a link whose address only holds a stray character; None for all others."""
        is_sure = self.rule == STRAY and self.confidence is Confidence.HIGH
        return self.evidence.get("to") if is_sure else None

    @property
    def wants_copy(self) -> bool:
        """True for a page that most readers cannot see, and may see in an archive."""
        return self.rule == PAYWALL and self.severity is not Severity.NOTE


class PlacedFinding(Finding, frozen=True, kw_only=True):
    """A finding about a place in a document rather than about a reference."""

    line: int | None = None
    column: int | None = None


NOT_JUDGED = "content-not-judged"
"""The rule that says that a link answered and nobody could see what it shows; headlines count it."""

PAYWALL = "paywall"
"""The rule about pages that must be paid for: they are there, and an archived copy helps whoever has not paid."""

STRAY = "stray-character"
"""The rule that says that a page is there at nearly the same address, which is what to write: no copy is needed."""

WRONG_PAGE = "self-reference"
"""The rule that says more than any verdict of its link: it never led to what its text names, so that no copy and no new
address of its target helps anybody.
"""
