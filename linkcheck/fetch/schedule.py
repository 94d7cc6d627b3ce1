"""Which link is asked when: many at once, fair over hosts, and whatever looks bad once more at the end.

A fixed number of workers take links from a frontier: there is no task per link, and memory does not grow with their
number but for those that look bad.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

import anyio
from msgspec import Struct, structs

from linkcheck.fetch.frontier import Frontier
from linkcheck.fetch.observe import Observation
from linkcheck.model import Check, FailureKind, Link

_OUR_DECISION = frozenset({FailureKind.POLICY, FailureKind.BUDGET})
"""Asking again would decide the same."""


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
    """How the work is shared out."""

    workers: int = 64
    """Links at work at once."""
    per_origin: int = 10
    """Of these, asked of one origin."""
    window: int = 16_384
    """Links held at once, in search of an origin that is free."""
    max_time: float | None = None
    """Seconds for everything."""


class Outcome(Struct, frozen=True, kw_only=True):
    """How far it came."""

    asked: int
    unconfirmed: int
    """Links that looked bad and were not asked again."""
    not_asked: int


async def crawl(
    links: Iterable[Link],
    observe: Observe,
    deliver: Deliver,
    *,
    crew: Crew,
    leave: Callable[[Link], None] = lambda _: None,
) -> Outcome:
    """Ask every link, and at the end those that looked bad once more, on fresh connections: their last chance.

    A link that looks bad again in the same way is delivered with `check.confirmed`; only then may it be called dead.
    When `max_time` is up, links that were not asked go to `leave`. Cancelling loses nothing that was delivered.
    """
    doubtful: dict[int, tuple[Link, str]] = {}
    asked = 0
    frontier = Frontier(links, per_origin=crew.per_origin, window=crew.window)

    async def first(link: Link) -> None:
        nonlocal asked
        observation = await observe(link)
        asked += 1
        frontier.done(link)
        trouble = trouble_of(observation.check)
        if trouble is not None:
            doubtful[link.id] = (link, trouble)
        await deliver(link, observation, is_final=trouble is None)

    async def again(link: Link) -> None:
        observation = await observe(link, is_fresh=True)
        last_chances.done(link)
        _, trouble = doubtful.pop(link.id)
        if trouble_of(observation.check) == trouble:
            observation = structs.replace(observation, check=structs.replace(observation.check, confirmed=True))
        await deliver(link, observation, is_final=True)

    with anyio.move_on_after(crew.max_time):
        await _work(frontier, first, crew.workers)
        suspects = [link for link, _ in doubtful.values()]
        last_chances = Frontier(suspects, per_origin=crew.per_origin, window=crew.window)
        await _work(last_chances, again, crew.workers)

    not_asked = 0
    for link in frontier.rest():
        leave(link)
        not_asked += 1
    return Outcome(asked=asked, unconfirmed=len(doubtful), not_asked=not_asked)


def trouble_of(check: Check) -> str | None:
    """Name what deserves a second look, so that two looks can be compared; None for what does not."""
    if check.failure is not None:
        return None if check.failure.kind in _OUR_DECISION else check.failure.kind.value
    match check.status:
        case 404 | 410:
            return "gone"
        case int(status) if 500 <= status < 600:
            return "server-error"
        case _:
            return None


async def _work(frontier: Frontier, task: Callable[[Link], Awaitable[None]], workers: int) -> None:
    async def worker() -> None:
        while (link := await frontier.take()) is not None:
            await task(link)

    async with anyio.create_task_group() as group:
        for _ in range(workers):
            group.start_soon(worker)
