"""The laws that hold for every format: spans are exact, order is the document's, nothing raises."""

import time
from codecs import BOM_UTF8, BOM_UTF16_LE

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck import registry
from linkcheck.extract.api import Extraction, Extractor, Wanted
from linkcheck.extract.decode import decode
from linkcheck.model import Document
from tests.fuzz.signs import PIECES

EXTRACTORS: dict[str, Extractor] = dict(registry.load_all("extract"))
TEXTS = sorted(name for name, plugin in EXTRACTORS.items() if not plugin.signature)
BINARIES = sorted(name for name, plugin in EXTRACTORS.items() if plugin.signature)


def document(stored: bytes, name: str) -> Document:
    media_type = EXTRACTORS[name].media_types[0]
    if name in BINARIES:
        return Document(name="x", media_type=media_type, source=stored, text="")
    text, encoding, basis = decode(stored, media_type=media_type)
    return Document(name="x", media_type=media_type, source=stored, text=text, encoding=encoding, encoding_basis=basis)


def read(stored: bytes, name: str, **wanted: bool) -> tuple[Document, Extraction]:
    given = document(stored, name)
    return given, EXTRACTORS[name].extract(given, Wanted(**wanted))


def check(given: Document, found: Extraction, name: str) -> None:
    order = [(one.span.line, one.span.column) for one in found.references]
    assert order == sorted(order)
    for one in found.references:
        stored = given.source[one.span.start : one.span.end]
        if "\ufffd" not in one.raw or given.encoding == "utf-8":  # a multi-byte codec resumes elsewhere in a cut-out
            assert stored.decode(given.encoding, "replace") == one.raw
        assert one.span.line >= 1
        assert one.span.column >= 1
        assert isinstance(EXTRACTORS[name].decoded(one.raw, one.element), str)


def test_every_format_has_its_pieces() -> None:
    assert set(PIECES) >= set(TEXTS)


@pytest.mark.parametrize("name", TEXTS)
def test_spans_are_the_stored_bytes_and_nothing_raises(name: str) -> None:
    pieces = st.sampled_from([*PIECES[name], " ", "\n", "\r\n", "\n\n", "é", "😀", "\ufeff", "word", "   "])

    @settings(max_examples=150)
    @given(st.lists(pieces | st.text(max_size=3), max_size=25), st.sampled_from(["utf-8", "bom", "utf-16", "raw"]))
    def law(parts: list[str], stored_as: str) -> None:
        text = "".join(parts)
        utf8 = text.encode("utf-8", "replace")
        stored = {
            "utf-8": utf8,
            "bom": BOM_UTF8 + utf8,
            "utf-16": BOM_UTF16_LE + text.encode("utf-16-le", "replace"),
            "raw": utf8 + b"\xff\xfe\x80 http://z.test/\xff",
        }[stored_as]
        check(*read(stored, name), name)
        check(*read(stored, name, include_code=True), name)

    law()


@pytest.mark.parametrize("name", BINARIES)
def test_no_bytes_raise(name: str) -> None:
    @given(st.binary(max_size=400))
    def law(stored: bytes) -> None:
        _, found = read(stored, name)

        assert isinstance(found, Extraction)
        assert all(EXTRACTORS[name].decoded(one.raw, one.element) for one in found.references)

    law()


HOSTILE = {
    "opening brackets": "[" * 200_000,
    "opening braces": "{" * 200_000,
    "templates": "{{a|" * 20_000,
    "links": "[[a|" * 20_000,
    "quotation marks": '"' * 200_001,
    "backticks": "`" * 200_001,
    "pipes": "|" * 200_000,
    "angles": "<" * 200_000,
    "tags": "<a " * 50_000,
    "escapes": "\\" * 200_001,
    "underscores": "a_" * 100_000,
    "white space": " " * 200_000,
    "empty lines": "\n" * 200_000,
    "one long line": "http://a.test/x," * 20_000,
    "colons": ":" * 200_000,
    "stars": "*" * 200_000,
    "comments": "<!--" * 50_000,
    "equals": "=" * 200_000,
    "dots": ".. _a:\n" * 20_000,
    "commands": "\\url{" * 30_000,
    "entries": "@a{b,c={" * 20_000,
    "open entries": "@a{b, url={--\n" * 30_000,
    "JSON": '{"a":[' * 30_000,
    "macros": "link:a[" * 30_000,
    "addresses in addresses": "http://a.b/(" * 10_000,
    "admonitions": "!!! a\n\n    x\n \n" * 20_000,
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_text_takes_time_that_grows_with_its_length_only(name: str, what: str) -> None:
    begin = time.process_time()
    given, found = read(HOSTILE[what].encode(), name)
    check(given, found, name)

    assert time.process_time() - begin < 60
