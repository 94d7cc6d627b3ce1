"""Keeps us polite: so many requests at once to one origin, so far apart, and so many in all.

First come, first served. Counters of our own, since nearly every request finds its lane free and should pay nothing.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

import anyio
from msgspec import Struct

from linkcheck import uri
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, Request, Response

_PRUNE_AT = 4096
"""Origins that are remembered before those without traffic are forgotten."""


class Pace(Struct, frozen=True, kw_only=True):
    """How much traffic is polite."""

    total: int = 64
    """Requests at once, in all."""
    per_origin: int = 10
    """Requests at once to one origin."""
    interval: float = 0.05
    """Seconds between the starts of two requests to one origin, at least."""


class Gate:
    """Lets so many through at once; the others wait in line."""

    def __init__(self, width: int) -> None:
        self.inside = 0
        self._width = width
        self._line: deque[anyio.Event] = deque()

    async def enter(self) -> None:
        """Wait for a place, and take it."""
        if self.inside < self._width:
            self.inside += 1
            return
        turn = anyio.Event()
        self._line.append(turn)
        try:
            await turn.wait()
        except BaseException:
            if turn.is_set():
                self.leave()
            else:
                self._line.remove(turn)
            raise

    def leave(self) -> None:
        """Give the place back, to the next in line if there is one."""
        if self._line:
            self._line.popleft().set()
        else:
            self.inside -= 1


class _Lane:
    """One origin's traffic."""

    def __init__(self, pace: Pace) -> None:
        self.gate = Gate(pace.per_origin)
        self.interval = pace.interval
        self.free_at = 0.0
        """When the next request may start, by the stopwatch."""


def through_lanes(
    exchange: Exchange,
    pace: Pace,
    *,
    stopwatch: Callable[[], float],
    sleep: Callable[[float], Awaitable[None]],
    pace_at: Callable[[str], Pace | None] = lambda _: None,
    wishes: Mapping[str, float] = MappingProxyType({}),
) -> Exchange:
    """Wrap an exchange so that it keeps the pace. Places in all are only taken by requests that are ready to go.

    `pace_at` gives the pace of a URL's origin where it has one of its own; `wishes` are longer intervals, in seconds,
    that origins turn out to want while they are asked.
    """
    lanes: dict[str, _Lane] = {}
    everything = Gate(pace.total)

    async def paced(request: Request) -> Response | Failure:
        origin = uri.origin_of(request.url) or ""
        lane = lanes.get(origin)
        if lane is None:
            if len(lanes) >= _PRUNE_AT:
                forget(stopwatch())
            lane = lanes[origin] = _Lane(pace_at(request.url) or pace)
        await lane.gate.enter()
        try:
            now = stopwatch()
            start = max(now, lane.free_at)
            lane.free_at = start + max(lane.interval, wishes.get(origin, 0.0))
            if start > now:
                await sleep(start - now)
            await everything.enter()
            try:
                return await exchange(request)
            finally:
                everything.leave()
        finally:
            lane.gate.leave()

    def forget(now: float) -> None:
        for origin in [origin for origin, lane in lanes.items() if not lane.gate.inside and lane.free_at <= now]:
            del lanes[origin]

    return paced
