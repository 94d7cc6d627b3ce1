"""Takes the indentation from what admonitions and tabs of Python-Markdown hold, which CommonMark would take for code.

The marks are those of https://python-markdown.github.io/extensions/admonition/ and of pymdownx's details and tabs, as
Material for MkDocs uses them: `!!! note`, `??? tip "Title"`, `=== "Tab"`; what they hold is indented by four columns.
"""

import re

from linkcheck.extract.part import Part


def has_any(text: str) -> bool:
    """Tell quickly whether a text may have such blocks."""
    return any(mark in text for mark in _MARKS) and _BLOCK.search(text) is not None


def dedented(text: str) -> Part:
    """Give the text without that indentation, and where each of its characters stands in the whole."""
    parts: list[str] = []
    places: list[int] = []
    inner: list[int] = []
    """Columns at which what the open blocks hold begins."""
    fence = ""
    for line in _LINE.finditer(text):
        start, end = line.span()
        written = line[0]
        if written.strip():
            indent = _columns(written)
            while inner and indent < inner[-1] and not fence:
                inner.pop()
            start += _removed(written, min(_STEP * len(inner), indent))
            kept = text[start:end].lstrip(" \t")
            mark = _FENCE.match(kept)
            if mark and not fence:
                fence = mark[0]
            elif fence:
                fence = "" if mark and mark[0].startswith(fence) else fence
            elif _MARK.match(kept) and len(inner) < _DEEPEST:
                inner.append(indent + _STEP)
        parts.append(text[start:end])
        places.extend(range(start, end))
    places.append(len(text))
    return Part("".join(parts), places)


def _columns(line: str) -> int:
    """Measure an indentation; a tab goes to the next column that four divides."""
    columns = 0
    for character in line:
        if character not in " \t":
            break
        columns += 1 if character == " " else _STEP - columns % _STEP
    return columns


def _removed(line: str, wanted: int) -> int:
    """Say how many characters an indentation of so many columns is."""
    columns = 0
    for position, character in enumerate(line):
        if columns >= wanted:
            return position
        columns += 1 if character == " " else _STEP - columns % _STEP
    return len(line)


_STEP = 4
_DEEPEST = 20
_MARKS = ("!!! ", "??? ", "???+ ", '=== "')
_MARK = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+[A-Za-z][\w-]*|===[!+]?[ \t]+\"")
_BLOCK = re.compile(
    rf"^[ \t]*(?:{_MARK.pattern})[^\r\n]*(?:\r\n|\n|\r)(?:[ \t]*+(?:\r\n|\n|\r))*+(?: {{4}}| {{0,3}}\t)", re.MULTILINE
)
"""One that holds something."""
_FENCE = re.compile(r"`{3,}|~{3,}")
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r)|[^\r\n]++")
