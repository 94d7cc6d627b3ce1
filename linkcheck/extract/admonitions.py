"""Makes text of what admonitions and tabs hold, which CommonMark would take for code.

In Python-Markdown (https://python-markdown.github.io/extensions/admonition/, pymdownx's details and tabs), as Material
for MkDocs uses it, that is indented by four columns under `!!! note`, `??? tip "Title"` or `=== "Tab"`. In MyST
(https://mystmd.org/guide/directives), as Sphinx and Jupyter Book use it, it stands in a fence: ```` ```{note} ````.
"""

import re

from linkcheck.extract.part import Part, Runs


def has_any(text: str) -> bool:
    """Tell quickly whether a text may have such blocks."""
    if any(mark in text for mark in _FENCES) and _DIRECTIVE_LINE.search(text):
        return True
    return any(mark in text for mark in _MARKS) and _BLOCK.search(text) is not None


def opened(text: str) -> Part:
    """Give the text without that indentation and those fences, and where each of its characters stands in the whole."""
    parts: list[str] = []
    places = Runs()
    inner: list[int] = []
    """Columns at which what the open blocks hold begins."""
    fence = ""
    directives: list[str] = []
    """The fences of directives that are open."""
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
            if fence:
                fence = "" if mark and _closes(kept, fence) else fence
            elif mark and directives and _closes(kept, directives[-1]):
                directives.pop()
                start = end - len(kept) + len(kept.rstrip("\r\n"))
            elif mark and len(directives) < _DEEPEST and _DIRECTIVE.match(kept):
                directives.append(mark[0])
                start = end - len(kept) + len(kept.rstrip("\r\n"))
            elif mark:
                fence = mark[0]
            elif _MARK.match(kept) and len(inner) < _DEEPEST:
                inner.append(indent + _STEP)
        parts.append(text[start:end])
        places.add(start, end - start)
    places.add(len(text), 1)
    return Part("".join(parts), places)


def _closes(line: str, fence: str) -> bool:
    """Tell the line that ends a fence: nothing but its sign, at least as often."""
    written = line.strip()
    return len(written) >= len(fence) and not written.strip(fence[0])


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
_MARK = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+[A-Za-z][\w-]*+|===[!+]?[ \t]+\"")
_BLOCK = re.compile(
    rf"^[ \t]*(?:{_MARK.pattern})[^\r\n]*+(?:\r\n|\n|\r)(?:[ \t]*+(?:\r\n|\n|\r))*+(?: {{4}}| {{0,3}}\t)", re.MULTILINE
)
"""One that holds something."""
_FENCES = ("```{", "~~~{")
_DIRECTIVE = re.compile(
    r"(?:`{3,}|~{3,})\{(?:note|tip|hint|important|warning|caution|attention|danger|error|admonition|seealso|todo"
    r"|dropdown|margin|sidebar|topic|epigraph|pull-quote|card|grid|grid-item|grid-item-card|tab-set|tab-item|tabbed"
    r"|versionadded|versionchanged|deprecated|figure|table|list-table|exercise|solution|prf:\w+)\}"
)
"""Directives that hold text."""
_DIRECTIVE_LINE = re.compile(rf"^[ \t]*{_DIRECTIVE.pattern}", re.MULTILINE)
_FENCE = re.compile(r"`{3,}+(?![^\r\n]*`)|~{3,}")
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\n|\r)|[^\r\n]++")
