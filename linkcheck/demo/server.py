"""Puts answers on a port of loopback: the only part of the demo that touches the network."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from msgspec import Struct

from linkcheck.demo import http

LOOPBACK = "127.0.0.1"


class Server(Struct, frozen=True):
    """A server that is running."""

    port: int
    asked: list[str]
    """`HOST/PATH?QUERY` of every request, in order."""


@asynccontextmanager
async def serving(answer: Callable[[http.Question], http.Answer]) -> AsyncIterator[Server]:
    """Answer every request that comes to a free port, whatever host it names, for as long as the block lasts."""
    asked: list[str] = []
    conversations: set[asyncio.Task[None]] = set()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            question = http.read(await reader.readuntil(b"\r\n\r\n"))
            if question is None:
                return
            asked.append(f"{question.host}{question.target}")
            answered = answer(question)
            if answered.delay:
                await asyncio.sleep(answered.delay)
            writer.write(http.write(answered, question))
            await writer.drain()
            if question.is_last:
                return

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        conversations.add(task)
        try:
            await converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # whoever asked has gone, sends what is no request, or the block has ended
        finally:
            conversations.discard(task)
            writer.close()

    listener = await asyncio.start_server(connected, LOOPBACK, 0)
    try:
        yield Server(listener.sockets[0].getsockname()[1], asked)
    finally:
        listener.close()
        for task in list(conversations):
            task.cancel()
        await asyncio.gather(*conversations, return_exceptions=True)


@contextmanager
def refusing() -> Iterator[int]:
    """Hold a port that refuses every connection, and give it: it is bound, and nobody listens."""
    with socket.socket() as held:
        held.bind((LOOPBACK, 0))
        yield held.getsockname()[1]
