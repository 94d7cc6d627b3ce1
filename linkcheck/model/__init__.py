"""The nouns of linkcheck: frozen values, and the way to ask the world something."""

from linkcheck.model.check import Check, FragmentAnswer, Glance, PageFacts, Trouble
from linkcheck.model.conversation import Answer, Ask, Captures, Conversation, Observe, Once, ask, ask_all
from linkcheck.model.document import Document
from linkcheck.model.finding import NOT_JUDGED, PAYWALL, STRAY, WRONG_PAGE, Confidence, Finding, PlacedFinding, Severity
from linkcheck.model.http import ANYTHING, PAGE, Failure, FailureKind, Hop, Read, Request, Response
from linkcheck.model.ignore import Ignore
from linkcheck.model.mark import Mark
from linkcheck.model.memento import ArchiveAnswer, Life, Lookup, Memento, Trust
from linkcheck.model.outline import Outline
from linkcheck.model.passage import Anchor, Passage
from linkcheck.model.provenance import Claim, Copy, Difference, Provenance
from linkcheck.model.reference import Cited, Link, Reference, Role, Span
from linkcheck.model.report import (
    ArchiveRow,
    DocumentRow,
    Excused,
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
    "NOT_JUDGED",
    "PAGE",
    "PAYWALL",
    "STRAY",
    "WRONG_PAGE",
    "Anchor",
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
    "Copy",
    "Difference",
    "Document",
    "DocumentRow",
    "Excused",
    "Failure",
    "FailureKind",
    "Finding",
    "FragmentAnswer",
    "Glance",
    "Hop",
    "Ignore",
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
    "Passage",
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
