"""Second stage: every link is looked at, and detectors say what they see while the page is alive."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
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
from linkcheck.fetch.observe import Observation, observing
from linkcheck.fetch.replay import delivery_of, recrawl
from linkcheck.fetch.schedule import Crew, crawl
from linkcheck.judge import World, judge_link
from linkcheck.model import Check, Finding, Link
from linkcheck.pipeline.answering import answering
from linkcheck.pipeline.beside import beside
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
        self._waiting.append(Seen(link.id, check, findings))
        if len(self._waiting) >= _BATCH:
            self.flush()
        judgement = judge_link(link.url, check, findings, self._line.suggests, self._world).judgement
        if is_final:
            self._done += 1
            self._line.emit(Checked(link.url, judgement.verdict, self._done, self._total))
        else:
            self._doubtful += 1
            self._line.emit(Doubted(uri.host_of(link.url), 0.0, judgement.reason.text, link.url, self._doubtful))

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


async def ask_the_web(line: Line, links: Callable[[], Iterable[Link]], notebook: Notebook) -> None:
    """Ask web links, what looks bad twice."""
    look = observing(line.web.crawling, line.clock)
    under_way: dict[int, str] = {}

    async def observe(link: Link, *, is_fresh: bool = False, name: str = "") -> Observation:
        await line.job.commands.cleared()
        under_way[link.id] = link.url
        name = name or line.next_look()
        try:
            with asking(name):
                return structs.replace(await look(link, is_fresh=is_fresh), look=name)
        finally:
            del under_way[link.id]

    async def deliver(link: Link, observation: Observation, *, is_final: bool) -> None:
        with asking(observation.look):
            findings = _detected(line, link, observation.check, observation.page)
            findings += await _probed(line, link, observation, findings)
        notebook.add(link, observation.check, findings, is_final=is_final)
        line.tape.note("delivery", delivery_of(link, observation, is_final=is_final))

    async def pulse() -> None:
        """Say what takes so long, when nothing else is being said."""
        while True:
            said = notebook.looks
            await anyio.sleep(_PATIENCE)
            if under_way and notebook.looks == said and not line.job.commands.is_paused:
                host = uri.host_of(next(iter(under_way.values())))
                line.emit(Waiting(host, 0.0, f"no answer yet; {len(under_way)} links are being asked"))

    crew = Crew(workers=line.config.concurrency, per_origin=line.config.host_concurrency, max_time=line.time_left)
    async with beside(pulse):
        if isinstance(line.tape, Replayer):
            outcome = await recrawl(line.tape, line.journal.link, observe, deliver)
        else:
            outcome = await crawl(
                links,
                observe,
                deliver,
                crew=crew,
                breaker=line.web.breaker,
                tell_wait=lambda host, seconds, why: line.emit(Waiting(host, seconds, why)),
                clock=line.job.clock,
            )
        line.tape.note("crawled", outcome)
    if outcome.not_asked or outcome.unconfirmed:
        left = f"{outcome.not_asked} links were not asked, {outcome.unconfirmed} not asked again"
        line.notes.append(f"--max-time ended the run early: {left}")


def _detected(line: Line, link: Link, check: Check, page: Page | None) -> tuple[Finding, ...]:
    context = Context(url=link.url, page=page)
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
    context = Context(url=link.url, page=observation.page)
    found: list[Finding] = []
    for detector in line.detectors:
        if detector.probe and (detector.when is None or detector.when(findings)):
            try:
                found.extend(await converse(detector.probe(observation.check, context), answering(line)))
            except Exception as error:  # noqa: BLE001 - whatever a stranger's code raises
                line.note_broken(detector.rule, error)
    return tuple(found)
