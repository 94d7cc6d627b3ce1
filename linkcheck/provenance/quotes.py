"""Looks for quotations in a text: word for word first, then the nearest words in one place.

What is quoted with omissions is looked for part by part, in order and close together; a match is never put together
from places far apart. Quotation marks, dashes, white space, case and punctuation make no difference.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from rapidfuzz.distance import LCSseq

from linkcheck.later import later
from linkcheck.model import Passage
from linkcheck.provenance.diff import difference, marked
from linkcheck.provenance.likeness import words_of
from linkcheck.provenance.winnow import Seeds
from linkcheck.words import count, count_tokens, join

FEWEST = 5
"""Words of a quotation that is looked for: shorter ones are names, titles and doubts."""


class Quotation(Struct, frozen=True):
    """Words in quotation marks."""

    text: str
    line: int | None = None
    passage: int = 0


class Outcome(StrEnum):
    """What became of a quotation."""

    EXACT = "exact"
    ALTERED = "altered"
    MISSING = "missing"


class Trace(Struct, frozen=True):
    """Where a quotation stands in a text, or the nearest words."""

    outcome: Outcome
    likeness: float = 0.0
    """0 to 1."""
    nearest: str = ""
    """The words there: as they are written where the text quotes them itself, else folded."""
    words: str = ""
    """Both in one, word by word."""


class Words:
    """A text that quotations are looked for in."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        """Take the passages of the text, in order."""
        passages = tuple(passages)
        self.words = [word for passage in passages for word in words_of(passage.text)][:_LONGEST]
        self._quoted = [(words_of(one.text), one.text) for one in quotations(passages)]
        self._joined = f" {' '.join(self.words)} "
        self._seeds = Seeds(self.words)

    def trace(self, quotation: str) -> Trace:
        """Look for a quotation."""
        if self._exactly(words_of(quotation), None) is not None:
            return Trace(Outcome.EXACT, 1.0)
        parts = [(part.strip(), words) for part in _OMISSION.split(quotation) if (words := words_of(part))]
        at, traces = 0, []
        for position, (part, words) in enumerate(parts):
            trace, end = self._part(part, words, at if position else None)
            traces.append(trace)
            at = end if end is not None else at
        if not traces:
            return Trace(Outcome.EXACT, 1.0)
        if all(trace.outcome is Outcome.EXACT for trace in traces):
            return traces[0]
        telling = [
            trace for trace, (_, words) in zip(traces, parts, strict=True) if count_tokens(words) >= _SHORTEST_PART
        ]
        if not telling:
            return Trace(Outcome.EXACT, 1.0)
        return min(telling, key=lambda trace: trace.likeness)

    def _part(self, written: str, words: list[str], after: int | None) -> tuple[Trace, int | None]:
        """Look for a part of a quotation; every part but the first soon after the one before."""
        found = self._exactly(words, after)
        if found is not None:
            return Trace(Outcome.EXACT, 1.0), found + len(words)
        best = max((self._near(words, start, after) for start in self._starts(words)), default=_NOWHERE)
        if best.likeness < _LEAST:
            return Trace(Outcome.MISSING, best.likeness, join(self.words[best.start : best.end])), None
        theirs = self.words[best.start : best.end]
        if theirs == words:
            return Trace(Outcome.EXACT, 1.0), best.end
        whole, nearest = self._as_quoted(theirs)
        shown = difference(nearest, written) if whole else marked(theirs, words)
        return Trace(Outcome.ALTERED, round(best.likeness, 3), nearest, shown), best.end

    def _as_quoted(self, theirs: list[str]) -> tuple[bool, str]:
        """Give the whole quotation that the text itself has there, as it is written; else the words alone."""
        joined = f" {' '.join(theirs)} "
        for words, text in self._quoted:
            if joined in f" {' '.join(words)} " and len(words) <= 2 * len(theirs):
                return True, text
        return False, join(theirs)

    def _exactly(self, words: list[str], after: int | None) -> int | None:
        needle = f" {' '.join(words)} "
        if after is None:
            at = self._joined.find(needle)
        else:
            begin = sum(len(word) + 1 for word in self.words[:after])
            end = begin + sum(len(word) + 1 for word in self.words[after : after + _APART]) + len(needle)
            at = self._joined.find(needle, begin, end)
        return self._joined.count(" ", 0, at) if at >= 0 else None

    def _starts(self, words: list[str]) -> list[int]:
        return self._seeds.diagonals(words)[:_TRIED]

    def _near(self, words: list[str], start: int, after: int | None) -> "_Window":
        """Align words with those around a place, and cut the window to what they have in common."""
        slack = max(3, len(words) // 4)
        begin, end = max(0, start - slack), min(len(self.words), start + len(words) + slack)
        if after is not None and not after - 1 <= begin + slack <= after + _APART:
            return _NOWHERE
        blocks = [block for block in LCSseq.opcodes(words, self.words[begin:end]) if block.tag == "equal"]
        if not blocks:
            return _NOWHERE
        shared = sum(block.src_end - block.src_start for block in blocks)
        first, last = begin + blocks[0].dest_start, begin + blocks[-1].dest_end
        # What stands in the quotation before or behind the first common words replaced as many of the text.
        first = max(begin, first - blocks[0].src_start)
        last = min(end, last + len(words) - blocks[-1].src_end)
        return _Window(2 * shared / (len(words) + last - first), first, last)


class _Window(NamedTuple):
    likeness: float
    start: int
    end: int


def quotations(passages: Sequence[Passage]) -> Iterator[Quotation]:
    """Give the quotations of a document that are long enough to be looked for."""
    for position, passage in enumerate(passages):
        if passage.is_heading or len(passage.text) > _LONGEST_PASSAGE:
            continue
        for found in _QUOTED.finditer(passage.text):
            text = next(filter(None, found.groups()), "").strip()
            if count_tokens(words_of(text)) >= FEWEST and count(text) >= FEWEST - 1:  # an address has no spaces
                yield Quotation(text, passage.line, position)


_NOWHERE = _Window(0.0, 0, 0)
_LEAST = 0.6
"""How alike words must be to be an alteration of others; what is less alike is not there."""
_LONGEST = 200_000
_LONGEST_PASSAGE = 20_000
_TRIED = 12
_APART = 150
"""Words that may be left out between two parts of a quotation."""
_SHORTEST_PART = 3
_OMISSION = later(r"\[[^\]]{0,80}\]|\(\s*(?:\.{2,}|\u2026|sic)\s*\)|\.{3,}|\u2026|(?:\s\.){3}")
"""What was left out, or put in by an editor: `...`, `[...]`, `[Flynn]`."""
_QUOTED = later(
    r'(?<![\w])"(?=\S)([^"]{10,3000})"(?!\w)'
    r"|\u201c([^\u201c\u201d]{10,3000})\u201d"
    r"|\u201e([^\u201e\u201c\u201d]{10,3000})[\u201c\u201d]"
    r"|\u00ab\s?([^\u00ab\u00bb]{10,3000}?)\s?\u00bb"
    r"|\u00bb([^\u00ab\u00bb]{10,3000})\u00ab"
    r"|\u300c([^\u300c\u300d]{10,3000})\u300d|\u300e([^\u300e\u300f]{10,3000})\u300f"
)
