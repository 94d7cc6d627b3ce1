"""Days that a page shows: which of them is that of the publication."""

import pytest

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
