"""Reads wikitext: citation templates, links and bare URLs, with what the page says of each source.

mwparserfromhell parses; it keeps every character, so that places follow from lengths. A citation's archived copy is
part of its reference (`cited.archive_url`), as are `{{dead link}}`, `{{webarchive}}` and `{{usurped}}` behind or
around it. Comments and `<nowiki>` hold nothing. A page whose braces do not close is read as MediaWiki reads it: they
are text. Under `{{cbignore}}` a citation is checked, but nothing is proposed for it. Where the scheme of a citation's
URL was left out, MediaWiki shows an error; what was meant is checked all the same.
"""

import re
from html import unescape
from itertools import islice, takewhile
from typing import Any

from msgspec.structs import replace

from linkcheck.citations import DEAD, LEFT_ALONE, USURPED, normal
from linkcheck.extract import balance
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.places import Places
from linkcheck.extract.prose import Found, Heading, Prose
from linkcheck.extract.wikicite import Citation, archived, citation, home, parameters, plain, with_scheme
from linkcheck.model import Cited, Claim, Document, PlacedFinding, Role, Severity


def extract(document: Document, _wanted: Wanted) -> Extraction:
    """Read a page. Never raises on any text."""
    text, places = document.text, Places(document)
    parts, unclosed = balance.pieces(text)
    page = _Page(text)
    for part in parts:
        if "//" in part.text or "{{" in part.text:
            page.read(part)
    headings = [Heading(found.start(), len(found[1]), plain(found[2])) for found in _HEADING.finditer(text)]
    prose = Prose(document, places, plain, headings)
    return Extraction(
        references=prose.references(page.found()),
        claims=_style(text, places),
        findings=tuple(_problem(places, at) for at in unclosed[:_MOST_PROBLEMS]),
        opening=prose.opening(),
    )


def decoded(raw: str, element: str) -> str:
    """Say what a URL means: `{{!}}`, `{{=}}` and character references stand for characters; a host alone is https."""
    url = _MAGIC.sub(lambda found: "|" if found[1] == "!" else "=", raw)
    try:
        url = unescape(url) if "&" in url and ";" in url else url
    except ValueError:  # a numeric reference of thousands of digits
        url = raw
    return with_scheme(url) if element in _LINKS else url


class _Link:
    """One URL that was found, and what is learned of it from what follows."""

    __slots__ = ("changes", "cited", "found", "is_left_alone", "reference")

    def __init__(self, found: Found, cited: Cited | None, reference: int) -> None:
        self.found = found
        self.cited = cited
        self.reference = reference
        """Number of the `<ref>` it stands in; 0 outside."""
        self.changes: dict[str, str] = {}
        self.is_left_alone = False


class _Page:
    """What was found so far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._links: list[_Link] = []
        self._reference = self._references = 0
        self._is_usurped = False

    def read(self, part: balance.Piece) -> None:
        """Take one balanced part."""
        self._walk(_parse(part.text), part.start)

    def found(self) -> list[Found]:
        """Give everything, each with all that is said of it."""
        return [_finished(link, self._text) for link in self._links]

    def _walk(self, code: Any, at: int) -> int:
        """Go through parsed wikitext that stands at a character; give the place behind it."""
        for node in code.nodes:
            at = self._visit(node, at)
        return at

    def _visit(self, node: Any, at: int) -> int:
        match type(node).__name__:
            case "Template":
                return self._template(node, at)
            case "ExternalLink":
                return self._external(node, at)
            case "Tag":
                return self._tag(node, at)
            case "Wikilink":
                title = at + 2 + len(str(node.title))
                return (self._walk(node.text, title + 1) if node.text is not None else title) + 2
            case "Heading":
                return self._walk(node.title, at + int(node.level)) + int(node.level)
            case "Argument":
                end = at + len(str(node))
                if node.default is not None:
                    self._walk(node.default, at + 4 + len(str(node.name)))
                return end
            case _:  # text, comments, entities
                return at + len(str(node))

    def _tag(self, node: Any, at: int) -> int:
        end = at + len(str(node))
        name = str(node.tag).strip().lower()
        if node.contents is None or name in _HIDDEN:
            return end
        closing = len(node.closing_wiki_markup or "") if node.wiki_markup else len(f"</{node.closing_tag}>")
        outer = self._reference
        if name == "ref":
            self._references += 1
            self._reference = self._references
        contents = _parse(str(node.contents)) if name in _UNPARSED else node.contents
        self._walk(contents, end - closing - len(str(node.contents)))
        self._reference = outer
        return end

    def _external(self, node: Any, at: int) -> int:
        url = str(node.url)
        start = at + bool(node.brackets)
        if not node.brackets:
            kept = _bare(url)
            if kept and _WEB.match(kept):
                self._add(Found(start, start + len(kept), start, start + len(kept), "bare", kept))
            if len(kept) < len(url):
                self._walk(node.url, start)  # a template that follows a URL without white space
            return at + len(url)
        end = at + len(str(node))
        kept = url[: cut.start()] if (cut := _QUOTES.search(url)) else url
        title = str(node.title) if node.title is not None else ""
        if kept and _WEB.match(kept):
            text = plain(title).strip()
            self._add(Found(at, end, start, start + len(kept), "link", text))
            if node.title is not None:
                self._walk(node.title, end - 1 - len(title))
        return end

    def _template(self, node: Any, at: int) -> int:
        end = at + len(str(node))
        name = normal(plain(str(node.name)))
        if made := citation(node, at):
            self._within(node, at, made)
            self._citation(made, at, end, is_dead=name in DEAD)
            return end
        if value := home(node, at):
            self._add(Found(at, end, value.start, value.end, "url", ""))
        elif name in DEAD:
            self._dead(node, at, end)
        elif name in LEFT_ALONE:
            for link in self._all_before(at):
                link.is_left_alone = True
        elif not self._archived(node, at, end):
            outer = self._is_usurped
            self._is_usurped = outer or name in USURPED
            self._parameters(node, at)
            self._is_usurped = outer
            return end
        return end

    def _parameters(self, node: Any, at: int) -> None:
        at += 2 + len(str(node.name))
        for parameter in node.params:
            at += 1 + (len(str(parameter.name)) + 1 if parameter.showkey else 0)
            at = self._walk(parameter.value, at)

    def _citation(self, made: Citation, at: int, end: int, *, is_dead: bool) -> None:
        for value in made.urls or ((made.archive,) if made.archive else ()):
            role = Role.CITATION if made.urls else Role.ARCHIVE
            stop = value.start + _end_of(value.text)
            title = made.titles.get(value.name, made.cited.title)
            text = title or made.cited.title or ""
            self._add(Found(at, end, value.start, stop, "citation", text, role), replace(made.cited, title=title))
            if is_dead:
                self._links[-1].changes["url_status"] = "dead"

    def _within(self, node: Any, at: int, made: Citation) -> None:
        """Take what stands in a citation's other values: citations in a quotation, links in a title."""
        known = {value.start for value in (*made.urls, made.archive) if value}
        values = parameters(node, at)
        at += 2 + len(str(node.name))
        for parameter, value in zip(node.params, values, strict=True):
            at += 1 + (len(str(parameter.name)) + 1 if parameter.showkey else 0)
            if value.start in known:
                at += len(str(parameter.value))
            else:
                at = self._walk(parameter.value, at)

    def _dead(self, node: Any, at: int, end: int) -> None:
        """Take `{{dead link}}`: it speaks of the link before it, or of the URL that it bears."""
        url = next((value for value in parameters(node, at) if _WEB.match(value.text)), None)
        link = self._before(at)
        if url and not (link and self._text[link.found.start : link.found.end] == url.text):
            stop = url.start + _end_of(url.text)
            self._add(Found(at, end, url.start, stop, "citation", "", Role.CITATION), None)
            self._links[-1].changes["url_status"] = "dead"
        else:
            for each in self._all_before(at):
                each.changes["url_status"] = "dead"

    def _archived(self, node: Any, at: int, end: int) -> bool:
        """Take `{{webarchive}}`: a copy of the link before it, or a reference of its own."""
        made = archived(node, at)
        if made is None:
            return False
        url, day, value = made
        link = self._before(at)
        if link is None or (link.cited and link.cited.archive_url):
            is_original = value.text != url
            role = Role.CITATION if is_original else Role.ARCHIVE
            stop = value.start + _end_of(value.text)
            self._add(Found(at, end, value.start, stop, "citation", "", role), None)
            link = self._links[-1]
        link.changes["archive_url"] = url
        if day:
            link.changes["archive_date"] = day
        return True

    def _before(self, at: int) -> _Link | None:
        """Give the link that a mark behind it speaks of: the last one, in the same reference or line."""
        if not self._links:
            return None
        link = self._links[-1]
        if self._reference:
            return link if link.reference == self._reference else None
        return link if "\n" not in self._text[link.found.closes : at] and at - link.found.closes < _REACH else None

    def _all_before(self, at: int) -> list[_Link]:
        """Give the link before a mark, with all that stands in the same template."""
        last = self._before(at)
        if last is None:
            return []
        opens = last.found.opens
        return list(takewhile(lambda link: link.found.opens >= opens, reversed(self._links)))

    def _add(self, found: Found, cited: Cited | None = None) -> None:
        link = _Link(found, cited, self._reference)
        if self._is_usurped:
            link.changes["url_status"] = "usurped"
        self._links.append(link)


def _finished(link: _Link, text: str) -> Found:
    """Put together what a citation says and what stands around it."""
    found = link.found
    if link.cited is None and not link.changes and not link.is_left_alone:
        return found
    source = text[found.opens : found.closes] if found.element == "citation" else None
    if link.is_left_alone:
        source = ""
    elif source and len(source) > _LONGEST:
        source = None
    cited = replace(link.cited or Cited(), citation=source, **link.changes)
    return found._replace(cited=cited, role=found.role or (Role.CITATION if link.reference else None))


def _bare(url: str) -> str:
    """End a URL without brackets where MediaWiki does, and before a template that directly follows."""
    cut = _AFTER_BARE.search(url)
    kept = url[: cut.start()] if cut else url
    while kept and (kept[-1] in ",;.:!?\\" or (kept[-1] == ")" and kept.count(")") > kept.count("("))):
        kept = kept[:-1]
    return kept


def _end_of(value: str) -> int:
    """Give the length of the URL with which a value begins."""
    cut = _AFTER_VALUE.search(value)
    return cut.start() if cut else len(value)


def _style(text: str, places: Places) -> tuple[Claim, ...]:
    """Say how the page writes dates: what it announces, else what most of its dates look like."""
    if announced := _ANNOUNCED.search(text):
        line = places.line_column(announced.start())[0]
        order = {"dmy": "dmy", "mdy": "mdy", "ymd": "ymd", "iso": "ymd"}[announced[1].lower()]
        return (Claim("date-style", order, f"{{{{use {announced[1].lower()} dates}}}}", line),)
    counts = {order: sum(1 for _ in islice(form.finditer(text), _MOST_DATES)) for order, form in _ORDERS.items()}
    best = max(counts, key=lambda order: counts[order])
    return (Claim("date-style", best, "the page's dates"),) if counts[best] else ()


def _problem(places: Places, at: int) -> PlacedFinding:
    line, column = places.line_column(at)
    return PlacedFinding(
        rule="damaged-document",
        severity=Severity.NOTE,
        message="a template or link is opened here and never closed, so that MediaWiki shows it as text",
        next="Close it with `}}` or `]]`, or take it out.",
        line=line,
        column=column,
    )


def _parse(text: str) -> Any:
    """Parse balanced wikitext; imported late, since only pages in this format need it."""
    import mwparserfromhell  # noqa: PLC0415 - for this format alone

    try:
        return mwparserfromhell.parse(text, skip_style_tags=True)
    except mwparserfromhell.parser.ParserError:
        return mwparserfromhell.wikicode.Wikicode([])


_MOST_PROBLEMS = 20
_MOST_DATES = 500
_REACH = 200
_LONGEST = 4000
_LINKS = frozenset({"link", "bare", "citation", "url"})
_HIDDEN = frozenset({"nowiki", "pre", "syntaxhighlight", "source", "math", "chem", "templatedata", "timeline", "score"})
_UNPARSED = frozenset({"gallery", "imagemap"})
"""Elements with wikitext that mwparserfromhell takes for text."""
_WEB = re.compile(r"(?:https?:|ftp:)?//[^\s/|]", re.IGNORECASE)
_MAGIC = re.compile(r"\{\{(!|=)\}\}")
_QUOTES = re.compile(r"''|\{\{(?![!=]\}\})")
_AFTER_BARE = re.compile(r"\{\{(?![!=]\}\})|''|[|\[\]<>\"{}](?<!\{\{!\}\})(?<!\{\{=\}\})")
_AFTER_VALUE = re.compile(r"\s|<!--|\{\{(?![!=]\}\})|[\[\]<>\"]")
_HEADING = re.compile(r"^(={1,6})[^\S\n]{0,9}([^\n=][^\n]{0,300}?)[^\S\n]{0,9}\1[^\S\n]{0,99}$", re.MULTILINE)
_ANNOUNCED = re.compile(r"\{\{\s{0,9}use (dmy|mdy|ymd|iso) dates\b", re.IGNORECASE)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_ORDERS = {
    "dmy": re.compile(
        rf"=\s{{0,9}}(?:[0-9]{{1,2}} {_MONTH} [0-9]{{4}}"
        r"|[0-9]{1,2}\.? (?:de )?[^\W\d_]{3,12} (?:de )?[0-9]{4})"
    ),
    "mdy": re.compile(rf"=\s{{0,9}}{_MONTH} [0-9]{{1,2}}, [0-9]{{4}}"),
    "ymd": re.compile(r"=\s{0,9}[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
"""Dates as values of parameters; the first that most are of."""

PLUGIN = Extractor(
    media_types=("text/x-wiki", "text/mediawiki"),
    about="MediaWiki: citation templates of seven Wikipedias, links, bare URLs, `{{dead link}}`, archived copies.",
    suffixes=(".wiki", ".wikitext", ".mediawiki"),
    extract=extract,
    decoded=decoded,
    knows_anchors=False,
)
