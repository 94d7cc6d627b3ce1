"""One document in full: the answer, then what to do, what to decide, what is fine, and how it was checked.

A list ends after `MOST` entries, unless everything is wanted; then a count says how many more there are.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TextIO, TypeAlias

from msgspec import Struct
from rich.cells import cell_len

from linkcheck.model import (
    WRONG_PAGE,
    DocumentRow,
    PlacedFinding,
    ReasonCode,
    ReferenceRow,
    Report,
    RescueKind,
    Severity,
    Verdict,
)
from linkcheck.render.api import Style
from linkcheck.render.escape import plain, uncommanding
from linkcheck.render.fit import end, middle, pad, wrap
from linkcheck.render.ink import Paint, painter
from linkcheck.render.tally import Tally, numbered
from linkcheck.render.triage import (
    MISSING_FILE,
    Heap,
    candidates_of,
    has_error,
    heap_of,
    replacement_of,
    said_of,
    word_of,
)
from linkcheck.render.wording import (
    archives_asked,
    capture_of,
    copied,
    counted,
    duration,
    excused,
    file_name,
    later,
    minute,
    now_of,
    proof,
    published,
    sentences,
    shortened,
    slug_agreement,
    spoken,
    standing,
    verdicts,
)

MOST = 50
"""Entries of one list."""
LINES = 4
"""Lines of one explanation, and notes about the run."""
LABEL = 8
"""Cells of `was`, `why`, `now`, `do` with the space behind."""
GAP = 5
"""Cells between facts that stand side by side."""

Entry: TypeAlias = tuple[str, tuple[str, ...]]
"""The line of a reference or finding, and the lines of its details."""


class Page(Struct, frozen=True, kw_only=True):
    """What is written, for whom, and how wide its columns are, in cells."""

    report: Report
    document: DocumentRow
    counted_by: Tally
    style: Style
    paint: Paint
    width: int
    number: int
    word: int
    place: int

    @property
    def indent(self) -> int:
        """Cells before the word of a reference, and before the label of a detail."""
        return self.number + 3

    @property
    def is_verbose(self) -> bool:
        """Whether everything is wanted."""
        return self.style.verbose > 0


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
    wrong = (_placed(one, page) for one in findings if one.severity is not Severity.NOTE)
    noted = (_placed(one, page) for one in findings if one.severity is Severity.NOTE)
    yield from _head(page)
    yield from _answer(page)
    yield from _origin(page)
    heaps, said = page.counted_by.heaps, page.counted_by.documents
    notes = said[Severity.NOTE]
    yield from _section("TO DO", chain(_entries(page, Heap.DO), wrong), heaps[Heap.DO] + said.total() - notes, page)
    yield from _section("DECIDE", _entries(page, Heap.DECIDE), heaps[Heap.DECIDE], page)
    unchecked = heaps[Heap.WAITING] + heaps[Heap.DESIGN]
    yield from _section("NOT CHECKED", _entries(page, Heap.WAITING, Heap.DESIGN), unchecked, page)
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
        word = f"{_glyph(row)} {spoken(word_of(row))}"
        original.append(f"{page.paint(word, _ink(row))}  {middle(row.url or row.raw, room - cell_len(word) - 2)}")
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
        yield _row(number, row, page), tuple(_details(row, page))


def _row(number: int, row: ReferenceRow, page: Page) -> str:
    """Give number, glyph, word, place and role of a reference, and its text, or its address where that says more."""
    word = pad(end(spoken(word_of(row)), page.word), page.word)
    place = pad(f"{row.line}:{row.column}", page.place)
    start = f"{number:>{page.number}} {page.paint(f'{_glyph(row)} {word}', _ink(row))} {place} {row.role.value:<10} "
    room = page.width - page.indent - page.word - page.place - 13
    return start + (f'"{end(row.text, room - 2)}"' if _shows_text(row) else middle(row.url or row.raw or "#", room))


def _details(row: ReferenceRow, page: Page) -> Iterator[str]:
    """Give what it was, why that is so, what there is now, and what to do."""
    heap = heap_of(row)
    said = said_of(row, notes=page.is_verbose or heap is Heap.NOTED)
    best = row.rescues[0] if row.rescues else None
    candidates = candidates_of(row)
    recovered = best if best and best.kind is RescueKind.RECOVERED and not candidates else None
    if heap in {Heap.DO, Heap.DECIDE}:
        if recovered:
            yield from _labelled("was", [recovered.url], page)
        elif row.url and _shows_text(row):
            yield from _labelled("link", [middle(row.url, page.width - page.indent - LABEL)], page)
    why = [
        one.message if one.rule in {row.verdict, word_of(row), MISSING_FILE} else f"{one.rule}: {one.message}"
        for one in said
    ]
    why += [shortened(recovered)] if recovered else []
    why += [f"{counted(len(candidates), 'candidate')}: it cannot be told which is meant"] if candidates else []
    is_told = page.is_verbose or row.reason.code is ReasonCode.ACCEPTED
    yield from _labelled("why", why or ([row.reason.text] if is_told else []), page)
    if stands := standing(row, always=page.is_verbose):
        yield from _labelled("stands", [stands], page)
    is_wrong = word_of(row) == WRONG_PAGE
    if (
        heap in {Heap.DO, Heap.DECIDE}
        and row.verdict is not Verdict.ALIVE
        and not is_wrong
        and (now := capture_of(row))
    ):
        shown = proof(row.mementos[0]) if row.mementos and page.is_verbose else None
        yield from _labelled("now", [now, *([shown] if shown else [])], page)
    if recovered and (state := now_of(recovered)):
        yield from _labelled("now", [f"{state}; confidence {recovered.confidence:.2f}"], page)
    do = [one.next for one in (row.findings if heap is Heap.FINE else said)]
    if (
        recovered or candidates
    ):  # what is to be put here is known; what else could be done about the link does not matter
        do = do[:1]
    if step := later(row):
        do.append(step)
    replacement = replacement_of(row)
    if replacement and not any(replacement in one for one in do):
        do.append(f"Put this URL in line {row.line}: {replacement}")
    yield from _labelled("do", do, page)


def _placed(finding: PlacedFinding, page: Page) -> Entry:
    """Give a finding about the document itself."""
    glyph, ink = _SEVERITIES[finding.severity]
    word = pad(end(finding.rule, 24), page.word)
    place = f"{finding.line}:{finding.column or 1}" if finding.line else ""
    start = f"{' ' * page.number} {page.paint(f'{glyph} {word}', ink)} {pad(place, page.place)} "
    room = page.width - page.indent - cell_len(word) - page.place - 2
    short = end(finding.message, room)
    why = [] if short == plain(finding.message) else [finding.message]
    details = (*_labelled("why", why, page), *_labelled("do", [finding.next], page))
    return start + ("" if why else short), details


def _labelled(label: str, texts: Iterable[str], page: Page) -> Iterator[str]:
    """Give a detail under its label; equal ones once."""
    room = page.width - page.indent - LABEL
    lines = (line for text in dict.fromkeys(texts) for line in wrap(text, room, None if label == "do" else LINES))
    for position, line in enumerate(lines):
        yield f"{' ' * page.indent}{page.paint(pad('' if position else label, LABEL), 'dim')}{line}"


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


def _shows_text(row: ReferenceRow) -> bool:
    return heap_of(row) in {Heap.DO, Heap.DECIDE, Heap.NOTED} and bool(row.text.strip())


def _glyph(row: ReferenceRow) -> str:
    return _HEAPS[heap_of(row)][0] if not has_error(row) else _SEVERITIES[Severity.ERROR][0]


def _ink(row: ReferenceRow) -> str:
    return _HEAPS[heap_of(row)][1] if not has_error(row) else _SEVERITIES[Severity.ERROR][1]


_SEVERITIES = {Severity.ERROR: ("✗", "error"), Severity.WARNING: ("!", "warning"), Severity.NOTE: ("·", "dim")}
_HEAPS = {
    Heap.DO: ("!", "warning"),
    Heap.DECIDE: ("?", "warning"),
    Heap.WAITING: ("-", "warning"),
    Heap.DESIGN: ("-", "dim"),
    Heap.NOTED: ("·", "dim"),
    Heap.FINE: ("✔", "fine"),
}
