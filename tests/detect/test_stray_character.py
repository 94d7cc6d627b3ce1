"""Characters that are no part of the address that they end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkcheck.detect.stray_character import probe, when, without_stray
from linkcheck.model import Check, Confidence, Finding, Observe, PageFacts
from tests.detect.answers import seen
from tests.play import play

URL = "https://paper.org/story"


@pytest.mark.parametrize(
    ("url", "better"),
    [
        ("https://a.org/x%E2%80%8B", "https://a.org/x"),
        ("https://a.org/x%C2%A0", "https://a.org/x"),
        ("https://a.org/x%C2%AD/y", "https://a.org/x/y"),
        ("https://a.org/a%E2%80%8Bb?q=1%EF%BB%BF", "https://a.org/ab?q=1"),
        ("https://a.org/x%20", "https://a.org/x"),
        ("https://a.org/x.", "https://a.org/x"),
        ("https://a.org/x%E2%80%9D).", "https://a.org/x"),
        ("https://a.org/x_(y))", "https://a.org/x_(y)"),
        ("https://a.org/x_(y)", None),
        ("https://a.org/x", None),
        ("https://a.org/", None),
        ("https://a.org", None),
        ("https://a.org/%D9%85%DB%8C%E2%80%8C%D8%AE", None),
        ("https://a.org/x#y.", None),
        ("mailto:a@a.org.", None),
    ],
)
def test_what_hardly_belongs_to_an_address_is_left_out(url: str, better: str | None) -> None:
    assert without_stray(url) == better


@given(st.text(alphabet="abc().,%20[]\u200b\u00a0\u201d#?/", max_size=40))
def test_what_is_left_is_an_address_and_shorter(rest: str) -> None:
    url = f"https://a.org/{rest}"
    better = without_stray(url)

    assert better is None or better.startswith("https://a.org/")


def asked(
    status: int | None, *, url: str = f"{URL}%E2%80%8B", before: int = 404, end: str = URL
) -> tuple[Finding, ...]:
    check, context = seen("", before, url=url)
    answer = Check(at=check.at, status=status, final_url=end)
    questions: list[Observe] = []
    findings = tuple(play(probe(check, context), [answer], asked=questions))
    assert questions == [Observe(URL)]
    return findings


def test_where_the_page_is_without_it_that_is_to_be_written() -> None:
    (finding,) = asked(200)

    assert "U+200B ZERO WIDTH SPACE" in finding.message
    assert finding.next == f"Write {URL}"
    assert finding.confidence is Confidence.HIGH
    assert finding.evidence["to"] == URL
    assert finding.evidence["characters"] == ["U+200B ZERO WIDTH SPACE"]


def test_where_nobody_knows_it_is_only_suspected() -> None:
    (finding,) = asked(403)

    assert finding.confidence is Confidence.LOW
    assert finding.next.startswith("Open ")
    assert asked(200, before=200)[0].confidence is Confidence.MEDIUM
    assert asked(404) == ()
    assert asked(200, end="https://paper.org/") == ()


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        (PageFacts(title="Page not found", words=15, text_digest="x"), URL),
        (PageFacts(title="Gazette", h1="Error 404", words=15, text_digest="x"), URL),
        (PageFacts(title="Access denied", words=15, text_digest="x"), URL),
        (PageFacts(title="Sign in", words=15, text_digest="x"), "https://paper.org/login?next=/story"),
        (PageFacts(title="Gazette", words=15, text_digest="x"), "https://paper.org/en/news"),
    ],
)
def test_an_error_page_or_another_page_is_no_page(facts: PageFacts, end: str) -> None:
    check, context = seen("", 400, url=f"{URL}%3E")
    answer = Check(at=check.at, status=200, final_url=end, facts=facts)
    (finding,) = play(probe(check, context), [answer])

    assert finding.confidence is Confidence.LOW
    assert finding.next == f"Open {URL} and write that, if it is the page"


def test_a_page_at_the_same_place_is_there() -> None:
    check, context = seen("", 404, url=f"{URL}%3E")
    answer = Check(
        at=check.at,
        status=200,
        final_url="https://www.paper.org/story/",
        facts=PageFacts(title="Story", text_digest="x"),
    )
    (finding,) = play(probe(check, context), [answer])

    assert finding.next == f"Write {URL}"


@pytest.mark.parametrize(
    ("name", "confidence"), [("!!!", Confidence.MEDIUM), ("%22", Confidence.MEDIUM), ("%E2%80%8B", Confidence.HIGH)]
)
def test_a_name_of_nothing_but_such_characters_may_be_one(name: str, confidence: Confidence) -> None:
    check, context = seen("", 404, url=f"https://paper.org/wiki/{name}")
    answer = Check(at=check.at, status=200, final_url="https://paper.org/wiki/")
    (finding,) = play(probe(check, context), [answer])

    assert finding.confidence is confidence


def test_a_page_that_is_shown_for_everything_is_no_proof() -> None:
    check, context = seen("<title>x</title><p>Some words.</p>", 200, url=f"{URL}.")

    assert tuple(play(probe(check, context), [structs.replace(check, final_url=URL)])) == ()


def test_nobody_asks_where_nothing_is_lost() -> None:
    for status, url, wanted in ((200, f"{URL}.", False), (404, f"{URL}.", True), (404, URL, False)):
        check, context = seen("", status, url=url)
        assert when((), check, context) is wanted
