"""The report for reviewdog: Reviewdog Diagnostic Format, as one JSON object.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf. Its columns count bytes of UTF-8, which a report does not
know, so that only lines are said.
"""

from typing import TextIO

from linkcheck.model import Report, Severity
from linkcheck.render.api import Renderer, Style
from linkcheck.render.diagnostics import Diagnostic, diagnostics
from linkcheck.render.json import encoded


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write the diagnostics, one a line."""
    source = {"name": "linkcheck", "url": "https://pypi.org/project/linkcheck-provenance/"}
    out.write(f'{{"source": {encoded(source)},\n"diagnostics": [')
    out.writelines(
        f"{',' if position else ''}\n{encoded(_diagnostic(one))}"
        for position, one in enumerate(diagnostics(report, style))
    )
    out.write("\n]}\n")


def _diagnostic(one: Diagnostic) -> dict[str, object]:
    target = f"[{one.target}] " if one.target else ""
    return {
        "message": target + one.message,
        "location": {"path": one.path, "range": {"start": {"line": one.line}}},
        "severity": _SEVERITIES[one.severity],
        "code": {"value": one.rule},
    }


_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}

PLUGIN = Renderer(media_type="application/json", suffix=".json", render=render)
