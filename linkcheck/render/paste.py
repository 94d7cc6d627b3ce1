"""Shows the lines of an article that its replacements change: as they stand, and as they should read."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from linkcheck.model import DocumentRow, ReferenceRow
from linkcheck.render.article import Edit, edits
from linkcheck.render.escape import verbatim


class Change(NamedTuple):
    """One stretch of the source, a line at most."""

    line: int
    """1-based, of the destination."""
    start: int
    """First byte of what is replaced."""
    end: int
    """One past its last byte, or that of the last one in this line."""
    old: str
    new: str
    """Both with `…` where a long line was cut."""


def changes(
    source: bytes, document: DocumentRow, proposed: Sequence[tuple[ReferenceRow, str]]
) -> Iterator[tuple[Change, tuple[ReferenceRow, ...]]]:
    """Give what replacements change, in the order of the source, and the references that want it.

    A destination that is not where the report says it is (the file has changed, or is packed) is left out, and so is
    one for which references want different targets.
    """
    if document.encoding.startswith(_WIDE):
        return
    made = [one for one in edits(source, document, proposed) if _is_there(source, document, one)]
    line, at = 1, 0
    for span, group in groupby(made, key=lambda one: _line_of(source, one)):
        begin, end = span
        line, at = line + _breaks(source, at, begin), begin
        everything = list(group)
        for together in [everything] if end - begin <= _LONGEST else [[one] for one in everything]:
            rows = tuple(row for one in together for row in one.rows)
            yield _change(source, document, together, line, span), rows


def _is_there(source: bytes, document: DocumentRow, edit: Edit) -> bool:
    return any(row.raw == source[edit.start : edit.end].decode(document.encoding, "replace") for row in edit.rows)


def _line_of(source: bytes, edit: Edit) -> tuple[int, int]:
    """Give the first byte of the line in which an edit begins, and the end of that in which it ends."""
    begin = max(source.rfind(b"\n", 0, edit.start), source.rfind(b"\r", 0, edit.start)) + 1
    ends = (source.find(mark, edit.end) for mark in (b"\n", b"\r"))
    return begin, min((end for end in ends if end >= 0), default=len(source))


def _change(source: bytes, document: DocumentRow, made: Sequence[Edit], line: int, span: tuple[int, int]) -> Change:
    (begin, end), first, last = span, made[0].start, made[-1].end
    is_long = end - begin > _LONGEST
    head = _text(source[max(begin, first - _AROUND) if is_long else begin : first], document)
    tail = _text(source[last : min(end, last + _AROUND) if is_long else end], document)
    if is_long and first - begin > _AROUND:
        head = "…" + (head.partition(" ")[2] or head.lstrip("\N{REPLACEMENT CHARACTER}"))
    if is_long and end - last > _AROUND:
        tail = (tail.rpartition(" ")[0] or tail.rstrip("\N{REPLACEMENT CHARACTER}")) + "…"
    old, new, at = [head], [head], first
    for one in made:
        kept = _text(source[at : one.start], document)
        old += kept, _text(source[one.start : one.end], document)
        new += kept, _text(one.written, document)
        at = one.end
    return Change(line, first, last, "".join([*old, tail]), "".join([*new, tail]))


def _breaks(source: bytes, start: int, end: int) -> int:
    return source.count(b"\n", start, end) + source.count(b"\r", start, end) - source.count(b"\r\n", start, end)


def _text(piece: bytes, document: DocumentRow) -> str:
    return verbatim(piece.decode(document.encoding, "replace"))


_WIDE = ("utf-16", "utf-32")
"""Encodings in which a byte that is a line break elsewhere may be half of a letter."""
_LONGEST = 300
"""Bytes of a line that is shown whole."""
_AROUND = 100
"""Bytes that are shown before and after a destination in a longer one."""
