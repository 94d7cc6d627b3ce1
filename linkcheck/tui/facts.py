"""What there is to say about one reference: why, what was seen, what the archives hold, what to do. Pure."""

from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct
from textual.content import Content

from linkcheck.model import Check, DocumentRow, Finding, ReferenceRow, Role, Severity
from linkcheck.render.counting import duration
from linkcheck.render.escape import plain
from linkcheck.render.triage import said_of
from linkcheck.render.wording import capture, capture_of, copied, proof, standing
from linkcheck.tui.entry import Entry

LABEL = 10
"""Cells of a label with the space behind."""
MOST = 20
"""Pieces of evidence, hops and captures that are shown of each."""
LONGEST = 2048
"""Characters of one fact."""


_INK_OF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "quiet"}


class Fact(Struct, frozen=True):
    """One statement under its label; a label that is empty goes on with the one before."""

    label: str
    text: str
    ink: str = ""
    """`error`, `warning`, `fine`, `quiet`, or empty for plain text."""


INKS = {"error": "$error", "warning": "$warning", "fine": "$success", "quiet": "$text-muted"}
"""The theme's colour for each ink."""


def facts(entry: Entry, check: Check | None, document: DocumentRow | None = None) -> Iterator[Fact]:
    """Say everything about a reference, the answer first; of the original how its only document compares with it."""
    where = f"{entry.document}:{entry.line}:{entry.column}"
    yield Fact("", f"{entry.look.glyph} {entry.look.word}", entry.look.ink)
    if entry.text != entry.address:
        yield Fact("text", entry.text or "(none)")
    yield Fact("link", entry.address or "(empty)")
    row = entry.row
    if row is None:
        yield Fact("why", entry.reason or "nobody has looked so far")
    else:
        yield from _why(row)
        yield from _do(row)
        if document is not None and entry.role is Role.ORIGINAL:
            yield from _beside(document)
        yield from _labelled("captures", _captures(row))
        yield from _labelled(
            "evidence", (piece for finding in said_of(row, notes=True) for piece in _evidence(finding))
        )
    if check:
        yield from _labelled("seen", _seen(check))
        yield from _labelled("hops", _hops(check))
    yield Fact("place", f"{where}, {entry.role} ({entry.element})", "quiet")


def sheet(lines: Iterable[Fact], width: int) -> Content:
    """Lay facts out in two columns of so many cells in all; long words are folded, so that an address stays whole."""
    laid: list[Content] = []
    for fact in lines:
        text = Content.styled(plain(fact.text[:LONGEST]), INKS.get(fact.ink, ""))
        if not fact.label and not laid:
            laid.extend(one.stylize("bold") for one in text.wrap(width))
            continue
        for position, line in enumerate(text.wrap(max(width - LABEL, 10))):
            label = "" if position else fact.label
            laid.append(Content.styled(label.ljust(LABEL), "$text-muted") + line)
    return Content("\n").join(laid)


def _why(row: ReferenceRow) -> Iterator[Fact]:
    said = [
        one.message if one.rule == row.verdict else f"{one.rule}: {one.message}" for one in said_of(row, notes=True)
    ]
    yield from _labelled("why", dict.fromkeys(said or [row.reason.text]))
    if stands := standing(row, always=True):
        yield Fact("stands", stands)


def _do(row: ReferenceRow) -> Iterator[Fact]:
    yield from _labelled("do", dict.fromkeys(finding.next for finding in said_of(row, notes=True)))
    for rescue in row.rescues[:MOST]:
        yield Fact("instead", rescue.uri_m or rescue.url, "fine")
        yield Fact("", f"{rescue.message} (confidence {rescue.confidence:.2f})")


def _beside(document: DocumentRow) -> Iterator[Fact]:
    """Say how the text compares with its original, paragraph by paragraph, and what else is said of it."""
    if said := copied(document):
        yield Fact("copy", said)
    if copy := document.copy:
        yield from _labelled("missing", (f"after line {one.line or 1}: {one.theirs}" for one in copy.missing[:MOST]))
        yield from _labelled("altered", (f"line {one.line or 1}: {one.words}" for one in copy.altered[:MOST]))
        yield from _labelled("added", (f"line {one.line or 1}: {one.ours}" for one in copy.added[:MOST]))
    for finding in document.findings[:MOST]:
        place = f"line {finding.line}: " if finding.line else ""
        yield Fact("article", f"{place}{finding.rule}: {finding.message}", _INK_OF[finding.severity])
        yield Fact("do", finding.next)


def _captures(row: ReferenceRow) -> Iterator[str]:
    """Give the captures that are not proposed anyway, or say why there are none."""
    proposed = {rescue.uri_m for rescue in row.rescues}
    for memento in row.mementos[:MOST]:
        if memento.uri_m not in proposed:
            yield f"{memento.archive}: {capture(memento)}"
            yield memento.uri_m
        if shown := proof(memento):
            yield shown
    if not row.mementos and (unknown := capture_of(row)):
        yield unknown


def _evidence(finding: Finding) -> Iterator[str]:
    for name, value in islice(finding.evidence.items(), MOST):
        if value is not None:
            yield f"{name}: {value}"


def _seen(check: Check) -> Iterator[str]:
    answer = check.failure.message if check.failure else f"{check.status}" if check.status else ""
    parts = [answer, check.media_type or "", duration(check.elapsed_ms), _confirmed(check)]
    yield f"{', '.join(part for part in parts if part)} ({check.at})"
    if check.title:
        yield f"title: {check.title}"


def _confirmed(check: Check) -> str:
    if check.confirmed:
        return "asked twice"
    return f"so on {check.also_on}, too" if check.also_on else ""


def _hops(check: Check) -> Iterator[str]:
    """Give the numbered steps of a redirect chain; a single one says nothing that the link does not."""
    if len(check.hops) < 2 and not check.failure:
        return
    for number, hop in enumerate(check.hops[:MOST], start=1):
        yield f"{number}. {hop.status}  {hop.url}"


def _labelled(label: str, texts: Iterable[str]) -> Iterator[Fact]:
    for position, text in enumerate(texts):
        yield Fact("" if position else label, text)
