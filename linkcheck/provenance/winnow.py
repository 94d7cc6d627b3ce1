"""Finds where a few words may stand in a long text: fingerprints of word runs, thinned by winnowing.

Of every window of fingerprints the least one is kept (Schleimer, Wilkerson and Aiken 2003,
https://doi.org/10.1145/872757.872770), so that every run of `GUARANTEED` words that two texts share is found.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from zlib import crc32

RUN, WINDOW = 3, 3
GUARANTEED = RUN + WINDOW - 1
"""Words in a row that two texts must share so that a shared fingerprint is certain."""


class Seeds:
    """The fingerprints of one text, by what they are made of."""

    def __init__(self, words: Sequence[str]) -> None:
        """Take the words of the text that is searched."""
        self._at: dict[int, list[int]] = defaultdict(list)
        for place, print_ in winnowed(prints(words)):
            if len(self._at[print_]) < _MOST:
                self._at[print_].append(place)

    def diagonals(self, words: Sequence[str]) -> list[int]:
        """Give where in the text these words may begin: places, those with the most evidence first."""
        votes: dict[int, int] = defaultdict(int)
        for offset, print_ in enumerate(prints(words)):
            for place in self._at.get(print_, ()):
                votes[place - offset] += 1
        return sorted(votes, key=lambda start: (-votes[start], start))


def prints(words: Sequence[str]) -> list[int]:
    """Give the fingerprint of every run of three words."""
    hashes = [crc32(word.encode("utf-8", "surrogatepass")) for word in words]
    return [
        crc32(f"{first},{second},{third}".encode())
        for first, second, third in zip(hashes, hashes[1:], hashes[2:], strict=False)
    ]


def winnowed(found: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Keep the least fingerprint of every window, the rightmost of equals, each place once, with its place."""
    last = -1
    for start in range(max(len(found) - WINDOW + 1, min(len(found), 1))):
        window = found[start : start + WINDOW]
        least = min(window)
        place = start + max(position for position, one in enumerate(window) if one == least)
        if place != last:
            last = place
            yield place, least


_MOST = 200
"""Places of one fingerprint that are kept: a text that repeats itself so often is no article."""
