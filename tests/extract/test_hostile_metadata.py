"""What pages say of themselves comes from outside: dirty, contradictory, huge or made to hurt."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.metadata import opening, read, survey
from linkcheck.model import Response
from linkcheck.pipeline.elsewhere import read_claims

ARTICLE = {"@type": "NewsArticle", "headline": "Story", "author": {"name": "Ann"}, "datePublished": "2017-02-14"}
WRITTEN = json.dumps(ARTICLE)


def said(markup: str) -> list[tuple[str, str, str]]:
    return [(one.field, one.value, one.said_by) for one in read(markup)]


def of_json(script: str) -> list[tuple[str, str]]:
    page = f"<head><script type='application/ld+json'>{script}</script></head><body><p>Text."
    return [(field, value) for field, value, said_by in said(page) if said_by == "JSON-LD"]


WANTED = [("title", "Story"), ("author", "Ann"), ("published", "2017-02-14")]


@pytest.mark.parametrize(
    "script",
    [
        WRITTEN,
        f"<!-- {WRITTEN} -->",
        f"/*<![CDATA[*/ {WRITTEN} /*]]>*/",
        f"// made by a plug-in\n{WRITTEN}",
        WRITTEN[:-1] + ",,}",
        WRITTEN[:-1],
        f"[{WRITTEN},]",
        f'{{"@graph":[{{"@type":"WebSite","name":"Not this"}},{WRITTEN}]}}',
        f"{WRITTEN}{WRITTEN[:1]}",
        WRITTEN.replace('"', "&quot;"),
        WRITTEN.replace("NewsArticle", "http://schema.org/NewsArticle"),
        '{"@type":"Person","name":"Cy","headline":"Not this"}' + WRITTEN,
        "[" * 400 + WRITTEN,
    ],
    ids=[
        "clean", "an HTML comment", "CDATA", "a comment", "trailing commas", "cut off", "a list", "a graph",
        "rubbish after it", "escaped as HTML", "a type with its address", "another object before it", "400 brackets",
    ],
)  # fmt: skip
def test_dirty_json_ld_says_what_it_means(script: str) -> None:
    assert sorted(set(of_json(script))) == sorted(WANTED)


def test_entities_within_values_are_decoded_once() -> None:
    assert of_json('{"@type":"Article","headline":"Ann &amp; Ben &amp;amp; Cy"}') == [("title", "Ann & Ben &amp; Cy")]


@pytest.mark.parametrize("opened", ['{"a":', "[", '{"author":{', '[{"@graph":['])
def test_ten_thousand_levels_are_left_and_what_came_before_them_is_kept(opened: str) -> None:
    assert of_json(WRITTEN + opened * 10_000) == WANTED
    assert len(of_json(opened * 10_000 + WRITTEN)) <= 3


def test_a_value_of_a_megabyte_is_no_claim_and_hides_none() -> None:
    huge = json.dumps({**ARTICLE, "articleBody": "x" * 1_000_000, "description": "y" * 1_000_000})

    assert of_json(huge) == WANTED
    assert of_json('{"@type":"Article","headline":"' + "x" * 1_000_000 + '"}') == []


def test_what_a_page_repeats_a_hundred_thousand_times_is_bounded() -> None:
    page = (
        "<meta property=article:published_time content=2017-02-14>" * 5_000
        + "<body>"
        + "<time>14 May 2017</time>" * 9_000
    )
    found = read_claims(Response("https://a.test/s", 200, (("content-type", "text/html"),), page.encode()))

    assert len(found) <= 100


@pytest.mark.parametrize(
    ("markup", "field", "value", "speaker"),
    [
        ("<span itemprop='datePublished' content='2017-02-14'>", "published", "2017-02-14", "microdata"),
        (
            "<abbr itemprop=datePublished title=2017-02-14T10:00>10:00</abbr>",
            "published",
            "2017-02-14T10:00",
            "microdata",
        ),
        ("<span property='schema:datePublished' content='2017-02-14'>", "published", "2017-02-14", "RDFa"),
        ("<span property='dc:created' content='2017-02-14'>", "published", "2017-02-14", "RDFa"),
    ],
)
def test_words_in_attributes_of_the_body_are_read(markup: str, field: str, value: str, speaker: str) -> None:
    assert (field, value, speaker) in said(f"<body><p>Text.{markup}")


def test_claims_that_contradict_each_other_are_all_kept() -> None:
    page = (
        "<head><title>One</title><meta property=og:title content=Two><meta name=citation_title content=Three>"
        "<meta name=dc.date content=2017-02-14><meta property=article:published_time content=2018-03-15>"
        "<meta name=author content='Ann Smith'><meta name=dc.creator content='Ben Jones'></head>"
        "<body><h1>Four</h1><time datetime=2019-04-16>today</time>"
    )
    found = read_claims(Response("https://a.test/2020/05/17/s", 200, (("content-type", "text/html"),), page.encode()))

    def values(field: str) -> set[str]:
        return {one.value for one in found if one.field == field}

    assert values("title") == {"One", "Two", "Three", "Four"}
    assert values("published") == {"2017-02-14", "2018-03-15", "2019-04-16", "2020-05-17"}
    assert values("author") == {"Ann Smith", "Ben Jones"}


PIECES = st.lists(
    st.sampled_from(
        [
            "<", ">", "</", "'", '"', "=", "<!--", "-->", "<script type=application/ld+json>", "</script>", "{", "}",
            "[", "]", '"@type":"Article"', ',"headline":"A"', ',"datePublished":"2017-02-14"', "<h1>", "</h1>", "<h2",
            "<time", " datetime=", "2017-02-14", "02/03/2017", "31.02.2017", "20", "<meta property=og:title content=",
            "<meta name=date content=", " itemprop=", "datePublished", "<body>", "</head>", "<title>", "</title>",
            "Updated ", "Stand ", "class=author ", "class='date'", "&quot;", "&#xd800;",
            "\ud800", "\x00", "\u202e", " ",
            'datePublished":99999999999', "publishedAt:1487066400000", "<link rel=license href=", "html lang=de",
            "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "Sat, 19 Oct 2019 00:04:00 +9999",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(PIECES)
def test_no_page_makes_it_raise(text: str) -> None:
    found = survey(text, host="a.test")
    opening(text, found)

    assert all(0 <= one.at <= len(text) for one in found.statements)


@given(PIECES, st.lists(st.tuples(st.sampled_from(["link", "last-modified"]), PIECES), max_size=3))
def test_no_answer_makes_claims_raise(text: str, said_beside: list[tuple[str, str]]) -> None:
    body = text.encode("utf-8", "surrogatepass")

    assert len(read_claims(Response("https://a.test/2017/02/14/s", 200, tuple(said_beside), body))) <= 200


def test_of_thousands_of_titles_and_headings_a_few_are_compared() -> None:
    titles = "".join(f"<meta property=og:title content='Storm number {n} hits'>" for n in range(5_000))
    page = f"<head>{titles}</head><body>" + "<h1>Another headline</h1>" * 5_000

    assert survey(page).headline.text == "Another headline"
