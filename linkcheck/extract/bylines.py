"""Reads the names of authors from elements of a page that are called so."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from linkcheck.extract.headline import Marks
from linkcheck.extract.heads import Statement
from linkcheck.extract.snippets import inner
from linkcheck.later import later


class Around(NamedTuple):
    """What is known of a page before its days are looked for."""

    marks: Marks
    body: int
    """The character where the head ends."""
    headline: int
    """The character of the headline, or that of the body."""
    end: int
    """Where comments begin, or it is too far from the headline."""
    has_headline: bool = True
    is_day_first: bool | None = None
    """How the page means `02/03/2017`."""


def of_names(text: str, around: Around) -> Iterator[Statement]:
    """Read elements whose `rel` or class says that they hold the author's name: the first after the headline's place.

    Further names count only next to it. Comments, which have authors of their own, are left alone.
    """
    start = max(around.body, around.headline - _BEFORE)
    limit = min(around.end, start + _REACH_OF_NAMES)
    last = None
    for at in places(text, start, limit, _NEEDLES):
        opening = text.rfind("<", max(start, at - _LONGEST_TAG), at)
        end = text.find(">", at, at + _LONGEST_TAG)
        if opening < 0 or end < 0 or not _AUTHOR.search(text, opening, end + 1):
            continue
        if last is not None and opening - last > _TOGETHER:
            return
        words = _LABEL.sub("", inner(text, end + 1))
        if _is_name(words):
            yield Statement("author", words, "byline", opening)
            last = end


def end_of_article(text: str, start: int) -> int:
    """Say where the comments begin, which have authors and dates of their own."""
    limit = min(len(text), start + _REACH)
    for form in _COMMENTS:
        found = form.search(text, start, limit)
        limit = found.start() if found else limit
    return limit


def places(text: str, start: int, limit: int, forms: Sequence[re.Pattern[str]]) -> list[int]:
    """Find where words stand that may say what follows, in order; no more than some hundred.

    Each form begins with letters that are always the same: so it is found many times as fast as one with alternatives.
    """
    found: list[int] = []
    for form in forms:
        found.extend(one.start() for one in islice(form.finditer(text, start, limit), _CANDIDATES))
    return sorted(found)


def _is_name(words: str) -> bool:
    """Tell a name, or a few, from labels of forms, dates and sentences."""
    if not 2 <= len(words) <= _NAME_LENGTH or words.count(" ") > _NAME_WORDS or _NO_NAME.search(words):
        return False
    return words[0].isalpha() and any(map(str.isalpha, words))


_BEFORE, _REACH_OF_NAMES, _REACH = 3000, 30_000, 40_000
_NAME_LENGTH, _NAME_WORDS = 80, 7
_CANDIDATES, _LONGEST_TAG, _TOGETHER = 50, 400, 400
_NEEDLES = tuple(map(re.compile, ("aut(?:h?or|eur)", "Author", "byline", "posted-by", '"fn')))
_AUTHOR = later(
    r"""\b(?:rel\s*=\s*["']?author\b|(?:class|itemprop)\s*=\s*["'](?:[^"'<>]{0,80}[\s_-])?"""
    r"""(?:author(?:[-_]{0,2}(?:name|link|title|names|info))?|byline(?:[-_]{1,2}(?:name|author|item))?"""
    r"""|autor(?:in|en|name)?|auteur|posted-by|fn)["'\s])""",
    re.IGNORECASE,
)
_COMMENTS = tuple(
    map(re.compile, ("comment(?:list|-list|(?<=id=.comment)s|(?<=class=.comment)s)", "disqus_thread", 'id="respond'))
)
_LABEL = later(
    r"\A(?:(?:artikel|beitrag|posted|written|published|ver\u00f6ffentlicht|publiziert|eingestellt|erstellt|geschrieben"
    r"|publi\u00e9|escrito|text|interview|story|recipe)\s)?(?:by|von|vom|par|por|di|autor(?:in|en)?|author|verfasser"
    r"|interview|text)\b\s?:?\s*",
    re.IGNORECASE,
)
_NO_NAME = later(
    r"[0-9*@|{}<>=]|://|\b(?:name|sagt|says|said|required|erforderlich|alle|all|posts?|beitr\u00e4ge|artikel|more|mehr"
    r"|about|\u00fcber|comment|kommentar|email|e-mail|am|profile|profil|autor|author|follow|unknown|admin|photo|foto|\u0444\u043e\u0442\u043e)\b",
    re.IGNORECASE,
)
