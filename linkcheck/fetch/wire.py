"""What a wire is: one HTTP exchange, nothing more.

Every layer of the onion, and the wire at its heart, is the same thing: an `Exchange`.
"""

from collections.abc import Awaitable, Callable, Mapping
from ssl import SSLContext
from typing import Protocol, TypeAlias

from msgspec import Struct

from linkcheck.model import Failure, Request, Response

Exchange: TypeAlias = Callable[[Request], Awaitable[Response | Failure]]
"""Asks one thing of the web and gives what came; never raises about the world."""


class Limits(Struct, frozen=True, kw_only=True):
    """What one exchange may cost, and through whom it goes."""

    timeout: float = 30.0
    """Seconds for one exchange in all."""
    timeout_at: Callable[[str], float | None] = lambda _: None
    """Gives the seconds for one URL, where its host has a time of its own."""
    connect_timeout: float = 5.0
    """Seconds to get a connection, TLS included."""
    idle_connections: int = 64
    """Connections that are kept open for the next request, at most."""
    proxies: Mapping[str, str] = {}
    """Proxy by URL scheme, as `linkcheck.fetch.proxies` reads them; used for requests without addresses."""
    tls: SSLContext | None = None
    """Whom to trust; None means the usual authorities."""

    def timeout_of(self, url: str) -> float:
        """Give the seconds that one exchange with this URL may take in all."""
        return self.timeout_at(url) or self.timeout


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


def endpoint(address: str, port: int) -> tuple[str, int]:
    """Give the IP address and the port to connect to: an override may send a host's port to another one."""
    ip, mark, other = address.rpartition(":")
    is_with_port = mark and (ip.startswith("[") or ":" not in ip)
    return (ip.strip("[]"), int(other)) if is_with_port else (address, port)
