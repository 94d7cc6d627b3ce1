"""The only place where time is read, so that tests and replays decide what time it is."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import anyio
from msgspec import Struct


class Clock(Struct, frozen=True):
    """The date, a stopwatch in seconds, and the wait that archives' limits ask for."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    """The instant, in UTC."""
    stopwatch: Callable[[], float] = time.monotonic
    """Seconds since some fixed moment; never jumps back."""
    sleep: Callable[[float], Awaitable[None]] = anyio.sleep
    """Wait so many seconds of the stopwatch."""


def iso(instant: datetime) -> str:
    """Write an instant as reports do: UTC, whole seconds, `Z`."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
