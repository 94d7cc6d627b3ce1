"""What the past adds: which links are not due, where a link stands after this run, what a person has seen of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256

import anyio.lowlevel
from msgspec import structs

from linkcheck import __version__, uri
from linkcheck.judge import LinkOpinion, World, judge_link
from linkcheck.judge.link import overruled
from linkcheck.model import (
    Check,
    Confidence,
    FailureKind,
    Finding,
    Judgement,
    LastKnown,
    Link,
    Lookup,
    Mark,
    Reason,
    ReasonCode,
    Record,
    Sighting,
    Verdict,
)
from linkcheck.pipeline.asking import Notebook
from linkcheck.pipeline.line import Job, Line
from linkcheck.standing import Rule, answer_of, is_struck_out, next_check, remember, standing_of, with_captures
from linkcheck.store import Asked, Remembered

_BATCH = 500
_WITNESSES = 3
"""Links of a host in trouble that are asked though they are not due, and one more for each three that fail: so many
that what is only their own trouble does not look like the host's (four fifths of its links)."""


def task_of(job: Job) -> str:
    """Give a digest of what a run is to check; equal for runs of which one can go on with the other."""
    return _digest([str(job.directory.absolute()), *(getattr(job.config, name) for name in _TASK)])


def manner_of(line: Line) -> str:
    """Give a digest of how links are asked and looked at; checks of another manner are not reused."""
    rules = [detector.rule for detector in line.detectors]
    return _digest([__version__, rules, *(getattr(line.config, name) for name in _MANNER)])


async def carry_forward(line: Line, notebook: Notebook) -> None:
    """Let earlier checks stand for links that are not due."""
    carry = carrying(line, notebook)
    if carry is None:
        return
    batch: list[Remembered] = []
    for link in line.journal.web_links():
        if known := carry(link):
            batch.append(known)
        if len(batch) >= _BATCH:
            line.journal.carry(batch)
            batch = []
        await anyio.lowlevel.checkpoint()
    line.journal.carry(batch)


def carrying(line: Line, notebook: Notebook, *, is_of_site: bool = False) -> Callable[..., Remembered | None] | None:
    """Give what counts a link that is not due and says which check stands for it; None where nothing is to stand.

    It is called with a link, and with what may object to a check. A host of which a link that could not be reached is
    due is asked whole, to tell what is the matter with it; of a whole site's links, enough others are asked to tell.
    """
    if line.asks_anew or line.config.offline or not line.has_past:
        return None
    now = line.clock.now()
    troubled = Counter(
        host for url, host, record in line.journal.memory.unreachable() if not _is_recent(record, url, now)
    )
    witnesses = Counter[str]()
    is_due = partial(_is_due, now=now, is_of_site=is_of_site)

    def carry(link: Link, *, may: Callable[[Check], bool] = lambda _: True) -> Remembered | None:
        known, host = line.journal.memory.remembered(link), uri.host_of(link.url)
        if known is None:
            return None
        if is_due(known):
            troubled[host] += is_of_site and known.record.last.verdict is Verdict.UNREACHABLE
            return None
        if not may(known.check):
            return None
        if troubled[host] and (not is_of_site or witnesses[host] < _WITNESSES + troubled[host] // _WITNESSES):
            witnesses[host] += 1
            return None
        notebook.carry(link, known.check, known.findings)
        return known

    return carry


def opinion_of(line: Line, asked: Asked, world: World) -> LinkOpinion:
    """Judge a link by its last check, its past, and what a person has seen of it."""
    url = asked.link.url
    if asked.is_carried and asked.check:
        then = World(overridden=world.overridden, severities=world.severities, accepted=world.accepted)
        opinion = _dated(judge_link(url, asked.check, asked.findings, line.suggests, then), asked.check, then)
    else:
        opinion = judge_link(url, asked.check, asked.findings, line.suggests, world)
    rule = _rule(line)
    if not line.keeps_history:
        is_failing = opinion.judgement.verdict is Verdict.UNREACHABLE
        only = _sighting(url, asked.check, opinion.judgement, world) if is_failing else None
        return structs.replace(opinion, record=remember(None, only, rule)) if only else opinion
    memory, tape = line.journal.memory, line.tape
    recall = partial(memory.record, asked.link.id)
    record: Record | None = tape.value(f"record {url}", recall, Record | None) if line.has_past else None
    if (
        (mark := tape.value(f"mark {url}", partial(memory.mark, url), Mark | None))
        and asked.check
        and (said := _said(mark, asked, line))
    ):
        opinion = overruled(opinion, said, world, line.suggests)
    seen = None if asked.is_carried else _sighting(url, asked.check, opinion.judgement, world)
    if seen:
        record = remember(record, seen, rule)
    if record is None:
        return opinion
    if opinion.judgement.verdict is Verdict.SKIPPED:
        return structs.replace(_recalled(opinion, record.last, world), record=record)
    if is_struck_out(record, rule):
        opinion = _buried(opinion, record, rule, world)
    return structs.replace(opinion, record=record, standing=standing_of(record, rule))


def struck_by_captures(line: Line, opinion: LinkOpinion, lookups: Sequence[Lookup], world: World) -> LinkOpinion:
    """Let a link that cannot be reached be dead if its captures have failed for long; what answers is left alone."""
    if opinion.judgement.verdict is not Verdict.UNREACHABLE or opinion.record is None:
        return opinion
    rule, failing = _rule(line), _failing(lookups)
    record = with_captures(opinion.record, failing, rule)
    opinion = structs.replace(opinion, record=record, standing=opinion.standing and standing_of(record, rule))
    return _buried(opinion, record, rule, world, failing) if is_struck_out(record, rule) else opinion


def _failing(lookups: Sequence[Lookup]) -> list[str]:
    """Give when captures failed after the last one that shows a page, in any archive (ISO 8601)."""
    lives = [one.life for one in lookups if one.life]
    good = [life.last_good for life in lives if life.last_good]
    good += [memento.datetime for one in lookups for memento in one.mementos if memento.validated]
    return sorted({at for life in lives for at in life.failing if at > max(good, default="")})


def _rule(line: Line) -> Rule:
    return Rule(line.config.strikes, line.config.strike_days)


def _buried(opinion: LinkOpinion, record: Record, rule: Rule, world: World, failing: Sequence[str] = ()) -> LinkOpinion:
    """Call a link dead that has failed too often; with less certainty where that rests on captures."""
    text = opinion.judgement.reason.text
    if record.strikes > 1:
        text += f"; so it was at {record.strikes} checks since {record.since[:10]}, days apart"
    is_sure = record.strikes >= rule.strikes
    if not is_sure:
        over = f", from {failing[0][:10]} to {failing[-1][:10]}" if failing else " before that"
        text += f"; its captures had failed, too{over}"
    told = overruled(opinion, Judgement(Verdict.DEAD, Reason(ReasonCode.STRIKES, text)), world)
    if is_sure:
        return told
    evidence = {"strikes": record.strikes, "captures": list(failing) or record.captured}
    headline, *others = told.findings
    headline = structs.replace(headline, confidence=Confidence.MEDIUM, evidence=headline.evidence | evidence)
    return structs.replace(told, findings=(headline, *others))


def _is_due(known: Remembered, *, now: datetime, is_of_site: bool) -> bool:
    """Tell whether an earlier check may not stand for a new one."""
    return not (
        known.is_comparable
        and _is_recent(known.record, known.link.url, now, is_of_site=is_of_site)
        and known.check.fragments.keys() >= set(known.link.fragments)
    )


def _is_recent(record: Record, url: str, now: datetime, *, is_of_site: bool = False) -> bool:
    return datetime.fromisoformat(record.last.at) <= now < next_check(record, url, is_of_site=is_of_site)


def _sighting(url: str, check: Check | None, judgement: Judgement, world: World) -> Sighting | None:
    """Say what a check means for the history; None where nothing was learnt of the link."""
    verdict, code = judgement.verdict, judgement.reason.code
    if check is None or verdict is Verdict.SKIPPED:
        return None
    is_ours = check.failure is not None and check.failure.kind in _SAY_NOTHING
    is_out = uri.host_of(url) in world.outages and verdict is Verdict.UNREACHABLE
    counts = not (is_ours or check.status == 407 or code in _PROVES_NOTHING)
    return Sighting(at=check.at, verdict=verdict, code=code, counts=counts and not is_out, is_outage=counts and is_out)


def _dated(opinion: LinkOpinion, check: Check, world: World) -> LinkOpinion:
    judgement = opinion.judgement
    text = f"{judgement.reason.text}; checked on {check.at[:10]}"
    dated = overruled(opinion, Judgement(judgement.verdict, Reason(judgement.reason.code, text)), world)
    return structs.replace(dated, findings=_same_advice(opinion, dated), moved_to=opinion.moved_to)


def _same_advice(old: LinkOpinion, new: LinkOpinion) -> tuple[Finding, ...]:
    advice = {one.rule: one.next for one in old.findings}
    return tuple(structs.replace(one, next=advice.get(one.rule, one.next)) for one in new.findings)


def _recalled(opinion: LinkOpinion, last: Sighting, world: World) -> LinkOpinion:
    """Say of a link that was not asked what it was when it was."""
    if opinion.judgement.reason.code not in _WAITING:
        return opinion
    reason = opinion.judgement.reason
    text = f"{reason.text}; when last checked, on {last.at[:10]}, it was {last.verdict}"
    told = overruled(opinion, Judgement(Verdict.SKIPPED, Reason(reason.code, text)), world)
    return structs.replace(told, last_known=LastKnown(last.verdict, last.at))


def _said(mark: Mark, asked: Asked, line: Line) -> Judgement | None:
    """Give a person's word, as long as it holds: the answer is the same, and the date has not come."""
    assert asked.check
    answer = mark.answer
    if answer is None:
        recall = partial(line.journal.memory.answer_after, asked.link.id, mark.at)
        answer = line.tape.value(f"answer after {mark.at} {asked.link.url}", recall, str | None)
    has_changed = answer is not None and answer != answer_of(asked.check)
    if mark.verdict is None or has_changed or (mark.until and line.clock.now().date().isoformat() >= mark.until):
        return None
    note = f": {mark.note}" if mark.note else ""
    text = f"seen {mark.verdict} by a person on {mark.at[:10]}{note}"
    return Judgement(mark.verdict, Reason(ReasonCode.SEEN_BY_PERSON, text))


def _digest(values: list[object]) -> str:
    return sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:16]


_TASK = (
    "sources", "read_as", "column", "base_url", "root_dir", "published", "include", "exclude", "exclude_path", "remap",
    "recurse", "depth", "max_pages", "scope", "role", "include_code", "offline", "archive", "deep", "shard",
)  # fmt: skip
_MANNER = ("deep", "rdap", "user_agent", "hosts", "resolve", "ca_file", "allow_private")
_WAITING = frozenset({ReasonCode.OFFLINE, ReasonCode.NETWORK, ReasonCode.NOT_ASKED})
_PROVES_NOTHING = frozenset({ReasonCode.NOT_CONFIRMED, ReasonCode.NOT_ANSWERED_FOR})
_SAY_NOTHING = frozenset(
    {
        FailureKind.DNS_UNPROVEN,
        FailureKind.TLS_EXPIRED,
        FailureKind.TLS_HOSTNAME,
        FailureKind.TLS_UNTRUSTED,
        FailureKind.TLS_OTHER,
        FailureKind.PROXY,
        FailureKind.NETWORK,
    }
)
"""A certificate can be renewed, a proxy, lateness and the name servers are ours: they say nothing of the page."""
