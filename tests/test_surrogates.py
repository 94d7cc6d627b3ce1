"""What UTF-8 cannot write is written as U+FFFD, and nothing else changes."""

import msgspec
from msgspec import Struct

from linkcheck.surrogates import tolerant


class Value(Struct, frozen=True):
    name: str
    parts: tuple[str, ...] = ()
    by_name: dict[str, int | None] = {}
    body: bytes = b""


def test_lone_surrogates_become_replacement_characters() -> None:
    value = Value("a\ud800", ("\udfffb", "c"), {"\udc00": 1, "x": None}, b"\xff")

    for one in (msgspec.json, msgspec.msgpack):
        written = tolerant(one.Encoder().encode)(value)
        assert one.decode(written, type=Value) == Value("a\ufffd", ("\ufffdb", "c"), {"\ufffd": 1, "x": None}, b"\xff")


def test_everything_else_is_written_as_before() -> None:
    value = Value("é😀", ("a",), {"x": 1})

    assert tolerant(msgspec.json.Encoder().encode)(value) == msgspec.json.encode(value)
