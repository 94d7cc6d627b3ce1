"""Says the straight line, and nothing else."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from hashlib import sha256

import anyio
import msgspec
from msgspec import structs

from linkcheck import __version__
from linkcheck.clock import iso
from linkcheck.config import Config
from linkcheck.events import Finished, Planned
from linkcheck.fetch.network import is_network_there
from linkcheck.judge import World, depends_on_network
from linkcheck.model import RunInfo
from linkcheck.pipeline.archiving import ask_the_archives, note_unasked
from linkcheck.pipeline.asking import Notebook, ask_the_web, look_at_files
from linkcheck.pipeline.beside import beside
from linkcheck.pipeline.concluding import conclude_links, conclude_references
from linkcheck.pipeline.line import Job, Line, Outcome
from linkcheck.pipeline.reading import read_all
from linkcheck.store import report


async def run(job: Job) -> Outcome:
    """Check what the job's sources cite, and give the report. ConfigError before anything is asked."""
    line = Line(job)
    journal, stop, began = line.journal, job.stop, line.clock.now()
    info = _info(job.config, began)
    journal.begin(info)
    try:
        root = await read_all(line)
        documents, references, links, on_the_web = journal.close_plan()
        line.emit(Planned(documents, references, links, on_the_web))

        notebook = Notebook(line, links)
        try:
            await _until(stop, lambda: look_at_files(line, root, notebook))
            if on_the_web and not job.config.offline:
                await _until(stop, lambda: ask_the_web(line, notebook))
        finally:
            notebook.flush()

        world = await _world(line)
        conclude_links(line, world)
        if not job.config.offline:
            await _until(stop, lambda: ask_the_archives(line, world))
            if stop.is_set():
                note_unasked(line)
        conclude_references(line, world)
    finally:
        with anyio.CancelScope(shield=True):
            await line.aclose()
    if stop.is_set():
        line.notes.insert(0, "it was interrupted: what had not been asked by then is not judged")
    journal.finish(_ended(info, line), line.tally.summary())
    line.emit(Finished(info.id, complete=not line.notes))
    return Outcome(report=report(journal.database, info.id), is_interrupted=stop.is_set())


async def _until(stop: anyio.Event, stage: Callable[[], Awaitable[None]]) -> None:
    """Run a stage to its end, or until the person has had enough."""
    if stop.is_set():
        return

    async def watch() -> None:
        await stop.wait()
        scope.cancel()

    async with beside(watch) as scope:
        await stage()


async def _world(line: Line) -> World:
    """Learn what the judge must know; whether there is a network, only if that could explain a failure."""
    overridden = line.overridden
    world = World(is_offline=line.config.offline, overridden=overridden, severities=line.config.severity)
    doubtful = (
        asked.check and asked.check.failure and depends_on_network(asked.link.url, overridden)
        for asked in line.journal.asked()
    )
    if line.is_out and any(doubtful) and not await is_network_there(line.web.resolver, line.config.control_hosts):
        line.notes.insert(0, "there is no network here: no name could be looked up, so nothing on the web is judged")
        return structs.replace(world, has_network=False)
    return world


def _info(config: Config, began: datetime) -> RunInfo:
    return RunInfo(
        id=f"{began:%Y%m%dT%H%M%S}.{began.microsecond // 1000:03d}Z-{secrets.token_hex(2)}",
        started=iso(began),
        offline=config.offline,
        engine="httpx" if config.engine == "auto" else config.engine,
        user_agent=config.user_agent.replace("{version}", __version__),
        config_digest=sha256(msgspec.json.encode(config)).hexdigest()[:16],
    )


def _ended(info: RunInfo, line: Line) -> RunInfo:
    return structs.replace(
        info,
        finished=iso(line.clock.now()),
        complete=not line.notes,
        notes=tuple(line.notes),
        requests=line.requests,
        elapsed_ms=round(line.elapsed * 1000, 1),
    )
