"""Reads sitemaps and their indexes (https://www.sitemaps.org/protocol.html): every page that they name, in its place.

Tags are found by pattern and not by an XML parser, so that no entity can grow and a damaged file is read as far as it
goes.
"""

from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.listing import MOST, cut, texts
from linkcheck.extract.places import Places
from linkcheck.extract.tags import decoded, scan
from linkcheck.model import Document, Reference, Role


def extract(document: Document, _wanted: Wanted) -> Extraction:
    """Give the pages of a sitemap (element `loc`), the sitemaps of an index (`sitemap`), and images (`image:loc`)."""
    places, around = Places(document), ""
    found: list[Reference] = []
    for tag, start, end in texts(document.text, scan(document.text, is_xml=True)):
        name = tag.name.rpartition(":")[2] if not tag.name.startswith(("image:", "video:", "news:")) else tag.name
        if name in {"url", "sitemap"}:
            around = name
        if name not in {"loc", "image:loc"} or start == end:
            continue
        if len(found) >= MOST:
            return Extraction(references=tuple(found), findings=(cut(document, places.line_column(tag.start)),))
        element = "image:loc" if name == "image:loc" else "sitemap" if around == "sitemap" else "loc"
        role = Role.IMAGE if element == "image:loc" else Role.CITATION
        span = places.span(start, end, tag.start)
        found.append(Reference(document.text[start:end], span, element, role=role))
    return Extraction(references=tuple(found))


PLUGIN = Extractor(
    media_types=("application/x-sitemap+xml",),
    suffixes=(),
    extract=extract,
    decoded=lambda raw, _: decoded(raw),
    in_folders=False,
)
