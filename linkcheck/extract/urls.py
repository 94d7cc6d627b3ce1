"""Reads lists of URLs, one a line (RFC 2483, `text/uri-list`): empty lines and lines that begin with `#` do not count.

What follows a URL after white space is what the list says of it. An address without a scheme is given one.
"""

import re
from collections.abc import Iterator

from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.places import Places
from linkcheck.extract.prose import folded
from linkcheck.model import Document, Reference, Role
from linkcheck.packed import Packed


def extract(document: Document, _wanted: Wanted) -> Extraction:
    """Read a list. Never raises on any text."""
    return Extraction(references=Packed(Reference, _references(document.text, Places(document))))


def _references(text: str, places: Places) -> Iterator[Reference]:
    for line in _LINE.finditer(text):
        start, end = line.span("url")
        said = folded(line["text"][:_LONGEST])
        yield Reference(line["url"], places.span(start, end), "entry", said, Role.CITATION)


def decoded(raw: str, _element: str) -> str:
    """Say what an entry means: a name without a scheme is a host."""
    return f"http://{raw}" if _HOST.match(raw) else raw


_LONGEST = 1000
_LINE = re.compile(r"^[^\S\r\n]*+<?(?P<url>[^\s#<>][^\s<>]*+)>?(?P<text>[^\r\n]*+)", re.MULTILINE)
_HOST = re.compile(r"(?![^/?#]*@)(?:[A-Za-z0-9-]{1,63}\.){1,10}[A-Za-z]{2,63}(?::[0-9]{1,5})?(?:[/?#]|\Z)")

PLUGIN = Extractor(
    media_types=("text/uri-list",),
    about="URLs, one a line; `#` begins a comment.",
    suffixes=(".urls", ".uris", ".uri"),
    extract=extract,
    decoded=decoded,
    in_folders=False,
    knows_anchors=False,
)
