"""Answers what conversations ask: one exchange, a full check of another URL, what the archives hold."""

from functools import partial

from msgspec import structs

from linkcheck.archives.api import Archive
from linkcheck.clock import iso
from linkcheck.evidence.tape import asking
from linkcheck.fetch.converse import Handlers, converse
from linkcheck.fetch.observe import observing
from linkcheck.fetch.once import once
from linkcheck.judge import depends_on_network
from linkcheck.model import ArchiveAnswer, Captures, Check, Link, Lookup, Observe, Request
from linkcheck.pipeline.line import Line


def answering(line: Line) -> Handlers:
    """Give a run's handlers; looks at other URLs and at archives are single-flight and kept for the run."""
    if line.handlers is None:
        line.handlers = {
            Request: line.web.exchange,
            Observe: once(partial(_observed, line)),
            Captures: once(partial(_captures, line)),
        }
    return line.handlers


def unheard(archive: Archive, why: str) -> Lookup:
    """Say that an archive was not asked."""
    return Lookup(archive=archive.name, answer=ArchiveAnswer.NOT_ASKED, reason=why)


async def _observed(line: Line, question: Observe) -> Check:
    look = observing(line.web.crawling, line.clock)
    with asking(f"observe {question.url}"):
        return (await look(Link(0, question.url))).check


async def _captures(line: Line, question: Captures) -> tuple[Lookup, ...]:
    return tuple([await _heard(line, archive, question) for archive in line.archives])


async def _heard(line: Line, archive: Archive, question: Captures) -> Lookup:
    """Ask one archive, by a name that tells this question from all others."""
    with asking(f"archive {archive.name} {question.url} {question.at}"):
        answer = await _asked(line, archive, question)
        line.tape.looked_up(question.url, answer)
        return answer


async def _asked(line: Line, archive: Archive, question: Captures) -> Lookup:
    is_reachable = any(not depends_on_network(url, line.overridden) for url in archive.endpoints.values())
    if not (line.has_network or is_reachable):
        return unheard(archive, "there is no network here")
    try:
        looking = archive.look_up(question.url, question.at, archive.endpoints)
        answer = await converse(looking, answering(line))
    except Exception as error:  # noqa: BLE001 - whatever a stranger's code raises
        line.note_broken(archive.name, error)
        answer = Lookup(archive=archive.name, answer=ArchiveAnswer.FAILED, reason="its plug-in failed")
    return structs.replace(answer, at=iso(line.clock.now()))
