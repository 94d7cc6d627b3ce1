"""Annotations for GitHub Actions: workflow commands on stdout.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-a-notice-message. GitHub shows
ten errors and ten warnings a step and drops the others without a word, so the last line counts them.
"""

from collections import Counter
from typing import TextIO

from linkcheck.model import Report, Severity
from linkcheck.render.answer import sentences
from linkcheck.render.api import Renderer, Style
from linkcheck.render.counting import counted
from linkcheck.render.diagnostics import Diagnostic, diagnostics
from linkcheck.render.tally import only_document, tally

MOST = 10


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write a command for each error and warning, as many as are shown, and the answer as a notice."""
    given: Counter[Severity] = Counter()
    for severity in (Severity.ERROR, Severity.WARNING):
        for one in diagnostics(report, style, (severity,)):
            given[severity] += 1
            if given[severity] <= MOST:
                out.write(_command(one))
    answer = sentences(report, only_document(report), tally(report))
    if more := sum(max(count - MOST, 0) for count in given.values()):
        answer += f" And {counted(more, 'more annotation')} that GitHub would not show: see the report."
    if style.passed.count:
        answer += f" Not counted, and not shown here: {style.passed.count:,}."
    out.write(f"::notice title=linkcheck::{data(answer)}\n")


def _command(one: Diagnostic) -> str:
    places = {
        "file": one.path,
        "line": str(one.line),
        "col": str(one.column),
        "title": f"linkcheck: {one.rule}",
    }
    told = ",".join(f"{name}={value(text)}" for name, text in places.items())
    target = f" [{one.target}]" if one.target else ""
    return f"::{one.severity.value} {told}::{data(f'{one.path}:{one.line}:{one.column}{target} {one.message}')}\n"


def data(text: str) -> str:
    """Escape what stands behind the command; URLs are full of `%`, which would turn into other characters."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def value(text: str) -> str:
    """Escape the value of a property."""
    return data(text).replace(":", "%3A").replace(",", "%2C")


PLUGIN = Renderer(media_type="text/plain", suffix=".txt", render=render)
