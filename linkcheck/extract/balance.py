"""Makes wikitext safe to parse: what opens and never closes, or nests too deep, is blanked, character for character.

MediaWiki takes such marks for text, too. A parser that tries to find their ends reads the rest of the page again for
each of them, so that a few thousand would take minutes. One pass, linear in the length of the text.
"""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple


class Piece(NamedTuple):
    """A part of a page that stands for itself."""

    start: int
    text: str


def pieces(text: str) -> tuple[list[Piece], list[int]]:
    """Give the balanced parts of a page, in order, and where templates and links were opened that never close.

    A part ends at a line end outside of templates, references, comments and tables, after a few thousand characters.
    """
    scan = _Scan(text)
    if not scan.opened:
        return _cut(scan.sound(), scan.cuts), scan.unclosed
    again = _Scan(scan.sound())  # what was never closed has kept the page in one part
    return _cut(again.sound(), again.cuts), scan.unclosed


class _Scan:
    """One pass over a page."""

    def __init__(self, text: str) -> None:
        self.cuts: list[int] = []
        self.opened: list[tuple[str, int, int]] = []
        """Name, start and end of the marks that wait for their end."""
        self._text = text
        self._blanks: list[tuple[int, int]] = []
        self._never: set[str] = set()
        """Ends that do not come any more."""
        self._link: tuple[int, int] | None = None
        """The last `[http:` and the bracket that closes it."""
        self._line = 0
        """Where the line of the last external link ends, and the last bracket in it that closes one."""
        self._bracket = -1
        self._read()

    @property
    def unclosed(self) -> list[int]:
        """Where marks were opened that never close, tags aside."""
        return [start for name, start, _ in self.opened if name in {"template", "link"}]

    def sound(self) -> str:
        """Give the page without the marks that close nothing, and those that nothing closes."""
        blanks = sorted([*self._blanks, *((start, end) for _, start, end in self.opened)])
        parts: list[str] = []
        at = 0
        for start, end in blanks:
            if start >= at:
                parts += self._text[at:start], " " * (end - start)
                at = end
        return "".join([*parts, self._text[at:]]) if blanks else self._text

    def _read(self) -> None:
        at = last = 0
        while mark := _MARK.search(self._text, at):
            start, at = mark.span()
            kind = mark.lastgroup
            if kind == "line":
                if not self.opened and at - last > _LEAST:
                    self.cuts.append(at)
                    last = at
            elif kind in {"comment", "hides"}:
                at = self._after_hidden("-->" if kind == "comment" else f"</{mark['hides'].lower()}", start, at)
            elif kind == "external":
                self._take_link(start)
            elif kind == "stray":
                self._blanks.append((start, at))
            elif kind == "endtag":
                self._close(mark["endtag"].lower(), start, at)
            elif kind in _CLOSES:
                self._close(_CLOSES[kind], start, at)
            elif kind != "whole" and len(self.opened) < _DEEPEST:
                self.opened.append((mark["tag"].lower() if kind == "tag" else kind or "", start, at))
            elif kind != "whole":
                self._blanks.append((start, at))

    def _after_hidden(self, closing: str, start: int, at: int) -> int:
        """Pass over what is no wikitext; an opening without its end is text."""
        end = None if closing in self._never else _closing(closing).search(self._text, at)
        if end is None:
            self._never.add(closing)
            self._blanks.append((start, at))
            return at
        return end.end()

    def _take_link(self, start: int) -> None:
        """Blank the bracket of an external link that is not closed in its line, before the next one opens."""
        if self._link and self._link[1] > start:
            self._blanks.append((self._link[0], self._link[0] + 1))
            closes = self._link[1]
        else:
            if start >= self._line:
                end = _LINE_END.search(self._text, start)
                self._line = end.start() if end else len(self._text)
                self._bracket = self._text.rfind("]", start, self._line)
            closes = self._text.find("]", start, self._line) if self._bracket > start else -1
        if closes < 0:
            self._blanks.append((start, start + 1))
            self._link = None
        else:
            self._link = (start, closes)

    def _close(self, name: str, start: int, end: int) -> None:
        """Close the nearest mark of a kind; what was opened within it and is still open never closes."""
        for depth in range(len(self.opened) - 1, -1, -1):
            if self.opened[depth][0] == name:
                self._blanks.extend((begin, stop) for _, begin, stop in self.opened[depth + 1 :])
                del self.opened[depth:]
                return
            if self.opened[depth][0] == "template" and name != "template":
                break  # nothing within a template is closed from outside
        self._blanks.append((start, end))


@cache
def _closing(closing: str) -> re.Pattern[str]:
    return re.compile(re.escape(closing) + ("" if closing == "-->" else r"\s*+>"), re.IGNORECASE)


def _cut(text: str, cuts: list[int]) -> list[Piece]:
    return [Piece(start, text[start:end]) for start, end in pairwise([0, *cuts, len(text)]) if end > start]


_LEAST = 2000
_DEEPEST = 30
_CLOSES = {"endtemplate": "template", "endlink": "link", "endtable": "table"}
_HIDING = "nowiki|pre|syntaxhighlight|source|math|chem|templatedata|timeline|score"
_TAGS = (
    "ref|references|code|small|big|span|div|sub|sup|blockquote|b|i|u|s|del|ins|center|font|poem|gallery|imagemap"
    "|noinclude|includeonly|onlyinclude|table|tr|td|th|caption|ul|ol|dl|p|em|strong|cite|q|abbr|kbd|samp|tt|var|h[1-6]"
)
_LINE_END = re.compile(r"[\r\n]")
_MARK = re.compile(
    rf"""
      (?P<comment><!--)
    | (?P<whole><(?:{_HIDING}|{_TAGS}|br|hr|wbr|li|dd|dt)\b[^<>]*+>(?<=/>) | </?(?:br|hr|wbr|li|dd|dt)\b[^<>]*+>
        | \{{\{{(?:!|=|!!|\(|\))\}}\}})
    | <(?P<hides>{_HIDING})\b[^<>]*+>
    | <(?P<tag>{_TAGS})\b[^<>]*+>
    | </(?P<endtag>{_TAGS})\s*+>
    | (?P<stray><(?=[A-Za-z/]))
    | (?P<template>\{{\{{) | (?P<endtemplate>\}}\}})
    | (?P<link>\[\[) | (?P<endlink>\]\])
    | (?P<external>\[(?=(?:https?:|ftp:)?//))
    | (?P<table>^[^\S\n]*+[:*]*+[^\S\n]*+\{{\|) | (?P<endtable>^[^\S\n]*+\|\}}(?!\}}))
    | (?P<line>\r?\n)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
