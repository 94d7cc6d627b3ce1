"""Turns places in the text into places in the stored bytes, lines and columns.

Whatever the encoding, the stored bytes between `start` and `end` of a span are the destination as written. A table
knows every thousandth place; what lies between is counted when it is asked for, so that any order of questions is
fast and the tables stay small.
"""

import codecs
import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import accumulate

from linkcheck.model import Document, Span


class Places:
    """A document's coordinate systems: characters of the text, UTF-8 bytes of the text, bytes of the stored file."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text
        self._shift = len(codecs.BOM_UTF8) * document.source.startswith(codecs.BOM_UTF8)
        self._is_plain = _is_utf8(document.source, self._shift, document.text)
        """The stored file is a BOM (or nothing) and then exactly this text in UTF-8."""
        self.utf8 = document.source[self._shift :] if self._is_plain else document.text.encode(errors="replace")
        """The text in UTF-8: what a Markdown parser's byte ranges index. A lone surrogate is a question mark."""
        self._is_ascii = len(self.utf8) == len(document.text)

    def span(self, start: int, end: int, element: int | None = None) -> Span:
        """Place a destination given in characters; the element starts at its own character, else at the destination."""
        line, column = self.line_column(start if element is None else element)
        return Span(self.stored(start), self.stored(end), line, column)

    def span_utf8(self, start: int, end: int, element: int | None = None) -> Span:
        """Place a destination given in UTF-8 bytes of the text."""
        line, column = self.line_column(self.character(start if element is None else element))
        if self._is_plain:
            return Span(start + self._shift, end + self._shift, line, column)
        return Span(self.stored(self.character(start)), self.stored(self.character(end)), line, column)

    def character(self, offset: int) -> int:
        """Turn an offset in UTF-8 bytes into one in characters."""
        if self._is_ascii:
            return offset
        step = offset // _STEP
        return self._characters[step] + _characters(self.utf8[step * _STEP : offset])

    def line_column(self, character: int) -> tuple[int, int]:
        """Give 1-based line and column; a line ends at LF, CR or CRLF, as in CommonMark and editors."""
        line = bisect_right(self._line_starts, character)
        return line, character - self._line_starts[line - 1] + 1

    def place(self, line: int, column: int) -> int:
        """Turn 1-based line and column into an offset in characters."""
        return self._line_starts[line - 1] + column - 1

    def stored(self, character: int) -> int:
        """Turn an offset in characters into one in bytes of the stored file."""
        if self._is_plain and self._is_ascii:
            return character + self._shift
        return self._stored(character)

    @cached_property
    def _line_starts(self) -> "array[int]":
        starts = array("Q", [0])
        starts.extend(found.end() for found in _LINE_END.finditer(self._text))
        return starts

    @cached_property
    def _characters(self) -> "array[int]":
        """How many characters begin before every `_STEP`-th byte."""
        return _sums(_characters(self.utf8[at : at + _STEP]) for at in range(0, len(self.utf8), _STEP))

    @cached_property
    def _stored(self) -> Callable[[int], int]:
        """How stored offsets are found: by arithmetic, by encoding the text again, or by a table of every one."""
        source, encoding, text = self._document.source, self._document.encoding, self._text
        shift = self._shift if self._is_plain else _bom(self._document)
        if len(source) - shift == len(text):
            return lambda character: shift + character
        written, errors = text, "strict"
        if encoding == "utf-8":
            # Every stray byte is one U+FFFD in the text; here it is a surrogate that becomes the byte again.
            written, errors = source[shift:].decode("utf-8", "surrogateescape"), "surrogateescape"
        try:
            pieces = [written[at : at + _STEP].encode(encoding, errors) for at in range(0, len(written), _STEP)]
        except (UnicodeError, LookupError):
            pieces = []
        if len(written) != len(text) or encoding.startswith(_STATEFUL) or b"".join(pieces) != source[shift:]:
            return _offsets(source, encoding, shift, len(text)).__getitem__
        sums = _sums(map(len, pieces))

        def find(character: int) -> int:
            step = character // _STEP
            return shift + sums[step] + len(written[step * _STEP : character].encode(encoding, errors))

        return find


def _is_utf8(source: bytes, begin: int, text: str) -> bool:
    """Tell whether bytes are a text in UTF-8 from some byte on: piece by piece, since either may be large."""
    at = begin
    for start in range(0, len(text), _PIECE):
        piece = text[start : start + _PIECE].encode(errors="replace")
        if not source.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(source)


def _characters(utf8: bytes) -> int:
    """Count the characters that begin in a piece of UTF-8."""
    return len(utf8.translate(None, _CONTINUATION))


def _sums(lengths: Iterable[int]) -> "array[int]":
    return array("Q", accumulate(lengths, initial=0))


def _bom(document: Document) -> int:
    if document.encoding_basis != "bom":
        return 0
    return {"8": 3, "32": 4}.get(document.encoding.split("-")[1], 2)


def _offsets(source: bytes, encoding: str, shift: int, length: int) -> "array[int]":
    """Give, for every character and the end, the byte at which it starts: the slow way, one byte after another."""
    offsets = array("Q")
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    begin = shift
    for at in range(shift, len(source)):
        for _ in decoder.decode(source[at : at + 1]):
            offsets.append(begin)
            begin = at + 1
    offsets.extend([begin] * (length - len(offsets)))
    offsets.append(len(source))
    return offsets


_STEP = 1024
_PIECE = 1 << 20
_CONTINUATION = bytes(range(0x80, 0xC0))
_STATEFUL = ("iso2022", "hz", "utf_7", "utf-7")
"""Codecs whose bytes depend on what came before."""
_LINE_END = re.compile(r"\r\n|\n|\r")
