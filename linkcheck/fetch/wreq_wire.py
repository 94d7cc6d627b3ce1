"""The fast wire: wreq, in Rust, connected to exactly the addresses that were checked.

wreq resolves names itself unless they are pinned, and pins belong to a client; so every host has a client of its own,
which costs 0.1 ms and 5 kB. What wreq cannot ask, cannot read or does not trust is left to the httpx wire, which takes
more and can say why not: so both wires say the same. Its exceptions name their reason only in a text.
"""

import ssl
from datetime import timedelta
from functools import lru_cache
from ipaddress import ip_address

import wreq
from msgspec import Struct
from wreq.redirect import Policy

from linkcheck import uri
from linkcheck.clock import Clock
from linkcheck.fetch.certificate import end_of
from linkcheck.fetch.proxies import LOG_IN, proxy_of
from linkcheck.fetch.tls import trusting, usual_authorities
from linkcheck.fetch.wire import Limits, Wire, endpoint
from linkcheck.model import Failure, FailureKind, Hop, Read, Request, Response

_CLIENTS = 256
"""Hosts whose connections are kept, at most."""
_KEEP_ALIVE = timedelta(seconds=15)
"""How long an idle connection is kept; most servers close theirs no sooner."""
_MAX_HEAD = 100 << 10
"""Bytes of an answer's head, as in the httpx wire."""
_MAX_HEADERS = 10_000
"""More than the head has room for, so that only its size counts."""


class _Way(Struct, frozen=True):
    """What a client is made for: a host at its addresses, or a proxy."""

    host: str
    """Empty where nothing is pinned: for literal addresses and proxies."""
    addresses: tuple[str, ...]
    proxy: str | None
    is_fresh: bool


class _Start(Struct, frozen=True):
    """What requests to one place have in common."""

    way: _Way
    begins: str
    """The URL up to its path, as wreq must be given it."""
    host: str | None = None
    """The Host header, where it is not what the URL says."""


class WreqWire:
    """Speaks HTTP/1.1 through wreq; see `Wire` for the contract."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._authorities = _authorities(limits.tls)
        self._clients: dict[_Way, wreq.Client] = {}
        self._lenient: Wire | None = None

    async def send(self, request: Request) -> Response | Failure:
        """Make one exchange.

        Headers are an answer: a body that breaks off, or drips on past the deadline, is kept as far as it came.
        """
        proxy = None if request.addresses else proxy_of(request.url, self._limits.proxies)
        found = _way(request, proxy)
        if found is None:
            return await self._send_leniently(request)
        way, url, headers = found
        seconds = self._limits.timeout_of(request.url)
        started = self._clock.stopwatch()
        body = bytearray()
        try:
            answer = await self._client(way).request(
                _METHODS[request.method],
                url,
                headers=headers,
                timeout=_timedelta(seconds),
            )
            peer = _peer(answer.remote_addr) if request.addresses else None
            if way.addresses and peer not in way.addresses:
                peer = str(answer.remote_addr.ip()) if answer.remote_addr else None  # as Python writes it
            if way.addresses and peer not in way.addresses:
                await answer.close()
                return Failure(FailureKind.POLICY, f"connected to {peer}, which was not checked", url=request.url)
            is_whole = await _read(answer, request.read, body)
        except _FOREIGN as error:
            reason = _reason(error)
            if reason is None:
                return await self._send_leniently(request)
            return Failure(*reason, url=request.url, elapsed_ms=self._elapsed_ms(started))
        status = answer.status.as_int()
        if proxy and status == 407:
            return Failure(FailureKind.PROXY, LOG_IN, url=request.url)
        pairs = tuple([(_text(name), _text(value)) for name, value in answer.headers])
        location = next((value for name, value in pairs if name == "location"), None)
        elapsed_ms = self._elapsed_ms(started)
        return Response(
            url=request.url,
            status=status,
            headers=pairs,
            body=bytes(body),
            truncated=not is_whole,
            hops=(Hop(request.url, status, location, elapsed_ms, peer),),
            elapsed_ms=elapsed_ms,
            certificate_end=_certificate_end(answer),
        )

    async def aclose(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()
        if self._lenient:
            await self._lenient.aclose()

    async def _send_leniently(self, request: Request) -> Response | Failure:
        if self._lenient is None:
            from linkcheck.fetch.httpx_wire import HttpxWire  # noqa: PLC0415 - costs 50 ms; many runs need none

            self._lenient = HttpxWire(self._limits, self._clock)
        return await self._lenient.send(request)

    def _elapsed_ms(self, started: float) -> float:
        return (self._clock.stopwatch() - started) * 1000

    def _client(self, way: _Way) -> wreq.Client:
        """Give the client for a way; of too many the one that was not used for longest is dropped, when it is done."""
        client = self._clients.pop(way, None)
        if client is None:
            if len(self._clients) >= _CLIENTS:
                del self._clients[next(iter(self._clients))]
            client = _made(way, self._limits, self._authorities)
        self._clients[way] = client
        return client


def _authorities(tls: ssl.SSLContext | None) -> wreq.CertStore:
    """Give whom to trust as wreq knows them: those of a context, else the usual ones."""
    usual = None if tls else usual_authorities()
    if usual is not None:
        return wreq.CertStore.from_pem_stack(usual)
    return wreq.CertStore.from_der_certs((tls or trusting()).get_ca_certs(binary_form=True))


def _certificate_end(answer: wreq.Response) -> str | None:
    shown = answer.tls_info.peer_certificate() if answer.tls_info else None
    return end_of(bytes(shown)) if shown else None


def _made(way: _Way, limits: Limits, authorities: wreq.CertStore) -> wreq.Client:
    """Make a client that does nothing by itself: no redirects, cookies, headers, decompression or resolving."""
    pins = wreq.DnsOptions()
    if way.host:
        pins.add_resolve(way.host, [ip_address(address) for address in way.addresses])
    return wreq.Client(
        dns_options=pins,
        **{"proxies": [wreq.Proxy.all(way.proxy)]} if way.proxy else {"no_proxy": True},
        redirect=Policy.none(),
        cookie_store=False,
        referer=False,
        gzip=False,
        brotli=False,
        deflate=False,
        zstd=False,
        http1_only=True,
        http1_options=wreq.Http1Options(max_headers=_MAX_HEADERS, max_buf_size=_MAX_HEAD),
        tls_verify=authorities,
        tls_info=True,
        connect_timeout=timedelta(seconds=limits.connect_timeout),
        pool_idle_timeout=_KEEP_ALIVE,
        pool_max_idle_per_host=0 if way.is_fresh else limits.idle_connections,
    )


def _way(request: Request, proxy: str | None) -> tuple[_Way, str, wreq.HeaderMap] | None:
    """Give the way of a request, and URL and headers as wreq must be given them; None where it cannot go there."""
    parts = uri.parse(request.url)
    if parts is None or request.method not in _METHODS or request.content:
        return None
    scheme, _, rest = uri.without_fragment(parts.href).partition("://")
    authority, _, target = rest.partition("/")
    is_fresh = ("connection", "close") in request.headers
    start = _start(f"{scheme}://", authority, request.addresses, proxy, is_fresh)
    return (start.way, start.begins + target, _headers(request.headers, start.host)) if start else None


@lru_cache(maxsize=1024)
def _start(scheme: str, authority: str, addresses: tuple[str, ...], proxy: str | None, is_fresh: bool) -> _Start | None:  # noqa: FBT001 - a part of the key
    """Say how requests to a place begin.

    A pin is missed where the name is written otherwise, and has no port: so the URL loses the dot at the end of its
    host and gets the port of the addresses, while the Host header says what was asked for.
    """
    parts = uri.parse(f"{scheme}{authority}/")
    if parts is None or "@" in authority:
        return None
    if proxy:
        return _Start(_Way("", (), proxy, is_fresh), f"{scheme}{authority}/")
    places = [endpoint(address, parts.port) for address in addresses]
    pinned = tuple(address for address, _ in places)
    ports = {port for _, port in places}
    is_literal = uri.is_address(parts.host)
    if len(ports) != 1 or (is_literal and pinned != (parts.host.strip("[]"),)):
        return None
    way = _Way("", (), None, is_fresh) if is_literal else _Way(parts.host.rstrip("."), pinned, None, is_fresh)
    host = parts.host.rstrip(".")
    if host == parts.host and ports == {parts.port}:
        return _Start(way, f"{scheme}{authority}/")
    return _Start(way, f"{scheme}{host}:{ports.pop()}/", authority)


@lru_cache(maxsize=256)
def _headers(pairs: tuple[tuple[str, str], ...], host: str | None) -> wreq.HeaderMap:
    """Give headers as wreq wants them; most requests have the same ones."""
    headers = wreq.HeaderMap()
    for name, value in pairs:
        headers.append(name, value)
    if host is not None:
        headers.append("host", host)
    return headers


@lru_cache(maxsize=64)
def _timedelta(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def _peer(address: wreq.SocketAddr | None) -> str | None:
    """Give the IP address of `192.0.2.1:80` or `[2001:db8::1]:80`."""
    return str(address).rpartition(":")[0].strip("[]") if address else None


async def _read(answer: wreq.Response, read: Read, body: bytearray) -> bool:
    """Read a wanted body into `body`, up to the limit; False when something of it was left."""
    declared = answer.headers.get("content-type")
    media_type = _text(declared).partition(";")[0].strip().lower() if declared else ""
    limit = read.limit_of(media_type)
    if not limit:
        await answer.close()
        return False
    try:
        async with answer.stream() as stream:
            async for chunk in stream:
                if isinstance(chunk, memoryview):  # else it is trailers
                    body += chunk
                    if len(body) > limit:
                        del body[limit:]
                        return False
    except _FOREIGN:
        return False
    return True


def _text(value: memoryview) -> str:
    """Read a header as browsers do: UTF-8 where it is, else Latin-1."""
    try:
        return str(value, "utf-8")
    except UnicodeDecodeError:
        return str(value, "latin-1")


def _reason(error: Exception) -> tuple[FailureKind, str] | None:
    """Read why it failed; None where the text says nothing that we know, or only that something was wrong.

    What counts stands behind the URL: who writes URLs shall not write reasons.
    """
    match error:
        case wreq.exceptions.TimeoutError():
            return FailureKind.TIMEOUT_READ, "no answer in time"
        case wreq.exceptions.ProxyConnectionError() if "ProxyAuthRequired" in str(error).partition(", source: ")[2]:
            return FailureKind.PROXY, LOG_IN
        case wreq.exceptions.ProxyConnectionError():
            return FailureKind.PROXY, "the proxy could not be reached, or refused to connect"
        case wreq.exceptions.ConnectionResetError():
            return FailureKind.RESET, "the connection broke"
        case wreq.exceptions.ConnectionError() | wreq.exceptions.RequestError():
            said = str(error).partition(", source: ")[2]
            return next((reason for word, reason in _REASONS.items() if word in said), None)
        case _:
            return None


_REASONS = {
    "kind: ConnectionRefused": (FailureKind.REFUSED, "connection refused"),
    "kind: HostUnreachable": (FailureKind.REFUSED, "no route to the host"),
    "kind: NetworkUnreachable": (FailureKind.NETWORK, "this machine has no way to that address"),
    "kind: NetworkDown": (FailureKind.NETWORK, "this machine has no way to that address"),
    "kind: AddrNotAvailable": (FailureKind.NETWORK, "this machine has no way to that address"),
    "kind: ConnectionReset": (FailureKind.RESET, "the connection broke"),
    "TimedOut": (FailureKind.TIMEOUT_CONNECT, "no connection in time"),
    "code: SYSCALL (5), cause: None": (FailureKind.RESET, "the server hung up in the TLS handshake"),
    "IncompleteMessage": (FailureKind.RESET, "the server hung up without an answer"),
}
"""What stands in wreq's texts. Bad certificates read alike there, and what is not HTTP may be good enough for httpx."""

_METHODS = {"GET": wreq.Method.GET, "HEAD": wreq.Method.HEAD}

_FOREIGN = (
    wreq.exceptions.TlsError,
    wreq.exceptions.ConnectionError,
    wreq.exceptions.ProxyConnectionError,
    wreq.exceptions.ConnectionResetError,
    wreq.exceptions.BodyError,
    wreq.exceptions.BuilderError,
    wreq.exceptions.DecodingError,
    wreq.exceptions.RequestError,
    wreq.exceptions.UpgradeError,
    wreq.exceptions.TimeoutError,
    ValueError,
)
