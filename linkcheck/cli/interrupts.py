"""Ctrl-C, SIGTERM or a closed terminal: the first ends the run early with a report, the second at once."""

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from linkcheck.clock import Clock
from linkcheck.pipeline import Commands

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Windows has no SIGHUP."""
_SYSTEM = Clock()
_HEARD = b"\nlinkcheck: stopping; a report of what is known follows. Ctrl-C again ends it now, without a report.\n"
_ONE_WISH = 0.5
"""Seconds within which two signals are one wish: shells and `timeout` tell both the process and its group."""


class Interrupts:
    """Hears the signals, whether the event loop is running, busy, or over."""

    def __init__(
        self, commands: Commands, stopwatch: Callable[[], float] = _SYSTEM.stopwatch, *, tells: bool = False
    ) -> None:
        """Pass them on to these commands, and tell the person on stderr that they were heard."""
        self._tells = tells
        self._commands = commands
        self._loop: asyncio.AbstractEventLoop | None = None
        self.was_heard = False
        """Whether there has been one."""
        self._stopwatch = stopwatch
        self._heard_at = 0.0

    def wake(self) -> None:
        """From within the running loop: let signals wake it."""
        self._loop = asyncio.get_running_loop()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Hear signals within the block; KeyboardInterrupt for the second."""
        before = {number: signal.signal(number, self._hear) for number in _SIGNALS if not _is_waived(number)}
        try:
            yield
        except BaseExceptionGroup as several:
            if several.subgroup(KeyboardInterrupt):
                raise KeyboardInterrupt from None
            raise
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        if self.was_heard:
            if self._stopwatch() - self._heard_at > _ONE_WISH:
                raise KeyboardInterrupt
            return
        self.was_heard, self._heard_at = True, self._stopwatch()
        if self._tells:
            with suppress(OSError):
                os.write(2, _HEARD)  # a stream may be in the middle of a line of its own
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._commands.end)
        else:
            self._commands.end()
        self._commands.cut()


def _is_waived(number: int) -> bool:
    """Return whether a signal is ignored already, as SIGHUP is under `nohup`: the run shall outlive its terminal."""
    return number != signal.SIGINT and signal.getsignal(number) is signal.SIG_IGN
