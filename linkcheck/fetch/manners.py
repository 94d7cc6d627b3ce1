"""Asks archives as they wish to be asked, and no longer than the person wants to wait.

An archive that is asked too often answers 429, and who does not listen is locked out for an hour, then for two
(https://github.com/edgi-govdata-archiving/wayback/issues/137). So every single request counts: this layer of the onion
belongs within redirects and retries.
"""

from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

import anyio
from msgspec import structs

from linkcheck import uri
from linkcheck.archives.api import Archive, Manners
from linkcheck.clock import Clock
from linkcheck.events import Emit, Waiting
from linkcheck.fetch.ledger import Ledger, current_purpose
from linkcheck.fetch.retry_after import retry_after
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, FailureKind, Request, Response

_NOT_FOUND = frozenset({FailureKind.DNS_NXDOMAIN, FailureKind.DNS_UNPROVEN, FailureKind.DNS_TEMPORARY})
_MISSES = 2
"""Look-ups without an answer, or one that says that there is no such name."""
_MISSED_FOR = 60.0
"""Seconds: an archive may come back in a long run."""


def mannered(
    exchange: Exchange,
    archives: Sequence[Archive],
    *,
    ledger: Callable[[], Ledger],
    clock: Clock,
    sleep: Callable[[float], Awaitable[None]],
    emit: Emit,
) -> Exchange:
    """Make an exchange polite to archives; all other requests pass untouched.

    Requests to one endpoint go one at a time and keep its manners. After a 429 its whole archive is left alone for as
    long as it asks, and for no less than its manners say. `ledger` gives, at any time, how many seconds each archive
    may take in all, waiting included; a request that comes too late for its purpose is not sent: `Failure("budget")`.

    Nothing is sent to a host whose name is not found, so that counts for no manners, and it is not looked up again for
    every question: where there is no way to the internet, nobody waits for archives.
    """
    names: defaultdict[str, _Name] = defaultdict(_Name)
    gates = [
        _Gate(_prefix(url), archive.manners[name], silence, purse, names[uri.host_of(_prefix(url))])
        for archive in archives
        for silence, purse in [(_Silence(archive.title), _Purse(ledger, clock.stopwatch))]
        for name, url in archive.endpoints.items()
    ]
    gates.sort(key=lambda gate: len(gate.prefix), reverse=True)
    prefixes = tuple(gate.prefix for gate in gates)

    async def ask(request: Request) -> Response | Failure:
        if not request.url.startswith(prefixes):
            return await exchange(request)
        gate = next((gate for gate in gates if gate.leads_to(request.url)), None)
        if gate is None:
            return await exchange(request)
        with gate.purse.open():
            async with gate.lock:
                return await in_turn(request, gate)

    async def in_turn(request: Request, gate: _Gate) -> Response | Failure:
        purse = gate.purse
        if missing := gate.name.missing(clock.stopwatch()):
            return structs.replace(missing, url=request.url, elapsed_ms=0.0, attempts=0)
        while 0 < (wait := gate.wait(clock.stopwatch())) < purse.left():
            if wait > 1:
                emit(Waiting(gate.silence.of, wait, gate.why(clock.stopwatch())))
            await sleep(wait)
        if wait >= purse.left():
            spent = "the rest is kept for links that are lost" if purse.is_kept else "these are used up"
            why = f"{gate.silence.of} must be left alone for {wait:.0f} s more" if wait else spent
            return _too_late(f"an archive may take {purse.allowance:g} s in all, and {why}", request)
        gate.starts.append(clock.stopwatch())
        with anyio.move_on_after(purse.left()):
            answer = await exchange(request)
            if isinstance(answer, Response) and _is_asking_for_silence(answer):
                pause = max(gate.manners.pause, retry_after(answer.headers, clock.now()) or 0.0)
                gate.silence.until = max(gate.silence.until, clock.stopwatch() + pause)
            if gate.name.is_missed(answer, clock.stopwatch()):
                gate.starts.pop()  # nothing was sent
            return answer
        return _too_late(
            f"{gate.silence.of} had not answered when the {purse.allowance:g} s for archives ended", request
        )

    return ask


def _prefix(endpoint: str) -> str:
    """Give what the addresses of an endpoint begin with; it may be a template."""
    return endpoint.partition("{")[0].rstrip("/")


class _Silence:
    """Until when an archive is left alone."""

    def __init__(self, of: str) -> None:
        self.of = of
        self.until = float("-inf")


class _Gate:
    """The way to one endpoint."""

    def __init__(self, prefix: str, manners: Manners, silence: _Silence, purse: "_Purse", name: "_Name") -> None:
        self.prefix = prefix
        self.name = name
        self.manners = manners
        self.silence = silence
        self.purse = purse
        self.lock = anyio.Lock()
        self.starts: deque[float] = deque(maxlen=manners.requests)
        """When the last requests were sent, as many as may be in one stretch."""

    def leads_to(self, url: str) -> bool:
        return url.startswith(self.prefix) and url[len(self.prefix) : len(self.prefix) + 1] in {"", "/", "?", "#"}

    def wait(self, now: float) -> float:
        """Give the seconds until the next request may be sent."""
        is_full = len(self.starts) == self.manners.requests
        free = self.starts[0] + self.manners.seconds if is_full else now
        return max(free - now, self.silence.until - now, 0.0)

    def why(self, now: float) -> str:
        if self.silence.until > now:
            return "it asked for silence (429)"
        return f"at most {self.manners.requests} requests in {self.manners.seconds:g} s"


class _Name:
    """Whether the name of a host is found."""

    def __init__(self) -> None:
        self._failure: Failure | None = None
        self._misses = 0
        self._missed_at = 0.0

    def missing(self, now: float) -> Failure | None:
        """Return why it is not found, as long as it is not looked up again."""
        is_known = self._misses >= _MISSES and now < self._missed_at + _MISSED_FOR
        return self._failure if is_known else None

    def is_missed(self, answer: Response | Failure, now: float) -> bool:
        """Return whether an answer says that it was not found, and remember it."""
        if isinstance(answer, Response) or answer.kind not in _NOT_FOUND:
            self._misses = 0
            return False
        self._misses += 1 if answer.kind is FailureKind.DNS_TEMPORARY else _MISSES
        self._failure, self._missed_at = answer, now
        return True


class _Purse:
    """What is left of the budget; time in which several requests wait or are under way is spent once."""

    def __init__(self, ledger: Callable[[], Ledger], stopwatch: Callable[[], float]) -> None:
        self._ledger = ledger
        self._stopwatch = stopwatch
        self._spent = 0.0
        self._open = 0
        self._since = 0.0

    @contextmanager
    def open(self) -> Iterator[None]:
        if not self._open:
            self._since = self._stopwatch()
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1
            if not self._open:
                self._spent += self._stopwatch() - self._since

    @property
    def allowance(self) -> float:
        """The seconds that whoever asks may see spent in all."""
        return self._ledger().allowance(current_purpose())

    @property
    def is_kept(self) -> bool:
        """Whether there is more for those whose purpose is more urgent."""
        return self.left() <= 0 < self._ledger().lost - self._used()

    def left(self) -> float:
        """Return the seconds that whoever asks may take."""
        return max(self.allowance - self._used(), 0.0)

    def _used(self) -> float:
        return self._spent + (self._stopwatch() - self._since if self._open else 0.0)


def _too_late(message: str, request: Request) -> Failure:
    return Failure(FailureKind.BUDGET, message, url=request.url)


def _is_asking_for_silence(answer: Response) -> bool:
    """Tell the archive's own 429 from an archived one, which says when it was archived (RFC 7089)."""
    return answer.status == 429 and answer.header("memento-datetime") is None
