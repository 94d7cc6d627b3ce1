"""What the judge must know beyond one check: is there a network, can it be believed, which hosts are out."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import islice

import anyio

from linkcheck import uri
from linkcheck.evidence.replayer import Replayer
from linkcheck.fetch.census import Census, count
from linkcheck.fetch.network import is_network_there, look_up_nonsense
from linkcheck.fetch.proxies import environment_proxies
from linkcheck.judge import World
from linkcheck.judge.world import Network
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
    census = count(_checks(line, waiting), line.overridden, waiting)
    has_network, network = True, Network()
    tape, has_asked = line.tape, line.is_out or (line.is_resumed and not line.config.offline)
    if tape.has(_FELT) if isinstance(tape, Replayer) else has_asked:
        has_network, network = await tape.answer(_FELT, partial(_felt, line, census), tuple[bool, Network])
    return World(
        is_offline=line.config.offline,
        has_network=has_network,
        network=network,
        outages=census.outages,
        overridden=line.overridden,
        severities=line.config.severity,
        accepted=line.accepted,
    )


async def _felt(line: Line, census: Census) -> tuple[bool, Network]:
    """Tell whether there is a network, and why not to trust it."""
    has_network = True
    if census.has_failures:
        has_network = line.web.resolver.worked > 0
        with anyio.move_on_after(_IN_A_HURRY if line.job.commands.stop.is_set() else None):
            has_network = await is_network_there(line.web.resolver, line.config.control_hosts)
    return has_network, await _network(line, census)


def distrusted(world: World) -> Iterator[str]:
    """Say why the result cannot be trusted as a whole."""
    if not world.has_network:
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


def _checks(line: Line, waiting: Counter[str]) -> Iterator[tuple[str, Glance]]:
    """Give what this run has seen; what it did not ask is counted by host."""
    is_part = hurrying.is_over(line, f"census {line.rounds}")  # then a part tells enough of it
    for url, glance, is_carried in islice(line.journal.glances(), hurrying.AT_ONCE if is_part else None):
        if is_carried:
            waiting[uri.host_of(url)] += 1
        else:
            yield url, glance


async def _network(line: Line, census: Census) -> Network:
    """Ask the name servers for nonsense, where names were looked up by ourselves at all."""
    resolver = line.web.resolver
    if not resolver.worked or environment_proxies() or line.job.commands.stop.is_set():
        return Network(portal=census.portal)
    answer = await look_up_nonsense(resolver, line.journal.run)
    if not isinstance(answer, Failure):
        return Network(portal=census.portal, lies=frozenset(answer))
    is_lost = answer.kind is FailureKind.DNS_TEMPORARY and census.has_failures
    return Network(portal=census.portal, lost_since=census.last_answer if is_lost else None)
