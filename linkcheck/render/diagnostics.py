"""What CI systems are told: one diagnostic a reference or place of a document that has a finding. Pure."""

from collections.abc import Collection, Iterator
from hashlib import sha256

from msgspec import Struct

from linkcheck.model import DocumentRow, Finding, ReferenceRow, Report, Severity
from linkcheck.render.api import Style
from linkcheck.render.escape import plain
from linkcheck.render.fit import EXACT, end
from linkcheck.render.triage import main_finding, replacement_of

ALL = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One thing that is wrong at one place, in text that is printable and of one line."""

    path: str
    line: int
    """1-based; 1 where it concerns the document as a whole."""
    column: int
    """1-based, in code points."""
    rule: str
    severity: Severity
    message: str
    """What is wrong, and what to do."""
    target: str = ""
    """The destination as written."""
    start: int | None = None
    """Byte offset of the destination in the stored file; None where it is no reference, or the file is packed."""
    end: int | None = None
    replacement: str | None = None
    """The URL to put there, where one is known."""
    fingerprint: str
    """Survives the moving of the line and another failure of the same kind; unlike any other of the report."""


def diagnostics(report: Report, style: Style, severities: Collection[Severity] = ALL) -> Iterator[Diagnostic]:
    """Give what is wrong, in the order of the documents; every reference once, by its weightiest finding.

    What is passed over is left out.
    """
    for document in report.documents():
        seen: dict[str, int] = {}
        for finding in document.findings:
            if finding.severity in severities:
                place = (finding.line or 1, finding.column or 1)
                count = seen[finding.rule] = seen.get(finding.rule, 0) + 1
                if not style.passed.has_finding(document, finding):
                    yield _of_document(document, finding, place, count)
        for row in report.references(document.path):
            main = main_finding(row)
            if main and main.severity in severities and not style.passed.has_row(row):
                yield _of_reference(row, main)


def _of_document(document: DocumentRow, finding: Finding, place: tuple[int, int], count: int) -> Diagnostic:
    return Diagnostic(
        path=plain(document.path),
        line=place[0],
        column=place[1],
        rule=finding.rule,
        severity=finding.severity,
        message=sentence_of(finding),
        fingerprint=_digest(document.path, finding.rule, str(count)),
    )


def _of_reference(row: ReferenceRow, finding: Finding) -> Diagnostic:
    return Diagnostic(
        path=plain(row.document),
        line=row.line,
        column=row.column,
        rule=finding.rule,
        severity=finding.severity,
        message=sentence_of(finding),
        target=end(row.raw, EXACT),
        start=row.start if row.end else None,
        end=row.end or None,
        replacement=replacement_of(row),
        fingerprint=_digest(row.fingerprint, finding.rule),
    )


def sentence_of(finding: Finding) -> str:
    """Say what is wrong, and what to do."""
    said = end(finding.message, 500).rstrip(".")
    return f"{said}. {end(finding.next, EXACT)}" if finding.next else said


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
