"""The only place where time is read, so that tests and replays decide what time it is."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from msgspec import Struct


class Clock(Struct, frozen=True):
    """Two ways to tell the time: the date, and a stopwatch in seconds."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    """The instant, in UTC."""
    stopwatch: Callable[[], float] = time.monotonic
    """Seconds since some fixed moment; never jumps back."""


def iso(instant: datetime) -> str:
    """Write an instant as reports do: UTC, whole seconds, `Z`."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
