"""What could be saved while it is still there: links that are alive and have no good recent capture."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.archives.api import Archive
from linkcheck.archives.saving import NotSaved, Saved, save
from linkcheck.archives.unwrap import is_copy
from linkcheck.errors import ConfigError
from linkcheck.events import Consulting
from linkcheck.fetch.converse import converse
from linkcheck.model import ArchiveAnswer, Captures, Lookup, Memento, Verdict
from linkcheck.pipeline.answering import answering
from linkcheck.pipeline.line import Job, Line
from linkcheck.pipeline.run import run
from linkcheck.store import Asked

ARCHIVE = "wayback"
"""Who saves."""


class Unsaved(Struct, frozen=True, kw_only=True):
    """A link that is alive, and what the archive has of it."""

    url: str
    why: str
    """In words; why it should be saved, or cannot be told."""
    is_known: bool = True
    """False where the archive did not say what it has."""


class Plan(Struct, frozen=True, kw_only=True):
    """What to save."""

    alive: int
    """Links that are alive, archived copies left out."""
    unsaved: tuple[Unsaved, ...]
    was_read: bool = True
    """Whether there was anything to read."""
    notes: tuple[str, ...] = ()
    """Why there may be more that is alive than was found, worst first."""


class Saving:
    """One run, and what is saved after it."""

    def __init__(self, job: Job, *, has_keys: bool) -> None:
        """Take the job of a check, which is done first, without archives. ConfigError where keys could be overheard."""
        self._job = job
        self._line = Line(job)
        self._archive = _archive(self._line)
        if has_keys:
            _check_safe(self._archive)

    async def plan(self, recent: timedelta) -> Plan:
        """Check the sources, then ask the archive about every link that is alive."""
        checking = structs.replace(self._job.config, archive=False, provenance=False)
        report = (await run(structs.replace(self._job, config=checking))).report
        alive = [asked.link for asked in self._line.journal.asked() if _is_alive(asked)]
        alive = [link for link in alive if uri.scheme_of(link.url) in uri.WEB and not is_copy(link.url)]
        self._line.archives = (self._archive,)
        found = []
        for done, link in enumerate(alive):
            self._line.wishes = done, len(alive)
            (lookup,) = await answering(self._line)[Captures](Captures(link.url))
            self._line.journal.look_up(link.id, "", lookup)
            if unsaved := _unsaved(link.url, lookup, self._line.clock.now() - recent):
                found.append(unsaved)
        return Plan(
            alive=len(alive),
            unsaved=tuple(found),
            was_read=report.summary.documents > 0,
            notes=() if report.run.complete else report.run.notes,
        )

    async def save(self, plan: Plan, authorization: str) -> AsyncIterator[Saved | NotSaved]:
        """Save what the plan names, one after the other, until the archive has had enough."""
        why = ""
        for unsaved in plan.unsaved:
            if not unsaved.is_known:
                continue
            if why:
                yield NotSaved(url=unsaved.url, reason=f"not asked: {why}", is_passing=True)
                continue
            self._line.emit(Consulting(self._archive.title, unsaved.url, 0, 0))
            saving = save(unsaved.url, self._archive.endpoints, authorization)
            outcome = await converse(saving, answering(self._line))
            why = outcome.reason if isinstance(outcome, NotSaved) and outcome.is_for_all else ""
            yield outcome

    async def aclose(self) -> None:
        """Close the way out."""
        await self._line.aclose()


def _archive(line: Line) -> Archive:
    found = next((one for one in line.archives if one.name == ARCHIVE), None)
    if found is None:
        raise ConfigError(f"save: the config leaves `{ARCHIVE}` out of archive-order, and only it saves pages")
    return found


def _check_safe(archive: Archive) -> None:
    """Send keys to nobody who could be overheard."""
    for name in ("save", "save-status"):
        url = archive.endpoints[name]
        host = uri.literal(uri.host_of(url))
        if uri.scheme_of(url) != "https" and not (host and host.is_loopback):
            raise ConfigError(f"archives: `{archive.name}.{name}` must be https: keys are sent there")


def _is_alive(asked: Asked) -> bool:
    return asked.opinion is not None and asked.opinion.judgement.verdict is Verdict.ALIVE


def _unsaved(url: str, lookup: Lookup, since: datetime) -> Unsaved | None:
    """Say why a link should be saved; None where a good capture is recent enough."""
    if lookup.answer in {ArchiveAnswer.FAILED, ArchiveAnswer.NOT_ASKED}:
        return Unsaved(url=url, why=f"it is not known what the archive has: {lookup.reason}", is_known=False)
    good = [memento for memento in lookup.mementos if memento.validated is not False]
    if not good:
        return Unsaved(url=url, why="no capture" if not lookup.mementos else "no good capture")
    last = max(good, key=_at)
    if _at(last) >= since:
        return None
    return Unsaved(url=url, why=f"last captured on {last.datetime[:10]}")


def _at(memento: Memento) -> datetime:
    return datetime.fromisoformat(memento.datetime)
