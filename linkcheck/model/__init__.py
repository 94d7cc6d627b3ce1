"""The nouns of linkcheck: frozen values, and the way to ask the world something."""

from linkcheck.model.check import Check, FragmentAnswer, PageFacts, Trouble
from linkcheck.model.conversation import Answer, Ask, Captures, Conversation, Observe, Once, ask, ask_all
from linkcheck.model.document import Document
from linkcheck.model.finding import WRONG_PAGE, Confidence, Finding, PlacedFinding, Severity
from linkcheck.model.http import ANYTHING, PAGE, Failure, FailureKind, Hop, Read, Request, Response
from linkcheck.model.mark import Mark
from linkcheck.model.memento import ArchiveAnswer, Life, Lookup, Memento, Trust
from linkcheck.model.outline import Outline
from linkcheck.model.provenance import Claim, Provenance
from linkcheck.model.reference import Cited, Link, Reference, Role, Span
from linkcheck.model.report import (
    ArchiveRow,
    DocumentRow,
    LinkRow,
    ReferenceRow,
    Report,
    RunInfo,
    Summary,
)
from linkcheck.model.rescue import Rescue, RescueKind
from linkcheck.model.standing import LastKnown, Record, Sighting, Standing, StandingWord
from linkcheck.model.verdict import ABOUT, Judgement, Reason, ReasonCode, Verdict

__all__ = [
    "ABOUT",
    "ANYTHING",
    "PAGE",
    "WRONG_PAGE",
    "Answer",
    "ArchiveAnswer",
    "ArchiveRow",
    "Ask",
    "Captures",
    "Check",
    "Cited",
    "Claim",
    "Confidence",
    "Conversation",
    "Document",
    "DocumentRow",
    "Failure",
    "FailureKind",
    "Finding",
    "FragmentAnswer",
    "Hop",
    "Judgement",
    "LastKnown",
    "Life",
    "Link",
    "LinkRow",
    "Lookup",
    "Mark",
    "Memento",
    "Observe",
    "Once",
    "Outline",
    "PageFacts",
    "PlacedFinding",
    "Provenance",
    "Read",
    "Reason",
    "ReasonCode",
    "Record",
    "Reference",
    "ReferenceRow",
    "Report",
    "Request",
    "Rescue",
    "RescueKind",
    "Response",
    "Role",
    "RunInfo",
    "Severity",
    "Sighting",
    "Span",
    "Standing",
    "StandingWord",
    "Summary",
    "Trouble",
    "Trust",
    "Verdict",
    "ask",
    "ask_all",
]
