import socket
from http.client import HTTPConnection

import anyio
import pytest
from anyio import to_thread

from linkcheck.demo.http import Answer, Question
from linkcheck.demo.server import refusing, serving


def echo(question: Question) -> Answer:
    return Answer(body=f"{question.host}{question.target}".encode(), delay=float(question.header("wait") or 0))


def fetched(port: int, host: str, *targets: str) -> list[bytes]:
    """Ask several things over one connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    bodies = []
    for target in targets:
        connection.request("GET", target, headers={"host": host})
        bodies.append(connection.getresponse().read())
    connection.close()
    return bodies


def test_hosts_share_a_port_and_connections_stay_open() -> None:
    async def scenario() -> tuple[list[bytes], list[str]]:
        async with serving(echo) as server:
            bodies = await to_thread.run_sync(fetched, server.port, "a.example:80", "/1", "/2?x")
            bodies += await to_thread.run_sync(fetched, server.port, "B.example", "/")
            return bodies, server.asked

    bodies, asked = anyio.run(scenario)

    assert bodies == [b"a.example/1", b"a.example/2?x", b"b.example/"]
    assert asked == ["a.example/1", "a.example/2?x", "b.example/"]


@pytest.mark.parametrize("sent", [b"nonsense\r\n\r\n", b"x" * 100_000, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n"])
def test_a_connection_that_has_nothing_more_to_say_is_closed(sent: bytes) -> None:
    async def scenario() -> bytes:
        async with serving(echo) as server, await anyio.connect_tcp("127.0.0.1", server.port) as stream:
            came = b""
            try:
                await stream.send(sent)
                async for chunk in stream:
                    came += chunk
            except anyio.BrokenResourceError:
                pass  # closed before everything was read
            return came

    with_answer = b"close" in sent
    assert anyio.run(scenario).startswith(b"HTTP/1.1 200 OK") is with_answer


def test_the_end_does_not_wait_for_a_slow_answer() -> None:
    async def scenario() -> list[str]:
        async with serving(echo) as server, await anyio.connect_tcp("127.0.0.1", server.port) as stream:
            await stream.send(b"GET /slow HTTP/1.1\r\nhost: a.example\r\nwait: 3600\r\n\r\n")
            while not server.asked:
                await anyio.lowlevel.checkpoint()
        return server.asked

    with anyio.from_thread.start_blocking_portal() as portal:
        assert portal.start_task_soon(scenario).result(timeout=60) == ["a.example/slow"]


def test_a_refusing_port_refuses() -> None:
    with refusing() as port, socket.socket() as client:
        client.settimeout(5)
        with pytest.raises(ConnectionRefusedError):
            client.connect(("127.0.0.1", port))
