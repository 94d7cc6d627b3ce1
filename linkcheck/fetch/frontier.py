"""The links that are still to be asked: pulled from their source as needed, given out fairly over origins."""

from collections import deque
from collections.abc import Iterable, Iterator

import anyio

from linkcheck import uri
from linkcheck.model import Link


class Frontier:
    """Gives each link out once, never more than `per_origin` of one origin at a time.

    Links are pulled only when none that is held may be given out, and at most `window` are held: an origin with fewer
    links in a row than that does not hold up the others.
    """

    def __init__(self, links: Iterable[Link], *, per_origin: int, window: int) -> None:
        self._source = iter(links)
        self._is_drained = False
        self._per_origin = per_origin
        self._window = window
        self._held = 0
        self._queues: dict[str, deque[Link]] = {}
        """What waits, by origin; no queue is empty."""
        self._ready: deque[str] = deque()
        """Origins with something waiting and a place free, each once, in the order of their turns."""
        self._out: dict[str, dict[int, Link]] = {}
        """What has been given out and is not done, by origin."""
        self._idle: deque[anyio.Event] = deque()
        """Workers that wait for an origin to have a place free."""

    async def take(self) -> Link | None:
        """Give the next link, as soon as there is one that may be asked; None when all have been given out."""
        while True:
            self._pull()
            if self._ready:
                link = self._give()
                if self._ready or not self._queues or self._can_pull:
                    self._wake()
                return link
            if not self._queues:
                self._wake()
                return None
            turn = anyio.Event()
            self._idle.append(turn)
            await turn.wait()

    def done(self, link: Link) -> None:
        """Free the link's place."""
        origin = _origin(link)
        out = self._out[origin]
        if len(out) == self._per_origin and origin in self._queues:
            self._ready.append(origin)
            self._wake()
        del out[link.id]
        if not out:
            del self._out[origin]

    def rest(self) -> Iterator[Link]:
        """Give what is not done: links that are out, that wait, and that were not even pulled."""
        for out in self._out.values():
            yield from out.values()
        for queue in self._queues.values():
            yield from queue
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
            origin = _origin(link)
            self._held += 1
            if origin in self._queues:
                self._queues[origin].append(link)
                continue
            self._queues[origin] = deque([link])
            if len(self._out.get(origin, ())) < self._per_origin:
                self._ready.append(origin)

    def _give(self) -> Link:
        origin = self._ready.popleft()
        queue = self._queues[origin]
        link = queue.popleft()
        self._held -= 1
        out = self._out.setdefault(origin, {})
        out[link.id] = link
        if not queue:
            del self._queues[origin]
        elif len(out) < self._per_origin:
            self._ready.append(origin)
        return link

    def _wake(self) -> None:
        """Let one idle worker look; it wakes the next if there is still something to do, or nothing left at all."""
        if self._idle:
            self._idle.popleft().set()


def _origin(link: Link) -> str:
    return uri.origin_of(link.url) or ""
