"""The report as checkstyle writes it, which many CI systems and reviewers read (https://checkstyle.org)."""

from itertools import groupby
from typing import TextIO
from xml.sax.saxutils import quoteattr

from linkcheck.model import Report, Severity
from linkcheck.render.api import Renderer, Style
from linkcheck.render.diagnostics import Diagnostic, diagnostics


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write one `file` a document that has something to say, one `error` a diagnostic."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n')
    for path, group in groupby(diagnostics(report, style), key=lambda one: one.path):
        out.write(f"  <file name={quoteattr(path)}>\n")
        out.writelines(map(_error, group))
        out.write("  </file>\n")
    out.write("</checkstyle>\n")


def _error(one: Diagnostic) -> str:
    target = f"[{one.target}] " if one.target else ""
    values = {
        "line": str(one.line),
        "column": str(one.column),
        "severity": _SEVERITIES[one.severity],
        "message": target + one.message,
        "source": f"linkcheck.{one.rule}",
    }
    return f"    <error {' '.join(f'{name}={quoteattr(value)}' for name, value in values.items())}/>\n"


_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}

PLUGIN = Renderer(media_type="application/xml", suffix=".xml", render=render)
