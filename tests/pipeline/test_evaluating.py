"""Archived pages are seen with the eyes of the detectors that a run has."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from linkcheck.config import Config
from linkcheck.model import Hop, Response
from linkcheck.pipeline.evaluating import evaluating
from linkcheck.pipeline.line import Job, Line
from linkcheck.store import Journal

URL = "http://a.org/2017/02/14/advisor-resigns-over-talks"
STORY = "The advisor said so himself in a letter to the paper on Monday. " * 30


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with closing(Journal(None)) as journal:
        yield Line(Job(config=Config(), journal=journal))


def seen(line: Line, title: str, text: str, *hops: Hop, at: str = URL) -> tuple[str | None, str | None]:
    body = f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{text}</p>".encode()
    headers = (("content-type", "text/html"),)
    page = Response(at, 200, headers=headers, body=body, hops=(*hops, Hop(at, 200)))
    shown = evaluating(line)(URL, page)
    return shown.trouble, shown.doubt


def test_a_story_is_neither_trouble_nor_doubt(line: Line) -> None:
    assert seen(line, "Advisor resigns over talks", STORY) == (None, None)


def test_a_challenge_is_a_wall(line: Line) -> None:
    trouble, _ = seen(line, "Just a moment...", "Checking your browser before accessing a.org.")

    assert trouble is not None
    assert trouble.startswith("a wall")


def test_a_domain_that_is_for_sale_is_somebody_elses(line: Line) -> None:
    trouble, _ = seen(
        line, "a.org is for sale", "Buy this domain. It may be for sale by its owner. Related searches: loans."
    )

    assert trouble is not None
    assert trouble.startswith("a page of somebody else")


def test_a_captured_redirect_to_the_home_page_is_an_error(line: Line) -> None:
    trouble, _ = seen(line, "News", STORY, Hop(URL, 301, "/"), at="http://a.org/")

    assert trouble is not None
    assert "home page" in trouble


def test_words_of_an_error_page_are_a_doubt(line: Line) -> None:
    trouble, doubt = seen(line, "404 - Page not found", "Sorry, the page you were looking for does not exist.")

    assert trouble is None
    assert doubt is not None
    assert doubt.startswith("most likely an error page")
