"""What the past adds: which links are not due, where a link stands after this run, what a person has seen of it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256

import anyio.lowlevel
from msgspec import structs

from linkcheck import __version__, uri
from linkcheck.judge import LinkOpinion, World, judge_link, overruled
from linkcheck.model import (
    Check,
    FailureKind,
    Finding,
    Judgement,
    LastKnown,
    Link,
    Mark,
    Reason,
    ReasonCode,
    Record,
    Sighting,
    Verdict,
)
from linkcheck.pipeline.asking import Notebook
from linkcheck.pipeline.line import Job, Line
from linkcheck.standing import Rule, answer_of, is_struck_out, next_check, remember, standing_of
from linkcheck.store import Asked, Remembered

_BATCH = 500


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


def carrying(line: Line, notebook: Notebook) -> Callable[..., Remembered | None] | None:
    """Give what counts a link that is not due and says which check stands for it; None where nothing is to stand.

    It is called with a link, and with what may object to a check. A host of which a link that could not be reached is
    due is asked whole, to tell what is the matter with it.
    """
    if line.asks_anew or line.config.offline or not line.has_past:
        return None
    now = line.clock.now()
    troubled = {host for url, host, record in line.journal.unreachable() if not _is_recent(record, url, now)}

    def carry(link: Link, *, may: Callable[[Check], bool] = lambda _: True) -> Remembered | None:
        known = line.journal.remembered(link)
        if known is None or not _stands(known, now) or uri.host_of(link.url) in troubled or not may(known.check):
            return None
        notebook.carry(link, known.check, known.findings)
        return known

    return carry


def opinion_of(line: Line, asked: Asked, world: World) -> LinkOpinion:
    """Judge a link by its last check, its past, and what a person has seen of it."""
    url, config = asked.link.url, line.config
    if asked.is_carried and asked.check:
        then = World(overridden=world.overridden, severities=world.severities, accepted=world.accepted)
        opinion = _dated(judge_link(url, asked.check, asked.findings, line.suggests, then), asked.check, then)
    else:
        opinion = judge_link(url, asked.check, asked.findings, line.suggests, world)
    if not line.keeps_history:
        return opinion
    rule = Rule(config.strikes, config.strike_days)
    journal, tape = line.journal, line.tape
    recall = partial(journal.record, asked.link.id)
    record: Record | None = tape.value(f"record {url}", recall, Record | None) if line.has_past else None
    if (
        (mark := tape.value(f"mark {url}", partial(journal.mark, url), Mark | None))
        and asked.check
        and (said := _said(mark, asked, line))
    ):
        opinion = overruled(opinion, said, world)
    seen = None if asked.is_carried else _sighting(url, asked.check, opinion.judgement, world)
    if seen:
        record = remember(record, seen, rule)
    if record is None:
        return opinion
    if opinion.judgement.verdict is Verdict.SKIPPED:
        return structs.replace(_recalled(opinion, record.last, world), record=record)
    if is_struck_out(record, rule):
        opinion = overruled(opinion, _struck_out(opinion.judgement, record.strikes, record.since), world)
    return structs.replace(opinion, record=record, standing=standing_of(record, rule))


def _stands(known: Remembered, now: datetime) -> bool:
    """Tell whether an earlier check may stand for a new one."""
    return (
        known.is_comparable
        and _is_recent(known.record, known.link.url, now)
        and known.check.fragments.keys() >= set(known.link.fragments)
    )


def _is_recent(record: Record, url: str, now: datetime) -> bool:
    return datetime.fromisoformat(record.last.at) <= now < next_check(record, url)


def _sighting(url: str, check: Check | None, judgement: Judgement, world: World) -> Sighting | None:
    """Say what a check means for the history; None where nothing was learnt of the link."""
    verdict, code = judgement.verdict, judgement.reason.code
    if check is None or verdict is Verdict.SKIPPED:
        return None
    is_ours = check.failure is not None and check.failure.kind in _SAY_NOTHING
    is_out = uri.host_of(url) in world.outages and verdict is Verdict.UNREACHABLE
    counts = not (is_ours or is_out or check.status == 407 or code is ReasonCode.NOT_CONFIRMED)
    return Sighting(at=check.at, verdict=verdict, code=code, counts=counts)


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
        recall = partial(line.journal.answer_after, asked.link.id, mark.at)
        answer = line.tape.value(f"answer after {mark.at} {asked.link.url}", recall, str | None)
    has_changed = answer is not None and answer != answer_of(asked.check)
    if mark.verdict is None or has_changed or (mark.until and line.clock.now().date().isoformat() >= mark.until):
        return None
    note = f": {mark.note}" if mark.note else ""
    text = f"seen {mark.verdict} by a person on {mark.at[:10]}{note}"
    return Judgement(mark.verdict, Reason(ReasonCode.SEEN_BY_PERSON, text))


def _struck_out(judgement: Judgement, strikes: int, since: str) -> Judgement:
    text = f"{judgement.reason.text}; so it was at {strikes} checks since {since[:10]}, days apart"
    return Judgement(Verdict.DEAD, Reason(ReasonCode.STRIKES, text))


def _digest(values: list[object]) -> str:
    return sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:16]


_TASK = (
    "sources", "read_as", "column", "base_url", "root_dir", "published", "include", "exclude", "exclude_path", "remap",
    "recurse", "depth", "max_pages", "scope", "role", "include_code", "offline", "archive", "deep", "shard",
)  # fmt: skip
_MANNER = ("deep", "user_agent", "hosts", "resolve", "ca_file", "allow_private")
_WAITING = frozenset({ReasonCode.OFFLINE, ReasonCode.NETWORK, ReasonCode.NOT_ASKED})
_SAY_NOTHING = frozenset(
    {
        FailureKind.TLS_EXPIRED,
        FailureKind.TLS_HOSTNAME,
        FailureKind.TLS_UNTRUSTED,
        FailureKind.TLS_OTHER,
        FailureKind.PROXY,
        FailureKind.BUSY,
    }
)
"""A certificate can be renewed, a proxy and lateness are ours: failures that say nothing of the page."""
