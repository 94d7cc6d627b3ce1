"""The guard: nothing is asked before every address of its host has been checked.

WHATWG-parse, resolve, check, and then connect to exactly what was checked; again on every hop. So nothing that a
remote page says makes us ask a private host.
"""

from collections.abc import Mapping

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.fetch.proxies import proxy_of
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


def guarding(exchange: Exchange, resolver: Resolver, policy: Policy) -> Exchange:
    """Wrap an exchange so that requests carry checked addresses, and others are answered by a Failure."""

    async def guarded(request: Request) -> Response | Failure:
        parts = uri.parse(request.url)
        if parts is None or parts.scheme not in uri.WEB or not parts.host:
            return Failure(FailureKind.POLICY, "only http and https are asked", url=request.url)
        is_override = (parts.host, parts.port) in resolver.overrides
        if not is_override and proxy_of(request.url, policy.proxies) is not None:
            return await through_proxy(request, parts)
        addresses = await resolver.resolve(parts.host, parts.port)
        if isinstance(addresses, Failure):
            return structs.replace(addresses, url=request.url)
        if not is_override and (refusal := _refusal(request.url, addresses, policy)):
            return refusal
        return await exchange(structs.replace(request, addresses=addresses))

    async def through_proxy(request: Request, parts: uri.Parts) -> Response | Failure:
        """Let the proxy resolve: only what is settled without a look-up can be checked, and asked, by ourselves."""
        settled = resolver.settled(parts.host, parts.port)
        if isinstance(settled, Failure):
            return structs.replace(settled, url=request.url)
        if settled is not None:
            if refusal := _refusal(request.url, settled, policy):
                return refusal
            if _private(settled):
                return await exchange(structs.replace(request, addresses=settled))
        answer = await exchange(structs.replace(request, addresses=()))
        if isinstance(answer, Response):
            resolver.worked += 1
        return answer

    return guarded


def _refusal(url: str, addresses: tuple[str, ...], policy: Policy) -> Failure | None:
    private = None if policy.allow_private else _private(addresses)
    if private is None or uri.origin_of(url) in policy.trusted_origins:
        return None
    return Failure(FailureKind.POLICY, f"private address {private}", url=url, reason=ReasonCode.PRIVATE_ADDRESS)


def _private(addresses: tuple[str, ...]) -> str | None:
    return next((address for address in addresses if not uri.is_public(address)), None)
