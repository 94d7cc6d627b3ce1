"""Gives every link and reference its one word, with a reason and a next step. Pure and total.

What was seen (status, failure, file) gives the word; findings of detectors may overrule an answer that only looks
alive. "Dead" needs evidence that was asked for twice; whatever cannot be told is called by its own name.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from http import HTTPStatus
from types import MappingProxyType
from typing import assert_never

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.model import (
    WRONG_PAGE,
    ArchiveAnswer,
    ArchiveRow,
    Check,
    Confidence,
    FailureKind,
    Finding,
    Judgement,
    LastKnown,
    Lookup,
    Memento,
    Reason,
    ReasonCode,
    Record,
    Rescue,
    RescueKind,
    Severity,
    Standing,
    Trouble,
    Trust,
    Verdict,
)


class Network(Struct, frozen=True, kw_only=True):
    """Why answers that came over the network, or did not come, may be untrue."""

    lies: frozenset[str] = frozenset()
    """The addresses that the name servers give for names that do not exist."""
    portal: str | None = None
    """The host that answers for others, as in hotels; empty when it only shows its certificate."""
    lost_since: str | None = None
    """The network went away then (ISO 8601)."""


class Outage(Struct, frozen=True, kw_only=True):
    """Many links of one host fail at once."""

    failing: int
    asked: int


class World(Struct, frozen=True, kw_only=True):
    """What the judge must know beyond one check."""

    is_offline: bool = False
    """We were told not to use the network."""
    has_network: bool = True
    """A real name look-up worked in this run."""
    network: Network = Network()
    outages: Mapping[str, Outage] = {}
    """By host."""
    overridden: frozenset[str] = frozenset()
    """Hosts that `--resolve` names: they say nothing about the network, and no address of theirs is an example."""
    severities: Mapping[str, Severity] = {}
    """By rule, where the config says otherwise."""
    accepted: Mapping[str, frozenset[int]] = {}
    """By HOST or HOST:PORT: the statuses that are fine there, as the config says."""


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


def judge_link(
    url: str, check: Check | None, findings: Sequence[Finding], suggests: Mapping[str, Verdict], world: World
) -> LinkOpinion:
    """Judge a link by its last check (None: it was not asked) and the detectors' findings.

    `suggests` tells which verdict a rule speaks for. What seems alive can be overruled so; a wall that is certain
    overrules any status, since walls answer 404 and 503, too. Who speaks for `alive` says that a redirect is to be
    left alone. Findings that speak for another word than the one that was chosen lower its confidence and become notes.
    """
    judgement = _explained(_seen(url, check, world), check) if check else _not_asked(world)
    if judgement.reason.code is ReasonCode.ACCEPTED:
        findings = [one for one in findings if suggests.get(one.rule) is None]
    speaking = [one for one in findings if one.rule in suggests and _may_overrule(judgement, one, suggests[one.rule])]
    best = max(speaking, key=lambda one: _weight(one, suggests[one.rule]), default=None)
    if best:
        judgement = Judgement(suggests[best.rule], Reason(_code_of(suggests[best.rule]), best.message))
    rivals = [one for one in speaking if suggests[one.rule] not in {judgement.verdict, Verdict.ALIVE}]
    moved = moved_to(url, check)
    headline = verdict_finding(judgement, mementos=(), archives=(), moved=moved)
    kept = [one for one in findings if one.rule not in _WORDS and not _is_idle(one, judgement, suggests)]
    rest = [_against(one, judgement) if one in rivals else one for one in kept]
    if headline and best:
        headline = _resting_on(headline, best, rivals)
    spoken = (*((_advised(headline, judgement, findings),) if headline else ()), *rest)
    return LinkOpinion(judgement=judgement, findings=_weighed(spoken, world), moved_to=moved)


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
        else structs.replace(_against(one, judgement), next="Nothing: a person has looked.")
        for one in opinion.findings
        if one.rule != opinion.judgement.verdict.value
    ]
    spoken = (*((headline,) if headline else ()), *others)
    return structs.replace(opinion, judgement=judgement, findings=_weighed(spoken, world), moved_to=None)


def _is_idle(finding: Finding, judgement: Judgement, suggests: Mapping[str, Verdict]) -> bool:
    """Tell advice to leave a link alone that is not alive, or to correct a place in a page that was not shown."""
    if finding.rule in _OF_PLACES:
        return judgement.verdict not in {Verdict.ALIVE, Verdict.MOVED, Verdict.DRIFTED}
    is_fine = judgement.verdict in {Verdict.ALIVE, Verdict.MOVED}
    return suggests.get(finding.rule) is Verdict.ALIVE and not is_fine


def _resting_on(headline: Finding, best: Finding, rivals: Sequence[Finding]) -> Finding:
    """Let the verdict be as sure as the finding that it rests on, and less so where others speak against it."""
    evidence = headline.evidence | {"rule": best.rule}
    if best.rule == headline.rule:
        evidence = headline.evidence | best.evidence
    if rivals:
        evidence |= {"against": [f"{one.rule}: {one.message}" for one in rivals]}
    confidence = _less(best.confidence) if rivals else best.confidence
    return structs.replace(headline, confidence=confidence, evidence=evidence)


def _against(finding: Finding, judgement: Judgement) -> Finding:
    """Keep what speaks for another word as a note."""
    evidence = finding.evidence | {"outweighed_by": judgement.reason.text}
    return structs.replace(finding, severity=Severity.NOTE, confidence=_less(finding.confidence), evidence=evidence)


def moved_to(url: str, check: Check | None) -> str | None:
    """Give the address that permanent redirects (301, 308) lead to, before any temporary one; None without them."""
    if check is None or check.status is None or not 200 <= check.status < 300:
        return None
    target = None
    for hop, following in zip(check.hops, check.hops[1:], strict=False):
        if hop.status not in {301, 308}:
            break
        target = following.url
    return target if target and uri.key(target) != url else None


def verdict_finding(
    judgement: Judgement, *, mementos: Sequence[Memento], archives: Sequence[ArchiveRow], moved: str | None
) -> Finding | None:
    """Make the one finding that every verdict but `alive` and `skipped` has."""
    verdict, reason = judgement.verdict, judgement.reason
    if verdict in {Verdict.ALIVE, Verdict.SKIPPED}:
        return None
    return Finding(
        rule=verdict.value,
        severity=SEVERITY[verdict],
        message=reason.text,
        next=_next(judgement, mementos, archives, moved),
        evidence={"reason": reason.code.value},
    )


def rescues(judgement: Judgement, url: str, mementos: Sequence[Memento], moved: str | None) -> tuple[Rescue, ...]:
    """Rank what could stand in the link's place."""
    found = []
    if judgement.verdict is Verdict.MOVED and moved:
        found.append(
            Rescue(
                kind=RescueKind.REDIRECT,
                url=moved,
                confidence=0.9,
                evidence={"from": url},
                message="the site itself redirects there, permanently",
            )
        )
    if judgement.verdict in _NEEDS_MEMENTO:
        found.extend(
            _memento_rescue(url, memento)
            for memento in mementos
            if memento.validated is not False and memento.trust is not Trust.PROOF
        )
    return tuple(sorted(found, key=lambda rescue: -rescue.confidence))


def needs_archive(verdict: Verdict) -> bool:
    """Tell whether an archived copy would help somebody."""
    return verdict in _NEEDS_MEMENTO


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

    A moved page keeps the `fragment` that was asked of it (RFC 9110 10.2.2), unless the page lacks it.
    """
    judgement, moved = opinion.judgement, opinion.moved_to
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
    detected = [finding for finding in opinion.findings if finding.rule != judgement.verdict.value]
    wrong = next((finding for finding in own if finding.rule == WRONG_PAGE), None)
    if headline and wrong:
        headline = structs.replace(headline, next=wrong.next)  # what is to be replaced is not what was cited
    elif headline:
        headline = _lived(_advised(headline, judgement, detected), judgement, lookups)
    spoken = (*((headline,) if headline else ()), *detected, *own)
    return ReferenceOpinion(
        judgement=judgement,
        findings=_weighed(spoken, world),
        archives=archives,
        mementos=mementos,
        rescues=() if wrong else rescues(judgement, link or "", mementos, moved),
        standing=opinion.standing,
        last_known=opinion.last_known,
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
        case Verdict.DEAD | Verdict.UNREACHABLE:
            return suggested in {Verdict.BLOCKED, Verdict.USURPED} and finding.confidence is Confidence.HIGH
        case _:
            return False


def _known(memento: Memento) -> int:
    """Put proven captures first, and those last that are proven to show something else."""
    return {True: 0, None: 1, False: 2}[memento.validated]


def _weight(finding: Finding, suggested: Verdict) -> tuple[bool, int, int, int]:
    """Rank findings; of equally certain ones a wall comes first, since what it shows says nothing of the page."""
    is_plea = suggested is Verdict.ALIVE
    return not is_plea, _CONFIDENCE[finding.confidence], -_PRECEDENCE.index(suggested), finding.severity.rank


def _code_of(suggested: Verdict) -> ReasonCode:
    match suggested:
        case Verdict.BLOCKED:
            return ReasonCode.WALL
        case Verdict.ALIVE:
            return ReasonCode.REDIRECTED_PERMANENTLY
        case _:
            return ReasonCode.CONTENT


def _less(confidence: Confidence) -> Confidence:
    return Confidence.MEDIUM if confidence is Confidence.HIGH else Confidence.LOW


def _advised(headline: Finding, judgement: Judgement, detected: Sequence[Finding]) -> Finding:
    """Let the finding that knows most say what to do: which file may be meant, how to get past this wall."""
    told = [
        one
        for one in detected
        if judgement.reason.code is ReasonCode.FILE_MISSING
        or (judgement.verdict is Verdict.BLOCKED and one.message == judgement.reason.text)
    ]
    return structs.replace(headline, next=told[0].next) if told else headline


def _weighed(findings: Sequence[Finding], world: World) -> tuple[Finding, ...]:
    """Give findings the severity that the config wants for their rules."""
    return tuple(
        structs.replace(one, severity=world.severities[one.rule]) if one.rule in world.severities else one
        for one in findings
    )


def depends_on_network(url: str, overridden: frozenset[str]) -> bool:
    """Tell whether a failure of this URL can be the network's: not for literal addresses, overrides, `.invalid`."""
    host = uri.host_of(url)
    return not (uri.is_address(host) or host in overridden or uri.is_within(host, _NEVER_RESOLVED))


def settled(failure: Trouble | None, overridden: frozenset[str]) -> frozenset[str]:
    """Give the hosts that no look-up is needed for: `--resolve` names one port, and at others a name is looked up."""
    return frozenset() if failure and failure.kind in _LOOKED_UP else overridden


def fingerprint(path: str, destination: str, occurrence: int) -> str:
    """Name a reference so that the moving of its line, or another failure, does not rename it."""
    return sha256(f"{path}\0{destination}\0{occurrence}".encode("utf-8", "replace")).hexdigest()[:16]


def _seen(url: str, check: Check, world: World) -> Judgement:
    if check.exists is not None:
        if check.exists:
            return _say(Verdict.ALIVE, ReasonCode.FILE_EXISTS, "the file is there")
        return _say(Verdict.DEAD, ReasonCode.FILE_MISSING, "no such file")
    if why := _distrusted(url, check, world):
        return _say(Verdict.SKIPPED, ReasonCode.NETWORK, why)
    if check.failure is not None:
        return _failed(url, check.failure, check, world)
    if check.status is None:
        return _not_asked(world)
    if world.accepted and _is_accepted(check.final_url or url, check.status, world):
        return _say(Verdict.ALIVE, ReasonCode.ACCEPTED, f"{_status_name(check.status)}, accepted by config")
    return _answered(url, check.status, check, world)


def _distrusted(url: str, check: Check, world: World) -> str | None:
    """Say why the network is not believed in this case."""
    network, failure = world.network, check.failure
    known = settled(failure, world.overridden)
    if failure and (failure.kind in _OUR_DECISION or not depends_on_network(check.final_url or url, known)):
        return None
    is_elsewhere = failure is not None or any(hop.address in {None, *network.lies} for hop in check.hops)
    if network.lies and is_elsewhere and depends_on_network(url, known):
        return "the name servers here give an address to names that do not exist, so this may not be the host"
    is_led_away = failure is not None or uri.host_of(check.final_url or url) == network.portal
    if network.portal is not None and is_led_away and depends_on_network(url, known):
        return f"a captive portal answers here for other hosts: {network.portal or 'by its certificate'}"
    if network.lost_since is not None and failure and check.at >= network.lost_since:
        return f"the network went away ({failure.message})"
    return None


def _explained(judgement: Judgement, check: Check) -> Judgement:
    """Add what the rest of the host's links tell."""
    text = judgement.reason.text
    if check.inferred:
        text += "; not asked itself: its host had answered so to others"
    return judgement if text == judgement.reason.text else _say(judgement.verdict, judgement.reason.code, text)


def _answered(url: str, status: int, check: Check, world: World) -> Judgement:
    name = _status_name(status)
    twice = ", asked twice" if check.confirmed else f", and so it was on {check.also_on}"
    match status:
        case _ if 200 <= status < 300:
            return _reached(url, check, name)
        case _ if _is_example(url, world):
            return _example(url)
        case 404 | 410 if not (check.confirmed or check.also_on):
            why = f"{name}, asked once: it must say so again before it counts"
            return _say(Verdict.UNREACHABLE, ReasonCode.NOT_CONFIRMED, why)
        case 404:
            return _say(Verdict.DEAD, ReasonCode.HTTP_NOT_FOUND, f"{name} on GET{twice}")
        case 410:
            return _say(Verdict.DEAD, ReasonCode.HTTP_GONE, f"{name} on GET{twice}")
        case 429:
            return _say(Verdict.BLOCKED, ReasonCode.RATE_LIMITED, f"{name}: the host asks us to slow down")
        case 451:
            return _say(Verdict.BLOCKED, ReasonCode.LEGAL, name)
        case 407:
            why = f"{name}: a proxy on our side wants to be logged in to; give its user and password in HTTPS_PROXY"
            return _say(Verdict.UNREACHABLE, ReasonCode.FAILURE, why)
        case 401 | 402 | 403 | 999:
            return _say(Verdict.BLOCKED, ReasonCode.WALL, f"{name}: a wall; the page may well be there")
        case _ if 400 <= status < 500:
            return _say(Verdict.BLOCKED, ReasonCode.CLIENT_ERROR, f"{name}: the host refuses this request")
        case _ if 500 <= status < 600:
            return _say(Verdict.UNREACHABLE, ReasonCode.SERVER_ERROR, f"{name}: trouble on their side")
        case _:
            return _say(Verdict.UNREACHABLE, ReasonCode.ODD_STATUS, f"{name} is not an answer")


def _is_accepted(url: str, status: int, world: World) -> bool:
    """Tell whether the config takes this status of this host for an answer; HOST:PORT counts before HOST."""
    origin, host = uri.place_of(url)
    port = (origin or "").rpartition(":")[2]
    return status in world.accepted.get(f"{host}:{port}", world.accepted.get(host, ()))


def _reached(url: str, check: Check, name: str) -> Judgement:
    if target := moved_to(url, check):
        return _say(Verdict.MOVED, ReasonCode.REDIRECTED_PERMANENTLY, f"redirects permanently to {target}")
    if len(check.hops) > 1:
        return _say(Verdict.ALIVE, ReasonCode.REDIRECTED, f"{name} after a temporary redirect to {check.final_url}")
    return _say(Verdict.ALIVE, ReasonCode.ANSWERED, f"{name}, unchanged (304)" if check.unchanged else name)


def _failed(url: str, failure: Trouble, check: Check, world: World) -> Judgement:
    kind, message = failure.kind, failure.message
    is_of_network = depends_on_network(check.final_url or url, settled(failure, world.overridden))
    match kind:
        case FailureKind.POLICY if check.hops and failure.reason is not ReasonCode.POLICY:
            return _say(Verdict.SKIPPED, ReasonCode.POLICY, f"redirects to where we do not go: {message}")
        case FailureKind.POLICY:
            return _say(Verdict.SKIPPED, failure.reason or ReasonCode.POLICY, message)
        case FailureKind.BUDGET:
            return _say(Verdict.SKIPPED, ReasonCode.NOT_ASKED, message)
        case FailureKind.NETWORK if failure.reason is not ReasonCode.BUSY:
            return _say(Verdict.SKIPPED, ReasonCode.NETWORK, message)
        case _ if is_of_network and not world.has_network:
            return _say(Verdict.SKIPPED, ReasonCode.NETWORK, f"there is no network here ({message})")
        case _ if _is_example(url, world):
            return _example(url)
        case FailureKind.DNS_NXDOMAIN if check.confirmed:
            return _say(Verdict.DEAD, ReasonCode.NO_SUCH_HOST, f"no such host (NXDOMAIN, looked up twice): {message}")
        case FailureKind.DNS_NXDOMAIN:
            return _say(Verdict.UNREACHABLE, ReasonCode.NOT_CONFIRMED, f"no such host, looked up once: {message}")
        case (
            FailureKind.DNS_TEMPORARY
            | FailureKind.REFUSED
            | FailureKind.RESET
            | FailureKind.TIMEOUT_CONNECT
            | FailureKind.TIMEOUT_READ
            | FailureKind.TLS_EXPIRED
            | FailureKind.TLS_HOSTNAME
            | FailureKind.TLS_UNTRUSTED
            | FailureKind.TLS_OTHER
            | FailureKind.PROTOCOL
            | FailureKind.BAD_REDIRECT
            | FailureKind.REDIRECT_LOOP
            | FailureKind.TOO_MANY_REDIRECTS
            | FailureKind.TOO_LARGE
            | FailureKind.PROXY
        ):
            return _say(Verdict.UNREACHABLE, ReasonCode.FAILURE, message)
        case FailureKind.NETWORK:
            return _say(Verdict.UNREACHABLE, ReasonCode.BUSY, message)
        case _:
            assert_never(kind)


def _not_asked(world: World) -> Judgement:
    if world.is_offline:
        return _say(Verdict.SKIPPED, ReasonCode.OFFLINE, "not asked: --offline")
    return _say(Verdict.SKIPPED, ReasonCode.NOT_ASKED, "not asked: the run ended before its turn")


def _next(judgement: Judgement, mementos: Sequence[Memento], archives: Sequence[ArchiveRow], moved: str | None) -> str:
    match judgement.verdict:
        case Verdict.DEAD if judgement.reason.code is ReasonCode.FILE_MISSING:
            return "Correct the path, or remove the link."
        case Verdict.DEAD | Verdict.SOFT_404 | Verdict.USURPED | Verdict.DRIFTED:
            return _copy_of(mementos, archives)
        case Verdict.MOVED:
            return f"Update the link to {moved}"
        case Verdict.BLOCKED:
            return "Open it in a browser: a wall keeps programs out, not people."
        case Verdict.UNREACHABLE if judgement.reason.code is ReasonCode.NOT_CONFIRMED:
            return "Run again: it was asked only once."
        case Verdict.UNREACHABLE if judgement.reason.code is ReasonCode.BUSY:
            return "Run again when this machine has less to do, or with a lower --concurrency."
        case Verdict.UNREACHABLE:
            return "Run again another day: nothing is proven by one bad moment."
        case Verdict.PLACEHOLDER:
            return "Find what the link pointed to in the original article, and put that URL here."
        case Verdict.INVALID:
            return "Correct the URL."
        case Verdict.ALIVE | Verdict.SKIPPED:
            return ""
        case _:
            assert_never(judgement.verdict)


def _copy_of(mementos: Sequence[Memento], archives: Sequence[ArchiveRow]) -> str:
    if best := best_of(mementos):
        checked = "" if best.validated else f" (look at it first: {best.note or 'nobody has validated it'})"
        # No full stop behind an address: whoever copies the line would copy it, too.
        return f"Replace it with the capture of {best.datetime[:10]}: {best.uri_m}{checked}"
    if any(one.validated is False for one in mementos):
        return "Cite another source: of the captures that were found none shows what was cited."
    answers = {row.answer for row in archives}
    if not answers:
        return "Look for an archived copy, or cite another source."
    if ArchiveAnswer.NOT_ASKED in answers or ArchiveAnswer.FAILED in answers:
        return "Look for an archived copy: the archives have not been heard, so run again."
    return "Remove it or cite another source: no archive that was asked holds a copy."


def best_of(mementos: Sequence[Memento]) -> Memento | None:
    """Give the first capture that a reader may be sent to; None where there is none."""
    return next((one for one in mementos if one.validated is not False and one.trust is not Trust.PROOF), None)


def _memento_rescue(url: str, memento: Memento) -> Rescue:
    checked = "validated" if memento.validated else "not validated"
    return Rescue(
        kind=RescueKind.MEMENTO,
        url=url,
        uri_m=memento.uri_m,
        confidence=0.9 if memento.validated else 0.5 if memento.trust is Trust.HIGH else 0.3,
        evidence={
            "archive": memento.archive,
            "datetime": memento.datetime,
            "distance_days": memento.distance_days,
            "note": memento.note,
        },
        message=f"capture of {memento.datetime[:10]}, {checked}",
    )


def _is_example(url: str, world: World) -> bool:
    host = uri.host_of(url)
    return host not in world.overridden and uri.is_within(host, _EXAMPLES)


def _example(url: str) -> Judgement:
    return _say(Verdict.SKIPPED, ReasonCode.EXAMPLE_ADDRESS, f"{uri.host_of(url)} is an example address (RFC 2606)")


def _say(verdict: Verdict, code: ReasonCode, text: str) -> Judgement:
    return Judgement(verdict, Reason(code, text))


def _status_name(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


_OUR_DECISION = frozenset({FailureKind.POLICY, FailureKind.BUDGET})
_LOOKED_UP = frozenset({FailureKind.DNS_NXDOMAIN, FailureKind.DNS_TEMPORARY})
_WORDS = frozenset(verdict.value for verdict in Verdict)
"""A finding whose rule is a verdict is that verdict's own, or was outweighed and is told as evidence."""
_OF_PLACES = frozenset({"missing-fragment", "missing-text-fragment"})
"""What is said of a place in a page, and of nothing where another page stands there."""
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
_NEEDS_MEMENTO = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.USURPED, Verdict.DRIFTED})
_EXAMPLES = frozenset({"example.com", "example.net", "example.org", "example", "test", "local"})
_NEVER_RESOLVED = frozenset({"invalid", "localhost"})
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
