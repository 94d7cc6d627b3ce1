"""What the judge must know beyond one check: is there a network, can it be believed, which hosts are out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice

import anyio
from msgspec import structs

from linkcheck import uri
from linkcheck.config import Config
from linkcheck.evidence.replayer import Replayer
from linkcheck.fetch.census import Census, count
from linkcheck.fetch.network import is_closed, is_network_there, look_up_nonsense, unproven_denials
from linkcheck.fetch.proxies import environment_proxies
from linkcheck.fetch.resolve import NO_SUCH_NAME
from linkcheck.judge import World
from linkcheck.judge.world import Network, depends_on_network, settled
from linkcheck.model import Failure, FailureKind, Glance
from linkcheck.pipeline import hurrying
from linkcheck.pipeline.line import Line

_FELT = "weather"
_NAMED = 10
"""Hosts in trouble that are named; the links of all of them say so themselves."""
_IN_A_HURRY = 0.5
"""Seconds, for somebody who has had enough."""


async def learn(line: Line) -> World:
    """Learn what has come out; the network is only asked about what it could explain."""
    waiting = Counter[str]()
    denied: dict[str, bool] = {}
    census = count(_checks(line, waiting, denied), line.overridden, waiting)
    has_network, network = True, Network()
    tape, has_asked = line.tape, line.is_out or (line.is_resumed and not line.config.offline)
    if tape.has(_FELT) if isinstance(tape, Replayer) else has_asked:
        has_network, network = await tape.answer(_FELT, partial(_felt, line, census, denied), tuple[bool, Network])
    return World(
        is_offline=line.config.offline,
        has_network=has_network,
        network=network,
        outages=census.outages,
        overridden=line.overridden,
        severities=line.config.severity,
        accepted=line.accepted,
    )


async def _felt(line: Line, census: Census, denied: Mapping[str, bool]) -> tuple[bool, Network]:
    """Tell whether there is a network, and why not to trust it."""
    has_network = True
    if census.has_failures:
        has_network = line.web.resolver.worked > 0
        with anyio.move_on_after(_IN_A_HURRY if line.job.commands.stop.is_set() else None):
            has_network = await is_network_there(line.web.resolver, line.config.control_hosts)
    return has_network, await _with_denials(line, denied, await _network(line, census))


def distrusted(world: World) -> Iterator[str]:
    """Say why the result cannot be trusted as a whole."""
    if world.network.is_closed:
        yield "this network does not answer for the web: it knows some names, but none that everybody can look up"
    elif not world.has_network:
        yield "there is no network here: no name could be looked up, so nothing on the web is judged"
    if world.network.portal is not None:
        name = world.network.portal or "somebody"
        yield f"a captive portal: {name} answers here for other hosts, so what it answered is not judged"
    if world.network.lies:
        places = ", ".join(sorted(world.network.lies))
        yield f"the name servers here give {places} for names that do not exist, so what that led to is not judged"
    if world.network.lost_since is not None:
        yield f"the network went away: what failed from {world.network.lost_since or 'the beginning'} on is not judged"


def remarks(world: World) -> Iterator[str]:
    """Say what a reader should know, though the result stands."""
    if any(distrusted(world)):
        return
    worst = sorted(world.outages.items(), key=lambda item: -item[1].failing)
    for host, outage in worst[:_NAMED]:
        yield f"host-outage: {outage.failing} of {outage.asked} links of {host} fail: the host itself is in trouble"
    if len(worst) > _NAMED:
        yield f"host-outage: so it is with {len(worst) - _NAMED} more hosts"


def _checks(line: Line, waiting: Counter[str], denied: dict[str, bool]) -> Iterator[tuple[str, Glance]]:
    """Give what this run has seen; what it did not ask is counted by host.

    `denied` gets the top-level domains of names that are said not to exist, and whether the zone of one said so.
    """
    is_part = hurrying.is_over(line, f"census {line.rounds}")  # then a part tells enough of it
    for url, glance, is_carried in islice(line.journal.glances(), hurrying.AT_ONCE if is_part else None):
        if is_carried:
            waiting[uri.host_of(url)] += 1
        else:
            _note_denial(denied, url, glance, line.overridden)
            yield url, glance


def _note_denial(denied: dict[str, bool], url: str, glance: Glance, overridden: frozenset[str]) -> None:
    failure, asked = glance.failure, glance.final_url or url
    if failure and failure.kind in NO_SUCH_NAME and depends_on_network(asked, settled(failure, overridden)):
        domain = uri.top_level(uri.host_of(asked))
        denied[domain] = denied.get(domain, False) or failure.kind is FailureKind.DNS_NXDOMAIN


async def _network(line: Line, census: Census) -> Network:
    """Ask the name servers for nonsense, where names were looked up by ourselves at all."""
    resolver = line.web.resolver
    if not (resolver.worked or resolver.stayed) or environment_proxies() or line.job.commands.stop.is_set():
        return Network(portal=census.portal)
    answer = await look_up_nonsense(resolver, line.journal.run)
    if not isinstance(answer, Failure):
        return Network(portal=census.portal, lies=frozenset(answer))
    is_lost = answer.kind is FailureKind.DNS_TEMPORARY and census.has_failures
    return Network(portal=census.portal, lost_since=census.last_answer if is_lost else None)


async def _with_denials(line: Line, denied: Mapping[str, bool], network: Network) -> Network:
    """Add what it proves that names are denied here; nothing, where there was no time to find out."""
    if not denied:
        return network
    vouched = line.config.control_hosts if line.config.control_hosts != Config().control_hosts else ()
    resolver, unproven = line.web.resolver, dict.fromkeys(denied, "there was no time to look up a name that exists")
    closed = False
    with anyio.move_on_after(_IN_A_HURRY if line.job.commands.stop.is_set() else None):
        closed = (resolver.worked > 0 or resolver.stayed > 0) and await is_closed(resolver, vouched)
        doubted = () if closed else (domain for domain, is_owned in denied.items() if is_owned)
        unproven = await unproven_denials(resolver, doubted, line.journal.run, vouched)
    return structs.replace(network, is_closed=closed, unproven=unproven)
