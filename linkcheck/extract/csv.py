"""Reads tables of comma-separated values (RFC 4180): the column that holds URLs, or every cell that is one.

Comma, semicolon, tab and bar separate. The column is the one that `--column` names (or numbers, from 1), else one whose
heading means URL; without either, every cell that is an http(s) URL counts. Other columns tell title, author and dates.
A cell may hold several URLs, with white space between them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linkcheck.dates import parse_date
from linkcheck.extract import columns, schemeless
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.places import Places
from linkcheck.extract.prose import folded
from linkcheck.model import Cited, Document, PlacedFinding, Reference, Role, Severity
from linkcheck.packed import Packed


class Cell(NamedTuple):
    """One cell; `text[start:end]` is what stands in it, without quotation marks."""

    opens: int
    start: int
    end: int
    is_quoted: bool


def extract(document: Document, wanted: Wanted) -> Extraction:
    """Read a table. Never raises on any text."""
    text, places = document.text, Places(document)
    separator = _separator(text)
    table = rows(text, separator)
    head = next(table, [])
    names = [value(text, cell)[:_LONGEST_NAME] for cell in head]
    column, is_headed = _column(names, wanted.column)
    if wanted.column and column is None:
        known = ", ".join(name for name in names if name)[:200]
        return Extraction(references=(), findings=(_missing(wanted.column, known),))
    said = _said(names) if is_headed else {}
    references = Packed(Reference)
    for row in _from(head, table, is_headed=is_headed):
        about = {what: value(text, row[at]) for what, at in said.items() if at < len(row) and at != column}
        cells = row if column is None else row[column : column + 1]
        for cell in cells:
            references.extend(_references(text, cell, about, places, is_sure=column is not None))
    return Extraction(references=references)


def rows(text: str, separator: str) -> Iterator[list[Cell]]:
    """Give the cells of each row that has any; a quoted cell may hold line ends."""
    row: list[Cell] = []
    for found in _cell(separator).finditer(text):
        is_quoted = found["quoted"] is not None
        start, end = found.span("quoted" if is_quoted else "plain")
        row.append(Cell(found.start(), start, end, is_quoted))
        if (found["end"] if is_quoted else found["end2"]) != separator:
            if len(row) > 1 or row[0].end > row[0].start:
                yield row
            row = []
            if found.end() == len(text):
                return


def value(text: str, cell: Cell) -> str:
    """Give what a cell means."""
    raw = text[cell.start : cell.end]
    return raw.replace('""', '"') if cell.is_quoted else raw


def decoded(raw: str, _element: str) -> str:
    """Say what a cell means as a URL: a doubled quotation mark is one; what is written as a host is on the web."""
    return schemeless.with_scheme(raw.replace('""', '"'))


def _references(text: str, cell: Cell, about: dict[str, str], places: Places, *, is_sure: bool) -> Iterator[Reference]:
    raw = text[cell.start : cell.end]
    stripped = raw.strip()
    if not stripped or not (is_sure or _URL.match(stripped)):
        return
    words = {what: folded(said[:_LONGEST]) or None for what, said in about.items()}
    title = words.get("title")
    cited = Cited(
        title=title,
        author=words.get("author"),
        published=parse_date(words.get("published") or ""),
        accessed=parse_date(words.get("accessed") or ""),
        archive_url=words.get("archive_url"),
    )
    begin = cell.start + raw.index(stripped)
    several = [one.span() for one in _EACH.finditer(text, begin, begin + len(stripped)) if _URL.match(one[0])]
    for start, end in several if len(several) > 1 else [(begin, begin + len(stripped))]:
        span = places.span(start, end, element=cell.opens if start == begin else None)
        yield Reference(text[start:end], span, "cell", title or "", Role.CITATION, cited if cited != Cited() else None)


def _from(head: list[Cell], table: Iterator[list[Cell]], *, is_headed: bool) -> Iterator[list[Cell]]:
    if head and not is_headed:
        yield head
    yield from table


def _separator(text: str) -> str:
    line = _FIRST_LINE.search(text)
    counts = {sign: (line[0] if line else "").count(sign) for sign in "\t;,|"}
    return max(counts, key=lambda sign: counts[sign]) if any(counts.values()) else ","


def _column(names: list[str], wanted: str | None) -> tuple[int | None, bool]:
    """Say which column holds the URLs, and whether the first row is a heading."""
    is_headed = not any(_URL.match(name.strip()) for name in names)
    if wanted:
        spelt = columns.first(names, [columns.normal(wanted)])
        if spelt is not None:
            return names.index(spelt), True
        number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < _DIGITS else 0
        return (number - 1 if 0 < number <= len(names) else None), is_headed
    spelt = columns.first(names, columns.URL) if is_headed else None
    return (names.index(spelt) if spelt is not None else None), is_headed


def _said(names: list[str]) -> dict[str, int]:
    families = {
        "title": columns.TITLE,
        "author": columns.AUTHOR,
        "published": columns.PUBLISHED,
        "accessed": columns.ACCESSED,
        "archive_url": columns.ARCHIVE_URL,
    }
    spelt = {what: columns.first(names, family) for what, family in families.items()}
    return {what: names.index(name) for what, name in spelt.items() if name is not None}


def _missing(column: str, known: str) -> PlacedFinding:
    return PlacedFinding(
        rule="damaged-document",
        severity=Severity.WARNING,
        message=f"the table has no column {column!r}, so that none of its links were read",
        next=f"Name one that is there: {known}." if known else "Name a table that has columns.",
        line=1,
        column=1,
    )


def _cell(separator: str) -> re.Pattern[str]:
    sign = re.escape(separator)
    return re.compile(
        rf'[^\S\r\n{sign}]*+"(?P<quoted>(?:[^"]++|"")*+)(?:"|\Z)[^\r\n{sign}]*+(?P<end>{sign}|\r\n|\n|\r|\Z)'
        rf"|(?P<plain>[^\r\n{sign}]*+)(?P<end2>{sign}|\r\n|\n|\r|\Z)"
    )


_LONGEST = 1000
_LONGEST_NAME = 200
_DIGITS = 6
_URL = re.compile(r"https?://", re.IGNORECASE)
_EACH = re.compile(r"[^\s,;]\S*[^\s,;]")
_FIRST_LINE = re.compile(r"[^\r\n]{1,20000}")

PLUGIN = Extractor(
    media_types=("text/csv", "text/tab-separated-values"),
    about="Tables: the column named URL, or `--column NAME`, else every cell that is a URL.",
    suffixes=(".csv", ".tsv"),
    extract=extract,
    decoded=decoded,
    in_folders=False,
    is_data=True,
    knows_anchors=False,
)
