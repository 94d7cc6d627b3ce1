"""What a renderer is: one output format, written to a stream."""

from collections.abc import Callable
from typing import BinaryIO, TextIO

from msgspec import Struct

from linkcheck.model import DocumentRow, Finding, ReferenceRow, Report


class Passed(Struct, frozen=True, kw_only=True):
    """Failures that need not count: a baseline knows them, or `--since` and `--fail-when` pass them over.

    Formats that say what is to be done now (annotations, test reports, the lines of a terminal) leave them out.
    """

    rows: frozenset[str] = frozenset()
    """Fingerprints of references."""
    findings: frozenset[tuple[str, str, str]] = frozenset()
    """Path, rule and message of what is said of documents."""
    errors: int = 0
    """How many of them are errors."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.rows) + len(self.findings)

    def has_row(self, row: ReferenceRow) -> bool:
        """Tell a reference that is passed over."""
        return row.fingerprint in self.rows

    def has_finding(self, document: DocumentRow, finding: Finding) -> bool:
        """Tell a finding about a document that is."""
        return (document.path, finding.rule, finding.message) in self.findings


class Style(Struct, frozen=True):
    """How the reader wants it."""

    width: int = 80
    colour: bool = False
    verbose: int = 0
    """-1 quiet, 0 normal, 1 with everything."""
    report_path: str | None = None
    """Where another report of this run has been written, to be named at the end."""
    exit_code: int | None = None
    """What the process will exit with, where the format says so."""
    confidence: float = 0.9
    """0 to 1: how sure a recovered target must be to be written into an article."""
    passed: Passed = Passed()


class Renderer(Struct, frozen=True, kw_only=True):
    """A plug-in of this family."""

    media_type: str
    suffix: str
    render: Callable[[Report, TextIO, Style], None] | Callable[[Report, BinaryIO, Style], None]
    """OutputError where there is nothing that it could write."""
    is_binary: bool = False
    """Whether it writes bytes."""
    needs_sources: bool = False
    """Whether it needs the documents themselves, which are kept only where somebody asks for them."""
    shows_source: bool = False
    """Whether it shows lines of the one document that a run may be about."""
    lists_all: bool = False
    """Whether it lists every reference, also those that an interrupted run has not come to: it is for programs."""
    is_of_one: bool = False
    """Whether it is about one document, so that many make many of it."""

    is_older: Callable[[bytes, Report], bool] | None = None
    """Tells an older output, which may be replaced, from a document that must not be lost; None: it says so itself."""

    def write(self, report: Report, stream: TextIO, style: Style) -> None:
        """Render to a text stream, or to the bytes below it."""
        render: Callable[..., None] = self.render
        render(report, stream.buffer if self.is_binary else stream, style)
