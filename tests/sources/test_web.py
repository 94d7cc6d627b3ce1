"""Pages of the web as sources, played without a network."""

import pytest

from linkcheck.model import Document, Failure, FailureKind, Request, Response
from linkcheck.sources.api import Found, Unreadable
from linkcheck.sources.web import READ, fetch_document
from tests.play import play

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = Found(name="a.test/x", url="https://a.test/x", is_named=True)


def answer(body: bytes, content_type: str | None, *, status: int = 200, truncated: bool = False) -> Response:
    headers = (("content-type", content_type),) if content_type is not None else ()
    return Response("https://a.test/moved/", status, headers, body, truncated=truncated)


def fetched(response: Response | Failure, *, read_as: str | None = None) -> Document | Unreadable:
    return play(fetch_document(PAGE, read_as=read_as), [response])


def test_a_page_becomes_a_document_where_it_was_found_in_the_end() -> None:
    asked: list[object] = []
    body = "<p>Привет".encode("cp1251")

    found = play(fetch_document(PAGE), [answer(body, 'text/html; charset="windows-1251"')], asked=asked)  # type: ignore[arg-type]  # a wider list is fine

    assert found == Document(
        name="a.test/x",
        url="https://a.test/moved/",
        media_type="text/html",
        source=body,
        text="<p>Привет",
        encoding="cp1251",
        encoding_basis="header",
    )
    assert asked == [Request("https://a.test/x", read=READ)]


@pytest.mark.parametrize(
    ("content_type", "body", "media_type"),
    [
        ("text/html", b"<p>", "text/html"),
        ("text/markdown", b"<html>", "text/markdown"),
        ("text/plain; charset=utf-8", b"# T\n\n[a](http://a.test/) [b](http://b.test/)\n", "text/markdown"),
        ("text/plain", b"text", "text/plain"),
        ("application/octet-stream", b"# T\n\n[a](http://a.test/) [b](http://b.test/)\n", "text/markdown"),
        (None, b"<!doctype html>", "text/html"),
        ("text/x-unknown", b"text", "text/plain"),
    ],
)
def test_the_format_is_what_the_server_says_or_what_it_looks_like(
    content_type: str | None, body: bytes, media_type: str
) -> None:
    found = fetched(answer(body, content_type))

    assert isinstance(found, Document)
    assert found.media_type == media_type


def test_the_person_decides_about_the_format() -> None:
    found = fetched(answer(b"<p>", "text/html"), read_as="plain")

    assert isinstance(found, Document)
    assert found.media_type == "text/plain"


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (answer(b"", "text/html", status=404), "was answered with status 404"),
        (answer(b"", "image/png"), "is image/png, which is not read"),
        (answer(b"x" * READ.limit, "text/html", truncated=True), "is larger than 8 MiB"),
        (answer(b"a", "text/html", truncated=True), "came cut off, or in an encoding that cannot be undone"),
        (answer(b"%PD", "application/pdf", truncated=True), "came cut off"),
        (answer(b"", "video/mp4", truncated=True), "is video/mp4, which is not read"),
        (answer(b"\0", "text/html"), "is a binary file"),
        (Failure(FailureKind.DNS_NXDOMAIN, "there is no host a.test"), "could not be fetched: there is no host a.test"),
    ],
)
def test_what_gives_no_document_says_why_and_what_to_do(response: Response | Failure, words: str) -> None:
    found = fetched(response)

    assert isinstance(found, Unreadable)
    assert found.name == PAGE.name
    assert found.message.startswith(f"a.test/x: {words}")
    assert ";" in found.message


@pytest.mark.parametrize(
    ("url", "content_type", "body"),
    [
        ("https://a.test/x.pdf", "application/pdf", b"%PDF-1.7"),
        ("https://a.test/download?id=7", "application/pdf", b"%PDF-1.7"),
        ("https://a.test/x.pdf", "application/octet-stream", b"%PDF-1.7"),
        ("https://a.test/x.docx", WORD, b"PK\3\4 word/document.xml"),
        ("https://a.test/x.docx", "application/octet-stream", b"PK\3\4 word/document.xml"),
    ],
)
def test_pdf_and_word_files_are_documents(url: str, content_type: str, body: bytes) -> None:
    asked: list[object] = []

    found = play(fetch_document(Found(name="x", url=url)), [answer(body, content_type)], asked=asked)

    assert isinstance(found, Document)
    assert found.media_type == (WORD if body.startswith(b"PK") else "application/pdf")
    assert found.source == body
    (request,) = asked
    assert isinstance(request, Request)
    assert request.read.wants(content_type)


def test_without_the_extra_the_person_hears_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.sources.formats.find_spec", lambda _: None)

    found = fetched(answer(b"%PDF-1.7", "application/pdf"))

    assert isinstance(found, Unreadable)
    assert "needs the extra 'pdf'" in found.message


def test_what_is_no_pdf_is_none() -> None:
    found = fetched(answer(b"<p>Not found", "application/pdf"))

    assert isinstance(found, Unreadable)
    assert "is not what its name says (application/pdf)" in found.message
