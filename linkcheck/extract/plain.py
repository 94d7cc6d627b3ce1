"""Reads plain text: http and https URLs, and addresses in `www.`, ended where a reader would end them.

What belongs to a URL and what to the sentence around it follows linkify-it (https://github.com/markdown-it/linkify-it)
and RFC 3986 appendix C; every step is linear in the length of the text.
"""

import re
from collections.abc import Iterator
from heapq import merge
from itertools import takewhile

from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.cited import cited_of
from linkcheck.extract.doi import with_dois
from linkcheck.extract.places import Places
from linkcheck.extract.roles import role_of
from linkcheck.extract.surroundings import Surroundings
from linkcheck.model import Document, Reference
from linkcheck.packed import Packed

_AROUND = 300
_WINDOW = 2 * _AROUND
"""Characters looked at on each side of a URL: white space folds, so there are more than are kept."""
_OPENING = 12
_LONGEST = 1000


def extract(document: Document, _wanted: Wanted) -> Extraction:
    """List the URLs of a plain text. Never raises on any text."""
    text, places = document.text, Places(document)
    return Extraction(references=Packed(Reference, _references(text, places)), opening=tuple(_opening(text, places)))


def _references(text: str, places: Places) -> Iterator[Reference]:
    heading = _Heading(text)
    for start, end in with_dois(addresses(text), text):
        raw = text[start:end]
        line, paragraph = _around(text, start, end, heading.before(start))
        role = role_of("bare", raw, line)
        yield Reference(raw, places.span(start, end), "bare", raw, role, cited_of(raw, paragraph))


def urls(text: str) -> Iterator[tuple[int, int]]:
    """Give start and end of every http(s) URL, in order."""
    at = 0
    while (colon := text.find("://", at)) >= 0:
        at = colon + 3
        start = _scheme_start(text, colon)
        host = _HOST.match(text, at) if start is not None else None
        if start is None or host is None or not _is_host(host["name"]):
            continue
        at = end = _end(text, host, start)
        yield start, end


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Give the URLs, and what begins with `www.` between them, in order."""
    at = 0
    for start, end in merge(urls(text), _hosts(text)):
        if start >= at:  # else it is a part of a URL
            yield start, end
            at = end


def decoded(raw: str, _element: str) -> str:
    """Say what an address means: one in `www.` is http, as GitHub takes it."""
    return f"http://{raw}" if raw[:4].lower() == "www." else raw


def _hosts(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while found := _WWW.search(text, at):
        start = found.start()
        host = _HOST.match(text, start)
        at = found.end()
        if host is None or not _is_host(host["name"]) or host["name"].rstrip(".").count(".") < _DOTS:
            continue
        at = end = _end(text, host, start)
        yield start, end


def _end(text: str, host: re.Match[str], start: int) -> int:
    """Give where an address ends that starts at a character, by its host."""
    end = host.end("port") if host["port"] else host.start("name") + len(host["name"].rstrip("."))
    if text[host.end() : host.end() + 1] in _BODY_STARTS:
        before = text[start - 1] if start else ""
        end = max(end, _trimmed(text, host.end(), _body_end(text, host.end(), before)))
    return end


def looks_like_markdown(text: str) -> bool:
    """Tell whether a plain text was written as Markdown: a link, or a definition or autolink beside a heading."""
    if _INLINE_LINK.search(text):
        return True
    if _DEFINITION.search(text) and (_FULL_REFERENCE.search(text) or _HEADING.search(text)):
        return True
    return bool(_AUTOLINK.search(text) and _HEADING.search(text))


def _scheme_start(text: str, colon: int) -> int | None:
    """Give where `http` or `https` before a colon starts; None where it is another scheme or part of a word."""
    for length in (5, 4):
        start = colon - length
        if start >= 0 and text[start:colon].lower() in {"http", "https"}:
            before = text[start - 1] if start else " "
            return None if before == "_" or (before.isascii() and before.isalnum()) else start
    return None


def _is_host(name: str) -> bool:
    """Tell a host as people write it: labels that start and end with a letter, digit or symbol, or an IPv6 address."""
    if name.startswith("["):
        return True
    return len(name) <= _LONGEST_HOST and all(
        label and label[0] not in "-_" and label[-1] not in "-_" for label in name.rstrip(".").split(".")
    )


def _body_end(text: str, start: int, before: str) -> int:
    """Find where path, query and fragment end: at white space, a sign of the text around, or an unmatched bracket."""
    opened: list[tuple[str, int]] = []
    at = start
    while True:
        limit = min(opened[0][1] + _WIDEST, len(text)) if opened else len(text)
        found = _MARK.search(text, at, limit)
        if found is None:
            return opened[0][1] if opened else limit
        mark, here = found[0], found.start()
        at = found.end()
        if mark in _CLOSING:
            opened.append((_CLOSING[mark], here))
        elif opened and mark == opened[-1][0]:
            opened.pop()
        elif not _goes_on(text, found, before):
            return opened[0][1] if opened else here


def _goes_on(text: str, mark: re.Match[str], before: str) -> bool:
    """Tell whether a mark other than a bracket is a part of the URL that it follows."""
    sign, here = mark[0], mark.start()
    if sign[0] == '"':
        return len(sign) > 1 and before not in {'"', "="}
    if sign == "'":
        return before != "'"
    if _IDEOGRAPHS.match(sign):
        # Sentences go on right after "page.html"; names of pages stand after a "/" or have more of the URL after them.
        is_after_word = text[here - 1].isascii() and text[here - 1].isalnum()
        return not is_after_word or text[mark.end() : mark.end() + 1] in _JOINTS
    return False


def _trimmed(text: str, start: int, end: int) -> int:
    """Leave out the punctuation of the sentence around, a possessive, and what is left of escaped markup."""
    apostrophes = text.count("'", start, end)
    while end > start:
        if text.endswith(_ENTITIES, start, end):
            end = text.rindex("&", start, end)
        elif text[end - 1] in _PUNCTUATION or (text[end - 1] == "'" and apostrophes % 2):
            apostrophes -= text[end - 1] == "'"
            end -= 1
        elif text.endswith("'s", start, end):
            apostrophes -= 1
            end -= 2
        else:
            break
    return end


class _Heading:
    """The line that a list of URLs stands under, such as `Sources:`; asked for places in rising order."""

    def __init__(self, text: str) -> None:
        self._lines = _HEADING_LINE.finditer(text)
        self._next = next(self._lines, None)
        self._text = text
        self._last: re.Match[str] | None = None

    def before(self, at: int) -> str:
        """Give the last such line above, if no more than one empty line parts it from the paragraph here."""
        while self._next and self._next.end() <= at:
            self._last, self._next = self._next, next(self._lines, None)
        if self._last is None or at - self._last.end() > _REACH:
            return ""
        between = self._text[self._last.end() : at].strip()
        return "" if _EMPTY_LINE.search(between) else self._last[0].strip()


def _around(text: str, start: int, end: int, heading: str) -> tuple[Surroundings, Surroundings]:
    """Give the words on the same line, where labels stand, with the line above; and those of the paragraph."""
    above = _lines(text[max(0, start - _WINDOW) : start])[::-1]
    below = _lines(text[end : end + _WINDOW])
    line = Surroundings(
        before=_folded(above[0])[-_AROUND:],
        after=_folded(below[0])[:_AROUND],
        previous=_folded(next(filter(str.strip, above[1:]), ""))[-_AROUND:],
        heading=heading,
    )
    before = [*reversed([*takewhile(str.strip, above[1:])]), above[0]]
    after = [below[0], *takewhile(str.strip, below[1:])]
    return line, Surroundings(before=_folded(" ".join(before))[-_AROUND:], after=_folded(" ".join(after))[:_AROUND])


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _folded(text: str) -> str:
    return " ".join(text.split())


def _opening(text: str, places: Places) -> Iterator[tuple[int, str]]:
    """Give number and text of the first lines that hold any."""
    at = 0
    for _ in range(_OPENING):
        first = _VISIBLE.search(text, at)
        if first is None:
            return
        end = _LINE_END.search(text, first.start())
        at = end.start() if end else len(text)
        yield places.line_column(first.start())[0], _folded(text[first.start() : min(at, first.start() + _LONGEST)])


_VISIBLE = re.compile(r"\S")
_LINE_END = re.compile(r"\r\n|\n|\r")
_EMPTY_LINE = re.compile(r"(?>\r\n|\n|\r)[^\S\r\n]*+(?:\r\n|\n|\r)")
_HEADING_LINE = re.compile(r"^[^\S\r\n]{0,9}[^\W\d_][^\r\n:]{0,60}:[^\S\r\n]{0,9}(?=[\r\n]|\Z)", re.MULTILINE)
_REACH = 2000
"""Characters that a list under one heading line may be long."""

_INVISIBLE = r"\s\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_CJK_SIGNS = r"\u3001-\u3003\u3008-\u3020\u30fb\uff01\uff02\uff07-\uff0c\uff0e\uff1a-\uff1f\uff3b-\uff3d\uff5b-\uff65"
_SIGNS = r"<>`|\\\u2018-\u201f\u2026\u2039\u203a\xab\xbb" + _CJK_SIGNS
_CJK = (
    r"\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    r"\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_IDEOGRAPHS = re.compile(f"[{_CJK}]")

_HOST = re.compile(
    rf"(?:[^{_INVISIBLE}{_SIGNS}/?#@\"'(){{}}\[\]]{{1,256}}@)?"
    r"(?P<name>\[[0-9a-fA-F:.]{2,45}\]"
    rf"|(?:[{_CJK}]|[^{_INVISIBLE}{_SIGNS}{_CJK}\x21-\x2c/:-@\[-^{{}}~])"
    rf"(?:[^{_INVISIBLE}{_SIGNS}{_CJK}\x21-\x2c/:-@\[-^{{}}~]|(?<![0-9A-Za-z])[{_CJK}]){{0,254}}+)"
    r"(?!://)(?P<port>:[0-9]{1,5}(?![0-9]))?"
)
"""User and password, then a name or an IPv6 address, then a port. A name ends where Chinese, Japanese or Korean text
follows a Latin letter."""

_LONGEST_HOST = 253
_WWW = re.compile(r"(?<![\w@./:\\-])www\.(?=[^\W_])", re.IGNORECASE)
_DOTS = 2
"""`www.` and one more."""
_BODY_STARTS = frozenset("/?#")
_MARK = re.compile(rf"[{_INVISIBLE}{_SIGNS}()\[\]{{}}']|\"(?:[^{_INVISIBLE}{_SIGNS}\"=]{{1,200}}\")?|[{_CJK}]+")
"""Everything at which a URL may end, save the punctuation that is trimmed afterwards."""
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_WIDEST = 512
"""Characters that brackets within a URL may enclose."""
_JOINTS = frozenset("/-_?=&%#")
_PUNCTUATION = frozenset("?!.,:;*_~")
_ENTITIES = ("&gt;", "&lt;", "&quot;", "&nbsp;", "&#39;", "&#34;", "&apos;")

_URL_LIKE = r"(?:https?://|mailto:|www\.|\.{0,2}/|#|[\w%-]{1,100}(?:[/.][\w%-]{1,100}){0,20}\.[A-Za-z]{1,5}\b)"
_INLINE_LINK = re.compile(
    rf"(?<![\w\])])!?\[[^\[\]\r\n]{{1,500}}\]\((?:<[^<>\r\n]{{1,500}}>|{_URL_LIKE}[^\s()<>]{{0,2000}}+"
    r"(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,500}+)?)(?:\s{1,3}[\"'(][^\r\n\"']{0,500}+[\"')])?\)",
    re.IGNORECASE,
)
_DEFINITION = re.compile(rf"^ {{0,3}}\[[^\[\]\r\n]{{1,200}}\]:[ \t]{{0,20}}{_URL_LIKE}", re.MULTILINE | re.IGNORECASE)
_FULL_REFERENCE = re.compile(r"(?<![\w\])])\[[^\[\]\r\n]{1,500}\]\[[^\[\]\r\n]{0,200}\]")
_AUTOLINK = re.compile(r"<https?://[^\s<>]{1,2000}>", re.IGNORECASE)
_HEADING = re.compile(
    r"^(?: {0,3}#{1,6} \S|[^\s=-][^\r\n]{0,200}(?:\r\n|\n|\r)(?:={3,}|-{3,})[ \t]*(?=[\r\n]|\Z))", re.MULTILINE
)

PLUGIN = Extractor(
    media_types=("text/plain",),
    about="http(s) URLs, `www.` and DOIs in running text; with Markdown links it is read as Markdown.",
    suffixes=(".txt", ".text"),
    extract=extract,
    decoded=decoded,
    knows_anchors=False,
)
