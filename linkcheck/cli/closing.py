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
from linkcheck.model import Severity
from linkcheck.pipeline import Outcome
from linkcheck.render.api import Passed, Style
from linkcheck.render.triage import has_error


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
    fails, passed = False, Passed()
    if not outcome.is_interrupted:  # takes long, and would not be heard
        fails, passed = _weighed(outcome, config, excuses)
    code = exit_code(outcome, fails=fails) if tape.exit_code is None else tape.exit_code
    style = structs.replace(style, exit_code=code, confidence=config.min_confidence, passed=passed)
    if not outcome.is_interrupted and (
        told := tape.excused or excuses.account(failing(outcome.report, config.fail_on), outcome.report, say)
    ):
        outcome.report.summary = structs.replace(outcome.report.summary, baseline=told)
    wanted = reports if outcome.report.summary.documents else ()  # nothing was read: an older report says more
    written, failed = write(wanted, outcome.report, style=style)
    doubt = [excuses.change.trouble] if excuses.change and excuses.change.trouble else []
    troubles: list[LinkcheckError] = [*doubt, *failed, *seal(tape, outcome.report, written, style.exit_code or 0, say)]
    for trouble in troubles:
        say(f"linkcheck: {trouble}")
    if troubles and style.exit_code != Exit.INTERRUPTED:
        style = structs.replace(style, exit_code=Exit.USAGE)
    return structs.replace(style, report_path=shown(written[0]) if written else None)


def _weighed(outcome: Outcome, config: Config, excuses: Excuses) -> tuple[bool, Passed]:
    """Tell whether anything counts, and what fails and does not."""
    report = outcome.report
    today = (report.run.finished or report.run.started)[:10]
    found = failing(report, config.fail_on)
    if config.fail_when == "any" and not excuses.are_there:
        return any(True for _ in found), Passed()
    rows: set[str] = set()
    findings: set[tuple[str, str, str]] = set()
    counted: set[tuple[str, str, str]] = set()
    fails, errors = False, 0
    for one in found:
        counts = is_counted(one, report, config) and not excuses.excuse(one, today)
        fails = fails or counts
        said = one.finding and (one.document.path, one.finding.rule, one.finding.message)
        if counts and said:
            counted.add(said)
        elif said:
            findings.add(said)
        elif not counts:
            rows.add(one.fingerprint)
            errors += one.row is not None and has_error(one.row)
    findings -= counted  # what is said twice, and known once, is told
    errors += sum(
        (document.path, one.rule, one.message) in findings and one.severity is Severity.ERROR
        for document in report.documents()
        for one in document.findings
    )
    return fails, Passed(rows=frozenset(rows), findings=frozenset(findings), errors=errors)
