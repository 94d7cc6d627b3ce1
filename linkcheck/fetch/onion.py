"""The onion: everything between a question and the wire, wired in one place."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import anyio
from msgspec import Struct

from linkcheck import __version__, uri
from linkcheck.archives.api import Archive
from linkcheck.clock import Clock
from linkcheck.config import Config
from linkcheck.events import Emit
from linkcheck.evidence.tape import BLANK, Tape
from linkcheck.fetch.breaker import Breaker, breaking
from linkcheck.fetch.decompress import decompressing
from linkcheck.fetch.engine import wire_named
from linkcheck.fetch.hosts import sending_own_headers, settings_of
from linkcheck.fetch.introduce import introducing
from linkcheck.fetch.lanes import Pace, through_lanes
from linkcheck.fetch.ledger import Ledger, ledger_of
from linkcheck.fetch.manners import mannered
from linkcheck.fetch.obeying import obeying
from linkcheck.fetch.paces import pacing
from linkcheck.fetch.policy import Policy, guarding
from linkcheck.fetch.proxies import environment_proxies
from linkcheck.fetch.punctual import Punctuality, punctual, punctual_names
from linkcheck.fetch.record import keeping_exchanges, keeping_names, keeping_steps
from linkcheck.fetch.redirects import redirecting
from linkcheck.fetch.resolve import LookUp, Resolver, overrides, system_hosts
from linkcheck.fetch.retrying import retrying
from linkcheck.fetch.tls import showing_certificates, trusting
from linkcheck.fetch.wire import Exchange, Limits, Wire
from linkcheck.model import Failure, FailureKind, Request, Response

__all__ = ["Exchange", "Traffic", "Web", "open_web", "resolver_for"]


class Traffic(Struct):
    """What has been sent so far."""

    requests: int = 0
    """Exchanges on the wire: every hop and every attempt counts."""


class Web(Struct, frozen=True, kw_only=True):
    """The world, as far as a run can ask it."""

    exchange: Exchange
    """Redirects walked, polite, guarded, retried, decompressed."""
    crawling: Exchange
    """The same for many links in a row: what is down is not asked, and what takes time is left to the schedule."""
    breaker: Breaker
    """What is down, for `crawling`."""
    pace_at: Callable[[str], Pace | None]
    """The pace of a URL's origin, where it has one of its own."""
    wishes: dict[str, float]
    """The seconds between two requests that origins were found to want, to be filled in; they are kept."""
    resolver: Resolver
    traffic: Traffic
    aclose: Callable[[], Awaitable[None]]
    """Closes all connections."""

    def forget(self) -> None:
        """Forget what was learnt of names and of hosts that are down."""
        self.resolver.forget()
        self.breaker.forget()


def open_web(  # noqa: PLR0913 - every part of the world comes in by its name
    config: Config,
    *,
    clock: Clock,
    archives: Sequence[Archive] = (),
    emit: Emit = lambda _: None,
    wire: Wire | None = None,
    resolver: Resolver | None = None,
    sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
    tape: Tape = BLANK,
    ledger: Callable[[], Ledger] | None = None,
    is_slower_only: bool = False,
) -> Web:
    """Wire the onion. ConfigError for overrides, proxies, authorities and secrets that cannot be used.

    The archives are asked as they wish to be asked, within the time that the ledger allows (by default what the config
    says), and may lie at private addresses: the config names them.
    """
    proxies = environment_proxies()
    limits = Limits(
        timeout=config.timeout,
        timeout_at=partial(_timeout_at, config),
        connect_timeout=config.connect_timeout,
        idle_connections=config.concurrency,
        proxies=proxies,
        tls=trusting(config.ca_file) if config.ca_file else None,
    )
    wire = wire or wire_named(config.engine, limits, clock)
    resolver = resolver or resolver_for(config)
    punctuality = Punctuality(clock)
    resolver.through(partial(keeping_names, tape=tape))
    resolver.through(partial(punctual_names, punctuality=punctuality))
    traffic = Traffic()
    policy = Policy(
        allow_private=config.allow_private,
        trusted_origins=_origins(archives),
        proxies=proxies,
        control_hosts=config.control_hosts,
    )
    pace_at = pacing(config, is_slower_only=is_slower_only)
    wishes: dict[str, float] = {}
    pace = Pace(total=config.concurrency, per_origin=config.host_concurrency, interval=config.host_interval)
    user_agent = config.user_agent.replace("{version}", __version__)
    sent = keeping_exchanges(showing_certificates(wire.send, timeout=config.connect_timeout), tape)
    spoken = introducing(decompressing(punctual(_counting(sent, traffic), punctuality)), user_agent)

    polite = mannered(
        guarding(
            through_lanes(
                sending_own_headers(spoken, config.hosts),
                pace,
                stopwatch=clock.stopwatch,
                sleep=sleep,
                pace_at=pace_at,
                wishes=wishes,
            ),
            resolver,
            policy,
        ),
        archives,
        ledger=ledger or partial(ledger_of, config.archive_budget),
        clock=clock,
        sleep=sleep,
        emit=emit,
    )
    patient = partial(retrying, polite, retries=config.retries, sleep=sleep)
    breaker = Breaker()
    obedient = partial(
        obeying if config.robots == "obey" else _free,
        asking=redirecting(patient()),
        user_agent=user_agent,
        but=_origins(archives),
    )
    return Web(
        exchange=redirecting(keeping_steps(obedient(patient()), tape)),
        crawling=redirecting(keeping_steps(breaking(obedient(patient(leaves=_FOR_THE_SCHEDULE)), breaker), tape)),
        breaker=breaker,
        pace_at=pace_at,
        wishes=wishes,
        resolver=resolver,
        traffic=traffic,
        aclose=wire.aclose,
    )


def _free(exchange: Exchange, **_: object) -> Exchange:
    """Ask whatever robots.txt says."""
    return exchange


_FOR_THE_SCHEDULE: frozenset[FailureKind | int] = frozenset({429, FailureKind.TIMEOUT_READ, FailureKind.DNS_TEMPORARY})
"""What is asked again later rather than at once: a host's wish for silence, what has cost a whole time-out, and names
that name servers have been asked for more than once already."""


def resolver_for(config: Config) -> Resolver:
    """Make the resolver that the config asks for: `--resolve` first, then this machine's hosts file and servers."""
    look_ups: list[LookUp] = []

    async def look_up(host: str) -> tuple[str, ...] | Failure:
        if not look_ups:
            from linkcheck.fetch.nameservers import asking  # noqa: PLC0415 - dnspython costs 20 ms; some runs need none

            look_ups.append(asking())
        return await look_ups[0](host)

    return Resolver(look_up, overrides=overrides(config.resolve), hosts=system_hosts())


def _origins(archives: Sequence[Archive]) -> frozenset[str]:
    endpoints = (url for archive in archives for url in archive.endpoints.values())
    return frozenset(origin for url in endpoints if (origin := uri.origin_of(url)))


def _timeout_at(config: Config, url: str) -> float | None:
    settings = settings_of(url, config.hosts)
    return settings.timeout if settings else None


def _counting(exchange: Exchange, traffic: Traffic) -> Exchange:
    async def counted(request: Request) -> Response | Failure:
        traffic.requests += 1
        return await exchange(request)

    return counted
