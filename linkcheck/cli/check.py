"""`linkcheck check`: check, report, exit."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import anyio
from cyclopts import Parameter
from msgspec import structs

from linkcheck import pipeline, registry
from linkcheck.cli.closing import close
from linkcheck.cli.configured import VOUCHED, configured
from linkcheck.cli.evidence import folders_of, replaying, tape_for
from linkcheck.cli.excuses import excuses_of
from linkcheck.cli.exits import Exit
from linkcheck.cli.gate import check_rules
from linkcheck.cli.history import open_anew, open_journal
from linkcheck.cli.interrupts import Interrupts
from linkcheck.cli.options import Checking, layer
from linkcheck.cli.outputs import do_need_sources, planned, told
from linkcheck.cli.progress import Progress
from linkcheck.cli.terminal import as_utf8, is_attended, style_for, while_read
from linkcheck.cli.usage import EXAMPLES
from linkcheck.errors import DamageError
from linkcheck.evidence.tape import Tape
from linkcheck.pipeline import Commands
from linkcheck.pipeline.commands import CutShort
from linkcheck.render.api import Renderer
from linkcheck.store import Journal

_MANY = 20_000
"""References of which a report that lists all takes a second or so."""


def check(
    *sources: Annotated[str, Parameter(name="SOURCE", help="File, folder, pattern, web address, or - (stdin).")],
    options: Annotated[Checking | None, Parameter(name="*")] = None,
    vouched: VOUCHED = None,
    replay: Annotated[
        str | None, Parameter(help="Repeat a run offline, from the run.warc.gz that --evidence kept of it.")
    ] = None,
    quiet: Annotated[bool, Parameter(name=["--quiet", "-q"], negative="", help="Only the answer.")] = False,
    verbose: Annotated[bool, Parameter(name=["--verbose", "-v"], negative="", help="Every place and reason.")] = False,
) -> int:
    """Check what the sources cite, write the reports, and give the exit code."""
    with configured(layer(options, sources), vouched) as (chosen, committed):
        settings = chosen
        tape: Tape | None = None
        if replay is not None:
            settings, tape = replaying(chosen, Path(replay), sources)
        if not settings.config.sources:
            print(EXAMPLES, file=sys.stderr)
            return Exit.USAGE
        check_rules(settings.config.fail_on, settings.config.severity)
        renderer = registry.load("render", settings.config.format)
        reports = planned(settings)
        excuses = excuses_of(settings, Path.cwd(), committed)
        tape = tape or tape_for(settings)
        progress = Progress(sys.stderr, wanted=settings.config.progress, quiet=quiet)
        commands = pipeline.Commands()
        interrupts = Interrupts(commands, tells=not quiet)
        journal = open_journal(settings, Path.cwd(), progress.say)
        opened = [journal]

        def anew(error: DamageError) -> Journal:
            if tape.is_recording or "-" in settings.config.sources:
                raise error  # what was said once is not said again
            opened.append(open_anew(journal, error, settings, progress.say))
            return opened[-1]

        try:
            with interrupts.heard():
                job = pipeline.Job(
                    config=settings.config,
                    journal=journal,
                    emit=progress,
                    is_attended=is_attended(sys.stderr),
                    keeps_sources=do_need_sources(reports, settings.config.sources, settings.config.format),
                    commands=commands,
                    ours=(*(path for output in reports for path in output.files), *folders_of(tape)),
                    tape=tape,
                    stdin=sys.stdin.buffer,
                    committed=committed,
                    untrusted=settings.untrusted,
                )
                gc.freeze()  # all that was loaded stays: nobody need look for dead cycles in it
                outcome = anyio.run(_run, job, interrupts, anew)
                style = style_for(sys.stdout, color=settings.config.color, verbose=verbose - quiet)
                if settings.config.format != "text":
                    as_utf8(sys.stdout)
                if interrupts.was_heard:
                    _tell_writing(
                        outcome, [renderer, *(registry.load("render", one.format) for one in reports)], progress
                    )
                with _cuttable(commands, outcome, progress, tape):
                    style = close(
                        outcome, settings.config, reports, style=style, say=progress.say, excuses=excuses, tape=tape
                    )
                    with while_read(sys.stdout):
                        renderer.write(told(outcome.report, renderer), sys.stdout, style)
            return Exit.INTERRUPTED if interrupts.was_heard else style.exit_code or Exit.CLEAN
        finally:
            for one in opened:
                one.close()


def _tell_writing(outcome: pipeline.Outcome, renderers: Sequence[Renderer], progress: Progress) -> None:
    """Tell somebody who has had enough why it takes a while yet, where a report lists all that there is."""
    references = outcome.report.summary.references
    if references >= _MANY and any(renderer.lists_all for renderer in renderers):
        progress.say(f"linkcheck: writing what is known of {references:,} references; Ctrl-C again leaves it out")


@contextmanager
def _cuttable(commands: Commands, outcome: pipeline.Outcome, progress: Progress, tape: Tape) -> Iterator[None]:
    """Let a person who has had enough only now end the writing of reports: the history can show them again.

    Not where there is none that has the run, or what is written is evidence.
    """
    if outcome.is_interrupted or not outcome.report.run.kept or tape.is_recording or tape.is_replaying:
        yield
        return
    try:
        with commands.cuttable():
            yield
    except CutShort:
        progress.say("linkcheck: the report was broken off; the run is through, and `linkcheck report` shows it")


async def _run(job: pipeline.Job, interrupts: Interrupts, anew: Callable[[DamageError], Journal]) -> pipeline.Outcome:
    """Run; once more, on a new history, where the old one turns out to be damaged."""
    interrupts.wake()
    try:
        return await pipeline.run(job)
    except DamageError as error:
        again = structs.replace(job, journal=anew(error))
    return await pipeline.run(again)
