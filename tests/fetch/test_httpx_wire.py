"""What only the httpx wire has: respx stands in for its network, and its library has exceptions of many kinds."""

import socket
import ssl

import anyio
import httpx
import pytest
import respx

from linkcheck.clock import Clock
from linkcheck.fetch.httpx_wire import HttpxWire
from linkcheck.fetch.wire import Limits
from linkcheck.model import Failure, FailureKind, Request, Response
from tests.fetch.test_wires import LOOPBACK, closed_port, kind_of, silence
from tests.servers import serving

pytestmark = pytest.mark.anyio


async def get(request: Request) -> Response | Failure:
    wire = HttpxWire(Limits(timeout=5, connect_timeout=0.5), Clock())
    try:
        return await wire.send(request)
    finally:
        await wire.aclose()


async def test_no_way_to_ipv6_does_not_hide_what_ipv4_said() -> None:
    unroutable = "2001:db8::1"
    request = Request(f"http://a.invalid:{closed_port()}/", addresses=("127.0.0.1", unroutable))

    assert kind_of(await get(request)) is FailureKind.REFUSED


async def test_cancelling_leaves_nothing_behind() -> None:
    wire = HttpxWire(Limits(), Clock())
    async with serving(silence) as server:
        with anyio.move_on_after(0.02) as scope:
            await wire.send(Request(f"{server.url}/", addresses=LOOPBACK))

        assert scope.cancelled_caught
        assert [pool._pool.connections for pool in wire._pools._idle.values()] == [[]]
        assert wire._pools._in_use == {}
        await wire.aclose()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("x"), FailureKind.REFUSED),
        (httpx.ConnectTimeout("x"), FailureKind.TIMEOUT_CONNECT),
        (httpx.ReadTimeout("x"), FailureKind.TIMEOUT_READ),
        (httpx.WriteTimeout("x"), FailureKind.TIMEOUT_READ),
        (httpx.ReadError("x"), FailureKind.RESET),
        (httpx.WriteError("x"), FailureKind.RESET),
        (httpx.RemoteProtocolError("Server disconnected without sending a response."), FailureKind.RESET),
        (httpx.RemoteProtocolError("illegal status line"), FailureKind.PROTOCOL),
        (httpx.LocalProtocolError("x"), FailureKind.PROTOCOL),
        (httpx.ProxyError("x"), FailureKind.PROXY),
        (httpx.UnsupportedProtocol("x"), FailureKind.PROTOCOL),
        (httpx.InvalidURL("x"), FailureKind.PROTOCOL),
        (ssl.SSLError(1, "odd"), FailureKind.TLS_OTHER),
        (ConnectionResetError(), FailureKind.RESET),
        (OSError(101, "network unreachable"), FailureKind.NETWORK),
        (OSError(113, "no route"), FailureKind.REFUSED),
        (OSError(110, "timed out"), FailureKind.TIMEOUT_CONNECT),
        (socket.gaierror(-2, "unknown"), FailureKind.DNS_TEMPORARY),
    ],
)
@respx.mock
async def test_foreign_exceptions_become_failures(error: Exception, kind: FailureKind) -> None:
    respx.get("http://a.test/").mock(side_effect=error)

    failure = await get(Request("http://a.test/"))

    assert kind_of(failure) is kind


@respx.mock
async def test_mocked_names_need_no_addresses() -> None:
    respx.get("https://a.test/x").respond(200, html="<p>Hi")

    response = await get(Request("https://a.test/x"))

    assert isinstance(response, Response)
    assert (response.body, response.media_type, response.hops[0].address) == (b"<p>Hi", "text/html", None)


@pytest.mark.parametrize(
    "url", ["http://xn--a/", "http://a.test/" + "x" * 70_000, "http://a\tb.test/", "http://a.test:x/"]
)
async def test_addresses_that_the_library_cannot_take_are_failures(url: str) -> None:
    assert kind_of(await get(Request(url, addresses=LOOPBACK))) in {
        FailureKind.PROTOCOL,
        FailureKind.REFUSED,
    }
