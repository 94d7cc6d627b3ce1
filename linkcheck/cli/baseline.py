"""`linkcheck baseline`: write down what fails today, so that only what is new fails the run."""

import sys
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from linkcheck import config
from linkcheck.cli.baseline_file import Baseline, Entry, read_baseline
from linkcheck.cli.configured import settings_of
from linkcheck.cli.gate import Failing, failing, undecided
from linkcheck.cli.history import opened
from linkcheck.cli.outputs import atomic
from linkcheck.errors import UsageError
from linkcheck.model import Severity
from linkcheck.render.counting import counted
from linkcheck.render.escape import message, plain
from linkcheck.store import report as stored

FILE = "linkcheck-baseline.json"
File = Annotated[str | None, Parameter(name=["--file", "-o"], help=f"The baseline; default: as set, else {FILE}.")]
Store = Annotated[str | None, Parameter(help="The history file.")]
Until = Annotated[str | None, Parameter(help="YYYY-MM-DD: the day on which what is added counts again.")]


def create(run: str = "last", /, *, file: File = None, store: Store = None, until: Until = None) -> None:
    """Write down everything that fails in a run."""
    path = _path(file)
    if path.exists():
        raise UsageError(f"{path}: is there already; `linkcheck baseline update` adds to it")
    failures, _, _ = _failures(run, store, _day(until))
    _write(path, Baseline(failures))
    _say(f"{path}: {counted(len(failures), 'known failure')}; use it with --baseline {path}")


def update(run: str = "last", /, *, file: File = None, store: Store = None, until: Until = None) -> None:
    """Add what fails in a run and is not known yet."""
    path = _path(file)
    before = read_baseline(path)
    failures, _, _ = _failures(run, store, _day(until))
    after = before.updated(failures)
    _write(path, after)
    _say(f"{path}: {len(after.entries) - len(before.entries):,} added, {len(after.entries):,} in all")


def prune(run: str = "last", /, *, file: File = None, store: Store = None) -> None:
    """Remove what no longer fails in a run, and what has expired."""
    path = _path(file)
    before = read_baseline(path)
    failures, documents, waiting = _failures(run, store, None, must_be_whole=True)
    stale = before.stale({entry.fingerprint for entry in failures}, documents, waiting)
    after = before.without([*stale, *before.expired(_today())])
    _write(path, after)
    _say(f"{path}: {len(before.entries) - len(after.entries):,} removed, {len(after.entries):,} left")


def _failures(
    run: str, store: str | None, until: str | None, *, must_be_whole: bool = False
) -> tuple[list[Entry], Collection[str], Collection[str]]:
    """Give what fails in a run by the settings of here, which documents it read, and what it could not decide.

    UsageError where it `must_be_whole` and is not: what was not asked may fail all the same.
    """
    settings = settings_of({}).config
    with opened(store) as database:
        report = stored(database, run)
        if must_be_whole and not report.run.complete:
            why = "; ".join(report.run.notes[:1])
            raise UsageError(
                f"the run {report.run.id} is not whole ({why}), so what no longer fails is not known; check again"
            )
        found = [_entry(one, until) for one in failing(report, settings.fail_on)]
        return found, {document.path for document in report.documents()}, set(undecided(report))


def _entry(one: Failing, until: str | None) -> Entry:
    if one.row is not None:
        worst = max(one.row.findings, key=lambda finding: finding.severity.rank, default=None)
        is_wrong = worst is not None and worst.severity is not Severity.NOTE
        what, is_ = one.row.raw or one.row.text, worst.rule if worst and is_wrong else one.row.verdict.value
    else:
        assert one.finding
        what, is_ = one.finding.message, one.finding.rule
    return Entry(
        document=one.document.path,
        what=plain(what)[:300],
        is_=is_,
        since=_today(),
        until=until,
        fingerprint=one.fingerprint,
    )


def _path(file: str | None) -> Path:
    settings = config.read({})
    if file:
        return Path(file)
    named = settings.config.baseline
    return settings.path_of("baseline", named, Path.cwd()) if named else Path(FILE)


def _write(path: Path, baseline: Baseline) -> None:
    with atomic(path) as stream:
        stream.write(baseline.written())


def _day(until: str | None) -> str | None:
    if until is None:
        return None
    try:
        return date.fromisoformat(until).isoformat()
    except ValueError as error:
        raise UsageError(f"--until: {until!r} is no date; write YYYY-MM-DD") from error


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011 - a person's date


def _say(sentence: str) -> None:
    print(message(sentence), file=sys.stderr)
