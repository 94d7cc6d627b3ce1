"""HTML that stands in Markdown."""

import pytest

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.markdown import extract
from linkcheck.model import Claim, Document, Role


def read(text: str) -> Extraction:
    return extract(Document(name="x.md", media_type="text/markdown", source=text.encode(), text=text), Wanted())


def written(text: str) -> list[tuple[str, str, str]]:
    return [(found.element, found.raw, found.text) for found in read(text).references]


def test_the_text_of_a_link_is_what_stands_between_its_tags() -> None:
    assert written('é <a href="/b&amp;c">d *e* <b>f</b></a> g') == [("a", "/b&amp;c", "d e f")]
    assert written('<p>\n<a href="/b">d <!-- no --> &eacute;</a>\n</p>') == [("a", "/b", "d é")]


def test_a_link_may_go_over_several_blocks() -> None:
    text = '<a href="/b">\n\n![c](/d)\n\n*e*\n\n</a>\n\nf'

    assert written(text) == [("a", "/b", "c e"), ("image", "/d", "c")]


def test_a_link_that_is_never_closed_ends_somewhere() -> None:
    assert len(written('<a href="/b">\n\n' + "c " * 100_000)[0][2]) <= 1000
    assert written('<a href="/b">c <a href="/d">e</a>') == [("a", "/b", "c"), ("a", "/d", "e")]


def test_an_image_has_its_alternative_text_and_gives_it_to_the_link_around() -> None:
    assert written('<a href="/b"><img alt="c  d" src="/e"></a>') == [("a", "/b", "c d"), ("img", "/e", "c d")]


@pytest.mark.parametrize(
    ("text", "raw", "place"),
    [
        ('> é <a\n> href="/b">c</a>', "/b", (1, 5)),
        ('> <div>\n> é<a\n>   href="/b">c</a>\n> </div>', "/b", (2, 4)),
        ('- <p>é</p>\n  <a href="/b">c</a>', "/b", (2, 3)),
    ],
)
def test_the_marks_of_a_quotation_are_no_part_of_a_tag(text: str, raw: str, place: tuple[int, int]) -> None:
    (found,) = read(text).references

    assert (found.raw, found.text, (found.span.line, found.span.column)) == (raw, "c", place)
    assert text.encode()[found.span.start : found.span.end].decode() == raw


def test_comments_and_scripts_hold_no_links() -> None:
    text = '<!-- <a href="/b">c</a> -->\n\n<script>\n"<a href=\'/d\'>"\n</script>\n\nx <!-- <img src="/e"> --> y'

    assert written(text) == []


def test_a_heading_in_html_is_a_heading() -> None:
    found = read('<h1 align="center">\n  <img src="l.png" alt="Logo"> A &amp; B\n</h1>\n\n## C\n')

    assert found.anchors == ("a--b", "c")
    assert found.claims == (Claim("title", "Logo A & B", "H1", 2),)
    assert found.opening[0][1] == "Logo A & B"


def test_the_element_decides_the_role_where_it_can() -> None:
    found = read('<iframe src="/a"></iframe> <img src="/b">').references

    assert [one.role for one in found] == [Role.EMBED, Role.IMAGE]


def test_base_does_not_count_in_markdown() -> None:
    (found,) = read('<base href="https://a.test/">\n\n[b](c)').references

    assert (found.raw, found.base) == ("c", None)
