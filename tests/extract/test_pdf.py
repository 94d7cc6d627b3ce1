"""PDF: links and URLs by page, and what is none."""

import io

import pytest
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.pdf import extract
from linkcheck.model import Document, Role


def made(*pages: tuple[str, tuple[str, ...]], password: str = "", **said: str) -> bytes:
    """Make a PDF whose pages have a line of text, and links."""
    writer = PdfWriter()
    for number, (text, links) in enumerate(pages):
        page = writer.add_blank_page(600, 800)
        font = DictionaryObject(
            {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
             NameObject("/BaseFont"): NameObject("/Helvetica")}
        )  # fmt: skip
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
        stream = DecodedStreamObject()
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        stream.set_data(f"BT /F1 12 Tf 50 700 Td ({escaped}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        for url in links:
            writer.add_annotation(number, Link(rect=(50, 690, 200, 710), url=url))
    if said:
        writer.add_metadata({f"/{key}": value for key, value in said.items()})
    if password:
        writer.encrypt(password)
    stored = io.BytesIO()
    writer.write(stored)
    return stored.getvalue()


def read(source: bytes) -> Extraction:
    return extract(Document(name="x.pdf", media_type="application/pdf", source=source, text=""), Wanted())


def test_links_and_urls_have_the_number_of_their_page() -> None:
    found = read(
        made(
            ("First page, see http://a.test/x (and more).", ()),
            ("Original url: http://b.test/", ("http://b.test/", "http://c.test/hidden")),
        )
    )

    assert [(one.raw, one.element, one.span.line, one.role) for one in found.references] == [
        ("http://a.test/x", "bare", 1, Role.CITATION),
        ("http://b.test/", "link", 2, Role.ORIGINAL),
        ("http://c.test/hidden", "link", 2, Role.CITATION),
    ]
    assert found.opening == ((1, "First page, see http://a.test/x (and more)."), (2, "Original url: http://b.test/"))
    assert found.findings == ()


def test_the_file_says_what_it_is_called() -> None:
    found = read(made(("x", ()), Title="A  title", Author="Jane", CreationDate="D:20170214120000Z"))

    assert [(one.field, one.value) for one in found.claims] == [
        ("title", "A title"),
        ("author", "Jane"),
        ("published", "2017-02-14"),
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "no PDF"),
        (b"%PDF-1.7\nnothing", "no PDF"),
        (made(("x", ()), password="secret"), "password"),
    ],
)
def test_what_cannot_be_read_is_named(source: bytes, words: str) -> None:
    found = read(source)

    assert found.references == ()
    assert [words in one.message for one in found.findings] == [True]


def test_a_page_that_cannot_be_read_is_named_and_the_others_are() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(made(("http://a.test/", ()), ("http://b.test/", ()))))
    writer.pages[0][NameObject("/Annots")] = ArrayObject([NameObject("/broken")])
    stored = io.BytesIO()
    writer.write(stored)
    found = read(stored.getvalue())

    assert [one.raw for one in found.references][-1] == "http://b.test/"


def test_half_a_file_is_read_as_far_as_it_can_be() -> None:
    whole = made(*((f"http://a.test/{number}", ()) for number in range(5)))
    found = read(whole[: len(whole) - 300])

    assert found.references or found.findings
