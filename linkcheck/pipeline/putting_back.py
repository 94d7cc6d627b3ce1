"""Tells a reference that has lost its target, or has a wrong one, what it led to. Pure."""

from collections.abc import Sequence

from msgspec import structs

from linkcheck.detect import self_reference, text_target_mismatch
from linkcheck.judge import ReferenceOpinion
from linkcheck.model import Finding, Rescue, Verdict
from linkcheck.store import Recovered

_WITH_NETWORK = "Check again without --offline: then the original is read for what the link led to."
SURE = 0.9
"""The confidence from which on a recovered target may be put in place without a choice."""


def put_back(opinion: ReferenceOpinion, recovered: Recovered | None) -> ReferenceOpinion:
    """Rank the recovered targets, best first, before all other rescues, and say in the findings what to do."""
    if recovered is None:
        return opinion
    if not recovered.rescues and not _is_lost(opinion):
        return opinion
    sentence = next_step(recovered.rescues) if recovered.rescues else _in_vain(recovered)
    findings = tuple(
        structs.replace(finding, next=sentence) if _is_about_the_target(finding, opinion) else finding
        for finding in opinion.findings
    )
    return structs.replace(opinion, findings=findings, rescues=(*recovered.rescues, *opinion.rescues))


def not_sought(opinion: ReferenceOpinion) -> ReferenceOpinion:
    """Say of a lost target that nobody looked for in the original, which is known, what would find it."""
    if opinion.judgement.verdict is not Verdict.PLACEHOLDER:
        return opinion
    findings = tuple(
        structs.replace(finding, next=_WITH_NETWORK) if finding.rule == Verdict.PLACEHOLDER else finding
        for finding in opinion.findings
    )
    return structs.replace(opinion, findings=findings)


def next_step(recovered: Sequence[Rescue]) -> str:
    """Say what to do in one sentence: for one target that is sure, for one that is not, or for a choice."""
    best = recovered[0]
    if best.confidence >= SURE:
        if best.uri_m:
            return f"It led to {best.url}, which is gone; put this capture of it here: {best.uri_m}"
        if best.is_gone:
            state = f"{best.url} (now {best.now})"
            return f"It led to {state}, and no capture is known: cite another source, or take the link out."
        return f"Put the URL here that it had: {best.url}"
    if len(recovered) == 1:
        return f"Look whether it led to {best.uri_m or best.url}, and put that URL here if so."
    choices = ", ".join(f"{letter}) {one.uri_m or one.url}" for letter, one in zip("abcde", recovered, strict=False))
    return f"Choose what it led to, and put that URL here: {choices}"


def _is_lost(opinion: ReferenceOpinion) -> bool:
    """Tell what has no target to fall back to."""
    is_wrong = any(finding.rule == self_reference.RULE for finding in opinion.findings)
    return is_wrong or opinion.judgement.verdict in {Verdict.PLACEHOLDER, Verdict.INVALID}


def _in_vain(recovered: Recovered) -> str:
    if not recovered.was_heard:
        return f"Run again: {recovered.sought}."
    return f"{recovered.advice or 'Find the page by hand, or take the link out'}: {recovered.sought}."


def _is_about_the_target(finding: Finding, opinion: ReferenceOpinion) -> bool:
    return finding.rule in {opinion.judgement.verdict.value, self_reference.RULE, text_target_mismatch.RULE}
