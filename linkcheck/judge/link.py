"""A link's one word: what was seen, unless a finding overrules it; its own finding first, then the others."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import structs

from linkcheck.judge.headline import SAYS_NOTHING, advised, verdict_finding, weighed
from linkcheck.judge.opinion import LinkOpinion
from linkcheck.judge.overruling import is_idle, outweighed, overruling, resting_on, strongest, word_of
from linkcheck.judge.seen import moved_to, not_asked, seen
from linkcheck.judge.world import World
from linkcheck.model import Check, Finding, Judgement, ReasonCode, Verdict

_WORDS = frozenset(verdict.value for verdict in Verdict)
"""A finding whose rule is a verdict is that verdict's own, or was outweighed and is told as evidence."""


def judge_link(
    url: str, check: Check | None, findings: Sequence[Finding], suggests: Mapping[str, Verdict], world: World
) -> LinkOpinion:
    """Judge a link by its last check (None: it was not asked) and the detectors' findings.

    `suggests` tells which verdict a rule speaks for. What seems alive can be overruled so; a wall that is certain
    overrules any status, since walls answer 404 and 503, too. Who speaks for `alive` says that a redirect is to be
    left alone. Findings that speak for another word than the one that was chosen lower its confidence and become notes.
    """
    judgement = seen(url, check, world) if check else not_asked(world)
    moved = moved_to(url, check)
    if judgement.verdict in SAYS_NOTHING and not (findings or moved):
        return LinkOpinion(judgement=judgement)
    if judgement.reason.code is ReasonCode.ACCEPTED:
        findings = [one for one in findings if suggests.get(one.rule) is None]
    speaking = overruling(judgement, findings, suggests)
    best = strongest(speaking, suggests) if speaking else None
    if best:
        judgement = word_of(best, suggests[best.rule])
    rivals = [one for one in speaking if suggests[one.rule] not in {judgement.verdict, Verdict.ALIVE}]
    headline = verdict_finding(judgement, mementos=(), archives=(), moved=moved)
    kept = [one for one in findings if one.rule not in _WORDS and not is_idle(one, judgement, suggests)]
    rest = [outweighed(one, judgement) if one in rivals else one for one in kept]
    if headline and best:
        headline = resting_on(headline, best, rivals)
    spoken = (*((advised(headline, judgement, findings),) if headline else ()), *rest)
    return LinkOpinion(judgement=judgement, findings=weighed(spoken, world), moved_to=moved)


def overruled(
    opinion: LinkOpinion, judgement: Judgement, world: World, suggests: Mapping[str, Verdict] = MappingProxyType({})
) -> LinkOpinion:
    """Give an opinion another word, by what is known beyond the check: its past, or a person who looked.

    What `suggests` another word than a person's is a note from then on.
    """
    headline = verdict_finding(judgement, mementos=(), archives=(), moved=None)
    agreeing = {None, Verdict.ALIVE, judgement.verdict}
    others = [
        one
        if suggests.get(one.rule) in agreeing
        else structs.replace(outweighed(one, judgement), next="Nothing: a person has looked.")
        for one in opinion.findings
        if one.rule != opinion.judgement.verdict.value
    ]
    spoken = (*((headline,) if headline else ()), *others)
    return structs.replace(opinion, judgement=judgement, findings=weighed(spoken, world), moved_to=None)
