"""Finds which of many marks a page holds, in one pass over it (Aho and Corasick 1975). Pure."""

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick


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


class Words:
    """Phrases in text."""

    def __init__(self, words: Sequence[str]) -> None:
        """Take the phrases, the first of which counts most."""
        self._words = words
        self._automaton = AhoCorasick(words)

    def first_in(self, text: str) -> str | None:
        """Give the foremost phrase that is there, wherever it stands; None where there is none."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return self._words[min(index for index, _, _ in found)] if found else None
