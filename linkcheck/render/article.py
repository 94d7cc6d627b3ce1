"""The article with its recovered targets put in: changed by exactly those bytes, and nothing else."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple
from urllib.parse import quote

from linkcheck.errors import OutputError
from linkcheck.model import DocumentRow, ReferenceRow, Report, RescueKind, Verdict
from linkcheck.render.api import Renderer, Style
from linkcheck.render.tally import only_document


def render(report: Report, out: BinaryIO, style: Style) -> None:
    """Write the one document of the report; OutputError where there are several, or its bytes were not kept."""
    document = only_document(report)
    if document is None:
        raise OutputError("a corrected article is made of one document; put {name} into the path to get one of each")
    source = report.source(document)
    if source is None:
        raise OutputError(f"{document.path}: its text was not kept; check it again with --output article=PATH")
    out.write(corrected(source, document, report.references(), style.confidence))


def corrected(source: bytes, document: DocumentRow, rows: Iterator[ReferenceRow], confidence: float) -> bytes:
    """Put every recovered target in its place; OutputError for what is packed (.docx, .pdf), where none has a place."""
    wanted = [(row, target) for row in rows if (target := target_of(row, confidence)) is not None]
    if not all(row.end for row, _ in wanted):
        raise OutputError(f"{document.path}: its bytes hold no addresses; put in by hand what the report proposes")
    pieces, at = [], 0
    for one in edits(source, document, wanted):
        pieces += [source[at : one.start], one.written]
        at = one.end
    return b"".join([*pieces, source[at:]])


class Edit(NamedTuple):
    """What stands at `source[start:end]`, and what shall stand there."""

    start: int
    end: int
    written: bytes
    rows: tuple[ReferenceRow, ...]
    """The references that have this destination."""


def edits(source: bytes, document: DocumentRow, wanted: Iterable[tuple[ReferenceRow, str]]) -> Iterator[Edit]:
    """Give the edits that put targets in their places, in the order of the source, none within another.

    Where references share a destination, as in a definition, and want different targets, it is left as it is.
    """
    places: dict[tuple[int, int], list[tuple[ReferenceRow, bytes]]] = {}
    for row, target in wanted:
        is_in_angles = source.endswith(_encoded("<", document.encoding), 0, row.start)
        is_own = document.media_type in _OWN_RULES
        written = spelt(target, row.element, is_in_angles=is_in_angles) if is_own else encoded(target)
        places.setdefault((row.start, row.end), []).append((row, _encoded(written, document.encoding)))
    at = 0
    for (start, end), asked in sorted(places.items()):
        targets = {written for _, written in asked}
        if at <= start <= end <= len(source) and len(targets) == 1:
            yield Edit(start, end, targets.pop(), tuple(row for row, _ in asked))
            at = end


def is_older(content: bytes, report: Report) -> bool:
    """Tell whether a file is the article but for the destinations that this report might replace."""
    document = only_document(report)
    source = report.source(document) if document else None
    if source is None:
        return False
    spans = sorted({(row.start, row.end) for row in report.references() if row.verdict in _REPLACED or row.rescues})
    at = found = 0
    for start, end in [*spans, (len(source), len(source))]:
        piece = source[at:start]
        found = content.find(piece, found)
        if found < 0 or (at == 0 and found):
            return False
        found += len(piece)
        at = max(at, end)
    return found == len(content)


def target_of(row: ReferenceRow, confidence: float) -> str | None:
    """Give the recovered target that is sure enough, or its capture where it is gone by now; a dead end is none."""
    best = row.rescues[0] if row.rescues else None
    if best is None or best.kind is not RescueKind.RECOVERED or best.confidence < confidence or best.is_gone:
        return None
    target = best.uri_m or best.url
    return target if target.isprintable() and not any(map(str.isspace, target)) else None


def spelt(url: str, element: str, *, is_in_angles: bool = False) -> str:
    """Write a URL by the rules of the syntax that an element belongs to, so that it means itself."""
    match element:
        case "link" | "image":
            special = _IN_ANGLES if is_in_angles else _BARE
            return special.sub(r"\\\g<0>", _ENTITY.sub("&amp;", url))
        case "autolink":
            return _ENTITY.sub("&amp;", url)
        case "front-matter" | "code" | "bare" | "json-ld":
            return url
        case _:
            return url.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;")


def encoded(url: str) -> str:
    """Write a URL so that no syntax takes a sign of it for its own: notebooks are JSON, tables have commas."""
    return _SIGNS.sub(lambda sign: quote(sign[0], safe=""), url)


def _encoded(text: str, encoding: str) -> bytes:
    """Encode as the document is; what its encoding lacks, which no URL has, as a character reference."""
    return text.encode(encoding, "xmlcharrefreplace")


_REPLACED = frozenset({Verdict.PLACEHOLDER})
_BARE = re.compile(r"[()\\<>]")
_IN_ANGLES = re.compile(r"[\\<>]")
_SIGNS = re.compile(r"[()\[\]{}<>\\\"'`|^,;*]")
_OWN_RULES = frozenset(
    """text/markdown text/mdx text/plain text/html application/xhtml+xml application/x-netscape-bookmarks
    application/rss+xml application/atom+xml""".split()
)
"""Formats whose elements `spelt` knows; elsewhere, Markdown in a string of JSON for one, there are rules upon rules."""
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")

PLUGIN = Renderer(
    media_type="application/octet-stream",
    suffix="",
    render=render,
    is_binary=True,
    needs_sources=True,
    is_of_one=True,
    is_older=is_older,
)
