"""Finds for every link of an article the link that stands in the same place of its original.

Two documents are two ordered lists of links, each with its text, the words around it, the paragraph it stands in, the
heading above, and its place. A pair's score is made of all of these, and pairs are chosen so that the sum of the scores
is the greatest (see `assignment`): so two links with the same text find their own targets, and paragraphs in another
order do no harm.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rapidfuzz import fuzz, process

from linkcheck.model import Passage
from linkcheck.provenance.assignment import assign
from linkcheck.provenance.likeness import folded, ratio, words_of


class Place(NamedTuple):
    """One link where it stands."""

    number: int
    """Its place among the links of its document."""
    text: str
    """What it says, folded, as all words here."""
    before: str
    after: str
    paragraph: str
    own: int
    """Characters of the paragraph that are no link's."""
    offset: float
    """Where in the paragraph it begins, 0 to 1."""
    previous: str
    """The passage before, with words of its own."""
    following: str
    heading: str
    position: float
    """Where in the document it stands, 0 to 1."""
    is_navigation: bool
    href: str
    reference: int | None

    @property
    def has_own(self) -> bool:
        """Tell a link in a sentence from one in a line that is nothing but links."""
        return self.own > _LABEL


class Match(NamedTuple):
    """A link of the article, and the link of the original that stands in its place."""

    ours: Place
    theirs: Place
    text: float
    """How alike the texts are, 0 to 1."""
    context: float | None
    """How alike what stands around them is, 0 to 1; None where nothing stands around one of them."""
    is_exact: bool = False
    """They stand in the same words of the same paragraph, which is more than links."""
    rivals: tuple[tuple[Place, float, bool], ...] = ()
    """Others of the original with the same text: how alike what stands around them is, and whether it is the same."""
    is_beside: bool = False
    """The texts differ; it is the only link that is left in the same sentence or paragraph."""


def places(passages: Sequence[Passage]) -> list[Place]:
    """Give the links of a document, in order; those without a text say nothing."""
    found: list[Place] = []
    size = sum(len(passage.text) for passage in passages) or 1
    at = 0
    previous = ""
    following = _following(passages)
    for passage, upcoming in zip(passages, following, strict=True):
        own = len(passage.text) - sum(anchor.end - anchor.start for anchor in passage.anchors)
        for anchor in passage.anchors:
            text = folded(passage.text[anchor.start : anchor.end])
            if text:
                found.append(
                    Place(
                        number=len(found),
                        text=text,
                        before=folded(passage.text[max(0, anchor.start - _AROUND) : anchor.start]),
                        after=folded(passage.text[anchor.end : anchor.end + _AROUND]),
                        paragraph=folded(passage.text[:_LONGEST]),
                        own=own,
                        offset=anchor.start / max(len(passage.text), 1),
                        previous=previous,
                        following=upcoming,
                        heading=folded(passage.heading[:_AROUND]),
                        position=(at + anchor.start) / size,
                        is_navigation=passage.is_navigation,
                        href=anchor.href,
                        reference=anchor.reference,
                    )
                )
        if not passage.is_navigation and passage.text:
            previous = folded(passage.text[-_AROUND:])
        at += len(passage.text)
    return found


def _following(passages: Sequence[Passage]) -> list[str]:
    found, upcoming = [], ""
    for passage in reversed(passages):
        found.append(upcoming)
        if not passage.is_navigation and passage.text:
            upcoming = folded(passage.text[:_AROUND])
    return found[::-1]


def align(ours: Sequence[Place], theirs: Sequence[Place]) -> list[Match]:
    """Pair the links of an article with those of its original; only links whose texts are alike can meet."""
    scores: dict[tuple[int, int], float] = {}
    seen: dict[tuple[int, int], tuple[float, float | None]] = {}
    paragraphs: dict[tuple[str, str], float] = {}
    for mine, other, text in _pairs(ours, theirs):
        context = _context(mine, other, paragraphs)
        seen[mine.number, other.number] = text, context
        scores[mine.number, other.number] = _score(mine, other, text, context)
    by_number = {place.number: place for place in theirs}
    mine_by_number = {place.number: place for place in ours}
    rivals: dict[int, list[int]] = defaultdict(list)
    for left, right in seen:
        rivals[left].append(right)
    matches = []
    for left, right in sorted(assign(scores).items()):
        text, context = seen[left, right]
        mine, other = mine_by_number[left], by_number[right]
        others = sorted(
            (
                (by_number[one], seen[left, one][1] or 0.0, _is_exact(mine, by_number[one]))
                for one in rivals[left]
                if one != right
            ),
            key=lambda rival: (not rival[2], -rival[1]),
        )
        matches.append(Match(mine, other, text, context, _is_exact(mine, other), tuple(others[:_RIVALS])))
    return [*matches, *_beside(ours, theirs, matches)]


def _beside(ours: Sequence[Place], theirs: Sequence[Place], matches: Sequence[Match]) -> Iterator[Match]:
    """Yield links that are left over on both sides, alone in what is the same sentence or paragraph otherwise.

    Whoever copies an article may link other words of a sentence than the original does.
    """
    ours_met = {match.ours.number for match in matches}
    theirs_met = {match.theirs.number for match in matches}
    left = [place for place in ours if place.number not in ours_met and place.has_own]
    free = [place for place in theirs if place.number not in theirs_met and place.has_own and not place.is_navigation]
    paragraphs = list(dict.fromkeys(place.paragraph for place in free))
    for mine in left:
        found = process.extractOne(mine.paragraph, paragraphs, scorer=fuzz.ratio, score_cutoff=100 * _SAME_PARAGRAPH)
        if found is None:
            continue
        there = [place for place in free if place.paragraph == found[0]]
        near = [place for place in there if _share_words(mine, place)] or there
        others = sum(place.paragraph == mine.paragraph for place in left)
        if len(near) == 1 and (others == 1 or near is not there):
            yield Match(mine, near[0], 0.0, found[1] / 100, is_beside=True)


def _share_words(mine: Place, other: Place) -> bool:
    """Return True if the text of one link begins or ends with that of the other."""
    shorter, longer = sorted((mine.text, other.text), key=len)
    return longer.startswith(shorter) or longer.endswith(shorter)


def _is_exact(mine: Place, other: Place) -> bool:
    around = (mine.before, mine.after, mine.paragraph)
    return mine.has_own and around == (other.before, other.after, other.paragraph)


def _pairs(ours: Sequence[Place], theirs: Sequence[Place]) -> Iterator[tuple[Place, Place, float]]:
    """Give the pairs that can meet: equal texts, and where there are none, alike ones."""
    known: dict[str, list[Place]] = defaultdict(list)
    for place in theirs:
        known[place.text].append(place)
    texts = list(known)
    for text, group in groupby(sorted(ours, key=lambda place: place.text), key=lambda place: place.text):
        alike = [(text, 1.0)] if text in known else _alike(text, texts)
        for mine in group:
            for other, score in alike:
                for place in known[other][:_SAME]:
                    yield mine, place, score


def _alike(text: str, texts: Sequence[str]) -> list[tuple[str, float]]:
    bare = " ".join(words_of(text))
    found = [
        (other, score / 100)
        for other, score, _ in process.extract(text, texts, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=8)
    ]
    if not found and bare.count(" ") >= 3:
        # A headline may have been cut, or have got a prefix such as the name of a column.
        found = [(other, _CUT) for other in texts if _is_cut(bare, " ".join(words_of(other)))][:8]
    return found


def _is_cut(a: str, b: str) -> bool:
    shorter, longer = sorted((a, b), key=len)
    return shorter.count(" ") >= 3 and (longer.startswith(shorter) or longer.endswith(shorter))


def _context(mine: Place, other: Place, known: dict[tuple[str, str], float]) -> float | None:
    """Say how alike what stands around two links is; None where nothing does."""
    if mine.has_own and other.has_own:
        pair = mine.paragraph, other.paragraph
        if pair not in known:
            known[pair] = 1.0 if pair[0] == pair[1] else ratio(*pair)
        around = [
            ratio(a[-_NEAR:] if is_before else a[:_NEAR], b[-_NEAR:] if is_before else b[:_NEAR])
            for a, b, is_before in ((mine.before, other.before, True), (mine.after, other.after, False))
            if a or b
        ]
        near = sum(around) / len(around) if around else 0.0
        # The same paragraph speaks for a link, and the words next to it tell it from others in there.
        return near if known[pair] < _SAME_PARAGRAPH else (known[pair] + near) / 2
    outside = [ratio(a, b) for a, b in ((mine.previous, other.previous), (mine.following, other.following)) if a and b]
    # Both neighbours count: where paragraphs were moved, the next one alone may be that of another link's paragraph.
    return sum(outside) / len(outside) * _OUTSIDE if outside else None


def _score(mine: Place, other: Place, text: float, context: float | None) -> float:
    around = [ratio(a, b) for a, b in ((mine.previous, other.previous), (mine.following, other.following)) if a and b]
    return (
        0.5 * text
        + 0.2 * _is_exact(mine, other)
        + 0.35 * (context if context is not None else 0.5)
        + 0.05 * (max(around) if around else 0.5)
        + 0.03 * (mine.heading == other.heading)
        + 0.02 * (1 - abs(mine.position - other.position))
        + 0.02 * (1 - abs(mine.offset - other.offset))
        + 0.03 * (mine.is_navigation == other.is_navigation)
    )


_AROUND = 120
"""Characters before and after a link that are kept."""
_NEAR = 60
"""Characters before and after a link that are compared."""
_LONGEST = 3000
_LEAST = 85
"""Percent that texts must have in common to be the same but for a correction."""
_CUT = 0.9
_SAME = 200
"""Links of one text that are looked at."""
_RIVALS = 20
_LABEL = 24
"""Characters that a paragraph may have besides its links and still be nothing but links: a label, marks."""
_SAME_PARAGRAPH = 0.7
_OUTSIDE = 0.9
