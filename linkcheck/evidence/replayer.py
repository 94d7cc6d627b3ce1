"""Plays a recording: every question gets the answer that it got, and nothing is asked of the world."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, NoReturn, TypeVar

import anyio
import msgspec
from msgspec import Struct

from linkcheck.clock import Clock
from linkcheck.errors import EvidenceError, SizeError, SourceError
from linkcheck.evidence.recording import Recording
from linkcheck.evidence.step import Step, step_of
from linkcheck.evidence.tape import Tape, asker
from linkcheck.model import Request
from linkcheck.userinfo import hidden

T = TypeVar("T")


class TapeEnded(EvidenceError):  # noqa: N818 - nothing has gone wrong where a stage was ended
    """An interrupted run did not come this far."""


class _Source(Struct):
    name: str
    record: str = ""
    error: str | None = None
    sha256: str = ""
    """Of the document itself, where it was kept without passwords."""
    is_too_large: bool = False


class Replayer(Tape):
    """A tape that was recorded. A question that it has no answer to is counted, never passed on."""

    is_replaying = True

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self._digests: dict[bytes, str] = {}
        self.missed: list[str] = []
        """What was asked now and not then: the report is not the recorded one."""
        self.is_interrupted = self.has("interrupted")
        """Whether somebody ended the run early; what it did not come to is then no surprise."""
        self.on_end: Callable[[], None] = lambda: None
        """Ends the run, where the other one was ended."""

    def has(self, kind: str) -> bool:
        """Tell whether there is an answer of that kind to whoever asks."""
        return bool(self.recording.entries.get(_name_of(kind)))

    async def break_off(self) -> NoReturn:
        """End the run where the other one was ended."""
        self.on_end()
        await anyio.sleep_forever()
        raise AssertionError

    def clock(self, clock: Clock) -> Clock:
        """Give a clock that tells the time of then."""
        return Clock(now=self._now, stopwatch=clock.stopwatch)

    def value(self, kind: str, make: Callable[[], T], type_: Any) -> T:
        """Give what was given, as `told` does."""
        made: T = self.told(kind, type_)
        return made

    def told(self, kind: str, type_: Any) -> Any:
        """Give what was given; EvidenceError where nothing was, TapeEnded where the run was interrupted."""
        entry = self._next(kind)
        if entry is None and self.is_interrupted:
            self.on_end()
            raise TapeEnded(f"{self.recording.path}: has no {kind!r} for {asker()!r}; it was changed")
        if entry is None:
            raise EvidenceError(f"{self.recording.path}: has no {kind!r} for {asker()!r}; another version recorded it")
        return self._decoded(entry, type_)

    async def answer(self, kind: str, make: Callable[[], Awaitable[T]], type_: Any) -> T:
        """Give what was given."""
        made: T = self.told(kind, type_)
        return made

    def each(self, kind: str, made: Callable[[], Iterable[T]], type_: Any) -> Iterator[T]:
        """Give what was given, then end."""
        while (entry := self._next(kind)) is not None:
            yield self._decoded(entry, type_)

    def source(self, name: str, url: str | None, make: Callable[[], bytes]) -> bytes:
        """Give the document as it was; SourceError as it was raised."""
        found: _Source = self.told("source", _Source)
        if found.error is not None:
            raise SizeError(found.error) if found.is_too_large else SourceError(found.error)
        content = self.recording.content(found.record)
        if found.sha256:
            self._digests[content] = found.sha256
        return content

    def digest(self, source: bytes) -> str:
        """Return the SHA-256 that the document had."""
        return self._digests.get(source) or super().digest(source)

    def step(self, request: Request) -> Step | None:
        """Give the answer to one step of a chain; None where there is none."""
        entry = self._next(step_of(request))
        if entry is None:
            if not self.is_interrupted:  # else it was asked, and not answered any more
                self.missed.append(f"{asker()}: {step_of(request)}")
            return None
        step: Step = self._decoded(entry, Step)
        return step

    def _next(self, kind: str) -> msgspec.Raw | None:
        waiting = self.recording.entries.get(_name_of(kind))
        return waiting.popleft() if waiting else None

    def _now(self) -> datetime:
        instant: datetime = self.told("now", datetime)
        return instant

    def _decoded(self, entry: msgspec.Raw, type_: Any) -> Any:
        try:
            return msgspec.json.decode(entry, type=type_)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise EvidenceError(f"{self.recording.path}: its tape cannot be read ({error})") from error


def _name_of(kind: str) -> tuple[str, str]:
    """Return what an answer is filed under: the tape holds no userinfo."""
    return hidden(asker()), hidden(kind)
