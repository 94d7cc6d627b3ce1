"""One entry of a list on a terminal: the line of a reference or finding, and what stands below it."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

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
from linkcheck.render.counting import counted
from linkcheck.render.escape import plain
from linkcheck.render.fit import end, middle, pad, wrap
from linkcheck.render.ink import Paint
from linkcheck.render.tally import Tally
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
from linkcheck.render.wording import capture_of, later, now_of, proof, shortened, spoken, standing

LINES = 4
"""Lines of one explanation, and notes about the run."""

LABEL = 8
"""Cells of `was`, `why`, `now`, `do` with the space behind."""

_SEVERITIES = {Severity.ERROR: ("✗", "error"), Severity.WARNING: ("!", "warning"), Severity.NOTE: ("·", "dim")}

_HEAPS = {
    Heap.DO: ("!", "warning"),
    Heap.DECIDE: ("?", "warning"),
    Heap.WAITING: ("-", "warning"),
    Heap.DESIGN: ("-", "dim"),
    Heap.NOTED: ("·", "dim"),
    Heap.FINE: ("✔", "fine"),
}

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


def entry_of(number: int, row: ReferenceRow, page: Page) -> Entry:
    """Give a reference as an entry."""
    return _line(number, row, page), tuple(_details(row, page))


def _line(number: int, row: ReferenceRow, page: Page) -> str:
    """Give number, glyph, word, place and role of a reference, and its text, or its address where that says more."""
    word = pad(end(spoken(word_of(row)), page.word), page.word)
    place = pad(f"{row.line}:{row.column}", page.place)
    start = (
        f"{number:>{page.number}} {page.paint(f'{glyph_of(row)} {word}', ink_of(row))} {place} {row.role.value:<10} "
    )
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


def placed(finding: PlacedFinding, page: Page) -> Entry:
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


def _shows_text(row: ReferenceRow) -> bool:
    return heap_of(row) in {Heap.DO, Heap.DECIDE, Heap.NOTED} and bool(row.text.strip())


def glyph_of(row: ReferenceRow) -> str:
    """Give the sign that says with colour, and without it, how bad it is."""
    return _HEAPS[heap_of(row)][0] if not has_error(row) else _SEVERITIES[Severity.ERROR][0]


def ink_of(row: ReferenceRow) -> str:
    """Give the ink of that sign."""
    return _HEAPS[heap_of(row)][1] if not has_error(row) else _SEVERITIES[Severity.ERROR][1]
