"""One document in full: the answer, then what to do, what to decide, what is fine, and how it was checked.

A list ends after `MOST` entries, unless everything is wanted; then a count says how many more there are.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TextIO

from rich.cells import cell_len

from linkcheck.model import DocumentRow, ReasonCode, Report, Severity
from linkcheck.render.answer import archives_asked, excused, sentences, verdicts
from linkcheck.render.api import Style
from linkcheck.render.counting import counted, duration, minute
from linkcheck.render.escape import plain, uncommanding
from linkcheck.render.fit import end, middle, pad, wrap
from linkcheck.render.full_entry import LINES, Entry, Page, entry_of, glyph_of, ink_of, placed
from linkcheck.render.ink import painter
from linkcheck.render.tally import Tally, numbered
from linkcheck.render.triage import Heap, word_of
from linkcheck.render.wording import capture_of, copied, file_name, proof, published, slug_agreement, spoken

MOST = 50
"""Entries of one list."""
GAP = 5
"""Cells between facts that stand side by side."""


def write_full(report: Report, document: DocumentRow, counted_by: Tally, style: Style, out: TextIO) -> None:
    """Write the full form."""
    page = Page(
        report=report,
        document=document,
        counted_by=counted_by,
        style=style,
        paint=painter(colour=style.colour),
        width=max(style.width, 60),
        number=max(2, counted_by.number_width),
        word=max(11, min(counted_by.word_width, 16)),
        place=max(6, counted_by.place_width),
    )
    out.writelines(
        f"{uncommanding(line.rstrip())}\n" for line in (_answer(page) if style.verbose < 0 else _lines(page))
    )


def _lines(page: Page) -> Iterator[str]:
    findings = page.document.findings
    wrong = (placed(one, page) for one in findings if one.severity is not Severity.NOTE)
    noted = (placed(one, page) for one in findings if one.severity is Severity.NOTE)
    yield from _head(page)
    yield from _answer(page)
    yield from _origin(page)
    heaps, said = page.counted_by.heaps, page.counted_by.documents
    notes = said[Severity.NOTE]
    yield from _section("TO DO", chain(_entries(page, Heap.DO), wrong), heaps[Heap.DO] + said.total() - notes, page)
    yield from _section("DECIDE", _entries(page, Heap.DECIDE), heaps[Heap.DECIDE], page)
    controls = 0 if page.is_verbose else page.counted_by.by_design[ReasonCode.CONTROL.value]
    unchecked = heaps[Heap.WAITING] + heaps[Heap.DESIGN] - controls
    yield from _section("NOT CHECKED", _without_controls(page), unchecked, page)
    if controls:
        yield from () if unchecked else ("", page.paint("NOT CHECKED", "bold"))
        shown = counted(controls, "control or part", "controls or parts")
        yield f"{' ' * page.indent}{shown} of the page itself (-v lists)"
    yield from _section("FINE", _entries(page, Heap.FINE), heaps[Heap.FINE], page)
    yield from _section("NOTES", chain(_entries(page, Heap.NOTED), noted), heaps[Heap.NOTED] + notes, page)
    yield ""
    yield from _foot(page)


def _head(page: Page) -> Iterator[str]:
    checked = plain(f"checked {minute(page.report.run.finished or page.report.run.started)}")
    room = page.width - len(checked)
    name = pad(middle(file_name(page.document), room - 2), room)
    yield page.paint(name, "bold") + page.paint(checked, "dim")
    if page.document.title:
        yield page.paint(end(page.document.title, page.width), "bold")


def _answer(page: Page) -> Iterator[str]:
    run, counted_by = page.report.run, page.counted_by
    ink = "error" if counted_by.errors else "warning" if counted_by.warnings or not run.complete else "fine"
    for note in run.notes[:LINES]:
        for line in wrap(f"{'Note' if run.complete else 'Incomplete'}: {note}", page.width, LINES):
            yield page.paint(line, "warning")
    for line in wrap(sentences(page.report, page.document, counted_by), page.width):
        yield page.paint(line, ink)


def _origin(page: Page) -> Iterator[str]:
    """Say what the article claims to be, and what became of its original."""
    document, row = page.document, page.counted_by.original
    room = page.width - 12
    dated, slug = published(document), slug_agreement(document)
    claims = [
        slug and f"headline and URL slug {slug}",
        document.author and f"by {document.author}",
        *(f"photo: {claim.value}" for claim in document.claims if claim.field == "photo"),
    ]
    article = list(wrap(f"published {dated}", room, LINES)) if dated else []
    article += _in_columns([claim for claim in claims if claim], room)
    original = []
    if row:
        word = f"{glyph_of(row)} {spoken(word_of(row))}"
        original.append(f"{page.paint(word, ink_of(row))}  {middle(row.url or row.raw, room - cell_len(word) - 2)}")
        original.extend(wrap(capture_of(row) or "", room, LINES))
        if page.is_verbose and row.mementos and (shown := proof(row.mementos[0])):
            original.extend(wrap(shown, room, LINES))
    elif document.original:
        original.append(middle(document.original, room))
    if said := copied(document):
        original.extend(wrap(f"copy: {said}", room, LINES))
    if article or original:
        yield ""
    for label, lines in (("Article", article), ("Original", original)):
        for position, line in enumerate(lines):
            yield f"  {page.paint(pad('' if position else label, 10), 'dim')}{line}"


def _in_columns(texts: Iterable[str], room: int) -> Iterator[str]:
    """Put short texts side by side, as many as there is room for."""
    line = ""
    for text in texts:
        first, *more = wrap(text, room, LINES)
        if line and cell_len(line) + GAP + cell_len(first) <= room and not more:
            line += " " * GAP + first
            continue
        if line:
            yield line
        yield from [first, *more][:-1]
        line = [first, *more][-1]
    if line:
        yield line


def _section(title: str, entries: Iterable[Entry], size: int, page: Page) -> Iterator[str]:
    """Give a list under its title, and nothing if it is empty; details that entries in a row share stand once.

    `size` is how many entries there are: those that are not shown are not made, either.
    """
    shown = entries if page.is_verbose else islice(entries, min(MOST, size))
    for position, (details, group) in enumerate(groupby(shown, key=itemgetter(1))):
        if not position:
            yield from ("", page.paint(title, "bold"))
        yield from (line for line, _ in group)
        yield from details
    if (more := size - MOST) > 0 and not page.is_verbose:
        yield f"{' ' * page.indent}and {more:,} more (-v lists all)"


def _entries(page: Page, *heaps: Heap) -> Iterator[Entry]:
    for number, row in numbered(page.report.references(), *heaps):
        yield entry_of(number, row, page)


def _without_controls(page: Page) -> Iterator[Entry]:
    """Yield what was not checked; buttons and menus of a saved page, which may be hundreds, only on request."""
    for number, row in numbered(page.report.references(), Heap.WAITING, Heap.DESIGN):
        if page.is_verbose or row.reason.code is not ReasonCode.CONTROL:
            yield entry_of(number, row, page)


def _foot(page: Page) -> Iterator[str]:
    summary, run, style = page.report.summary, page.report.run, page.style
    yield from wrap(verdicts(page.report, page.counted_by), page.width)
    facts = (
        f"undecided {summary.undecided:,}"
        + (f" (and {page.counted_by.unseen:,} by their content)" if page.counted_by.unseen else ""),
        archives_asked(page.report, page.counted_by),
        f"{counted(run.requests, 'request')} in {duration(run.elapsed_ms)}",
        *((f"baseline: {excused(summary.baseline)}",) if summary.baseline else ()),
    )
    in_a_row = " - ".join(facts)
    for line in [in_a_row] if cell_len(in_a_row) <= page.width else facts:
        yield from wrap(line, page.width)
    exits = f"exit {style.exit_code}" if style.exit_code is not None else ""
    path = f"report  {plain(style.report_path)}" if style.report_path else ""
    if cell_len(path) + len(exits) + 2 > page.width:
        yield path
        path = ""
    if path or exits:
        yield pad(path, page.width - len(exits)) + exits
