"""The few things a person may say while a run goes on: pause, go on, stop, look at that one again."""

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import anyio
import anyio.lowlevel

_IN_A_ROW = 16
"""Links that may be taken up before somebody else has a turn."""


class CutShort(BaseException):
    """The person has had enough: what was being thought is given up. No Exception, so that nobody takes it for one."""


class Commands:
    """Said from outside, heard by the stages; one for each run."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.stop = anyio.Event()
        """Set when the run shall end early; what is known by then is reported."""
        self._go_on = anyio.Event()
        self._go_on.set()
        self._rechecks: deque[str] = deque()
        self._said = anyio.Event()
        self._may_cut = self._is_cut = False
        self._passed = 0
        self.is_heard = False
        """Whether a signal has said that the run shall end, which the loop may not have come to yet."""

    @property
    def is_paused(self) -> bool:
        """Whether the run waits for `resume`."""
        return not self._go_on.is_set()

    def pause(self) -> None:
        """Ask nothing more for now; what is under way ends."""
        if self._go_on.is_set():
            self._go_on = anyio.Event()

    def resume(self) -> None:
        """Go on."""
        self._go_on.set()

    def recheck(self, url: str) -> None:
        """Look at a link (its canonical URL) once more, when the run is through with the others."""
        if url not in self._rechecks:
            self._rechecks.append(url)
        self._said.set()

    def end(self) -> None:
        """End the run early, even when it is paused."""
        self.stop.set()
        self.resume()
        self._said.set()

    @contextmanager
    def cuttable(self, within: float | None = None) -> Iterator[None]:
        """Let `cut` end the block, which takes long, holds the loop, and leaves nothing behind by halves: CutShort.

        So do `within` seconds, where the system has a timer that interrupts (POSIX, and the main thread).
        """
        self._may_cut, self._is_cut = True, False
        try:
            with _alarm(within, self._cut_by_time):
                yield
        except KeyboardInterrupt:
            if self._is_cut:
                raise CutShort from None  # heard within a statement of the store, which forgets what interrupted it
            raise
        finally:
            self._may_cut = self._is_cut = False

    def cut(self) -> None:
        """From a signal's handler: give up what can be given up."""
        self.is_heard = True
        if self._may_cut:
            self._may_cut, self._is_cut = False, True
            raise CutShort

    def _cut_by_time(self, _number: int, _frame: FrameType | None) -> None:
        if self._may_cut:
            self._may_cut, self._is_cut = False, True
            raise CutShort

    async def cleared(self) -> None:
        """Wait as long as the run is paused; give way to the others now and then: many links are asked of nobody."""
        self._passed += 1
        if self.is_paused:
            await self._go_on.wait()
        elif self.stop.is_set() or self._passed % _IN_A_ROW == 0:
            await anyio.lowlevel.checkpoint()

    async def next_recheck(self) -> str | None:
        """Wait for a link to look at again; None when the run shall end."""
        while not self._rechecks:
            if self.stop.is_set():
                return None
            self._said = anyio.Event()
            await self._said.wait()
        return self._rechecks.popleft()


@contextmanager
def _alarm(seconds: float | None, ring: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Call `ring` once, after so many seconds of the block; a timer that somebody else has set is left alone."""
    is_free = (
        seconds is not None
        and hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    )
    if not is_free or seconds is None:
        yield
        return
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
