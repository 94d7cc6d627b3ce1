"""Reads bookmarks as every browser exports them (Netscape-Bookmark-file-1): addresses, titles, folders, days.

https://learn.microsoft.com/en-us/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa753582(v=vs.85).
A bookmark was read on the day it was last visited or added. Scripts (bookmarklets) and what only means something to one
browser (`place:`, `about:`, `chrome:`) lead nowhere and are left out.
"""

from datetime import UTC, datetime

from linkcheck.extract import tags
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.places import Places
from linkcheck.extract.prose import folded
from linkcheck.extract.tags import Tag
from linkcheck.model import Cited, Document, Reference, Role
from linkcheck.packed import Packed


def extract(document: Document, _wanted: Wanted) -> Extraction:
    """Read an export. Never raises on any text."""
    text, places = document.text, Places(document)
    references = Packed(Reference)
    opened: tuple[Tag, int] | None = None
    for tag in tags.scan(text):
        if tag.name != "a":
            continue
        if opened:
            references.extend(_reference(*opened, tag.start, text, places))
        opened = None if tag.is_end else (tag, tag.end)
    if opened:
        references.extend(_reference(*opened, opened[1], text, places))
    return Extraction(references=references)


def _reference(tag: Tag, begin: int, end: int, text: str, places: Places) -> list[Reference]:
    attribute = next((one for one in tag.attributes if one.name == "href"), None)
    raw = text[attribute.start : attribute.end].strip() if attribute else ""
    if attribute is None or not raw or raw.partition(":")[0].lower() in _ELSEWHERE:
        return []
    start = attribute.start + text[attribute.start : attribute.end].index(raw)
    title = folded(tags.without_markup(text[begin : min(end, begin + _LONGEST)]))
    day = _day(tag.get("last_visit") or tag.get("add_date") or "")
    cited = Cited(title=title or None, accessed=day)
    span = places.span(start, start + len(raw), element=tag.start)
    return [Reference(raw, span, "a", title, Role.CITATION, cited if cited != Cited() else None)]


def _day(stamp: str) -> str | None:
    """Read seconds since 1970, or the microseconds that some browsers write."""
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= _DIGITS):
        return None
    seconds = int(stamp)
    if seconds > _MICROSECONDS:
        seconds //= 1_000_000
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds else None
    except (OverflowError, ValueError, OSError):
        return None


_LONGEST = 1000
_DIGITS = 17
_MICROSECONDS = 100_000_000_000
_ELSEWHERE = frozenset({"javascript", "place", "about", "chrome", "edge", "data", "file", "vivaldi", "brave", "opera"})

PLUGIN = Extractor(
    media_types=("application/x-netscape-bookmarks",),
    about="Bookmarks as browsers export them, with titles and days; an `.html` file is known by its first line.",
    suffixes=(),
    extract=extract,
    decoded=lambda raw, _: tags.decoded(raw),
    in_folders=False,
    knows_anchors=False,
)
