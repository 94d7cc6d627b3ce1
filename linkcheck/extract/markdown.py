"""Reads Markdown: CommonMark and GitHub's extensions, HTML within it, and front matter.

pyromark (pulldown-cmark) gives events with UTF-8 byte ranges; destinations are placed by `destination`, URLs without
markup are found by `bare`, and `blocks` knows the words around each reference. The document is walked once.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

from msgspec.structs import replace
from pyromark import Markdown, Options

from linkcheck.dates import parse_date
from linkcheck.extract import admonitions, bare, embedded, front_matter, part
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.blocks import Blocks, Mark, folded, reference
from linkcheck.extract.destination import decoded, definition, inline
from linkcheck.extract.places import Places
from linkcheck.extract.surroundings import Surroundings
from linkcheck.model import Claim, Document, PlacedFinding, Severity


def extract(document: Document, wanted: Wanted) -> Extraction:
    """Read a Markdown document. Never raises on any text."""
    if admonitions.has_any(document.text):
        whole = replace(PLUGIN, extract=_extract)
        return part.read(admonitions.opened(document.text), whole, document, Places(document), wanted)
    return _extract(document, wanted)


def _extract(document: Document, wanted: Wanted) -> Extraction:
    front = front_matter.read(document.text)
    walk = _Walk(document, wanted, body=len(document.text[: front.end].encode(errors="replace")) if front else 0)
    if wanted.passages:
        walk.blocks.passages = []
    if front:
        walk.take_front_matter(front)
    walk.take_body()
    return Extraction(
        references=walk.blocks.references,
        findings=tuple(walk.findings),
        claims=tuple(walk.blocks.claims),
        opening=tuple(walk.blocks.opening),
        anchors=tuple(dict.fromkeys(walk.blocks.anchors)),
        passages=tuple(walk.blocks.passages or ()),
    )


class _Walk:
    """One pass over one document, whose text begins behind the front matter at byte `body`."""

    def __init__(self, document: Document, wanted: Wanted, *, body: int) -> None:
        self.findings: list[PlacedFinding] = []
        self._text = document.text
        self._places = places = Places(document)
        # pulldown-cmark takes a heading on to the next line feed, and knows no other line end there (CommonMark 2.1)
        self._source = _LONE_RETURN.sub(b"\n", places.utf8) if b"\r" in places.utf8 else places.utf8
        self.blocks = Blocks(lambda byte: places.line_column(places.character(byte))[0])
        self._parser = Markdown(options=_OPTIONS, broken_link_callback=self._note_undefined)
        self._body = body
        self._includes_code = wanted.include_code
        self._is_code_block = False
        self._text_end = 0
        """Byte at which the last event ended."""
        self._open: list[tuple[Mark, int, dict[str, Any]]] = []
        """The Markdown links and images around this place: where they start, and what the parser says of them."""
        self._html: list[tuple[int, int]] = []
        """Byte ranges of the lines of an HTML block."""
        self._hints = array("Q", (found.start() for found in bare.HINT.finditer(self._source, body)))
        self._hints.append(len(self._source) + 1)
        """Bytes at which there may be a bare URL, and one past the end."""
        self._upcoming = 0
        self._run: list[tuple[int, int]] = []
        """Byte and character in the block of adjoining pieces of text, from one on that may hold a bare URL."""
        self._begin = body
        """Byte at which what the parser reads begins."""
        self._undefined: list[tuple[int, int, str]] = []
        self._defined: list[tuple[int, int]] = []
        """Byte ranges of the links that name a definition."""
        self._definitions: dict[str, tuple[int, int]] | None = None

    def take_front_matter(self, front: front_matter.FrontMatter) -> None:
        """Take the references, claims and problems of the block before the text."""
        for value in front_matter.urls(front):
            mark = Mark("front-matter", 0)
            mark.raw = self._text[value.start : value.end]
            mark.span = self._places.span(value.start, value.end)
            key = front_matter.key_of(value)
            self.blocks.references.append(reference(mark, "", Surroundings(before=f"{key}:" if key else "")))
        said = tuple(front_matter.claims(front))
        self.blocks.claims.extend(said)
        self.findings.extend(_no_date(claim) for claim in said if claim.field == "published" and not _is_date(claim))
        if front.problem:
            line, why = front.problem
            self.findings.append(
                PlacedFinding(
                    rule="front-matter",
                    severity=Severity.NOTE,
                    message=f"the front matter cannot be read: {why}",
                    next=f"Correct line {line}, so that what the file says of its origin counts.",
                    line=line,
                    column=1,
                )
            )

    def take_body(self) -> None:
        """Walk over the events of the text."""
        for event, start, end in self._events():
            if isinstance(event, str):  # a line break or a rule
                self._end_run(start)
                self.blocks.add(" ", start)
            else:
                kind: str
                value: Any
                ((kind, value),) = event.items()
                match kind:
                    case "Text":
                        self._take_text(value, start, end)
                    case "Start" if value not in _INLINE:
                        self._end_run(start)
                        self._start(value, start)
                        continue
                    case "End" if value not in _INLINE:
                        self._end_run(min(end, self._text_end))
                        self._end(value, end)
                    case "Code":
                        self._end_run(start)
                        self._take_code(value, start, end)
                    case "Html":
                        self._html.append((start, end))
                    case "InlineHtml":
                        self._end_run(start)
                        embedded.read(_lines(self._source, value, start, end), self._text, self._places, self.blocks)
                    case "FootnoteReference":
                        self._end_run(start)
                        self.blocks.anchors.extend(f"fnref{mark}{value}" for mark in _FOOTNOTE_MARKS)
                    case _:
                        pass  # emphasis and task boxes
            self._text_end = end
        self.blocks.end()
        self._report_undefined()

    def _events(self) -> Iterator[tuple[Any, int, int]]:
        """Give the parser's events with their byte ranges, of a long text piece by piece.

        The parser keeps its whole tree, five hundred bytes a link. A piece ends where a block, or an item of a list,
        begins that does not lie within another: what stands before it can no longer change, unless by definitions of
        links or footnotes, so that a text that may have some is read at once. The last block of a piece, whose end may
        be missing, is the first one of the next.
        """
        size = len(self._source)
        is_long = size - self._body > _LONG and self._source.find(b"]:", self._body) < 0
        begin = self._body
        while is_long and size - begin > _PIECE:
            noted = len(self._undefined)
            held: list[tuple[Any, int, int]] = []
            depth, cut = 0, begin
            stop = self._source.rfind(b"\n", begin, begin + _PIECE) + 1
            for event, start, end in self._parsed(begin, stop):
                if isinstance(event, dict):
                    if "Start" in event:
                        is_item = event["Start"] == "Item"
                        if depth == is_item and (line := self._line_begun(start, is_item=is_item)) > cut:
                            yield from held
                            held.clear()
                            cut = line
                        depth += 1
                    elif "End" in event:
                        depth -= 1
                held.append((event, start, end))
            self._undefined[noted:] = [one for one in self._undefined[noted:] if one[0] < cut]
            if cut == begin:
                break
            begin = cut
        yield from self._parsed(begin, size)

    def _parsed(self, begin: int, stop: int) -> Iterator[tuple[Any, int, int]]:
        """Parse the part of the source between two bytes; the ranges are those of the whole."""
        self._begin = begin
        for event, place in self._parser.events_with_range(self._source[begin:stop].decode()):
            yield event, begin + place["start"], begin + place["end"]

    def _line_begun(self, start: int, *, is_item: bool) -> int:
        """Give where the line begins that a block begins, if it is the same where nothing precedes it; else 0."""
        line = self._source.rfind(b"\n", 0, start) + 1
        indent = (_INDENT_OF_ITEM if is_item else _INDENT).match(self._source, line)
        return line if indent and indent.end() >= start else 0

    def _take_text(self, value: str, start: int, end: int) -> None:
        if self._run:
            self._run.append((start, self.blocks.size))
        elif self._hints[self._upcoming] < end:
            self._upcoming = bisect_left(self._hints, start, self._upcoming)
            if self._hints[self._upcoming] < end and not (self._open or self.blocks.anchor):
                self._run.append((start, self.blocks.size))
        if not self._is_code_block:
            self.blocks.add(value, start)
        elif self._run:
            self._end_run(end)

    def _take_code(self, value: str, start: int, end: int) -> None:
        if self._includes_code and not self._open and not self.blocks.anchor:
            written = self._source[start:end]
            ticks = len(written) - len(written.lstrip(b"`"))
            self._take_urls([(start + ticks, self.blocks.size)], end - ticks, element="code")
        self.blocks.add(value, start)

    def _end_run(self, end: int) -> None:
        """Take the bare URLs of adjoining pieces of text, which end here."""
        if self._run:
            is_code = self._is_code_block or self.blocks.is_code
            if self._includes_code or not is_code:
                self._take_urls(self._run, end, element="code" if is_code else "bare")
            self._run.clear()

    def _take_urls(self, pieces: list[tuple[int, int]], end: int, *, element: str) -> None:
        """Take the URLs between the first piece and a byte; a piece is a byte and its character in the block."""
        begin = pieces[0][0]
        text = self._source[begin:end].decode("utf-8", "replace")
        offsets = _characters(self._source, [start for start, _ in pieces])
        at, byte = 0, begin
        for start, stop in bare.find(text, emails=element == "bare"):
            byte += len(text[at:start].encode())
            at = start
            piece = bisect_right(offsets, start) - 1
            mark = Mark(element, pieces[piece][1] + start - offsets[piece])
            mark.raw = mark.text = text[start:stop]
            mark.text_end = mark.text_start + stop - start
            mark.span = self._places.span_utf8(byte, byte + len(mark.raw.encode()))
            self.blocks.marks.append(mark)

    def _start(self, value: Any, start: int) -> None:
        name: str
        name, data = (value, {}) if isinstance(value, str) else next(iter(value.items()))
        self._text_end = start
        if name in ("Link", "Image"):
            self._text_end = start + (1 if name == "Link" else 2)
            is_hidden = bool(self._open) and self._open[-1][0].element == "image"  # a link in an image's text is text
            mark = Mark("image" if is_hidden else name.lower(), self.blocks.size)
            if not is_hidden:
                self.blocks.marks.append(mark)
            self._open.append((mark, start, data))
            return
        self.blocks.end()
        match name:
            case "Heading":
                self.blocks.level = int(data["level"][1])
                if data["id"]:
                    self.blocks.anchors.append(data["id"])
            case "CodeBlock":
                self._is_code_block = True
            case "FootnoteDefinition":
                self.blocks.anchors.extend(f"fn{mark}{data}" for mark in _FOOTNOTE_MARKS)
            case "Item" if (line := _DATE_LINE.match(self._source, start)) and parse_date(
                line[0].decode("utf-8", "replace")
            ):
                self.blocks.add(line[1].decode(), start)
            case _:
                pass  # it only separates blocks

    def _end(self, value: Any, end: int) -> None:
        if value in ("Link", "Image"):
            self._end_link(*self._open.pop(), end=end)
            return
        if value == "HtmlBlock":
            embedded.read(self._html, self._text, self._places, self.blocks)
            self._html.clear()
        self.blocks.end()
        self._is_code_block = False
        if not isinstance(value, str) and "Heading" in value:
            self.blocks.level = 0

    def _end_link(self, mark: Mark, start: int, data: dict[str, Any], *, end: int) -> None:
        """Place the destination of a link or image, now that it is known where its text ends."""
        mark.text_end = self.blocks.size
        found: tuple[int, int] | None
        if mark.element == "image":
            self.blocks.add_alternative(mark.text_start, mark.text_end)
        match data["link_type"]:
            case "Inline":
                found = inline(self._source, self._text_end, end, data["dest_url"])
            case "Autolink" | "Email":
                mark.element = "autolink"
                found = (start + 1, end - 1)
            case _:
                self._defined.append((start, end))
                found = self._definition(data["id"])
        if found:
            mark.raw = self._source[found[0] : found[1]].decode("utf-8", "replace")
            mark.span = self._places.span_utf8(*found, element=start)

    def _definition(self, label: str) -> tuple[int, int] | None:
        if self._definitions is None:
            begin = self._body
            text = self._source[begin:].decode()
            self._definitions = {
                _label(label): definition(
                    self._source, begin + found["span"]["start"], begin + found["span"]["end"], found["dest"]
                )
                for label, found in self._parser.reference_definitions(text).items()
            }
        return self._definitions.get(_label(label))

    def _note_undefined(self, link: Any) -> None:
        """Note a reference that has no definition; it stays text. `[word]` alone is a quotation's or a checklist's."""
        label = folded(link["reference"])
        if link["link_type"] in ("Reference", "Collapsed") and label and not label.startswith("^"):
            begin = self._begin + link["span"]["start"]
            self._undefined.append((begin, self._begin + link["span"]["end"], label))

    def _report_undefined(self) -> None:
        self._defined.sort()
        reported = 0
        for start, end, label in sorted(self._undefined):
            before = bisect_left(self._defined, (end, 0)) - 1
            is_shared = before >= 0 and self._defined[before][0] > start and self._defined[before][1] > end
            if start < reported or is_shared:  # in `[a][b][c]` the middle one is the text of the last
                continue
            reported = end
            shown = label if len(label) <= _SHOWN else label[: _SHOWN - 1] + "…"
            line, column = self._places.line_column(self._places.character(start))
            self.findings.append(
                PlacedFinding(
                    rule="undefined-reference",
                    severity=Severity.NOTE,
                    message=f"no definition of the link label [{shown}]",
                    next=f"Add a line `[{shown}]: URL`, or write `\\[` where no link is meant.",
                    line=line,
                    column=column,
                )
            )


def _lines(source: bytes, html: str, start: int, end: int) -> list[tuple[int, int]]:
    """Place the lines of an inline tag, which in a quotation have marks between them."""
    if len(html.encode()) == end - start:
        return [(start, end)]
    lines, at = [], start
    for line in html.encode().splitlines():
        at = source.find(line, at, end)
        if at < 0:
            return [(start, end)]
        stop = min(at + len(line) + 1, end)
        lines.append((at, stop))
        at = stop
    return lines


def _label(label: str) -> str:
    """Make labels equal that name the same definition (https://spec.commonmark.org/0.31.2/#matches)."""
    return folded(label).casefold()


def _characters(source: bytes, starts: list[int]) -> list[int]:
    """Give the distances of rising byte offsets from the first, in characters."""
    steps = (len(source[a:b].decode("utf-8", "replace")) for a, b in pairwise(starts))
    return list(accumulate(steps, initial=0))


_LONE_RETURN = re.compile(rb"\r(?!\n)")
_OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_GFM
)
_LONG, _PIECE = 1 << 18, 1 << 17
"""Bytes: what is shorter is read at once; how much of a longer text is read at a time."""
_INDENT, _INDENT_OF_ITEM = re.compile(rb"[ \t]*"), re.compile(rb" {0,3}(?![ \t])")
_DATE_LINE = re.compile(rb"([0-9]{1,2}\.[ ])[^\r\n\[<`]{6,60}(?=[\r\n]|\Z)")
"""A date such as `14. Februar 2020` alone on its line; to CommonMark (5.2) it is an item of a list."""
_INLINE = ("Emphasis", "Strong", "Strikethrough")
_FOOTNOTE_MARKS = ("-", ":", "")
"""`fn-1` is GitHub's id of a footnote, `fn:1` kramdown's and Hugo's, `fn1` Pandoc's."""
_SHOWN = 60
"""Characters of a value."""


def _is_date(claim: Claim) -> bool:
    return parse_date(claim.value) is not None


def _no_date(claim: Claim) -> PlacedFinding:
    return PlacedFinding(
        rule="front-matter",
        severity=Severity.NOTE,
        message=f"the date {claim.value[:_SHOWN]!r} in the front matter is no certain day, so it is not known",
        next=f"Write it as YYYY-MM-DD in line {claim.line}.",
        line=claim.line,
        column=1,
    )


PLUGIN = Extractor(
    media_types=("text/markdown",),
    about="CommonMark and GFM, HTML in it, front matter; admonitions and tabs of MkDocs and MyST.",
    suffixes=(".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd"),
    extract=extract,
    decoded=decoded,
)
