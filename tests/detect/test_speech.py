"""What is heard of a page at once is no less than what those hear who look closely."""

import pytest

from linkcheck.detect.api import Page
from linkcheck.detect.saying import _ear as all_phrases
from linkcheck.detect.speech import speech_of
from linkcheck.model import PageFacts


def page(title: str = "", heading: str = "", text: str = "", words: int = 10) -> Page:
    headings = (heading,) if heading else ()
    return Page("https://a.org/x", 200, (), b"", text, facts=PageFacts(title=title, words=words), headings=headings)


@pytest.mark.parametrize("place", ["title", "heading", "text"])
def test_every_phrase_is_heard_wherever_it_stands(place: str) -> None:
    for (file, kind), phrase in all_phrases().phrases:
        assert speech_of(page(**{place: f"Well. {phrase.said} - The Paper"})).is_of(file, kind), phrase


def test_an_ordinary_page_speaks_of_nothing() -> None:
    speech = speech_of(page("The pier", "The pier", "It was built in 1898, of 14,040 piles."))
    assert not speech.topics
    assert not speech.has_status


@pytest.mark.parametrize("said", ["404", "Error 404", "error404 here", "Oops, 503 service unavailable"])
def test_a_status_is_heard(said: str) -> None:
    assert speech_of(page(text=said)).has_status


def test_the_text_of_a_long_page_is_not_listened_to() -> None:
    assert not speech_of(page(text="Page not found", words=301)).topics
    assert speech_of(page(title="Page not found", words=301)).topics


def test_a_page_is_heard_once() -> None:
    one = page("Page not found")
    assert speech_of(one) is speech_of(one)
