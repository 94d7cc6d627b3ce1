"""Days that a page shows: which of them is that of the publication."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.bylines import places
from linkcheck.extract.metadata import read


def days(body: str, head: str = "<title>Storm hits the coast</title>") -> list[tuple[str, str, str]]:
    found = read(f"<html lang=en-GB><head>{head}</head><body><h1>Storm hits the coast</h1>{body}")
    return [(one.field, one.value, one.said_by) for one in found if one.field in {"published", "modified"}]


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("<p>Published 14 February 2017, updated 20 March 2018</p>", "2017-02-14"),
        ("<p>Updated 20 March 2018</p><p>Published 14 February 2017</p>", "2017-02-14"),
        ("<p>Joined: 5 January 2009</p><p>14 February 2017</p>", "2017-02-14"),
        ("<p>It is currently 20 March 2018</p><p>14 February 2017</p>", "2017-02-14"),
        ("<p>03/02/2017</p>", "2017-02-03"),
        ("<table><tr><td>14 | 02 | 2017</td></tr></table>", "2017-02-14"),
        (
            "<em class=teaser__date>20 March 2018</em>" + "<p>Text." * 900 + "<p>Date: 14 February 2017</p>",
            "2017-02-14",
        ),
        ("<p>Text.<div id='comments'><p>20 March 2018</p></div>", None),
        ("<footer>© 2018 The Paper</footer>", None),
        ("<p>Jane Doe (born 20 March 1988)</p>", None),
        ("<script>window.x={publishedAt:'2017-02-14T10:00'}</script>", "2017-02-14T10:00"),
        ('<script>window.x={"publish_date":1487066400}</script>', "2017-02-14"),
        ('<script>self.push("{\\"datePublished\\":\\"2017-02-14\\"}")</script>', "2017-02-14"),
    ],
)
def test_the_day_of_publication_is_told_from_others(body: str, day: str | None) -> None:
    assert next((value for field, value, _ in days(body) if field == "published"), None) == day


def test_a_time_of_another_story_counts_less_than_the_day_below_the_headline() -> None:
    page = "<h2>Other</h2><time datetime=2018-03-20>x</time><h1>Storm hits the coast</h1><p>14 February 2017</p>"
    found = [one for one in read(f"<title>Storm hits the coast</title>{page}") if one.field == "published"]

    assert [(one.value, one.said_by) for one in found] == [("2017-02-14", "date line")]


def test_an_instant_in_utc_gives_way_to_the_day_that_is_shown() -> None:
    assert days("<time datetime='2017-02-14T23:30:00Z'>15 February 2017</time>") == [
        ("published", "2017-02-15", "<time>")
    ]


@pytest.mark.parametrize(
    "words", ["Last updated: 14 February 2017", "Stand: 14.02.2017", "Mis à jour le 14 février 2017"]
)
def test_a_day_of_an_update_is_one(words: str) -> None:
    assert days(f"<p>{words}</p>") == [("modified", "2017-02-14", "update line")]


def test_a_description_may_have_the_day() -> None:
    head = "<title>Storm hits the coast</title><meta name=description content='Press release, 14 February 2017'>"

    assert days("<p>Text.", head) == [("published", "2017-02-14", "date elsewhere")]


def test_the_times_of_comments_are_not_those_of_an_article_that_has_its_own() -> None:
    body = (
        "<time datetime=2017-02-14T10:00:00+01:00>14 Feb</time><p>Text."
        "<div id='comments'><time class=updated datetime=2019-05-05T10:00:00+01:00>5 May</time></div>"
    )

    assert days(body) == [("published", "2017-02-14T10:00:00+01:00", "<time>")]


def test_a_time_far_from_the_article_is_better_than_none() -> None:
    body = "<p>Text.<div id='comments'></div><time datetime=2019-05-05>5 May</time>"

    assert days(body) == [("published", "2019-05-05", "<time> elsewhere")]


@given(st.text("abt<", max_size=80).flatmap(lambda text: st.tuples(st.just(text * 60), st.integers(0, 300))))
def test_words_are_found_in_order_wherever_the_page_is_cut_for_looking(page: tuple[str, int]) -> None:
    text, start = page
    found = list(places(text, start, len(text), ("abba", "tab")))
    everything = sorted(one.start() for word in ("abba", "tab") for one in re.finditer(f"(?={word})", text[start:]))

    assert found[:100] == [start + at for at in everything][: len(found[:100])]
    assert len(found) >= min(len(everything), 100)


def test_a_time_after_the_article_says_nothing_where_the_day_is_known() -> None:
    body = "<p>14 February 2017</p><div id='comments'></div><time class=published datetime=2019-05-05>5 May</time>"

    assert days(body) == [("published", "2017-02-14", "date line")]


def test_a_likely_name_counts_in_scripts_alone() -> None:
    assert days("<p data-story='\"publish_date\":1487066400'>Text.</p><script src=a.js></script>") == []
    assert days("<script src=a.js></script><script>let publish_date = '2017-02-14'") == [
        ("published", "2017-02-14", "script")
    ]


def test_a_time_after_the_article_that_is_called_the_publications_is_believed_where_no_other_day_is() -> None:
    body = "<p>Text.<div id='comments'></div><time class=published datetime=2019-05-05>5 May</time>"

    assert days(body) == [("published", "2019-05-05", "<time>")]
