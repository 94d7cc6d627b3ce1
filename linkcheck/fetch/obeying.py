"""Asks nothing that the site's robots.txt keeps programs from: `--robots obey`.

Who gives links to a checker has chosen them, so robots.txt, which is for crawlers (RFC 9309 1), governs by itself only
what is followed. This layer of the onion belongs within redirects, so that every hop is a question of its own.
"""

from msgspec import structs

from linkcheck import uri
from linkcheck.fetch.converse import converse
from linkcheck.fetch.once import once
from linkcheck.fetch.robots import Robots, ask_robots
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, FailureKind, ReasonCode, Request, Response

_REMEMBERED = 1024
"""Sites whose rules are kept: memory does not grow with the number of links."""
_NOBODY_THERE = frozenset(
    {
        FailureKind.DNS_NXDOMAIN,
        FailureKind.DNS_UNPROVEN,
        FailureKind.DNS_TEMPORARY,
        FailureKind.REFUSED,
        FailureKind.RESET,
        FailureKind.TIMEOUT_CONNECT,
        FailureKind.TLS_EXPIRED,
        FailureKind.TLS_HOSTNAME,
        FailureKind.TLS_UNTRUSTED,
        FailureKind.TLS_OTHER,
        FailureKind.PROXY,
        FailureKind.POLICY,
        FailureKind.BUDGET,
        FailureKind.NETWORK,
    }
)
"""Failures that do not depend on what is asked of a site: they are the link's own, and no rule."""


def obeying(exchange: Exchange, asking: Exchange, user_agent: str, *, but: frozenset[str] = frozenset()) -> Exchange:
    """Wrap an exchange so that what robots.txt forbids is answered by `Failure("policy")`.

    `asking` fetches the files, each once, with redirects; `but` are origins that are asked whatever theirs says.
    """

    async def learn(origin: str) -> Robots:
        return await converse(ask_robots(f"{origin}/", user_agent), {Request: asking})

    rules = once(learn, most=_REMEMBERED, is_kept=lambda robots: robots.failure is None)

    async def asked(request: Request) -> Response | Failure:
        origin, place = uri.origin_of(request.url), uri.resolve("/robots.txt", request.url)
        if origin is None or origin in but or request.url == place:
            return await exchange(request)
        robots = await rules(origin)
        missing = robots.failure
        if missing and missing.kind in _NOBODY_THERE and not missing.hops:
            return structs.replace(missing, url=request.url)
        if robots.allows(request.url):
            return await exchange(request)
        why = f"{place} {_said(robots, request.url)}; {_REMEDY}"
        return Failure(FailureKind.POLICY, why, url=request.url, reason=ReasonCode.POLICY)

    return asked


def _said(robots: Robots, url: str) -> str:
    if robots.why:
        return f"is not known, so nothing may be asked (RFC 9309 2.3.1.4): {robots.why}"
    rule = robots.rule_against(url)
    return f"forbids it to programs: {rule}" if rule else "forbids it to programs"


_REMEDY = "--robots following asks it all the same"
