"""The contract of a wire, which both keep: what is asked of one is asked of the other, of the same servers."""

import asyncio
import gzip
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

import anyio
import certifi
import pytest

from linkcheck import uri
from linkcheck.clock import Clock
from linkcheck.fetch.engine import wire_named
from linkcheck.fetch.wire import Limits, Wire
from linkcheck.model import Failure, FailureKind, Read, Request, Response
from tests.servers import Answer, authority, http, redirect, serving, swallowing

pytestmark = pytest.mark.anyio

LOOPBACK = ("127.0.0.1",)


@pytest.fixture(params=["httpx", "wreq"])
def engine(request: pytest.FixtureRequest) -> str:
    if find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    return request.param


@asynccontextmanager
async def open_wire(engine: str, **limits: object) -> AsyncIterator[Wire]:
    wire = wire_named(engine, Limits(**{"timeout": 5, "connect_timeout": 2, **limits}), Clock())
    try:
        yield wire
    finally:
        await wire.aclose()


async def get(engine: str, asked: str | Request, **limits: object) -> Response | Failure:
    async with open_wire(engine, **limits) as wire:
        return await wire.send(Request(asked, addresses=LOOPBACK) if isinstance(asked, str) else asked)


async def get_from(engine: str, page: Answer, read: Read | None = None, **limits: object) -> Response | Failure:
    async with serving({"/": page}) as server:
        request = Request(f"{server.url}/", addresses=LOOPBACK)
        return await get(engine, Request(request.url, addresses=LOOPBACK, read=read) if read else request, **limits)


def kind_of(answer: Response | Failure) -> FailureKind | int:
    return answer.kind if isinstance(answer, Failure) else answer.status


# What comes


async def test_a_response_comes_as_it_was_sent(engine: str) -> None:
    async with serving({"/a": http(200, b"<p>Hi", headers={"X-Twice": "1", "x-twice": "2"})}) as server:
        response = await get(engine, f"{server.url}/a?b")

    assert isinstance(response, Response)
    assert (response.url, response.status, response.body) == (f"{server.url}/a?b", 200, b"<p>Hi")
    assert [value for name, value in response.headers if name == "x-twice"] == ["1", "2"]
    assert response.truncated is False
    assert [(hop.url, hop.status, hop.address) for hop in response.hops] == [(response.url, 200, "127.0.0.1")]
    assert 0 < response.elapsed_ms == response.hops[0].elapsed_ms


async def test_an_address_may_have_a_port_of_its_own(engine: str) -> None:
    async with serving({"/": http(200, b"here")}) as server, open_wire(engine) as wire:
        answer = await wire.send(Request("http://a.test/", addresses=(f"127.0.0.1:{server.port}",)))

    assert isinstance(answer, Response)
    assert answer.body == b"here"
    assert answer.hops[0].address == "127.0.0.1"


async def test_an_address_with_a_port_changes_nothing_else(engine: str) -> None:
    server_side, client_side = authority("good.test")
    async with serving({"/x": http(200, b"safe")}, tls=server_side) as server:
        request = Request("https://good.test/x?y", addresses=(f"127.0.0.1:{server.port}",))
        response = await get(engine, request, tls=client_side)

    assert kind_of(response) == 200
    assert isinstance(response, Response)
    assert response.url == "https://good.test/x?y"
    assert "host: good.test\r\n" in server.requests[0].lower()


async def test_a_literal_address_may_lie_elsewhere(engine: str) -> None:
    async with serving({"/": http(200, b"here")}) as server:
        request = Request("http://192.0.2.7/", addresses=(f"127.0.0.1:{server.port}",))
        response = await get(engine, request)

    assert kind_of(response) == 200
    assert "host: 192.0.2.7\r\n" in server.requests[0].lower()


async def test_addresses_may_differ_in_their_ports(engine: str) -> None:
    async with serving({"/": http(200, b"here")}) as server:
        places = (f"127.0.0.2:{closed_port()}", f"127.0.0.1:{server.port}")
        response = await get(engine, Request("http://a.invalid/", addresses=places))

    assert kind_of(response) == 200


async def test_redirects_are_not_walked(engine: str) -> None:
    response = await get_from(engine, redirect("/b", 301))

    assert isinstance(response, Response)
    assert (response.status, response.hops[0].location) == (301, "/b")


@pytest.mark.parametrize(
    "location",
    [
        "javascript:alert(1)",
        "mailto:a@b.test",
        "/ok\x1b[31m",
        "http://host:8997\\ok",
        "http://host:port/",
        "//",
        "http://[::1",
        "http://a.test/" + "x" * 70_000,
        "",
    ],
)
async def test_where_a_redirect_leads_is_not_for_the_wire_to_judge(engine: str, location: str) -> None:
    raw = f"HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n"

    response = await get_from(engine, raw.encode())

    assert isinstance(response, Response)
    assert (response.status, response.hops[0].location) == (302, location)


async def test_a_login_in_the_address_is_sent_unless_the_request_has_one(engine: str) -> None:
    async with serving({"/": http()}) as server:
        url = f"http://me:s%40crt@127.0.0.1:{server.port}/"
        await get(engine, url)
        await get(engine, Request(url, headers=(("authorization", "Bearer x"),), addresses=LOOPBACK))

    assert "authorization: basic bwu6c0bjcnq=" in server.requests[0].lower()
    assert "authorization: bearer x" in server.requests[1].lower()
    assert "basic" not in server.requests[1].lower()


async def test_headers_are_read_as_utf8_where_they_are(engine: str) -> None:
    response = await get_from(
        engine, b"HTTP/1.1 200 OK\r\nx-utf8: caf\xc3\xa9\r\nx-latin: caf\xe9\r\ncontent-length: 0\r\n\r\n"
    )

    assert isinstance(response, Response)
    assert response.header("x-utf8") == response.header("x-latin") == "caf\u00e9"


async def test_bodies_are_not_decompressed(engine: str) -> None:
    body = gzip.compress(b"text")

    response = await get_from(engine, http(200, body, headers={"content-encoding": "gzip"}))

    assert isinstance(response, Response)
    assert response.body == body


@pytest.mark.parametrize("status", [100_000, 999, 418, 599])
async def test_odd_statuses_are_answers_as_far_as_http_goes(engine: str, status: int) -> None:
    assert kind_of(await get_from(engine, http(status))) == (status if status < 1000 else FailureKind.PROTOCOL)


async def test_requests_send_their_headers_and_keep_no_cookies(engine: str) -> None:
    async with serving({"/": http(200, headers={"set-cookie": "a=1"})}) as server, open_wire(engine) as wire:
        for _ in range(2):
            await wire.send(Request(f"{server.url}/", headers=(("x-mine", "caf\u00e9"),), addresses=LOOPBACK))

    assert all("cookie" not in head.lower() for head in server.requests)
    assert "x-mine: caf\u00c3\u00a9" in server.requests[0]


@pytest.mark.parametrize("path", ["/a|b[c]'%zz?q=|[]{}&x=%2f", "/?", "//x/../", "/a;b=c,d!$"])
async def test_the_path_is_sent_as_whatwg_writes_it(engine: str, path: str) -> None:
    async with serving({}) as server:
        await get(engine, uri.parse(f"{server.url}{path}").href)

    assert server.requests[0].split(" ")[1] == uri.parse(f"http://a.test{path}").href.removeprefix("http://a.test")


async def test_nothing_is_sent_that_was_not_asked_for(engine: str) -> None:
    async with serving({}) as server:
        headers = (("user-agent", "linkcheck"), ("accept", "*/*"), ("accept-encoding", "gzip"))
        await get(engine, Request(f"{server.url}/", headers=headers, addresses=LOOPBACK))

    first, *sent = server.requests[0].lower().strip().split("\r\n")
    expected = {f"host: 127.0.0.1:{server.port}", "user-agent: linkcheck", "accept: */*", "accept-encoding: gzip"}
    assert (first, set(sent)) == ("get / http/1.1", expected)


async def test_urls_beyond_64_kilobytes_are_a_failure(engine: str) -> None:
    assert kind_of(await get(engine, f"http://127.0.0.1:{closed_port()}/{'x' * 60_000}")) is FailureKind.REFUSED
    assert kind_of(await get(engine, f"http://127.0.0.1:{closed_port()}/{'x' * 70_000}")) is FailureKind.PROTOCOL


async def test_the_method_is_sent(engine: str) -> None:
    async with serving({"/": b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"}) as server:
        response = await get(engine, Request(f"{server.url}/", "HEAD", addresses=LOOPBACK))

    assert kind_of(response) == 200
    assert server.requests[0].startswith("HEAD / ")


async def test_a_form_is_sent(engine: str) -> None:
    form = (("content-type", "application/x-www-form-urlencoded"),)
    async with serving({"/save": b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"}) as server:
        asked = Request(f"{server.url}/save", "POST", form, content=b"url=http%3A%2F%2Fa", addresses=LOOPBACK)
        response = await get(engine, asked)

    assert kind_of(response) == 200
    head = server.requests[0].lower()
    assert head.startswith("post /save http/1.1\r\n")
    assert "\r\ncontent-length: 18\r\n" in head
    assert "\r\ncontent-type: application/x-www-form-urlencoded\r\n" in head


# How much of it


@pytest.mark.parametrize(("length", "is_cut"), [(999, False), (1000, False), (1001, True), (300_000, True)])
async def test_a_body_is_read_to_the_limit_and_no_further(engine: str, length: int, is_cut: bool) -> None:
    response = await get_from(engine, http(200, b"x" * length), Read(("text/html",), 1000))

    assert isinstance(response, Response)
    assert (len(response.body), response.truncated) == (min(length, 1000), is_cut)


async def test_a_body_of_another_type_is_not_read(engine: str) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: 9999999\r\n\r\n")
        await reader.read()  # until the client hangs up

    async with serving(talk) as server:
        response = await get(engine, f"{server.url}/")

    assert isinstance(response, Response)
    assert (response.status, response.body, response.truncated) == (200, b"", True)


async def test_an_endless_body_ends_at_the_limit(engine: str) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    async with serving(talk) as server:
        response = await get(engine, f"{server.url}/")

    assert isinstance(response, Response)
    assert (len(response.body), response.truncated) == (1 << 20, True)


async def say_then(writer: asyncio.StreamWriter, body: bytes, *, reset: bool) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 1000\r\n\r\n" + body)
    await writer.drain()
    if reset:
        linger = b"\1\0\0\0\0\0\0\0"  # on, for no time: closing sends RST
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()


@pytest.mark.parametrize("reset", [True, False])
async def test_a_body_that_breaks_off_is_kept_as_far_as_it_came(engine: str, reset: bool) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await say_then(writer, b"half", reset=reset)

    async with serving(talk) as server:
        response = await get(engine, f"{server.url}/")

    assert isinstance(response, Response)
    assert (response.status, response.truncated) == (200, True)
    assert b"half".startswith(response.body)


async def test_a_body_that_drips_past_the_deadline_is_kept_as_far_as_it_came(engine: str) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await say_then(writer, b"drip", reset=False)
        await asyncio.sleep(60)

    async with serving(talk) as server:
        response = await get(engine, f"{server.url}/", timeout=1)

    assert isinstance(response, Response)
    assert (response.status, response.body, response.truncated) == (200, b"drip", True)


# What goes wrong


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"ICY 200 OK\r\n\r\n", FailureKind.PROTOCOL),
        (b"\x00\x01\x02 garbage\r\n\r\n", FailureKind.PROTOCOL),
        (b"HTTP/1.1 two hundred\r\n\r\n", FailureKind.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", FailureKind.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n", FailureKind.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n", FailureKind.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nx: " + b"y" * 300_000 + b"\r\n\r\n", FailureKind.TOO_LARGE),
        (b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 50_000 + b"\r\n", FailureKind.TOO_LARGE),
    ],
)
async def test_what_is_not_http_is_a_protocol_failure(engine: str, raw: bytes, kind: FailureKind) -> None:
    assert kind_of(await get_from(engine, raw)) is kind


async def test_a_server_that_hangs_up_is_a_reset(engine: str) -> None:
    async def talk(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async with serving(talk) as server:
        assert kind_of(await get(engine, f"{server.url}/")) is FailureKind.RESET


async def test_a_reset_is_a_reset(engine: str) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        writer.transport.abort()

    async with serving(talk) as server:
        assert kind_of(await get(engine, f"{server.url}/")) is FailureKind.RESET


async def test_a_url_cannot_say_what_went_wrong(engine: str) -> None:
    async with serving(hangs_up) as server:
        url = f"{server.url}/kind:%20ConnectionRefused,source:kind:ConnectionRefusedTimedOut"
        assert kind_of(await get(engine, url)) is FailureKind.RESET


async def hangs_up(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")


async def silence(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def test_a_server_that_says_nothing_is_a_read_timeout(engine: str) -> None:
    async with serving(silence) as server:
        failure = await get(engine, f"{server.url}/", timeout=0.5)

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.url) == (FailureKind.TIMEOUT_READ, f"{server.url}/")
    assert failure.elapsed_ms >= 500


async def test_a_host_may_have_a_time_of_its_own(engine: str) -> None:
    async with serving(silence) as server:
        url = f"{server.url}/"
        failure = await get(engine, url, timeout=30, timeout_at={url: 0.05}.get)

    assert kind_of(failure) is FailureKind.TIMEOUT_READ


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_a_closed_port_refuses(engine: str) -> None:
    assert kind_of(await get(engine, f"http://127.0.0.1:{closed_port()}/")) is FailureKind.REFUSED


async def test_a_host_that_swallows_syns_is_a_connect_timeout(engine: str) -> None:
    with swallowing() as port:
        assert (
            kind_of(await get(engine, f"http://127.0.0.1:{port}/", connect_timeout=0.5)) is FailureKind.TIMEOUT_CONNECT
        )


# Where it goes


async def test_only_the_checked_addresses_are_connected_to(engine: str) -> None:
    async with serving({"/": http()}) as server:
        url = f"http://no-such-name.invalid:{server.port}/"
        response = await get(engine, url)

    assert isinstance(response, Response)
    assert (response.url, response.hops[0].address) == (url, "127.0.0.1")
    assert f"host: no-such-name.invalid:{server.port}" in server.requests[0].lower()


@pytest.mark.parametrize("host", ["a.invalid.", "A.Invalid", "b\u00fccher.invalid", "a_b.invalid"])
async def test_a_name_is_pinned_however_it_is_written(engine: str, host: str) -> None:
    async with serving({"/": http()}) as server:
        url = uri.parse(f"http://{host}:{server.port}/").href
        response = await get(engine, url)

    assert isinstance(response, Response)
    assert (response.url, response.hops[0].address) == (url, "127.0.0.1")
    assert f"host: {uri.parse(url).host}:{server.port}" in server.requests[0].lower()


async def test_the_next_address_is_tried_when_one_refuses(engine: str) -> None:
    async with serving({"/": http()}, host="127.0.0.2") as server:
        response = await get(engine, Request(f"http://a.invalid:{server.port}/", addresses=("127.0.0.1", "127.0.0.2")))

    assert isinstance(response, Response)
    assert response.hops[0].address == "127.0.0.2"


async def test_the_last_address_says_what_went_wrong(engine: str) -> None:
    request = Request(f"http://a.invalid:{closed_port()}/", addresses=("127.0.0.1", "127.0.0.2"))

    assert kind_of(await get(engine, request)) is FailureKind.REFUSED


async def test_a_connect_timeout_leaves_time_for_the_next_address(engine: str) -> None:
    with swallowing() as port:
        async with serving({"/": http()}, host="127.0.0.2", port=port):
            request = Request(f"http://a.invalid:{port}/", addresses=("127.0.0.1", "127.0.0.2"))
            response = await get(engine, request, connect_timeout=2)

    assert isinstance(response, Response)
    assert response.hops[0].address == "127.0.0.2"


async def test_connections_are_kept_for_the_next_request(engine: str) -> None:
    async with serving({"/": http(200, b"x")}) as server, open_wire(engine) as wire:
        for _ in range(3):
            await wire.send(Request(f"{server.url}/", addresses=LOOPBACK))

    assert server.connections == 1


async def test_whoever_wants_a_connection_of_its_own_gets_one(engine: str) -> None:
    async with serving({"/": http(200, b"x")}) as server, open_wire(engine) as wire:
        await wire.send(Request(f"{server.url}/", addresses=LOOPBACK))
        for _ in range(2):
            await wire.send(Request(f"{server.url}/", headers=(("connection", "close"),), addresses=LOOPBACK))

    assert server.connections == 3


async def test_cancelling_hangs_up(engine: str) -> None:
    is_heard, is_over = anyio.Event(), anyio.Event()

    async def talk(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        is_heard.set()
        await reader.read()  # until the client hangs up
        is_over.set()

    async with serving(talk) as server, open_wire(engine) as wire, anyio.create_task_group() as group:
        group.start_soon(wire.send, Request(f"{server.url}/", addresses=LOOPBACK))
        await is_heard.wait()
        group.cancel_scope.cancel()
        with anyio.CancelScope(shield=True), anyio.fail_after(60):
            await is_over.wait()

    assert is_over.is_set()


# TLS


async def tls_get(
    engine: str, *names: str, host: str = "good.test", expired: bool = False, trust: bool = True
) -> Response | Failure:
    server_side, client_side = authority(*names, expired=expired)
    async with serving({"/": http(200, b"safe")}, tls=server_side) as server:
        request = Request(f"https://{host}:{server.port}/", addresses=LOOPBACK)
        return await get(engine, request, tls=client_side if trust else None)


async def test_a_good_certificate_is_fine(engine: str) -> None:
    response = await tls_get(engine, "good.test")

    assert isinstance(response, Response)
    assert (response.body, response.hops[0].address) == (b"safe", "127.0.0.1")
    assert (response.certificate_end or "") > "2026-11-24"


async def test_certificates_of_addresses_are_checked_too(engine: str) -> None:
    assert kind_of(await tls_get(engine, "127.0.0.1", host="127.0.0.1")) == 200
    assert kind_of(await tls_get(engine, "127.0.0.2", host="127.0.0.1")) is FailureKind.TLS_HOSTNAME


async def test_bad_certificates_are_told_apart(engine: str) -> None:
    assert kind_of(await tls_get(engine, "good.test", expired=True)) is FailureKind.TLS_EXPIRED
    assert kind_of(await tls_get(engine, "other.test")) is FailureKind.TLS_HOSTNAME
    assert kind_of(await tls_get(engine, "good.test", trust=False)) is FailureKind.TLS_UNTRUSTED


async def test_the_usual_authorities_are_trusted(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    server_side, client_side = authority("good.test")
    usual = [ssl.DER_cert_to_PEM_cert(one) for one in client_side.get_ca_certs(binary_form=True)]
    (tmp_path / "usual.pem").write_text("".join(f"# a name\n{one}" for one in usual), encoding="ascii")
    monkeypatch.setattr(certifi, "where", lambda: str(tmp_path / "usual.pem"))

    async with serving({"/": http(200, b"safe")}, tls=server_side) as server:
        request = Request(f"https://good.test:{server.port}/", addresses=LOOPBACK)
        assert kind_of(await get(engine, request)) == 200


async def test_tls_to_a_plain_port_is_tls_trouble(engine: str) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(http(400))
        await reader.read()

    async with serving(talk) as server:
        assert kind_of(await get(engine, f"https://127.0.0.1:{server.port}/")) is FailureKind.TLS_OTHER


async def test_a_server_that_hangs_up_in_the_handshake_is_a_reset(engine: str) -> None:
    async def talk(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read(1)

    async with serving(talk) as server:
        assert kind_of(await get(engine, f"https://127.0.0.1:{server.port}/")) is FailureKind.RESET


async def test_a_server_that_never_shakes_hands_is_a_connect_timeout(engine: str) -> None:
    async with serving(silence) as server:
        failure = await get(engine, f"https://127.0.0.1:{server.port}/", connect_timeout=0.5)

    assert kind_of(failure) is FailureKind.TIMEOUT_CONNECT


# Proxies


async def test_requests_without_addresses_go_through_the_proxy(engine: str) -> None:
    async with serving({"http://a.test/x": http(200, b"via")}) as server:
        response = await get(engine, Request("http://a.test/x"), proxies={"http": server.url})

    assert isinstance(response, Response)
    assert (response.body, response.hops[0].address) == (b"via", None)


@pytest.mark.parametrize("status", [403, 407, 502])
async def test_a_proxy_that_does_not_connect_us_is_a_proxy_failure(engine: str, status: int) -> None:
    async with serving({"a.test:443": http(status)}) as server:
        failure = await get(engine, Request("https://a.test/"), proxies={"https": server.url})

    assert kind_of(failure) is FailureKind.PROXY


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_wants_a_password_is_not_a_wall(engine: str, scheme: str) -> None:
    async with serving({"http://a.test/": http(407), "a.test:443": http(407)}) as server:
        failure = await get(engine, Request(f"{scheme}://a.test/"), proxies={scheme: server.url})

    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.PROXY
    assert "USER:PASSWORD@HOST" in failure.message


async def test_who_answered_is_known_of_a_connection_that_is_closed_at_once(engine: str) -> None:
    page = http(200, b"<p>Hi", headers={"connection": "close"})
    async with serving({"/": page}) as server:
        request = Request(f"{server.url}/", headers=(("connection", "close"),), addresses=LOOPBACK)
        response = await get(engine, request)

    assert isinstance(response, Response)
    assert response.hops[0].address == "127.0.0.1"


async def test_a_proxy_that_is_not_there_is_a_proxy_failure(engine: str) -> None:
    proxies = {"http": f"http://127.0.0.1:{closed_port()}"}

    assert kind_of(await get(engine, Request("http://a.test/"), proxies=proxies)) is FailureKind.PROXY
