"""Finds which of many marks a page holds, in one pass over it (Aho and Corasick 1975). Pure."""

from collections.abc import Sequence

from ahocorasick_rs import BytesAhoCorasick


class Marks:
    """Marks in bytes."""

    def __init__(self, marks: Sequence[bytes]) -> None:
        """Take the marks, in the order in which they are given back."""
        self._marks = marks
        self._automaton = BytesAhoCorasick(marks)

    def all_in(self, markup: bytes) -> list[bytes]:
        """Give each mark that is there."""
        found = self._automaton.find_matches_as_indexes(markup, overlapping=True)
        return [self._marks[index] for index in sorted({index for index, _, _ in found})] if found else []
