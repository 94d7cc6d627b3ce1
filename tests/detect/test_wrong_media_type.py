"""What counts as another thing than the file that was to come."""

import gzip
from functools import partial

import pytest
from msgspec import structs

from linkcheck.detect.api import Citation, Context
from linkcheck.detect.wrong_media_type import detect, probe, when
from linkcheck.fetch.observe import page_of
from linkcheck.model import Check, Hop, Once, Response, Role
from tests.cost import is_linear
from tests.detect.answers import seen
from tests.play import play

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x06\x00\x00\x00IDAT"
    + b"." * 9
    + b"IEND\xaeB`\x82"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF..." + b"x" * 50 + b"\xff\xd9"
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00;"
ZIP = b"PK\x03\x04......PK\x05\x06" + bytes(18)
LISTING = (
    b"<title>Index of /files</title><h1>Index of /files</h1><a href=report.pdf>report.pdf</a><a href=b.pdf>b.pdf</a>"
)
HOME = b"<!doctype html><title>Northwind</title><h1>Welcome</h1><p>All about us. <a href=/about>More</a>"
BASE = "https://paper.org/files/"


def found(check: Check, context: Context) -> list[str]:
    return [finding.message.partition(", but ")[2] for finding in detect(check, context)]


def shown(context: Context) -> Context:
    return structs.replace(context, citations=lambda: (Citation(role=Role.IMAGE),))


@pytest.mark.parametrize(
    ("name", "body", "media_type", "said"),
    [
        ("report.pdf", HOME, "text/html", 'a web page came ("Northwind")'),
        ("report.pdf", LISTING, "text/html", 'a web page came ("Index of /files")'),
        ("report.pdf", HOME + b"<a href='?lang=de'>", "text/html", 'a web page came ("Northwind")'),
        ("photo.jpg", HOME, "text/html", 'a web page came ("Northwind")'),
        ("data.zip", HOME, "text/html", 'a web page came ("Northwind")'),
        ("talk.mp3", HOME, "text/html", 'a web page came ("Northwind")'),
        ("Report%202019.PDF", HOME, "text/html", 'a web page came ("Northwind")'),
        ("report.pdf", HOME, "", 'a web page came ("Northwind")'),
        ("report.pdf", HOME, "application/pdf", "a web page came, declared as application/pdf"),
        ("report.pdf", b"", "application/pdf", "the answer is empty (0 bytes)"),
        ("report.pdf", PDF[:30], "application/pdf", "it is cut off: its end is missing"),
        ("report.pdf", b"garbage", "application/pdf", "what came does not begin so"),
        ("report.pdf", b'{"error":"not found"}', "application/json", "application/json came"),
        ("report.pdf", b"not found", "text/plain", "text/plain came"),
        ("report.pdf", GIF, "image/gif", "image/gif came"),
        ("photo.png", PNG[:40], "image/png", "it is cut off: its end is missing"),
        ("photo.jpg", JPEG[:40], "image/jpeg", "it is cut off: its end is missing"),
        ("photo.jpg", GIF, "image/gif", "an image of 1 x 1 pixels came, as is put where there is none"),
        ("photo.webp", b"RIFF\x09\1\0\0WEBPVP8", "image/webp", "it is cut off: its end is missing"),
        ("drawing.svg", b"<svg xmlns='x'><path d='", "image/svg+xml", "it is cut off: its end is missing"),
        ("drawing.svg", b"<p>Hello", "image/svg+xml", "a web page came, declared as image/svg+xml"),
        ("photo.gif", GIF, "image/gif", "an image of 1 x 1 pixels came, as is put where there is none"),
        ("data.zip", b"Rubbish", "application/zip", "what came does not begin so"),
        ("data.zip", b'{"error":1}', "application/problem+json", "application/problem+json came"),
        ("a.tar.gz", gzip.compress(b"Some words.")[:-9], "application/gzip", "it is cut off: its end is missing"),
        ("a.tar.gz", b"\x1f\x8b\x08 rubbish", "application/gzip", "it is cut off: its end is missing"),
        ("talk.mp3", b"no such talk", "text/plain", "text/plain came"),
    ],
)
def test_another_thing_than_the_file_is_found(name: str, body: bytes, media_type: str, said: str) -> None:
    assert found(*seen(body, url=BASE + name, media_type=media_type)) == [said]


@pytest.mark.parametrize(
    ("url", "body", "media_type"),
    [
        (f"{BASE}report.pdf", PDF, "application/pdf"),
        (f"{BASE}report.pdf", PDF, "application/octet-stream"),
        (f"{BASE}report.pdf", PDF, "text/plain"),
        (f"{BASE}report.pdf", b"\xef\xbb\xbf\r\n" + PDF, ""),
        (f"{BASE}photo.png", PNG, "image/png"),
        (f"{BASE}photo.jpg", JPEG, "image/jpeg"),
        (f"{BASE}photo.png", b"RIFF\x07\0\0\0WEBPVP8", "image/webp"),
        (f"{BASE}photo.jpg", PNG, "image/png"),
        (f"{BASE}spacer.gif", GIF, "image/gif"),
        (f"{BASE}x.svg", b"<svg xmlns='x'></svg>", "image/svg+xml"),
        (f"{BASE}data.zip", ZIP, "application/x-zip-compressed"),
        (f"{BASE}data.tar.gz", gzip.compress(b"Some words. " * 9), "application/x-gzip"),
        (f"{BASE}data.gz", gzip.compress(bytes(9 << 20)), "application/gzip"),
        (f"{BASE}disk.iso", b"\x00" * 90, "text/plain"),
        (f"{BASE}table.xls", b"<html><table>", "application/vnd.ms-excel"),
        (f"{BASE}report", HOME, "text/html"),
        (f"{BASE}pdf", HOME, "text/html"),
        (f"{BASE}report.html", HOME, "text/html"),
        (f"{BASE}report.pdf/", HOME, "text/html"),
        (f"{BASE}show.php?file=report.pdf", HOME, "text/html"),
        ("https://github.com/a/b/blob/main/report.pdf", HOME, "text/html"),
        ("https://gitlab.org/a/b/-/blob/main/photo.png", HOME, "text/html"),
        ("https://commons.wikimedia.org/wiki/File:Photo.jpg", HOME, "text/html"),
        ("https://www.dropbox.com/s/x/report.pdf?dl=0", HOME, "text/html"),
        (f"{BASE}report.pdf", b"<embed src=/stored/83.pdf type=application/pdf>", "text/html"),
        (f"{BASE}report.pdf", b"<iframe src='/viewer.html?file=/x/83.pdf'></iframe>", "text/html"),
        (f"{BASE}report.pdf", b"<h1>Report</h1><a href=/download/report.pdf>Download</a>", "text/html"),
        (f"{BASE}report.pdf", b"<h1>Report</h1><a href='?download=1'>Download</a>", "text/html"),
        (f"{BASE}report.pdf", b"<meta name=citation_pdf_url content=https://cdn.org/report.pdf>", "text/html"),
        (f"{BASE}photo.jpg", b"<img src=https://cdn.org/1200/photo.webp>", "text/html"),
    ],
)
def test_the_file_itself_and_pages_that_show_it_are_fine(url: str, body: bytes, media_type: str) -> None:
    assert found(*seen(body, url=url, media_type=media_type)) == []


def test_a_page_can_never_be_shown_as_an_image() -> None:
    offering = HOME + b"<a href=/download/photo.png>"
    check, context = seen(offering, url=BASE + "photo.png")

    assert found(check, context) == []
    assert found(check, shown(context)) == ['a web page came ("Northwind")']


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/a/b/blob/main/photo.png",
        "https://commons.wikimedia.org/wiki/File:Photo.jpg",
        "https://www.youtube.com/watch?v=1",
    ],
)
def test_pages_that_editors_show_as_images_are_fine(url: str) -> None:
    check, context = seen(HOME, url=url)

    assert found(check, shown(context)) == []


def test_an_image_without_an_ending_is_known_by_its_element() -> None:
    check, context = seen(HOME, url="https://paper.org/photo?id=5")
    assert found(check, shown(context)) == ['a web page came ("Northwind")']
    for body in ("<html></html>", ""):
        check, context = seen(body, url="https://paper.org/count.php")
        assert found(check, shown(context)) == []


def test_what_came_before_says_what_is_to_come() -> None:
    check, context = seen(HOME, url="https://paper.org/download/83")
    before = structs.replace(check, media_type="application/pdf", at="2025-01-01T00:00:00Z")

    assert found(check, context) == []
    (finding,) = detect(check, structs.replace(context, before=lambda: before))
    assert finding.message == ('a PDF was to come (application/pdf on 2025-01-01), but a web page came ("Northwind")')


@pytest.mark.parametrize("body", ["<title>Access denied</title>", "<title>502 Bad Gateway</title>"])
def test_a_refusal_and_a_trouble_are_for_other_rules(body: str) -> None:
    assert found(*seen(body, url=BASE + "report.pdf")) == []


def test_what_is_decoded_on_the_way_begins_otherwise() -> None:
    encoded = (("content-encoding", "gzip"),)

    assert found(*seen(b"hello.txt\0\0", url=BASE + "a.tar.gz", media_type="application/gzip", headers=encoded)) == []


def test_an_error_is_no_wrong_file() -> None:
    assert found(*seen(HOME, 404, url=BASE + "report.pdf")) == []
    assert found(seen()[0], Context(url=BASE + "report.pdf")) == []


def cut(name: str, body: bytes, media_type: str) -> tuple[Check, Context]:
    """Give what was seen of a file of which only the beginning was read."""
    url = BASE + name
    response = Response(url, 200, (("content-type", media_type),), body, truncated=True, hops=(Hop(url, 200),))
    check, context = seen(body, url=url, media_type=media_type)
    return check, structs.replace(context, page=page_of(response))


@pytest.mark.parametrize(
    ("status", "tail", "part", "is_wrong"),
    [
        (206, b"... no end", "bytes 990-999/1000", True),
        (206, b"startxref\n9\n%%EOF", "bytes 982-999/1000", False),
        (206, b"%PDF-1.7 ...", "bytes 0-11/1000", False),
        (206, b"... no end", "bytes 990-999/*", False),
        (206, b"... no end", "", False),
        (200, b"%PDF-1.7 ...", "", False),
        (416, b"", "bytes */1000", False),
    ],
)
def test_the_end_of_a_long_file_is_asked_for_alone(status: int, tail: bytes, part: str, is_wrong: bool) -> None:
    check, context = cut("report.pdf", b"%PDF-1.7 ...", "application/pdf")

    assert list(detect(check, context)) == []
    assert when((), check, context)
    asked: list[object] = []
    said = play(probe(check, context), [Response(context.url, status, (("content-range", part),), tail)], asked=asked)
    assert [(one.request.headers, one.request.read.limit) for one in asked if isinstance(one, Once)] == [
        ((("range", "bytes=-4096"),), 4096)
    ]
    assert bool(said) is is_wrong


@pytest.mark.parametrize(("again", "is_wrong"), [(b"%PDF-1.7 ...", True), (b"%PDF-1.7 ......", False)])
def test_a_transfer_that_breaks_off_is_asked_for_twice(again: bytes, is_wrong: bool) -> None:
    check, context = cut("report.pdf", b"%PDF-1.7 ...", "application/pdf")
    assert context.page
    headers = (("content-type", "application/pdf"), ("content-length", "15"))
    context = structs.replace(context, page=structs.replace(context.page, headers=headers))

    assert when((), check, context)
    said = play(probe(check, context), [Response(context.url, 200, headers, again, truncated=is_wrong)])
    assert [one.message.partition(", but ")[2] for one in said] == (
        ["twice the transfer broke off: 12 of 15 bytes came"] if is_wrong else []
    )


def test_nothing_is_asked_of_whole_files_pages_and_pictures_with_a_film_behind_them() -> None:
    assert not when((), *seen(PDF, url=BASE + "report.pdf", media_type="application/pdf"))
    assert not when((), *seen(HOME))
    assert not when((), *cut("photo.jpg", b"\xff\xd8\xff MPF\x00", "image/jpeg"))
    assert not when((), *cut("talk.mp3", b"ID3", "audio/mpeg"))


def test_a_hostile_page_takes_no_time() -> None:
    def work(piece: bytes, size: int) -> None:
        found(*seen(piece * (size // len(piece)), url=BASE + "report.pdf"))

    for piece in (b"<a href=x>", b"<embed ", b"<", b"<meta content='"):
        assert is_linear(partial(work, piece), 200_000)
