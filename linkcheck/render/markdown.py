"""The report to read, keep and share: Markdown as GitHub renders it.

One document: the answer, what to do now, what to decide, what to paste, everything, and how it was checked. Many:
the totals, and a section for each document that has something to say. A report stays of a size that people and GitHub
can open: lists end with a count.
"""

from collections.abc import Iterator
from itertools import islice
from typing import TextIO

import linkcheck
from linkcheck.model import Claim, DocumentRow, Finding, ReferenceRow, Report, Severity, Verdict
from linkcheck.render.answer import all_fine, answer, archives_asked, excused, is_all_fine, lead
from linkcheck.render.api import Renderer, Style
from linkcheck.render.counting import counted, minute
from linkcheck.render.differences import differences, pieces, where
from linkcheck.render.escape import code, inline, link, sentence
from linkcheck.render.fit import EXACT, end
from linkcheck.render.markdown_entry import ITEMS, SENTENCE, TEXT, and_more, details, headline, item
from linkcheck.render.markdown_paste import paste, robust
from linkcheck.render.tally import Tally, numbered, only_document, tally
from linkcheck.render.triage import Heap, heap_of, main_finding, replacement_of, word_of
from linkcheck.render.wording import (
    capture,
    capture_of,
    copied,
    file_name,
    later,
    slug_agreement,
    spoken,
    standing_word,
)

ROWS = 1000
"""Rows of the table of everything, and entries about many documents in all."""
EACH = 50
"""Entries about one of many documents."""
NOTES = 10
SPEAKER = 120
"""Cells of who says so."""


def render(report: Report, out: TextIO, style: Style) -> None:  # noqa: ARG001 - all renderers are called alike
    """Write the report as Markdown."""
    document = only_document(report)
    counted_by = tally(report)
    lines = _one(report, document, counted_by) if document else _many(report, counted_by)
    out.writelines(f"{line}\n" for line in _with_single_blanks(lines))


def _with_single_blanks(lines: Iterator[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line


def _one(report: Report, document: DocumentRow, counted_by: Tally) -> Iterator[str]:
    yield f"# Link report: {inline(end(document.title or file_name(document), 120))}"
    yield from _answer(report, document, counted_by)
    yield from _article(document, counted_by)
    yield from _do_now(report, document)
    yield from _decide(report)
    yield from _notes(document)
    yield from _copy(document)
    yield from paste(report, document)
    yield from robust(report)
    yield from _everything(report)
    yield from _how(report, counted_by)


def _many(report: Report, counted_by: Tally) -> Iterator[str]:
    summary = report.summary
    yield "# Link report"
    yield from _answer(report, None, counted_by)
    yield ""
    read = f"{counted(summary.documents, 'file')}, {counted(summary.references, 'reference')}"
    yield f"{read}, {counted(summary.links, 'link')}."
    if summary.reference_verdicts:
        yield from ("", "| Verdict | References |", "|---|--:|")
        for verdict in Verdict:
            if count := summary.reference_verdicts.get(verdict, 0):
                yield f"| {verdict.value} | {count:,} |"
    yield from _sections(report)
    yield from _how(report, counted_by)


def _answer(report: Report, document: DocumentRow | None, counted_by: Tally) -> Iterator[str]:
    if is_all_fine(report, counted_by):
        yield from ("", f"**{all_fine(report, counted_by)}.**")
    else:
        sentences = [f"{said[:1].upper()}{said[1:]}." for said in answer(report, counted_by)]
        yield from ("", " ".join([f"**{lead(report, document, counted_by, 'Not ready to {}')}.**", *sentences]))
    if report.run.notes:
        yield ""
        word = "Note" if report.run.complete else "Incomplete"
        yield from (f"> **{word}:** {inline(end(note, SENTENCE))}  " for note in report.run.notes[:NOTES])
        if len(report.run.notes) > NOTES:
            yield f"> and {counted(len(report.run.notes) - NOTES, 'more note')}"


def _article(document: DocumentRow, counted_by: Tally) -> Iterator[str]:
    """Say what the article claims to be, and who says so."""
    row = counted_by.original
    rows = []
    for label, field in _FACTS:
        claims = [claim for claim in document.claims if claim.field == field]
        if claims:
            value = (slug_agreement(document) or "") if field == "slug" else claims[0].value
            rows.append((label, inline(end(value, TEXT)), _said_by(claims)))
    if original := (row and row.url) or document.original:
        told = f"{spoken(word_of(row))}: {sentence(end(row.reason.text, SENTENCE))}" if row else "stated"
        rows.append(("Original", told, link("address", original)))
    if row and row.mementos:
        best = row.mementos[0]
        rows.append(("Capture", inline(capture(best)), link(inline(best.archive), best.uri_m)))
    elif row and (found := capture_of(row)):
        rows.append(("Capture", inline(found), ""))
    if copy := document.copy:
        by = link(f"capture of {copy.datetime[:10]}", copy.uri_m) if copy.datetime and copy.uri_m else "live original"
        rows.append(("Copy", inline(copied(document) or ""), by))
    if rows:
        yield from ("", "| The article | | Said by |", "|---|---|---|")
        yield from (f"| {' | '.join(cells)} |" for cells in rows)


def _said_by(claims: list[Claim]) -> str:
    """Give who says so, with lines; who says something else is named with what is said instead."""
    first = claims[0].value
    said: dict[str, None] = {}
    for claim in claims:
        speaker, comma, others = claim.said_by.partition(", ")
        where = f" ({claim.line})" if claim.line else ""
        differs = "" if claim.value[:10] == first[:10] else f": {claim.value}"
        said[end(f"{speaker}{where}{comma}{others}{differs}", SPEAKER)] = None
    agree = ": agree" if len(said) > 1 and all(claim.value[:10] == first[:10] for claim in claims) else ""
    return inline(", ".join(said)) + agree


def _do_now(report: Report, document: DocumentRow) -> Iterator[str]:
    items = numbered(report.references(), Heap.DO)
    position = 0
    for position, (_, row) in enumerate(islice(items, ITEMS), 1):
        if position == 1:
            yield from ("", "## Do now")
        yield from item(f"{position}. ", headline(row), *details(row))
    yield from and_more(sum(1 for _ in items))
    wrong = [finding for finding in document.findings if finding.severity is not Severity.NOTE]
    if wrong and not position:
        yield from ("", "## Do now")
    for number, finding in enumerate(wrong[:ITEMS], position + 1):
        line = f"Line {finding.line}" if finding.line else "The text"
        told = (sentence(end(text, EXACT)) for text in (finding.message, finding.next))
        yield from item(f"{number}. ", f"**{line}**: {inline(finding.rule)}", *(f"- {text}" for text in told))
    yield from and_more(len(wrong) - ITEMS)


def _decide(report: Report) -> Iterator[str]:
    items = numbered(report.references(), Heap.DECIDE)
    for position, (_, row) in enumerate(islice(items, ITEMS)):
        if not position:
            yield from ("", "## Decide")
        yield from item("- ", headline(row), *details(row))
    yield from and_more(sum(1 for _ in items))


def _notes(document: DocumentRow) -> Iterator[str]:
    """Give what is said of the text as a whole and accuses nobody; its next step may be the one that helps most."""
    noted = [finding for finding in document.findings if finding.severity is Severity.NOTE]
    if noted:
        yield from ("", "## Notes")
    for finding in noted[:ITEMS]:
        place = f"{finding.line}:{finding.column or 1}" if finding.line else "all"
        yield _entry(place, inline(finding.rule), finding)
    yield from and_more(len(noted) - ITEMS)


def _copy(document: DocumentRow) -> Iterator[str]:
    """Give the paragraphs that are not those of the original, in order, with their words side by side."""
    found = differences(document.copy)
    if not found:
        return
    yield from ("", "## Beside the original", "~~Taken out~~, **put in**:", "")
    for one, word in found[:ITEMS]:
        said = " ".join(
            _MARKS[kind].format(inline(end(text.strip(), EXACT))) for kind, text in pieces(one, word) if text.strip()
        )
        yield f"- **{where(one, word)}**, {word}: {said}"
    yield from and_more(len(found) - ITEMS)


def _everything(report: Report) -> Iterator[str]:
    rows = report.references()
    for position, row in enumerate(islice(rows, ROWS)):
        if not position:
            yield from ("", "## Everything", "| Line | Role | Text | Verdict | Reason | Next |")
            yield "|--:|---|---|---|---|---|"
        text = inline(end(row.text, TEXT)) or f"({inline(row.element)})"
        word = spoken(word_of(row))
        main = main_finding(row)
        reason = sentence(end(main.message if main else row.reason.text, SENTENCE))
        stands = f" ({inline(standing_word(row))})" if row.standing else ""
        cells = (str(row.line), row.role.value, text, f"{inline(word)}{stands}", reason, _next(row))
        yield f"| {' | '.join(cells)} |"
    yield from and_more(sum(1 for _ in rows))


def _next(row: ReferenceRow) -> str:
    finding = main_finding(row)
    if (replacement := replacement_of(row)) and finding:
        return link("replace", replacement)
    return sentence(end(finding.next, SENTENCE)) if finding else sentence(later(row) or "none")


def _sections(report: Report) -> Iterator[str]:
    """Give a section for each document that has something to say, until there are too many."""
    written = unwritten = 0
    for document in report.documents():
        room = min(EACH, ROWS - written)
        lines: list[str] = []
        more = 0
        for line in _entries(report, document):
            if len(lines) < room:
                lines.append(line)
            else:
                more += 1
        if lines:
            yield from ("", f"## {inline(document.path)}", *lines, *and_more(more))
            written += len(lines)
        else:
            unwritten += more
    if unwritten:
        yield from ("", f"And {unwritten:,} more in further files; the JSON report has all.")


def _entries(report: Report, document: DocumentRow) -> Iterator[str]:
    for finding in document.findings:
        if finding.severity is not Severity.NOTE:
            place = f"{finding.line}:{finding.column or 1}" if finding.line else "all"
            yield _entry(place, inline(finding.rule), finding)
    for row in report.references(document.path):
        if heap_of(row) in {Heap.DO, Heap.DECIDE} and (main := main_finding(row)):
            yield _entry(f"{row.line}:{row.column}", f"{inline(spoken(word_of(row)))} {code(end(row.raw, 120))}", main)


def _entry(place: str, what: str, finding: Finding) -> str:
    return f"- **{place}** {what}: {sentence(end(finding.message, SENTENCE))} → {sentence(end(finding.next, EXACT))}"


def _how(report: Report, counted_by: Tally) -> Iterator[str]:
    run, summary = report.run, report.summary
    facts = [f"linkcheck {linkcheck.__version__}", f"run {inline(run.id)}", inline(minute(run.finished or run.started))]
    facts += [f"user agent {code(end(run.user_agent, SENTENCE))}"] if run.user_agent else []
    facts += [counted(run.requests, "request"), archives_asked(report, counted_by)]
    unseen = f", and {counted_by.unseen:,} by their content" if counted_by.unseen else ""
    facts += [f"not judged: {summary.undecided:,}{unseen}"]
    facts += [f"left out by design: {summary.by_design:,}"] if summary.by_design else []
    facts += [f"baseline: {excused(summary.baseline)}"] if summary.baseline else []
    facts += [f"repeat: {code(f'linkcheck report {run.id}')}"] if run.kept else []
    yield from ("", "## How it was checked", " · ".join(facts))


_MARKS = {"taken": "~~{}~~", "put": "**{}**", "kept": "{}"}
_FACTS = (
    ("Published", "published"),
    ("Headline / slug", "slug"),
    ("Author", "author"),
    ("Photo", "photo"),
    ("Publisher", "publisher"),
    ("Modified", "modified"),
    ("Language", "language"),
    ("Licence", "license"),
)

PLUGIN = Renderer(media_type="text/markdown", suffix=".md", render=render, shows_source=True)
