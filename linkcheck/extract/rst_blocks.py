"""Tells the parts of a reStructuredText document: prose, code, comments, directives, targets and section titles.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#explicit-markup-blocks; one pass over the lines.
"""

import re
from typing import NamedTuple


class Line(NamedTuple):
    """One line: its characters without the line end, and how far it is indented."""

    start: int
    end: int
    indent: int
    """-1 where the line is empty."""


class Target(NamedTuple):
    """One `.. _name: destination`."""

    name: str
    opens: int
    start: int
    end: int
    """Equal to `start` where it names a place in this document."""

    def is_url(self, text: str) -> bool:
        """Tell a URL from the name of another target."""
        raw = text[self.start : self.end]
        return not raw.endswith("_") or raw.endswith("\\_")


class Image(NamedTuple):
    """One image or figure."""

    opens: int
    start: int
    end: int
    alt: str
    target: tuple[int, int] | None
    """Where it leads to."""


class Blocks:
    """What the document is made of, in characters."""

    def __init__(self, text: str) -> None:
        self.prose: list[tuple[int, int]] = []
        self.code: list[tuple[int, int]] = []
        self.raw_html: list[tuple[int, int]] = []
        self.images: list[Image] = []
        self.substitutions: dict[str, Image] = {}
        self.targets: dict[str, Target] = {}
        self.anonymous: list[Target] = []
        self.headings: list[tuple[int, int, str]] = []
        """Place, level and text."""
        self.claims: list[tuple[str, str, int]] = []
        """Field, value and place of what the field list at the top says."""
        self._text = text
        self._lines = [_line(found) for found in _LINE.finditer(text)]
        self._levels: dict[tuple[str, bool], int] = {}
        self._chain: list[Target] = []
        """Targets whose destination is that of the next one."""
        self._read()

    def resolved(self, name: str, text: str) -> tuple[int, int] | None:
        """Place the URL that a name stands for; None where it is none, or not one of this file."""
        target = self.targets.get(name)
        if target is None and (image := self.substitutions.get(name)):
            return image.target
        return self.followed(target, text) if target else None

    def followed(self, target: Target, text: str) -> tuple[int, int] | None:
        """Follow indirect targets to the URL."""
        for _ in range(_DEEPEST):
            if target.start == target.end:
                return None
            if target.is_url(text):
                return target.start, target.end
            name = " ".join(text[target.start : target.end - 1].strip("`").split()).casefold()
            following = self.targets.get(name)
            if following is None:
                return None
            target = following
        return None

    def _read(self) -> None:
        at, begin = 0, None
        lines, text = self._lines, self._text
        is_literal_next = False
        while at < len(lines):
            line = lines[at]
            if is_literal_next and begin is None and line.indent >= 0:
                is_literal_next = False
                if line.indent > self._indent_above:  # whatever it looks like
                    end = self._body_end(at, self._indent_above)
                    self.code.append((line.start, lines[end - 1].end))
                    at = end
                    continue
            marker = _EXPLICIT.match(text, line.start, line.end) if line.indent >= 0 else None
            anonymous = None if marker else _ANONYMOUS.match(text, line.start, line.end)
            if marker or anonymous or line.indent < 0:
                if begin is not None:
                    is_literal_next = self._end_prose(begin, at)
                    begin = None
                if marker:
                    at = self._explicit(at, marker)
                elif anonymous:
                    end = self._goes_on(at, line)
                    self._end_chain(Target("", line.start, anonymous.end(), lines[end - 1].end), is_anonymous=True)
                    at = end
                else:
                    at += 1
                continue
            if begin is None:
                begin = at
            if title := self._title(at):
                self._end_chain(None)
                at = title
                begin = None
                continue
            at += 1
        if begin is not None:
            self._end_prose(begin, at)

    _indent_above = 0

    def _end_prose(self, first: int, end: int) -> bool:
        """Take a paragraph; say whether a literal block follows."""
        lines, text = self._lines, self._text
        start, stop = lines[first].start, lines[end - 1].end
        self._end_chain(None)
        self.prose.append((start, stop))
        item = _ITEM.match(text, start, lines[first].end)
        self._indent_above = max(lines[end - 1].indent, item.end() - start if item else 0)
        if len(self.prose) <= _FIRST:
            for found in _FIELD.finditer(text, start, stop):
                if field := _FIELDS.get(found[1].lower()):
                    self.claims.append((field, found[2], found.start()))
        return text.endswith("::", start, stop)

    def _title(self, at: int) -> int | None:
        """Take a section title with its underline; give the line behind it."""
        lines, text = self._lines, self._text
        line = lines[at]
        is_over = bool(_RULE.match(text, line.start, line.end))
        place = at + 1 if is_over else at
        if place + 1 >= len(lines) or lines[place].indent < 0:
            return None
        title, under = lines[place], lines[place + 1]
        rule = _RULE.match(text, under.start, under.end)
        words = text[title.start : title.end].strip()
        if not rule or (not is_over and title.indent > 0) or len(rule[0].rstrip()) < min(len(words), _SHORT):
            return None
        if is_over and text[line.start] != text[under.start]:
            return None
        if _RULE.match(text, title.start, title.end):  # the border of a table
            return None
        level = self._levels.setdefault((text[under.start], is_over), len(self._levels) + 1)
        self.headings.append((title.start, level, _MARKS.sub("", words)))
        self.prose.append((title.start, title.end))
        return place + 2

    def _explicit(self, at: int, marker: re.Match[str]) -> int:
        """Take `.. something`; give the line behind it, or its first one that is prose."""
        lines, text = self._lines, self._text
        line = lines[at]
        rest, stop = marker.end(), line.end
        if target := _TARGET.match(text, rest, stop):
            return self._target(at, line, target)
        if found := _SUBSTITUTION.match(text, rest, stop):
            name = " ".join(found[1].split()).casefold()
            return self._directive(at, found[2].lower(), found.end(), name)
        if found := _DIRECTIVE.match(text, rest, stop):
            return self._directive(at, found[1].lower(), found.end(), None)
        if found := _NOTE.match(text, rest, stop):
            self._end_chain(None)
            return self._first_paragraph(at, found.end())
        return self._body_end(at + 1, line.indent)  # a comment

    def _target(self, at: int, line: Line, target: re.Match[str]) -> int:
        end = self._goes_on(at, line)
        start, stop = target.end(), self._lines[end - 1].end
        while start < stop and self._text[start].isspace():
            start += 1
        while stop > start and self._text[stop - 1].isspace():
            stop -= 1
        name = target["name"]
        one = Target(_unquoted(name or ""), line.start, start, stop)
        if name is None:
            self._end_chain(one, is_anonymous=True)
        elif start == stop:
            self._chain.append(one)
        else:
            self._end_chain(one)
        return end

    def _first_paragraph(self, at: int, start: int) -> int:
        """Take the text that begins in the line of a note or directive; give the line behind it."""
        end = at + 1
        lines = self._lines
        while end < len(lines) and lines[end].indent > lines[at].indent:
            if _EXPLICIT.match(self._text, lines[end].start, lines[end].end):
                break
            end += 1
        self.prose.append((start, lines[end - 1].end))
        return end

    def _goes_on(self, at: int, line: Line) -> int:
        """Give the line behind a target, whose long URL may go on in the next lines."""
        end = at + 1
        while end < len(self._lines) and self._lines[end].indent > line.indent:
            end += 1
        return end

    def _end_chain(self, target: Target | None, *, is_anonymous: bool = False) -> None:
        """Give the targets before this one its destination; before anything else they name a place."""
        for one in self._chain:
            start, end = (target.start, target.end) if target else (one.start, one.start)
            self.targets.setdefault(one.name.casefold(), one._replace(start=start, end=end))
        self._chain.clear()
        if target and is_anonymous:
            self.anonymous.append(target)
        elif target:
            self.targets.setdefault(target.name.casefold(), target)

    def _directive(self, at: int, name: str, argument: int, substitution: str | None) -> int:
        lines, text = self._lines, self._text
        line = lines[at]
        self._end_chain(None)
        end = self._body_end(at + 1, line.indent)
        options: dict[str, tuple[int, int]] = {}
        body = at + 1
        while body < end and (option := _OPTION.match(text, lines[body].start, lines[body].end)):
            options[option[1].lower()] = (option.end(), max(option.end(), lines[body].end))
            body += 1
        if name in _IMAGES:
            self._image(line, argument, options, substitution)
        elif name in _CODE:
            if body < end:
                self.code.append((lines[body].start, lines[end - 1].end))
            return end
        elif name == "raw":
            if text[argument : line.end].strip().lower() == "html" and body < end:
                self.raw_html.append((lines[body].start, lines[end - 1].end))
            return end
        elif name == "toctree":  # whose entries may lead out: `Title <https://...>`
            if body < end:
                self.prose.append((lines[body].start, lines[end - 1].end))
            return end
        elif name in _NO_TEXT:
            return end
        elif argument < line.end:
            if body == at + 1:
                return self._first_paragraph(at, argument)
            self.prose.append((argument, line.end))
        return body

    def _image(self, line: Line, argument: int, options: dict[str, tuple[int, int]], substitution: str | None) -> None:
        text = self._text
        start, end = _stripped(text, argument, line.end)
        target = _stripped(text, *options["target"]) if "target" in options else None
        alt = text[slice(*options["alt"])].strip() if "alt" in options else ""
        image = Image(line.start, start, end, alt, target if target and target[0] < target[1] else None)
        if start < end:
            self.images.append(image)
        if substitution:
            self.substitutions[substitution] = image

    def _body_end(self, at: int, indent: int) -> int:
        """Give the first line from `at` on that is indented no further."""
        lines = self._lines
        last = at
        while at < len(lines) and (lines[at].indent < 0 or lines[at].indent > indent):
            at += 1
            if lines[at - 1].indent >= 0:
                last = at
        return last


def _line(found: re.Match[str]) -> Line:
    blank = found.end(1) == found.end(2)
    return Line(found.start(), found.end(2), -1 if blank else found.end(1) - found.start())


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    value = text[start:end]
    left = len(value) - len(value.lstrip())
    return start + left, start + max(left, len(value.rstrip()))


def _unquoted(name: str) -> str:
    return " ".join(name.strip("`").replace("\\", "").split())


_DEEPEST = 20
_SHORT = 4
_FIRST = 6
_LINE = re.compile(r"([^\S\r\n]*+)([^\r\n]*+)(?:\r\n|\n|\r|(?<=[^\r\n])\Z)")
_EXPLICIT = re.compile(r"[^\S\r\n]*\.\.(?:[^\S\r\n]+|$|(?=[\r\n]))")
_ANONYMOUS = re.compile(r"[^\S\r\n]*__[^\S\r\n]+(?=\S)")
_TARGET = re.compile(
    r"(?:_(?!_)(?P<name>`(?:\\.|[^`\\]){1,400}`|(?:\\.|[^:\\]|:(?=\S)){1,400}?)|__):(?:[^\S\r\n]|$|(?=[\r\n]))"
)
_SUBSTITUTION = re.compile(r"\|([^|\s][^|]{0,200})\|[^\S\r\n]+([\w:+.-]{1,80})::[^\S\r\n]*")
_DIRECTIVE = re.compile(r"([\w:+.-]{1,80}) ?::(?:[^\S\r\n]+|$|(?=[\r\n]))")
_NOTE = re.compile(r"\[[\w#*.-]{1,100}\](?:[^\S\r\n]+|$|(?=[\r\n]))")
_ITEM = re.compile(
    r"[^\S\r\n]*(?:[-*+\u2022\u2023\u2043]|\(?(?:[0-9]{1,4}|[A-Za-z]|#|[ivxlcIVXLC]{1,6})[.)])[^\S\r\n]+(?=\S)"
)
_OPTION = re.compile(r"[^\S\r\n]+:([\w-]{1,60}):[^\S\r\n]*")
_RULE = re.compile(r"([=\-`:.'\"~^_*+#<>!$%&(),/;?@\[\\\]{|}])\1{1,}[^\S\r\n]*(?=[\r\n]|$)")
_FIELD = re.compile(r"^:([A-Za-z]{1,20}):[^\S\r\n]{1,20}([^\r\n]{1,300})", re.MULTILINE)
_FIELDS = {"author": "author", "authors": "author", "date": "published"}
_MARKS = re.compile(r"[`*|\\]")
_IMAGES = frozenset({"image", "figure", "thumbnail", "video-poster"})
_CODE = frozenset(
    """code code-block sourcecode highlight math parsed-literal doctest testcode testoutput testsetup testcleanup
    prompt ipython jupyter-execute graphviz digraph graph mermaid uml plantuml productionlist tikz aafig
    autosummary""".split()
)
_NO_TEXT = frozenset(
    """include literalinclude index meta highlight default-role role unicode module currentmodule
    automodule autoclass autofunction contents sectnum target-notes bibliography""".split()
)
