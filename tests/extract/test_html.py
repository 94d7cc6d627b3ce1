"""An HTML document says its references, their words and places, its ids and what it is."""

import ast
import codecs
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.decode import decode
from linkcheck.extract.html import PLUGIN, _Page, extract
from linkcheck.extract.places import Places
from linkcheck.model import Document, Reference, Role
from tests.cost import is_linear


def document(source: bytes, *, media_type: str = "text/html", url: str | None = "https://a.test/dir/page") -> Document:
    text, encoding, basis = decode(source, media_type=media_type)
    return Document(
        name="page.html", url=url, media_type=media_type, source=source, text=text, encoding=encoding,
        encoding_basis=basis,
    )  # fmt: skip


def read(text: str, *, media_type: str = "text/html") -> Extraction:
    return extract(document(text.encode(), media_type=media_type), Wanted())


def only(text: str) -> Reference:
    [reference] = read(text).references
    return reference


def test_a_link_has_its_words_its_place_and_its_element() -> None:
    link = only("<p>\nSee <a\nhref='https://b.test/?x&amp;y'>the\n <b>st</b>ory &amp; more</a>.")

    assert (link.element, link.raw, link.text) == ("a", "https://b.test/?x&amp;y", "the story & more")
    assert (link.span.start, link.span.end) == (17, 40)
    assert (link.span.line, link.span.column) == (2, 5)


def test_references_stand_in_document_order_outer_before_inner() -> None:
    text = "<a href=1>x<img src=2 alt='a  picture'></a><link rel=icon href=3><img src=4 srcset='5, 6 2x'>"

    found = read(text).references

    assert [reference.raw for reference in found] == ["1", "2", "3", "4", "5", "6"]
    assert found[0].text == "x" + "a picture"
    assert found[1].text == "a picture"


def test_the_words_of_a_link_around_blocks_are_kept_apart() -> None:
    assert only("<a href=u><h2>Title</h2><div>Lead</div></a> after").text == "Title Lead"


def test_a_link_ends_where_the_next_begins_and_one_without_end_is_not_the_whole_page() -> None:
    found = read("<a href=1>one <a href=2>two</a> <a href=3>" + "<p>word</p>" * 10_000).references

    assert [reference.text for reference in found[:2]] == ["one", "two"]
    assert len(found[2].text) <= 1000


def test_an_a_without_target_is_a_placeholder_behind_the_name_of_its_tag() -> None:
    link = only("<p><a>lost</a> <a name=x>anchor</a> <a id=y>anchor</a>")

    assert (link.raw, link.text, link.span.start, link.span.end) == ("", "lost", 5, 5)


def test_base_holds_for_the_whole_document_and_only_the_first_counts() -> None:
    before, after = read("<a href=1></a><base target=x><base href=../other/><base href=/no/><a href=2></a>").references

    assert before.base == after.base == "https://a.test/other/"


def test_bases_of_w3lib_are_found(cases: Path) -> None:
    """Its vectors whose page stands in the call, but for `<noscript>`: a reader without scripts is led by that base."""
    lines = (cases / "url" / "w3lib-html.jsonl").read_text(encoding="utf-8").splitlines()
    checked = 0
    for vector in map(json.loads, lines):
        call = re.match(r"get_base_url\(('(?:[^'\\]|\\.)*')", vector["call"])
        if call is None or "<noscript" in vector["call"]:
            continue
        bases = {one.base for one in read(ast.literal_eval(call[1]) + "<a href=1>").references if one.base}
        assert bases == {vector["expected"]} - {"", "https://example.org"}
        checked += 1
    assert checked == 9


@pytest.mark.parametrize(
    "text",
    [
        "<nav><ul><li><a href=u>x</a></ul></nav>",
        "<header><a href=u>x</a></header>",
        "<aside><p><a href=u>x</a></aside>",
        "<menu><li><a href=u>x</a></menu>",
        "<div role=navigation><div></div><a href=u>x</a></div>",
        "<p><a rel=prev href=u>x</a>",
    ],
)
def test_links_in_navigation_are_navigation(text: str) -> None:
    assert only(text).role == Role.NAVIGATION


@pytest.mark.parametrize(
    "text",
    [
        "<nav></nav><p>Text <a href=u>x</a>",
        "<article><header><p>By <a href=u>Ann</a></header></article>",
        "<blockquote>Words<footer><a href=u>Ann</a></footer></blockquote>",
        "<div role=navigation><div></div></div><p>Text <a href=u>x</a>",
        "<nav><main><p>Text <a href=u>x</a></main>",
        "</nav></aside><p>Text <a href=u>x</a>",
    ],
)
def test_links_in_what_is_read_are_not_navigation(text: str) -> None:
    assert only(text).role != Role.NAVIGATION


def test_a_label_before_a_link_or_in_the_block_before_says_its_role() -> None:
    same, before = read("<p>Related article: <a href=1>x</a><p>Original url:<p><a href=2>http://b.test/</a>").references

    assert same.role == Role.RELATED
    assert before.role == Role.ORIGINAL


def test_a_robust_link_says_which_version_was_cited() -> None:
    cited = only("<a href=u data-versionurl='https://archive.test/1 20150121' data-versiondate=2015-01-21>x</a>").cited

    assert cited is not None
    assert (cited.archive_url, cited.archive_date, cited.accessed) == (
        "https://archive.test/1",
        "2015-01-21",
        "2015-01-21",
    )


def test_linked_data_is_read_in_its_place() -> None:
    script = '<script type="application/ld+json">{"@type":"Article","url":"https:\\/\\/b.test"}</script>'
    text = f"<a href=1></a>{script}<a href=2></a>"

    found = read(text).references

    assert [(one.element, one.raw) for one in found] == [("a", "1"), ("json-ld", "https:\\/\\/b.test"), ("a", "2")]
    assert found[1].role == Role.CANONICAL


def test_claims_come_strongest_first_with_who_said_them_and_where() -> None:
    text = (
        "<title>Story | Site</title>\n<meta property=og:title content='Story'>\n<meta name=author content=Ann>\n"
        "<link rel=canonical href=https://a.test/s>\n<h1>The <i>Story</i></h1>\n"
        "<time datetime=2017-02-14>today</time>\n"
        '<script type=application/ld+json>{"@type":"Article","headline":"A Story"}</script>'
        "<svg><title>Logo</title></svg>"
    )

    said = [(claim.field, claim.value, claim.said_by, claim.line) for claim in read(text).claims]

    assert said == [
        ("title", "A Story", "JSON-LD", 7),
        ("title", "Story", "og:title", 2),
        ("title", "The Story", "H1", 5),
        ("title", "Story | Site", "<title>", 1),
        ("author", "Ann", "meta author", 3),
        ("published", "2017-02-14", "<time>", 6),
        ("canonical", "https://a.test/s", "rel=canonical", 4),
    ]


def test_dates_and_publishers_are_claimed_in_many_ways() -> None:
    text = (
        "<meta property=og:site_name content='The Paper'>\n<meta name=DC.date content=2017-02-14>\n"
        "<span itemprop='datePublished' content=2017-02-15></span>\n"
        '<script type=application/ld+json>{"publisher":{"@id":"#org","name":"Paper"},"@type":"Article"}</script>'
    )

    said = [(claim.field, claim.value, claim.said_by, claim.line) for claim in read(text).claims]

    assert said == [
        ("publisher", "Paper", "JSON-LD", 4),
        ("published", "2017-02-15", "microdata", 3),
        ("published", "2017-02-14", "meta date", 2),
        ("publisher", "The Paper", "og:site_name", 1),
    ]


def test_the_opening_is_what_is_read_first_without_navigation_scripts_and_comments() -> None:
    text = (
        "<title>T</title><nav>Home</nav>\n<h1>Story</h1>\n<script>x</script><p>By&nbsp;Ann<!-- no --></p>" + "<p>x" * 20
    )

    opening = read(text).opening

    assert opening[:2] == ((2, "Story"), (3, "By Ann"))
    assert len(opening) == 12


def test_anchors_are_all_ids_and_names_of_links() -> None:
    assert read("<p id=a><a name=b><img id='c&amp;d' name=no><p id=a><p id>").anchors == ("a", "b", "c&d")


def test_xhtml_knows_empty_scripts() -> None:
    text = "<script src='s.js'/><a href='u'>x</a>"

    assert [one.raw for one in read(text, media_type="application/xhtml+xml").references] == ["s.js", "u"]
    assert [one.raw for one in read(text).references] == ["s.js"]


def test_the_plug_in_takes_the_endings_of_html() -> None:
    assert PLUGIN.suffixes == (".html", ".htm", ".xhtml")


PIECES = st.lists(
    st.sampled_from(
        [
            *("<a href=ü>", "<a href='x y'>", "<a>", "</a>", "<img src=é.png alt=bild>", "<img srcset='a, ü 2x'>"),
            *("<p>", "</p>", "<nav>", "</nav>", "<main>", "</main>", "<h1>", "</h1>", "<base href=b/>", "<title>"),
            *("</title>", "<!--", "-->", "<script type=application/ld+json>", '{"url":"/ü"}', "</script>", "<svg>"),
            *("<meta http-equiv=refresh content='1;ü'>", "text ", "€", "\r\n", "&amp;", "<", "</svg>", "<br>"),
            *("<time datetime=2017>", "<div role=navigation>"),
        ]
    )
).map("".join)


@given(PIECES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_the_stored_bytes_of_every_span_are_what_was_written(text: str, encoding: str) -> None:
    head = "<meta charset=windows-1252>" if encoding == "cp1252" else ""
    page = document((head + text).encode(encoding))
    boms = {"utf-16": codecs.BOM_UTF16, "utf-8-sig": codecs.BOM_UTF8}

    found = extract(page, Wanted()).references

    assert page.source.startswith(boms.get(encoding, b""))
    for reference in found:
        stored = page.source[reference.span.start : reference.span.end]
        assert stored.decode(page.encoding) == reference.raw


@given(PIECES | st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    assert extract(document(text.encode("utf-8", "surrogatepass"), url=None), Wanted()).findings == ()


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "<a>", "<a href=u>", "<p>", "<nav>", "<nav><aside>", "<header><article>", "</nav>", "<h1>", "<time>x"),
        *("<img src=u alt=x>", "<title>", "<!--", "<base href=x>", "<a href=u><p>x", "x ", "<svg><title>", "&#1"),
        *("<div role=navigation>", "<h1>x</h1>", "<script type=application/ld+json>{", "<main><section>"),
    ],
)
def test_hostile_markup_is_read_at_once(piece: str) -> None:
    found: list[int] = []

    def work(size: int) -> None:
        found.append(len(read(piece * (size // len(piece))).references))

    assert is_linear(work, 200_000)
    assert max(found) <= 70_000


def test_a_raw_means_what_its_syntax_says() -> None:
    assert PLUGIN.decoded("?a&amp;b", "a") == "?a&b"
    assert PLUGIN.decoded(r"https:\/\/a.test\/", "json-ld") == "https://a.test/"
    assert PLUGIN.decoded(r"a\_b", "link") == r"a\_b"


def test_what_the_page_says_after_its_first_links_holds_for_all() -> None:
    first, second, third = read(
        "<p><a href=1 rel=nofollow></a></p><p><a href=2></a></p>"
        "<base href=/other/><meta name=robots content=nofollow><p><a href=3></a></p>"
    ).references

    assert {one.base for one in (first, second, third)} == {"https://a.test/other/"}
    assert all(one.is_nofollow for one in (first, second, third))


def test_a_page_of_many_links_holds_their_words_and_not_its_blocks() -> None:
    many = 256 * 4
    text = "<ul>" + "".join(f"<li>Item {number}: <a href={number}>this</a> one</li>" for number in range(many))
    page = _Page(document(text.encode()), Places(document(text.encode())))
    references = page.read()

    assert [one.raw for one in references] == [str(number) for number in range(many)]
    assert page.marks == []
    assert not page.blocks._ended


def test_a_link_over_many_blocks_keeps_its_order_and_its_words() -> None:
    references = read("<p>a<a href=1>one<p><img src=2 alt=two><p>three</a> after<p><a href=3>four</a>").references

    assert [(one.raw, one.text) for one in references] == [("1", "one two three"), ("2", "two"), ("3", "four")]
