"""Which link is asked when: many at once, fair over hosts, and whatever looks bad once more at the end.

A fixed number of workers take links from a frontier: there is no task per link, and memory does not grow with their
number but for the ids of those that look bad.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Protocol

import anyio
import anyio.lowlevel
from msgspec import Struct, structs

from linkcheck.clock import Clock
from linkcheck.fetch.breaker import Breaker
from linkcheck.fetch.frontier import Frontier
from linkcheck.fetch.observe import Observation
from linkcheck.fetch.patience import Patience
from linkcheck.fetch.turns import Turns
from linkcheck.model import Check, FailureKind, Link

_OUR_DECISION = frozenset({FailureKind.POLICY, FailureKind.BUDGET})
"""Asking again would decide the same."""
_SYSTEM = Clock()


class Observe(Protocol):
    """Asks one link."""

    def __call__(self, link: Link, *, is_fresh: bool = False) -> Awaitable[Observation]:
        """Ask; on a connection of its own if it shall be fresh."""
        ...


class Deliver(Protocol):
    """Takes what was seen at once, so that nothing is lost when the run ends early."""

    def __call__(self, link: Link, observation: Observation, *, is_final: bool) -> Awaitable[None]:
        """Take it; one that is not final is followed by another after the last chance, if the run gets there."""
        ...


class Crew(Struct, frozen=True, kw_only=True):
    """How the work is shared out, and how long it may take."""

    workers: int = 64
    """Links at work at once."""
    per_origin: int = 10
    """Of these, asked of one origin."""
    window: int = 16_384
    """Links held at once, in search of an origin that is free."""
    max_time: float | None = None
    """Seconds for everything."""
    patience: float = 60.0
    """Seconds that one origin may make us wait in all, by 429 and Retry-After."""


class Outcome(Struct, frozen=True, kw_only=True):
    """How far it came."""

    asked: int
    """Links that have an answer, though it may be their host's to others."""
    unconfirmed: int
    """Links that looked bad and were not asked again."""
    not_asked: int


async def crawl(  # noqa: PLR0913 - every part of the world comes in by its name
    links: Callable[[], Iterable[Link]],
    observe: Observe,
    deliver: Deliver,
    *,
    crew: Crew,
    breaker: Breaker,
    doubted: Mapping[int, str] = MappingProxyType({}),
    grows: bool = False,
    tell_wait: Callable[[str, float, str], None] = lambda *_: None,
    width_at: Callable[[str], int | None] = lambda _: None,
    clock: Clock = _SYSTEM,
    sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
) -> Outcome:
    """Ask every link, and at the end those that looked bad once more, on fresh connections: their last chance.

    A link that looks bad again in the same way is delivered with `check.confirmed`; only then may it be called dead.
    One whose host is down is not asked, but answered by the breaker at its last chance: `check.inferred`. `links` is
    called again for the last chance, so that nobody holds those that look bad. If it `grows`, links that deliveries
    have added are asked, too, also those that the last chance of others has brought up. `tell_wait` hears which host is
    left alone, for how many seconds, and why; `width_at` gives how many links of a URL's origin may be asked at once,
    where it has a say. Cancelling loses nothing that was delivered. What looked bad in a run that was broken off is
    `doubted`, with its trouble by the link's id: it only gets its last chance.
    """
    doubtful = dict(doubted)
    parked: dict[int, str] = {}
    """What looked bad, and what was not asked because its host is down: the trouble, by the link's id."""
    asked = undelivered = 0
    patience = Patience(crew.patience)

    def turns(source: Iterable[Link], *, is_last: bool) -> Turns:
        limits = {"per_origin": crew.per_origin, "window": crew.window}
        return Turns(
            frontier=Frontier(
                source,
                **limits,
                grows=grows and not is_last,
                width_at=width_at,
                stopwatch=clock.stopwatch,
                sleep=sleep,
            ),
            patience=patience,
            breaker=breaker,
            clock=clock,
            tell_wait=tell_wait,
            is_last=is_last,
        )

    async def first(link: Link) -> None:
        nonlocal asked, undelivered
        observation = await observe(link)
        if not first_pass.is_through(link, observation):
            return
        trouble = trouble_of(observation.check)
        if observation.check.inferred and trouble is not None:
            parked[link.id] = trouble
            await anyio.lowlevel.checkpoint()
            return
        undelivered += 1
        await deliver(link, observation, is_final=trouble is None)
        undelivered -= 1
        asked += 1
        if trouble is not None:
            doubtful[link.id] = trouble

    async def again(link: Link) -> None:
        nonlocal asked
        observation = await observe(link, is_fresh=True)
        if not last_pass.is_through(link, observation):
            return
        is_parked = link.id in parked
        waiting = parked if is_parked else doubtful
        trouble = waiting[link.id]
        check = structs.replace(
            observation.check,
            confirmed=trouble_of(observation.check) == trouble,
            inferred=observation.check.inferred and is_parked,  # the others were asked themselves, the first time
        )
        observation = structs.replace(observation, check=check)
        await deliver(link, observation, is_final=True)
        del waiting[link.id]
        asked += is_parked

    unheard = filter(lambda link: link.id not in doubted, links()) if doubted else links()  # a generator would not grow
    first_pass = turns(unheard, is_last=False)
    with anyio.move_on_after(crew.max_time):
        await _work(first_pass.frontier, first, crew.workers)
        while doubtful or parked:
            suspects = (link for link in links() if link.id in doubtful or link.id in parked)
            last_pass = turns(suspects, is_last=True)
            await _work(last_pass.frontier, again, crew.workers)
            if not grows:
                break
            first_pass.frontier.look_again()
            await _work(first_pass.frontier, first, crew.workers)

    not_asked = sum(1 for _ in first_pass.frontier.rest()) + undelivered + len(parked)
    return Outcome(asked=asked, unconfirmed=len(doubtful), not_asked=not_asked)


def trouble_of(check: Check) -> str | None:
    """Name what deserves a second look, so that two looks can be compared; None for what does not."""
    if check.failure is not None:
        return None if check.failure.kind in _OUR_DECISION else check.failure.kind.value
    match check.status:
        case 404 | 410 if check.also_on:
            return None  # another day has confirmed it
        case 404 | 410:
            return "gone"
        case 429:
            return "rate-limit"
        case int(status) if 500 <= status < 600:
            return "server-error"
        case _:
            return None


async def _work(frontier: Frontier, task: Callable[[Link], Awaitable[None]], workers: int) -> None:
    async def worker() -> None:
        while (link := await frontier.take()) is not None:
            await task(link)
            frontier.through()

    async with anyio.create_task_group() as group:
        for _ in range(workers):
            group.start_soon(worker)
