"""What counts as landing on a home page."""

import pytest

from linkcheck.detect.api import Context
from linkcheck.detect.homepage_redirect import detect
from linkcheck.model import Check, Confidence, Hop


def seen(start: str, end: str, status: int = 200) -> list[Confidence]:
    hops = (Hop(start, 301), Hop(end, status))
    check = Check(at="2026-11-24T14:02:00Z", status=status, hops=hops, final_url=end)
    return [finding.confidence for finding in detect(check, Context(url=start))]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("https://paper.org/2017/02/14/story", "https://www.paper.org/"),
        ("http://www.paper.org/news/story.html", "https://paper.org/en/"),
        ("https://paper.org/news/story", "https://paper.org/index.html"),
        ("https://paper.org/news/story", "https://paper.org/us"),
    ],
)
def test_a_story_that_lands_on_the_home_page_is_seen(start: str, end: str) -> None:
    assert seen(start, end) == [Confidence.HIGH]


def test_a_shallow_page_is_less_certain() -> None:
    assert seen("https://paper.org/about", "https://paper.org/") == [Confidence.MEDIUM]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("http://paper.org/", "https://paper.org/"),
        ("https://paper.org/en/", "https://paper.org/"),
        ("https://paper.org/index.php", "https://paper.org/"),
        ("https://short.ly/abcdef", "https://paper.org/"),
        ("https://paper.org/2017/story", "https://paper.org/2017/other"),
        ("https://paper.org/2017/story", "https://paper.org/?p=12"),
        ("https://paper.org/2017/story", "https://paper.org/a/7"),
        ("https://paper.org/2017/story", "https://paper.org/7"),
        ("https://paper.org/2017/story", "https://paper.org/p/ab"),
        ("https://paper.org/topics/artificial-intelligence", "https://paper.org/ai"),
        ("https://paper.org/programmes/television", "https://paper.org/tv/"),
    ],
)
def test_other_redirects_say_nothing(start: str, end: str) -> None:
    assert seen(start, end) == []


def test_an_answer_that_is_no_page_says_nothing() -> None:
    assert seen("https://paper.org/2017/story", "https://paper.org/", status=503) == []
