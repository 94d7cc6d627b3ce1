"""The report as JUnit writes it: a suite a document, a test a reference.

An error fails its test; what was not checked or could not be judged is skipped, with the reason, and so is what a
baseline knows; a warning passes and says so. Names are unique through their places, since GitLab keeps only the first
of equal ones (https://docs.gitlab.com/ci/testing/unit_test_reports/).
"""

from collections import Counter
from collections.abc import Iterator
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from linkcheck.model import DocumentRow, Finding, ReferenceRow, Report, Severity, Verdict
from linkcheck.render.api import Passed, Renderer, Style
from linkcheck.render.diagnostics import sentence_of
from linkcheck.render.escape import plain
from linkcheck.render.fit import EXACT, end
from linkcheck.render.triage import main_finding

REASON = 500
"""Cells of a reason."""


class Case(Struct, frozen=True, kw_only=True):
    """One test."""

    name: str
    state: str
    """`failure`, `skipped`, `passed`."""
    rule: str = ""
    message: str = ""


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write the suites, each with its counts, which are counted beforehand."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="linkcheck">\n')
    for document in report.documents():
        states = Counter(case.state for case in _cases(report, document, style.passed))
        path = quoteattr(plain(document.path))
        out.write(
            f'  <testsuite name={path} tests="{states.total()}" failures="{states["failure"]}" errors="0"'
            f' skipped="{states["skipped"]}">\n'
        )
        out.writelines(
            f"    <testcase classname={path} name={quoteattr(case.name)} file={path}{_content(case)}\n"
            for case in _cases(report, document, style.passed)
        )
        out.write("  </testsuite>\n")
    out.write("</testsuites>\n")


def _content(case: Case) -> str:
    match case.state:
        case "failure":
            kind, message = quoteattr(case.rule), quoteattr(case.message)
            return f"><failure type={kind} message={message}>{escape(case.message)}</failure></testcase>"
        case "skipped":
            return f"><skipped message={quoteattr(case.message)}/></testcase>"
        case _:
            return f"><system-out>{escape(case.message)}</system-out></testcase>" if case.message else "/>"


def _cases(report: Report, document: DocumentRow, passed: Passed) -> Iterator[Case]:
    for number, finding in enumerate(document.findings, 1):
        place = f"{finding.line or 1}:{finding.column or 1}"
        state = "failure" if finding.severity is Severity.ERROR else "passed"
        said = _said(finding)
        if passed.has_finding(document, finding):
            state, said = "skipped", f"not counted: {said}"
        yield Case(name=f"{place} {finding.rule} ({number})", state=state, rule=finding.rule, message=said)
    for row in report.references(document.path):
        main = main_finding(row)
        said = _said(main) if main else end(row.reason.text, REASON) if _is_open(row) else ""
        is_passed = passed.has_row(row)
        yield Case(
            name=f"{row.line}:{row.column} {end(row.raw, EXACT) or '(empty)'} ({row.start})",
            state="skipped" if is_passed else _state(row, main),
            rule=main.rule if main else "",
            message=f"not counted: {said}" if is_passed else said,
        )


def _state(row: ReferenceRow, finding: Finding | None) -> str:
    if finding and finding.severity is Severity.ERROR:
        return "failure"
    return "skipped" if _is_open(row) else "passed"


def _is_open(row: ReferenceRow) -> bool:
    return row.verdict in {Verdict.SKIPPED, Verdict.BLOCKED, Verdict.UNREACHABLE}


def _said(finding: Finding) -> str:
    return f"{finding.rule}: {sentence_of(finding)}"


PLUGIN = Renderer(media_type="application/xml", suffix=".xml", render=render)
