"""Places in stored bytes, whatever the encoding."""

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.decode import decode
from linkcheck.extract.places import Places
from linkcheck.model import Document


def document(source: bytes, declared: str | None = None) -> Document:
    text, encoding, basis = decode(source, media_type="text/plain", declared=declared)
    return Document(
        name="x", media_type="text/plain", source=source, text=text, encoding=encoding, encoding_basis=basis
    )


LONG = "añ中😀\r\nb" * 700
"""Longer than the steps of the tables."""


@pytest.mark.parametrize("text", ["", "a", "plain\nascii", LONG])
@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "gb18030"),
    ],
)
def test_the_stored_bytes_of_every_character_are_that_character(bom: bytes, encoding: str, text: str) -> None:
    source = bom + text.encode(encoding)
    read = document(source, None if bom else encoding)
    places = Places(read)

    assert read.text == text
    for at in range(len(text)):
        span = places.span(at, at + 1)
        assert source[span.start : span.end].decode(encoding) == text[at]


@pytest.mark.parametrize(
    "encoding", ["cp1252", "cp1251", "shift_jis", "euc-jp", "euc-kr", "big5", "iso-2022-jp", "koi8-r"]
)
def test_bytes_that_mean_nothing_shift_no_other(encoding: str) -> None:
    source = b"\xff\x81 a " + "Жя b".encode(encoding, "ignore") + b" \x81\xff c \xe3"
    read = document(source, encoding)
    places = Places(read)

    for letter in "abc":
        span = places.span(at := read.text.rindex(letter), at + 1)
        assert source[span.start : span.end] == letter.encode()


@given(st.binary(max_size=80))
def test_any_bytes_as_utf8_are_placed_byte_for_byte(source: bytes) -> None:
    read = document(source, "utf-8")
    places = Places(read)
    stored = [places.stored(at) for at in range(len(read.text) + 1)]

    assert stored == sorted(stored)
    assert stored[-1] == len(source)
    for at, letter in enumerate(read.text):
        assert letter == "\ufffd" or source[stored[at] : stored[at + 1]].decode() == letter


@given(st.text(max_size=60), st.sampled_from(["utf-8", "utf-16le", "gb18030"]))
def test_utf8_offsets_are_the_same_places(text: str, encoding: str) -> None:
    read = document(text.encode(encoding), encoding)
    places = Places(read)
    offset = 0
    for at, letter in enumerate(read.text):
        end = offset + len(letter.encode())
        assert places.character(offset) == at
        assert places.span_utf8(offset, end) == places.span(at, at + 1)
        offset = end


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_and_columns_count_from_one_in_characters(end: str) -> None:
    text = f"é{end}{end}😀b"
    places = Places(document(text.encode()))

    assert places.line_column(0) == (1, 1)
    assert places.line_column(text.index("b")) == (3, 2)
    assert places.span(len(text) - 1, len(text), element=0).line == 1


def test_a_lone_surrogate_does_no_harm() -> None:
    places = Places(Document(name="x", media_type="text/plain", source=b"+2AA-b", text="\ud800b", encoding="utf_7"))

    assert places.utf8 == b"?b"
    assert places.line_column(places.character(1)) == (1, 2)


@pytest.mark.parametrize("source", ["é x\n" * 500_000, b"\xff x\n" * 500_000], ids=["utf-8", "damaged"])
def test_questions_in_any_order_are_fast(source: str | bytes) -> None:
    places = Places(document(source if isinstance(source, bytes) else source.encode(), "utf-8"))
    last = len(places.utf8) - 1
    begun = time.process_time()

    for at in range(20_000):
        places.span_utf8(last - at % 4, last)
        places.span_utf8(at, at)

    assert time.process_time() - begun < 60
