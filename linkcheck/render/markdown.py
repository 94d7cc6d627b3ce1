"""The report to read, keep and share: Markdown as GitHub renders it.

One document: the answer, what to do now, what to decide, what to paste, everything, and how it was checked. Many:
the totals, and a section for each document that has something to say. A report stays of a size that people and GitHub
can open: lists end with a count.
"""

from collections.abc import Iterator
from itertools import islice
from typing import TextIO

import linkcheck
from linkcheck.model import WRONG_PAGE, Claim, DocumentRow, Finding, ReferenceRow, Report, RescueKind, Severity, Verdict
from linkcheck.render.api import Renderer, Style
from linkcheck.render.differences import differences, pieces, where
from linkcheck.render.escape import address, code, fence_for, inline, link, plain, sentence
from linkcheck.render.fit import EXACT, end
from linkcheck.render.paste import changes
from linkcheck.render.robust import robust_link
from linkcheck.render.tally import Tally, numbered, only_document, tally
from linkcheck.render.triage import Heap, candidates_of, heap_of, main_finding, replacement_of, said_of, word_of
from linkcheck.render.wording import (
    all_fine,
    answer,
    archives_asked,
    capture,
    capture_of,
    copied,
    counted,
    excused,
    file_name,
    is_all_fine,
    later,
    lead,
    minute,
    now_of,
    proof,
    shortened,
    slug_agreement,
    spoken,
    standing,
    standing_word,
)

ITEMS = 200
"""Entries of one list about one document."""
ROWS = 1000
"""Rows of the table of everything, and entries about many documents in all."""
EACH = 50
"""Entries about one of many documents."""
NOTES = 10
TEXT, SPEAKER = 60, 120
"""Cells of an anchor text."""
SENTENCE = 300
"""Cells of a reason or a piece of evidence."""


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
    yield from _paste(report, document)
    yield from _robust(report)
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
        yield from _item(f"{position}. ", _headline(row), *_details(row))
    yield from _more(sum(1 for _ in items))
    wrong = [finding for finding in document.findings if finding.severity is not Severity.NOTE]
    if wrong and not position:
        yield from ("", "## Do now")
    for number, finding in enumerate(wrong[:ITEMS], position + 1):
        line = f"Line {finding.line}" if finding.line else "The text"
        details = (sentence(end(text, EXACT)) for text in (finding.message, finding.next))
        yield from _item(f"{number}. ", f"**{line}**: {inline(finding.rule)}", *(f"- {text}" for text in details))
    yield from _more(len(wrong) - ITEMS)


def _decide(report: Report) -> Iterator[str]:
    items = numbered(report.references(), Heap.DECIDE)
    for position, (_, row) in enumerate(islice(items, ITEMS)):
        if not position:
            yield from ("", "## Decide")
        yield from _item("- ", _headline(row), *_details(row))
    yield from _more(sum(1 for _ in items))


def _notes(document: DocumentRow) -> Iterator[str]:
    """Give what is said of the text as a whole and accuses nobody; its next step may be the one that helps most."""
    noted = [finding for finding in document.findings if finding.severity is Severity.NOTE]
    if noted:
        yield from ("", "## Notes")
    for finding in noted[:ITEMS]:
        place = f"{finding.line}:{finding.column or 1}" if finding.line else "all"
        yield _entry(place, inline(finding.rule), finding)
    yield from _more(len(noted) - ITEMS)


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
    yield from _more(len(found) - ITEMS)


def _item(marker: str, first: str, *lines: str) -> Iterator[str]:
    """Give a list item; what belongs to it is indented as far as its marker is wide."""
    yield f"{marker}{first}"
    yield from (f"{' ' * len(marker)}{line}" if line else "" for line in lines)


def _headline(row: ReferenceRow) -> str:
    text = plain(row.text)
    what = f', "{inline(end(text, TEXT))}"' if text else ""
    word = "lost target" if row.verdict is Verdict.PLACEHOLDER else inline(spoken(word_of(row)))
    return f"**Line {row.line}{what}**: {word}"


def _details(row: ReferenceRow) -> Iterator[str]:
    """Give what stands below an entry: why, the replacement, what to do, and the evidence."""
    said = said_of(row, notes=False)
    if row.verdict is not Verdict.PLACEHOLDER:
        yield f"- {code(end(row.raw, EXACT))}"
    yield from dict.fromkeys(f"- {sentence(end(finding.message, SENTENCE))}" for finding in said)
    if stands := standing(row):
        yield f"- Over time: {inline(stands)}"
    replacement = replacement_of(row)
    if replacement:
        yield f"- {_replacement(row, replacement)}"
    elif row.verdict is not Verdict.ALIVE and word_of(row) != WRONG_PAGE and (found := capture_of(row)):
        best = row.mementos[0] if row.mementos else None
        yield f"- {link(inline(found), best.uri_m) if best else inline(end(found, SENTENCE))}"
    todo = (finding.next for finding in said if not (replacement and replacement in finding.next))
    yield from dict.fromkeys(f"- {sentence(end(text, EXACT))}" for text in todo if text)
    if candidates := candidates_of(row):
        yield from ("", "| | Candidate | Title | Now | Score |", "|---|---|---|---|--:|")
        for letter, one in zip("abcde", candidates, strict=False):
            title = inline(end(str(one.evidence.get("title", "")), TEXT))
            now = sentence(end(now_of(one) or "", SENTENCE))
            yield f"| {letter}) | {code(end(one.uri_m or one.url, EXACT))} | {title} | {now} | {one.confidence:.2f} |"
        yield ""
    if evidence := list(_evidence(row)):
        yield from ("<details><summary>Evidence</summary>", "", *evidence, "", "</details>", "")


def _replacement(row: ReferenceRow, replacement: str) -> str:
    """Say what to put there, and how far it can be trusted."""
    if not row.rescues:
        return f"Use {link(inline(f'capture {capture(row.mementos[0])}'), replacement)}"
    best = row.rescues[0]
    if best.kind is RescueKind.MEMENTO:
        label = next((f"capture {capture(one)}" for one in row.mementos if one.uri_m == replacement), best.message)
        return f"Use {link(inline(end(label, SENTENCE)), replacement)}"
    if best.kind is not RescueKind.RECOVERED:
        trust = f"{inline(end(best.message, SENTENCE))}, confidence {best.confidence:.2f}"
        return f"Replace with {code(end(replacement, EXACT))} ({trust})"
    state = inline(end(now_of(best) or "", SENTENCE))
    now = f"{state}{', ' if state else ''}confidence {best.confidence:.2f}"
    why = inline(end(shortened(best), SENTENCE))
    if best.uri_m:
        return f"It was {code(end(best.url, EXACT))} ({now}); use {code(end(replacement, EXACT))}. Why: {why}"
    return f"Replace with {code(end(replacement, EXACT))} ({now}). Why: {why}"


def _evidence(row: ReferenceRow) -> Iterator[str]:
    """Give what findings, rescues and archives rest on, as far as it says more than their words."""
    sources = [(finding.rule, finding.evidence) for finding in row.findings]
    sources += [(rescue.kind.value, rescue.evidence) for rescue in row.rescues[:5]]
    for name, evidence in sources:
        told = {key: str(value) for key, value in evidence.items() if key != "reason" and value is not None}
        pairs = [f"{inline(key)} {code(end(value, SENTENCE))}" for key, value in told.items()]
        if pairs:
            yield f"- {inline(name)}: {', '.join(pairs[:20])}"
    for archive in row.archives:
        words = [archive.answer.value, archive.reason, archive.at and f"at {minute(archive.at)}"]
        yield f"- {inline(archive.archive)}: {inline(end(', '.join(word for word in words if word), SENTENCE))}"
    for memento in row.mementos[:5]:
        if shown := proof(memento):
            said = f"{memento.archive}, capture of {memento.datetime[:10]}: {shown}"
            yield f"- {inline(end(said, SENTENCE))}"


def _paste(report: Report, document: DocumentRow) -> Iterator[str]:
    """Give the lines that replacements change, as they stand and as they should read."""
    proposed = ((row, replacement_of(row)) for row in report.references() if heap_of(row) in {Heap.DO, Heap.FINE})
    ready = ((row, replacement) for row, replacement in proposed if replacement and len(replacement) <= EXACT)
    shown = list(islice(ready, ITEMS))
    source = report.source(document)
    lines, seen = [], set()
    for one, rows in changes(source, document, shown) if source is not None else ():
        seen |= {row.fingerprint for row in rows}
        doubts = dict.fromkeys(doubt for row in rows if (doubt := _doubt(row, replacement_of(row))))
        lines += [" ".join([f"@@ line {one.line}, bytes {one.start}-{one.end} @@", *doubts])]
        lines += [f"-{one.old}", f"+{one.new}"]
    for row, replacement in shown:  # the text was not kept, or is packed: the elements stand for it
        if source is None or row.fingerprint not in seen:
            lines += _reworded(row, replacement, document.media_type)
    if not lines:
        return
    fence = fence_for("\n".join(lines), 3)
    yield from ("", "## Paste this", "`-` as it stands, `+` as it should read.", "", f"{fence}diff", *lines, fence)
    yield from _more(sum(1 for _ in ready))


def _doubt(row: ReferenceRow, replacement: str | None) -> str:
    """Say of a capture that nobody has looked at it."""
    best = next((one for one in row.mementos if one.uri_m == replacement), None)
    return f"capture {plain(capture(best))}" if best and not best.validated else ""


def _reworded(row: ReferenceRow, replacement: str, media_type: str) -> Iterator[str]:
    yield " ".join(filter(None, (f"@@ line {row.line} @@", _doubt(row, replacement))))
    yield f"-{_pasted(row, row.raw, media_type)}"
    yield f"+{_pasted(row, replacement, media_type)}"


def _robust(report: Report) -> Iterator[str]:
    """Offer links that carry their capture along, for pages in HTML."""
    found = ((row, made) for row in report.references() if heap_of(row) is Heap.DO and (made := robust_link(row)))
    lines = [f"{row.line}: {plain(made)}" for row, made in islice(found, ITEMS) if len(made) <= EXACT]
    if lines:
        fence = fence_for("\n".join(lines), 3)
        yield from ("", "## Robust links", "For HTML: the link and its archived copy in one.", "")
        yield from (f"{fence}html", *lines, fence, *_more(sum(1 for _ in found)))


def _pasted(row: ReferenceRow, replacement: str, media_type: str) -> str:
    url, text = plain(replacement), plain(row.text)
    if "html" not in media_type and len(text) < EXACT:
        target = address(url) if any(sign in url for sign in "()<> \\") else url
        label = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        url = {"link": f"[{label}]({target})", "image": f"![{label}]({target})", "autolink": address(url)}.get(
            row.element, url
        )
    return url


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
    yield from _more(sum(1 for _ in rows))


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
            yield from ("", f"## {inline(document.path)}", *lines, *_more(more))
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


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield from ("", f"And {count:,} more; the JSON report has all.")


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
