"""Turns places in the text into places in the stored bytes, lines and columns.

Whatever the encoding, the stored bytes between `start` and `end` of a span are the destination as written. For UTF-8
that is arithmetic; for other encodings a table of offsets is made once, on first use.
"""

import codecs
import re
from array import array
from bisect import bisect_right

from linkcheck.model import Document, Span


class Places:
    """A document's coordinate systems: characters of the text, UTF-8 bytes of the text, bytes of the stored file."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text
        self.utf8 = document.text.encode()
        """The text in UTF-8: what a Markdown parser's byte ranges index."""
        self._is_ascii = len(self.utf8) == len(document.text)
        self._shift = len(document.source) - len(self.utf8)
        self._is_plain = self._shift >= 0 and document.source[self._shift :] == self.utf8
        """The stored file is a BOM (or nothing) and then exactly this UTF-8."""
        self._stored: array[int] | None = None
        self._starts: array[int] | None = None
        self._known = (0, 0)

    def span(self, start: int, end: int, element: int | None = None) -> Span:
        """Place a destination given in characters; the element starts at its own character, else at the destination."""
        line, column = self.line_column(start if element is None else element)
        return Span(self.stored(start), self.stored(end), line, column)

    def span_utf8(self, start: int, end: int, element: int | None = None) -> Span:
        """Place a destination given in UTF-8 bytes of the text."""
        first = self.character(start if element is None else element)
        line, column = self.line_column(first)
        if self._is_plain:
            return Span(start + self._shift, end + self._shift, line, column)
        return Span(self.stored(self.character(start)), self.stored(self.character(end)), line, column)

    def character(self, offset: int) -> int:
        """Turn an offset in UTF-8 bytes into one in characters. Fast when called with rising offsets."""
        if self._is_ascii:
            return offset
        byte, character = self._known
        if offset >= byte:
            character += len(self.utf8[byte:offset].decode("utf-8", "ignore"))
        else:
            character = len(self.utf8[:offset].decode("utf-8", "ignore"))
        self._known = (offset, character)
        return character

    def line_column(self, character: int) -> tuple[int, int]:
        """Give 1-based line and column; a line ends at LF, CR or CRLF, as in CommonMark and editors."""
        if self._starts is None:
            self._starts = _line_starts(self._text)
        line = bisect_right(self._starts, character)
        return line, character - self._starts[line - 1] + 1

    def stored(self, character: int) -> int:
        """Turn an offset in characters into one in bytes of the stored file."""
        if self._is_plain and self._is_ascii:
            return character + self._shift
        if self._stored is None:
            self._stored = _stored_offsets(self._document)
        return self._stored[character]


def _line_starts(text: str) -> "array[int]":
    starts = array("Q", [0])
    starts.extend(found.end() for found in _LINE_END.finditer(text))
    return starts


def _stored_offsets(document: Document) -> "array[int]":
    """For every character, and the end, the byte in the stored file at which it starts."""
    source, encoding = document.source, document.encoding
    shift = next((len(bom) for bom in _BOMS if source.startswith(bom)), 0) if document.encoding_basis == "bom" else 0
    offsets = array("Q")
    if encoding == "utf-8":
        at = shift
        for character in source[shift:].decode("utf-8", "surrogateescape"):
            offsets.append(at)
            point = ord(character)
            at += (
                1 if point < 0x80 or 0xDC80 <= point <= 0xDCFF else 2 if point < 0x800 else 3 if point < 0x10000 else 4
            )
        offsets.append(at)
        return offsets
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    begin = shift
    for at in range(shift, len(source)):
        for _ in decoder.decode(source[at : at + 1]):
            offsets.append(begin)
            begin = at + 1
    offsets.extend([begin] * (len(document.text) - len(offsets)))
    offsets.append(len(source))
    return offsets


_LINE_END = re.compile(r"\r\n|\n|\r")
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
