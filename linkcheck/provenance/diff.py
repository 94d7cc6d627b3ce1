"""Writes two runs of words as one, so that a reader sees what was taken out and what was put in."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from linkcheck.provenance.likeness import words_of


def marked(theirs: Sequence[str], ours: Sequence[str], *, around: int = 6) -> str:
    """Give `said [-nothing-] {+everything+}`: the original's words, then ours; long equal stretches are cut short."""
    return " ".join(_pieces(list(theirs), list(ours), around))[:_LONGEST]


def written(text: str) -> list[str]:
    """Give the words of a text as they are written, for people to read."""
    return text.split()


def difference(theirs: str, ours: str) -> str:
    """Compare two texts as they are written; words that only differ in marks or case count as equal."""
    before, after = written(theirs)[:_MOST], written(ours)[:_MOST]
    keys, others = [_key(word) for word in before], [_key(word) for word in after]
    pieces = []
    for step in Indel.opcodes(keys, others):
        if step.tag == "equal":
            pieces.append(_shortened(after[step.dest_start : step.dest_end], 8))
        elif step.tag == "delete":
            pieces.append(f"[-{' '.join(before[step.src_start : step.src_end])}-]")
        else:
            pieces.append(f"{{+{' '.join(after[step.dest_start : step.dest_end])}+}}")
    return " ".join(filter(None, pieces))[:_LONGEST]


def _key(word: str) -> str:
    return " ".join(words_of(word)) or word


def _pieces(theirs: list[str], ours: list[str], around: int) -> Iterator[str]:
    for step in Indel.opcodes(theirs, ours):
        if step.tag == "equal":
            yield _shortened(ours[step.dest_start : step.dest_end], around)
        elif step.tag == "delete":
            yield f"[-{' '.join(theirs[step.src_start : step.src_end])}-]"
        else:
            yield f"{{+{' '.join(ours[step.dest_start : step.dest_end])}+}}"


def _shortened(words: list[str], around: int) -> str:
    if len(words) <= 2 * around + 2:
        return " ".join(words)
    return " ".join([*words[:around], "\u2026", *words[-around:]])


_MOST = 2000
_LONGEST = 2000
