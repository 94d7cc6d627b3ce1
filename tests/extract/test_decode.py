"""Encodings: how they are known, and that every character can be found in the bytes."""

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkcheck.extract.decode import Decoded, codec_of, decode
from linkcheck.extract.places import Places
from linkcheck.model import Document

SAMPLE = "Ein Satz mit Ümläuten, Привет, 日本語, 中文, 한국어 und [Link](http://a.test/ü) 😀\r\nEnde\r"
CODECS = (
    "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252", "cp932", "gb18030", "koi8-r", "iso2022_jp",
    "big5hkscs", "euc_jp", "cp949",
)  # fmt: skip
BOMS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
LABELS = {
    "utf-8": "utf-8", "cp1252": "latin1", "cp932": "shift_jis", "gb18030": "gb2312", "koi8-r": "koi8-r",
    "iso2022_jp": "iso-2022-jp", "big5hkscs": "big5", "euc_jp": "euc-jp", "cp949": "euc-kr", "utf-16-le": "utf-16",
    "utf-16-be": "utf-16be",
}  # fmt: skip


def placed(source: bytes, decoded: Decoded) -> Places:
    return Places(
        Document(
            name="a",
            media_type="text/plain",
            source=source,
            text=decoded.text,
            encoding=decoded.encoding,
            encoding_basis=decoded.basis,
        )
    )


@pytest.mark.parametrize("encoding", BOMS)
def test_a_bom_decides_and_is_not_in_the_text(encoding: str) -> None:
    source = BOMS[encoding] + SAMPLE.encode(encoding)

    assert decode(source, media_type="text/html", declared="koi8-r") == Decoded(SAMPLE, encoding, "bom")


@pytest.mark.parametrize("encoding", LABELS)
def test_the_header_decides_where_there_is_no_bom(encoding: str) -> None:
    text = SAMPLE.encode(encoding, "ignore").decode(encoding)

    found = decode(text.encode(encoding), media_type="text/html", declared=LABELS[encoding])

    assert found == Decoded(text, encoding, "header")


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ("<META CHARSET=koi8-r>", "koi8-r"),
        ("<meta name=a content=b><meta charset = 'koi8-u' >", "koi8-u"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-5">', "iso8859-5"),
        ('<meta content="text/html; charset=iso-8859-5" http-equiv=content-type>', "iso8859-5"),
        ('<?xml version="1.0" encoding="windows-1251"?><html>', "cp1251"),
        ("<!-- <meta charset=koi8-r> --><meta charset=cp1251>", "cp1251"),
        ("<meta charset=no-such-thing><meta charset=cp1251>", "cp1251"),
    ],
)
def test_a_page_declares_its_encoding(head: str, encoding: str) -> None:
    text = f"{head}<p>Привет"

    assert decode(text.encode(encoding), media_type="text/html") == Decoded(text, encoding, "declared")


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="description" content="charset=koi8-r">',
        "<!-- <meta charset=koi8-r> -->",
        " " * 1024 + "<meta charset=koi8-r>",
        "<meta charset=utf-7>",
        "<meta charset=idna>",
        "<meta charset=unicode_escape>",
        "<meta charset=../../x>",
    ],
)
def test_what_is_no_declaration_is_not_believed(head: str) -> None:
    assert decode(f"{head}é".encode(), media_type="text/html").basis == "default"


def test_a_page_that_can_be_read_bytewise_is_not_utf_16() -> None:
    assert decode("<meta charset=utf-16>é".encode(), media_type="text/html").encoding == "utf-8"


def test_a_declaration_counts_in_markup_only() -> None:
    assert decode("<meta charset=koi8-r>é".encode(), media_type="text/markdown").basis == "default"


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "koi8-r", "cp932", "gb18030", "cp949", "euc_jp", "cp1253"])
def test_an_encoding_is_guessed_where_nobody_names_it(encoding: str) -> None:
    text = {
        "cp1252": "Der Präsident sagte, die Lücke sei größer als „möglich“, so heißt es.\n",
        "cp1251": "Президент сказал, что это невозможно.\n",
        "koi8-r": "Президент сказал, что это невозможно.\n",
        "cp932": "これは日本語の記事です。リンクを確認してください。\n",
        "gb18030": "这是一篇中文文章。请检查链接。\n",
        "cp949": "이것은 한국어 기사입니다. 링크를 확인하십시오.\n",
        "euc_jp": "これは日本語の記事です。リンクを確認してください。\n",
        "cp1253": "Αυτό είναι ένα άρθρο στα ελληνικά.\n",
    }[encoding]
    text = "[Link](http://a.test/)\n" * 9000 + text * 3000  # far into the file, and longer than any sample

    assert decode(text.encode(encoding), media_type="text/plain") == Decoded(text, encoding, "detected")


def test_utf_8_with_damage_stays_utf_8_and_each_bad_byte_is_one_mark() -> None:
    source = "Größe: übel".encode() + b"\xff\xc3 ok \xe2\x82 end"

    assert decode(source, media_type="text/plain") == Decoded(
        "Größe: übel\ufffd\ufffd ok \ufffd\ufffd end", "utf-8", "default"
    )


def test_damage_far_into_a_utf_8_file_does_not_make_it_another_encoding() -> None:
    source = b"a\n" * 1_000_000 + "Größe, Länge, Höhe".encode() + b"\xff"

    decoded = decode(source, media_type="text/plain")

    assert (decoded.encoding, decoded.basis, decoded.text[-19:]) == ("utf-8", "default", "Größe, Länge, Höhe\ufffd")


def test_an_escape_sequence_that_iso_2022_jp_lacks_does_not_raise() -> None:
    source = b"a\x1b$0123456789012345678901234567890 b"

    assert decode(source, media_type="text/plain", declared="iso-2022-jp").text == source.decode()


@pytest.mark.parametrize(
    "label", ["UTF-8", " latin1\n", "Shift_JIS", "x-sjis", "windows-1252", "gb2312", "x-mac-ukrainian"]
)
def test_labels_are_read_as_browsers_do(label: str) -> None:
    assert codec_of(label)


@pytest.mark.parametrize(
    "label", ["", "utf-7", "idna", "rot13", "hex", "mbcs", "x-user-defined", "hz-gb-2312", "\0", "é"]
)
def test_what_is_no_text_encoding_of_the_web_is_no_label(label: str) -> None:
    assert codec_of(label) is None


def test_encodings_are_called_as_python_calls_them() -> None:
    found = {codec_of(label) for label in LABELS.values()}

    assert {codecs.lookup(name).name for name in found} == found


@given(st.binary(max_size=200), st.sampled_from(CODECS), st.booleans(), st.sampled_from(["text/plain", "text/html"]))
@example(b"\x1b$0123456789012345678901234567890", "iso2022_jp", False, "text/plain")
@example(b"\xff", "utf-8", True, "text/plain")
def test_no_bytes_raise_and_every_character_has_its_place(
    noise: bytes, encoding: str, has_bom: bool, media_type: str
) -> None:
    half = SAMPLE.encode(encoding, "ignore")
    source = (BOMS.get(encoding, b"") if has_bom else b"") + half[:40] + noise + half[40:]

    decoded = decode(source, media_type=media_type, declared=None if has_bom else LABELS.get(encoding))

    decoded.text.encode()  # no lone surrogates
    places = placed(source, decoded)
    offsets = [places.stored(at) for at in range(len(decoded.text) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(source)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufffd")), st.sampled_from([*BOMS]))
@example("\0", "utf-16-le")
@example("\0a\0", "utf-16-le")
@example("\0\N{LINEAR B SYLLABLE B008 A}", "utf-16-le")
def test_the_bytes_of_any_stretch_of_text_are_that_text(text: str, encoding: str) -> None:
    text = f"{text}日"
    source = BOMS[encoding] + text.encode(encoding)
    places = placed(source, decode(source, media_type="text/plain"))
    start, end = len(text) // 3, len(text) - len(text) // 3

    assert source[places.stored(start) : places.stored(end)].decode(encoding) == text[start:end]


@pytest.mark.parametrize(
    ("encoding", "damage"),
    [
        ("utf-8", b"\xff\xe2\x82"),
        ("utf-16-le", b"\x00\xdc"),
        ("utf-16-be", b"\xdc\x00"),
        ("cp1252", b"\x81"),
        ("cp932", b"\x81"),
        ("gb18030", b"\xff"),
        ("iso2022_jp", b"\xff"),
        ("big5hkscs", b"\xff"),
        ("euc_jp", b"\xff"),
        ("cp949", b"\xff"),
    ],
)
def test_a_link_after_damage_is_found_in_the_bytes(encoding: str, damage: bytes) -> None:
    link = "http://a.test/x"
    source = SAMPLE.encode(encoding, "ignore") + damage + f" [x]({link}) é".encode(encoding, "ignore")

    decoded = decode(source, media_type="text/plain", declared=LABELS[encoding])

    assert "\ufffd" in decoded.text
    places = placed(source, decoded)
    at = decoded.text.index(link)
    assert source[places.stored(at) : places.stored(at + len(link))].decode(encoding) == link
