"""The links that are still to be asked: pulled from their source as needed, given out fairly over origins."""

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from heapq import heappop, heappush

import anyio

from linkcheck import uri
from linkcheck.clock import Clock
from linkcheck.model import Link

_PRUNE_AT = 4096
"""Origins that are remembered before those without links are forgotten."""
_SYSTEM = Clock()


class _Origin:
    """What is waiting for one origin, and what is being asked of it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.queue: deque[Link] = deque()
        self.out: dict[int, Link] = {}
        """What has been given out and is not done."""
        self.width = 1
        """How many may be out; one until the origin has been heard."""
        self.free_at = 0.0
        """Until when it is left alone, by the stopwatch."""
        self.is_ready = False
        """Whether it is in line for its turn."""


class Frontier:
    """Gives each link out once, never more than `per_origin` of one origin at a time, and one at first.

    `width_at` gives how many that are at the origin of a URL, where it has a number of its own.

    Links are pulled only when none that is held may be given out, and at most `window` are held: an origin with fewer
    links in a row than that does not hold up the others, nor does one that is left alone for a while.

    A source that `grows` may have more links after it has run dry: it is asked again whenever a link that was given out
    is `through`, and the end has come only when all are.
    """

    def __init__(  # noqa: PLR0913 - every part of the world comes in by its name
        self,
        links: Iterable[Link],
        *,
        per_origin: int,
        window: int,
        grows: bool = False,
        width_at: Callable[[str], int | None] = lambda _: None,
        stopwatch: Callable[[], float] = _SYSTEM.stopwatch,
        sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
    ) -> None:
        self._source = iter(links)
        self._is_drained = False
        self._grows = grows
        self._at_work = 0
        """How many have been given out and are not through."""
        self._per_origin = per_origin
        self._width_at = width_at
        self._window = window
        self._stopwatch = stopwatch
        self._sleep = sleep
        self._held = 0
        self._origins: dict[str, _Origin] = {}
        self._ready: deque[_Origin] = deque()
        """Origins with something waiting, a place free and no rest to keep, each once, in the order of their turns."""
        self._resting: list[tuple[float, int, _Origin]] = []
        """A heap of what is left alone, and until when; the number only tells equal times apart."""
        self._rests = 0
        self._idle: deque[anyio.Event] = deque()
        """Workers that wait for an origin to have a place free."""

    async def take(self) -> Link | None:
        """Give the next link, as soon as there is one that may be asked; None when all have been given out."""
        while True:
            if self._resting:
                self._rouse()
            self._pull()
            if self._ready:
                link = self._give()
                self._at_work += 1
                if self._ready or not self._held or self._can_pull:
                    self._wake()
                return link
            if not self._held and not (self._grows and self._at_work):
                self._wake()
                return None
            await self._turn()

    def through(self) -> None:
        """Hear that nothing more comes of a link that was given out."""
        self._at_work -= 1
        self.look_again()

    def look_again(self) -> None:
        """Hear that a source that grows may have grown."""
        if self._grows:
            self._is_drained = False
            self._wake()

    def done(self, link: Link, *, is_heard: bool = True, rest: float = 0.0) -> None:
        """Free the link's place; an origin that is heard gets all its places, one that is to rest only one."""
        origin = self._take_back(link)
        origin.width = 1 if rest else origin.most if is_heard else origin.width
        self._free(origin, rest)

    def again(self, link: Link, *, rest: float, is_last: bool = False) -> None:
        """Free the link's place and give it out again, first or last of its origin, once that has rested."""
        origin = self._take_back(link)
        (origin.queue.append if is_last else origin.queue.appendleft)(link)
        self._held += 1
        origin.width = 1
        self._free(origin, rest)

    def is_resting(self, link: Link) -> bool:
        """Tell whether the link's origin is being left alone."""
        return self._origins[_name(link)].free_at > self._stopwatch()

    def rest(self) -> Iterator[Link]:
        """Give what is not done: links that are out, that wait, and that were not even pulled."""
        for origin in self._origins.values():
            yield from origin.out.values()
            yield from origin.queue
        yield from self._source

    @property
    def _can_pull(self) -> bool:
        return not self._is_drained and self._held < self._window

    def _pull(self) -> None:
        while not self._ready and self._can_pull:
            link = next(self._source, None)
            if link is None:
                self._is_drained = True
                return
            name = _name(link)
            origin = self._origins.get(name)
            if origin is None:
                if len(self._origins) >= _PRUNE_AT:
                    self._forget()
                most = self._width_at(link.url) or self._per_origin
                origin = self._origins[name] = _Origin(most)
            self._held += 1
            origin.queue.append(link)
            if len(origin.queue) == 1:
                self._settle(origin)

    def _give(self) -> Link:
        origin = self._ready.popleft()
        origin.is_ready = False
        link = origin.queue.popleft()
        self._held -= 1
        origin.out[link.id] = link
        self._settle(origin)
        return link

    def _take_back(self, link: Link) -> _Origin:
        origin = self._origins[_name(link)]
        del origin.out[link.id]
        return origin

    def _free(self, origin: _Origin, rest: float) -> None:
        if rest:
            origin.free_at = max(origin.free_at, self._stopwatch() + rest)
            if origin.is_ready:
                self._ready.remove(origin)
                origin.is_ready = False
            self._rests += 1
            heappush(self._resting, (origin.free_at, self._rests, origin))
        self._settle(origin)
        if rest or origin.is_ready:
            self._wake()  # to do something, or to keep an eye on the time

    def _settle(self, origin: _Origin) -> None:
        """Put an origin in line, if it has its turn."""
        if origin.is_ready or not origin.queue or len(origin.out) >= origin.width:
            return
        if not origin.free_at or origin.free_at <= self._stopwatch():
            origin.is_ready = True
            self._ready.append(origin)

    def _rouse(self) -> None:
        """Let those go on that have rested."""
        now = self._stopwatch()
        while self._resting and self._resting[0][0] <= now:
            self._settle(heappop(self._resting)[2])

    async def _turn(self) -> None:
        """Wait until there may be something to give, at the latest until somebody has rested."""
        turn = anyio.Event()
        self._idle.append(turn)
        if not self._resting:
            await turn.wait()
            return
        async with anyio.create_task_group() as group:
            group.start_soon(self._ring, turn, self._resting[0][0])
            await turn.wait()
            group.cancel_scope.cancel()
        if turn in self._idle:
            self._idle.remove(turn)

    async def _ring(self, turn: anyio.Event, when: float) -> None:
        if (seconds := when - self._stopwatch()) > 0:
            await self._sleep(seconds)
        turn.set()

    def _forget(self) -> None:
        now = self._stopwatch()
        for name in [name for name, one in self._origins.items() if not (one.queue or one.out or one.free_at > now)]:
            del self._origins[name]

    def _wake(self) -> None:
        """Let one idle worker look; it wakes the next if there is still something to do, or nothing left at all."""
        if self._idle:
            self._idle.popleft().set()


def _name(link: Link) -> str:
    return uri.origin_of(link.url) or ""
