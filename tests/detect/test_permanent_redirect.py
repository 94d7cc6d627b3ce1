"""Which permanent redirects are no reason to change a link."""

import pytest
from msgspec import structs

from linkcheck.detect.api import Context
from linkcheck.detect.permanent_redirect import detect, probe, when
from linkcheck.detect.same_page import Sameness, sameness
from linkcheck.model import Check, Confidence, Failure, FailureKind, Hop, Response
from tests.detect.answers import seen
from tests.play import play

STORY = "<title>The storm</title><p>" + "The sea took eleven metres of the pier. " * 20


def moved(url: str, end: str, body: str = STORY, status: int = 301) -> tuple[Check, Context]:
    check, context = seen(body, url=url, end=end)
    return structs.replace(check, hops=(Hop(url, status, end), Hop(end, 200))), context


@pytest.mark.parametrize(
    ("url", "end"),
    [
        ("https://doi.org/10.1371/journal.pone.0167475", "https://journals.plos.org/plosone/article?id=10.1371/x"),
        ("https://dx.doi.org/10.1000/182", "https://www.doi.org/the-identifier/resources/handbook/"),
        ("https://hdl.handle.net/2027/abc", "https://babel.hathitrust.org/cgi/pt?id=abc"),
        ("https://w3id.org/security/v1", "https://w3c-ccg.github.io/security-vocab/v1"),
        ("https://purl.org/dc/terms/", "https://www.dublincore.org/specifications/"),
        ("https://museum.org/ark:/12345/x9", "https://museum.org/objects/7"),
        ("https://docs.x.org/en/latest/guide", "https://docs.x.org/en/4.2/guide"),
        ("https://x.org/stable/", "https://x.org/v3/"),
        ("https://x.org/", "https://x.org/en/"),
        ("https://x.org/story", "https://x.org/story;jsessionid=1A2B"),
        ("https://x.org/story", "https://x.org/story?PHPSESSID=abc"),
        ("https://x.org/story", "https://consent.x.org/collect?continue=story"),
    ],
)
def test_links_that_are_to_stay(url: str, end: str) -> None:
    (finding,) = detect(*moved(url, end))

    assert finding.confidence is Confidence.HIGH
    assert finding.next == "Keep the link as it is."


def test_an_ordinary_move_is_left_to_the_verdict() -> None:
    check, context = moved("https://x.org/2017/winter-storm", "https://x.org/archive/winter-storm")

    assert list(detect(check, context)) == []
    assert not when((), check, context)


def test_temporary_steps_are_none() -> None:
    assert list(detect(*moved("https://doi.org/10.1/x", "https://a.org/x", status=302))) == []


@pytest.mark.parametrize(
    ("start", "end", "titles", "expected"),
    [
        ("http://a.org/x", "https://www.a.org/x/", (), Sameness.SAME),
        ("http://a.org/x.html", "https://a.org/x", (), Sameness.SAME),
        ("https://a.org/", "https://a.org/home", (), Sameness.SAME),
        ("https://a.org/2017/02/winter-storm", "https://b.org/stories/winter-storm-hits", (), Sameness.SAME),
        ("https://a.org/show?id=123456", "https://a.org/story-123456", (), Sameness.SAME),
        ("https://a.org/2017/02/winter-storm", "https://a.org/s", ("Winter Storm hits",), Sameness.SAME),
        ("https://a.org/2017/02/winter-storm", "https://a.org/news", ("News",), Sameness.LOST),
        ("https://a.org/a/b", "https://a.org/", (), Sameness.LOST),
        ("https://a.org/p/17", "https://a.org/section/other/page", (), Sameness.OPEN),
    ],
)
def test_sameness(start: str, end: str, titles: tuple[str, ...], expected: Sameness) -> None:
    assert sameness(start, end, titles) is expected


LOST = ("https://a.org/2017/02/winter-storm", "https://a.org/news")


def test_a_target_that_has_nothing_of_the_address_is_no_suggestion() -> None:
    check, context = moved(*LOST, body="<title>News</title><p>Many words of many stories.")

    assert when((), check, context)
    (finding,) = play(probe(check, context), [Failure(FailureKind.TIMEOUT_READ, "no answer")])
    assert finding.confidence is Confidence.MEDIUM
    assert finding.evidence["to"] == "https://a.org/news"


def test_a_site_that_says_404_to_nonsense_redirects_with_care() -> None:
    check, context = moved(*LOST, body="<title>News</title><p>Many words.")

    assert play(probe(check, context), [Response("https://a.org/2017/02/zzz", 404)]) == ()
