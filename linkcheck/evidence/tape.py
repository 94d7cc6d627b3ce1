"""What the world said to a run, in an order that does not depend on which answer came first.

Everything that a run takes from outside (an instant, a document, an answer) is asked of a tape. A blank one passes the
question on. A recording one passes it on and writes the answer down; a replaying one gives the answer that was written
down. Answers are kept by who asks: within one look at a link, or one conversation, there is an order, whatever happens
beside it. `asking` says who that is.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from linkcheck.clock import Clock
from linkcheck.config import Config
from linkcheck.model import Excused, Failure, Lookup, Request, Response, RunInfo

T = TypeVar("T")

CONFIG, TAPE, END = "urn:linkcheck:config", "urn:linkcheck:tape", "urn:linkcheck:end"
"""What the metadata records of a WARC hold that a replay needs, by their target URIs."""
SCHEMA = 1

_asker: ContextVar[str] = ContextVar("asker", default="run")


def asker() -> str:
    """Give who is asking."""
    return _asker.get()


class asking:  # noqa: N801 - reads as what it is: with asking(name)
    """Let what is asked within the block be asked by this name; one name asks one thing at a time."""

    __slots__ = ("_name", "_token")

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        self._token = _asker.set(self._name)

    def __exit__(self, *_: object) -> None:
        _asker.reset(self._token)


class Tape:
    """A blank tape: whatever is asked is asked of the world, and nothing is kept."""

    home: Path | None = None
    """The folder that evidence lies below."""
    exit_code: int | None = None
    """What the run exited with, where that is known: what it compared itself with is not always at hand."""
    excused: Excused | None = None
    """What a baseline excused, where that is known."""
    is_recording = False
    is_replaying = False

    def begin(self, info: RunInfo, config: Config) -> None:
        """Start with a run, once its `RunInfo` is known."""

    def finish(self) -> None:
        """End, whatever happened."""

    def clock(self, clock: Clock) -> Clock:
        """Give the clock that tells what time it is, or was."""
        return clock

    def value(self, kind: str, make: Callable[[], T], type_: Any) -> T:
        """Give what `make` gives, or gave; `type_` is what msgspec reads it as."""
        return make()

    async def answer(self, kind: str, make: Callable[[], Awaitable[T]], type_: Any) -> T:
        """Give what `make` gives, or gave."""
        return await make()

    def each(self, kind: str, made: Callable[[], Iterable[T]], type_: Any) -> Iterator[T]:
        """Give values one by one, as they come, or came."""
        return iter(made())

    def source(self, name: str, url: str | None, make: Callable[[], bytes]) -> bytes:
        """Give the bytes of a document; SourceError as `make` raises, or raised, it."""
        return make()

    def digest(self, source: bytes) -> str:
        """Return the SHA-256 of a document as it was when it was read, in hex."""
        return sha256(source).hexdigest()

    def note(self, kind: str, value: Any) -> None:
        """Write something down."""

    def exchanged(self, request: Request, answer: Response | Failure) -> str:
        """Keep one exchange as it was on the wire; give the name of the record with the answer."""
        return ""

    def named(self, host: str, answer: tuple[str, ...] | Failure) -> None:
        """Keep what name servers said."""

    def looked_up(self, url: str, lookup: Lookup) -> None:
        """Keep what an archive said."""

    def stepped(self, request: Request, answer: Response | Failure, record: str) -> None:
        """Write down what the onion answered to one step of a chain, however often it had to try; `record` has it."""


BLANK = Tape()
