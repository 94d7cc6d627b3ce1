"""What counts as a page that must be paid for."""

import pytest

from linkcheck.detect.api import Context
from linkcheck.detect.paywall import detect
from linkcheck.model import Confidence, Severity
from tests.detect.answers import URL, seen


def article(said: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","isAccessibleForFree":{said}}}</script><p>Text.'


def test_status_402_is_a_paywall() -> None:
    (finding,) = detect(*seen("", 402))

    assert (finding.confidence, finding.message) == (Confidence.HIGH, "wants to be paid for: status 402")


def test_a_page_that_says_so_is_believed_and_cited() -> None:
    (finding,) = detect(*seen(article('"False"')))

    assert finding.confidence is Confidence.MEDIUM
    assert finding.evidence == {"isAccessibleForFree": False, "words": 0}


def test_a_page_that_shows_its_text_all_the_same_is_no_wall() -> None:
    (finding,) = detect(*seen(article("false") + "<p>" + "word " * 120))

    assert (finding.severity, finding.confidence) == (Severity.NOTE, Confidence.LOW)
    assert finding.evidence["words"] == 120


@pytest.mark.parametrize("said", ["true", '"True"', "null"])
def test_a_page_that_is_free_or_silent_is_none(said: str) -> None:
    assert list(detect(*seen(article(said)))) == []


@pytest.mark.parametrize(
    "said",
    ["You have 0 free articles left", "Subscribe to continue reading", "Dieser Artikel ist exklusiv", "有料会員限定"],
)
def test_a_short_page_that_wants_a_subscription_is_a_paywall(said: str) -> None:
    (finding,) = detect(*seen(f"<title>Story</title><h1>Story</h1><p>{said}</p>"))

    assert finding.confidence is Confidence.MEDIUM
    assert list(detect(*seen(f"<h1>Story</h1><p>{said}</p><p>" + "word " * 120))) == []
    assert list(detect(*seen("<h1>Story</h1><p>Free articles of the week</p>"))) == []


def test_what_an_error_page_says_of_itself_does_not_count() -> None:
    assert list(detect(*seen(article("false"), 404))) == []


def test_without_an_answer_there_is_nothing_to_see() -> None:
    check, _ = seen()

    assert list(detect(check, Context(url=URL))) == []
