"""Conversations with an original, an archive and candidates, played from lists."""

from typing import Any

import pytest

from linkcheck.model import (
    ArchiveAnswer,
    Captures,
    Conversation,
    Failure,
    FailureKind,
    Lookup,
    Observe,
    Request,
    RescueKind,
    Response,
    Role,
)
from linkcheck.provenance.api import Article, Found, Search
from linkcheck.provenance.recover import Consulted, confirmed, consult
from tests.play import play
from tests.provenance.pages import HTML, NOWHERE, ORIGINAL, article, captures, context, html, response, seen

GONE = seen(status=404)
REPORT, STORY = "http://b.test/report", "http://paper.test/2017/02/10/house-by-the-lake-was-sold-for-one-crown"
CITED = "According to <a href='{}'>the report of the committee</a>, he had been warned three times."
RELATED = "Related article: <a href='{}'>House by the Lake Was Sold for One Crown</a>"


def asked(ours: Article, *answers: Any, searches: tuple[Search, ...] = ()) -> tuple[Consulted, list[Any]]:
    questions: list[Any] = []
    return play(consult(ours, context(*searches)), answers, asked=questions), questions


def rescues(found: Consulted) -> list[tuple[str, float]]:
    return [(rescue.url, rescue.confidence) for one in found.recoveries for rescue in one.rescues]


def test_a_live_original_and_one_capture_are_read_and_the_target_is_looked_at() -> None:
    page = response(html(CITED.format(REPORT)))

    found, questions = asked(
        article(CITED.format("#")),
        seen("x"),
        page,
        captures("20170215000000"),
        page,
        seen("The Report of the Committee"),
    )

    ((rescue,),) = [one.rescues for one in found.recoveries]
    assert rescue.kind is RescueKind.RECOVERED
    assert (rescue.url, rescue.uri_m) == (REPORT, None)
    assert rescue.confidence >= 0.97
    assert rescue.message == (
        f"the 2017-02-15 capture of the original and the live original link this text to {REPORT}; its title agrees"
    )
    assert questions == [
        Observe(ORIGINAL),
        Request(ORIGINAL, read=questions[1].read),
        Captures(ORIGINAL, article().at),
        Request(f"https://web.archive.org/web/20170215000000id_/{ORIGINAL}", read=questions[1].read),
        Observe(REPORT),
    ]


def test_a_live_original_that_has_lost_the_link_too_does_not_end_the_search() -> None:
    lost, whole = response(html(CITED.format("#"))), response(html(CITED.format(REPORT)))

    found, _ = asked(
        article(CITED.format("#")), seen("x"), lost, captures("20170215000000", "20170301000000"), lost, whole,
        seen("The Report of the Committee"),
    )  # fmt: skip

    assert [url for url, _ in rescues(found)] == [REPORT]


def test_five_captures_are_read_at_most() -> None:
    lost = response(html(CITED.format("#")))
    stamps = [f"201702{day}000000" for day in range(10, 20)]

    found, questions = asked(article(CITED.format("#")), GONE, captures(*stamps), *[lost] * 5)

    assert len(questions) == 7
    assert found.recoveries[0].rescues == ()
    assert found.recoveries[0].sought.endswith("have no link with this text")


def test_a_target_that_is_gone_is_offered_with_the_capture_that_has_its_title() -> None:
    page = response(html(RELATED.format(STORY)))
    story = response(b"<title>House by the Lake Was Sold for One Crown</title><h1>House by the Lake</h1>", STORY)

    found, _ = asked(article(RELATED.format("#"), role=Role.RELATED), GONE, captures("20170215000000"), page, GONE)
    (one,) = found.recoveries
    assert one.unread
    rescue = play(confirmed(one.unread, None, context()), [GONE, captures("20170211000000", url=STORY), story])

    assert one.rescues[0].confidence >= 0.9
    assert rescue.uri_m == f"https://web.archive.org/web/20170211000000/{STORY}"
    assert rescue.confidence >= 0.97
    assert rescue.message.endswith("its title agrees in its capture of 2017-02-11")


def test_a_target_that_is_gone_and_whose_capture_names_another_story_is_left_to_a_person() -> None:
    page = response(html(RELATED.format(STORY)))
    found, _ = asked(article(RELATED.format("#"), role=Role.RELATED), GONE, captures("20170215000000"), page, GONE)
    (one,) = found.recoveries
    other = response(b"<title>Football Results From All Divisions</title>", STORY)
    assert one.unread

    rescue = play(confirmed(one.unread, None, context()), [GONE, captures("20170211000000", url=STORY), other])

    assert rescue.confidence < 0.9


def test_captures_that_could_not_be_read_for_want_of_time_leave_it_open() -> None:
    ended = Failure(FailureKind.BUDGET, "an archive may take 60 s in all, and these are used up")

    found, _ = asked(article(CITED.format("#")), GONE, captures("20170215000000"), ended)

    assert [one.was_heard for one in found.recoveries] == [False]


def test_a_target_whose_title_names_another_story_is_left_to_a_person() -> None:
    page = response(html(RELATED.format(STORY)))

    found, _ = asked(
        article(RELATED.format("#"), role=Role.RELATED), GONE, captures("20170215000000"), page,
        seen("Football Results From All Divisions"),
    )  # fmt: skip

    ((_, confidence),) = rescues(found)
    assert confidence < 0.9


@pytest.mark.parametrize(
    "answer",
    [
        Response(ORIGINAL, 200, (("content-type", "application/pdf"),), b"%PDF-1.7"),
        Response(ORIGINAL, 200, HTML, b"<title>Just a moment...</title><p>Checking your browser"),
        Response(
            ORIGINAL, 200, HTML, b"<h1>Minister Visits Farm</h1>" + b"<p>Cows were shown to him all day long.</p>" * 30
        ),
        Response(ORIGINAL, 200, HTML, b"\0\xff" * 5000),
        Response(ORIGINAL, 403, HTML, b"no"),
        Failure(FailureKind.TIMEOUT_READ, "no answer in 30 s"),
    ],
    ids=["a PDF", "a wall", "another article", "bytes", "refused", "silence"],
)
def test_a_page_that_does_not_show_the_article_says_nothing(answer: Response | Failure) -> None:
    found, _ = asked(article(CITED.format("#")), seen("x"), answer, NOWHERE)

    assert found.sources == ()
    assert rescues(found) == []


def test_what_the_original_never_had_is_searched_by_its_words_and_proposed_only_with_its_title() -> None:
    found, _ = asked(
        article(RELATED.format("#"), role=Role.RELATED), GONE, captures("20170215000000"), response(html()),
        seen("House by the Lake Was Sold for One Crown"), searches=(listing(STORY),),
    )  # fmt: skip

    assert rescues(found) == [(STORY, 0.92)]


def test_two_stories_of_one_name_are_two_candidates() -> None:
    other = STORY.replace("/2017/02/10/", "/archive/")

    found, _ = asked(
        article(RELATED.format("#"), role=Role.RELATED), GONE, captures("20170215000000"), response(html()),
        seen("House by the Lake Was Sold for One Crown"), seen("House by the Lake Was Sold for One Crown"),
        searches=(listing(STORY, other),),
    )  # fmt: skip

    assert {url for url, _ in rescues(found)} == {STORY, other}
    assert all(confidence < 0.9 for _, confidence in rescues(found))


def test_the_sitemap_and_the_feed_of_the_site_are_read_last() -> None:
    sitemap = Response(
        "http://paper.test/sitemap.xml", 200, (), f"<urlset><url><loc>{STORY}</loc></url></urlset>".encode()
    )

    found, questions = asked(
        article(RELATED.format("#"), role=Role.RELATED), GONE, captures("20170215000000"), response(html()), sitemap,
        seen("House by the Lake Was Sold for One Crown"), searches=(listing(),),
    )  # fmt: skip

    assert [url for url, _ in rescues(found)] == [STORY]
    assert questions[3].url == "http://paper.test/sitemap.xml"


def test_nothing_is_asked_for_an_article_without_an_original() -> None:
    found, questions = asked(article(CITED.format("#"), originals=()))

    assert (found, questions) == (Consulted(), [])


def test_what_could_not_be_asked_is_not_called_looked_for_in_vain() -> None:
    nobody = Failure(FailureKind.DNS_TEMPORARY, "no name server answers")
    unheard = (Lookup(archive="wayback", answer=ArchiveAnswer.NOT_ASKED, reason="there is no network here"),)

    found, _ = asked(
        article(RELATED.format("#"), role=Role.RELATED), GONE, unheard, nobody, searches=(silent,),
    )  # fmt: skip

    (one,) = found.recoveries
    assert not one.was_heard
    assert one.sought == (
        "the original could not be read (it answered with status 404), "
        "and not every archive or site that may know a page of that name has answered"
    )


@pytest.mark.parametrize(
    ("answers", "was_heard"),
    [
        (((Lookup(archive="wayback", answer=ArchiveAnswer.NONE),), Response("http://paper.test/", 404, ())), True),
        (((Lookup(archive="wayback", answer=ArchiveAnswer.FAILED),), Response("http://paper.test/", 404, ())), False),
        (((Lookup(archive="wayback", answer=ArchiveAnswer.NONE),), Response("http://paper.test/", 503, ())), False),
    ],
)
def test_it_is_only_in_vain_when_everybody_has_answered(answers: tuple[Any, ...], was_heard: bool) -> None:
    found, _ = asked(article(RELATED.format("#"), role=Role.RELATED), GONE, *answers, searches=(listing(),))

    (one,) = found.recoveries
    assert one.was_heard is was_heard
    assert ("nothing of that name was found" in one.sought) is was_heard


def test_a_live_original_alone_does_not_speak_for_archives_that_did_not_answer() -> None:
    failed = (Lookup(archive="wayback", answer=ArchiveAnswer.FAILED),)

    found, _ = asked(article(CITED.format("#")), seen("x"), response(html(CITED.format("#"))), failed)

    assert not found.recoveries[0].was_heard


def silent(_host: str, _at: Any, _words: tuple[str, ...]) -> Conversation[tuple[Found, ...] | None]:
    yield from ()
    return None


def listing(*urls: str) -> Search:
    def search(_host: str, _at: Any, _words: tuple[str, ...]) -> Conversation[tuple[Found, ...] | None]:
        yield from ()
        return tuple(Found(url) for url in urls)

    return search
