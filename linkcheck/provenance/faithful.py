"""Compares an article with its original, paragraph by paragraph: what is missing, added, or says other words.

Only what stands between the article's own paragraphs in the original, in the same element, can be missing: pages have
boxes, captions and lists of links that no copy has. Paragraphs that were only joined, parted or moved are the same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from unicodedata import category

from rapidfuzz.distance import Indel

from linkcheck.model import Confidence, Copy, Difference, Passage, PlacedFinding, Severity
from linkcheck.provenance.api import Source
from linkcheck.provenance.assignment import assign
from linkcheck.provenance.author import is_byline
from linkcheck.provenance.diff import LEGEND, changes, difference
from linkcheck.provenance.likeness import words_of
from linkcheck.words import count_tokens

RULE = "copy-differs"
ENOUGH = 0.6
"""The share of its text below which two texts are not compared: a wall hides the rest, or it is another version."""


def compare(ours: Sequence[Passage], source: Source) -> Copy | None:
    """Compare an article with a page that shows it; None where there is too little in common to be told apart."""
    mine, theirs = _Side(ours), _Side(source.text.passages)
    pairs = assign(_scores(mine, theirs))
    body = [position for position in range(len(ours)) if mine.is_text(position)]
    total = sum(len(mine.words[position]) for position in body)
    shared = sum(_shared(mine, theirs, position, pairs) for position in body)
    share = shared / total if total else 0.0
    if total < _FEWEST_IN_ALL or share < ENOUGH:
        return None
    missing = () if source.text.is_cut else tuple(_missing(mine, theirs, pairs))
    memento = source.memento
    return Copy(
        original=source.url,
        uri_m=memento.uri_m if memento else None,
        datetime=memento.datetime if memento else None,
        share=round(share, 3),
        missing=missing[:_MOST],
        added=() if source.text.is_cut else tuple(_added(mine, theirs, pairs))[:_MOST],
        altered=tuple(_altered(mine, theirs, pairs))[:_MOST],
    )


class _Side:
    """One of the two texts."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.title = next((place for place, passage in enumerate(passages) if passage.is_heading), None)
        self.texts = [_seen(passage) for passage in passages]
        self.words = [words_of(text) for text in self.texts]
        self.runs = [set(_runs(words)) for words in self.words]
        self.all_runs = set[tuple[str, ...]]().union(*self.runs) if self.runs else set()

    def is_text(self, position: int) -> bool:
        """Tell a paragraph from a heading, a label, a line of links."""
        passage = self.passages[position]
        linked = sum(anchor.end - anchor.start for anchor in passage.anchors)
        is_long = count_tokens(self.words[position]) >= _FEWEST
        is_own = not passage.is_heading and linked * 2 < len(passage.text)
        return is_long and is_own and not is_byline(passage.text)

    def is_told(self, position: int) -> bool:
        """Tell what is compared word for word: text, and headings that say something; titles are often rewritten."""
        is_heading = self.passages[position].is_heading and position != self.title
        return self.is_text(position) or (is_heading and count_tokens(self.words[position]) >= _FEWEST)

    def contained(self, runs: set[tuple[str, ...]]) -> float:
        """Say how much of a paragraph is somewhere in this text."""
        return len(runs & self.all_runs) / len(runs) if runs else 0.0


def _seen(passage: Passage) -> str:
    """Give what readers see: no alternative texts of linked pictures."""
    text, at = [], 0
    for start, end in (picture for anchor in passage.anchors for picture in anchor.pictures):
        text.append(passage.text[at:start])
        at = end
    return "".join([*text, passage.text[at:]])


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], strict=False)


def _scores(mine: _Side, theirs: _Side) -> dict[tuple[int, int], float]:
    """Score paragraphs that share runs of words."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, runs in enumerate(theirs.runs):
        for run in runs:
            if len(holders[run]) < _COMMON:
                holders[run].append(position)
    scores = {}
    for position, runs in enumerate(mine.runs):
        votes = Counter(other for run in runs for other in holders.get(run, ()))
        for other, count in votes.most_common(_TRIED):
            if count * 4 >= min(len(runs), len(theirs.runs[other])):
                likeness = Indel.normalized_similarity(mine.words[position], theirs.words[other])
                near = 1 - abs(position / len(mine.runs) - other / len(theirs.runs))
                scores[position, other] = likeness + 0.01 * near
    return scores


def _shared(mine: _Side, theirs: _Side, position: int, pairs: dict[int, int]) -> float:
    """Say how many words of a paragraph are in the other text."""
    words = mine.words[position]
    inside = theirs.contained(mine.runs[position]) * len(words)
    if position not in pairs:
        return inside
    other = theirs.words[pairs[position]]
    return max(inside, Indel.similarity(words, other) / 2)


def _missing(mine: _Side, theirs: _Side, pairs: dict[int, int]) -> Iterator[Difference]:
    """Find paragraphs of the original, among those that we have, that we have not."""
    matched = sorted(other for position, other in pairs.items() if mine.is_text(position))
    if len(matched) < _FEWEST_PAIRS:
        return
    holders = Counter(theirs.passages[other].holder for other in matched)
    usual = {holder for holder, count in holders.items() if count * 4 >= len(matched)}
    by_other = {other: position for position, other in pairs.items()}
    line = None
    for other in range(matched[0], matched[-1]):
        passage = theirs.passages[other]
        if other in by_other:
            line = mine.passages[by_other[other]].line
        elif (
            theirs.is_text(other)
            and not passage.is_navigation
            and passage.holder in usual
            and mine.contained(theirs.runs[other]) < _LITTLE
        ):
            yield Difference(line=line, theirs=passage.text[:_LONGEST])


def _added(mine: _Side, theirs: _Side, pairs: dict[int, int]) -> Iterator[Difference]:
    """Find paragraphs that we have between those of the original, and it has not."""
    matched = [position for position in pairs if mine.is_text(position)]
    if len(matched) < _FEWEST_PAIRS:
        return
    for position in range(min(matched), max(matched)):
        if position not in pairs and mine.is_text(position) and theirs.contained(mine.runs[position]) < _LITTLE:
            passage = mine.passages[position]
            yield Difference(line=passage.line, ours=passage.text[:_LONGEST])


def _altered(mine: _Side, theirs: _Side, pairs: dict[int, int]) -> Iterator[Difference]:
    """Find paragraphs that say other words; those that were only joined or parted do not."""
    for position, other in sorted(pairs.items()):
        ours, original = mine.passages[position], theirs.passages[other]
        if not mine.is_told(position):
            continue
        if mine.words[position] == theirs.words[other]:
            stray = _stray(ours.text, original.text)
            if stray:
                yield Difference(line=ours.line, ours=ours.text[:_LONGEST], words=stray)
            continue
        if _says_other_words(mine, theirs, position, other):
            yield Difference(
                line=ours.line,
                ours=ours.text[:_LONGEST],
                theirs=original.text[:_LONGEST],
                words=difference(theirs.texts[other], mine.texts[position]),
            )


def _says_other_words(mine: _Side, theirs: _Side, position: int, other: int) -> bool:
    """Tell an alteration from a paragraph that was joined with another one, or parted in two."""
    before, after = theirs.words[other], mine.words[position]
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            continue
        elsewhere, words = (
            (mine, before[step.src_start : step.src_end])
            if step.tag == "delete"
            else (theirs, after[step.dest_start : step.dest_end])
        )
        if count_tokens(words) < _FEWEST or elsewhere.contained(set(_runs(words))) < _WHOLE:
            return True
    return False


def finding(copy: Copy, name: str) -> PlacedFinding | None:
    """Say that paragraphs are missing or altered; what was added, or is a stray sign, is no more than a note."""
    altered = [one for one in copy.altered if one.theirs]
    counts = (("missing", len(copy.missing)), ("altered", len(altered)), ("added", len(copy.added)))
    parts = [f"{count} {'paragraph is' if count == 1 else 'paragraphs are'} {word}" for word, count in counts if count]
    stray = [one for one in copy.altered if not one.theirs]
    parts += [f"a stray {_plain(one.words)} stands in line {one.line}" for one in stray[:_NAMED]]
    if not parts:
        return None
    differing = (*copy.missing, *altered, *copy.added)
    first = next((one for one in (*differing, *stray) if one.line), None)
    shown = "; ".join(_shown(one) for one in differing[:_NAMED])
    if differing:
        legend = f" ({LEGEND})" if "[-" in shown or "{+" in shown else ""
        todo = f"Restore what was not meant to change{legend}: {shown}"
    else:
        todo = f"Take it out: {', '.join(f'{_plain(one.words)} in line {one.line}' for one in stray[:_NAMED])}"
    return PlacedFinding(
        rule=RULE,
        severity=Severity.WARNING if copy.missing or altered else Severity.NOTE,
        confidence=Confidence.MEDIUM,
        message=f"beside {name}: {', '.join(parts)}",
        next=todo,
        evidence={"share": copy.share, "missing": len(copy.missing), "altered": len(altered), "added": len(copy.added)},
        line=first.line if first else None,
        column=1 if first else None,
    )


def _shown(one: Difference) -> str:
    """Name a difference in a few words: where it is, and which words."""
    where = f"line {one.line}" if one.line else "the beginning"
    if one.ours is None:
        return f'after {where} the original has "{_short(one.theirs or "")}"'
    if one.theirs is None:
        return f'the original has not "{_short(one.ours)}" of {where}'
    return f"in {where} {changes(one.words)}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}\u2026"


def _plain(words: str) -> str:
    """Give a stray sign in quotation marks."""
    return f'"{words.replace("{+", "").replace("+}", "")}"'


def _stray(ours: str, theirs: str) -> str:
    """Give signs that no word is made of and that the original has not, such as the cross of a box that was closed."""
    signs = dict.fromkeys(sign for sign in ours if category(sign) in {"So", "Co", "Cn"} and sign not in theirs)
    return " ".join(f"{{+{sign}+}}" for sign in signs)


_FEWEST, _FEWEST_IN_ALL, _FEWEST_PAIRS = 8, 30, 2
_LITTLE, _WHOLE = 0.3, 0.9
_COMMON, _TRIED = 20, 5
_MOST = 50
_LONGEST = 2000
_NAMED, _SHOWN = 3, 80
