"""Reads Jupyter notebooks: their Markdown cells, with places in the JSON file as it is stored.

Versions 4 and 3 of the format (https://nbformat.readthedocs.io/en/latest/format_description.html), and of 2 and 1 what
is alike. `raw` is what the file says, JSON escapes included; outputs are computed, not written, and are not read. In
code cells URLs count with `--include-code`. A damaged file is read as far as its cells can be told.
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from linkcheck.extract import html, jsonscan, markdown, part, plain, rst
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.jsonscan import String
from linkcheck.extract.part import Part, Runs
from linkcheck.extract.places import Places
from linkcheck.model import Document, PlacedFinding, Severity


class _Cell:
    """One cell, as far as it matters."""

    def __init__(self) -> None:
        self.lines: list[String] = []
        self.kind = self.media_type = ""


def extract(document: Document, wanted: Wanted) -> Extraction:
    """Read a notebook. Never raises on any text."""
    text, places = document.text, Places(document)
    read = []
    for cell in _cells(text):
        if (extractor := _reader(cell, wanted)) and cell.lines:
            extraction = part.read(_joined(cell, text), extractor, document, places, wanted)
            read.append(_as_code(extraction) if cell.kind == "code" else extraction)
    return Extraction(
        references=tuple(one for each in read for one in each.references),
        findings=(*_problems(text, places), *(one for each in read for one in each.findings)),
        claims=tuple({one.field: one for each in reversed(read) for one in reversed(each.claims)}.values()),
        opening=tuple(one for each in read for one in each.opening)[:_OPENING],
    )


def decoded(raw: str, element: str) -> str:
    """Say what a `raw` means: a piece of a JSON string, then of Markdown."""
    meaning = jsonscan.unescaped(_SEAM.sub("", raw))
    return meaning if element == "code" else markdown.PLUGIN.decoded(meaning, element)


def _cells(text: str) -> Iterator[_Cell]:
    """Give the cells in order, with what of them was found."""
    key: jsonscan.Path = ()
    cell = _Cell()
    for string in jsonscan.strings(text):
        path = string.path
        depth = 3 if path[1:2] == ("cells",) else 5 if path[1:2] == ("worksheets",) and path[3:4] == ("cells",) else 0
        if not depth or len(path) <= depth:
            continue
        if path[:depth] != key:
            yield cell
            key, cell = path[:depth], _Cell()
        match path[depth:]:
            case ("cell_type",):
                cell.kind = text[string.start : string.end]
            case ("source" | "input",) | ("source" | "input", int()):
                cell.lines.append(string)
            case ("metadata", "raw_mimetype" | "format"):
                cell.media_type = jsonscan.unescaped(text[string.start : string.end])
            case _:
                pass  # outputs, attachments, other metadata
    yield cell


def _reader(cell: _Cell, wanted: Wanted) -> Extractor | None:
    match cell.kind:
        case "markdown":
            return markdown.PLUGIN
        case "raw":
            return _RAW.get(cell.media_type, plain.PLUGIN)
        case "html":
            return html.PLUGIN
        case "code":
            return plain.PLUGIN if wanted.include_code else None
        case _:  # `heading` of version 3, and what is unknown
            return plain.PLUGIN


def _joined(cell: _Cell, text: str) -> Part:
    parts: list[str] = []
    places = Runs()
    for string in cell.lines:
        for meaning, place in jsonscan.pieces(text, string.start, string.end):
            parts.append(meaning)
            places.add(place, len(meaning))
    places.add(cell.lines[-1].end, 1)
    return Part("".join(parts), places)


def _as_code(extraction: Extraction) -> Extraction:
    return Extraction(references=tuple(replace(one, element="code") for one in extraction.references))


def _problems(text: str, places: Places) -> Iterator[PlacedFinding]:
    """Say what may have kept something from being read."""
    says = "the notebook is no valid JSON ({}); what its cells were was read as far as it could be"
    if found := jsonscan.damage(text, places, says, "Open it in Jupyter and save it again, or correct it by hand."):
        yield found
    elif (version := _VERSION.search(text)) and int(version[1]) < _KNOWN:
        line, column = places.line_column(version.start())
        yield PlacedFinding(
            rule="damaged-document",
            severity=Severity.NOTE,
            message=f"the notebook is in version {version[1]} of the format; its text cells were read as in version 3",
            next="Convert it: `jupyter nbconvert --to notebook --nbformat 4`.",
            line=line,
            column=column,
        )


_OPENING = 12
_KNOWN = 3
_SEAM = re.compile(r'(?<!\\)"\s*,\s*"')
"""Where one string of the list ends and the next begins."""
_VERSION = re.compile(r'"nbformat"\s{0,99}:\s{0,99}([0-9]{1,3})')
_RAW = {
    "text/markdown": markdown.PLUGIN,
    "text/html": html.PLUGIN,
    "text/restructuredtext": rst.PLUGIN,
    "text/x-rst": rst.PLUGIN,
}

PLUGIN = Extractor(
    media_types=("application/x-ipynb+json",),
    about="Jupyter notebooks of any version: Markdown and raw cells.",
    suffixes=(".ipynb",),
    extract=extract,
    decoded=decoded,
    knows_anchors=False,
)
