"""AsciiDoc: the examples of its documentation, shortened, and what is not text."""

import pytest

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.asciidoc import extract
from linkcheck.model import Document, Role


def read(text: str, *, include_code: bool = False, name: str = "x.adoc") -> Extraction:
    document = Document(name=name, media_type="text/asciidoc", source=text.encode(), text=text)
    return extract(document, Wanted(include_code=include_code))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The homepage is https://asciidoctor.org.", [("bare", "https://asciidoctor.org", "https://asciidoctor.org")]),
        ("Go to <https://a.test/x> now", [("bare", "https://a.test/x", "https://a.test/x")]),
        ("Chat at https://a.test[*Zulip*^,role=green].", [("link", "https://a.test", "*Zulip*")]),
        ("See https://a.test[] too", [("link", "https://a.test", "https://a.test")]),
        ("link:downloads/report.pdf[Get Report]", [("link", "downloads/report.pdf", "Get Report")]),
        ("link:pass.html", []),
        ("link:++https://a.test/?q=[a b]&x=__y__++[A]", [("link", "https://a.test/?q=[a b]&x=__y__", "A")]),
        ('https://a.test["a, b"]', [("link", "https://a.test", "a, b")]),
        ("https://a.test[escaped \\] bracket]", [("link", "https://a.test", "escaped \\] bracket")]),
        ("https://a.test[text over\ntwo lines]", [("link", "https://a.test", "text over two lines")]),
        ("Escaped \\https://no.test and \\link:no.html[x]", []),
        (":home: https://a.test/\n\n{home}[Home] and {home}[again]", [
            ("link", "https://a.test/", "Home"), ("link", "https://a.test/", "again")]),
        (":home: https://a.test/\n\nNo use.", [("attribute", "https://a.test/", "")]),
        ("{other}/x[text]", [("link", "{other}/x", "text")]),
        ("xref:other.adoc#part[Other] xref:id[here] <<id>> <<id,text>>", [("link", "other.adoc#part", "Other")]),
        ("<<other.adoc#part,Other>>", [("link", "other.adoc#part", "Other")]),
        ("image::sunset.jpg[Sunset]", [("image", "sunset.jpg", "Sunset")]),
        ("Click image:play.png[Play,link=https://a.test/p] now", [
            ("image", "play.png", "Play"), ("link", "https://a.test/p", "Play")]),
        ("video::v.mp4[]", [("image", "v.mp4", "")]),
        ("// https://no.test\nhttps://a.test", [("bare", "https://a.test", "https://a.test")]),
        ("////\nhttps://no.test\n////", []),
        ("[source,sh]\ncurl https://no.test\n\nhttps://a.test", [("bare", "https://a.test", "https://a.test")]),
        ("+https://no.test+ and https://a.test/c++[C++] +", [("link", "https://a.test/c++", "C++")]),
        ("video::dQw4w9WgXcQ[youtube] video::v.mp4[width=300]", [("image", "v.mp4", "")]),
        ('image::a.png[link="https://a.test/p"] image::b.png[B,100,link=https://a.test/q]', [
            ("image", "a.png", ""), ("link", "https://a.test/p", ""), ("image", "b.png", "B"),
            ("link", "https://a.test/q", "B")]),
        ("----\nhttps://no.test\n----\nhttps://a.test", [("bare", "https://a.test", "https://a.test")]),
        ("[source,sh]\n....\nhttps://no.test\n....", []),
        ("```js\nhttps://no.test\n```", []),
        ("----\nnever closed https://no.test", []),
        (" https://literal.test\n\ntext", []),
        ("* https://a.test[A]\n** https://b.test[B]", [
            ("link", "https://a.test", "A"), ("link", "https://b.test", "B")]),
        ("term:: https://a.test[A]", [("link", "https://a.test", "A")]),
        ("|===\n|https://a.test[A] |https://b.test\n|===", [
            ("link", "https://a.test", "A"), ("bare", "https://b.test", "https://b.test")]),
        ("++++\n<a href='https://a.test'>x</a>\n++++", [("a", "https://a.test", "x")]),
        ("`+https://no.test+` and +++https://no.test+++", []),
        ("== Title with https://a.test[A]", [("link", "https://a.test", "A")]),
        ("footnote:[See https://a.test[A].]", [("link", "https://a.test", "A")]),
        ("include::part.adoc[]\n\ninclude::{dir}/x.adoc[]\n\ninclude::partial$y.adoc[]", [
            ("include", "part.adoc", "")]),
    ],
)  # fmt: skip
def test_links_of_asciidoc(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(one.element, one.raw, one.text) for one in read(text).references] == expected


def test_images_lie_in_the_folder_that_the_document_names() -> None:
    (one,) = read(":imagesdir: ./images\n\nimage::a.png[]").references

    assert (one.raw, one.base) == ("a.png", "./images/")


def test_in_a_module_of_antora_only_urls_count() -> None:
    text = "xref:page.adoc[P] image::a.png[] https://a.test[A]"

    found = read(text, name="docs/modules/ROOT/pages/x.adoc").references

    assert [one.raw for one in found] == ["https://a.test"]


def test_an_attribute_is_placed_at_its_use_and_its_span_in_the_entry() -> None:
    text = ":home: https://a.test/\n\nGo {home}[Home]."
    (one,) = read(text).references

    assert text[one.span.start : one.span.end] == "https://a.test/"
    assert (one.span.line, one.span.column) == (3, 4)


def test_the_document_says_what_it_is_called() -> None:
    found = read("= The Title\n:author: Jane\n:revdate: 2019-02-03\n\n== See also\n\n* https://a.test[A]\n")

    assert [(one.field, one.value) for one in found.claims] == [
        ("title", "The Title"), ("author", "Jane"), ("published", "2019-02-03")]  # fmt: skip
    assert [one.role for one in found.references] == [Role.RELATED]


def test_code_counts_when_it_is_asked_for() -> None:
    assert [one.element for one in read("----\nhttps://a.test\n----", include_code=True).references] == ["code"]
