"""`linkcheck check`: check, report, exit."""

import signal
import sys
from pathlib import Path
from typing import Annotated

import anyio
from cyclopts import Parameter
from msgspec import structs

from linkcheck import config, pipeline, registry
from linkcheck.cli.exits import Exit
from linkcheck.cli.gate import check_fail_on, exit_code
from linkcheck.cli.history import open_journal
from linkcheck.cli.options import Checking, layer
from linkcheck.cli.outputs import Output, planned, write
from linkcheck.cli.progress import Progress
from linkcheck.cli.terminal import style_for
from linkcheck.cli.usage import EXAMPLES
from linkcheck.config import Settings
from linkcheck.store import Journal


def check(
    *sources: Annotated[str, Parameter(name="SOURCE", help="File, folder, pattern, web address, or - (stdin).")],
    options: Annotated[Checking | None, Parameter(name="*")] = None,
    file: Annotated[str | None, Parameter(name="--config", help="Read the settings from this file.")] = None,
    quiet: Annotated[bool, Parameter(name=["--quiet", "-q"], negative="", help="Only the answer.")] = False,
    verbose: Annotated[bool, Parameter(name=["--verbose", "-v"], negative="", help="Every place and reason.")] = False,
) -> int:
    """Check what the sources cite, write the reports, and give the exit code."""
    settings = config.read(layer(options, sources), named=file)
    if not settings.config.sources:
        print(EXAMPLES, file=sys.stderr)
        return Exit.USAGE
    check_fail_on(settings.config.fail_on)
    renderer = registry.load("render", settings.config.format)
    reports = planned(settings)
    progress = Progress(sys.stderr, wanted=settings.config.progress, quiet=quiet)
    journal = open_journal(settings, Path.cwd(), progress.say)
    try:
        outcome = anyio.run(_run, settings, journal, progress, reports)
        style = style_for(sys.stdout, color=settings.config.color, verbose=verbose - quiet)
        style = structs.replace(style, exit_code=exit_code(outcome, settings.config.fail_on))
        is_apart = outcome.report.summary.documents <= len(settings.config.sources)
        written, troubles = write(reports, outcome.report, style=style, is_apart=is_apart)
        for trouble in troubles:
            progress.say(f"linkcheck: {trouble}")
        if troubles and style.exit_code != Exit.INTERRUPTED:
            style = structs.replace(style, exit_code=Exit.USAGE)
        style = structs.replace(style, report_path=written[0] if written else None)
        renderer.render(outcome.report, sys.stdout, style)
        return style.exit_code or Exit.CLEAN
    finally:
        journal.close()


async def _run(
    settings: Settings, journal: Journal, progress: Progress, reports: tuple[Output, ...]
) -> pipeline.Outcome:
    """Run the pipeline; the first Ctrl-C ends it early with a report, the second at once."""
    commands = pipeline.Commands()
    job = pipeline.Job(
        config=settings.config,
        journal=journal,
        emit=progress,
        commands=commands,
        ours=tuple(path for output in reports for path in output.files),
        stdin=sys.stdin.buffer,
    )

    async def stop_on_interrupt() -> None:
        with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
            async for _ in signals:
                if commands.stop.is_set():
                    raise KeyboardInterrupt
                commands.end()

    async with pipeline.beside(stop_on_interrupt):
        return await pipeline.run(job)
