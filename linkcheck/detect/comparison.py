"""Compares a page with its capture: how much of what was there is still there. Pure.

Measured on text without navigation: the containment of the capture's 5-word shingles in the live page, and their
Jaccard index; the cosine of the words; the cosine of the titles (Reyes Ayala 2022, CEUR 3246). The thresholds of
"replaced" are those of the off-topic memento toolkit (https://github.com/oduwsdl/off-topic-memento-toolkit).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import sqrt

from msgspec import Struct

from linkcheck.detect.api import Page
from linkcheck.detect.sibling import jaccard, shingles
from linkcheck.later import later
from linkcheck.words import WORD, tokens


class Band(StrEnum):
    """How far two states of a page are apart."""

    SAME = "same"
    EDITED = "edited"
    DRIFTED = "drifted"
    REPLACED = "replaced"
    UNKNOWN = "unknown"
    """One of them has too few words."""


class Comparison(Struct, frozen=True, kw_only=True):
    """What became of the text of a capture."""

    band: Band
    containment: float = 0.0
    """Which share of the capture's 5-word shingles the live page has."""
    jaccard: float = 0.0
    cosine: float = 0.0
    """Of the words, by how often they occur."""
    title: float | None = None
    """Cosine of the titles' words; None where a title is missing."""
    paragraphs: int = 0
    """How many the capture has."""
    gone: int = 0
    """How many of them the live page lacks."""
    words: int = 0
    """Of the capture."""
    is_whole_page: bool = False
    """Whether navigation was compared, too, since there was hardly any other text: less can be concluded from it."""
    first_gone: str = ""
    """The beginning of the first paragraph that is gone."""

    @property
    def numbers(self) -> dict[str, float | int | str | None]:
        """Give what a reader can check."""
        return {
            "band": self.band.value,
            "containment": round(self.containment, 2),
            "jaccard": round(self.jaccard, 2),
            "cosine": round(self.cosine, 2),
            "title_cosine": None if self.title is None else round(self.title, 2),
            "paragraphs": self.paragraphs,
            "paragraphs_gone": self.gone,
            "words_then": self.words,
            "first_gone": self.first_gone,
        }

    @property
    def summary(self) -> str:
        """Say what went, in one line."""
        if self.band is Band.REPLACED:
            return "the page is about something else now"
        if self.paragraphs and self.gone:
            verb = "is" if self.gone == 1 else "are"
            return f"{self.gone} of {self.paragraphs} paragraphs {verb} gone"
        return f"{1 - self.containment:.0%} of the text has changed"


def compare(live: Page, then: Page) -> Comparison:
    """Compare a page with how it was captured."""
    paragraphs, others = _paragraphs(then), _paragraphs(live)
    old, new = _together(paragraphs), _together(others)
    is_bare = len(new) < _FEWEST and len(words_of(live.text)) >= _FEW
    is_whole_page = len(old) < _FEW or is_bare  # so little is hardly to be told from what surrounds it
    if is_whole_page:
        paragraphs, old, new = [], words_of(then.text), words_of(live.text)
    title = title_cosine(live, then)
    if len(old) < _FEWEST or (len(new) < _FEWEST and live.is_script):
        return Comparison(band=Band.UNKNOWN, title=title, words=len(old))
    before, now = shingles(old, _SHINGLE), shingles(new, _SHINGLE)
    is_same = bool(then.facts.text_digest) and live.facts.text_digest == then.facts.text_digest
    if is_same:
        now = before  # other markup around the same words
    contained = len(before & now) / len(before)
    likeness = cosine(old, new)
    present = shingles(new, _SMALL)
    told = [one for one in paragraphs if len(one) >= _PARAGRAPH]
    gone = [one for one in told if not (is_same or _is_there(one, present))]
    return Comparison(
        band=_band(contained, jaccard(before, now), likeness, title),
        containment=contained,
        jaccard=jaccard(before, now),
        cosine=likeness,
        title=title,
        paragraphs=len(told),
        gone=len(gone),
        words=len(old),
        is_whole_page=is_whole_page,
        first_gone=" ".join(gone[0])[:_SHOWN] if gone else "",
    )


def title_cosine(live: Page, then: Page) -> float | None:
    """Compare the best of what each page is called; None where one has no name."""
    here = [words_of(title) for title in (live.facts.title, live.facts.og_title, live.facts.h1) if title]
    there = [words_of(title) for title in (then.facts.title, then.facts.og_title, then.facts.h1) if title]
    found = [cosine(a, b) for a in here for b in there if a and b]
    return max(found, default=None)


def words_of(text: str) -> list[str]:
    """Return the words of a text, in lower case; of scripts without spaces, the characters."""
    words = _WORD.findall(text[:_LONGEST].casefold().replace("_", " "))
    return [part for word in words for part in tokens(word)][:_MOST_WORDS]


def cosine(a: Iterable[str], b: Iterable[str]) -> float:
    """Give the cosine of two bags of words, 0 to 1."""
    first, second = Counter(a), Counter(b)
    length = sqrt(sum(n * n for n in first.values())) * sqrt(sum(n * n for n in second.values()))
    return sum(count * second[word] for word, count in first.items()) / length if length else 0.0


def _paragraphs(page: Page) -> list[list[str]]:
    return [words_of(one) for one in page.outline().paragraphs[:_MOST]]


def _together(paragraphs: list[list[str]]) -> list[str]:
    return [word for one in paragraphs for word in one]


def _band(contained: float, alike: float, likeness: float, title: float | None) -> Band:
    """Name what has come of a text; one that stands in another of three times its length is another page, too."""
    if contained >= _SAME and alike >= _EDITED:
        return Band.SAME
    if contained >= _EDITED and alike >= _GROWN:
        return Band.EDITED
    is_other_title = title is None or title < _OTHER_TITLE
    if contained < _DRIFTED and (likeness < _OFF_TOPIC or is_other_title):
        return Band.REPLACED
    return Band.DRIFTED


def _is_there(paragraph: Sequence[str], present: frozenset[int]) -> bool:
    own = shingles(paragraph, _SMALL)
    return len(own & present) >= _THERE * len(own)


_SAME, _EDITED, _DRIFTED = 0.9, 0.5, 0.1
_GROWN = 0.4
_OFF_TOPIC, _OTHER_TITLE = 0.12, 0.3
_SHINGLE, _SMALL = 5, 3
_THERE = 0.5
_PARAGRAPH = 4
"""Words of the shortest paragraph that counts: dates, names and buttons come and go."""
_FEWEST, _FEW = 25, 60
_MOST, _MOST_WORDS = 2_000, 20_000
_SHOWN = 120

_LONGEST = 400_000
_WORD = later(WORD)
