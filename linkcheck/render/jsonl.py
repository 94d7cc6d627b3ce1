"""The report for programs that read line by line: every row of the JSON report as an object that says its kind."""

from collections.abc import Iterator
from typing import TextIO

from msgspec import Struct, structs

from linkcheck.model import Report
from linkcheck.render.api import Renderer, Style
from linkcheck.render.json import Tool, encoded


def render(report: Report, out: TextIO, style: Style) -> None:  # noqa: ARG001 - all renderers are called alike
    """Write `tool`, `run` and `summary`, then each `document`, `reference` and `link`."""
    out.writelines(encoded({"kind": kind, **structs.asdict(row)}) + "\n" for kind, row in _rows(report))


def _rows(report: Report) -> Iterator[tuple[str, Struct]]:
    yield "tool", Tool()
    yield "run", report.run
    yield "summary", report.summary
    yield from (("document", row) for row in report.documents())
    yield from (("reference", row) for row in report.references())
    yield from (("link", row) for row in report.links())


PLUGIN = Renderer(media_type="application/jsonl", suffix=".jsonl", render=render, lists_all=True)
