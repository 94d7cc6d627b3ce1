"""The few things a person may say while a run goes on: pause, go on, stop, look at that one again."""

from collections import deque

import anyio


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

    async def cleared(self) -> None:
        """Wait as long as the run is paused."""
        await self._go_on.wait()

    async def next_recheck(self) -> str | None:
        """Wait for a link to look at again; None when the run shall end."""
        while not self._rechecks:
            if self.stop.is_set():
                return None
            self._said = anyio.Event()
            await self._said.wait()
        return self._rechecks.popleft()
