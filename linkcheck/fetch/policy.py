"""The guard: nothing is asked before every address of its host has been checked.

WHATWG-parse, resolve, check, and then connect to exactly what was checked; again on every hop. So nothing that a
remote page says makes us ask a private host.

A proxy resolves names itself, and may see another network than we do. What can be known on this side is refused all the
same: literal addresses, and names that lead to a private address here although public names are resolved here.
"""

from collections.abc import Mapping

import anyio
from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.fetch.proxies import proxy_of
from linkcheck.fetch.public_address import is_public
from linkcheck.fetch.resolve import Resolver
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, FailureKind, ReasonCode, Request, Response


class Policy(Struct, frozen=True, kw_only=True):
    """What may be asked."""

    allow_private: bool = False
    """Private, loopback and link-local addresses, too."""
    trusted_origins: frozenset[str] = frozenset()
    """Origins that the config names as archives: they may be anywhere."""
    proxies: Mapping[str, str] = {}
    """By URL scheme; a proxy resolves names itself."""
    control_hosts: tuple[str, ...] = ()
    """Names of the public internet: where one has a public address here, names behind a proxy are looked up, too."""


def guarding(exchange: Exchange, resolver: Resolver, policy: Policy) -> Exchange:
    """Wrap an exchange so that requests carry checked addresses, and others are answered by a Failure."""
    return _Guard(exchange, resolver, policy).ask


class _Guard:
    def __init__(self, exchange: Exchange, resolver: Resolver, policy: Policy) -> None:
        self._exchange = exchange
        self._resolver = resolver
        self._policy = policy
        self._lock = anyio.Lock()
        self._is_public_here: bool | None = None

    async def ask(self, request: Request) -> Response | Failure:
        """Check where a request leads before it is made."""
        parts = uri.parse(request.url)
        if parts is None or parts.scheme not in uri.WEB or not parts.host:
            return Failure(FailureKind.POLICY, "only http and https are asked", url=request.url)
        is_override = (parts.host, parts.port) in self._resolver.overrides
        if not is_override and proxy_of(request.url, self._policy.proxies) is not None:
            return await self._through_proxy(request, parts)
        addresses = await self._resolver.resolve(parts.host, parts.port)
        if isinstance(addresses, Failure):
            return structs.replace(addresses, url=request.url)
        if not is_override and (refusal := _refusal(request.url, addresses, self._policy)):
            return refusal
        return await self._exchange(structs.replace(request, addresses=addresses))

    async def _through_proxy(self, request: Request, parts: uri.Parts) -> Response | Failure:
        """Let the proxy resolve, unless the host is known to be private here."""
        settled = self._resolver.settled(parts.host, parts.port)
        known = await self._looked_up(parts) if settled is None else settled
        if isinstance(settled, Failure):
            return structs.replace(settled, url=request.url)
        if isinstance(known, tuple) and (refusal := _refusal(request.url, known, self._policy)):
            return refusal
        if settled and _private(settled):
            return await self._exchange(structs.replace(request, addresses=settled))
        answer = await self._exchange(structs.replace(request, addresses=()))
        if isinstance(answer, Response):
            self._resolver.worked += 1
        return answer

    async def _looked_up(self, parts: uri.Parts) -> tuple[str, ...] | Failure | None:
        """Return what a name leads to here; None where that does not matter, or public names are not resolved here."""
        if self._policy.allow_private or not await self._resolves_public_names():
            return None
        return await self._resolver.resolve(parts.host, parts.port, counts=False)

    async def _resolves_public_names(self) -> bool:
        """Return whether a control host has public addresses here, and no others; found out by the first request."""
        async with self._lock:
            if self._is_public_here is None:
                self._is_public_here = False
                for host in self._policy.control_hosts:
                    found = await self._resolver.resolve(host, 443, counts=False)
                    if isinstance(found, tuple) and _private(found) is None:
                        self._is_public_here = True
                        break
            return self._is_public_here


def _refusal(url: str, addresses: tuple[str, ...], policy: Policy) -> Failure | None:
    private = None if policy.allow_private else _private(addresses)
    if private is None or uri.origin_of(url) in policy.trusted_origins:
        return None
    return Failure(FailureKind.POLICY, f"private address {private}", url=url, reason=ReasonCode.PRIVATE_ADDRESS)


def _private(addresses: tuple[str, ...]) -> str | None:
    return next((address for address in addresses if not is_public(address)), None)
