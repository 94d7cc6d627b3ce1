"""Reads RSS (0.9x, 1.0, 2.0) and Atom (RFC 4287) feeds: the pages of their entries, and what these enclose.

What an entry quotes of its page is left to the page itself. Tags are found by pattern and not by an XML parser, so that
no entity can grow and a damaged file is read as far as it goes.
"""

from linkcheck import uri
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.listing import MOST, cut, texts
from linkcheck.extract.places import Places
from linkcheck.extract.tags import Tag, decoded, scan
from linkcheck.model import Document, Reference, Role


def extract(document: Document, _wanted: Wanted) -> Extraction:
    """Give the entries' pages (element `entry`), their enclosures, and the page of the feed itself (`link`)."""
    places, text = Places(document), document.text
    found: list[Reference] = []
    is_within, base, title = False, None, ""
    for tag, start, end in texts(text, scan(text, is_xml=True)):
        if (said := tag.get("xml:base")) and tag.name in {"feed", "entry"}:
            base = uri.resolve(said, document.url) or base
        match tag.name:
            case "item" | "entry":
                is_within, title = True, ""
            case "title":
                title = " ".join(decoded(text[start:end]).split())[:_LONGEST]
            case "link" | "enclosure" | "guid":
                place = _place(tag, start, end)
                if place is None or (tag.name == "guid" and (tag.get("ispermalink") or "").lower() != "true"):
                    continue
                if len(found) >= MOST:
                    return Extraction(references=tuple(found), findings=(cut(document, places.line_column(tag.start)),))
                element = _element(tag, is_within=is_within)
                role = Role.EMBED if element == "enclosure" else Role.CITATION
                span = places.span(*place, tag.start)
                found.append(
                    Reference(text[slice(*place)], span, element, title if is_within else "", role, None, base)
                )
            case _:
                pass
    return Extraction(references=tuple(found))


def _place(tag: Tag, start: int, end: int) -> tuple[int, int] | None:
    """Place the address: an attribute in Atom and for enclosures, the text of the element in RSS."""
    if tag.name == "link" and not _RELS.issuperset((tag.get("rel") or "alternate").lower().split()):
        return None
    wanted = "url" if tag.name == "enclosure" else "href"
    attribute = next((one for one in tag.attributes if one.name == wanted and one.value), None)
    if attribute:
        return attribute.start, attribute.end
    return (start, end) if start < end and tag.name != "enclosure" else None


def _element(tag: Tag, *, is_within: bool) -> str:
    if tag.name == "enclosure" or tag.get("rel") == "enclosure":
        return "enclosure"
    return "entry" if is_within else "link"


_LONGEST = 1000
_RELS = frozenset({"alternate", "enclosure"})
"""What is read of Atom's links; `self`, `hub`, `next` and others are for programs."""

PLUGIN = Extractor(
    media_types=("application/rss+xml", "application/atom+xml"),
    suffixes=(".rss", ".atom"),
    extract=extract,
    decoded=lambda raw, _: decoded(raw),
    in_folders=False,
)
