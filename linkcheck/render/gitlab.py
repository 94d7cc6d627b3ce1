"""The Code Quality report of GitLab: a JSON array of issues.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. GitLab hides the name of the check, so
that it stands in the description, too.
"""

from typing import TextIO

from linkcheck.model import Report, Severity
from linkcheck.render.api import Renderer, Style
from linkcheck.render.diagnostics import Diagnostic, diagnostics
from linkcheck.render.json import encoded


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write the array, one issue a line."""
    out.write("[")
    out.writelines(
        f"{',' if position else ''}\n{encoded(_issue(one))}" for position, one in enumerate(diagnostics(report, style))
    )
    out.write("\n]\n")


def _issue(one: Diagnostic) -> dict[str, object]:
    target = f" [{one.target}]" if one.target else ""
    return {
        "description": f"{one.rule}:{target} {one.message}",
        "check_name": one.rule,
        "fingerprint": one.fingerprint,
        "severity": _SEVERITIES[one.severity],
        "location": {
            "path": one.path.removeprefix("./"),
            "positions": {"begin": {"line": one.line, "column": one.column}},
            "lines": {"begin": one.line},
        },
    }


_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}

PLUGIN = Renderer(media_type="application/json", suffix=".json", render=render)
