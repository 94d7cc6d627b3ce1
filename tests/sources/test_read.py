"""From bytes to documents, and what cannot be one."""

import gzip
import io
import os
import random
import sys
from pathlib import Path

import pytest

from linkcheck.errors import SizeError, SourceError, UsageError
from linkcheck.sources import formats
from linkcheck.sources.api import Found
from linkcheck.sources.read import read


def read_file(folder: Path, name: str, source: bytes, **options: str) -> tuple[str, str, str]:
    (folder / name).write_bytes(source)
    document = read(Found(name=name, path=folder / name), **options)
    assert document.source == source
    return document.media_type, document.encoding, document.text


def read_stdin(source: bytes) -> str:
    return read(Found(name="-"), stdin=io.BytesIO(source)).media_type


@pytest.mark.parametrize(
    ("name", "source", "media_type"),
    [
        ("a.md", b"text", "text/markdown"),
        ("a.MARKDOWN", b"<html>", "text/markdown"),
        ("a.html", b"text", "text/html"),
        ("a.txt", b"just text", "text/plain"),
        ("a.txt", b"# T\n\n[text](http://a.test/) and [more](http://b.test/)\n", "text/markdown"),
        ("a.unknown", b"# T\n\n[text](http://a.test/) and [more](http://b.test/)\n", "text/markdown"),
        ("a.unknown", b"\n<!-- x --><!DOCTYPE html><p>", "text/html"),
        ("LICENSE", b"just text", "text/plain"),
        ("a.md", b"", "text/markdown"),
        ("empty", b"", "text/plain"),
    ],
)
def test_the_format_goes_by_the_name_and_then_by_the_looks(
    tmp_path: Path, name: str, source: bytes, media_type: str
) -> None:
    assert read_file(tmp_path, name, source)[0] == media_type


@pytest.mark.parametrize("text", [b"<urlset><url><loc>http://a.test/</loc></url></urlset>", b"<rss><channel/></rss>"])
def test_a_list_of_pages_may_be_a_gzip_file(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "list.xml.gz"
    path.write_bytes(gzip.compress(text))

    document = read(Found(name=path.name, path=path))

    assert document.source == text
    assert document.media_type in formats.LISTS


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (gzip.compress(b"# A README"), "is a binary file"),
        (gzip.compress(b"<urlset>" * 99)[:-20], "is damaged, or larger than 50 MB once unfolded"),
        (gzip.compress(b"<urlset>" + bytes(51 << 20)), "is damaged, or larger than 50 MB once unfolded"),
        (b"\x1f\x8b", "is damaged"),
    ],
)
def test_no_other_gzip_file_is_read(tmp_path: Path, source: bytes, why: str) -> None:
    path = tmp_path / "list.xml.gz"
    path.write_bytes(source)

    with pytest.raises(SourceError, match=why):
        read(Found(name=path.name, path=path))


def test_the_person_decides_about_the_format(tmp_path: Path) -> None:
    source = b"# T\n\n[text](http://a.test/)\n"

    assert read_file(tmp_path, "a.txt", source, read_as="plain")[0] == "text/plain"
    assert read_file(tmp_path, "a.txt", source, read_as="html")[0] == "text/html"
    with pytest.raises(UsageError, match="markdown"):
        read_file(tmp_path, "a.txt", source, read_as="odt")


@pytest.mark.parametrize(
    ("source", "media_type"),
    [
        (b"<!doctype html><p>", "text/html"),
        (b"\xef\xbb\xbf  <HTML lang=en>", "text/html"),
        ("<html><p>".encode("utf-16"), "text/html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">', "text/html"),
        (b"<htmlish>", "text/plain"),
        (b"see http://a.test/", "text/plain"),
        (b"", "text/plain"),
        (b"<!--" * 1_000_000, "text/plain"),
        (b" " * 10_000_000, "text/plain"),
    ],
)
def test_standard_input_is_known_by_its_looks(source: bytes, media_type: str) -> None:
    assert read_stdin(source) == media_type


def test_what_a_page_declares_is_heard_whatever_its_name(tmp_path: Path) -> None:
    source = "<html><meta charset=koi8-r><p>Привет".encode("koi8-r")

    assert read_file(tmp_path, "page", source) == ("text/html", "koi8-r", source.decode("koi8-r"))


def test_a_bom_makes_a_text_of_nul_bytes(tmp_path: Path) -> None:
    assert read_file(tmp_path, "a.md", "é\r\n".encode("utf-16")) == ("text/markdown", "utf-16-le", "é\r\n")
    assert read_file(tmp_path, "a.md", b"\0\0\xfe\xff\0\0\0a") == ("text/markdown", "utf-32-be", "a")


@pytest.mark.parametrize(
    "source",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"a" * 8000 + b"\0",
        b"\x01\x02\x03text" * 900,
        bytes(range(1, 32)) * 10,
        random.Random(1).randbytes(20_000).replace(b"\0", b""),
    ],
)
def test_a_binary_file_is_refused_with_a_remedy(tmp_path: Path, source: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a\.md: is a binary file, not text; name the document"):
        read_file(tmp_path, "a.md", source)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp1253", "cp932", "euc_kr", "iso2022_jp"])
def test_a_text_in_an_old_encoding_is_no_binary_file(tmp_path: Path, encoding: str) -> None:
    text = {"cp932": "日本語の文章です。", "iso2022_jp": "日本語の文章です。", "euc_kr": "한국어 문장입니다. "}.get(
        encoding, "Ελληνικό κείμενο. " if encoding == "cp1253" else "Обычный русский текст, каких много. "
    )

    assert read_file(tmp_path, "a.md", (text * 50).encode(encoding))[0] == "text/markdown"


def test_a_text_that_is_a_little_damaged_or_coloured_is_no_binary_file(tmp_path: Path) -> None:
    assert "caf\ufffd" in read_file(tmp_path, "a.md", b"caf\xe9 " * 3 + "naïve ".encode() * 20)[2]
    assert "\x1b[31m" in read_file(tmp_path, "a.md", b"\x1b[31mred\x1b[0m\n" * 100)[2]


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    file = Found(name="a.md", path=tmp_path / "a.md")
    (tmp_path / "a.md").write_bytes(b"a" * (1 << 20))

    assert len(read(file, largest=1 << 20).text) == 1 << 20
    with pytest.raises(SizeError, match=r"^a\.md: is larger than 1,023 KiB; split it, or raise --max-file-size$"):
        read(file, largest=1023 << 10)
    with pytest.raises(SizeError, match=r"^-: is larger than 3 bytes"):
        read(Found(name="-"), stdin=io.BytesIO(b"aaaa"), largest=3)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder"):
        read(Found(name="x", path=tmp_path))
    with pytest.raises(SourceError, match="no longer there"):
        read(Found(name="x", path=tmp_path / "gone.md"))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such device on Windows")
def test_a_device_is_refused() -> None:
    with pytest.raises(SourceError, match="not a regular file"):
        read(Found(name="x", path=Path(os.devnull)))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied"), "may not be read"),
        (OSError(5, "Input/output error"), "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    def refusing(*_: object) -> object:
        raise error

    monkeypatch.setattr(Path, "open", refusing)

    with pytest.raises(SourceError, match=rf"^a\.md: {words}.*"):
        read(Found(name="a.md", path=tmp_path / "a.md", is_named=True))


def test_no_standard_input_is_said() -> None:
    with pytest.raises(SourceError, match="there is no standard input"):
        read(Found(name="-"))
