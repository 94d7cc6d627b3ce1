"""The report as one page for a browser: no scripts, nothing loaded from elsewhere, readable on paper and in the dark.

What comes from outside is escaped text; only web addresses can be followed, and what is followed learns nothing of the
report.
"""

import re
from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import TextIO

import linkcheck
from linkcheck import uri
from linkcheck.model import DocumentRow, PlacedFinding, ReferenceRow, Report, Severity
from linkcheck.render.answer import archives_asked, excused, sentences, verdicts
from linkcheck.render.api import Renderer, Style
from linkcheck.render.counting import counted, minute
from linkcheck.render.differences import differences, pieces, where
from linkcheck.render.escape import plain
from linkcheck.render.fit import EXACT, end
from linkcheck.render.robust import robust_link
from linkcheck.render.tally import Tally, only_document, tally
from linkcheck.render.triage import Heap, heap_of, main_finding, replacement_of, said_of, word_of
from linkcheck.render.wording import (
    capture,
    capture_of,
    copied,
    file_name,
    later,
    published,
    slug_agreement,
    spoken,
    standing,
)

ROWS = 5000
"""References in all; a page with more does not open well."""
TEXT = 120
SENTENCE = 500


def render(report: Report, out: TextIO, style: Style) -> None:  # noqa: ARG001 - all renderers are called alike
    """Write the page."""
    out.writelines(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    document, counted_by = only_document(report), tally(report)
    name = plain(document.title or file_name(document)) if document else "Link report"
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{escape(end(name, TEXT))} - linkcheck</title>"
    yield f"<style>{_STYLE}</style></head><body>"
    yield f"<h1>{escape(end(name, TEXT))}</h1>"
    ink = "error" if counted_by.errors else "warning" if counted_by.warnings or not report.run.complete else "fine"
    yield f'<p class="answer {ink}">{escape(sentences(report, document, counted_by))}</p>'
    word = "Note" if report.run.complete else "Incomplete"
    yield from (f"<p><strong>{word}:</strong> {_text(note, SENTENCE)}</p>" for note in report.run.notes[:10])
    if document:
        yield from _origin(document, counted_by)
    room = ROWS
    for one in report.documents():
        written = 0
        for line, count in _table(report, one, room, is_only=document is not None):
            yield line
            written += count
        room -= written
    yield from _how(report, counted_by)
    yield "</body></html>"


def _origin(document: DocumentRow, counted_by: Tally) -> Iterator[str]:
    row = counted_by.original
    facts = [
        ("Published", published(document)),
        ("Headline and slug", slug_agreement(document)),
        ("Author", document.author),
        *(("Photo", claim.value) for claim in document.claims if claim.field == "photo"),
        *((name, _first_of(document, field)) for name, field in _MORE),
    ]
    lines = [f"<tr><th scope=row>{name}</th><td>{_text(value, SENTENCE)}</td></tr>" for name, value in facts if value]
    if original := (row and row.url) or document.original:
        state = f"{escape(spoken(word_of(row)))}: " if row else ""
        lines.append(f"<tr><th scope=row>Original</th><td>{state}{_link(original)}{_captured(row)}</td></tr>")
    if said := copied(document):
        lines.append(f"<tr><th scope=row>Copy</th><td>{_text(said, SENTENCE)}</td></tr>")
    if lines:
        yield from ("<table>", *lines, "</table>")
    yield from _beside(document)


def _beside(document: DocumentRow) -> Iterator[str]:
    """Give the paragraphs that are not those of the original, in order, with their words side by side."""
    found = differences(document.copy)
    if not found:
        return
    yield "<h2>Beside the original</h2><p><del>Taken out</del>, <ins>put in</ins>:</p><ul>"
    for one, word in found[:ROWS]:
        said = " ".join(_MARKS[kind].format(_text(text.strip(), EXACT)) for kind, text in pieces(one, word))
        yield f"<li><strong>{where(one, word)}</strong>, {word}: {said}"
    yield "</ul>"


def _first_of(document: DocumentRow, field: str) -> str | None:
    return next((claim.value for claim in document.claims if claim.field == field), None)


_MORE = (("Modified", "modified"), ("Language", "language"), ("Licence", "license"))


def _captured(row: ReferenceRow | None) -> str:
    if row is None:
        return ""
    if row.mementos:
        best = row.mementos[0]
        return f"<br>{_link(best.uri_m, f'capture {capture(best)}')}"
    found = capture_of(row)
    return f"<br>{_text(found, SENTENCE)}" if found else ""


def _table(report: Report, document: DocumentRow, room: int, *, is_only: bool) -> Iterator[tuple[str, int]]:
    """Give a document's lines, and how many references each holds."""
    if not is_only:
        yield f"<h2>{_text(document.path, SENTENCE)}</h2>", 0
    for finding in document.findings:
        yield _placed(finding), 0
    rows = report.references(document.path)
    is_open = False
    for row in islice(rows, max(room, 0)):
        if not is_open:
            yield f"<table><caption>References of {_text(file_name(document), TEXT)}</caption>", 0
            yield f"<thead><tr>{''.join(f'<th scope=col>{name}' for name in _COLUMNS)}<tbody>", 0
            is_open = True
        yield _row(row), 1
    if is_open:
        yield "</table>", 0
    if more := sum(1 for _ in rows):
        yield f"<p>And {more:,} more; the JSON report has all.</p>", 0


def _placed(finding: PlacedFinding) -> str:
    place = f"Line {finding.line}: " if finding.line else ""
    ink = _INKS[finding.severity]
    return (
        f'<p class="{ink}">{place}<strong>{escape(finding.rule)}</strong>: {_said(finding.message, SENTENCE)} '
        f"→ {_said(finding.next, EXACT)}</p>"
    )


def _row(row: ReferenceRow) -> str:
    main = main_finding(row)
    ink = _INKS[main.severity] if main else "fine" if heap_of(row) is Heap.FINE else "note"
    text = f"“{_text(row.text, TEXT)}”<br>" if plain(row.text) and row.text not in {row.url, row.raw} else ""
    target = _link(row.url) if row.url else f"<code>{_text(row.raw, EXACT) or '(empty)'}</code>"
    return (
        f'<tr class="{ink}"><td>{row.line}:{row.column}<br>{escape(row.role.value)}'
        f"<td><strong>{escape(spoken(word_of(row)))}</strong><td>{text}{target}<td>{''.join(_details(row))}"
    )


def _details(row: ReferenceRow) -> Iterator[str]:
    said = said_of(row, notes=heap_of(row) not in {Heap.DO, Heap.DECIDE})
    for message in dict.fromkeys(finding.message for finding in said) or [row.reason.text]:
        yield f"<div>{_said(message, SENTENCE)}</div>"
    if stands := standing(row):
        yield f"<div>Over time: {_text(stands, SENTENCE)}</div>"
    replacement = replacement_of(row)
    if replacement:
        best = row.rescues[0] if row.rescues else None
        trust = f" (confidence {best.confidence:.2f}: {_text(best.message, SENTENCE)})" if best else ""
        yield f"<div>→ Replace with {_link(replacement)}{trust}</div>"
    for step in dict.fromkeys(finding.next for finding in said if finding.next):
        if not (replacement and replacement in step):
            yield f"<div>→ {_said(step, EXACT)}</div>"
    if waiting := later(row):
        yield f"<div>→ {_said(waiting, SENTENCE)}</div>"
    for rescue in row.rescues[1:6]:
        yield f"<div>or {_link(rescue.uri_m or rescue.url)} (confidence {rescue.confidence:.2f})</div>"
    if robust := robust_link(row):
        yield f"<details><summary>Robust link</summary><code>{escape(robust)}</code></details>"


def _how(report: Report, counted_by: Tally) -> Iterator[str]:
    run = report.run
    facts = [
        verdicts(report, counted_by),
        f"linkcheck {linkcheck.__version__}",
        f"run {run.id}",
        minute(run.finished or run.started),
        f"user agent {run.user_agent}",
        counted(run.requests, "request"),
        archives_asked(report, counted_by),
        f"not judged: {report.summary.undecided:,}"
        + (f", and {counted_by.unseen:,} by their content" if counted_by.unseen else ""),
        *((f"left out by design: {report.summary.by_design:,}",) if report.summary.by_design else ()),
        *((f"baseline: {excused(report.summary.baseline)}",) if report.summary.baseline else ()),
    ]
    yield f"<h2>How it was checked</h2><p>{' · '.join(_text(fact, SENTENCE) for fact in facts)}</p>"


def _link(url: str, label: str | None = None) -> str:
    shown = _text(label or url, EXACT)
    if uri.scheme_of(url) not in uri.WEB or plain(url) != url:
        return f"<code>{shown}</code>"
    return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{shown}</a>'


def _text(text: str | None, cells: int) -> str:
    return escape(end(text or "", cells))


def _said(text: str, cells: int) -> str:
    """Give a sentence; what stands between backticks in it is code."""
    return _QUOTED.sub(r"<code>\1</code>", _text(text, cells))


_QUOTED = re.compile("`([^`]+)`")
_MARKS = {"taken": "<del>{}</del>", "put": "<ins>{}</ins>", "kept": "{}"}
_INKS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_COLUMNS = ("Place", "Verdict", "What", "Why, and what to do")
_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}
caption{text-align:left;font-weight:bold}
th,td{border-bottom:1px solid #8886;padding:.4rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th[scope=row],td:first-child,td:first-child+td{white-space:nowrap;overflow-wrap:normal}
code{font-size:.9em}
.answer{font-size:1.15em;border-left:.4rem solid;padding-left:.8rem}
.answer.error,tr.error td:first-child,p.error{border-left:.4rem solid #d55e00}
.answer.warning,tr.warning td:first-child,p.warning{border-left:.4rem solid #e69f00}
.answer.fine,tr.fine td:first-child{border-left:.4rem solid #0072b2}
tr.note td:first-child,p.note{border-left:.4rem solid #8888}
p.error,p.warning,p.note{padding-left:.8rem}
"""

PLUGIN = Renderer(media_type="text/html", suffix=".html", render=render)
