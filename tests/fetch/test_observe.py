from datetime import UTC, datetime

import pytest

from linkcheck.clock import Clock
from linkcheck.fetch.observe import observing
from linkcheck.model import Failure, FailureKind, Hop, Link, Response
from tests.fetch.fakes import FakeExchange, answer

pytestmark = pytest.mark.anyio

CLOCK = Clock(now=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))
PAGE = b"<title>Rot</title><h1 id=top1>On rot</h1><p>Some words of text."


def page(body: bytes = PAGE, media_type: str | None = "text/html", status: int = 200) -> Response:
    headers = (("content-type", f"{media_type}; charset=utf-8"),) if media_type else ()
    hops = (Hop("http://a.test/", 301, "/b", 1.0), Hop("http://a.test/b", status, None, 2.0))
    return Response("http://a.test/b", status, headers, body, hops=hops, elapsed_ms=3.0, attempts=2)


async def test_a_page_is_written_down() -> None:
    observation = await observing(FakeExchange(page()), CLOCK)(Link(1, "http://a.test/", ("top1", "nope")))

    check = observation.check
    assert (check.at, check.status, check.failure) == ("2026-03-01T12:00:00Z", 200, None)
    assert (check.final_url, check.media_type, check.title) == ("http://a.test/b", "text/html", "Rot")
    assert (check.bytes, check.elapsed_ms, check.attempts, len(check.hops)) == (len(PAGE), 3.0, 2, 2)
    assert {name: one.found for name, one in check.fragments.items()} == {"top1": True, "nope": False}
    assert check.facts is not None
    assert check.facts.h1 == "On rot"


async def test_the_page_itself_comes_along() -> None:
    observation = await observing(FakeExchange(page()), CLOCK)(Link(1, "http://a.test/"))

    assert observation.page is not None
    assert (observation.page.body, observation.page.status) == (PAGE, 200)
    assert "Some words of text." in observation.page.text


async def test_what_the_page_says_of_its_price_comes_along() -> None:
    said = b'<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":false}</script>'
    observation = await observing(FakeExchange(page(said)), CLOCK)(Link(1, "http://a.test/"))

    assert observation.page is not None
    assert observation.page.is_free is False


@pytest.mark.parametrize("media_type", ["application/xhtml+xml", None])
async def test_what_may_be_html_is_read_as_html(media_type: str | None) -> None:
    observation = await observing(FakeExchange(page(media_type=media_type)), CLOCK)(Link(1, "http://a.test/"))

    assert observation.check.title == "Rot"


async def test_error_pages_are_read_too() -> None:
    observation = await observing(FakeExchange(page(status=404)), CLOCK)(Link(1, "http://a.test/"))

    assert (observation.check.status, observation.check.title) == (404, "Rot")


async def test_of_other_types_only_the_answer_is_written_down() -> None:
    observation = await observing(FakeExchange(page(b"%PDF", "application/pdf")), CLOCK)(
        Link(1, "http://a.test/", ("page=2",))
    )

    assert observation.check.facts is not None
    assert observation.check.facts.words == 0
    assert observation.check.media_type == "application/pdf"
    assert observation.check.fragments["page=2"].found is None


async def test_a_failure_is_written_down_with_its_way() -> None:
    failure = Failure(
        FailureKind.RESET, "broke", (Hop("http://a.test/", 301),), "http://a.test/b", elapsed_ms=5.0, attempts=3
    )

    observation = await observing(FakeExchange(failure), CLOCK)(Link(1, "http://a.test/", ("x",)))

    check = observation.check
    assert observation.page is None
    assert check.failure is not None
    assert (check.failure.kind, check.failure.message, check.status) == (FailureKind.RESET, "broke", None)
    assert (check.final_url, check.attempts, check.elapsed_ms) == ("http://a.test/b", 3, 5.0)
    assert [hop.status for hop in check.hops] == [301]
    assert check.fragments["x"].found is None


@pytest.mark.parametrize("is_fresh", [True, False])
async def test_a_last_chance_has_a_connection_of_its_own(is_fresh: bool) -> None:
    wire = FakeExchange(answer())

    await observing(wire, CLOCK)(Link(1, "http://a.test/"), is_fresh=is_fresh)

    assert (("connection", "close") in wire.asked[0].headers) is is_fresh
    assert (wire.asked[0].method, wire.asked[0].follow) == ("GET", True)


@pytest.mark.parametrize(("attempts", "is_inferred"), [(0, True), (1, False), (3, False)])
async def test_what_was_never_asked_is_inferred(attempts: int, is_inferred: bool) -> None:
    failed = Failure(FailureKind.REFUSED, "no", attempts=attempts)
    said = Response("http://a.test/", 429, hops=(Hop("http://a.test/", 429),), attempts=attempts)

    for one in (failed, said):
        assert (await observing(FakeExchange(one), CLOCK)(Link(1, "http://a.test/"))).check.inferred is is_inferred


async def test_a_link_that_leads_to_a_host_that_is_down_was_asked_itself() -> None:
    failed = Failure(FailureKind.REFUSED, "no", (Hop("http://a.test/", 301),), "http://b.test/", attempts=0)

    assert not (await observing(FakeExchange(failed), CLOCK)(Link(1, "http://a.test/"))).check.inferred


def told(status: int, *way: tuple[str, int], body: bytes = PAGE) -> Response:
    hops = tuple(Hop(url, step) for url, step in way)
    headers = (("content-type", "text/html"), ("last-modified", "Tue, 14 Feb 2017 12:00:00 GMT"))
    return Response(way[-1][0], status, headers, body if status == 200 else b"", hops=hops)


STORY, HOME = "http://a.test/story", "http://a.test/"


async def test_a_page_that_has_not_changed_is_as_it_was() -> None:
    site = FakeExchange(told(200, (STORY, 200)), told(304, (STORY, 304)))
    observe = observing(site, CLOCK)
    first = await observe(Link(1, STORY))

    again = await observe(Link(1, STORY), known=first.check)

    assert (again.check.unchanged, again.check.status, again.check.title) == (True, 200, "Rot")
    assert ("if-modified-since", "Tue, 14 Feb 2017 12:00:00 GMT") in site.asked[1].headers


@pytest.mark.parametrize("status", [301, 302])
async def test_an_unchanged_home_page_does_not_speak_for_the_story_that_leads_there_by_now(status: int) -> None:
    led = (STORY, status), (HOME, 304)
    site = FakeExchange(
        told(200, (STORY, 200)), told(304, *led), told(200, led[0], (HOME, 200), body=b"<title>Home</title>")
    )
    observe = observing(site, CLOCK)
    first = await observe(Link(1, STORY))

    again = await observe(Link(1, STORY), known=first.check)

    assert (again.check.unchanged, again.check.final_url, again.check.title) == (False, HOME, "Home")
    assert [name for name, _ in site.asked[2].headers] == []
    assert again.page is not None


async def test_a_304_that_nobody_asked_for_is_an_answer_of_its_own() -> None:
    site = FakeExchange(told(200, (STORY, 200)), told(304, (HOME, 304)), told(304, (HOME, 304)))
    observe = observing(site, CLOCK)
    first = await observe(Link(1, STORY))

    again = await observe(Link(1, STORY), known=first.check)

    assert (again.check.unchanged, again.check.status) == (False, 304)
