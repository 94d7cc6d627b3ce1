"""Says the straight line, and nothing else."""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import TypeVar

import anyio
from msgspec import Struct, structs

from linkcheck import __version__, uri
from linkcheck.clock import iso
from linkcheck.events import Finished, Planned
from linkcheck.evidence.replayer import Replayer, TapeEnded
from linkcheck.fetch.engine import engine_of
from linkcheck.fetch.ledger import ledger_of
from linkcheck.fetch.replay import crawled
from linkcheck.judge import World
from linkcheck.model import Link, RunInfo
from linkcheck.pipeline import weather
from linkcheck.pipeline.archiving import ask_the_archives, note_unasked, originals_of
from linkcheck.pipeline.asking import Notebook, ask_the_web, look_at_files
from linkcheck.pipeline.asking_again import ask_what_was_spoilt
from linkcheck.pipeline.beside import beside
from linkcheck.pipeline.comparing import compare_with_captures
from linkcheck.pipeline.concluding import conclude_links, conclude_references, name_captures
from linkcheck.pipeline.following import Following
from linkcheck.pipeline.hurrying import count_rest, hurry, is_over, settle
from linkcheck.pipeline.line import Job, Line, Outcome
from linkcheck.pipeline.naming import recall_names
from linkcheck.pipeline.quoting import look_behind_links
from linkcheck.pipeline.reading import read_all, scope_of
from linkcheck.pipeline.recalling import carry_forward, carrying, manner_of, task_of
from linkcheck.pipeline.recovering import Recovery
from linkcheck.pipeline.resuming import look_back, take_up
from linkcheck.store import report
from linkcheck.store.also import ask_also
from linkcheck.store.beginning import CHECKING, READING

T = TypeVar("T")


class Measured(Struct, frozen=True, kw_only=True):
    """What a run took."""

    finished: str
    requests: int
    elapsed_ms: float


async def run(job: Job) -> Outcome:
    """Check what the job's sources cite, and give the report. ConfigError before anything is asked."""
    line = Line(job)
    journal, commands = line.journal, job.commands
    scope = scope_of(job.config, job.directory, untrusted=line.untrusted)
    following = Following(line, scope)
    tape, task, manner = line.tape, task_of(job), manner_of(line)
    if isinstance(tape, Replayer):
        tape.on_end = commands.end
        info = journal.begin(tape.told("run", RunInfo), task=task, manner=manner)
    else:
        info = take_up(line, task) or journal.begin(_info(job, job.clock.now()), task=task, manner=manner)
        tape.note("run", info)
    tape.begin(info, job.config)
    try:
        root = await _until(line, "reading", partial(read_all, line, scope, following.start))
        documents, references, links, on_the_web = settle(line)
        originals = ask_also(journal.database, journal.run, originals_of(line))
        links, on_the_web = links + originals, on_the_web + originals
        line.emit(Planned(documents, references, links, on_the_web))
        if line.is_resumed:
            look_back(line)
            await _until(line, "looking back", following.look_back)
        with Notebook(line, links) as notebook:
            if root:
                await _until(line, "files", partial(look_at_files, line, root, notebook))
            if following.is_on:
                following.attend(notebook.expect, carrying(line, notebook, is_of_site=True))
                await _until(line, "recalling", following.recall)
            else:
                await _until(line, "carrying", partial(carry_forward, line, notebook))
            if (following.is_on or on_the_web > line.carried) and not job.config.offline:
                in_turn = following.pages.links if following.is_on else journal.web_links
                await _until(line, "asking", partial(ask_the_web, line, in_turn, notebook, following))
                line.notes += following.limits()
                line.remarks += following.remarks()
        world = await _until(line, "asking again", partial(ask_what_was_spoilt, line))
        is_over(line, "asked again")
        await _conclude(line, info, world or await weather.learn(line))
        is_interrupted = commands.stop.is_set()
        if job.does_linger:
            await _linger(line, info)
        while isinstance(tape, Replayer) and tape.has(crawled(line.rounds + 1)) and not commands.stop.is_set():
            await _look_again(line, info, ())  # the tape knows at what
    finally:
        if commands.stop.is_set():
            tape.note("interrupted", True)
        tape.finish()
        with anyio.CancelScope(shield=True):
            await line.aclose()
    return Outcome(
        report=report(journal.database, info.id),
        is_interrupted=is_interrupted,
        is_reading_bounded=line.is_reading_bounded,
    )


async def _conclude(line: Line, info: RunInfo, world: World) -> None:
    """Judge everything by what has been seen, consult the archives about what is lost, and close the report."""
    line.has_network = world.has_network
    line.tally.restart()
    line.is_hurried = False
    documents, _, _ = line.journal.size
    is_alone = documents == 1 and len(line.config.sources) == 1
    line.ledger = ledger_of(line.config.archive_budget, is_attended=line.job.is_attended and is_alone)
    await conclude_links(line, world)
    if not (line.config.offline or line.is_hurried):
        recovery = Recovery(line, world)
        await _until(line, "recovering", recovery.recover_lost)
        await _until(line, "archives", partial(ask_the_archives, line))
        if is_over(line, "consulted") and not hurry(line, "consulted"):
            await note_unasked(line)
        await _until(line, "originals", recovery.compare_rest)
        if await _until(line, "comparing", partial(compare_with_captures, line, world)):
            await _until(line, "archives again", partial(ask_the_archives, line))
        await _until(line, "quoting", partial(look_behind_links, line))
        await _until(line, "naming", partial(recall_names, line))
        await name_captures(line, world)
    await conclude_references(line, world)
    is_over(line, "concluded")
    rest = count_rest(line)
    remarks = (*weather.remarks(world), *line.remarks, *line.recollections())
    ended = _ended(info, line, _notes(line, world, rest), remarks)
    line.journal.finish(ended, line.tally.summary())
    line.is_concluded = True
    line.emit(Finished(info.id, complete=ended.complete))


async def _linger(line: Line, info: RunInfo) -> None:
    """Stay to look at single links again, until the person ends it."""
    while (url := await line.job.commands.next_recheck()) is not None:
        link = line.journal.link(url)
        if link is not None and uri.scheme_of(url) in uri.WEB and not line.config.offline:
            await _look_again(line, info, (link,))


async def _look_again(line: Line, info: RunInfo, links: Sequence[Link]) -> None:
    with Notebook(line, 1) as notebook:
        await _until(line, "looking again", partial(ask_the_web, line, partial(iter, links), notebook))
    if not line.job.commands.stop.is_set():
        await _conclude(line, info, await weather.learn(line))


async def _until(line: Line, where: str, stage: Callable[[], Awaitable[T]]) -> T | None:
    """Run a stage to its end, or until the person has had enough; then there is no result."""
    result, stop = None, line.job.commands.stop

    async def watch() -> None:
        await stop.wait()
        scope.cancel()

    if not is_over(line, where):
        async with beside(watch) as scope:
            with suppress(TapeEnded):
                result = await stage()
    return result


def _notes(line: Line, world: World, rest: str | None) -> tuple[str, ...]:
    """Say why the result cannot be trusted as a whole, worst first."""
    worst = []
    if line.job.commands.stop.is_set():
        worst.append(rest or "it was interrupted: what had not been asked by then is not judged")
    return (*worst, *weather.distrusted(world), *line.notes)


def _info(job: Job, began: datetime) -> RunInfo:
    config = job.config
    return RunInfo(
        id=f"{began:%Y%m%dT%H%M%S}.{began.microsecond // 1000:03d}Z-{secrets.token_hex(2)}",
        started=iso(began),
        offline=config.offline,
        kept=job.journal.is_kept,
        engine=engine_of(config.engine),
        user_agent=config.user_agent.replace("{version}", __version__),
        config_digest=sha256(repr(config).encode("utf-8", "surrogatepass")).hexdigest()[:16],
    )


def _ended(info: RunInfo, line: Line, notes: tuple[str, ...], remarks: tuple[str, ...]) -> RunInfo:
    measured = Measured(
        finished=iso(line.job.clock.now()), requests=line.requests, elapsed_ms=round(line.elapsed * 1000, 1)
    )
    measured = line.tape.value("measured", lambda: measured, Measured)
    interrupted = (READING if line.is_reading_cut else CHECKING) if line.job.commands.stop.is_set() else None
    return structs.replace(
        info, complete=not notes, interrupted=interrupted, notes=notes + remarks, **structs.asdict(measured)
    )
