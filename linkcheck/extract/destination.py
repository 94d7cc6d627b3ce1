"""Finds where a Markdown destination is written, and decodes what is written there.

A Markdown parser says where a whole link stands and what its destination means, not where the destination stands.
The grammar is CommonMark's (https://spec.commonmark.org/0.31.2/#link-destination).
"""

import re
from collections.abc import Iterator
from html.entities import html5

from linkcheck.extract import tags


def inline(source: bytes, text_end: int, end: int, meaning: str) -> tuple[int, int]:
    """Place the destination of `[text](destination "title")`, in bytes; empty in `()`.

    `text_end` is where the last element of the text ends, `end` where the link does; `meaning` is the decoded
    destination, by which the right place is told from others.
    """
    opening = source.find(b"](", text_end, end)
    return _place(source, opening + 2 if opening >= 0 else text_end, end, meaning)


def definition(source: bytes, start: int, end: int, meaning: str) -> tuple[int, int]:
    """Place the destination of `[label]: destination "title"`, in bytes."""
    label = _LABEL.match(source, start, end)
    return _place(source, label.end() if label else start, end, meaning)


def decoded(raw: str, element: str) -> str:
    """Say what a reference's `raw` means as a URL, by the rules of the syntax that its `element` belongs to."""
    match element:
        case "link" | "image":
            return _unescaped(raw)
        case "autolink":
            return _with_scheme(_ENTITY.sub(_character, raw))
        case "bare":
            return _with_scheme(_unescaped(raw))
        case "code":
            return _with_scheme(raw)
        case "front-matter":
            return raw
        case _:
            return tags.decoded(raw)


def _place(source: bytes, at: int, end: int, meaning: str) -> tuple[int, int]:
    written = meaning.encode()
    stop = at + len(written)
    if written and source.startswith(written, at, end) and source[stop : stop + 1] in _AFTER:
        return at, stop  # as nearly everywhere: right behind the parenthesis, and nothing is escaped
    first = None
    for start in _beginnings(source, at, end):
        place = _scan(source, start, end)
        first = first or place
        if _unescaped(source[place[0] : place[1]].decode("utf-8", "replace")) == meaning:
            return place
    return first or (at, at)


def _beginnings(source: bytes, at: int, end: int) -> Iterator[int]:
    """Give the places at which a destination may begin: behind the space, and behind the `>` of a quotation."""
    space = _SPACE.match(source, at, end)
    start = space.end() if space else at
    if b"\n" in source[at:start] or b"\r" in source[at:start]:
        quoted = _QUOTE_MARKS.match(source, start, end)
        if quoted and quoted.end() > start:
            yield quoted.end()
    yield start


def _scan(source: bytes, at: int, end: int) -> tuple[int, int]:
    if angle := _ANGLE.match(source, at, end):
        return angle.span(1)
    start, depth = at, 0
    while (found := _UNTIL_SPECIAL.match(source, at, end)) and (at := found.end()) < end:
        match source[at : at + 1]:
            case b"\\" if at + 1 < end and source[at + 1] > _LAST_CONTROL:
                at += 1
            case b"(":
                depth += 1
            case b")" if depth:
                depth -= 1
            case b"\\":
                pass
            case _:
                break
        at += 1
    return start, min(at, end)


def _unescaped(raw: str) -> str:
    return _ESCAPE_OR_ENTITY.sub(_character, raw) if "\\" in raw or "&" in raw else raw


def _character(found: re.Match[str]) -> str:
    if found["escaped"]:
        return found["escaped"]
    if found["name"]:
        return html5.get(found["name"] + ";", found[0])
    point = int(found["hex"], 16) if found["hex"] else int(found["decimal"])
    return "\ufffd" if point == 0 or 0xD800 <= point <= 0xDFFF or point > 0x10FFFF else chr(point)


def _with_scheme(url: str) -> str:
    if url.startswith("www."):
        return "http://" + url
    return url if _SCHEME.match(url) or "@" not in url else "mailto:" + url


_AFTER = frozenset({b")", b" ", b"\t", b"\r", b"\n", b""})
_LAST_CONTROL = 0x20
_LABEL = re.compile(rb"[ \t]*+\[(?:[^\]\\]|\\.)*+\]:[ \t]*+", re.DOTALL)
_SPACE = re.compile(rb"[ \t\r\n]*+")
_QUOTE_MARKS = re.compile(rb"[ \t>]*+")
_ANGLE = re.compile(rb"<((?:[^<>\\\r\n]|\\[^\r\n])*+)>")
_UNTIL_SPECIAL = re.compile(rb"[^\x00-\x20\x7f()\\]*+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*+:")
_NEVER = r"(?!)"
_ENTITY, _ESCAPE_OR_ENTITY = (
    re.compile(
        rf"\\(?P<escaped>{escaped})"
        r"|&(?:#[xX](?P<hex>[0-9a-fA-F]{1,6})|#(?P<decimal>[0-9]{1,7})|(?P<name>[A-Za-z][A-Za-z0-9]{1,40}));"
    )
    for escaped in (_NEVER, r"[!-/:-@\[-`{-~]")
)
