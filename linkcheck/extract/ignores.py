"""Reads the wishes of a document that rules be left out in it: comments in Markdown and HTML, and an attribute.

    <!-- linkcheck: ignore dead - the site is being moved until 2027-01-31 -->

holds for its line; alone on a line, for the next one that has text. `ignore-start` and `ignore-end` hold for what is
between them. `[//]: # (linkcheck: ignore ...)` is the same in Markdown. The comments of markdown-link-check and the
attribute `data-proofer-ignore` of html-proofer are heard, too. What stands in code is an example, and is none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from linkcheck.dates import parse_date
from linkcheck.extract.tags import scan
from linkcheck.model import Ignore


def ignores_of(text: str) -> tuple[Ignore, ...]:
    """Give them in the order in which they stand; of very many the first 1,000."""
    if not any(mark in text for mark in _MARKS):
        return ()
    lines = text.split("\n")
    return tuple(islice((*_in_comments(_without_code(lines)), *_in_attributes(text)), _MOST))


class _Mark(NamedTuple):
    """One comment that says something to us."""

    line: int
    scope: str
    """Empty, `line`, `next-line`, `start` or `end`."""
    wish: str
    said: str
    is_alone: bool


def _in_comments(lines: Sequence[str]) -> Iterator[Ignore]:
    open_marks: dict[str, list[_Mark]] = {}
    for mark in _marks(lines):
        match mark.scope:
            case "start":
                open_marks.setdefault(mark.said, []).append(mark)
            case "end":
                if own := open_marks.get(mark.said):
                    one = own.pop()
                    yield _made(one, one.line, mark.line)
            case "next-line":
                yield _made(mark, *_next(lines, mark.line))
            case "line":
                yield _made(mark, mark.line, mark.line)
            case _ if mark.is_alone:
                yield _made(mark, *_next(lines, mark.line))
            case _:
                yield _made(mark, mark.line, mark.line)
    for one in sorted(chain.from_iterable(open_marks.values())):
        yield _made(one, one.line, len(lines))


def _marks(lines: Sequence[str]) -> Iterator[_Mark]:
    for number, line in enumerate(lines, start=1):
        if not any(mark in line for mark in _IN_COMMENTS):
            continue
        for found in _COMMENT.finditer(line):
            rest = len(line) - (found.end() - found.start())
            is_alone = rest < _LONGEST and not (line[: found.start()] + line[found.end() :]).strip(" \t\r>*-")
            yield _Mark(number, found["scope"] or "", (found["wish"] or "").strip(), "linkcheck: ignore", is_alone)
        for found in _FOREIGN.finditer(line):
            scope = {"-next-line": "next-line", "-line": "line"}.get(found["scope"] or "", "start")
            scope = "end" if found["what"] == "enable" else scope
            yield _Mark(number, scope, "", "markdown-link-check-disable", is_alone=True)


def _made(mark: _Mark, first: int, last: int) -> Ignore:
    rules, _, reason = mark.wish.partition(" - ")
    if not reason and mark.wish.startswith("- "):
        rules, reason = "", mark.wish[2:]
    holder = reason or rules
    until = None
    if (found := _UNTIL.search(holder)) and (day := parse_date(found[1])):
        until = day
        holder = holder[: found.start()] + holder[found.end() :]
    rules, reason = (rules, holder) if reason else (holder, "")
    names = tuple(name for name in _BETWEEN.split(rules.strip()) if name and name not in _ALL)
    return Ignore(
        rules=names[:_MOST_RULES],
        reason=" ".join(reason.split())[:_LONGEST],
        until=until,
        line=mark.line,
        said=mark.said,
        first=(first, 1),
        last=(last, _END),
    )


def _next(lines: Sequence[str], line: int) -> tuple[int, int]:
    """Give the next paragraph's first line that has text; the mark's own line at the end of the document."""
    following = next((number for number in range(line + 1, len(lines) + 1) if lines[number - 1].strip()), line)
    return following, following


def _in_attributes(text: str) -> Iterator[Ignore]:
    """Find elements with the attribute; it holds for all that they contain."""
    if _ATTRIBUTE not in text:
        return
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    open_tags: list[tuple[str, int, int]] = []

    def place(at: int) -> tuple[int, int]:
        line = bisect_right(starts, at)
        return line, at - starts[line - 1] + 1

    for tag in scan(text):
        if tag.is_end:
            if open_tags and open_tags[-1][0] == tag.name:
                name, start, depth = open_tags.pop()
                if depth:
                    open_tags.append((name, start, depth - 1))
                else:
                    yield _of_element(place(start), place(tag.end))
        elif open_tags:
            name, start, depth = open_tags[-1]
            if tag.name == name:
                open_tags[-1] = (name, start, depth + 1)
        elif tag.get(_ATTRIBUTE) is not None:
            if tag.name in _VOID:
                yield _of_element(place(tag.start), place(tag.end))
            else:
                open_tags.append((tag.name, tag.start, 0))
    for _, start, _ in open_tags:
        yield _of_element(place(start), (len(starts), _END))


def _of_element(first: tuple[int, int], last: tuple[int, int]) -> Ignore:
    return Ignore(line=first[0], said=_ATTRIBUTE, first=first, last=last)


def _without_code(lines: Sequence[str]) -> list[str]:
    """Blank fenced and inline code."""
    kept, fence = [], ""
    for line in lines:
        found = _FENCE.match(line)
        if found and (not fence or (found[1][0] == fence[0] and len(found[1]) >= len(fence))):
            fence = "" if fence else found[1]
            kept.append("")
        else:
            kept.append("" if fence else _CODE.sub("", line) if "`" in line else line)
    return kept


_MOST, _MOST_RULES, _LONGEST = 1_000, 20, 200
_END = 1 << 31
_ATTRIBUTE = "data-proofer-ignore"
_IN_COMMENTS = ("linkcheck", "markdown-link-check")
_MARKS = ("linkcheck:", "markdown-link-check-", _ATTRIBUTE)
_COMMENT = re.compile(
    r"(?:<!--|\[//\]:[ \t]{1,9}#[ \t]{1,9}\()[ \t]{0,99}linkcheck:[ \t]{0,9}ignore"
    r"(?:-(?P<scope>line|next-line|start|end))?(?![\w-])(?P<wish>[^\n]{0,500}?)[ \t]{0,99}(?:-->|\)[ \t\r]{0,99}\Z)"
)
_FOREIGN = re.compile(
    r"<!--\s{0,99}markdown-link-check-(?P<what>disable|enable)(?P<scope>-next-line|-line)?\s{0,99}-->"
)
_UNTIL = re.compile(r"(?:^|\s)until[ \t]{1,9}(\d{4}-\d\d-\d\d)\b")
_BETWEEN = re.compile(r"[,\s]+")
_ALL = frozenset({"all", "*", "any"})
_FENCE = re.compile(r" {0,3}(?:> ?)*(`{3,}|~{3,})")
_CODE = re.compile(r"`[^`\n]{0,2000}`")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
