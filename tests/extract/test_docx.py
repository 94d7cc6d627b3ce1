"""Word files: links, fields, text, and what is no sound ZIP."""

import io
import zipfile

import pytest

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.docx import extract
from linkcheck.model import Document, Role

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="urn:r"'
LINK = '<Relationship Id="r1" Type="hyperlink" Target="http://a.test/?x&amp;y" TargetMode="External"/>'


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def packed(body: str, **parts: str) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{LINK}</Relationships>")
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return stored.getvalue()


def read(source: bytes) -> Extraction:
    return extract(Document(name="x.docx", media_type="x", source=source, text=""), Wanted())


def test_links_fields_and_urls_with_the_number_of_the_paragraph() -> None:
    body = (
        f"<w:p>{run('Title')}</w:p>"
        f'<w:p>{run("See ")}<w:hyperlink r:id="r1">{run("the ")}{run("story")}</w:hyperlink>{run(" and http://b.test/x.")}</w:p>'
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://c.te</w:instrText></w:r>'
        '<w:r><w:instrText>st/" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("field")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        f'<w:p><w:fldSimple w:instr="HYPERLINK &quot;http://d.test/&quot;">{run("simple")}</w:fldSimple></w:p>'
        f'<w:p><w:hyperlink w:anchor="part">{run("inside")}</w:hyperlink></w:p>'
    )
    found = read(packed(body))

    assert [(one.raw, one.text, one.span.line, one.element) for one in found.references] == [
        ("http://a.test/?x&y", "the story", 2, "link"),
        ("http://b.test/x", "http://b.test/x", 2, "bare"),
        ("http://c.test/", "field", 3, "link"),
        ("http://d.test/", "simple", 4, "link"),
    ]
    assert found.opening[:2] == ((1, "Title"), (2, "See the story and http://b.test/x."))
    assert found.findings == ()


def test_pictures_places_and_fields_in_fields() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    body = (
        f'<w:p><w:hyperlink r:id="r1" w:anchor="part">{run("place")}</w:hyperlink></w:p>'
        '<w:p><w:drawing><a:hlinkClick xmlns:a="urn:a" r:id="r1"/></w:drawing></w:p>'
        f'<w:p>{mark("begin")}<w:r><w:instrText>HYPERLINK "http://c.test/" \\l "x"</w:instrText></w:r>'
        f"{mark('separate')}"
        f"{run('Figure ')}{mark('begin')}<w:r><w:instrText>SEQ Figure</w:instrText></w:r>{mark('separate')}{run('1')}"
        f"{mark('end')}{mark('end')}</w:p>"
    )

    assert [(one.raw, one.text) for one in read(packed(body)).references] == [
        ("http://a.test/?x&y#part", "place"),
        ("http://a.test/?x&y", ""),
        ("http://c.test/#x", "Figure 1"),
    ]


def test_what_was_deleted_or_stands_there_twice_counts_not() -> None:
    link = f'<w:hyperlink r:id="r1">{run("story")}</w:hyperlink>'
    body = (
        f"<w:p><w:del>{link}<w:r><w:delText>http://no.test/</w:delText></w:r></w:del>{run('kept')}</w:p>"
        f'<w:p><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>{link}</mc:Choice><mc:Fallback>{link}</mc:Fallback>'
        "</mc:AlternateContent></w:p>"
    )

    assert [(one.raw, one.span.line) for one in read(packed(body)).references] == [("http://a.test/?x&y", 2)]


def test_many_urls_beside_many_links_are_no_matter() -> None:
    link = f'<w:hyperlink r:id="r1">{run("x ")}</w:hyperlink>{run("http://b.test/ ")}'

    assert len(read(packed(f"<w:p>{link * 20_000}</w:p>")).references) == 40_000


def test_notes_properties_titles_and_roles() -> None:
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{run("The Title")}</w:p>'
        f'<w:p>{run("Original url: ")}<w:hyperlink r:id="r1">{run("x")}</w:hyperlink></w:p>'
    )
    core = "<p><dc:title>From file</dc:title><dc:creator>Jane</dc:creator></p>"
    notes = f"<w:footnotes {W}><w:footnote><w:p>{run('http://note.test/')}</w:p></w:footnote></w:footnotes>"
    found = read(packed(body, docProps__core_dot_xml=core, word__footnotes_dot_xml=notes))

    assert [(one.raw, one.role) for one in found.references] == [
        ("http://a.test/?x&y", Role.ORIGINAL),
        ("http://note.test/", Role.CITATION),
    ]
    assert [(one.field, one.value, one.said_by) for one in found.claims] == [
        ("title", "The Title", "Title"),
        ("title", "From file", "file properties"),
        ("author", "Jane", "file properties"),
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "no ZIP"),
        (b"PK\x03\x04 nothing", "no ZIP"),
        (packed("<w:p>")[:-40], "no ZIP"),
        (packed("<w:p>"), "no sound XML"),
        (packed("<w:p>" * 300 + "</w:p>" * 300), "nests too deep"),
    ],
)
def test_what_cannot_be_read_is_named(source: bytes, words: str) -> None:
    found = read(source)

    assert [words in one.message for one in found.findings] == [True]


def test_what_came_before_the_damage_is_read() -> None:
    found = read(packed(f"<w:p>{run('http://a.test/')}</w:p><w:p>{run('http://b.test/')}</w:p><broken"))

    assert [one.raw for one in found.references] == ["http://a.test/", "http://b.test/"]
    assert len(found.findings) == 1


def test_a_zip_bomb_is_left_out() -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(70):
            part.write(b" " * (1 << 20))
    found = read(stored.getvalue())

    assert len(stored.getvalue()) < 200_000
    assert ["holds more than" in one.message for one in found.findings] == [True]


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("word/document.xml", f"{bomb}<w:document {W}><w:p>{run('&b;')}</w:p></w:document>")

    assert ["declares entities" in one.message for one in read(stored.getvalue()).findings] == [True]


def test_a_zip_that_is_another_thing_is_named() -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")

    assert ["no Word text" in one.message for one in read(stored.getvalue()).findings] == [True]
