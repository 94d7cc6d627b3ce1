"""The wire that works everywhere: httpx over httpcore, connected to exactly the addresses that were checked.

Nothing else imports either library. Their exceptions end here, as failures of the closed list.
"""

import errno
import ssl
from socket import gaierror

import anyio
import h11
import httpcore
import httpx

from linkcheck import uri
from linkcheck.clock import Clock
from linkcheck.fetch.certificate import end_of
from linkcheck.fetch.httpx_pools import Place, Pools, causes
from linkcheck.fetch.proxies import LOG_IN, proxy_of
from linkcheck.fetch.tls import trusting
from linkcheck.fetch.wire import Limits
from linkcheck.model import Failure, FailureKind, Hop, Read, Request, Response


class HttpxWire:
    """Speaks HTTP/1.1 through httpx; see `Wire` for the contract.

    It asks transports, without a client between: a client reads `Location` before we may, and fails on what it cannot
    follow.
    """

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._pools = Pools(limits, limits.tls or trusting())

    async def send(self, request: Request) -> Response | Failure:
        """Make one exchange.

        Headers are an answer: a body that breaks off, or drips on past the deadline, is kept as far as it came.
        """
        proxy = None if request.addresses else proxy_of(request.url, self._limits.proxies)
        place = Place(uri.origin_of(request.url) or "", request.addresses, proxy)
        started = self._clock.stopwatch()
        answer: httpx.Response | None = None
        peer = certificate_end = None
        error: Exception | None = None
        body = bytearray()
        is_whole = False
        with anyio.move_on_after(self._limits.timeout_of(request.url)):
            try:
                outgoing = _outgoing(request, proxy, self._limits.connect_timeout)
                async with self._pools.to(place, is_fresh=("connection", "close") in request.headers) as pool:
                    answer = await pool.handle_async_request(outgoing)
                    peer = _peer(answer) if request.addresses else None
                    certificate_end = _certificate_end(answer)
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
            return Failure(FailureKind.PROXY, LOG_IN, url=request.url)
        pairs = tuple([(_text(name).lower(), _text(value)) for name, value in answer.headers.raw])
        location = next((value for name, value in pairs if name == "location"), None)
        return Response(
            url=request.url,
            status=answer.status_code,
            headers=pairs,
            body=bytes(body),
            truncated=not is_whole,
            hops=(Hop(request.url, answer.status_code, location, elapsed_ms, peer),),
            elapsed_ms=elapsed_ms,
            certificate_end=certificate_end,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pools.aclose()


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
    limit = read.limit_of(answer.headers.get("content-type", "").partition(";")[0].strip().lower())
    if not limit:
        return False
    async for chunk in answer.aiter_raw():
        body += chunk
        if len(body) > limit:
            del body[limit:]
            return False
    return True


def _certificate_end(answer: httpx.Response) -> str | None:
    stream = answer.extensions.get("network_stream")
    tls = stream.get_extra_info("ssl_object") if stream is not None else None
    shown = tls.getpeercert(binary_form=True) if tls is not None else None
    return end_of(shown) if shown else None


def _peer(answer: httpx.Response) -> str | None:
    """Give who has answered; it is asked for before the body, with whose end the connection may be closed."""
    stream = answer.extensions.get("network_stream")
    address = stream.get_extra_info("server_addr") if stream is not None else None
    return address[0] if address else None


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
    reasons = tuple(causes(error))
    if found := next(filter(None, map(_protocol_reason, reasons)), None):
        return found
    if is_proxied and isinstance(error, (httpcore.ProxyError, httpx.ProxyError)) and "407" in str(error):
        return FailureKind.PROXY, LOG_IN
    if is_proxied and isinstance(error, _NO_CONNECTION):
        return FailureKind.PROXY, "the proxy could not be reached"
    if found := next(filter(None, map(_socket_reason, reasons)), None):
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
