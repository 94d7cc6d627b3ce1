"""Counts how often each of very many names has been met, without keeping the names."""

from array import array

_LEAST = 1 << 10
"""Slots of an empty table: a power of two."""


class Occurrences:
    """Hashes of names with their numbers, in one table with open addressing: 16 to 32 bytes a name.

    A Counter takes 200 bytes for a URL. The hash is Python's own, of 64 bits and seeded anew in every process
    (https://peps.python.org/pep-0456/), so nobody can choose two names that are taken for one.
    """

    def __init__(self) -> None:
        self._hashes = array("q", [0]) * _LEAST
        self._numbers = array("I", [0]) * _LEAST
        """How often each was met; 0 where the slot is free."""
        self._names = 0

    def add(self, name: str) -> int:
        """Tell how often a name was met before, and count it."""
        hashed = hash(name)
        slot = self._slot(hashed)
        met = self._numbers[slot]
        self._numbers[slot] = met + 1
        if not met:
            self._hashes[slot] = hashed
            self._names += 1
            if 4 * self._names > 3 * len(self._hashes):
                self._grow()
        return met

    def _slot(self, hashed: int) -> int:
        """Find where a hash stands, or would."""
        mask = len(self._hashes) - 1
        slot = hashed & mask
        while self._numbers[slot] and self._hashes[slot] != hashed:
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        known = zip(self._hashes, self._numbers, strict=True)
        self._hashes = array("q", [0]) * (2 * len(self._hashes))
        self._numbers = array("I", [0]) * len(self._hashes)
        for hashed, number in known:
            if number:
                slot = self._slot(hashed)
                self._hashes[slot], self._numbers[slot] = hashed, number
