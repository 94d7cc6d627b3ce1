"""Reads sitemaps and their indexes (https://www.sitemaps.org/protocol.html): every page that they name, in its place.

Tags are found by pattern and not by an XML parser, so that no entity can grow and a damaged file is read as far as it
goes.
"""

import re
from datetime import datetime

from msgspec import structs

from linkcheck.clock import iso
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.listing import MOST, cut, texts
from linkcheck.extract.places import Places
from linkcheck.extract.tags import decoded, scan
from linkcheck.model import Document, Reference, Role


def extract(document: Document, _wanted: Wanted) -> Extraction:
    """Give the pages of a sitemap (element `loc`), the sitemaps of an index (`sitemap`), and images (`image:loc`)."""
    places, around, changed = Places(document), "", None
    found: list[Reference] = []
    listed: int | None = None  # where the address of the present entry stands in `found`
    for tag, start, end in texts(document.text, scan(document.text, is_xml=True)):
        name = tag.name.rpartition(":")[2] if not tag.name.startswith(("image:", "video:", "news:")) else tag.name
        if name in {"url", "sitemap"}:
            around, listed, changed = name, None, None
        if name == "lastmod":
            changed = _instant(document.text[start:end])
            if listed is not None:
                found[listed] = structs.replace(found[listed], changed=changed)
        if name not in {"loc", "image:loc"} or start == end:
            continue
        if len(found) >= MOST:
            return Extraction(references=tuple(found), findings=(cut(document, places.line_column(tag.start)),))
        element = "image:loc" if name == "image:loc" else "sitemap" if around == "sitemap" else "loc"
        role = Role.IMAGE if element == "image:loc" else Role.CITATION
        span = places.span(start, end, tag.start)
        if element != "image:loc":
            listed = len(found)
        said = None if element == "image:loc" else changed
        found.append(Reference(document.text[start:end], span, element, role=role, changed=said))
    return Extraction(references=tuple(found))


def _instant(said: str) -> str | None:
    """Read a W3C date (https://www.w3.org/TR/NOTE-datetime) as UTC or as a day; None where it is none, or vague."""
    if _DAY.fullmatch(said):
        return said
    try:
        return iso(datetime.fromisoformat(said)) if len(said) > len("2026-11-24") else None
    except (ValueError, OverflowError):
        return None


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


PLUGIN = Extractor(
    media_types=("application/x-sitemap+xml",),
    about="Sitemaps and their indexes, also as `.xml.gz`.",
    suffixes=(),
    extract=extract,
    decoded=lambda raw, _: decoded(raw),
    in_folders=False,
)
