"""Which references are shown, and in which order: those on one heap, of one word, with one text. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from textual.content import Content

from linkcheck.render.triage import Heap
from linkcheck.tui.entry import Entry
from linkcheck.tui.looks import DOUBTED

HEAPS = {
    Heap.DO: "to do",
    Heap.DECIDE: "decide",
    Heap.WAITING: "not checked",
    Heap.NOTED: "noted",
    Heap.DESIGN: "by design",
    Heap.FINE: "fine",
}
"""What a person has to do, in the order of the keys 1 to 6, with the words of the report."""


class Pick(Struct, frozen=True):
    """What is wanted; the conditions hold together."""

    heap: Heap | None = None
    word: str | None = None
    """A verdict, or the rule that overrules it, as the table shows it."""
    needle: str = ""
    """Part of the text, the address or the document's name; case does not matter."""
    is_worst_first: bool = False
    """Whether what is to do comes first; else the order is the documents'."""

    @property
    def is_some(self) -> bool:
        """Whether not everything is wanted."""
        return self.heap is not None or self.word is not None or bool(self.needle.strip())

    def picked(self, entries: Sequence[Entry]) -> list[int]:
        """Give the places of the entries that are wanted."""
        needle = self.needle.strip().casefold()
        wanted = [place for place, entry in enumerate(entries) if self._wants(entry, needle)]
        if not self.is_worst_first:
            return wanted
        ranked: list[list[int]] = [[] for _ in range(len(_RANKS) + 2)]
        for place in wanted:
            ranked[_rank(entries[place])].append(place)
        return [place for rank in ranked for place in rank]

    def _wants(self, entry: Entry, needle: str) -> bool:
        return (
            (self.heap is None or entry.heap is self.heap)
            and (self.word is None or entry.look.word == self.word)
            and (not needle or any(needle in text.casefold() for text in (entry.text, entry.address, entry.document)))
        )


def _rank(entry: Entry) -> int:
    """Say how soon somebody should see an entry: errors first, what nobody has looked at before what is fine."""
    if entry.look.ink == "error":
        return 0
    if entry.look is DOUBTED:
        return 1
    return 1 + _RANKS.get(entry.heap, len(_RANKS))


_RANKS = {heap: rank for rank, heap in enumerate((Heap.DO, Heap.DECIDE, Heap.WAITING, None, Heap.NOTED, Heap.FINE))}


def words(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    """Give the words that the table shows with how often, most first."""
    return sorted(Counter(entry.look.word for entry in entries).items(), key=lambda item: (-item[1], item[0]))


def chips(entries: Iterable[Entry], pick: Pick, width: int, *, shown: int | None = None) -> Content:
    """Give the heaps with their keys and counts in one line, the chosen one in brackets; empty ones give way first.

    Where not everything is wanted, how many are `shown` comes first.
    """
    counts = Counter(entry.heap for entry in entries)
    parts = [(f"shows {shown:,}", "bold", True)] if shown is not None and pick.is_some else []
    parts += [(f"[f {pick.word}]", "bold $primary", True)] if pick.word else []
    for key, (heap, name) in enumerate(HEAPS.items(), start=1):
        chip = f"{key} {name} {counts[heap]:,}"
        if heap is pick.heap:
            parts.append((f"[{chip}]", "bold $primary", True))
        else:
            parts.append((chip, "" if counts[heap] else "$text-disabled", bool(counts[heap])))
    if sum(len(text) + 2 for text, _, _ in parts) > width:
        parts = [part for part in parts if part[2]]
    room, fitting = width, []
    for text, style, _ in parts:
        if len(text) <= room:
            fitting.append((text, style))
            room -= len(text) + 2
    return Content("  ").join([Content.styled(text, style) for text, style in fitting])
