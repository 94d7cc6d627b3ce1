"""Reads AsciiDoc: URLs, links, images, other files (`xref:`, `include::`), and attributes that hold URLs.

The rules are AsciiDoc's (https://docs.asciidoctor.org/asciidoc/latest/macros/links/). Listings, literals and comments
are left out. A URL that an attribute holds (`:home: https://...`, used as `{home}[]`) stands at its use; where more
follows, `{home}/x[]` is a template. Ids of the same document (`<<id>>`) are asciidoctor's own to check. In a module of
Antora, which has its own rules for files, only URLs count.
"""

import re

from msgspec.structs import replace

from linkcheck.extract import markup
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.places import Places
from linkcheck.extract.prose import Found, Heading, Prose
from linkcheck.model import Claim, Document, Role


def extract(document: Document, wanted: Wanted) -> Extraction:
    """Read an AsciiDoc document. Never raises on any text."""
    text, places = document.text, Places(document)
    walk = _Walk(text, includes_code=wanted.include_code, has_files=not _ANTORA.search(document.url or document.name))
    walk.read()
    prose = Prose(document, places, plain, walk.headings)
    references = prose.references(walk.found)
    if images := walk.images:
        base = f"{images.strip('/')}/" if not images.startswith("/") else f"{images.rstrip('/')}/"
        references = tuple(replace(one, base=base) if one.element == "image" else one for one in references)
    claims = tuple(Claim(field, value, said, places.line_column(at)[0]) for field, value, said, at in walk.claims)
    return Extraction(references=references, claims=(*prose.title(), *claims), opening=prose.opening())


def plain(text: str) -> str:
    """Leave the markup out."""
    text = _MACRO_TEXT.sub(r"\1", text)
    text = _MARK_LINE.sub(" ", text)
    return _SIGNS.sub("", text)


class _Walk:
    """One pass over the lines."""

    def __init__(self, text: str, *, includes_code: bool, has_files: bool) -> None:
        self.found: list[Found] = []
        self.headings: list[Heading] = []
        self.claims: list[tuple[str, str, str, int]] = []
        self.images = ""
        """The folder of images, as the document says."""
        self._text = text
        self._includes_code = includes_code
        self._has_files = has_files
        self._attributes: dict[str, tuple[int, int, int]] = {}
        """Name to where the entry, and the URL in it, stand."""
        self._used: set[str] = set()
        self._never: set[str] = set()
        """Delimiters that do not come again."""

    def read(self) -> None:
        """Go through the document; a paragraph is read as a whole, since a macro's text may go over lines."""
        text, at, begin, is_after_empty = self._text, 0, -1, True
        while at < len(text):
            line = _LINE.match(text, at)
            assert line
            start, at = line.start(), max(line.end(), at + 1)
            content = line[1]
            is_literal = is_after_empty and begin < 0 and content[:1] in " \t" and not _LIST.match(content)
            fence = _FENCE.fullmatch(content)
            is_other = not content.strip() or fence or is_literal or content.startswith(("//", ":", "="))
            if begin >= 0 and is_other:
                self._paragraph(begin, start)
                begin = -1
            if fence:
                at = self._fence(fence[1], start, at)
            elif is_literal and content.strip():
                self._code(start, at)
            elif is_other:
                self._line(content, start, line.end(1))
            elif begin < 0:
                begin = start
            is_after_empty = not content.strip() or (is_literal and is_after_empty)
        if begin >= 0:
            self._paragraph(begin, len(text))
        for name, (opens, start, end) in self._attributes.items():
            if name not in self._used:
                self.found.append(Found(opens, end, start, end, "attribute", ""))

    def _fence(self, delimiter: str, start: int, at: int) -> int:
        """Take a delimited block; give the place behind it. One that is never closed goes to the end."""
        closing = None if delimiter in self._never else _closing(delimiter).search(self._text, at)
        if closing is None:
            self._never.add(delimiter)
        end, after = (closing.start(), closing.end()) if closing else (len(self._text), len(self._text))
        match delimiter[0]:
            case "+":
                self.found.extend(markup.html_within(self._text, at, end))
            case "/":
                pass
            case _:
                self._code(start, end)
        return after

    def _code(self, start: int, end: int) -> None:
        if self._includes_code:
            self.found.extend(markup.bare_within(self._text, start, end, element="code"))

    def _line(self, content: str, start: int, end: int) -> None:
        """Take a line that stands for itself: a comment, an attribute, a heading."""
        if entry := _ATTRIBUTE.match(content):
            name, value = entry[1].lower(), entry[2].strip()
            if field := _CLAIMS.get(name):
                self.claims.append((field, value, f":{name}:", start))
            elif name == "imagesdir" and "{" not in value and "://" not in value:
                self.images = value
            elif _URL.fullmatch(value):
                begin = start + content.index(value, entry.start(2))
                self._attributes.setdefault(name, (start, begin, begin + len(value)))
            elif "://" in value:
                self._inline(start + entry.start(2), end)
        elif heading := _HEADING.match(content):
            self.headings.append(Heading(start, len(heading[1]), " ".join(plain(heading[2]).split())))
            self._inline(start + heading.start(2), end)
        elif content.startswith((":", "=")):
            self._inline(start, end)

    def _paragraph(self, start: int, end: int) -> None:
        """Take a paragraph, which a line above it may make a listing."""
        if _LISTING.match(self._text, start, end):
            self._code(start, end)
        else:
            self._inline(start, end)

    def _inline(self, start: int, end: int) -> None:
        """Take the macros and URLs of a paragraph."""
        at = start
        for match in _MACRO.finditer(self._text, start, end):
            if match["bare"]:
                continue  # no macro begins in it, so that nobody need look for one from each of its characters on
            self.found.extend(self._bare(at, match.start()))
            at = match.end()
            if match["passed"] is None:
                self._take(match)
        self.found.extend(self._bare(at, end))

    def _bare(self, start: int, end: int) -> list[Found]:
        if self._text.find(":", start, end) < 0:
            return []
        found = markup.bare_within(self._text, start, end)
        return [one for one in found if self._text[one.start - 1 : one.start] != "\\"]

    def _take(self, match: re.Match[str]) -> None:
        opens, closes = match.start(), match.end()
        words = match["text"] or ""
        if match["cross"] is not None:
            name, _, words = match["cross"].partition(",")
            if self._is_file(name):
                begin = match.start("cross")
                self.found.append(Found(opens, closes, begin, begin + len(name.rstrip()), "link", words))
            return
        start, end = match.span("target")
        if match["target"].startswith("++") and end - start > len("++++"):
            start, end = start + 2, end - 2  # what only keeps marks literal
        macro, target = (match["macro"] or "").rstrip(":"), self._text[start:end]
        label = "" if _NAMED.match(words) else re.split(r",(?=\s*\w+=)|\^$", words)[0].strip('"^ ')
        if macro in _IMAGES:
            self._image(match, (start, end), label)
        elif macro == "include":
            if "://" in target or (self._has_files and not _ELSEWHERE.search(target)):
                self.found.append(Found(opens, closes, start, end, "include", "", Role.EMBED))
        elif macro == "xref":
            if self._is_file(target):
                self.found.append(Found(opens, closes, start, end, "link", label or target))
        elif whole := _WHOLE.fullmatch(target):
            name = whole[1].lower()
            if place := self._attributes.get(name):
                self._used.add(name)
                self.found.append(Found(opens, closes, place[1], place[2], "link", label))
        else:
            self.found.append(Found(opens, closes, start, end, "link", label or target))

    def _image(self, match: re.Match[str], place: tuple[int, int], label: str) -> None:
        target = self._text[slice(*place)]
        label = label.partition(",")[0]
        if match["macro"].startswith("video") and label in _SITES:
            return  # the target is what the site calls it
        if "://" in target or (self._has_files and "{" not in target):
            self.found.append(Found(match.start(), match.end(), *place, "image", label, Role.IMAGE))
        if linked := _LINKED.search(match["text"]):
            begin = match.start("text") + linked.start(1)
            self.found.append(Found(match.start(), match.end(), begin, begin + len(linked[1]), "link", label))

    def _is_file(self, target: str) -> bool:
        """Tell another file from an id of this one."""
        path = target.partition("#")[0]
        return self._has_files and path.endswith((".adoc", ".asciidoc")) and ":" not in path and "{" not in path


def _closing(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(delimiter)}[ \t]*(?:\r?\n|\r|\Z)", re.MULTILINE)


_LINE = re.compile(r"([^\r\n]*+)(?:\r\n|\n|\r|\Z)")
_FENCE = re.compile(r"(-{4,}|\.{4,}|/{4,}|\+{4,}|`{3})(?:(?<=```)[\w,+#-]{1,40})?[ \t]*")
_LIST = re.compile(
    r"[ \t]*(?:[-*•.]{1,5}|[0-9a-zA-Z]{1,3}[.)]|<[0-9.]+>)[ \t]|[ \t]*\S[^\r\n]{0,200}?(?:::|;;)(?:[ \t]|$)"
)
_ATTRIBUTE = re.compile(r":([\w-]{1,80}):[ \t]+([^\r\n]{1,4000})")
_HEADING = re.compile(r"(={1,6})[ \t]+(\S[^\r\n]{0,1000})")
_CLAIMS = {"author": "author", "revdate": "published", "docdate": "published"}
_URL = re.compile(r"https?://[^\s\[\]{}<>]{1,4000}")
_WHOLE = re.compile(r"\{([\w-]{1,80})\}")
_LINKED = re.compile(r"\blink=\"?(https?://[^\s,\"\]]{1,2000})")
_LISTING = re.compile(r"\[(?:source|listing|literal|stem|latexmath|asciimath)\b[^\]\r\n]{0,300}\][ \t]*[\r\n]")
_NAMED = re.compile(r"\s*\w+=")
_IMAGES = frozenset({"image", "video", "audio"})
_SITES = frozenset({"youtube", "vimeo", "wistia"})
"""Where a video may be that has no file (https://docs.asciidoctor.org/asciidoc/latest/macros/audio-and-video/)."""
_ELSEWHERE = re.compile(r"[{$]|^[\w.-]+:(?!//)|\*")
"""Attributes, families of Antora, and sets of files."""
_ANTORA = re.compile(r"(?:^|/)modules/[^/]+/(?:pages|partials|examples)/")
_TARGET = r"(?:\+\+[^\n]{1,2000}?\+\+|[^\s\[\]<>\"`]{1,4000}+)"
_TEXT = r"(?:\\\]|[^\]]){0,2000}+"
_MACRO = re.compile(
    rf"""
      (?P<passed>\+\+\+(?:(?!\+\+\+).){{0,2000}}\+\+\+ | `\+[^`\n]{{0,2000}}\+`
        | (?<![\w+:])\+(?![\s+])[^+\n]{{1,1000}}+\+(?<!\s\+)(?![\w+])
        | (?<!\w)pass:[a-z,]{{0,20}}\[[^\]]{{0,2000}}\]
        | \\(?:link|xref|image|https?):[^\s\[]{{0,2000}}+(?:\[[^\]\n]{{0,1000}}\])?)
    | (?<![\w\\/:{{])
      (?:(?P<macro>(?:link|xref|include|image|video|audio)::?)|(?=(?:https?|ftp)://|\{{[\w-]{{1,80}}\}}))
      (?P<target>{_TARGET}) \[ (?P<text>{_TEXT}) \]
    | << (?P<cross>[^<>\n]{{1,500}}) >>
    | (?P<bare>(?:https?|ftp)://[^\s\[\]<>\"`]{{1,4000}}+(?!\[))
    """,
    re.VERBOSE | re.DOTALL,
)
_MACRO_TEXT = re.compile(r"(?:link:|xref:|https?://)[^\s\[\]]{0,2000}\[([^\]]{0,1000}?)\^?\]")
_MARK_LINE = re.compile(r"^(?:[=\-*_.+/|`]{3,}|\[[^\]\n]{0,200}\]|:[\w!-]{1,80}:[^\n]*|//[^\n]*)$", re.MULTILINE)
_SIGNS = re.compile(r"[*_`#]{1,2}(?=\S)|(?<=\S)[*_`#]{1,2}")

PLUGIN = Extractor(
    media_types=("text/asciidoc", "text/x-asciidoc"),
    about="AsciiDoc: URLs, `link:`, `xref:` and `include::` of files, images, attributes that hold URLs.",
    suffixes=(".adoc", ".asciidoc", ".asc"),
    extract=extract,
    decoded=markup.decoded,
    knows_anchors=False,
)
