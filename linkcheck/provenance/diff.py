"""Writes two runs of words as one, so that a reader sees what was taken out and what was put in."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from rapidfuzz.distance import Indel

from linkcheck.provenance.likeness import words_of
from linkcheck.words import join, tokens

Side: TypeAlias = tuple[list[str], list[str]]
"""Words as they are written, and what is compared of them."""


def marked(theirs: Sequence[str], ours: Sequence[str], *, around: int = 6) -> str:
    """Give `said [-nothing-] {+everything+}`: the original's words, then ours; long equal stretches are cut short."""
    return join(_pieces((list(theirs), list(theirs)), (list(ours), list(ours)), around))[:_LONGEST]


def difference(theirs: str, ours: str) -> str:
    """Compare two texts as they are written; words that only differ in marks or case count as equal."""
    before, after = tokens(theirs)[:_MOST], tokens(ours)[:_MOST]
    keys, others = [_key(word) for word in before], [_key(word) for word in after]
    return join(_pieces((before, keys), (after, others), 8))[:_LONGEST]


def changes(words: str) -> str:
    """Give the changed places of a difference alone, each with a word or two around it: `expelled [-53-] {+35+} of`."""
    places = [found[0] for found in _CHANGED.finditer(words)]
    shown = "; ".join(place if len(place) <= _WIDEST else f"{place[:_WIDEST]}\u2026" for place in places[:_SHOWN])
    return f"{shown}; and {len(places) - _SHOWN} more" if len(places) > _SHOWN else shown


def _key(word: str) -> str:
    return " ".join(words_of(word)) or word


def _pieces(theirs: Side, ours: Side, around: int) -> Iterator[str]:
    """Give equal stretches, and between them what was taken out before what was put in."""
    (before, keys), (after, others) = theirs, ours
    taken: list[str] = []
    put: list[str] = []
    for step in Indel.opcodes(keys, others):
        if step.tag == "delete":
            taken += before[step.src_start : step.src_end]
        elif step.tag == "insert":
            put += after[step.dest_start : step.dest_end]
        else:
            yield from _changed(taken, put)
            taken, put = [], []
            yield _shortened(after[step.dest_start : step.dest_end], around)
    yield from _changed(taken, put)


def _changed(taken: Sequence[str], put: Sequence[str]) -> Iterator[str]:
    if taken:
        yield f"[-{join(taken)}-]"
    if put:
        yield f"{{+{join(put)}+}}"


def _shortened(words: list[str], around: int) -> str:
    if len(words) <= 2 * around + 2:
        return " ".join(words)
    return " ".join([*words[:around], "\u2026", *words[-around:]])


_CHANGED = re.compile(
    r"(?:[^\s\[{]\S{0,40} )?(?:\[-[^\]]*+\]|\{\+[^}]*+\})(?: (?:\[-[^\]]*+\]|\{\+[^}]*+\}))*+(?: [^\s\[{]\S{0,40})?"
)
LEGEND = "[-the original-], {+here+}"
"""What the marks of a difference mean, for who sees them for the first time."""
_SHOWN, _WIDEST = 2, 160
_MOST = 2000
_LONGEST = 2000
