"""Many documents: a line for each thing that is wrong, the answer last.

What is wrong in the same way (the same target, or any target on a host that is gone) is one group. A group in up to
three places is a line a place; one in more is said once, with its first places. No more than `LINES` lines are
written and held, however large the report; with `-v` everything is written, as it comes.
"""

from collections.abc import Iterator
from typing import TextIO

from msgspec import Struct
from rich.cells import cell_len

from linkcheck import uri
from linkcheck.model import ArchiveAnswer, PlacedFinding, ReasonCode, ReferenceRow, Report, Severity, Verdict
from linkcheck.render.answer import all_fine, excused, go_on, waits
from linkcheck.render.api import Passed, Style
from linkcheck.render.counting import counted, counts, duration
from linkcheck.render.escape import plain, uncommanding
from linkcheck.render.fit import EXACT, end, middle, pad
from linkcheck.render.ink import Paint, painter
from linkcheck.render.tally import Tally
from linkcheck.render.triage import main_finding, severity_of, word_of
from linkcheck.render.wording import standing

LINES = 50
PLACES = 3
"""Places of one group that are named."""
NOTES = 5
COLUMN = 26
"""Cells of a place, so that what follows mostly stands in a column."""
REASON = 200
"""Cells of a reason."""


class Problem(Struct, frozen=True, kw_only=True):
    """What is wrong at one place."""

    place: str
    word: str
    target: str
    reason: str
    next: str
    severity: Severity | None
    common: str
    """What references that are wrong in the same way have in common: an address, a host, or the target as written."""

    @property
    def group(self) -> tuple[str, str, str]:
        """Equal for what is wrong in the same way."""
        return self.common, self.word, self.reason


def write_concise(report: Report, counted_by: Tally, style: Style, out: TextIO) -> None:
    """Write the concise form."""
    paint = painter(colour=style.colour)
    out.writelines(f"{uncommanding(line.rstrip())}\n" for line in _lines(report, counted_by, style, paint))


def _lines(report: Report, counted_by: Tally, style: Style, paint: Paint) -> Iterator[str]:
    yield from _notes(report, paint)
    room = max(style.width // 2, 30)
    if style.verbose > 0 or (style.exit_code == 1 and not counted_by.errors):  # then what failed is less than an error
        for problem in _problems(report, least=None, passed=Passed() if style.verbose > 0 else style.passed):
            yield _line(problem, room, paint)
        yield ""
    elif style.verbose == 0:
        yield from _grouped(report, room, style.passed, paint)
    yield from _answer(report, counted_by, style, paint)


def _notes(report: Report, paint: Paint) -> Iterator[str]:
    notes = report.run.notes
    for note in notes[:NOTES]:
        yield paint(end(f"{'Note' if report.run.complete else 'Incomplete'}: {note}", EXACT), "warning")
    if len(notes) > NOTES:
        yield f"and {counted(len(notes) - NOTES, 'more note')}"


def _problems(report: Report, least: Severity | None, passed: Passed) -> Iterator[Problem]:
    """Give what is at least that severe, in the order of the documents; with None, all that is not simply alive."""
    for document in report.documents():
        for finding in document.findings:
            is_told = least is None or finding.severity.rank >= least.rank
            if is_told and not passed.has_finding(document, finding):
                yield _of_document(document.path, finding)
        for row in report.references(document.path):
            severity = severity_of(row)
            is_bad = severity is not None and least is not None and severity.rank >= least.rank
            if (is_bad or (least is None and _is_worth_a_line(row))) and not passed.has_row(row):
                yield _of_reference(row)


def _is_worth_a_line(row: ReferenceRow) -> bool:
    return bool(row.findings) or row.verdict is not Verdict.ALIVE


def _of_document(path: str, finding: PlacedFinding) -> Problem:
    place = path if finding.line is None else f"{path}:{finding.line}:{finding.column or 1}"
    return Problem(
        place=plain(place),
        word=finding.rule,
        target="",
        reason=end(finding.message, REASON),
        next=end(finding.next, EXACT),
        severity=finding.severity,
        common=end(place, EXACT),
    )


def _of_reference(row: ReferenceRow) -> Problem:
    finding = main_finding(row)
    reason = finding.message if finding else row.reason.text
    if stands := standing(row):
        reason = f"{end(reason, REASON)} ({stands})"
    common = row.url.removeprefix("file://") if row.url else row.raw or "(empty)"
    if row.reason.code is ReasonCode.NO_SUCH_HOST:
        common = uri.host_of(row.url or "") or common
    return Problem(
        place=plain(f"{row.document}:{row.line}:{row.column}"),
        word=word_of(row),
        target=end(row.raw, EXACT) or "(empty)",
        common=end(common, EXACT),
        reason=end(reason, 2 * REASON),
        next=end(finding.next, EXACT) if finding else "",
        severity=severity_of(row),
    )


def _grouped(report: Report, room: int, passed: Passed, paint: Paint) -> Iterator[str]:
    """Give what is wrong, in groups in the order of their first places, at most `LINES` lines, then a count."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    sizes: dict[tuple[str, str, str], int] = {}
    unheld = 0
    for problem in _problems(report, least=Severity.ERROR, passed=passed):
        if problem.group not in groups and len(groups) == LINES:
            unheld += 1
            continue
        first = groups.setdefault(problem.group, [])
        sizes[problem.group] = sizes.get(problem.group, 0) + 1
        if len(first) < PLACES:
            first.append(problem)
    written = 0
    for group, first in groups.items():
        lines = list(_group(first, sizes[group], room, paint))
        if written + len(lines) > LINES:
            unheld += sizes[group]
            continue
        written += len(lines)
        yield from lines
    if unheld:
        yield paint(f"and {unheld:,} more (-v lists all)", "dim")
    if groups:
        yield ""


def _group(first: list[Problem], size: int, room: int, paint: Paint) -> Iterator[str]:
    if size <= PLACES:
        for problem in first:
            yield _line(problem, room, paint)
        return
    one = first[0]
    places = "  ".join(problem.place for problem in first)
    yield f"{middle(one.common, room)}  {_word(one, paint)}  {one.reason} - in {size:,} places:"
    yield f"    {places}  +{size - len(first):,}  {paint('(-v lists all)', 'dim')}"
    if one.next:
        yield f"    -> {one.next}"


def _line(problem: Problem, room: int, paint: Paint) -> str:
    where = f"{paint(pad(problem.place, COLUMN - 2), 'bold')}  {_word(problem, paint)}"
    target = f"  {middle(problem.target, room)}" if problem.target else ""
    reason = f"  - {problem.reason}" if problem.reason else ""
    return f"{where}{target}{reason}" + (f"  -> {problem.next}" if problem.next else "")


def _word(problem: Problem, paint: Paint) -> str:
    return paint(plain(problem.word), "dim" if problem.severity is None else _INKS[problem.severity])


def _answer(report: Report, counted_by: Tally, style: Style, paint: Paint) -> Iterator[str]:
    """Give the answer: what was read, the outcome, what was not judged or not checked, and where there is more."""
    summary, run = report.summary, report.run
    read = f"{counted(summary.documents, 'file')}, {counted(summary.references, 'reference')}"
    yield f"{read}, {counted(summary.links, 'link')} in {duration(run.elapsed_ms)}"
    yield _outcome(report, counted_by, style, paint)
    undecided = {
        verdict.value: summary.reference_verdicts.get(verdict, 0) for verdict in (Verdict.BLOCKED, Verdict.UNREACHABLE)
    }
    waiting = {waits(code, report): count for code, count in counted_by.waiting.items()}
    not_judged = [counts(undecided), counts(waiting)]
    if left := summary.archives.get(ArchiveAnswer.NOT_ASKED, 0):
        not_judged.append(f"archive not asked {left:,} times ({go_on(report, counted_by)})")
    if counted_by.unseen:
        not_judged.append(f"{counted_by.unseen:,} by their content")
    if any(not_judged):
        yield f"  not judged: {', '.join(filter(None, not_judged))}"
    if by_design := counted_by.by_design.total():
        yield f"  not checked by design: {by_design:,} ({counts(counted_by.by_design)})"
    if summary.baseline:
        yield f"  baseline: {excused(summary.baseline)}"
    if passed := style.passed.count:
        yield f"  not counted: {passed:,}{', and not listed (-v lists all)' if style.verbose < 1 else ''}"
    exits = f"exit {style.exit_code}" if style.exit_code is not None else ""
    path = f"  report  {plain(style.report_path)}" if style.report_path else ""
    if path or exits:
        yield f"{pad(path, max(style.width - len(exits), cell_len(path) + 2))}{exits}".rstrip()


def _outcome(report: Report, counted_by: Tally, style: Style, paint: Paint) -> str:
    if not report.summary.references and not counted_by.errors:
        return f"  {paint('NOTHING', 'bold')}  {all_fine(report, counted_by)}"
    word = "FAIL" if counted_by.errors else "OK" if report.run.complete else "INCOMPLETE"
    if style.exit_code is not None:
        word = _OUTCOMES.get(style.exit_code, "FAIL")
    if word == "OK" and counted_by.errors:
        word = "DONE"
    ink = "fine" if word == "OK" else "warning" if word in {"DONE", "INCOMPLETE"} else "error"
    parts = [counted(counted_by.errors - style.passed.errors, "error")]
    if counted_by.warnings:
        parts.append(f"{counted(counted_by.warnings, 'warning')}{' (-v)' if style.verbose < 1 else ''}")
    if notes := counted_by.noted + counted_by.documents[Severity.NOTE]:
        parts.append(f"{counted(notes, 'note')}{' (-v)' if style.verbose < 1 else ''}")
    verdicts = counted_by.fine
    alive = [f"{verdicts[word]:,} {word}" for word in (Verdict.ALIVE, Verdict.MOVED) if verdicts.get(word)]
    if alive:
        parts.append(", ".join(alive))
    return f"  {paint(word, ink)}  {'     '.join(parts)}"


_INKS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "dim"}
_OUTCOMES = {0: "OK", 1: "FAIL", 2: "FAIL", 3: "INCOMPLETE", 130: "INTERRUPTED"}
