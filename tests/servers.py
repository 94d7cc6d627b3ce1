"""Small servers on loopback that say exactly what a test wants, byte by byte, so that they can misbehave below HTTP."""

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import TypeAlias

import dns.edns
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rrset
import trustme
from msgspec import Struct, structs

Talk: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""One connection, from its first byte to its last."""

Answer: TypeAlias = bytes | Callable[[str], bytes]
"""The raw bytes to send, or what makes them of the request's head."""


class Server(Struct):
    """A server that is running."""

    port: int
    requests: list[str]
    """The heads of all requests, as they came."""
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def http(
    status: int | str = 200, body: bytes = b"", *, headers: Mapping[str, str] | None = None, html: bool = True
) -> bytes:
    """Write a complete response."""
    lines = [f"HTTP/1.1 {status} X", f"content-length: {len(body)}"]
    if html:
        lines.append("content-type: text/html; charset=utf-8")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(location: str, status: int = 302, **headers: str) -> bytes:
    return http(status, headers={"location": location, **headers})


@asynccontextmanager
async def serving(
    pages: Mapping[str, Answer] | Talk,
    *,
    tls: ssl.SSLContext | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> AsyncIterator[Server]:
    """Serve pages by path (404 for others), keeping connections alive; or let a talk have each connection."""
    server = Server(0, [])
    tasks: set[asyncio.Task[None]] = set()
    transports: set[asyncio.WriteTransport] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        transports.add(writer.transport)
        server.connections += 1
        try:
            if callable(pages):
                await pages(reader, writer)
            else:
                await _answer(reader, writer, pages, server)
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError):
            pass  # the client went, or the test is over
        finally:
            tasks.discard(task)
            writer.close()

    listener = await asyncio.start_server(connected, host, port, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for transport in transports:
            transport.abort()
        await asyncio.sleep(0.001)  # lets them close their sockets


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pages: Mapping[str, Answer], server: Server
) -> None:
    while True:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        server.requests.append(head)
        path = head.split(" ", 2)[1].partition("?")[0]
        page = pages.get(path, http(404, b"<h1>Not Found</h1>"))
        writer.write(page(head) if callable(page) else page)
        await writer.drain()


def authority(*names: str, expired: bool = False) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for these names: the server's context, and one of a client that trusts its authority."""
    ca = trustme.CA()
    leaf = ca.issue_cert(*names, not_after=datetime(2020, 1, 1, tzinfo=UTC) if expired else None)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(server)
    client = ssl.create_default_context()
    ca.configure_trust(client)
    return server, client


class NameServer(Struct):
    """A DNS server that is running."""

    port: int
    asked: list[str]
    """`name type` of every question."""


Zone: TypeAlias = Mapping[str, Mapping[str, tuple[str, ...]] | str]
"""Name to addresses by type, or to what goes wrong: `SERVFAIL`, `NXDOMAIN`, `REFUSED`, or `silence`."""


class Denying(Struct, frozen=True):
    """What an answer says that a name does not exist."""

    soa: str | None = ""
    """The owner of the SOA record in the authority section; empty for the name above, None for no record."""
    policy: str | None = None
    """The owner of a SOA record in the additional section, as response policy zones have it."""
    error: int | None = None
    """The code of an extended error (RFC 8914), for those who ask with EDNS."""
    once: bool = False
    """Repeated answers lack their SOA record, as those of a cache that forgets it, but not to questions with DO."""


_BY_THE_ZONE_ABOVE = Denying()


@asynccontextmanager
async def naming(zone: Zone, denying: Denying = _BY_THE_ZONE_ABOVE) -> AsyncIterator[NameServer]:
    """Answer DNS questions over UDP from a zone that may change meanwhile; unknown names do not exist."""
    server = NameServer(0, [])

    class Protocol(asyncio.DatagramProtocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self.transport = transport

        def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
            answer = _resolve(data, zone, server.asked, denying)
            if answer is not None:
                self.transport.sendto(answer, addr)  # type: ignore[attr-defined]  # UDP's transport has it

    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(Protocol, ("127.0.0.1", 0))
    server.port = transport.get_extra_info("sockname")[1]
    try:
        yield server
    finally:
        transport.close()
        await asyncio.sleep(0)  # lets the transport close its socket


def _resolve(data: bytes, zone: Zone, asked: list[str], denying: Denying) -> bytes | None:
    query = dns.message.from_wire(data)
    question = query.question[0]
    name = question.name.to_text(omit_final_dot=True).lower()
    kind = question.rdtype.name
    asked.append(f"{name} {kind}")
    known = zone.get(name, "NXDOMAIN")
    if known == "silence":
        return None
    answer = dns.message.make_response(query)
    answer.flags |= dns.flags.RA
    if isinstance(known, str):
        answer.set_rcode(dns.rcode.from_text(known))
        if known == "NXDOMAIN":
            is_repeated = len([one for one in asked if one.startswith(f"{name} ")]) > 1
            is_bare = denying.once and is_repeated and not query.ednsflags & dns.flags.DO
            _deny(answer, question.name, structs.replace(denying, soa=None) if is_bare else denying)
    elif addresses := known.get(kind):
        answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *addresses))
    return answer.to_wire()


def _deny(answer: dns.message.Message, name: dns.name.Name, denying: Denying) -> None:
    record = "ns.test. hostmaster.test. 1 7200 900 1209600 86400"
    owner = name.parent().to_text() if denying.soa == "" else denying.soa
    if owner is not None:
        answer.authority.append(dns.rrset.from_text(owner, 60, "IN", "SOA", record))
    if denying.policy is not None:
        answer.additional.append(dns.rrset.from_text(denying.policy, 60, "IN", "SOA", record))
    if denying.error is not None and answer.edns >= 0:
        answer.use_edns(options=[dns.edns.EDEOption(denying.error, "by order\x1b[31m")])


@contextmanager
def swallowing(address: str = "127.0.0.1") -> Iterator[int]:
    """Listen with a full backlog: the kernel drops every further SYN, and connecting takes for ever."""
    with socket.socket() as listener:
        listener.bind((address, 0))
        listener.listen(0)
        port: int = listener.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        try:
            for filler in fillers:
                filler.setblocking(False)
                filler.connect_ex(("127.0.0.1", port))
            time.sleep(0.1)  # until the kernel has filled it
            yield port
        finally:
            for filler in fillers:
                filler.close()
