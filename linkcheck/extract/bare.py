"""Finds URLs, DOIs and email addresses that stand in running text without any markup.

The rule is that of GitHub's extended autolinks (https://github.github.com/gfm/#autolinks-extension-), with four
differences in favour of what was meant: a URL ends at any Unicode space, at a backquote, at the stops and quotation
marks of Chinese and Japanese, which have no space before them, and where their parentheses close around it; wide
punctuation and typographic quotation marks at its end are left outside as usual; so is a closing bracket or brace that
was not opened in the URL, just as a parenthesis is; and a host starts with a letter or a digit.
"""

import re
from collections.abc import Iterator

from linkcheck.extract.doi import with_dois

HINT = re.compile(rb"[:w@](?:(?<=:)(?://|(?: |\xc2\xa0)?10\.)|(?<=w)ww\.|(?<=@))")
"""What every find contains, in UTF-8: to pass quickly over text that has none."""


def find(text: str, *, emails: bool = False) -> Iterator[tuple[int, int]]:
    """Give start and end of every `http://`, `https://`, `ftp://` and `www.` URL and every DOI, in order.

    Of emails, too, if they are wanted.
    """
    return with_dois(_find(text, emails=emails), text)


def _find(text: str, *, emails: bool) -> Iterator[tuple[int, int]]:
    starts = _URL_OR_EMAIL if emails else _URL
    at = 0
    while found := starts.search(text, at):
        if found[0] == "@":
            place = _email(text, found.start(), at)
        elif found[0] == "www.":
            place = _url(text, found, is_short_allowed=False) if _is_edge(text, found.start()) else None
        else:
            place = _url(text, found, is_short_allowed=True) if not _is_in_word(text, found.start()) else None
        if place:
            yield place
        at = place[1] if place else found.end()


def _is_edge(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "*_~("


def _is_in_word(text: str, at: int) -> bool:
    return at > 0 and text[at - 1].isascii() and text[at - 1].isalpha()


def _url(text: str, found: re.Match[str], *, is_short_allowed: bool) -> tuple[int, int] | None:
    host = _HOST.match(text, found.end())
    if host is None:
        return None
    labels = host[0].split(".")
    if any("_" in label for label in labels[-2:]) or not (is_short_allowed or labels[0]):
        return None
    token = _TOKEN.match(text, host.end())
    end = _trimmed(text, found.start(), _opened(text, host.end(), token.end()) if token else host.end())
    return (found.start(), end) if end > found.end() else None


def _opened(text: str, start: int, end: int) -> int:
    """Give where a wide parenthesis closes that was opened before the URL, since no space follows it; else the end."""
    depth = 0
    for found in _WIDE.finditer(text, start, end):
        depth += 1 if found[0] == "\uff08" else -1
        if depth < 0:
            return found.start()
    return end


def _trimmed(text: str, start: int, end: int) -> int:
    """Leave out the punctuation of the sentence around."""
    surplus = {
        closing: text.count(closing, start, end) - text.count(opening, start, end)
        for opening, closing in ("()", "[]", "{}", "\u3010\u3011", "\u300a\u300b")
    }
    while end > start:
        last = text[end - 1]
        if last in _PUNCTUATION:
            end -= 1
        elif last == ";":
            letter = end - 1
            while letter > start and text[letter - 1].isalnum():
                letter -= 1
            end = letter - 1 if letter < end - 1 and text[letter - 1] == "&" else end - 1
        elif surplus.get(last, 0) > 0:
            surplus[last] -= 1
            end -= 1
        else:
            break
    return end


def _email(text: str, at: int, floor: int) -> tuple[int, int] | None:
    """Look to both sides of an `@`; `floor` is where the last find ended."""
    start = at
    while start > floor and text[start - 1] in _LOCAL:
        start -= 1
    host = _EMAIL_HOST.match(text, at + 1)
    if host is None or start == at or (start > floor and text[start - 1] == "/"):
        return None
    name = host[0].rstrip(".")
    end = at + 1 + len(name)
    if "." not in name or ".." in name or name[-1] in "-_" or text[end : end + 1] == "@":
        return None
    return start, end


_URL = re.compile(r"(?i:https?|ftp)://|www\.")
_URL_OR_EMAIL = re.compile(r"(?i:https?|ftp)://|www\.|@")
_HOST = re.compile(
    r"\[[0-9a-fA-F:.]{2,45}\]"
    r"|[^\s\x00-/:-@\[-`{-\x7f\u2010-\u205e\u3001-\u3003\u3008-\u3011\uff01-\uff0f]"
    r"[^\s\x00-,/:-@\[-^`{-\x7f\u2010-\u205e\u3001-\u3003\u3008-\u3011\uff01-\uff0f]{0,254}"
)
"""An IPv6 address, or at most 255 characters of a name: no space and no punctuation but `-`, `_` and `.`."""
_TOKEN = re.compile(r"[^\s<`\u3001\u3002\u300c-\u300f\uff61-\uff64]*+")
_WIDE = re.compile("[\uff08\uff09]")
_PUNCTUATION = frozenset(
    "?!.,:*_~'\">\xab\xbb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2026\u2039\u203a"
    "\uff01\uff0c\uff0e\uff1a\uff1b\uff1f"
)
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_")
_EMAIL_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}")
