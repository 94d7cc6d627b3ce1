"""Second stage: every link is looked at, and detectors say what they see while the page is alive."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Self

import anyio
import anyio.lowlevel
from msgspec import structs

from linkcheck import uri
from linkcheck.archives.unwrap import ARCHIVES
from linkcheck.clock import iso
from linkcheck.config.config import AGENT
from linkcheck.detect.api import Citation, Context, Page
from linkcheck.detect.file_kind import FILE, kind_of_path
from linkcheck.events import Checked, Doubted, Waiting
from linkcheck.evidence.replayer import Replayer
from linkcheck.evidence.tape import asking
from linkcheck.fetch.abreast import abreast
from linkcheck.fetch.converse import converse
from linkcheck.fetch.ledger import Purpose, asking_for
from linkcheck.fetch.observe import Observation, observing, page_of
from linkcheck.fetch.replay import crawled, delivered, delivery_of, recrawl
from linkcheck.fetch.schedule import Crew, Outcome, crawl, trouble_of
from linkcheck.judge import World, judge_link
from linkcheck.model import PAGE, Check, Finding, Link, Read, Verdict
from linkcheck.pipeline.another_day import with_another_day
from linkcheck.pipeline.answering import answering
from linkcheck.pipeline.beside import beside
from linkcheck.pipeline.citing import citations
from linkcheck.pipeline.following import Following
from linkcheck.pipeline.hurrying import strike
from linkcheck.pipeline.line import Deferred, Line
from linkcheck.pipeline.second_thoughts import answer_late, notice_storms
from linkcheck.pipeline.successors import clear_successors
from linkcheck.sources import local
from linkcheck.sources.anchors import anchor_reader
from linkcheck.store import Remembered, Seen
from linkcheck.store.remembered import last_alive

_GONE = frozenset({404, 410})
_AS_BROWSER = "as browser"
_BATCH = 100
_LONGEST_WAIT = 0.2
"""Seconds before what was seen is kept: what a crash can cost."""
_DEFERRED, _DEFERRED_BYTES = 64, 32 << 20
"""Pages that are kept, at most, until their comparison's turn comes; further ones are compared at once."""
_PATIENCE = 3.0
"""Seconds of silence before we say what is being waited for."""


class Notebook:
    """Writes down what was seen, in batches, and tells how far the run is."""

    def __init__(self, line: Line, total: int) -> None:
        """Expect so many links."""
        self._line = line
        self._total = total
        self.looks = line.journal.looked_at if line.is_resumed else 0
        """How many have been taken."""
        self._done = self.looks + (line.carried if line.is_resumed else 0)
        self._doubtful = 0
        self._waiting: list[Seen] = []
        self._world = World(overridden=line.overridden, accepted=line.accepted)

    def __enter__(self) -> Self:
        """Begin to write."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write what is waiting, whatever happened."""
        self.flush()

    def add(self, link: Link, check: Check, findings: tuple[Finding, ...], *, is_final: bool = True) -> None:
        """Take one look; one that is not final will be followed by another."""
        self.looks += 1
        self._waiting.append(Seen(link.id, check, findings, is_final))
        if len(self._waiting) >= _BATCH:
            self.flush()
        judgement = judge_link(link.url, check, findings, self._line.suggests, self._world).judgement
        strike(self._line, link, judgement.verdict, has_findings=bool(findings))
        if is_final:
            self._done += 1
            self._line.emit(Checked(link.url, judgement.verdict, self._done, self._total))
        else:
            self._doubtful += 1
            self._line.emit(Doubted(uri.host_of(link.url), 0.0, judgement.reason.text, link.url, self._doubtful))

    def carry(self, link: Link, check: Check, findings: tuple[Finding, ...]) -> None:
        """Count a link that is not asked, since an earlier check stands for it."""
        judgement = judge_link(link.url, check, findings, self._line.suggests, self._world).judgement
        self._done += 1
        self._line.carried += 1
        self._line.emit(Checked(link.url, judgement.verdict, self._done, self._total))

    async def keep(self) -> None:
        """Write what is waiting again and again, so that nothing waits for long."""
        while True:
            await anyio.sleep(_LONGEST_WAIT)
            self.flush()

    def expect(self, more: int) -> None:
        """Hear that there are so many more links."""
        self._total += more

    def flush(self) -> None:
        """Write what is waiting."""
        if self._waiting:
            self._line.journal.observe(self._waiting)
            self._waiting = []


async def look_at_files(line: Line, root: Path, notebook: Notebook) -> None:
    """Look every local target up, with the fragments that are asked of it."""
    anchors_of, folders = anchor_reader(line.hear, largest=line.config.max_file_size), local.Folders(root)
    look = partial(local.look, root=root, anchors_of=anchors_of, folders=folders)
    async with beside(notebook.keep):
        for link in line.journal.local_links():
            with asking(f"local {link.url}"):
                looking = partial(look, link.url, at=iso(line.clock.now()), fragments=link.fragments)
                check = line.tape.value("local", looking, Check)
            notebook.add(link, check, detected(line, link, check))
            await anyio.lowlevel.checkpoint()


async def ask_the_web(
    line: Line, links: Callable[[], Iterable[Link]], notebook: Notebook, following: Following | None = None
) -> None:
    """Ask web links, what looks bad twice; and read what is to be followed, as it comes."""
    if following and not following.is_on:
        following = None
    tour = _Tour(line, notebook, following)
    crew = _crew(line)
    async with beside(tour.pulse), beside(notebook.keep):
        outcome = await tour.go(links, crew=crew, doubted=_doubted(line))
        if following:
            notebook.flush()
            line.journal.observe(answer_late(line))
            line.journal.observe(await notice_storms(line, following.traps))
            late = tuple(following.pages.late_links())
            notebook.expect(len(late))
            await tour.go(partial(iter, late), crew=structs.replace(crew, max_time=line.time_left), grows=False)
    notebook.flush()
    line.journal.observe(clear_successors(line))
    if outcome.not_asked or outcome.unconfirmed:
        left = f"{outcome.not_asked} links were not asked, {outcome.unconfirmed} not asked again"
        line.notes.append(f"--max-time ended the run early: {left}")


class _Tour:
    """Goes through links: how one is looked at, and what becomes of what was seen."""

    def __init__(self, line: Line, notebook: Notebook, following: Following | None) -> None:
        self._line = line
        self._notebook = notebook
        self._following = following
        self._look = observing(line.web.crawling, line.clock, self._read_of)
        self._under_way: dict[int, str] = {}
        self._unchanged: dict[int, tuple[Finding, ...]] = {}
        """What was found before, of links that are under way: it stands where the page is as it was."""
        self._gone = _gone_before(line)
        """The status of pages that were gone when they were asked for the first time, by the link's id."""

    def _read_of(self, link: Link) -> Read:
        """Return how much is wanted of a link's body: of a file its beginning, whatever its media type."""
        wanted = self._following.read_of(link) if self._following else PAGE
        return FILE if wanted is PAGE and kind_of_path(link.url) else wanted

    async def observe(self, link: Link, *, is_fresh: bool = False, name: str = "") -> Observation:
        line, following = self._line, self._following
        await line.job.commands.cleared()
        name = name or line.next_look()
        with asking(name):
            if told := line.heard.take(link) or _refused(line, link, following):
                return structs.replace(told, look=name)
            self._under_way[link.id] = link.url
            is_enough = following is None or following.can_recall(link)
            known = _comparable(line, link) if is_enough and not is_fresh else None
            if known:
                self._unchanged[link.id] = known.findings
            try:
                if gone := self._gone_for_us(link):
                    observation = await self._ask_as_browser(link, gone)
                else:
                    observation = await self._look(link, is_fresh=is_fresh, known=known.check if known else None)
                check = with_another_day(line, link, observation.check)
                return structs.replace(observation, check=check, look=name)
            finally:
                del self._under_way[link.id]

    def _gone_for_us(self, link: Link) -> int | None:
        """Return the status of a page that is gone for programs, and is to be asked for as a browser asks."""
        tape = self._line.tape
        if isinstance(tape, Replayer):
            return tape.told(_AS_BROWSER, int) if tape.has(_AS_BROWSER) else None
        status = self._gone.get(link.id)
        if status is not None:
            tape.note(_AS_BROWSER, status)
        return status

    async def _ask_as_browser(self, link: Link, gone: int) -> Observation:
        """Look as a browser would; where that leads to a wall or to trouble, what our own headers get counts."""
        observation = await self._look(link, is_fresh=True, as_browser=True)
        status = observation.check.status or 0
        if 200 <= status < 300:
            return structs.replace(observation, check=structs.replace(observation.check, to_programs=gone))
        return observation if status in _GONE else await self._look(link, is_fresh=True)

    async def deliver(self, link: Link, observation: Observation, *, is_final: bool) -> None:
        line, check = self._line, observation.check
        if not is_final and check.status in _GONE and _may_be_a_browser(line, link):
            self._gone[link.id] = check.status
        await abreast()
        with asking(observation.look):
            findings = self._unchanged.pop(link.id, ())
            if not check.unchanged:
                findings = await consulted(line, link, observation)
            await abreast()
            if self._following and is_final:
                await self._following.take(link, observation)
        self._notebook.add(link, check, findings, is_final=is_final)
        if line.tape.is_recording:
            line.tape.note(delivered(line.rounds), delivery_of(link, observation, is_final=is_final))

    async def go(
        self,
        links: Callable[[], Iterable[Link]],
        *,
        crew: Crew,
        doubted: Mapping[int, str] = MappingProxyType({}),
        grows: bool = True,
    ) -> Outcome:
        """Go through links, or through what the recorded schedule made of them."""
        line = self._line
        line.rounds += 1
        if isinstance(line.tape, Replayer):
            return await recrawl(line.tape, line.rounds, line.journal.link, self.observe, self.deliver)
        outcome = await crawl(
            links,
            self.observe,
            self.deliver,
            crew=crew,
            doubted=doubted,
            grows=grows and self._following is not None,
            breaker=line.web.breaker,
            tell_wait=lambda host, seconds, why: line.emit(Waiting(host, seconds, why)),
            width_at=partial(_width_at, line),
            clock=line.job.clock,
        )
        line.tape.note(crawled(line.rounds), outcome)
        return outcome

    async def pulse(self) -> None:
        """Say what takes so long, when nothing else is being said."""
        line, notebook = self._line, self._notebook
        while True:
            said = notebook.looks
            await anyio.sleep(_PATIENCE)
            if self._under_way and notebook.looks == said and not line.job.commands.is_paused:
                host = uri.host_of(next(iter(self._under_way.values())))
                line.emit(Waiting(host, 0.0, f"no answer yet; {len(self._under_way)} links are being asked"))


def _gone_before(line: Line) -> dict[int, int]:
    """Return what was gone at its first look in a run that was broken off."""
    before = line.journal.doubted() if line.is_resumed and not isinstance(line.tape, Replayer) else {}
    return {link: check.status for link, check in before.items() if check.status in _GONE}


def _may_be_a_browser(line: Line, link: Link) -> bool:
    """Return whether a page may be asked for as a browser asks.

    Not where the user has chosen how we introduce ourselves or obeys robots.txt, and not of archives.
    """
    config = line.config
    is_ours = config.user_agent == AGENT and config.robots != "obey"
    return is_ours and not uri.is_within(uri.host_of(link.url), ARCHIVES)


def _crew(line: Line) -> Crew:
    return Crew(
        workers=line.config.concurrency,
        per_origin=line.config.host_concurrency,
        max_time=line.time_left,
        patience=line.config.host_patience,
    )


def _width_at(line: Line, url: str) -> int | None:
    pace = line.web.pace_at(url)
    return pace.per_origin if pace else None


def _doubted(line: Line) -> dict[int, str]:
    """Give what looked bad in a run that was broken off, with its trouble."""
    before = line.journal.doubted() if line.is_resumed else {}
    return {link: trouble for link, check in before.items() if (trouble := trouble_of(check))}


def _comparable(line: Line, link: Link) -> Remembered | None:
    """Give an earlier look at a page that can be asked for only if it has changed, and that it led to at once."""
    known = line.journal.memory.remembered(link) if not line.asks_anew and line.has_past else None
    if known is None or not known.is_comparable or known.record.last.verdict is not Verdict.ALIVE:
        return None
    check, facts = known.check, known.check.facts
    has_validators = facts is not None and bool(facts.etag or facts.last_modified)
    is_enough = check.fragments.keys() >= set(link.fragments)
    return known if has_validators and is_enough and check.status == 200 and len(check.hops) == 1 else None


def _refused(line: Line, link: Link, following: Following | None) -> Observation | None:
    """Answer for a link that is not asked, or was not."""
    tape = line.tape
    if isinstance(tape, Replayer):
        return Observation(tape.told("refusal", Check)) if tape.has("refusal") else None
    refusal = following.refusal(link) if following else None
    if refusal:
        tape.note("refusal", refusal.check)
    return refusal


def detected(line: Line, link: Link, check: Check) -> tuple[Finding, ...]:
    """Let every detector look at a check of which no page is left."""
    return tuple(_detected(line, check, _context(line, link, None)))


async def consulted(line: Line, link: Link, observation: Observation) -> tuple[Finding, ...]:
    """Let every detector look at a check and its page, and those ask that what was found so far makes curious."""
    check, context = observation.check, _context(line, link, observation.page)
    found = _detected(line, check, context)
    with asking_for(Purpose.EARLY):
        found = await probed(line, found, check, context, compares=False)
    if not any(one.compares and (one.when is None or one.when(found, check, context)) for one in line.probing):
        return tuple(found)
    if not _cannot_wait(line, link, context):
        line.deferred.append(Deferred(link, check, context, tuple(found)))
        return tuple(found)
    with asking_for(Purpose.EARLY):
        return tuple(await probed(line, found, check, context, compares=True))


def _cannot_wait(line: Line, link: Link, context: Context) -> bool:
    """Return True if a comparison cannot wait: its page is one too many to keep, or it is no link of the run yet."""
    held = sum(len(one.context.page.body) for one in line.deferred if one.context.page)
    own = len(context.page.body) if context.page else 0
    return not link.id or len(line.deferred) >= _DEFERRED or held + own > _DEFERRED_BYTES


async def probed(
    line: Line, found: Sequence[Finding], check: Check, context: Context, *, compares: bool
) -> list[Finding]:
    """Return what is known once those detectors have asked that what was found so far calls for.

    Either those that compare the page with its captures, or all others.
    """
    found = list(found)
    for detector in line.probing:
        if detector.compares is compares and (detector.when is None or detector.when(found, check, context)):
            assert detector.probe, "it is one of those that ask"
            try:
                said = await converse(detector.probe(check, context), answering(line))
            except Exception as error:  # noqa: BLE001 - whatever a stranger's code raises
                line.note_broken(detector.rule, error)
                continue
            if said:  # who has asked knows better than its own first impression
                found = [one for one in found if one.rule != detector.rule]
            found.extend(said)
    return found


def _detected(line: Line, check: Check, context: Context) -> list[Finding]:
    found: list[Finding] = []
    for rule, detect in line.looking:
        try:
            found += [*detect(check, context)]
        except Exception as error:  # noqa: BLE001 - whatever a stranger's code raises
            line.note_broken(rule, error)
    return found


def _before(line: Line, link: Link) -> Check | None:
    """Recall how a link looked when it was last alive; nothing stands for a look of this run by it."""
    if not line.has_past:
        return None
    recall = partial(last_alive, line.journal.database, line.journal.run, link.id)
    found: Check | None = line.tape.value(f"alive {link.url}", recall, Check | None)
    return found


class _Known:
    """What the run knows of a link beyond the check, looked up at the first call: most links need none of it."""

    __slots__ = ("_before", "_citations", "_line", "_link")

    def __init__(self, line: Line, link: Link) -> None:
        self._line = line
        self._link = link
        self._citations: tuple[Citation, ...] | None = None
        self._before: tuple[Check | None] | None = None

    def citations(self) -> tuple[Citation, ...]:
        if self._citations is None:
            self._citations = citations(self._line, self._link)
        return self._citations

    def before(self) -> Check | None:
        if self._before is None:
            self._before = (_before(self._line, self._link),)
        return self._before[0]


def _context(line: Line, link: Link, page: Page | None) -> Context:
    known = _Known(line, link)
    return Context(
        url=link.url,
        page=page,
        citations=known.citations,
        before=known.before,
        page_of=page_of,
        seed=line.journal.run,
        has_archives=bool(line.archives) and not line.config.offline,
        rdap=line.config.rdap_service if line.config.rdap and not line.config.offline else "",
        is_deep=line.config.deep,
    )
