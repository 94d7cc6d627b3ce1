"""Reads HTML documents: every URL with its place and the text around it, ids, and what the page says of itself."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from linkcheck import uri
from linkcheck.extract import linked_data, metadata, tags
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.attributes import Destination, destinations, is_control, meta_name, role_by_element, tokens
from linkcheck.extract.cited import cited_of
from linkcheck.extract.passages import passages
from linkcheck.extract.places import Places
from linkcheck.extract.roles import role_of
from linkcheck.extract.tags import RAW_TEXT, Tag, scan, without_markup
from linkcheck.extract.visible import BLOCKS, Blocks, Place, Regions
from linkcheck.model import Cited, Claim, Document, Passage, Reference, Role
from linkcheck.packed import Packed

__all__ = ["PLUGIN", "Destination", "destinations", "extract"]


def extract(document: Document, wanted: Wanted) -> Extraction:
    """Read a page. Links within `<code>` are links all the same, so nothing is left out."""
    places = Places(document)
    page = _Page(document, places)
    references = page.read()
    said = metadata.read(document.text)
    return Extraction(
        references=references,
        claims=tuple(Claim(one.field, one.value, one.said_by, places.line_column(one.at)[0]) for one in said),
        opening=tuple((places.line_column(at)[0], text) for at, text in page.blocks.opening),
        anchors=tuple(page.anchors),
        passages=_passages(document, references, places) if wanted.passages else (),
    )


def _passages(document: Document, references: Sequence[Reference], places: Places) -> tuple[Passage, ...]:
    """Give the text, its links joined to the references by where they stand."""
    known = {
        (one.span.line, one.span.column): position for position, one in enumerate(references) if one.element == "a"
    }
    return passages(
        document.text,
        is_xml=document.media_type == _XHTML,
        line_of=lambda at: places.line_column(at)[0],
        reference_at=lambda at: known.get(places.line_column(at)),
    )


def decoded(raw: str, element: str) -> str:
    """Say what a `raw` means as a URL: a JSON string in JSON-LD, an attribute's value elsewhere."""
    return linked_data.unescaped(raw) if element == "json-ld" else tags.decoded(raw)


class _Mark:
    """One reference whose block has not ended."""

    __slots__ = ("destination", "end", "is_control", "role", "start", "tag")

    def __init__(self, destination: Destination, tag: Tag, role: Role | None, place: Place) -> None:
        self.destination = destination
        self.is_control = is_control(tag, destination.raw, is_navigation=role is Role.NAVIGATION)
        self.tag = tag
        self.role = role
        """None where the words around it decide."""
        self.start = self.end = place


class _Page:
    """One page that is being read."""

    def __init__(self, document: Document, places: Places) -> None:
        self.blocks = Blocks()
        self.references = Packed(Reference)
        """Those whose block has ended: a page may have a million."""
        self.marks: list[_Mark] = []
        """The others, in order."""
        self.anchors: dict[str, None] = {}
        self.base: str | None = None
        self.is_nofollow = False
        """Whether the page asks programs to follow none of its links."""
        self._told: tuple[str | None, bool] | None = None
        """What the first references were told of the page."""
        self._places = places
        self._document = document
        self._text = document.text
        self._regions = Regions()
        self._open: list[_Mark] = []
        """The `<a>` around this place."""

    def read(self) -> Packed[Reference]:
        """Go through the page once; give its references."""
        at, raw = 0, None
        for tag in scan(self._text, is_xml=self._document.media_type == _XHTML):
            if raw and tag.is_end and tag.name == raw.name:
                self._take_raw(raw, at, tag.start)
            elif at < tag.start:
                self._take_text(at, tag.start)
            at, raw = tag.end, tag if tag.name in RAW_TEXT and not tag.is_end else None
            if tag.name in BLOCKS:
                self._take_block(tag)
            elif tag.name == "a":
                self._close_anchor()
            if not tag.is_end:
                self._take_start(tag)
        if raw is None:
            self._take_text(at, len(self._text))
        self._close_anchor()
        self._end_block()
        self._take_references()
        return self._with_what_came_late()

    def _take_text(self, start: int, end: int) -> None:
        written = self._text[start:end]
        begin = end - len(written.lstrip())
        self.blocks.add(without_markup(written), begin, is_navigation=self._regions.is_navigation)

    def _take_raw(self, tag: Tag, start: int, end: int) -> None:
        """Take the content of an element in which there are no tags."""
        if tag.name == "script" and _essence(tag) == "application/ld+json":
            said = linked_data.read(self._text, start, end)
            for first, last, role in said.addresses:
                destination = Destination("json-ld", self._text[first:last], first, last, "")
                self.marks.append(_Mark(destination, Tag("json-ld", (), first, last, False), role, self.blocks.mark()))

    def _take_block(self, tag: Tag) -> None:
        self._end_block()
        if tag.name in _HEADINGS:
            self.blocks.level = 0 if tag.is_end else int(tag.name[1])
        if tag.is_end:
            self._regions.leave(tag.name)
        else:
            self._regions.enter(tag)

    def _end_block(self) -> None:
        self.blocks.end()
        if len(self.marks) >= _AT_ONCE:
            self._take_references()

    def _take_references(self) -> None:
        """Make references of what is complete: it stands before a link that is open, in blocks that have ended."""
        first = self._open[0] if self._open else None
        done = 0
        if self._told is None:
            self._told = (self.base, self.is_nofollow)
        for mark in self.marks:
            if mark is first:
                break
            self.references.append(_reference(mark, self, self._places))
            done += 1
        del self.marks[:done]
        if not self.marks:
            self.blocks.forget()

    def _with_what_came_late(self) -> Packed[Reference]:
        """Tell all references what the page says of them: mostly it does so before the first."""
        if self._told in {None, (self.base, self.is_nofollow)}:
            return self.references
        said = (
            replace(one, base=self.base, is_nofollow=one.is_nofollow or self.is_nofollow) for one in self.references
        )
        return Packed(Reference, said)

    def _take_start(self, tag: Tag) -> None:
        if tag.attributes:
            self._take_attributes(tag)
        is_navigation = self._regions.is_navigation
        start, first = None, len(self.marks)
        for destination in destinations(tag, self._text):
            role = role_by_element(tag, destination.attribute)
            if role is None and is_navigation:
                role = Role.NAVIGATION
            start = start or self.blocks.mark()
            self.marks.append(_Mark(destination, tag, role, start))
        if tag.name == "a":
            self._open = self.marks[first:]
        elif tag.name == "br":
            self.blocks.add(" ", tag.start, is_navigation=is_navigation)
        elif tag.name in _WITH_ALTERNATIVE and (alternative := tag.get("alt")):
            self.blocks.add(alternative, tag.start, is_navigation=is_navigation)
            for mark in self.marks[first:]:
                mark.end = self.blocks.mark()

    def _take_attributes(self, tag: Tag) -> None:
        name = tag.name
        for attribute in tag.attributes:
            if attribute.value and (attribute.name == "id" or (attribute.name == "name" and name == "a")):
                self.anchors.setdefault(attribute.value)
        if name == "base" and self.base is None and (href := tag.get("href")) is not None:
            self.base = uri.resolve(href, self._document.url)
        elif name == "meta" and meta_name(tag) == "robots":
            said_to_programs = (tag.get("content") or "").lower().replace(",", " ").split()
            self.is_nofollow = self.is_nofollow or not _NOFOLLOW.isdisjoint(said_to_programs)

    def _close_anchor(self) -> None:
        for mark in self._open:
            mark.end = self.blocks.mark()
            self.blocks.link(mark.start)
        self._open = []


def _reference(mark: _Mark, page: _Page, places: Places) -> Reference:
    destination, tag, role = mark.destination, mark.tag, mark.role
    element, cited = destination.element, None
    text = page.blocks.text(mark.start, mark.end) if element == "a" else _label(tag)
    if role is None:
        around = page.blocks.around(mark.start, mark.end)
        role = role_of(element, text, around, rel=tag.get("rel") or "")
        cited = _robust(tag, cited_of(text, around))
    span = places.span(destination.start, destination.end, tag.start)
    is_nofollow = page.is_nofollow or "nofollow" in tokens(tag, "rel")
    return Reference(
        destination.raw, span, element, text, role, cited, page.base, is_nofollow, is_control=mark.is_control
    )


def _label(tag: Tag) -> str:
    return " ".join((tag.get("alt") or tag.get("title") or "")[:_LONGEST].split())


def _robust(tag: Tag, cited: Cited | None) -> Cited | None:
    """Add what a Robust Link (https://robustlinks.mementoweb.org/spec/) says of the version that was cited."""
    version, date = (tag.get("data-versionurl") or "").split(), _DATE.match(tag.get("data-versiondate") or "")
    original = (tag.get("data-originalurl") or "").strip() or None
    if not (version or date or original):
        return cited
    day = "-".join(date.groups()) if date else None
    known = cited or Cited()
    return replace(
        known,
        original_url=original,
        archive_url=version[0] if version else known.archive_url,
        archive_date=day or known.archive_date,
        accessed=known.accessed or day,
    )


def _essence(tag: Tag) -> str:
    return (tag.get("type") or "").partition(";")[0].strip().lower()


_AT_ONCE = 256
"""References that are made together: to go to and fro between reading and this takes a fifth longer."""
_XHTML = "application/xhtml+xml"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WITH_ALTERNATIVE = frozenset({"img", "area"})
_DATE = re.compile(r"\s*([0-9]{4})-?([0-9]{2})-?([0-9]{2})")
_LONGEST = 1000
_NOFOLLOW = frozenset({"nofollow", "none"})
"""What robots are told (https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag)."""

PLUGIN = Extractor(
    media_types=("text/html", _XHTML),
    about="Every attribute with a URL, `srcset`, `<base>`, meta refresh, OpenGraph, JSON-LD.",
    suffixes=(".html", ".htm", ".xhtml"),
    extract=extract,
    decoded=decoded,
)
