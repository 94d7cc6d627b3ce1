"""Reads the names of authors from elements of a page that are called so."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linkcheck.extract.heads import Statement
from linkcheck.extract.snippets import inner
from linkcheck.later import later


class Around(NamedTuple):
    """What is known of a page before its days are looked for."""

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
    while found := _next_name(text, start, limit):
        name, start = found
        yield name
        limit = min(limit, start + _TOGETHER)


def _next_name(text: str, start: int, limit: int) -> tuple[Statement, int] | None:
    """Give the first name between two characters, and the character where its tag ends."""
    for at in places(text, start, limit, _NEEDLES):
        opening = text.rfind("<", max(start, at - _LONGEST_TAG), at)
        end = text.find(">", at, at + _LONGEST_TAG)
        if opening < 0 or end < 0 or not _AUTHOR.search(text, opening, end + 1):
            continue
        words = _LABEL.sub("", inner(text, end + 1))
        if _is_name(words):
            return Statement("author", words, "byline", opening), end
    return None


def end_of_article(text: str, start: int) -> int:
    """Say where the comments begin, which have authors and dates of their own."""
    limit = min(len(text), start + _REACH)
    for needle in ('id="respond', "disqus_thread"):
        found = text.find(needle, start, limit)
        limit = found if found >= 0 else limit
    at = start
    while (at := text.find("comment", at, limit)) >= 0:
        if _COMMENTS.match(text, at, limit):
            return at
        at += 7
    return limit


def places(text: str, start: int, limit: int, needles: Sequence[str]) -> Iterator[int]:
    """Find where words stand that may say what follows, in order; no more than some hundred.

    One word after the other: so they are found many times as fast as by a pattern. The first ones are found without
    looking at the rest.
    """
    count, size = 0, _FIRST_LOOK
    while start < limit and count < _CANDIDATES:
        end, found = min(start + size, limit), []
        for needle in needles:
            at, last = start - 1, min(end + len(needle) - 1, limit)
            while (at := text.find(needle, at + 1, last)) >= 0:
                found.append(at)
        count += len(found)
        yield from sorted(found)
        start, size = end, size * 2


def _is_name(words: str) -> bool:
    """Tell a name, or a few, from labels of forms, dates and sentences."""
    if not 2 <= len(words) <= _NAME_LENGTH or words.count(" ") > _NAME_WORDS or _NO_NAME.search(words):
        return False
    return words[0].isalpha() and any(map(str.isalpha, words))


_BEFORE, _REACH_OF_NAMES, _REACH = 3000, 24_000, 24_000
_NAME_LENGTH, _NAME_WORDS = 80, 7
_CANDIDATES, _FIRST_LOOK, _LONGEST_TAG, _TOGETHER = 300, 2000, 400, 400
_NEEDLES = ("uthor", "autor", "auteur", "byline", "posted-by", 'class="fn')
_AUTHOR = later(
    r"""\b(?:rel\s*=\s*["']?author\b|(?:class|itemprop)\s*=\s*["'](?:[^"'<>]{0,80}[\s_-])?"""
    r"""(?:author(?:[-_]{0,2}(?:name|link|title|names|info))?|byline(?:[-_]{1,2}(?:name|author|item))?"""
    r"""|autor(?:in|en|name)?|auteur|posted-by|fn)["'\s])""",
    re.IGNORECASE,
)
_COMMENTS = later("comment(?:list|-list|(?<=id=.comment)s|(?<=class=.comment)s)")
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
