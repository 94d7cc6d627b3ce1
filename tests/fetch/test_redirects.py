import pytest
from msgspec import structs

from linkcheck.fetch.redirects import redirecting
from linkcheck.model import Failure, FailureKind, Hop, Read, Request, Response
from tests.fetch.fakes import FakeExchange, FakeSite, answer, to

pytestmark = pytest.mark.anyio

START = "http://a.test/start"


async def walk(site: FakeSite, url: str = START, **request: object) -> Response | Failure:
    return await redirecting(site)(structs.replace(Request(url), **request))


async def test_every_hop_is_kept() -> None:
    site = FakeSite({START: to("/b", 301), "http://a.test/b": to("https://c.test/", 308), "https://c.test/": answer()})

    response = await walk(site)

    assert isinstance(response, Response)
    assert (response.url, response.status, response.elapsed_ms) == ("https://c.test/", 200, 6.0)
    assert response.hops == (
        Hop(START, 301, "/b", 2.0, "192.0.2.1"),
        Hop("http://a.test/b", 308, "https://c.test/", 2.0, "192.0.2.1"),
        Hop("https://c.test/", 200, None, 2.0, "192.0.2.1"),
    )


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("other", "http://a.test/other"),
        ("?q=1", "http://a.test/start?q=1"),
        ("//b.test", "http://b.test/"),
        ("/caf\u00e9 noir", "http://a.test/caf%C3%A9%20noir"),
        ("http://b\u00fccher.test/", "http://xn--bcher-kva.test/"),
        ("/x#part", "http://a.test/x"),
        ("  /spaces\t", "http://a.test/spaces"),
        ("HTTP:\\\\b.test\\x", "http://b.test/x"),
        ("/a/../b", "http://a.test/b"),
    ],
)
async def test_a_location_is_resolved_as_browsers_do(location: str, target: str) -> None:
    site = FakeSite({START: to(location), target: answer()})

    response = await walk(site)

    assert isinstance(response, Response)
    assert (response.url, response.status) == (target, 200)


@pytest.mark.parametrize(
    "location", ["", "file:///etc/passwd", "javascript:alert(1)", "http://", "data:,x", "http://[", "ftp://a.test/"]
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_that_leads_nowhere_on_the_web_is_bad(location: str, status: int) -> None:
    failure = await walk(FakeSite({START: to(location, status)}))

    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.BAD_REDIRECT
    assert [hop.status for hop in failure.hops] == [status]


async def test_a_redirect_without_location_is_bad() -> None:
    failure = await walk(FakeSite({START: answer(301)}))

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.message) == (FailureKind.BAD_REDIRECT, "redirects without saying where")


@pytest.mark.parametrize("status", [300, 304, 305, 399])
async def test_other_statuses_of_their_kind_are_answers(status: int) -> None:
    response = await walk(FakeSite({START: to("/b", status)}))

    assert isinstance(response, Response)
    assert response.status == status


async def test_a_circle_is_a_loop_and_says_how_it_went() -> None:
    failure = await walk(FakeSite({START: to("/b"), "http://a.test/b": to("/start")}))

    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.REDIRECT_LOOP
    assert [hop.url for hop in failure.hops] == [START, "http://a.test/b"]


async def test_ten_redirects_are_walked_and_no_more() -> None:
    def chain(length: int) -> FakeSite:
        steps = {f"http://a.test/{n}": to(f"/{n + 1}") for n in range(length)}
        return FakeSite({**steps, f"http://a.test/{length}": answer()})

    ten, eleven = chain(10), chain(11)

    assert isinstance(await walk(ten, "http://a.test/0"), Response)
    failure = await walk(eleven, "http://a.test/0")
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.TOO_MANY_REDIRECTS
    assert len(eleven.asked) == len(failure.hops) == 11


async def test_a_cookie_wall_is_passed() -> None:
    def page(request: Request) -> Response:
        if ("cookie", "seen=1; lang=en") in request.headers:
            return answer(200)
        return to("/start", set_cookie="seen=1; Path=/; HttpOnly") if not request.headers else more(request)

    def more(request: Request) -> Response:
        assert ("cookie", "seen=1") in request.headers
        return to("/start", set_cookie="lang=en")

    response = await walk(FakeSite({START: page}))

    assert isinstance(response, Response)
    assert response.status == 200


async def test_cookies_stay_with_their_host() -> None:
    site = FakeSite({START: to("http://b.test/", set_cookie="secret=1"), "http://b.test/": answer()})

    await walk(site)

    assert site.asked[1].headers == ()


async def test_cookies_are_dropped_after_the_chain() -> None:
    site = FakeSite({START: to("/b", set_cookie="a=1"), "http://a.test/b": answer()})
    exchange = redirecting(site)

    await exchange(Request(START))
    await exchange(Request(START))

    assert [bool(request.headers) for request in site.asked] == [False, True, False, True]


async def test_a_flood_of_cookies_is_not_sent_back() -> None:
    def flood(_: Request) -> Response:
        return Response("", 302, (("location", "/b"), *(("set-cookie", f"c{n}={'x' * 4090}") for n in range(1000))))

    site = FakeSite({START: flood, "http://a.test/b": answer()})

    await walk(site)

    assert len(site.asked[1].headers[0][1]) < 50 * 4100


@pytest.mark.parametrize("target", ["http://b.test/", "https://a.test/", "http://a.test:8080/"])
async def test_credentials_never_cross_an_origin(target: str) -> None:
    site = FakeSite({START: to(target), target: answer()})

    await walk(site, headers=(("authorization", "Bearer x"), ("accept", "text/html")))

    assert site.asked[1].headers == (("accept", "text/html"),)


async def test_credentials_come_back_to_their_origin() -> None:
    site = FakeSite({START: to("/b"), "http://a.test/b": answer()})

    await walk(site, headers=(("authorization", "Bearer x"),))

    assert site.asked[1].headers == (("authorization", "Bearer x"),)


async def test_whoever_does_not_want_to_follow_gets_the_redirect() -> None:
    response = await walk(FakeSite({START: to("/b", 301)}), follow=False)

    assert isinstance(response, Response)
    assert (response.status, response.header("location")) == (301, "/b")


def onward(location: str, status: int = 200, seconds: int = 0) -> Response:
    body = f'<meta http-equiv="refresh" content="{seconds}; url={location}">'.encode()
    return answer(status, body, content_type="text/html")


async def test_a_page_that_sends_its_reader_on_is_a_hop() -> None:
    site = FakeSite({START: to("/b", 301), "http://a.test/b": onward("c#part"), "http://a.test/c": answer()})

    response = await walk(site)

    assert isinstance(response, Response)
    assert (response.url, response.status) == ("http://a.test/c", 200)
    assert response.hops == (
        Hop(START, 301, "/b", 2.0, "192.0.2.1"),
        Hop("http://a.test/b", 200, "c#part", 2.0, "192.0.2.1"),
        Hop("http://a.test/c", 200, None, 2.0, "192.0.2.1"),
    )


@pytest.mark.parametrize(
    "page",
    [
        onward("/start"),
        onward("/b", seconds=30),
        onward("/b", 404),
        onward("/b", 503),
        onward("javascript:alert(1)"),
        onward("file:///etc/passwd"),
    ],
)
async def test_a_page_that_stays_is_the_answer(page: Response) -> None:
    response = await walk(FakeSite({START: page}))

    assert isinstance(response, Response)
    assert response.hops == (Hop(START, page.status, None, 2.0, "192.0.2.1"),)


async def test_pages_that_send_each_other_readers_are_a_loop_and_are_counted_like_redirects() -> None:
    failure = await walk(FakeSite({START: onward("/b"), "http://a.test/b": to("/start")}))
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.REDIRECT_LOOP

    endless = FakeSite({f"http://a.test/{n}": onward(f"/{n + 1}") for n in range(50)})
    failure = await walk(endless, "http://a.test/0")
    assert isinstance(failure, Failure)
    assert (failure.kind, len(endless.asked)) == (FailureKind.TOO_MANY_REDIRECTS, 11)


async def test_a_page_sends_no_credentials_to_another_origin() -> None:
    site = FakeSite({START: onward("http://b.test/"), "http://b.test/": answer()})

    await walk(site, headers=(("authorization", "Bearer x"),))

    assert site.asked[1].headers == ()


@pytest.mark.parametrize("asked", [{"follow": False}, {"read": Read(media_types=("application/json",), limit=1)}])
async def test_whoever_wants_no_page_is_not_sent_on_by_one(asked: dict[str, object]) -> None:
    response = await walk(FakeSite({START: onward("/b")}), **asked)

    assert isinstance(response, Response)
    assert response.url == START


async def test_a_failure_on_the_way_carries_the_way() -> None:
    there = Response(START, 301, (("location", "/b"),), hops=(Hop(START, 301, "/b"),), elapsed_ms=3.0, attempts=2)
    broken = Failure(FailureKind.RESET, "broke", url="http://a.test/b", elapsed_ms=4.0, attempts=3)

    failure = await redirecting(FakeExchange(there, broken))(Request(START))

    assert failure == Failure(
        FailureKind.RESET, "broke", (Hop(START, 301, "/b"),), "http://a.test/b", elapsed_ms=7.0, attempts=4
    )
