"""What only the wreq wire has: a client a host, and a second wire for what it cannot do."""

from collections.abc import AsyncIterator

import pytest

wreq = pytest.importorskip("wreq", reason="the fast wire is an extra")

from linkcheck.clock import Clock  # noqa: E402 - there is nothing to test without wreq
from linkcheck.fetch import wreq_wire  # noqa: E402
from linkcheck.fetch.wire import Limits  # noqa: E402
from linkcheck.fetch.wreq_wire import WreqWire  # noqa: E402
from linkcheck.model import Failure, FailureKind, Request, Response  # noqa: E402
from tests.fetch.test_wires import LOOPBACK, kind_of  # noqa: E402
from tests.servers import http, serving  # noqa: E402

pytestmark = pytest.mark.anyio


@pytest.fixture
async def wire() -> AsyncIterator[WreqWire]:
    wire = WreqWire(Limits(timeout=5, connect_timeout=2), Clock())
    yield wire
    await wire.aclose()


async def test_a_host_has_one_client_and_literal_addresses_share_theirs(wire: WreqWire) -> None:
    async with serving({"/": http()}, host="0.0.0.0") as server:
        for host in ("a.invalid", "a.invalid", "b.invalid"):
            await wire.send(Request(f"http://{host}:{server.port}/", addresses=LOOPBACK))
        for host in ("127.0.0.1", "127.0.0.2"):
            await wire.send(Request(f"http://{host}:{server.port}/", addresses=(host,)))

    assert [way.host for way in wire._clients] == ["a.invalid", "b.invalid", ""]
    assert server.connections == 4
    assert wire._lenient is None


async def test_hosts_that_were_not_asked_for_long_are_forgotten(
    wire: WreqWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wreq_wire, "_CLIENTS", 2)
    async with serving({"/": http()}) as server:
        for host in ("a.invalid", "b.invalid", "a.invalid", "c.invalid"):
            await wire.send(Request(f"http://{host}:{server.port}/", addresses=LOOPBACK))

    assert [way.host for way in wire._clients] == ["a.invalid", "c.invalid"]


async def test_other_addresses_are_other_clients(wire: WreqWire) -> None:
    async with serving({"/": http()}, host="0.0.0.0") as server:
        url = f"http://a.invalid:{server.port}/"
        answers = [await wire.send(Request(url, addresses=(address,))) for address in ("127.0.0.1", "127.0.0.2")]

    assert [answer.hops[0].address for answer in answers] == ["127.0.0.1", "127.0.0.2"]


async def test_a_connection_to_an_address_that_was_not_checked_is_not_used(
    wire: WreqWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wreq_wire, "_made", lambda way, *_: pinned(way.host, "127.0.0.2"))
    async with serving({"/": http()}, host="0.0.0.0") as server:
        failure = await wire.send(Request(f"http://a.invalid:{server.port}/", addresses=LOOPBACK))

    assert isinstance(failure, Failure)
    assert (failure.kind, failure.message) == (
        FailureKind.POLICY,
        "connected to 127.0.0.2, which was not checked",
    )


def pinned(host: str, address: str) -> wreq.Client:
    pins = wreq.DnsOptions()
    pins.add_resolve(host, [wreq_wire.ip_address(address)])
    return wreq.Client(dns_options=pins, no_proxy=True)


@pytest.mark.parametrize("value", [b"/ok\x1b[31m", b"a\x7f"])
async def test_what_wreq_cannot_read_the_other_wire_reads(wire: WreqWire, value: bytes) -> None:
    async with serving({"/": b"HTTP/1.1 200 OK\r\nx-odd: " + value + b"\r\ncontent-length: 0\r\n\r\n"}) as server:
        response = await wire.send(Request(f"{server.url}/", addresses=LOOPBACK))

    assert isinstance(response, Response)
    assert response.header("x-odd") == value.decode()
    assert len(server.requests) == 2


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_every_method_is_sent_by_one_of_them(wire: WreqWire, method: str) -> None:
    async with serving({"/": http()}) as server:
        assert kind_of(await wire.send(Request(f"{server.url}/", method, addresses=LOOPBACK))) == 200

    assert server.requests[0].startswith(f"{method} / ")


async def test_closing_it_closes_all_connections(wire: WreqWire) -> None:
    async with serving({"/": http(200, b"x")}) as server:
        await wire.send(Request(f"{server.url}/", addresses=LOOPBACK))
        await wire.aclose()

    assert wire._clients == {}
