"""The connections of the httpx wire: a pool for every place that is asked, so that one place costs what it costs alone.

httpcore's pool looks at all its connections for each request, three times: shared by a thousand idle ones, it takes
20 ms of CPU a request. A pool of one place has few, and is pinned to the addresses that were checked for it.
"""

import errno
import ssl
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpcore
import httpx
from msgspec import Struct

from linkcheck.fetch.wire import Limits, endpoint

_KEEP_ALIVE = 15.0
"""Seconds that an idle connection is kept; most servers close theirs no sooner."""
_SAID = 24
"""Bytes of a greeting that are shown."""
_LEAST_SHARE = 1.0
"""Seconds that every address of a host gets at least: a lost SYN is sent again after one."""


class Place(Struct, frozen=True):
    """What a pool is for."""

    origin: str
    addresses: tuple[str, ...] = ()
    """What may be connected to; empty where the system or a proxy resolves."""
    proxy: str | None = None


class Pools:
    """Pools by place; of more than there may be idle connections the one that was not used for longest is closed."""

    def __init__(self, limits: Limits, tls: ssl.SSLContext) -> None:
        self._limits = limits
        self._tls = tls
        self._idle: dict[Place, Pool] = {}
        """Those that nobody uses, longest ago first."""
        self._in_use: dict[Place, Pool] = {}

    @asynccontextmanager
    async def to(self, place: Place, *, is_fresh: bool) -> AsyncIterator["Pool"]:
        """Lend a pool for one exchange; one of its own, which keeps nothing, if it shall be fresh."""
        if is_fresh:
            pool = Pool(place, self._tls, keeps=0)
            try:
                yield pool
            finally:
                with anyio.CancelScope(shield=True):
                    await pool.aclose()
            return
        known = self._in_use.get(place) or self._idle.pop(place, None)
        pool = known or Pool(place, self._tls, keeps=self._limits.idle_connections)
        self._in_use[place] = pool
        pool.users += 1
        try:
            yield pool
        finally:
            pool.users -= 1
            if not pool.users:
                del self._in_use[place]
                self._idle[place] = pool
                if len(self._idle) > self._limits.idle_connections:
                    with anyio.CancelScope(shield=True):
                        await self._idle.pop(next(iter(self._idle))).aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        pools = [*self._idle.values(), *self._in_use.values()]
        self._idle.clear()
        for pool in pools:
            await pool.aclose()


class Pool(httpx.AsyncBaseTransport):
    """Joins httpx to a connection pool of ours: httpx itself cannot be given a network backend."""

    def __init__(self, place: Place, tls: ssl.SSLContext, keeps: int) -> None:
        self.users = 0
        through = httpx.Proxy(place.proxy) if place.proxy else None
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            proxy=httpcore.Proxy(str(through.url), auth=through.raw_auth) if through else None,
            max_connections=None,  # lanes limit these
            max_keepalive_connections=keeps,
            keepalive_expiry=_KEEP_ALIVE,
            network_backend=None if through else _Pinned(place.addresses),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; httpcore's exceptions come as they are."""
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
        """Close its connections."""
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
    """Connects to the addresses of its place and to no other; without any, to what the system resolves."""

    def __init__(self, addresses: tuple[str, ...]) -> None:
        self._addresses = addresses
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
        addresses = self._addresses or (host,)
        deadline = anyio.current_time() + (timeout or 0)
        errors: list[Exception] = []
        for tried, address in enumerate(addresses):
            share = timeout
            if timeout is not None:
                left = (deadline - anyio.current_time()) / (len(addresses) - tried)
                share = max(left, min(_LEAST_SHARE, timeout))
            try:
                at, through = endpoint(address, port)
                return _Heard(await self._network.connect_tcp(at, through, share, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                errors.append(error)
        # That there is no way to an IPv6 address says nothing about a host that has refused over IPv4.
        raise next((error for error in errors if not is_without_way(error)), errors[0])


class _Heard(httpcore.AsyncNetworkStream):
    """A connection that knows whether what it heard first was HTTP.

    To httpcore one that ends before its head is whole has said nothing at all, whatever it said.
    """

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._first = b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - its signature
        try:
            data = await self._stream.read(max_bytes, timeout)
        except httpcore.ReadError:
            data = b""
            if self._is_http():
                raise
        if not self._first:
            self._first = data[:_SAID]
        if not data and not self._is_http():
            raise httpcore.RemoteProtocolError(f"it says {self._first!r}")
        return data

    def _is_http(self) -> bool:
        return self._first[:5] == b"HTTP/"[: len(self._first)]

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - its signature
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        return _Heard(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def is_without_way(error: BaseException) -> bool:
    """Tell whether this machine, rather than the host, is why there is no connection."""
    numbers = (cause.errno for cause in causes(error) if isinstance(cause, OSError) and cause.errno is not None)
    return next(numbers, None) in _WITHOUT_WAY


def causes(error: BaseException) -> Iterator[BaseException]:
    """Walk to what was raised first; httpcore hands an exception on as the argument of its own."""
    seen: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in seen:
        yield following
        seen.append(following)
        inner = following.args[0] if following.args else None
        following = inner if isinstance(inner, BaseException) else following.__cause__ or following.__context__


_WITHOUT_WAY = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
