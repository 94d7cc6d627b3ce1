import gzip
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import pytest
import trustme

from linkcheck import __version__
from linkcheck.archives.api import Archive, Manners
from linkcheck.clock import Clock
from linkcheck.config import Config, HostSettings
from linkcheck.errors import ConfigError
from linkcheck.fetch.onion import Web, open_web
from linkcheck.fetch.resolve import Resolver
from linkcheck.model import Conversation, Failure, FailureKind, Lookup, Request, Response
from tests.fetch.fakes import FakeExchange, FakeTime, answer
from tests.fetch.test_resolve import FOUND, NXDOMAIN, FakeLookUp
from tests.fetch.test_wires import silence
from tests.servers import authority as certificates
from tests.servers import http, redirect, serving

pytestmark = pytest.mark.anyio


class FakeWire:
    def __init__(self, exchange: FakeExchange) -> None:
        self.send = exchange
        self.is_closed = False

    async def aclose(self) -> None:
        self.is_closed = True


@asynccontextmanager
async def web(**settings: object) -> AsyncIterator[Web]:
    opened = open_web(Config(**{"host_interval": 0, **settings}), clock=Clock(), sleep=FakeTime().sleep)
    try:
        yield opened
    finally:
        await opened.aclose()


async def test_a_page_comes_through_all_layers() -> None:
    zipped = http(200, gzip.compress(b"<p>text"), headers={"content-encoding": "gzip"})
    async with serving({"/": redirect("/page", 301), "/page": zipped}) as server:
        settings = {"resolve": (f"a.test:{server.port}:127.0.0.1",), "user_agent": "linkcheck/{version} (+here)"}
        async with web(**settings) as opened:
            response = await opened.exchange(Request(f"http://a.test:{server.port}/"))

    assert isinstance(response, Response)
    assert (response.status, response.body) == (200, b"<p>text")
    assert [(hop.status, hop.address) for hop in response.hops] == [(301, "127.0.0.1"), (200, "127.0.0.1")]
    assert opened.traffic.requests == 2
    assert f"user-agent: linkcheck/{__version__} (+here)\r\n" in server.requests[0].lower()


async def test_a_redirect_cannot_lead_us_to_a_private_host() -> None:
    async with (
        serving({"/": redirect("http://127.0.0.1:1/admin")}) as server,
        web(resolve=(f"a.test:{server.port}:127.0.0.1",)) as opened,
    ):
        failure = await opened.exchange(Request(f"http://a.test:{server.port}/"))

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.message) == (FailureKind.POLICY, "private address 127.0.0.1")
    assert (failure.url, len(failure.hops)) == ("http://127.0.0.1:1/admin", 1)


async def test_every_attempt_and_every_hop_is_a_request() -> None:
    async with serving({"/": redirect("/busy"), "/busy": http(503)}) as server, web(allow_private=True) as opened:
        response = await opened.exchange(Request(f"{server.url}/"))

    assert isinstance(response, Response)
    assert (response.status, response.attempts, opened.traffic.requests) == (503, 3, 4)


async def test_a_dead_name_sends_nothing() -> None:
    wire = FakeWire(FakeExchange(answer()))
    opened = open_web(Config(), clock=Clock(), wire=wire, resolver=Resolver(FakeLookUp(NXDOMAIN)))

    failure = await opened.exchange(Request("http://x.test/"))

    assert isinstance(failure, Failure)
    assert (failure.kind, opened.traffic.requests, wire.send.asked) == (FailureKind.DNS_NXDOMAIN, 0, [])


async def test_a_name_that_resolves_at_the_second_attempt_is_asked() -> None:
    look_up = FakeLookUp(Failure(FailureKind.DNS_TEMPORARY, "no answer"), ("93.184.215.14",))
    opened = open_web(
        Config(),
        clock=Clock(),
        wire=FakeWire(FakeExchange(answer())),
        resolver=Resolver(look_up),
        sleep=FakeTime().sleep,
    )

    assert isinstance(await opened.exchange(Request("http://a.test/")), Response)


def archive_at(endpoint: str) -> Archive:
    def look_up(*_: object) -> Conversation[Lookup]:
        raise NotImplementedError

    manners = {"cdx": Manners(requests=1, seconds=60.0)}
    return Archive(
        name="wayback", title="Wayback Machine", manners=manners, look_up=look_up, endpoints={"cdx": endpoint}
    )


async def test_archives_may_be_private_and_are_asked_with_manners() -> None:
    async with serving({"/cdx": http(200, b"[]")}) as server:
        time = FakeTime()
        opened = open_web(
            Config(host_interval=0),
            clock=Clock(stopwatch=time.stopwatch),
            archives=[archive_at(f"{server.url}/cdx")],
            sleep=time.sleep,
        )
        answers = [await opened.exchange(Request(f"{server.url}/cdx?url=x")) for _ in range(2)]
        await opened.aclose()

    assert isinstance(answers[0], Response)
    assert (answers[0].body, len(server.requests)) == (b"[]", 1)
    assert isinstance(answers[1], Failure)
    assert answers[1].kind is FailureKind.BUDGET


async def test_closing_the_web_closes_the_wire() -> None:
    wire = FakeWire(FakeExchange(answer()))

    await open_web(Config(), clock=Clock(), wire=wire, resolver=Resolver(FakeLookUp(FOUND))).aclose()

    assert wire.is_closed


async def test_hundreds_at_once_are_answered() -> None:
    async with serving({"/": http(200, b"x")}) as server, web(allow_private=True) as opened:
        answers: list[int] = []

        async def ask() -> None:
            response = await opened.exchange(Request(f"{server.url}/"))
            assert isinstance(response, Response)
            answers.append(response.status)

        async with anyio.create_task_group() as group:
            for _ in range(200):
                group.start_soon(ask)

    assert answers == [200] * 200
    assert server.connections <= 10


def test_nonsense_in_the_settings_is_named() -> None:
    with pytest.raises(ConfigError, match="--resolve"):
        open_web(Config(resolve=("nonsense",)), clock=Clock())


@pytest.mark.parametrize("engine", ["httpx", "wreq"])
async def test_authorities_of_a_file_are_trusted_and_secrets_stay_with_their_origin(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "wreq":
        pytest.importorskip("wreq", reason="the fast wire is an extra")
    monkeypatch.setenv("LINKCHECK_SECRET_A", "s3cret")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("a.test", "b.test").configure_cert(context)
    async with serving({"/": redirect("https://b.test/")}, tls=context) as first, serving({}, tls=context) as second:
        settings = {
            "engine": engine,
            "ca_file": str(tmp_path / "authority.pem"),
            "resolve": (f"a.test:443:127.0.0.1:{first.port}", f"b.test:443:127.0.0.1:{second.port}"),
            "hosts": {"a.test": HostSettings(headers={"authorization": "Bearer ${LINKCHECK_SECRET_A}"})},
        }
        async with web(**settings) as opened:
            response = await opened.exchange(Request("https://a.test/"))

    assert isinstance(response, Response)
    assert (response.status, response.url) == (404, "https://b.test/")
    assert "s3cret" in first.requests[0]
    assert "s3cret" not in second.requests[0]


@pytest.mark.parametrize("engine", ["httpx", "wreq"])
async def test_a_bad_certificate_comes_with_its_names_and_dates(engine: str) -> None:
    if engine == "wreq":
        pytest.importorskip("wreq", reason="the fast wire is an extra")
    server_side, _ = certificates("other.test", expired=True)
    async with (
        serving({"/": http()}, tls=server_side) as server,
        web(engine=engine, allow_private=True, retries=0) as opened,
    ):
        failure = await opened.exchange(Request(f"https://127.0.0.1:{server.port}/"))

    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.TLS_UNTRUSTED
    assert "(for other.test; valid from " in failure.message


async def test_a_host_may_have_a_time_of_its_own() -> None:
    async with serving(silence) as server:
        hosts = {f"127.0.0.1:{server.port}": HostSettings(timeout=0.5)}
        async with web(allow_private=True, retries=0, hosts=hosts) as opened:
            failure = await opened.exchange(Request(f"{server.url}/"))

    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.TIMEOUT_READ


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"ca_file": "/nowhere.pem"}, "--ca-file: /nowhere.pem cannot be read"),
        (
            {"hosts": {"a.test": HostSettings(headers={"x": "${LINKCHECK_SECRET_NONE}"})}},
            "needs \\$LINKCHECK_SECRET_NONE",
        ),
    ],
)
def test_what_is_not_there_is_named(settings: dict[str, object], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        open_web(Config(**settings), clock=Clock())


async def test_hosts_may_have_a_pace_of_their_own() -> None:
    time = FakeTime()
    opened = open_web(
        Config(host_interval=0, hosts={"a.test": HostSettings(interval=3.0)}),
        clock=Clock(stopwatch=time.stopwatch),
        wire=FakeWire(FakeExchange(answer())),
        resolver=Resolver(FakeLookUp(("93.184.215.14",))),
        sleep=time.sleep,
    )
    for url in ("http://a.test/1", "http://a.test/2", "http://b.test/1", "http://b.test/2"):
        await opened.exchange(Request(url))

    assert time.slept == [3.0]


async def test_many_links_of_a_host_that_is_down_cost_one_attempt() -> None:
    failure = Failure(FailureKind.TIMEOUT_CONNECT, "no connection in time")
    wire = FakeWire(FakeExchange(failure))
    opened = open_web(Config(), clock=Clock(), wire=wire, resolver=Resolver(FakeLookUp(("93.184.215.14",))))

    crawled = [await opened.crawling(Request(f"http://a.test/{n}")) for n in range(20)]
    await opened.exchange(Request("http://a.test/"))

    assert [one.attempts for one in crawled] == [1] + [0] * 19
    assert len(wire.send.asked) == 2
