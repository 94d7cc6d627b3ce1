"""The report for a terminal: in full for one document, concise for many."""

from typing import TextIO

from linkcheck.model import Report
from linkcheck.render.api import Renderer, Style
from linkcheck.render.concise import write_concise
from linkcheck.render.full import write_full
from linkcheck.render.tally import only_document, tally


def render(report: Report, out: TextIO, style: Style) -> None:
    """Write the report as text, with colour only if the style says so."""
    document = only_document(report)
    if document:
        write_full(report, document, tally(report), style, out)
    else:
        write_concise(report, tally(report), style, out)


PLUGIN = Renderer(media_type="text/plain", suffix=".txt", render=render)
