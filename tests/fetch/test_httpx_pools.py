"""A place has a pool of its own, and not more are kept than there may be idle connections."""

from collections.abc import AsyncIterator

import anyio
import pytest

from linkcheck.clock import Clock
from linkcheck.fetch.httpx_wire import HttpxWire
from linkcheck.fetch.wire import Limits
from linkcheck.model import Request, Response
from tests.servers import http, serving

pytestmark = pytest.mark.anyio


@pytest.fixture
async def wire() -> AsyncIterator[HttpxWire]:
    wire = HttpxWire(Limits(timeout=5, connect_timeout=2, idle_connections=2), Clock())
    yield wire
    await wire.aclose()


async def test_connections_are_kept_for_the_next_request_to_their_place(wire: HttpxWire) -> None:
    async with serving({"/": http()}, host="0.0.0.0") as server:
        for address in ("127.0.0.1", "127.0.0.2", "127.0.0.1", "127.0.0.2"):
            await wire.send(Request(f"http://{address}:{server.port}/", addresses=(address,)))

    assert server.connections == 2


async def test_what_was_not_used_for_longest_is_closed(wire: HttpxWire) -> None:
    async with serving({"/": http()}, host="0.0.0.0") as server:
        for address in ("127.0.0.1", "127.0.0.2", "127.0.0.1", "127.0.0.3"):
            await wire.send(Request(f"http://{address}:{server.port}/", addresses=(address,)))

    assert [place.addresses for place in wire._pools._idle] == [("127.0.0.1",), ("127.0.0.3",)]


async def test_a_pool_is_pinned_to_the_addresses_that_were_checked(wire: HttpxWire) -> None:
    async with serving({"/": http()}, host="0.0.0.0") as server:
        url = f"http://a.invalid:{server.port}/"
        answers = [await wire.send(Request(url, addresses=(address,))) for address in ("127.0.0.1", "127.0.0.2")]

    assert [answer.hops[0].address for answer in answers] == ["127.0.0.1", "127.0.0.2"]


async def test_no_pool_is_closed_while_it_is_used(wire: HttpxWire) -> None:
    answers = []

    async def ask(address: str) -> None:
        answers.append(await wire.send(Request(f"http://{address}:{server.port}/", addresses=(address,))))

    async with serving({"/": http()}, host="0.0.0.0") as server, anyio.create_task_group() as group:
        for number in range(1, 9):
            group.start_soon(ask, f"127.0.0.{number}")
            group.start_soon(ask, f"127.0.0.{number}")

    assert [type(answer) for answer in answers] == [Response] * 16
    assert len(wire._pools._idle) == 2
    assert wire._pools._in_use == {}


async def test_a_connection_of_its_own_is_neither_taken_from_a_pool_nor_kept(wire: HttpxWire) -> None:
    async with serving({"/": http()}) as server:
        for headers in ((), (("connection", "close"),), (("connection", "close"),), ()):
            await wire.send(Request(f"{server.url}/", headers=headers, addresses=("127.0.0.1",)))

    assert server.connections == 3
