"""What all checks together say: which hosts are out, and whether somebody else answers for the hosts. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

from linkcheck import uri
from linkcheck.judge.world import Outage, depends_on_network, settled
from linkcheck.model import Check, FailureKind, Glance

_SEVERAL = 3
_MOST = 0.8
"""Of the links of a host, or of the sites of a run."""
_NO_OUTAGE = frozenset(
    {
        FailureKind.DNS_NXDOMAIN,
        FailureKind.DNS_UNPROVEN,
        FailureKind.POLICY,
        FailureKind.BUDGET,
        FailureKind.NETWORK,
    }
)
_FORGED = frozenset({FailureKind.TLS_HOSTNAME, FailureKind.TLS_UNTRUSTED})
"""What a certificate looks like that somebody else shows."""


class Census(Struct, frozen=True, kw_only=True):
    """What was counted."""

    outages: dict[str, Outage] = {}
    """By host: at least three links fail, or may fail, and they are most of its links."""
    portal: str | None = None
    """The uncited host that answers for most others; empty where only their certificates say so; None for nobody."""
    last_answer: str = ""
    """When the last link was asked that was answered over the network; ISO 8601."""
    has_failures: bool = False
    """Whether anything failed that the network may be to blame for."""


def count(
    checks: Iterable[tuple[str, Check | Glance]],
    overridden: frozenset[str],
    waiting: Mapping[str, int] = MappingProxyType({}),
) -> Census:
    """Count web links with their last checks; memory grows with the number of hosts only.

    `waiting` are links by host that were not due, so that it is not known whether they fail, too.
    """
    asked: Counter[str] = Counter()
    failing: Counter[str] = Counter()
    sites: set[str] = set()
    forged: set[str] = set()
    led_to: defaultdict[str, set[str]] = defaultdict(set)
    last_answer, has_failures = "", False
    for url, check in checks:
        host, end = uri.host_of(url), uri.host_of(check.final_url or url)
        asked[host] += 1
        failing[host] += end == host and _is_failing(check)
        known = settled(check.failure, overridden)
        if check.inferred or not depends_on_network(url, known):
            continue
        if check.failure is None:
            last_answer = max(last_answer, check.at)
            sites.add(_site(host))
            if _site(end) != _site(host):
                led_to[end].add(_site(host))
            continue
        has_failures = has_failures or depends_on_network(check.final_url or url, known)
        if check.failure.kind in _FORGED:
            sites.add(_site(host))
            forged.add(_site(host))
    return Census(
        outages={
            host: Outage(failing=number, asked=asked[host])
            for host, number in failing.items()
            if number and number + waiting.get(host, 0) >= _SEVERAL and number >= _MOST * asked[host]
        },
        portal=_portal(sites, forged, {end: led for end, led in led_to.items() if end not in asked}),
        last_answer=last_answer,
        has_failures=has_failures,
    )


def _portal(sites: set[str], forged: set[str], led_to: dict[str, set[str]]) -> str | None:
    """Name who answers for the others: several unrelated sites, and most of those that answered at all."""
    end, led = max(led_to.items(), key=lambda item: len(item[1]), default=("", set()))
    captured = led | forged
    if len(captured) < _SEVERAL or len(captured) < _MOST * len(sites):
        return None
    return end


def _is_failing(check: Check | Glance) -> bool:
    if check.failure is not None:
        return check.failure.kind not in _NO_OUTAGE
    return check.status is not None and 500 <= check.status < 600


def _site(host: str) -> str:
    """Give the last two labels: too little tells `co.uk` names not apart, which only makes us slower to accuse."""
    return ".".join(host.rsplit(".", 2)[-2:])
