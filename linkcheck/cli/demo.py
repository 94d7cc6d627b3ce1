"""`linkcheck demo`: check the built-in article against the built-in web that rots."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import anyio
from cyclopts import Parameter
from msgspec import structs

from linkcheck import pipeline, registry
from linkcheck.cli.exits import Exit
from linkcheck.cli.outputs import Output, atomic, shown, write
from linkcheck.cli.progress import Progress
from linkcheck.cli.terminal import style_for, while_read
from linkcheck.demo import WORLD, differences, staged
from linkcheck.demo.world import ARTICLE
from linkcheck.errors import OutputError
from linkcheck.render.api import Style
from linkcheck.render.fit import wrap
from linkcheck.store import Journal, StoredReport
from linkcheck.writing import create_folder

FOLDER = Path("reports", "demo")
"""Where the article and its reports are left to be looked at, below the working directory."""
REPORTS = {"markdown": "report.md", "json": "report.json"}


def demo(
    *,
    color: Annotated[str, Parameter(help="auto, always or never.")] = "auto",
    verbose: Annotated[bool, Parameter(name=["--verbose", "-v"], negative="", help="Every place and reason.")] = False,
    tui: Annotated[bool, Parameter(negative="", help="Look at the run in the terminal UI instead.")] = False,
) -> int:
    """Stage the world, check the article, and tell whether it was judged as staged."""
    if tui:
        return _watch(color)
    journal = Journal(None)
    progress = Progress(sys.stderr, wanted=None, quiet=False)
    style = style_for(sys.stdout, color=color, verbose=int(verbose))
    try:
        with without_proxies():
            report = anyio.run(_run, journal, progress)
        kept = _kept(report, progress)
        wrong = differences(report, WORLD.truths)
        style = structs.replace(style, report_path=next((path for path in kept if path.endswith("report.md")), None))
        with while_read(sys.stdout):
            _say(_INTRODUCTION, style.width)
            print()
            registry.load("render", "text").render(report, sys.stdout, style)
            print()
            for sentence in _conclusion(wrong, kept):
                _say(sentence, style.width)
        return Exit.FINDINGS if wrong else Exit.CLEAN
    finally:
        journal.close()


def _watch(color: str) -> int:
    """Show the run in the terminal UI."""
    from linkcheck.cli import tui  # noqa: PLC0415 - Textual is loaded only where it is wanted

    tui.check_terminal()
    journal = Journal(None)

    async def session(commands: pipeline.Commands) -> tui.Ending:
        async with staged() as world:
            config, directory = world.config(), world.directory
            return await tui.interact(
                pipeline.Job(config=config, directory=directory, journal=journal, commands=commands)
            )

    try:
        with without_proxies():
            outcome = tui.attend(session, color=color)
        return Exit.INTERRUPTED if outcome.is_interrupted else Exit.CLEAN
    finally:
        journal.close()


@contextmanager
def without_proxies() -> Iterator[None]:
    """Let nothing go through a proxy meanwhile: it would not find what is staged on this machine."""
    name = "no_proxy"
    before = os.environ.get(name)
    os.environ[name] = "*"
    try:
        yield
    finally:
        del os.environ[name]
        if before is not None:
            os.environ[name] = before


async def _run(journal: Journal, progress: Progress) -> StoredReport:
    async with staged() as world:
        config, directory = world.config(), world.directory
        job = pipeline.Job(config=config, directory=directory, journal=journal, emit=progress, keeps_sources=True)
        return (await pipeline.run(job)).report


def _kept(report: StoredReport, progress: Progress) -> Sequence[str]:
    """Leave the article and its reports to be looked at; give their paths, none where nothing can be written here.

    The folder ignores itself, so that neither Git nor a later check of the project takes the article for a page of it.
    """
    try:
        create_folder(FOLDER, is_ignored=True)
        with atomic(FOLDER / ARTICLE) as stream:
            stream.write(WORLD.article)
    except (OutputError, OSError) as error:
        cause = error if isinstance(error, OSError) else error.__cause__
        reason = cause.strerror if isinstance(cause, OSError) else error
        progress.say(f"linkcheck: {FOLDER} cannot be written ({reason}), so no files are kept; the demo goes on")
        return ()
    outputs = [Output(name, Path.cwd() / FOLDER / file) for name, file in REPORTS.items()]
    written, troubles = write(outputs, report, style=Style())
    for trouble in troubles:
        progress.say(f"linkcheck: {trouble}")
    return str(FOLDER / ARTICLE), *map(shown, written)


def _conclusion(wrong: Sequence[str], kept: Sequence[str]) -> Iterator[str]:
    """Say what was staged, whether it was judged so, and what to do next."""
    hosts = len(WORLD.hosts) + len(WORLD.refusing)
    yield f"Staged on this machine: {hosts} hosts, an archive among them. Nothing was asked of the network."
    if wrong:
        yield f"Not judged as staged, which is a bug in linkcheck ({len(wrong)}):"
        yield from (f"- {sentence}" for sentence in wrong)
    else:
        yield f"All {len(WORLD.truths)} references were judged as staged."
    if kept:
        yield f"The article and its reports are kept: {', '.join(kept)}."
    yield "Try next: linkcheck check YOUR-ARTICLE.md"


def _say(sentence: str, width: int) -> None:
    for position, line in enumerate(wrap(sentence, width - 2)):
        print(f"  {line}" if position and sentence.startswith("- ") else line)


_INTRODUCTION = (
    f"An article of 2019 cites {len(WORLD.truths)} things. "
    "Here is what became of them, in a little web that was staged on this machine."
)
