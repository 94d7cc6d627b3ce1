"""Finds where the headline of a page stands: bylines and dates are around it, and its own words are a title."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

from linkcheck.extract.snippets import LONGEST, UNSEEN, blank, line


class Headline(NamedTuple):
    """Where the headline stands, as far as that can be told."""

    start: int
    """The character of its tag; where there is no heading, that of the body."""
    text: str = ""
    level: int = 0
    """1 to 3 for a heading of HTML, 0 where there is none."""


def headline_of(text: str, body: int, titles: Sequence[str], names: Sequence[str] = ()) -> Headline:
    """Choose among the headings of the upper three levels the one that the page is called by, else its first `<h1>`.

    Many a page has its site's name (one of `names`) in `<h1>`, or `<h1>` in its navigation. Where no heading has the
    title's words, any text that has them is taken for the place.
    """
    wanted = {letters: None for title in titles if len(letters := letters_of(title)) >= _SHORTEST}
    parts = {letters_of(part) for title in titles for part in _SEPARATOR.split(title)} - wanted.keys()
    others = {letters_of(name) for name in names}
    first, best, most = None, None, _HALF
    for found in islice(_HEADING.finditer(text, body), _HEADINGS):
        start, level = found.start(), int(found[1])
        begin = text.find(">", start, start + LONGEST) + 1
        end = _END[level].search(text, begin, begin + LONGEST * 4) if begin else None
        if end is None:
            continue
        markup = text[begin : end.start()]
        words = line(UNSEEN.sub(blank, markup) if "<" in markup else markup)
        if not words:
            continue
        if first is None and level == 1:
            first = Headline(start, words, 1)
        letters = letters_of(words)
        share = max((_share(letters, title) for title in wanted), default=0.0)
        if letters in parts:
            share = (1 + share) / 2
        if letters in others:
            share = 0.0
        if share > most:
            best, most = Headline(start, words, level), share
            if share >= _ALL:
                break
    if best or first:
        return best or first or Headline(body)
    for title in titles:
        if len(words := title[:_OPENING].strip()) >= _SHORTEST and (at := text.find(words, body)) >= 0:
            return Headline(max(text.rfind("<", body, at), body))
    return Headline(body)


@lru_cache(maxsize=128)
def letters_of(text: str) -> str:
    """Leave of a text its letters and digits."""
    text = text[:LONGEST].casefold()
    return _NO_LETTER.sub("", text if text.isascii() else normalize("NFKC", text))


def _share(words: str, title: str) -> float:
    """Give how much of a title a heading is, 0 to 1; 0 where it is something else."""
    if words in title:
        return len(words) / len(title)
    return len(title) / len(words) if title in words else 0.0


_NO_LETTER = re.compile(r"[\W_]+")
_SHORTEST, _OPENING = 8, 60
_HALF, _ALL = 0.5, 0.95
_SEPARATOR = re.compile(r"\s(?:[|–—»«•·/-]|::)\s")  # noqa: RUF001 - titles are set with dashes
_HEADINGS = 60
_HEADING = re.compile(r"<[hH]([123])\b")
_END = {level: re.compile(rf"</[hH]{level}\s*>") for level in (1, 2, 3)}
