"""Puts the dens of the zoo behind one address: each row is a path of one host, as pages of a site are."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

from tests.zoo.row import Row

HOST = "site.zoo.test"
_RESET_ON_CLOSE = b"\1\0\0\0\0\0\0\0"
_STATUS_LINE = re.compile(rb"\AHTTP/1\.[01] [^\r\n]*\r\n")
_LOCATION = re.compile(rb"(?i)(\r\n(?:content-)?location: )/(?!/)")
_MOST = 1 << 16


OF_A_HOST = frozenset(
    """400-to-two-hosts 301-to-another-host 301-to-https 302-without-scheme 302-relative-upwards 302-with-backslashes
    302-to-a-closed-port 302-home 302-to-login refresh refresh-to-itself redirect-to-expired-tls closed-port
    swallowed-syn 429-for-an-hour 429-until-a-date 429-until-nonsense""".split()
)
"""What only a host as a whole can do: how it is reached, what its root is, and that several addresses are limited."""


def is_a_path(row: Row) -> bool:
    """Return True if a row can be a page among others: one that is asked over plain HTTP at its own host."""
    return row.den is not None and row.url.startswith("http://{host}/") and row.name not in OF_A_HOST


def link_of(row: Row) -> str:
    """Return the address of a row on the one host."""
    return row.url.replace("{host}", f"{HOST}/{row.name}", 1)


@asynccontextmanager
async def front(ports: Mapping[str, int]) -> AsyncIterator[int]:
    """Serve every den by the first step of the path; give the port."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await _forward(ports, reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def _forward(ports: Mapping[str, int], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    method, target, rest = head.split(b" ", 2)
    name, _, path = target[1:].partition(b"/")
    port = ports.get(name.decode("latin-1"))
    if port is None:
        writer.write(b"HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        return
    theirs, ours = await asyncio.open_connection("127.0.0.1", port)
    try:
        ours.write(b"%s /%s %s" % (method, path, rest))
        answering = asyncio.create_task(_answer(theirs, writer, name))
        leaving = asyncio.create_task(reader.read(1))
        await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        answering.cancel()
    finally:
        ours.close()


async def _answer(den: asyncio.StreamReader, writer: asyncio.StreamWriter, name: bytes) -> None:
    """Pass on what a den sends; its own addresses get the row's path, and no connection is used twice."""
    try:
        start = await den.read(_MOST)
        start = _STATUS_LINE.sub(lambda line: line[0] + b"connection: close\r\n", start)
        writer.write(_LOCATION.sub(lambda found: b"%s/%s/" % (found[1], name), start))
        while chunk := await den.read(_MOST):
            writer.write(chunk)
            await writer.drain()
        await writer.drain()
    except ConnectionResetError:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
