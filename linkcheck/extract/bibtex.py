r"""Reads BibTeX and BibLaTeX: what each entry cites, with its title, author, year and the day it was read.

The fields `url`, `doi` and `eprint` are destinations as a whole; in the others `\url`, `\href` and URLs without
markup count. What stands outside of entries is a comment (https://ctan.org/pkg/bibtex, https://ctan.org/pkg/biblatex).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linkcheck.dates import parse_date
from linkcheck.extract import latex, schemeless
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.places import Places
from linkcheck.extract.prose import Found, folded
from linkcheck.model import Cited, Document, Reference, Role
from linkcheck.packed import Packed


class Field(NamedTuple):
    """One `name = value` of an entry; `text[start:end]` is the value without its braces or quotation marks."""

    name: str
    """In lower case."""
    opens: int
    start: int
    end: int
    is_joined: bool
    """Whether more follows behind a `#`: then this is only the beginning."""


def extract(document: Document, _wanted: Wanted) -> Extraction:
    """Read a bibliography. Never raises on any text."""
    text, places = document.text, Places(document)
    references = Packed(Reference)
    for fields in entries(text):
        known = {field.name: text[field.start : field.end] for field in reversed(fields)}
        cited = _cited(known)
        title = (cited.title if cited else None) or ""
        for field in fields:
            for one in _links(text, field, known):
                span = places.span(one.start, one.end, element=one.opens)
                raw = text[one.start : one.end]
                references.append(Reference(raw, span, one.element, title or one.text, Role.CITATION, cited))
    return Extraction(references=references)


def entries(text: str) -> Iterator[list[Field]]:
    """Give the fields of each entry; an entry that is never closed ends where the next begins."""
    at = limit = 0
    while found := _ENTRY.search(text, at):
        at = found.end()
        if limit <= at:
            following = _NEXT.search(text, at)
            limit = following.start() if following else len(text)
        if found[1].lower() not in _NO_ENTRIES:
            fields, at = _fields(text, at, limit)
            yield fields


def decoded(raw: str, element: str) -> str:
    """Say what a `raw` means as a URL."""
    if element == "eprint":
        return f"https://arxiv.org/abs/{''.join(raw.split()).removeprefix('arXiv:')}"
    return latex.decoded(raw, element)


def _fields(text: str, at: int, limit: int) -> tuple[list[Field], int]:
    """Read up to the closing brace of an entry, in whose key we stand; the next begins at `limit`.

    Where a value is never closed, the fields in it are read as if they stood behind it.
    """
    fields: list[Field] = []
    widest = limit
    while name := _NAME.search(text, at, limit):
        if name[1] is None:  # the end of the entry
            return fields, name.end()
        at = name.end()
        value = _value(text, at, min(limit, at + widest))
        if value is None:
            widest = _NEAR
            continue
        start, end, at = value
        is_joined = False
        while joined := _JOIN.match(text, at):
            more = _value(text, joined.end(), min(limit, joined.end() + widest))
            if more is None:
                widest = _NEAR
                break
            is_joined = True
            at = more[2]
        fields.append(Field(name[1].lower(), name.start(1), start, end, is_joined))
    return fields, limit


def _value(text: str, at: int, limit: int) -> tuple[int, int, int] | None:
    """Give start and end of a value, and the place behind it; of parts that are joined by `#`, the first in full."""
    sign = text[at : at + 1]
    if sign == "{":
        depth, start = 0, at + 1
        for brace in _BRACE.finditer(text, at, limit):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if not depth and brace[0] == "}":
                return (*_stripped(text, start, brace.start()), brace.end())
        return None
    if sign == '"':
        depth, start = 0, at + 1
        for mark in _MARK.finditer(text, start, limit):
            depth += {"{": 1, "}": -1}.get(mark[0], 0)
            if mark[0] == '"' and depth <= 0:
                return (*_stripped(text, start, mark.start()), mark.end())
        return None
    word = _WORD.match(text, at, limit)
    return (word.start(), word.end(), word.end()) if word else None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    value = text[start:end]
    left = start + len(value) - len(value.lstrip())
    return left, max(left, start + len(value.rstrip()))


def _links(text: str, field: Field, known: dict[str, str]) -> Iterator[Found]:
    name, opens, start, end, is_joined = field
    value = text[start:end]
    if not value:
        return
    if is_joined and (_URL_FIELD.fullmatch(name) or name == "doi"):
        return  # put together from pieces: it stands nowhere
    if _URL_FIELD.fullmatch(name) and _is_whole(value):
        yield Found(opens, end, start, end, "url")
    elif name == "doi":
        if latex.decoded(value, "doi").startswith("http"):
            yield Found(opens, end, start, end, "doi")
    elif name == "eprint" and "arxiv" in known.get("archiveprefix", known.get("eprinttype", "")).lower():
        if _ARXIV.fullmatch(value):
            yield Found(opens, end, start, end, "eprint")
    elif "://" in value or "\\url" in value or "\\doi" in value:
        yield from latex.links(text, start, end)


def _is_whole(value: str) -> bool:
    """Tell a field that is nothing but one address."""
    if "\\url" in value or "\\href" in value or len(_SCHEME.findall(value)) > 1:
        return False
    return "://" in value or schemeless.is_likely(value)


def _cited(known: dict[str, str]) -> Cited | None:
    title, author = _words(known, "title"), _words(known, "author", "editor", "organization")
    day = _words(known, "date") or _words(known, "year")
    accessed = _words(known, "urldate", "lastchecked", "lastaccessed", "accessed")
    archive_url = _words(known, "archiveurl", "archive-url", "urlarchive")
    cited = Cited(
        title=title,
        author=author and author.replace(" and ", "; "),
        published=(parse_date(day) or day) if day else None,
        accessed=parse_date(accessed) if accessed else None,
        archive_url=archive_url,
    )
    return cited if cited != Cited() else None


def _words(known: dict[str, str], *names: str) -> str | None:
    value = next((known[name] for name in names if known.get(name)), "")
    return folded(latex.plain(value[:_LONGEST])) or None


_LONGEST = 1000
_NEAR = 2000
"""Characters that a value may have in an entry in which one is never closed."""
_NO_ENTRIES = frozenset({"comment", "preamble", "string"})
_ENTRY = re.compile(r"(?:^|(?<=[\s}]))@\s{0,9}([A-Za-z]{1,40})\s{0,99}[{(]", re.MULTILINE)
_NEXT = re.compile(r"^[^\S\r\n]{0,9}@[A-Za-z]{1,40}\s{0,9}[{(]", re.MULTILINE)
_SCHEME = re.compile(r"(?:^|\s)https?://", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w:.+/-])([A-Za-z][\w:.+/-]{0,60})\s{0,99}=\s{0,99}|[})]")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_MARK = re.compile(r'\\.|[{}"]', re.DOTALL)
_WORD = re.compile(r"[^\s,#{}()\"=]{1,200}")
_JOIN = re.compile(r"\s{0,99}#\s{0,99}")
_URL_FIELD = re.compile(r"url|link|ee|bdsk-url-[0-9]+|opturl|website|homepage|pdf|biburl")
_ARXIV = re.compile(r"(?:arXiv:)?(?:[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?", re.IGNORECASE)

PLUGIN = Extractor(
    media_types=("text/x-bibtex", "application/x-bibtex"),
    about="BibTeX, BibLaTeX: `url`, `doi`, `eprint`, links in other fields, and what the entry says of them.",
    suffixes=(".bib", ".bibtex"),
    extract=extract,
    decoded=decoded,
    knows_anchors=False,
)
