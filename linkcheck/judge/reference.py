"""What a reference is told: its link's word, its own findings, what the archives hold."""

from collections.abc import Sequence
from hashlib import sha256

from msgspec import structs

from linkcheck.judge.headline import SAYS_NOTHING, advised, meant, verdict_finding, weighed
from linkcheck.judge.opinion import LinkOpinion, ReferenceOpinion
from linkcheck.judge.rescue import best_of, needs_archive, rescues
from linkcheck.judge.world import World
from linkcheck.model import STRAY, WRONG_PAGE, ArchiveRow, Finding, Judgement, Lookup, Memento, Verdict


def refer(
    link: str | None,
    opinion: LinkOpinion,
    own: Sequence[Finding],
    lookups: Sequence[Lookup],
    world: World,
    *,
    fragment: str | None = None,
) -> ReferenceOpinion:
    """Put together what a reference is told: its link's word, its own findings, what the archives hold.

    A page that moved, or is there without a stray character, keeps the `fragment` that was asked of it (RFC 9110
    10.2.2), unless the page lacks it.
    """
    judgement, moved = opinion.judgement, opinion.moved_to
    if judgement.verdict in SAYS_NOTHING and not (opinion.findings or own or lookups):
        return ReferenceOpinion(judgement=judgement, standing=opinion.standing, last_known=opinion.last_known)
    is_lacking = any(finding.evidence.get("fragment") == fragment for finding in opinion.findings)
    if moved and fragment and not is_lacking and "#" not in moved:
        moved = f"{moved}#{fragment}"
    archives = tuple(
        ArchiveRow(archive=one.archive, answer=one.answer, reason=one.reason, at=one.at, life=one.life)
        for one in lookups
    )
    mementos = tuple(sorted((memento for one in lookups for memento in one.mementos), key=_known))
    headline = verdict_finding(judgement, mementos=mementos, archives=archives, moved=moved)
    known = next((finding for finding in opinion.findings if finding.rule == judgement.verdict.value), None)
    if headline and known:
        headline = structs.replace(headline, confidence=known.confidence, evidence=known.evidence)
    detected = [
        _with_fragment(finding, fragment) for finding in opinion.findings if finding.rule != judgement.verdict.value
    ]
    wrong = next((finding for finding in own if finding.rule == WRONG_PAGE), None)
    if headline and wrong:
        headline = structs.replace(headline, next=wrong.next)  # what is to be replaced is not what was cited
    elif headline:
        headline = _lived(advised(headline, judgement, detected), judgement, lookups)
        best = best_of(mementos) if any(one.wants_copy for one in detected) else None
        if best and judgement.verdict is Verdict.BLOCKED:
            why = "Open it in a browser; whoever has no subscription can read the capture of"
            headline = structs.replace(headline, next=f"{why} {best.datetime[:10]}: {best.uri_m}")
    spoken = (*((headline,) if headline else ()), *detected, *own)
    return ReferenceOpinion(
        judgement=judgement,
        findings=weighed(spoken, world),
        archives=archives,
        mementos=mementos,
        rescues=() if wrong else rescues(judgement, link or "", mementos, moved, meant(judgement, detected)),
        standing=opinion.standing,
        last_known=opinion.last_known,
    )


def _with_fragment(finding: Finding, fragment: str | None) -> Finding:
    """Let the address without a stray character lead to the same place of the page."""
    better = finding.evidence.get("to")
    if finding.rule != STRAY or not fragment or not isinstance(better, str) or "#" in better:
        return finding
    whole = f"{better}#{fragment}"
    return structs.replace(
        finding, next=finding.next.replace(better, whole, 1), evidence=finding.evidence | {"to": whole}
    )


def with_captures(opinion: LinkOpinion, lookups: Sequence[Lookup]) -> LinkOpinion:
    """Let the link's own finding name the best capture too, once the archives have been asked."""
    judgement = opinion.judgement
    if not (needs_archive(judgement.verdict) and opinion.findings and lookups):
        return opinion
    told = refer(None, opinion, (), lookups, World())
    headline, *rest = opinion.findings
    own = next((one for one in told.findings if one.rule == headline.rule), headline)
    headline = structs.replace(headline, message=own.message, next=own.next, evidence=own.evidence)
    return structs.replace(opinion, findings=(headline, *rest))


def _lived(headline: Finding, judgement: Judgement, lookups: Sequence[Lookup]) -> Finding:
    """Add until when the page answered, as the archives saw it."""
    life = next((one.life for one in lookups if one.life), None)
    if life is None or not needs_archive(judgement.verdict):
        return headline
    last, bad = (life.last_good or "")[:10], (life.first_bad or "")[:10]
    match bool(last), bool(bad):
        case True, True:
            said = f"answered until between {last} and {bad}"
        case True, False:
            said = f"answered on {last}, when it was last archived as a page"
        case False, True:
            said = f"was gone when it was first archived, on {life.first[:10]}"
        case _:
            return headline
    evidence = headline.evidence | {
        "first_capture": life.first,
        "last_good": life.last_good,
        "first_bad": life.first_bad,
    }
    return structs.replace(headline, message=f"{headline.message}; {said}", evidence=evidence)


def _known(memento: Memento) -> int:
    """Put proven captures first, and those last that are proven to show something else."""
    return {True: 0, None: 1, False: 2}[memento.validated]


def fingerprint(path: str, destination: str, occurrence: int) -> str:
    """Name a reference so that the moving of its line, or another failure, does not rename it."""
    return sha256(f"{path}\0{destination}\0{occurrence}".encode("utf-8", "replace")).hexdigest()[:16]
