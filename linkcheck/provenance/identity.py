"""Tells whether a page shows the article: how much of the article's text is in it, and whether the titles agree."""

from collections.abc import Iterable, Sequence

from linkcheck.model import Passage
from linkcheck.provenance.likeness import words_of
from linkcheck.slug import is_alike

SAME = 0.5
"""The share of its text from which on a page shows the article, whatever it is called."""
NAMED = 0.15
"""The share that is enough under the same title: a wall or a rewriting hides the rest."""


def shingles(passages: Iterable[Passage]) -> set[tuple[str, ...]]:
    """Give all runs of four words within passages."""
    found: set[tuple[str, ...]] = set()
    for passage in passages:
        words = words_of(passage.text)
        found.update(zip(words, words[1:], words[2:], words[3:], strict=False))
    return found


def share_of(ours: Sequence[Passage], theirs: Sequence[Passage]) -> float:
    """Say how much of the text of one is in the other, 0 to 1; 0 for a text of less than a sentence."""
    mine = shingles(passage for passage in ours if not passage.is_heading)
    if len(mine) < _FEWEST:
        return 0.0
    return len(mine & shingles(theirs)) / len(mine)


def shows(share: float, titles: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether a page with this share of the text, and these titles, shows the article."""
    if share >= SAME:
        return True
    return share >= NAMED and any(is_alike(title, other) for title in titles for other in others)


_FEWEST = 10
