"""Finds where the headline of a page stands: bylines and dates are around it, and its own words are a title."""

import re
from collections.abc import Sequence
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


class Marks(NamedTuple):
    """Where the tags are that the rest goes by: found once, since to go over a page is most of the work."""

    headings: list[tuple[int, int]]
    """Character and level of the headings of the upper three levels."""
    times: list[int]
    scripts: list[int]
    """JSON-LD; the character after its tag."""


def marks_of(text: str, body: int) -> Marks:
    """Find them: headings and times in the body, scripts in the head, too."""
    found = Marks([], [], [])
    for tag in _MARK.finditer(text):
        at = tag.start()
        if tag[3]:
            found.scripts.append(tag.end())
        elif at >= body:
            if tag[1]:
                found.headings.append((at, int(tag[1])))
            else:
                found.times.append(at)
    return found


def headline_of(text: str, body: int, marks: Marks, titles: Sequence[str], names: Sequence[str] = ()) -> Headline:
    """Choose among the headings of the upper three levels the one that the page is called by, else its first `<h1>`.

    Many a page has its site's name (one of `names`) in `<h1>`, or `<h1>` in its navigation. Where no heading has the
    title's words, any text that has them is taken for the place.
    """
    wanted = {letters: None for title in titles if len(letters := letters_of(title)) >= _SHORTEST}
    parts = {letters_of(part) for title in titles for part in _SEPARATOR.split(title)} - wanted.keys()
    others = {letters_of(name) for name in names}
    first, best, most = None, None, _HALF
    for start, level in marks.headings[:_HEADINGS]:
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
_MARK = re.compile(
    r"<(?=[hHtTsS])(?:[hH]([123])\b|([tT][iI][mM][eE])\b|([sS][cC][rR][iI][pP][tT])\b[^>]{0,300}ld\+json[^>]{0,300}>)"
)
_END = {level: re.compile(rf"</[hH]{level}\s*>") for level in (1, 2, 3)}
