"""Second stage: every link is looked at, and detectors say what they see while the page is alive."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Self

import anyio
import anyio.lowlevel
from msgspec import structs

from linkcheck import uri
from linkcheck.clock import iso
from linkcheck.detect.api import Context, Page
from linkcheck.events import Checked, Doubted, Waiting
from linkcheck.evidence.replayer import Replayer
from linkcheck.evidence.tape import asking
from linkcheck.fetch.converse import converse
from linkcheck.fetch.observe import Observation, observing, page_of
from linkcheck.fetch.replay import crawled, delivered, delivery_of, recrawl
from linkcheck.fetch.schedule import Crew, Outcome, crawl
from linkcheck.judge import World, judge_link
from linkcheck.model import PAGE, Check, Finding, Link
from linkcheck.pipeline.answering import answering
from linkcheck.pipeline.beside import beside
from linkcheck.pipeline.citing import citations
from linkcheck.pipeline.following import Following
from linkcheck.pipeline.line import Line
from linkcheck.sources import local
from linkcheck.sources.anchors import anchor_reader
from linkcheck.store import Seen

_BATCH = 100
_PATIENCE = 3.0
"""Seconds of silence before we say what is being waited for."""


class Notebook:
    """Writes down what was seen, in batches, and tells how far the run is."""

    def __init__(self, line: Line, total: int) -> None:
        """Expect so many links."""
        self._line = line
        self._total = total
        self.looks = 0
        """How many have been taken."""
        self._done = 0
        self._doubtful = 0
        self._waiting: list[Seen] = []
        self._world = World(overridden=line.overridden)

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

    def expect(self, more: int) -> None:
        """Hear that there are so many more links."""
        self._total += more

    def flush(self) -> None:
        """Write what is waiting."""
        self._line.journal.observe(self._waiting)
        self._waiting = []


async def look_at_files(line: Line, root: Path, notebook: Notebook) -> None:
    """Look every local target up, with the fragments that are asked of it."""
    anchors_of, folders = anchor_reader(), local.Folders(root)
    for link in line.journal.local_links():
        at = iso(line.clock.now())
        looking = partial(
            local.look, link.url, root=root, at=at, fragments=link.fragments, anchors_of=anchors_of, folders=folders
        )
        check = line.tape.value(f"local {link.url}", looking, Check)
        notebook.add(link, check, _detected(line, link, check, None))
        await anyio.lowlevel.checkpoint()


async def ask_the_web(
    line: Line, links: Callable[[], Iterable[Link]], notebook: Notebook, following: Following | None = None
) -> None:
    """Ask web links, what looks bad twice; and read what is to be followed, as it comes."""
    is_growing = following is not None and following.is_on
    look = observing(line.web.crawling, line.clock, following.read_of if following and is_growing else lambda _: PAGE)
    under_way: dict[int, str] = {}

    async def observe(link: Link, *, is_fresh: bool = False, name: str = "") -> Observation:
        await line.job.commands.cleared()
        name = name or line.next_look()
        with asking(name):
            known = line.heard.take(link) or _refused(line, link, following)
            if known:
                return structs.replace(known, look=name)
            under_way[link.id] = link.url
            try:
                return structs.replace(await look(link, is_fresh=is_fresh), look=name)
            finally:
                del under_way[link.id]

    async def deliver(link: Link, observation: Observation, *, is_final: bool) -> None:
        with asking(observation.look):
            findings = _detected(line, link, observation.check, observation.page)
            findings = await _probed(line, link, observation, findings)
            if following and is_growing and is_final:
                notebook.expect(await following.take(link, observation))
        notebook.add(link, observation.check, findings, is_final=is_final)
        line.tape.note(delivered(line.rounds), delivery_of(link, observation, is_final=is_final))

    async def pulse() -> None:
        """Say what takes so long, when nothing else is being said."""
        while True:
            said = notebook.looks
            await anyio.sleep(_PATIENCE)
            if under_way and notebook.looks == said and not line.job.commands.is_paused:
                host = uri.host_of(next(iter(under_way.values())))
                line.emit(Waiting(host, 0.0, f"no answer yet; {len(under_way)} links are being asked"))

    crew = Crew(workers=line.config.concurrency, per_origin=line.config.host_concurrency, max_time=line.time_left)
    asking_all = partial(
        crawl,
        observe=observe,
        deliver=deliver,
        breaker=line.web.breaker,
        tell_wait=lambda host, seconds, why: line.emit(Waiting(host, seconds, why)),
        clock=line.job.clock,
    )

    async def asked(links: Callable[[], Iterable[Link]], *, crew: Crew, grows: bool = False) -> Outcome:
        """Go through links, or through what the recorded schedule made of them."""
        line.rounds += 1
        if isinstance(line.tape, Replayer):
            return await recrawl(line.tape, line.rounds, line.journal.link, observe, deliver)
        outcome = await asking_all(links, crew=crew, grows=grows)
        line.tape.note(crawled(line.rounds), outcome)
        return outcome

    async with beside(pulse):
        outcome = await asked(links, crew=crew, grows=is_growing)
        if following and is_growing:
            notebook.flush()
            line.journal.observe(following.answer_late())
            late = tuple(following.pages.late_links())
            notebook.expect(len(late))
            await asked(partial(iter, late), crew=structs.replace(crew, max_time=line.time_left))
    if outcome.not_asked or outcome.unconfirmed:
        left = f"{outcome.not_asked} links were not asked, {outcome.unconfirmed} not asked again"
        line.notes.append(f"--max-time ended the run early: {left}")


def _refused(line: Line, link: Link, following: Following | None) -> Observation | None:
    """Answer for a link that is not asked, or was not."""
    tape = line.tape
    if isinstance(tape, Replayer):
        return Observation(tape.told("refusal", Check)) if tape.has("refusal") else None
    refusal = following.refusal(link) if following else None
    if refusal:
        tape.note("refusal", refusal.check)
    return refusal


def _detected(line: Line, link: Link, check: Check, page: Page | None) -> tuple[Finding, ...]:
    context = _context(line, link, page)
    found: list[Finding] = []
    for detector in line.detectors:
        if detect := detector.detect:
            found.extend(line.hear(detector.rule, partial(_all, detect, check, context)) or ())
    return tuple(found)


def _all(detect: Callable[[Check, Context], Iterator[Finding]], check: Check, context: Context) -> tuple[Finding, ...]:
    return tuple(detect(check, context))


async def _probed(
    line: Line, link: Link, observation: Observation, findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Let those detectors ask that what was found so far makes curious."""
    check, context = observation.check, _context(line, link, observation.page)
    found = list(findings)
    for detector in line.detectors:
        if detector.probe and (detector.when is None or detector.when(found, check, context)):
            try:
                said = await converse(detector.probe(check, context), answering(line))
                if said:  # who has asked knows better than its own first impression
                    found = [one for one in found if one.rule != detector.rule]
                found.extend(said)
            except Exception as error:  # noqa: BLE001 - whatever a stranger's code raises
                line.note_broken(detector.rule, error)
    return tuple(found)


def _context(line: Line, link: Link, page: Page | None) -> Context:
    return Context(
        url=link.url,
        page=page,
        citations=cache(partial(citations, line, link)),
        page_of=page_of,
        seed=line.journal.run,
        has_archives=bool(line.archives) and not line.config.offline,
        is_deep=line.config.deep,
    )
