"""Reads HAR, what a browser recorded of a page: each request is a reference, read on the day it was made.

http://www.softwareishard.com/blog/har-12-spec/. Documents are citations, images images, and all else embedded; what
the entry says comes before the guess by its name. Bodies of answers are passed over.
"""

import re
from collections.abc import Iterator

from linkcheck.dates import parse_date
from linkcheck.extract import jsonscan
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.jsonscan import String
from linkcheck.extract.places import Places
from linkcheck.model import Cited, Document, PlacedFinding, Reference, Role, Severity


def extract(document: Document, _wanted: Wanted) -> Extraction:
    """Read a recording. Never raises on any text."""
    text, places = document.text, Places(document)
    references = [
        Reference(
            text[url.start : url.end],
            places.span(url.start, url.end, element=url.start - 1),
            "request",
            said.get("method", ""),
            _role(said),
            Cited(accessed=parse_date(said.get("startedDateTime", "")[: len("2020-01-02")])),
        )
        for url, said in _entries(text)
    ]
    return Extraction(references=tuple(references), findings=tuple(_problems(text, places)))


def decoded(raw: str, _element: str) -> str:
    """Say what the inside of a JSON string means."""
    return jsonscan.unescaped(raw)


def _entries(text: str) -> Iterator[tuple[String, dict[str, str]]]:
    """Give the URL of each request, and what else its entry says."""
    key: jsonscan.Path = ()
    url: String | None = None
    said: dict[str, str] = {}
    for string in jsonscan.strings(text):
        path = string.path
        if path[1:3] != ("log", "entries") or len(path) < _DEPTH:
            continue
        if path[:4] != key:
            if url:
                yield url, said
            key, url, said = path[:4], None, {}
        inner = path[4:]
        if inner == ("request", "url"):
            url = string
        elif inner[-1] in _SAID and len(inner) <= _DEEPEST:
            said[str(inner[-1])] = jsonscan.unescaped(text[string.start : min(string.end, string.start + _LONGEST)])
    if url:
        yield url, said


def _role(said: dict[str, str]) -> Role:
    kind, media_type = said.get("_resourceType", ""), said.get("mimeType", "")
    if kind == "document" or (not kind and media_type.startswith("text/html")):
        return Role.CITATION
    return Role.IMAGE if kind == "image" or (not kind and media_type.startswith("image/")) else Role.EMBED


def _problems(text: str, places: Places) -> Iterator[PlacedFinding]:
    says = "the recording is no valid JSON ({}); its requests were read as far as they could be"
    if found := jsonscan.damage(text, places, says, "Export it from the browser again."):
        yield found
    elif not _LOG.search(text[:_HEAD]):
        yield PlacedFinding(
            rule="damaged-document",
            severity=Severity.WARNING,
            message="there is no log of requests in this file",
            next="Name a recording in the HAR format, or read it as something else with --as.",
            line=1,
            column=1,
        )


_DEPTH = 5
_DEEPEST = 3
_LONGEST = 200
_HEAD = 1 << 16
_SAID = frozenset({"method", "startedDateTime", "_resourceType", "mimeType"})
_LOG = re.compile(r'"log"\s{0,99}:')

PLUGIN = Extractor(
    media_types=("application/har+json",),
    about="A browser's recording: every request.",
    suffixes=(".har",),
    extract=extract,
    decoded=decoded,
    in_folders=False,
    knows_anchors=False,
)
