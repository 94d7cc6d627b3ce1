"""The references as a table for spreadsheets: CSV (RFC 4180), one reference a line.

A cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

import csv
from typing import TextIO

from linkcheck.model import ReferenceRow, Report
from linkcheck.render.api import Renderer, Style
from linkcheck.render.escape import cell as safe
from linkcheck.render.escape import plain
from linkcheck.render.triage import copy_of, main_finding, replacement_of
from linkcheck.render.wording import standing_word

COLUMNS = (
    "document",
    "line",
    "column",
    "role",
    "element",
    "text",
    "destination",
    "url",
    "verdict",
    "reason",
    "severity",
    "rule",
    "message",
    "next",
    "replacement",
    "confidence",
    "capture",
    "fingerprint",
    "standing",
)


def render(report: Report, out: TextIO, style: Style) -> None:  # noqa: ARG001 - all renderers are called alike
    """Write the table with its head."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_cells, report.references()))


def _cells(row: ReferenceRow) -> list[str | int]:
    finding = main_finding(row)
    best = row.rescues[0] if row.rescues else None
    cells = (
        row.document,
        row.line,
        row.column,
        row.role.value,
        row.element,
        row.text,
        row.raw,
        row.url,
        row.verdict.value,
        row.reason.text,
        finding and finding.severity.value,
        finding and finding.rule,
        finding and finding.message,
        finding and finding.next,
        replacement_of(row),
        best and f"{best.confidence:.2f}",
        (copy := copy_of(row)) and copy.uri_m,
        row.fingerprint,
        standing_word(row),
    )
    return [cell if isinstance(cell, int) else safe(plain(cell or "")) for cell in cells]


PLUGIN = Renderer(media_type="text/csv", suffix=".csv", render=render, lists_all=True)
