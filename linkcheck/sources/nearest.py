"""The existing name that somebody may have meant."""

from collections.abc import Collection
from itertools import islice
from pathlib import PurePath

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler


def nearest_name(name: str, names: Collection[str]) -> str | None:
    """Give the name most like a missing one: the same but for case, but for its suffix, or nearly the same letters.

    Of equals the first is given.
    """
    if len(name) > _LONGEST:
        return None
    sound = [each for each in islice(names, _MOST) if each.isprintable()]
    folded = name.casefold()
    for each in sound:
        if each.casefold() == folded:
            return each
    for each in sound:
        if each.casefold().partition(".")[0] == folded or PurePath(each).stem.casefold() == folded:
            return each
    found = process.extractOne(name, sound, scorer=JaroWinkler.normalized_similarity, score_cutoff=_LIKE)
    return found[0] if found else None


_LONGEST = 255
"""Characters in a name; file systems have no longer ones."""

_MOST = 2000
"""Names that are looked at."""

_LIKE = 0.88
"""Similarity from which a name is offered."""
