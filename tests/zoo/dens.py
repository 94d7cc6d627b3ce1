"""Where the animals live: servers on loopback that behave, or misbehave, byte by byte."""

import asyncio
import gzip
import socket
import ssl
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import trustme

from tests.servers import Answer, Talk, http, serving, swallowing
from tests.zoo.row import Den, Place

PAGE = b"<!doctype html><title>A page</title><h1 id=top-of-it>A page</h1><p>Some words that are plainly here.</p>"

_RESET_ON_CLOSE = b"\1\0\0\0\0\0\0\0"
"""SO_LINGER: on, for no time."""

_THERE = ("/b", "/c/b", "/caf%C3%A9", "/a%20b", "/ok%1B[31m")
"""Where redirects of the table lead."""


# Dens


def pages(pages: Mapping[str, Answer]) -> Den:
    """Answer by path, 404 for others."""

    @asynccontextmanager
    async def den(_: Place) -> AsyncIterator[int]:
        async with serving(pages) as server:
            yield server.port

    return den


def page(status: int | str = 200, body: bytes = PAGE, **headers: str) -> Den:
    """Answer `/` with this; underscores in the names of headers are hyphens."""
    return pages({"/": http(status, body, headers=_named(headers))})


def sends_on(location: str, status: int = 302, to: Answer | None = None, **headers: str) -> Den:
    """Redirect `/`; where it may lead stands `to`, else the usual page."""
    start = http(status, headers={"location": location, **_named(headers)})
    return pages({"/": start, **dict.fromkeys(_THERE, to or http(200, PAGE))})


def turns(*answers: bytes) -> Den:
    """Answer `/` with one after the other; the last one stays."""

    @asynccontextmanager
    async def den(place: Place) -> AsyncIterator[int]:
        waiting = deque(answers)
        async with pages({"/": lambda _: waiting.popleft() if len(waiting) > 1 else waiting[0]})(place) as port:
            yield port

    return den


def talks(talk: Talk) -> Den:
    """Let a talk have every connection."""

    @asynccontextmanager
    async def den(_: Place) -> AsyncIterator[int]:
        async with serving(talk) as server:
            yield server.port

    return den


def says(*raw: bytes) -> Den:
    """Hear the request out, send these bytes, hang up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.writelines(raw)
        await writer.drain()

    return talks(talk)


def tls(
    content: Mapping[str, Answer] | None = None,
    *,
    name: str | None = None,
    until: datetime | None = None,
    since: datetime | None = None,
    trusted: bool = True,
) -> Den:
    """Answer over TLS, with a certificate for `name` (its own host), valid `since` and `until`."""

    @asynccontextmanager
    async def den(place: Place) -> AsyncIterator[int]:
        authority = place.authority if trusted else trustme.CA()
        leaf = authority.issue_cert(name or place.host, not_before=since, not_after=until)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        leaf.configure_cert(context)
        async with serving({"/": http(200, PAGE)} if content is None else content, tls=context) as server:
            yield server.port

    return den


@asynccontextmanager
async def refuses(_: Place) -> AsyncIterator[int]:
    """Hold a port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@asynccontextmanager
async def swallows(_: Place) -> AsyncIterator[int]:
    """Take no connection, and refuse none."""
    with swallowing() as port:
        yield port


# Talks


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Listen, and say nothing."""
    await reader.read()


async def resets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hear the first bytes, and reset."""
    await reader.read(1)
    _reset(writer)


def resets_after(raw: bytes) -> Talk:
    """Say this much, then reset."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(raw)
        await writer.drain()
        await asyncio.sleep(0.05)  # a reset overtakes what has not been read
        _reset(writer)

    return talk


def stalls_after(raw: bytes) -> Talk:
    """Say this much, then nothing more."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(raw)
        await reader.read()

    return talk


def drips(head: bytes, drop: bytes = b"x", every: float = 0.05) -> Talk:
    """Say `head`, then a drop now and then, for ever."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(every)

    return talk


def floods(head: bytes, wave: bytes) -> Talk:
    """Say `head`, then as much as is taken, for ever."""
    return drips(head, wave, every=0)


def interrupts(raw: bytes, greeting: bytes = b"") -> Talk:
    """Greet before anything was asked; answer its first bytes, whatever they are; hang up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        await reader.read(65_536)
        writer.write(raw)
        await writer.drain()

    return talk


def _reset(writer: asyncio.StreamWriter) -> None:
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    writer.transport.abort()


# Answers


def when(word: str, then: bytes, other: bytes) -> Answer:
    """Answer by whether the head of the request has a word in it (lower case)."""
    return lambda head: then if word in head.lower() else other


def head(*lines: str, status: str = "200 OK", **headers: Any) -> bytes:
    """Write a head line by line, for bodies that do not keep to it."""
    named = [f"{name}: {value}" for name, value in _named(headers).items()]
    return "\r\n".join([f"HTTP/1.1 {status}", "content-type: text/html", *named, *lines, "", ""]).encode()


def bomb(megabytes: int) -> bytes:
    """Fold zeros up: gzip members one after the other, a thousandth of the size."""
    return gzip.compress(bytes(10 << 20), 1) * (megabytes // 10)


def chain(length: int, status: int = 302) -> Mapping[str, Answer]:
    """Redirect so many times, then answer."""
    steps: dict[str, Answer] = {
        "/" + (str(step) if step else ""): http(status, headers={"location": f"/{step + 1}"}) for step in range(length)
    }
    return {**steps, f"/{length}": http(200, PAGE)}


def _named(headers: Mapping[str, Any]) -> dict[str, str]:
    return {name.replace("_", "-"): str(value) for name, value in headers.items()}
