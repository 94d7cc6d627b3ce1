"""The existing name that somebody may have meant."""

import re
from collections.abc import Collection
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler


class Names:
    """The names that a folder holds, made ready to be searched many times."""

    def __init__(self, names: Collection[str]) -> None:
        """Take the first of them, as many as are worth a search; what cannot be shown is never offered."""
        self._sound = tuple(name for name in islice(names, _MOST) if name.isprintable())
        self._folded: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        for name in self._sound:
            folded = name.casefold()
            self._folded.setdefault(folded, name)
            self._stems.setdefault(folded.partition(".")[0], name)
            self._stems.setdefault(_stem(folded), name)

    def nearest(self, name: str) -> str | None:
        """Give the name most like a missing one: the same but for case, but for its suffix, or nearly the same letters.

        Of equals the first is given.
        """
        if len(name) > _LONGEST:
            return None
        folded = name.casefold()
        if same := self._folded.get(folded) or self._stems.get(folded):
            return same
        found = process.extractOne(name, self._sound, scorer=JaroWinkler.normalized_similarity, score_cutoff=_LIKE)
        return found[0] if found and not _is_other_number(name, found[0]) else None


def _is_other_number(name: str, other: str) -> bool:
    """Tell names that differ in their digits alone: `page24.md` is not `page02.md` misspelt."""
    return bool(_DIGITS.search(name) and _DIGITS.search(other)) and _DIGITS.sub("", name) == _DIGITS.sub("", other)


def _stem(name: str) -> str:
    """Cut the suffix; what begins or ends with its only dot has none."""
    stem, _, suffix = name.rpartition(".")
    return stem if stem and suffix else name


_DIGITS = re.compile(r"[0-9]+")
_LONGEST = 255
"""Characters in a name; file systems have no longer ones."""

_MOST = 2000
"""Names that are looked at."""

_LIKE = 0.88
"""Similarity from which a name is offered."""
