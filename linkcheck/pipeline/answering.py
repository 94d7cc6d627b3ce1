"""Answers what conversations ask: one exchange, a full check of another URL, what the archives hold."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from msgspec import structs

from linkcheck.archives.api import Archive
from linkcheck.archives.validate import Siblings, rank, validate
from linkcheck.clock import iso
from linkcheck.events import Consulting
from linkcheck.fetch.converse import Handlers, converse
from linkcheck.fetch.ledger import Purpose, current_purpose, seconds_for
from linkcheck.fetch.observe import observing
from linkcheck.fetch.once import once
from linkcheck.judge.world import depends_on_network
from linkcheck.model import ArchiveAnswer, Captures, Check, Failure, Link, Lookup, Observe, Once, Request, Response
from linkcheck.pipeline.evaluating import evaluating, sought
from linkcheck.pipeline.line import Line
from linkcheck.store.remembered import earlier_lookup

FOUND_FOR, NONE_FOR = timedelta(days=30), timedelta(days=1)
"""How long an archive's answer is good: captures stay, and new ones are made. One that was not validated is not good
for longer than none."""

_KEPT = 64
"""Answers of up to a megabyte each that are kept for others who ask the same."""


def answering(line: Line) -> Handlers:
    """Give a run's handlers; looks at other URLs and at archives are single-flight and kept for the run."""
    if line.handlers is None:
        line.handlers = {
            Request: line.web.exchange,
            Once: once(partial(_exchanged, line), most=_KEPT),
            Observe: once(partial(_observed, line)),
            Captures: once(partial(_captures, line), is_kept=_is_final),
        }
    return line.handlers


def unheard(archive: Archive, why: str) -> Lookup:
    """Say that an archive was not asked."""
    return Lookup(archive=archive.name, answer=ArchiveAnswer.NOT_ASKED, reason=why)


def best_first(lookups: Iterable[Lookup]) -> tuple[Lookup, ...]:
    """Put the archive first whose best capture is proven, then those with unknown ones, then all others."""
    return tuple(sorted(lookups, key=lambda one: rank(one.mementos[0]) if one.mementos else _NOTHING))


def _is_final(lookups: tuple[Lookup, ...]) -> bool:
    """Tell answers that stand for the run; what want of time has cut short is asked again when more is to be had."""
    return current_purpose() <= Purpose.ORIGINAL or all(map(_is_whole, lookups))


def _is_whole(lookup: Lookup) -> bool:
    is_unproven = bool(lookup.mementos) and lookup.mementos[0].validated is None
    return lookup.answer is not ArchiveAnswer.NOT_ASKED and not is_unproven


async def _exchanged(line: Line, question: Once) -> Response | Failure:
    return await line.web.exchange(question.request)


async def _observed(line: Line, question: Observe) -> Check:
    look = observing(line.web.crawling, line.clock)
    return (await look(Link(0, question.url))).check


async def _captures(line: Line, question: Captures) -> tuple[Lookup, ...]:
    """Ask one archive after the other, until one has a capture that is proven to show what was cited."""
    answers: list[Lookup] = []
    for archive in line.archives:
        answers.append(_remembered(line, archive, question) or await _asked(line, archive, question))
        line.tape.looked_up(question.url, answers[-1])
        if any(memento.validated for memento in answers[-1].mementos):
            break
    return best_first(answers)


def _remembered(line: Line, archive: Archive, question: Captures) -> Lookup | None:
    """Give an answer of an earlier run that is still good."""
    link = line.journal.link(question.url)
    if link is None:
        return None
    target = question.at.date().isoformat() if question.at else ""
    database, run = line.journal.database, line.journal.run
    recall = partial(earlier_lookup, database, run, link.id, target, archive.name)
    found = line.tape.value(f"earlier {archive.name}", recall, Lookup | None)
    if found is None or found.at is None:
        return None
    is_known = bool(found.mementos) and found.mementos[0].validated is not None
    age = line.clock.now() - datetime.fromisoformat(found.at)
    return found if timedelta(0) <= age <= (FOUND_FOR if is_known else NONE_FOR) else None


def _siblings(archive: Archive) -> Siblings | None:
    beside, endpoints = archive.siblings, archive.endpoints
    return (lambda url, at: beside(url, at, endpoints)) if beside else None


async def _asked(line: Line, archive: Archive, question: Captures) -> Lookup:
    is_reachable = any(not depends_on_network(url, line.overridden) for url in archive.endpoints.values())
    if not (line.has_network or is_reachable):
        return unheard(archive, "there is no network here")
    done, total = line.wishes
    seconds = min(seconds_for(total, done), line.ledger.allowance(current_purpose()))
    line.emit(Consulting(archive.title, question.url, done, total, seconds))
    try:
        handlers = answering(line)
        answer = await converse(archive.look_up(question.url, question.at, archive.endpoints), handlers)
        if answer.mementos:
            looking = validate(answer, sought(line, question.url), evaluating(line), _siblings(archive))
            answer = await converse(looking, handlers)
    except Exception as error:  # noqa: BLE001 - whatever a stranger's code raises
        line.note_broken(archive.name, error)
        answer = Lookup(archive=archive.name, answer=ArchiveAnswer.FAILED, reason="its plug-in failed")
    return structs.replace(answer, at=iso(line.clock.now()))


_NOTHING = 3
