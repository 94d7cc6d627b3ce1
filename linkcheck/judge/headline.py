"""The one finding that is the verdict's own, first among those of the detectors."""

from collections.abc import Sequence

from msgspec import structs

from linkcheck.judge.next_step import next_step
from linkcheck.judge.world import World
from linkcheck.model import ArchiveRow, Finding, Judgement, Memento, ReasonCode, Severity, Verdict

SEVERITY = {
    Verdict.DEAD: Severity.ERROR,
    Verdict.SOFT_404: Severity.ERROR,
    Verdict.USURPED: Severity.ERROR,
    Verdict.PLACEHOLDER: Severity.ERROR,
    Verdict.INVALID: Severity.ERROR,
    Verdict.DRIFTED: Severity.WARNING,
    Verdict.UNREACHABLE: Severity.WARNING,
    Verdict.BLOCKED: Severity.WARNING,
    Verdict.MOVED: Severity.NOTE,
}
"""Of a verdict's own finding, where the config says nothing else."""

SAYS_NOTHING = frozenset({Verdict.ALIVE, Verdict.SKIPPED})
"""The verdicts that are no finding."""


def verdict_finding(
    judgement: Judgement, *, mementos: Sequence[Memento], archives: Sequence[ArchiveRow], moved: str | None
) -> Finding | None:
    """Make the one finding that every verdict but `alive` and `skipped` has."""
    verdict, reason = judgement.verdict, judgement.reason
    if verdict in SAYS_NOTHING:
        return None
    return Finding(
        rule=verdict.value,
        severity=SEVERITY[verdict],
        message=reason.text,
        next=next_step(judgement, mementos, archives, moved),
        evidence={"reason": reason.code.value},
    )


def advised(headline: Finding, judgement: Judgement, detected: Sequence[Finding]) -> Finding:
    """Let the finding that knows most say what to do: which file may be meant, how to get past this wall."""
    told = [
        one
        for one in detected
        if judgement.reason.code is ReasonCode.FILE_MISSING
        or (judgement.verdict is Verdict.BLOCKED and one.message == judgement.reason.text)
    ]
    if written := meant(judgement, detected):
        return structs.replace(headline, next=f"Write {written}")
    return structs.replace(headline, next=told[0].next) if told else headline


def meant(judgement: Judgement, findings: Sequence[Finding]) -> str | None:
    """Give the address that was meant, where the page was seen there; None where the link is not lost."""
    if judgement.verdict not in {Verdict.DEAD, Verdict.SOFT_404, Verdict.BLOCKED}:  # 400 refuses the address as it is
        return None
    return next((one.meant for one in findings if one.meant), None)


def weighed(findings: Sequence[Finding], world: World) -> tuple[Finding, ...]:
    """Give findings the severity that the config wants for their rules."""
    return tuple(
        structs.replace(one, severity=world.severities[one.rule]) if one.rule in world.severities else one
        for one in findings
    )
