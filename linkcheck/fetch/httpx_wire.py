"""The wire that works everywhere: httpx over httpcore, connected to exactly the addresses that were checked.

Nothing else imports either library. Their exceptions end here, as failures of the closed list.
"""

import errno
import ssl
from collections.abc import AsyncIterator, Iterable, Iterator
from contextvars import ContextVar
from socket import gaierror

import anyio
import h11
import httpcore
import httpx

from linkcheck import uri
from linkcheck.clock import Clock
from linkcheck.fetch.proxies import proxy_of
from linkcheck.fetch.tls import trusting
from linkcheck.fetch.wire import Limits, endpoint
from linkcheck.model import Failure, FailureKind, Hop, Read, Request, Response

_KEEP_ALIVE = 15.0
"""Seconds that an idle connection is kept; most servers close theirs no sooner."""
_LEAST_SHARE = 1.0
"""Seconds that every address of a host gets at least: a lost SYN is sent again after one."""

_addresses: ContextVar[tuple[str, ...]] = ContextVar("addresses", default=())
"""What the request of this task may connect to: httpcore asks its backend for a host, not for a request."""


class HttpxWire:
    """Speaks HTTP/1.1 through httpx; see `Wire` for the contract.

    It asks transports, without a client between: a client reads `Location` before we may, and fails on what it cannot
    follow.
    """

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._tls = limits.tls or trusting()
        self._transports: dict[tuple[str | None, bool], _Transport] = {}

    async def send(self, request: Request) -> Response | Failure:
        """Make one exchange.

        Headers are an answer: a body that breaks off, or drips on past the deadline, is kept as far as it came.
        """
        proxy = None if request.addresses else proxy_of(request.url, self._limits.proxies)
        transport = self._transport(proxy, is_fresh=("connection", "close") in request.headers)
        started = self._clock.stopwatch()
        _addresses.set(request.addresses)
        answer: httpx.Response | None = None
        error: Exception | None = None
        body = bytearray()
        is_whole = False
        with anyio.move_on_after(self._limits.timeout_of(request.url)):
            try:
                outgoing = _outgoing(request, proxy, self._limits.connect_timeout)
                answer = await transport.handle_async_request(outgoing)
                try:
                    is_whole = await _read(answer, request.read, body)
                finally:
                    await answer.aclose()
            except _FOREIGN as foreign:
                error = foreign
        elapsed_ms = (self._clock.stopwatch() - started) * 1000
        if answer is None:
            return _failure(request, error, proxy, elapsed_ms)
        if proxy and answer.status_code == 407:
            return Failure(FailureKind.PROXY, "the proxy wants to be logged in to (407)", url=request.url)
        return _incoming(request, answer, bytes(body), is_whole=is_whole, elapsed_ms=elapsed_ms)

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._transports.values():
            await transport.aclose()

    def _transport(self, proxy: str | None, *, is_fresh: bool) -> "_Transport":
        key = (proxy, is_fresh)
        if key not in self._transports:
            self._transports[key] = _Transport(self._limits, self._tls, proxy, is_fresh=is_fresh)
        return self._transports[key]


class _Transport(httpx.AsyncBaseTransport):
    """Joins httpx to a connection pool of ours: httpx itself cannot be given a network backend."""

    def __init__(self, limits: Limits, tls: ssl.SSLContext, proxy: str | None, *, is_fresh: bool) -> None:
        through = httpx.Proxy(proxy) if proxy else None
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            proxy=httpcore.Proxy(str(through.url), auth=through.raw_auth) if through else None,
            max_connections=None,  # lanes limit these
            max_keepalive_connections=0 if is_fresh else limits.idle_connections,
            keepalive_expiry=_KEEP_ALIVE,
            network_backend=None if through else _Pinned(),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """A body of httpcore, as httpx wants it."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._answer.aiter_stream()

    async def aclose(self) -> None:
        await self._answer.aclose()


class _Pinned(httpcore.AsyncNetworkBackend):
    """Connects to the addresses of the request and to no other; without any, to what the system resolves."""

    def __init__(self) -> None:
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Try one address after the other; each gets a fair share of the time that is left."""
        addresses = _addresses.get() or (host,)
        deadline = anyio.current_time() + (timeout or 0)
        errors: list[Exception] = []
        for tried, address in enumerate(addresses):
            share = timeout
            if timeout is not None:
                left = (deadline - anyio.current_time()) / (len(addresses) - tried)
                share = max(left, min(_LEAST_SHARE, timeout))
            try:
                at, through = endpoint(address, port)
                return await self._network.connect_tcp(at, through, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                errors.append(error)
        # That there is no way to an IPv6 address says nothing about a host that has refused over IPv4.
        raise next((error for error in errors if not _is_without_way(error)), errors[0])


def _outgoing(request: Request, proxy: str | None, connect_timeout: float) -> httpx.Request:
    headers = [(name.encode(), value.encode()) for name, value in request.headers]
    extensions = {"timeout": {"connect": connect_timeout}}
    content = request.content or None
    outgoing = httpx.Request(request.method, request.url, headers=headers, content=content, extensions=extensions)
    if outgoing.url.userinfo and "authorization" not in outgoing.headers:
        login = httpx.BasicAuth(outgoing.url.username, outgoing.url.password)
        outgoing = next(login.auth_flow(outgoing))
    parts = uri.parse(request.url)
    if proxy is None and parts is not None:
        # The path exactly as WHATWG writes it; httpx escapes characters that browsers leave alone.
        target = uri.without_fragment(parts.href).split("/", 3)[3]
        outgoing.extensions["target"] = f"/{target}".encode("ascii")
    return outgoing


async def _read(answer: httpx.Response, read: Read, body: bytearray) -> bool:
    """Read a wanted body into `body`, up to the limit; False when something of it was left."""
    if not read.wants(answer.headers.get("content-type", "").partition(";")[0].strip().lower()):
        return False
    async for chunk in answer.aiter_raw():
        body += chunk
        if len(body) > read.limit:
            del body[read.limit :]
            return False
    return True


def _incoming(request: Request, answer: httpx.Response, body: bytes, *, is_whole: bool, elapsed_ms: float) -> Response:
    headers = tuple((_text(name).lower(), _text(value)) for name, value in answer.headers.raw)
    location = next((value for name, value in headers if name == "location"), None)
    stream = answer.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None and request.addresses else None
    hop = Hop(request.url, answer.status_code, location, elapsed_ms, peer[0] if peer else None)
    return Response(
        url=request.url,
        status=answer.status_code,
        headers=headers,
        body=body,
        truncated=not is_whole,
        hops=(hop,),
        elapsed_ms=elapsed_ms,
    )


def _text(value: bytes) -> str:
    """Read a header as browsers do: UTF-8 where it is, else Latin-1."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _failure(request: Request, error: Exception | None, proxy: str | None, elapsed_ms: float) -> Failure:
    if error is None:
        kind, message = FailureKind.TIMEOUT_READ, "no answer in time"
    else:
        kind, message = _reason(error, is_proxied=proxy is not None)
    return Failure(kind, message, url=request.url, elapsed_ms=elapsed_ms)


def _reason(error: Exception, *, is_proxied: bool) -> tuple[FailureKind, str]:
    """Rename a foreign exception: what TLS or the socket said counts more than what was made of it."""
    causes = tuple(_causes(error))
    if found := next(filter(None, map(_protocol_reason, causes)), None):
        return found
    if is_proxied and isinstance(error, _NO_CONNECTION):
        return FailureKind.PROXY, "the proxy could not be reached"
    if found := next(filter(None, map(_socket_reason, causes)), None):
        return found
    known = ((kind, message) for types, kind, message in _KINDS if isinstance(error, types))
    return next(known, (FailureKind.PROTOCOL, f"not HTTP as it should be: {error}"[:200]))


def _protocol_reason(cause: BaseException) -> tuple[FailureKind, str] | None:
    match cause:
        case ssl.SSLCertVerificationError():
            kind = _CERTIFICATE.get(cause.verify_code, FailureKind.TLS_UNTRUSTED)
            return kind, f"certificate: {cause.verify_message}"
        case ssl.SSLWantReadError() | ssl.SSLWantWriteError():
            return None  # what a handshake was waiting for when its time was up
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return FailureKind.RESET, "the server hung up in the TLS handshake"
        case ssl.SSLError():
            reason: str = getattr(cause, "reason", None) or str(cause)
            return FailureKind.TLS_OTHER, f"TLS: {reason.replace('_', ' ').lower()}"
        case h11.RemoteProtocolError(error_status_hint=431):
            return FailureKind.TOO_LARGE, "the headers are too large"
        case httpcore.RemoteProtocolError() | httpx.RemoteProtocolError() if "without sending" in str(cause):
            return FailureKind.RESET, "the server hung up without an answer"
        case _:
            return None


def _socket_reason(cause: BaseException) -> tuple[FailureKind, str] | None:
    match cause:
        case ConnectionRefusedError():
            return FailureKind.REFUSED, "connection refused"
        case gaierror():
            return FailureKind.DNS_TEMPORARY, "the name could not be looked up"
        case OSError(errno=errno.ETIMEDOUT):
            return FailureKind.TIMEOUT_CONNECT, "no connection in time"
        case OSError(errno=errno.EHOSTUNREACH):
            return FailureKind.REFUSED, "no route to the host"
        case OSError(errno=errno.ENETUNREACH | errno.ENETDOWN | errno.EADDRNOTAVAIL | errno.EAFNOSUPPORT):
            return FailureKind.NETWORK, "this machine has no way to that address"
        case anyio.EndOfStream() | anyio.BrokenResourceError() | ConnectionError():
            return FailureKind.RESET, "the connection broke"
        case _:
            return None


def _is_without_way(error: Exception) -> bool:
    reasons = filter(None, map(_socket_reason, _causes(error)))
    return next((kind for kind, _ in reasons), None) is FailureKind.NETWORK


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Walk to what was raised first; httpcore hands an exception on as the argument of its own."""
    seen: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in seen:
        yield following
        seen.append(following)
        inner = following.args[0] if following.args else None
        following = inner if isinstance(inner, BaseException) else following.__cause__ or following.__context__


# X509_V_ERR_... of OpenSSL's x509_vfy.h; every other code means that nobody we trust has signed it.
_CERTIFICATE = {
    9: FailureKind.TLS_EXPIRED,  # not yet valid
    10: FailureKind.TLS_EXPIRED,
    62: FailureKind.TLS_HOSTNAME,
    64: FailureKind.TLS_HOSTNAME,  # an IP address
}

_NO_CONNECTION = (httpcore.ConnectError, httpcore.ConnectTimeout, httpx.ConnectError, httpx.ConnectTimeout)

# What httpcore raises, and what httpx makes of it where something stands in for the network.
_KINDS = (
    ((httpcore.ProxyError, httpx.ProxyError), FailureKind.PROXY, "the proxy refused to connect"),
    ((httpcore.ConnectTimeout, httpx.ConnectTimeout), FailureKind.TIMEOUT_CONNECT, "no connection in time"),
    ((httpcore.TimeoutException, httpx.TimeoutException), FailureKind.TIMEOUT_READ, "no answer in time"),
    ((httpcore.ConnectError, httpx.ConnectError), FailureKind.REFUSED, "no connection"),
    ((httpcore.NetworkError, httpx.NetworkError, OSError), FailureKind.RESET, "the connection broke"),
)

_FOREIGN = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpx.HTTPError,
    httpx.InvalidURL,
    anyio.BrokenResourceError,
    anyio.ClosedResourceError,
    anyio.EndOfStream,
    OSError,
    ValueError,
)
