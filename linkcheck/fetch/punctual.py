"""Blames nobody for our own lateness: a time-out that came while we were late is asked again, and else says so.

When the event loop stalls, or a laptop sleeps, answers lie unread while the time runs out, and every host that was
being asked looks silent. So a timer rings four times a second while anything is under way; how late it rings is how
late everything was, time-outs included. The wall clock counts as well: while a machine sleeps the monotonic one stands
still on Linux and macOS (clock_gettime(2), CLOCK_MONOTONIC).
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from msgspec import Struct, structs

from linkcheck.clock import Clock
from linkcheck.fetch.resolve import LookUp
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, FailureKind, ReasonCode, Request, Response

T = TypeVar("T")

_TICK = 0.25
"""Seconds between two rings."""
_TOO_MUCH = 0.25
"""Of the time that an answer had, the share that we may have missed: turns of a third of a second miss more."""
_LEAST = 0.1
"""Seconds that we have missed, at least: less makes nobody's time run out."""
_ATTEMPTS = 2
"""Times in all; the schedule's last chance comes later, when there is less to do."""

_TIME_OUTS = frozenset({FailureKind.TIMEOUT_CONNECT, FailureKind.TIMEOUT_READ})
_NAMES_TIME_OUTS = frozenset({FailureKind.DNS_TEMPORARY})


class _Span(Struct):
    """How long something took, and how much of that we have missed; in seconds."""

    began: float
    late_before: float
    late: float = 0.0
    took: float = 0.0

    @property
    def is_too_late(self) -> bool:
        """Whether what looks like silence may have been ours."""
        return self.late > max(_TOO_MUCH * self.took, _LEAST)


class Punctuality:
    """How late we have been so far, measured while anything is under way."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._late = 0.0
        self._under_way = 0
        self._due = self._due_by_wall = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> _Span:
        """Begin to measure, what `end` must end."""
        if self._timer is None:
            self._wind()
        self._under_way += 1
        now = self._clock.stopwatch()
        return _Span(now, self._late + max(now - self._due, 0.0))

    def end(self, span: _Span) -> None:
        """Complete a span."""
        self.leave()
        span.took = self._clock.stopwatch() - span.began
        span.late = self._late + self._overdue() - span.late_before

    def leave(self) -> None:
        """End a span of which nobody asks how late we were."""
        self._under_way -= 1

    def _wind(self) -> None:
        self._due = self._clock.stopwatch() + _TICK
        self._due_by_wall = self._clock.now().timestamp() + _TICK
        self._timer = asyncio.get_running_loop().call_later(_TICK, self._ring)

    def _ring(self) -> None:
        self._late += self._overdue()
        self._timer = None
        if self._under_way:
            self._wind()

    def _overdue(self) -> float:
        """Give the seconds since the timer should have rung; a wall clock that is set back says nothing."""
        by_wall = self._clock.now().timestamp() - self._due_by_wall
        return max(self._clock.stopwatch() - self._due, by_wall, 0.0)


def punctual(exchange: Exchange, punctuality: Punctuality) -> Exchange:
    """Wrap an exchange so that a time-out counts only if we have listened; else it is a `network` one: `busy`."""

    async def asked(request: Request) -> Response | Failure:
        answer = await _heard(lambda: exchange(request), _TIME_OUTS, punctuality)
        if isinstance(answer, _Missed):
            return structs.replace(answer.told, url=request.url, elapsed_ms=answer.failure.elapsed_ms)
        return answer

    return asked


def punctual_names(look_up: LookUp, punctuality: Punctuality) -> LookUp:
    """Wrap a look-up of names in the same way."""

    async def asked(host: str) -> tuple[str, ...] | Failure:
        answer = await _heard(lambda: look_up(host), _NAMES_TIME_OUTS, punctuality)
        return answer.told if isinstance(answer, _Missed) else answer

    return asked


class _Missed(Struct, frozen=True):
    """A time-out while we did not listen, each time."""

    failure: Failure
    late: float

    @property
    def told(self) -> Failure:
        """What is said instead."""
        what = f"this machine was too busy, or asleep, for {self.late:.1f} s while it waited for the answer"
        why = f"{what}: that says nothing of the host ({self.failure.message})"
        return Failure(FailureKind.NETWORK, why, reason=ReasonCode.BUSY)


async def _heard(
    ask: Callable[[], Awaitable[T | Failure]], time_outs: frozenset[FailureKind], punctuality: Punctuality
) -> T | Failure | _Missed:
    late, attempts = 0.0, 0
    while True:
        span = punctuality.begin()
        try:
            answer = await ask()
        except BaseException:
            punctuality.leave()
            raise
        if not isinstance(answer, Failure) or answer.kind not in time_outs:
            punctuality.leave()
            return answer
        punctuality.end(span)
        if not span.is_too_late:
            return answer
        late, attempts = late + span.late, attempts + 1
        if attempts == _ATTEMPTS:
            return _Missed(answer, late)
