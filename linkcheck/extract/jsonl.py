"""Reads JSON lines, and JSON: the key that holds URLs, in every object; a line may be a URL alone.

The key is the one that `--column` names (dotted where it lies deeper, `response.url`), else the first whose name means
URL. `raw` is what the file says, JSON escapes included (https://jsonlines.org, RFC 8259).
"""

from collections.abc import Iterator

from linkcheck.dates import parse_date
from linkcheck.extract import columns, jsonscan, schemeless
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.jsonscan import String
from linkcheck.extract.places import Places
from linkcheck.extract.prose import folded
from linkcheck.model import Cited, Document, Reference, Role
from linkcheck.packed import Packed


def extract(document: Document, wanted: Wanted) -> Extraction:
    """Read objects. Never raises on any text."""
    text, places = document.text, Places(document)
    references = Packed(Reference)
    for members in _objects(text):
        references.extend(_references(text, members, wanted.column, places))
    return Extraction(references=references)


def decoded(raw: str, _element: str) -> str:
    """Say what the inside of a JSON string means; what is written as a host is on the web."""
    return schemeless.with_scheme(jsonscan.unescaped(raw))


def _objects(text: str) -> Iterator[dict[str, list[String]]]:
    """Give the strings of each record by their dotted keys: of a line, or of a member of the one array."""
    record: tuple[str | int, ...] = ()
    members: dict[str, list[String]] = {}
    for string in jsonscan.strings(text, by_line=True):
        path = string.path
        depth = 2 if len(path) > 1 and isinstance(path[1], int) else 1
        if path[:depth] != record or depth == len(path):
            if members:
                yield members
            record, members = path[:depth], {}
        key = ".".join(part for part in path[depth:] if isinstance(part, str))
        members.setdefault(key, []).append(string)
    if members:
        yield members


def _references(text: str, members: dict[str, list[String]], column: str | None, places: Places) -> Iterator[Reference]:
    chosen = columns.first(members, [columns.normal(column)] if column else columns.URL)
    strings = members[chosen] if chosen is not None else members.get("", []) if column is None else []
    cited = _cited(text, members, chosen)
    for string in strings:
        raw = text[string.start : string.end]
        if chosen is None and "://" not in jsonscan.unescaped(raw[:_LONGEST]):
            continue  # a text alone that is no URL
        span = places.span(string.start, string.end, element=string.start - 1)
        yield Reference(raw, span, "value", (cited.title if cited else None) or "", Role.CITATION, cited)


def _cited(text: str, members: dict[str, list[String]], chosen: str | None) -> Cited | None:
    def said(names: tuple[str, ...]) -> str | None:
        key = columns.first((name for name in members if name != chosen), names)
        if key is None:
            return None
        string = members[key][0]
        return folded(jsonscan.unescaped(text[string.start : min(string.end, string.start + _LONGEST)])) or None

    cited = Cited(
        title=said(columns.TITLE),
        author=said(columns.AUTHOR),
        published=parse_date(said(columns.PUBLISHED) or ""),
        accessed=parse_date(said(columns.ACCESSED) or ""),
        archive_url=said(columns.ARCHIVE_URL),
    )
    return cited if cited != Cited() else None


_LONGEST = 1000

PLUGIN = Extractor(
    media_types=("application/jsonl", "application/x-ndjson", "application/json-lines"),
    about="JSON lines or JSON: the key named url, or `--column KEY` (dotted), or URLs alone.",
    suffixes=(".jsonl", ".ndjson", ".jsonlines"),
    extract=extract,
    decoded=decoded,
    in_folders=False,
    is_data=True,
    knows_anchors=False,
)
