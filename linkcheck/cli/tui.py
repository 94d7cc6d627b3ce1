"""`linkcheck tui`: the same run, interactively."""

import os
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from pathlib import Path
from typing import Annotated

import anyio
from cyclopts import Parameter
from msgspec import structs

from linkcheck import pipeline
from linkcheck.cli.closing import close
from linkcheck.cli.configured import VOUCHED, configured
from linkcheck.cli.evidence import folders_of, tape_for
from linkcheck.cli.excuses import Excuses, excuses_of
from linkcheck.cli.exits import Exit
from linkcheck.cli.gate import check_rules
from linkcheck.cli.history import open_journal
from linkcheck.cli.interrupts import Interrupts
from linkcheck.cli.options import Checking, layer
from linkcheck.cli.outputs import Output, do_need_sources, planned
from linkcheck.cli.terminal import style_for
from linkcheck.cli.usage import EXAMPLES
from linkcheck.config import Config
from linkcheck.errors import LinkcheckError, UsageError
from linkcheck.evidence.tape import Tape
from linkcheck.pipeline import Commands, Outcome
from linkcheck.render.escape import message
from linkcheck.tui.session import Ending, interact

__all__ = ["Ending", "attend", "check_terminal", "interact", "settle_colour", "tui"]


def tui(
    *sources: Annotated[str, Parameter(name="SOURCE", help="File, folder, pattern or web address.")],
    options: Annotated[Checking | None, Parameter(name="*")] = None,
    vouched: VOUCHED = None,
) -> int:
    """Check what the sources cite while a person watches, write the reports, and give the exit code."""
    with configured(layer(options, sources), vouched) as (settings, committed):
        if not settings.config.sources:
            print(EXAMPLES, file=sys.stderr)
            return Exit.USAGE
        if "-" in settings.config.sources:
            raise UsageError("standard input is the keyboard here; save the text to a file, or use `linkcheck check -`")
        check_rules(settings.config.fail_on, settings.config.severity)
        reports = planned(settings)
        excuses = excuses_of(settings, Path.cwd(), committed)
        check_terminal()
        tape = tape_for(settings)
        journal = open_journal(settings, Path.cwd(), _say)
        try:
            ours = (*(path for output in reports for path in output.files), *folders_of(tape))
            job = pipeline.Job(
                config=settings.config,
                journal=journal,
                ours=ours,
                is_attended=True,
                keeps_sources=do_need_sources(reports, settings.config.sources),
                tape=tape,
                committed=committed,
                untrusted=settings.untrusted,
            )
            outcome = attend(partial(_interact, job), color=settings.config.color)
            return _close(outcome, settings.config, reports, excuses, tape)
        finally:
            journal.close()


def attend(session: Callable[[Commands], Awaitable[Ending]], *, color: str) -> Outcome:
    """Run a session on this terminal, and give its outcome; LinkcheckError when the run broke."""
    settle_colour(color, os.environ)
    commands = Commands()
    interrupts = Interrupts(commands)

    async def attended() -> Ending:
        interrupts.wake()
        return await session(commands)

    with interrupts.heard():
        ending = anyio.run(attended)
    if ending.outcome is None:
        raise LinkcheckError(ending.error)
    return ending.outcome


def check_terminal() -> None:
    """Refuse to start where nobody could see it; UsageError says what does the same."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError("the terminal UI needs a terminal; `linkcheck check` does the same without one")
    if os.environ.get("TERM") == "dumb":
        raise UsageError(
            "the terminal UI needs a terminal that moves its cursor, and TERM is dumb; use `linkcheck check`"
        )


def settle_colour(color: str, environ: MutableMapping[str, str]) -> None:
    """Tell Textual about colour in the one way it listens to; an empty NO_COLOR means nothing (no-color.org)."""
    if color == "never":
        environ["NO_COLOR"] = "1"
    elif color == "always" or not environ.get("NO_COLOR"):
        environ.pop("NO_COLOR", None)


async def _interact(job: pipeline.Job, commands: Commands) -> Ending:
    return await interact(structs.replace(job, commands=commands))


def _close(outcome: Outcome, config: Config, reports: tuple[Output, ...], excuses: Excuses, tape: Tape) -> int:
    """Write the reports, and say on the restored terminal how the run can be seen again."""
    plain_style = style_for(sys.stdout, color="never", verbose=0)
    style = close(outcome, config, reports, style=plain_style, say=_say, excuses=excuses, tape=tape)
    if style.report_path:
        _say(f"report: {style.report_path}")
    if not config.no_store:
        ended = "was ended early; what is known" if outcome.is_interrupted else "is through; its result"
        _say(f"linkcheck: the run {ended} is kept: linkcheck report {outcome.report.run.id}")
        if outcome.is_interrupted:
            _say("linkcheck: the same command with --resume goes on with it")
    return style.exit_code or Exit.CLEAN


def _say(text: str) -> None:
    print(message(text), file=sys.stderr)
