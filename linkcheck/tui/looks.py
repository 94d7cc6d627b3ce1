"""How a reference looks at a glance: glyph, word and ink say the same, so that colour is never alone."""

from msgspec import Struct

from linkcheck.model import Judgement, ReferenceRow, Verdict
from linkcheck.render.triage import Heap, has_error, heap_of, word_of
from linkcheck.render.wording import spoken


class Look(Struct, frozen=True):
    """What the eye gets."""

    glyph: str
    """One cell."""
    word: str
    ink: str
    """`error`, `warning`, `fine` or `quiet`: what the theme has a colour for."""


PENDING = Look("·", "not yet", "quiet")
"""Nobody has looked so far."""

DOUBTED = Look("?", "asked again", "warning")
"""It looked bad once, which proves nothing."""


def look_of(row: ReferenceRow) -> Look:
    """Give the look of a reference that has been judged."""
    glyph, ink = ("✗", "error") if has_error(row) else _HEAPS[heap_of(row)]
    return Look(glyph, spoken(word_of(row)), ink)


def early_look(judgement: Judgement) -> Look:
    """Give the look that the first answer suggests; what looks bad is certain only when the run is through."""
    verdict, heap = judgement.verdict, early_heap(judgement)
    word = judgement.reason.code.value if verdict is Verdict.SKIPPED else verdict.value
    if verdict in _CERTAIN:
        return Look("✗", word, "error")
    glyph, ink = ("?", "warning") if heap is Heap.DO else _HEAPS[heap]
    return Look(glyph, word, ink)


def early_heap(judgement: Judgement) -> Heap:
    """Say on which heap a reference will lie, as far as the first answer tells."""
    match judgement.verdict:
        case Verdict.ALIVE | Verdict.MOVED:
            return Heap.FINE
        case Verdict.BLOCKED | Verdict.UNREACHABLE:
            return Heap.DECIDE
        case Verdict.SKIPPED:
            return Heap.DESIGN if judgement.reason.code.is_by_design else Heap.WAITING
        case _:
            return Heap.DO


_CERTAIN = frozenset({Verdict.PLACEHOLDER, Verdict.INVALID})
"""What the document alone decides."""
_HEAPS = {
    Heap.DO: ("!", "warning"),
    Heap.DECIDE: ("?", "warning"),
    Heap.WAITING: ("-", "warning"),
    Heap.DESIGN: ("-", "quiet"),
    Heap.NOTED: ("·", "quiet"),
    Heap.FINE: ("✔", "fine"),
}
