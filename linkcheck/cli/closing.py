"""What every front door does when a run is over: write what was asked for, and settle the exit code."""

from collections.abc import Callable

from msgspec import structs

from linkcheck.cli.evidence import seal
from linkcheck.cli.excuses import Excuses
from linkcheck.cli.exits import Exit
from linkcheck.cli.gate import exit_code, failing, is_counted
from linkcheck.cli.outputs import Output, shown, write
from linkcheck.config import Config
from linkcheck.errors import LinkcheckError
from linkcheck.evidence.tape import Tape
from linkcheck.pipeline import Outcome
from linkcheck.render.api import Style


def close(  # noqa: PLR0913 - all of them say how a run ends
    outcome: Outcome,
    config: Config,
    reports: tuple[Output, ...],
    *,
    style: Style,
    say: Callable[[str], None],
    excuses: Excuses,
    tape: Tape,
) -> Style:
    """Write the reports and the evidence, say what cannot be written, and give the style of the report on stdout.

    It has the exit code, and the first report's path.
    """
    fails = not outcome.is_interrupted and _fails(outcome, config, excuses)  # takes long, and would not be heard
    code = exit_code(outcome, fails=fails) if tape.exit_code is None else tape.exit_code
    style = structs.replace(style, exit_code=code, confidence=config.min_confidence)
    if not outcome.is_interrupted and (
        told := excuses.account(failing(outcome.report, config.fail_on), outcome.report, say)
    ):
        outcome.report.summary = structs.replace(outcome.report.summary, baseline=told)
    wanted = reports if outcome.report.summary.documents else ()  # nothing was read: an older report says more
    written, failed = write(wanted, outcome.report, style=style)
    troubles: list[LinkcheckError] = [*failed, *seal(tape, outcome.report, written, style.exit_code or 0, say)]
    for trouble in troubles:
        say(f"linkcheck: {trouble}")
    if troubles and style.exit_code != Exit.INTERRUPTED:
        style = structs.replace(style, exit_code=Exit.USAGE)
    return structs.replace(style, report_path=shown(written[0]) if written else None)


def _fails(outcome: Outcome, config: Config, excuses: Excuses) -> bool:
    report = outcome.report
    today = (report.run.finished or report.run.started)[:10]
    return any(
        is_counted(one, report, config) and not excuses.excuse(one, today) for one in failing(report, config.fail_on)
    )
