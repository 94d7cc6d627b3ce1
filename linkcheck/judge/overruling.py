"""Findings that know better than what an answer looked like, and what is left of those that speak against them."""

from collections.abc import Mapping, Sequence

from msgspec import structs

from linkcheck.model import Confidence, Finding, Judgement, Reason, ReasonCode, Severity, Verdict

_PRECEDENCE = (
    Verdict.BLOCKED,
    Verdict.USURPED,
    Verdict.SOFT_404,
    Verdict.UNREACHABLE,
    Verdict.DRIFTED,
    *(
        verdict
        for verdict in Verdict
        if verdict not in {Verdict.BLOCKED, Verdict.USURPED, Verdict.SOFT_404, Verdict.UNREACHABLE, Verdict.DRIFTED}
    ),
)
"""Of equally certain findings, which word comes first."""

_CONFIDENCE = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}

_OF_PLACES = frozenset({"missing-fragment", "missing-text-fragment"})
"""What is said of a place in a page, and of nothing where another page stands there."""


def overruling(judgement: Judgement, findings: Sequence[Finding], suggests: Mapping[str, Verdict]) -> list[Finding]:
    """Pick the findings that may give another word than the one that what was seen speaks for."""
    return [one for one in findings if one.rule in suggests and _may_overrule(judgement, one, suggests[one.rule])]


def _may_overrule(judgement: Judgement, finding: Finding, suggested: Verdict) -> bool:
    """Tell whether a finding knows better than what the answer looked like."""
    match judgement.verdict:
        case Verdict.MOVED if suggested is Verdict.ALIVE:
            return True
        case Verdict.ALIVE | Verdict.MOVED:
            return finding.confidence is not Confidence.LOW and suggested is not Verdict.ALIVE
        case Verdict.BLOCKED if judgement.reason.code is not ReasonCode.LEGAL:
            return (suggested is Verdict.BLOCKED and finding.confidence is not Confidence.LOW) or (
                suggested is Verdict.USURPED and finding.confidence is Confidence.HIGH
            )
        case Verdict.UNREACHABLE if judgement.reason.code is ReasonCode.SERVER_ERROR and suggested is Verdict.BLOCKED:
            return finding.confidence is not Confidence.LOW  # walls answer 503 as often as 403
        case Verdict.DEAD | Verdict.UNREACHABLE:
            return suggested in {Verdict.BLOCKED, Verdict.USURPED} and finding.confidence is Confidence.HIGH
        case _:
            return False


def strongest(speaking: Sequence[Finding], suggests: Mapping[str, Verdict]) -> Finding:
    """Give the one of some findings that is believed."""
    return max(speaking, key=lambda one: _weight(one, suggests[one.rule]))


def _weight(finding: Finding, suggested: Verdict) -> tuple[bool, int, int, int]:
    """Rank findings; of equally certain ones a wall comes first, since what it shows says nothing of the page."""
    is_plea = suggested is Verdict.ALIVE
    return not is_plea, _CONFIDENCE[finding.confidence], -_PRECEDENCE.index(suggested), finding.severity.rank


def word_of(best: Finding, suggested: Verdict) -> Judgement:
    """Give the word that a finding speaks for, for its reason."""
    return Judgement(suggested, Reason(_code_of(suggested), best.message))


def _code_of(suggested: Verdict) -> ReasonCode:
    match suggested:
        case Verdict.BLOCKED:
            return ReasonCode.WALL
        case Verdict.ALIVE:
            return ReasonCode.REDIRECTED_PERMANENTLY
        case _:
            return ReasonCode.CONTENT


def resting_on(headline: Finding, best: Finding, rivals: Sequence[Finding]) -> Finding:
    """Let the verdict be as sure as the finding that it rests on, and less so where others speak against it."""
    evidence = headline.evidence | {"rule": best.rule}
    if best.rule == headline.rule:
        evidence = headline.evidence | best.evidence
    if rivals:
        evidence |= {"against": [f"{one.rule}: {one.message}" for one in rivals]}
    confidence = _less(best.confidence) if rivals else best.confidence
    return structs.replace(headline, confidence=confidence, evidence=evidence)


def outweighed(finding: Finding, judgement: Judgement) -> Finding:
    """Keep what speaks for another word as a note."""
    evidence = finding.evidence | {"outweighed_by": judgement.reason.text}
    return structs.replace(finding, severity=Severity.NOTE, confidence=_less(finding.confidence), evidence=evidence)


def _less(confidence: Confidence) -> Confidence:
    return Confidence.MEDIUM if confidence is Confidence.HIGH else Confidence.LOW


def is_idle(finding: Finding, judgement: Judgement, suggests: Mapping[str, Verdict]) -> bool:
    """Tell advice to leave a link alone that is not alive, or to correct a place in a page that was not shown."""
    if finding.rule in _OF_PLACES:
        return judgement.verdict not in {Verdict.ALIVE, Verdict.MOVED, Verdict.DRIFTED}
    is_fine = judgement.verdict in {Verdict.ALIVE, Verdict.MOVED}
    return suggests.get(finding.rule) is Verdict.ALIVE and not is_fine
