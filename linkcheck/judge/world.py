"""What the judge must know beyond one check, above all of the network that the answers came over."""

from collections.abc import Mapping

from msgspec import Struct

from linkcheck import domains, uri
from linkcheck.model import FailureKind, Severity, Trouble

_NEVER_RESOLVED = frozenset({"invalid", "localhost"})
_LOOKED_UP = frozenset({FailureKind.DNS_NXDOMAIN, FailureKind.DNS_UNPROVEN, FailureKind.DNS_TEMPORARY})
"""Top-level domains that no name server is asked about (RFC 6761)."""


class Network(Struct, frozen=True, kw_only=True):
    """Why answers that came over the network, or did not come, may be untrue."""

    lies: frozenset[str] = frozenset()
    """The addresses that the name servers give for names that do not exist."""
    portal: str | None = None
    """The host that answers for others, as in hotels; empty when it only shows its certificate."""
    lost_since: str | None = None
    """The network went away then (ISO 8601)."""
    is_closed: bool = False
    """Names are denied here, and none is known of those that everybody can look up: it is not the web's network."""
    unproven: Mapping[str, str] = {}
    """Top-level domains for which it proves nothing that a name is denied here, each with the reason."""

    @property
    def is_doubted(self) -> bool:
        """Whether anything speaks against it."""
        return bool(self.lies) or self.portal is not None or self.lost_since is not None


class Outage(Struct, frozen=True, kw_only=True):
    """Many links of one host fail at once."""

    failing: int
    asked: int


class World(Struct, frozen=True, kw_only=True):
    """What the judge must know beyond one check."""

    is_offline: bool = False
    """We were told not to use the network."""
    has_network: bool = True
    """A real name look-up worked in this run."""
    network: Network = Network()
    outages: Mapping[str, Outage] = {}
    """By host."""
    overridden: frozenset[str] = frozenset()
    """Hosts that `--resolve` names: they say nothing about the network, and no address of theirs is an example."""
    severities: Mapping[str, Severity] = {}
    """By rule, where the config says otherwise."""
    accepted: Mapping[str, frozenset[int]] = {}
    """By HOST or HOST:PORT: the statuses that are fine there, as the config says."""


def depends_on_network(url: str, overridden: frozenset[str]) -> bool:
    """Tell whether a failure of this URL can be the network's: not for literal addresses, overrides, `.invalid`."""
    host = uri.host_of(url)
    return not (uri.is_address(host) or host in overridden or uri.is_within(host, _NEVER_RESOLVED))


def why_unproven(url: str, failure: Trouble, network: Network) -> str | None:
    """Return why it proves nothing that the host of a URL is denied here, in words; None where it does."""
    host, message = uri.host_of(url), failure.message
    domain = uri.top_level(host)
    if network.is_closed:
        return f"this network does not answer for the web: it knows no names of the internet ({message})"
    if failure.kind is FailureKind.DNS_UNPROVEN and not domains.is_public(host):
        return f".{domain} is no top-level domain of the internet: mistyped, or of another network ({message})"
    if failure.kind is FailureKind.DNS_UNPROVEN:
        return f"this network does not answer for the web: {message}"
    why = network.unproven.get(domain)
    return f"this network does not answer for the web: {why} ({message})" if why else None


def settled(failure: Trouble | None, overridden: frozenset[str]) -> frozenset[str]:
    """Give the hosts that no look-up is needed for: `--resolve` names one port, and at others a name is looked up."""
    return frozenset() if failure and failure.kind in _LOOKED_UP else overridden
