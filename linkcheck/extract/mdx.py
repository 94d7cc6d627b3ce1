"""Reads MDX: Markdown with JSX in it (https://mdxjs.com/docs/what-is-mdx/).

Imports, exports, expressions and comments in braces are no text. The tags are JSX: their `href`, `to` and `src` count
on any component, where they are strings; what an expression says nobody knows before it runs. What stands between tags
is Markdown, however far it is indented.
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from linkcheck.extract import markdown, markup, part
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.part import Part, Runs
from linkcheck.extract.places import Places
from linkcheck.extract.prose import Found, Prose
from linkcheck.extract.tags import scan
from linkcheck.model import Document, Role


def extract(document: Document, wanted: Wanted) -> Extraction:
    """Read an MDX document. Never raises on any text."""
    text, places = document.text, Places(document)
    sound = _Masked(text)
    prose = Prose(document, places, _plain)
    tagged = prose.references(
        [
            found
            for start, end in sound.tags
            for found in _of_tag(sound.text, start, end)
            if found.start < found.end or "{" not in text[start:end]  # else an expression may say where it leads
        ]
    )
    read = part.read(sound.markdown(), markdown.PLUGIN, document, places, wanted)
    references = sorted((*read.references, *tagged), key=lambda one: (one.span.line, one.span.column))
    ids = [
        attribute.value
        for start, end in sound.tags
        for tag in scan(sound.text, start, end)
        for attribute in tag.attributes
        if attribute.name == "id" and attribute.value
    ]
    return replace(read, references=tuple(references), anchors=tuple(dict.fromkeys((*read.anchors, *ids))))


def decoded(raw: str, element: str) -> str:
    """Say what a `raw` means: that of a tag as in HTML, elsewhere as in Markdown."""
    return markup.decoded(raw, "a") if element == "component" else markdown.PLUGIN.decoded(raw, element)


class _Masked:
    """The text with imports and expressions blanked, and where its tags stand."""

    def __init__(self, text: str) -> None:
        self.tags: list[tuple[int, int]] = []
        self._blanks: list[tuple[int, int]] = []
        self._values: list[tuple[int, int]] = []
        """Attributes in braces that hold more than a string: their braces become quotation marks around nothing."""
        self._text = text
        self._braces = _Braces(text)
        self._read()
        characters = list(self._blanked(text, self._blanks)) if self._values else []
        for start, end in self._values:
            characters[start] = characters[end - 1] = '"'
        self.text = "".join(characters) or self._blanked(text, self._blanks)
        """Tags are in it."""

    def markdown(self) -> Part:
        """Give what is left when tags are blanked, too; lines within them are indented no more."""
        text = self._blanked(self.text, self.tags)
        parts: list[str] = []
        places = Runs()
        depth, margin = 0, -1
        upcoming = iter([*self.tags, (len(text) + 1, 0)])
        start, end = next(upcoming)
        for line in _LINE.finditer(text):
            begin, stop = line.span()
            indent = _indent(line[0])
            if indent < len(line[0].rstrip()):
                begin += max(0, indent - _indent(self._text[begin:stop]))  # blanks that were no text
                indent = min(indent, _indent(self._text[line.start() : stop]))
                margin = indent if margin < 0 or not depth else margin
                begin += min(indent, margin) if depth else 0
            while start < stop:
                margin = -1
                tag = self.text[start:end]
                depth = max(0, depth - 1) if tag.startswith("</") else depth + (not tag.endswith("/>"))
                start, end = next(upcoming)
            parts.append(text[begin:stop])
            places.add(begin, stop - begin)
        places.add(len(text), 1)
        return Part("".join(parts), places)

    def _blanked(self, text: str, blanks: list[tuple[int, int]]) -> str:
        if not blanks:
            return text
        parts: list[str] = []
        at = 0
        for start, end in blanks:
            parts += text[at:start], _NOT_LINE_END.sub(" ", text[start:end])
            at = end
        return "".join([*parts, text[at:]])

    def _read(self) -> None:
        at = 0
        text = self._text
        if front := _FRONT_MATTER.match(text):
            at = front.end()
        while mark := _MARK.search(text, at):
            start, at = mark.span()
            if mark["fence"]:
                closing = re.compile(rf"^[ \t]*{re.escape(mark['fence'])}[`~]*[ \t]*$", re.MULTILINE).search(text, at)
                if closing is None:
                    return
                at = closing.end()
            elif mark["module"]:
                at = self._after_module(start)
                self._blanks.append((start, at))
            elif mark["brace"]:
                if end := self._braces.after(start):
                    at = end
                    self._blanks.append((start, at))
            elif mark["tag"] and (end := self._after_tag(start)):
                at = end
                self.tags.append((start, at))

    def _after_module(self, start: int) -> int:
        """Give the end of a block of imports or exports: the next empty line outside of braces."""
        at = start
        while mark := _MODULE_MARK.search(self._text, at):
            if mark[0][0] != "{":
                return mark.start()
            at = self._braces.after(mark.start()) or mark.end()
        return len(self._text)

    def _after_tag(self, start: int) -> int | None:
        """Give the end of a tag; an attribute in braces that holds one string becomes that string."""
        at, limit = start, start + _WIDEST
        for _ in range(_MOST_MARKS):
            mark = _TAG_MARK.search(self._text, at, limit)
            if mark is None or (mark[0] == "<" and mark.start() > start):
                return None
            at = mark.end()
            if mark[0] == ">":
                return at
            if mark[0] == "{":
                end = self._braces.after(mark.start())
                if end is None:
                    return None
                inner = self._text[mark.end() : end - 1]
                if template := _TEMPLATE.fullmatch(inner):
                    self._values.append((mark.end() + template.start(1), mark.end() + template.end(1)))
                    self._blanks += [(mark.start(), mark.end()), (end - 1, end)]
                elif _STRING.fullmatch(inner):
                    self._blanks += [(mark.start(), mark.end()), (end - 1, end)]
                elif end - mark.start() > len("{}"):
                    self._values.append((mark.start(), end))
                    self._blanks.append((mark.start() + 1, end - 1))
                at = end
        return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


class _Braces:
    """Finds the brace that closes one; strings, templates and comments may hold others.

    Comments are skipped by searching for their ends, and each search is remembered: text in which every brace is
    followed by the same unclosed comment would otherwise be read anew for each of them.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._block_end = _Next(text, "*/")
        self._line_end = _Next(text, "\n")

    def after(self, start: int) -> int | None:
        """Return the place behind the closing brace; None where there is none near by."""
        at, limit, depth = start, start + _WIDEST, 0
        for _ in range(_MOST_MARKS):
            mark = _BRACE.search(self._text, at, limit)
            if mark is None:
                return None
            at = mark.end()
            match mark[0]:
                case "{":
                    depth += 1
                case "}":
                    depth -= 1
                case "//":
                    at = self._line_end.after(at)
                case "/*":
                    at = self._block_end.after(at)
                case _:
                    pass
            if depth > _DEEPEST or at > limit:
                return None
            if not depth:
                return at
        return None


class _Next:
    """Where a sign stands next; asked for ever later places, it reads the text once."""

    def __init__(self, text: str, sign: str) -> None:
        self._text, self._sign = text, sign
        self._from, self._found = 0, -1

    def after(self, at: int) -> int:
        """Return the place behind the next sign at or after a place; behind the text where there is none."""
        if not self._from <= at <= self._found:
            found = self._text.find(self._sign, at)
            self._from, self._found = at, found if found >= 0 else len(self._text) + _WIDEST
        return self._found + len(self._sign)


def _of_tag(text: str, start: int, end: int) -> Iterator[Found]:
    """Give the URLs of one tag: those of HTML, and a component's `href`, `to` and `src`."""
    if not text[start + 1 : start + 2].isupper():
        yield from (
            one._replace(text=one.text or _words(text, end)) if one.element == "a" else one
            for one in markup.html_within(text, start, end)
        )
        return
    for tag in scan(text, start, end):
        if tag.is_end:
            return
        for attribute in tag.attributes:
            if attribute.name in _URLS and attribute.value.strip():
                role = Role.IMAGE if attribute.name in {"src", "image"} else None
                words = tag.get("title") or tag.get("alt") or tag.get("label") or _words(text, end)
                yield Found(start, end, attribute.start, attribute.end, "component", words, role)


def _words(text: str, end: int) -> str:
    """Give the words up to the next tag."""
    return text[end : end + _LONGEST].partition("<")[0].strip()


def _plain(text: str) -> str:
    return _MARKUP.sub(" ", text)


_LONGEST = 300
_WIDEST = 20_000
_MOST_MARKS = 500
_DEEPEST = 12
_URLS = frozenset({"href", "to", "src", "url", "link"})
_NOT_LINE_END = re.compile(r"[^\r\n]")
_LINE = re.compile(r"[^\n]*+\n|[^\n]++")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n.{0,20000}?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_MARK = re.compile(
    r"^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*+"
    r"|^(?P<module>(?:import|export)\b(?=[\s{*'\"]))"
    r"|(?P<ticks>`{1,5})(?!`)[^\n]{0,1000}?(?<!`)(?P=ticks)(?!`)"
    r"|\\[{<`]"
    r"|(?P<brace>(?<![\w/=?&%:.#-])(?<!\]\()\{(?!#))|(?P<tag></?(?=[A-Za-z>]))(?![a-z]{2,8}:)",
    re.MULTILINE,
)
_MODULE_MARK = re.compile(r"\{|\n[ \t\r]*(?=\n|\Z)")
_TAG_MARK = re.compile(r"\"[^\"]*+\"|'[^']*+'|[{>]|(?<=.)<", re.DOTALL)
_BRACE = re.compile(r"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`|\\.|/\*|//|[{}]", re.DOTALL)
"""A backslash takes the next sign with it, so that an unclosed string is not tried again at every escaped quote."""
_STRING = re.compile(r"\s*+(?:\"[^\"\\\n]*\"|'[^'\\\n]*')\s*+")
_TEMPLATE = re.compile(r"\s*+(`[^`\\\n$\"]*`)\s*+")
"""A template without anything to be filled in."""
_MARKUP = re.compile(r"</?[A-Za-z>][^<>]{0,500}>?|\{[^{}]{0,300}\}|[*_`#\[\]]")

PLUGIN = Extractor(
    media_types=("text/mdx",),
    about="Markdown between JSX, and components' `href`, `to`, `src`.",
    suffixes=(".mdx",),
    extract=extract,
    decoded=decoded,
)
