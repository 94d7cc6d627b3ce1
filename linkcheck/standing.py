"""What a link's past makes of its word: strikes, confirmation, and when it should be looked at again. Pure.

A verdict stands on its run. Over time, `unreachable` becomes `dead` after several failing checks that lie days apart
(the rule of Wikipedia's InternetArchiveBot); what is lost is `confirmed` after checks on two further days, or one
where the server said 410 or the name is gone; one success forgets all that.

An outage of a whole host counts no strike, unless it lasts: after more failing checks than would make one link dead, as
far apart, it is no outage any more. Captures that failed over a long time, before anybody here had looked, are strikes,
too, where nothing has answered since.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import assert_never

from msgspec import Struct, structs

from linkcheck.model import Check, ReasonCode, Record, Sighting, Standing, StandingWord, Verdict


class Rule(Struct, frozen=True):
    """How much it takes."""

    strikes: int = 3
    """So many failing checks make an unreachable link dead."""
    days: float = 3
    """So far apart, at least."""


CAPTURED_OVER = timedelta(days=90)
"""Captures that failed over less than that say nothing of the page."""


_RULE = Rule()


def remember(record: Record | None, seen: Sighting, rule: Rule = _RULE) -> Record:
    """Add one sighting to what is remembered; sightings come in the order of time."""
    if record is None:
        record = Record(first=seen.at, last=seen, since=seen.at, answered=seen.verdict in _ANSWERED)
        return _counted(record, seen, rule)
    was_fine, is_fine = record.last.verdict in FINE, seen.verdict in FINE
    if was_fine is not is_fine:
        record = Record(first=record.first, last=record.last, since=seen.at, has_failed=is_fine)
    elif is_fine:
        record = structs.replace(record, has_failed=False)
    if seen.verdict in _ANSWERED:
        record = structs.replace(record, strikes=0, struck="", captured=0, answered=True, outages=0, out="")
    if record.last.verdict in _SURE and seen.verdict in _SURE and _kind(record.last.verdict) != _kind(seen.verdict):
        record = structs.replace(record, days=0, day="")
    return _counted(structs.replace(record, last=seen), seen, rule)


def standing_of(record: Record, rule: Rule = _RULE) -> Standing:
    """Say where a link stands after its last sighting."""
    verdict = record.last.verdict
    if verdict in FINE:
        word = StandingWord.RECOVERED if record.has_failed else StandingWord.STEADY
        return Standing(word, since=record.since)
    strikes, of = _counts(record, rule)
    if of and strikes >= of:
        return Standing(StandingWord.CONFIRMED, strikes, of, record.since)
    word = StandingWord.NEW if record.since == record.last.at else StandingWord.PERSISTING
    return Standing(word, strikes, of, record.since)


def is_struck_out(record: Record, rule: Rule = _RULE) -> bool:
    """Tell whether a link that cannot be reached has failed so often, and again now, that it is dead."""
    is_failing = record.last.verdict is Verdict.UNREACHABLE and _does_count(record, record.last, rule)
    return is_failing and record.strikes + record.captured >= rule.strikes


def is_unheard(record: Record) -> bool:
    """Tell a link that cannot be reached, as far as its checks go back: what archives know may bury it."""
    last = record.last
    return last.verdict is Verdict.UNREACHABLE and last.counts and record.since == record.first and not record.answered


def with_captures(record: Record, failing: Iterable[str], rule: Rule = _RULE) -> Record:
    """Count captures that failed (ISO 8601) before the first check, over 90 days at least, as strikes.

    They bury, but do not confirm. A link that has answered here, fine or otherwise, is judged by that alone.
    """
    past = sorted(at for at in failing if _instant(at) < _instant(record.first))
    if not is_unheard(record) or not past or _instant(past[-1]) - _instant(past[0]) < CAPTURED_OVER:
        return record
    counted, last = 0, ""
    for at in past:
        if _is_later(last, at, rule.days):
            counted, last = counted + 1, at
    return structs.replace(record, captured=counted)


def next_check(record: Record, seed: str, *, is_of_site: bool = False) -> datetime:
    """Say when a link is due again: the longer it has been fine the later, and sooner while it fails.

    The seed (its URL) spreads the links, so that not all come due on one day. It makes the time only shorter: who
    checks every day or week finds what a day or week has made due. The links of a whole site are too many for that:
    what is fine is due between that day (or week) and a month, what is confirmed to be lost within a week, and either
    evenly, so that each night has its share; and after each check anew, so that none comes ever again before the rest.
    """
    at = _instant(record.last.at)
    drawn = f"{seed} {record.last.at}"
    if is_of_site and standing_of(record).word is StandingWord.CONFIRMED:
        return at + _between(_STEPS[0], _STEPS[1], drawn)
    match record.last.verdict:
        case Verdict.ALIVE | Verdict.MOVED:
            fine_for = at - _instant(record.since)
            wait = max((step for step in _STEPS if step <= fine_for), default=_STEPS[0])
            if is_of_site and wait < _STEPS[-1]:
                return at + _between(wait, _STEPS[-1], drawn)
        case Verdict.UNREACHABLE:
            wait = timedelta() if record.last.code in _UNHEARD else timedelta(hours=1)
        case Verdict.DRIFTED | Verdict.SOFT_404 | Verdict.USURPED | Verdict.DEAD | Verdict.BLOCKED:
            wait = timedelta(hours=12)
        case Verdict.PLACEHOLDER | Verdict.INVALID | Verdict.SKIPPED:
            wait = timedelta()
        case _:
            assert_never(record.last.verdict)
    return at + wait * (1 - _SPREAD * _share(seed))


def answer_of(check: Check) -> str:
    """Say in short what a link answered, so that a change of mind is seen: where it ended, and how."""
    end = check.failure.kind.value if check.failure else str(check.status or check.exists)
    return f"{end} {check.final_url or ''}".strip()


def _counted(record: Record, seen: Sighting, rule: Rule) -> Record:
    if seen.is_outage and seen.verdict in _STRIKES and _is_later(record.out, seen.at, rule.days):
        record = structs.replace(record, outages=record.outages + 1, out=seen.at)
    if seen.verdict in _STRIKES and _does_count(record, seen, rule) and _is_later(record.struck, seen.at, rule.days):
        record = structs.replace(record, strikes=record.strikes + 1, struck=seen.at)
    if seen.verdict in _SURE and seen.at[:10] > record.day:
        record = structs.replace(record, days=record.days + 1, day=seen.at[:10])
    return record


def _does_count(record: Record, seen: Sighting, rule: Rule) -> bool:
    """Tell whether a failure may speak against a link: an outage does when it has lasted."""
    return seen.counts or (seen.is_outage and record.outages > rule.strikes)


def _counts(record: Record, rule: Rule) -> tuple[int, int]:
    """Give how much speaks against a link, and how much is needed; whichever count is nearer."""
    last = record.last
    match last.verdict:
        case Verdict.UNREACHABLE if _does_count(record, last, rule):
            return record.strikes, rule.strikes
        case Verdict.DEAD if last.code is not ReasonCode.FILE_MISSING:
            needed = 2 if last.code in _CERTAIN else 3
            days, strikes = (min(record.days, needed), needed), (min(record.strikes, rule.strikes), rule.strikes)
            return max(days, strikes, key=lambda count: count[0] / count[1])
        case Verdict.SOFT_404 | Verdict.USURPED | Verdict.DRIFTED:
            return min(record.days, 3), 3
        case _:
            return 0, 0


def _kind(verdict: Verdict) -> bool:
    """Tell what is still there, though changed, from what is lost."""
    return verdict is Verdict.DRIFTED


def _is_later(before: str, at: str, days: float) -> bool:
    return not before or _instant(at) - _instant(before) >= timedelta(days=days)


def _instant(iso: str) -> datetime:
    return datetime.fromisoformat(iso)


def _between(least: timedelta, most: timedelta, seed: str) -> timedelta:
    return least + (most - least) * _share(seed)


def _share(seed: str) -> float:
    """Give a number between 0 and 1 that is always the same for a seed."""
    return int.from_bytes(sha256(seed.encode("utf-8", "replace")).digest()[:4]) / 2**32


FINE = frozenset({Verdict.ALIVE, Verdict.MOVED})
_STRIKES = frozenset({Verdict.UNREACHABLE, Verdict.DEAD})
_SURE = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.USURPED, Verdict.DRIFTED})
"""Said with evidence; a wall or a bad moment in between neither adds to it nor takes from it."""
_ANSWERED = frozenset({Verdict.ALIVE, Verdict.MOVED, Verdict.DRIFTED, Verdict.SOFT_404, Verdict.USURPED})
"""Whoever answers with a page is not out of reach."""
_UNHEARD = frozenset({ReasonCode.NOT_CONFIRMED, ReasonCode.BUSY, ReasonCode.NOT_ANSWERED_FOR})
"""What is asked again as soon as somebody runs us."""
_CERTAIN = frozenset({ReasonCode.HTTP_GONE, ReasonCode.NO_SUCH_HOST})
_STEPS = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
_SPREAD = 0.25
