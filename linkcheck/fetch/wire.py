"""What a wire is: one HTTP exchange, nothing more; and how one is chosen.

Every layer of the onion, and the wire at its heart, is the same thing: an `Exchange`.
"""

from collections.abc import Awaitable, Callable, Mapping
from ssl import SSLContext
from typing import Protocol, TypeAlias

from msgspec import Struct

from linkcheck.clock import Clock
from linkcheck.model import Failure, Request, Response

Exchange: TypeAlias = Callable[[Request], Awaitable[Response | Failure]]
"""Asks one thing of the web and gives what came; never raises about the world."""


class Limits(Struct, frozen=True, kw_only=True):
    """What one exchange may cost, and through whom it goes."""

    timeout: float = 30.0
    """Seconds for one exchange in all."""
    connect_timeout: float = 5.0
    """Seconds to get a connection, TLS included."""
    idle_connections: int = 64
    """Connections that are kept open for the next request, at most."""
    proxies: Mapping[str, str] = {}
    """Proxy by URL scheme, as `linkcheck.fetch.proxies` reads them; used for requests without addresses."""
    tls: SSLContext | None = None
    """Whom to trust; None means the usual authorities."""


class Wire(Protocol):
    """Speaks HTTP.

    The contract: connects to exactly `request.addresses`, in their order; walks no redirects; keeps no cookies; sends
    the headers it is given. The body comes as it was sent, not decompressed, at most `request.read.limit` bytes of
    it, and only if its type is wanted; whatever is missing makes the response `truncated`. A request that says
    `connection: close` gets a connection of its own. The one hop of the response names the peer's address.
    """

    async def send(self, request: Request) -> Response | Failure:
        """Make one exchange; what goes wrong is a Failure."""
        ...

    async def aclose(self) -> None:
        """Close all connections."""
        ...


def wire_named(engine: str, limits: Limits, clock: Clock) -> Wire:
    """Make the wire of that name; `auto` is the best there is. The library behind it is imported only here."""
    match engine:
        case "auto" | "httpx":
            from linkcheck.fetch.httpx_wire import HttpxWire  # noqa: PLC0415 - httpx costs 60 ms; many runs need none

            return HttpxWire(limits, clock)
        case _:
            raise ValueError(f"there is no wire called {engine!r}")
