"""Keeps many values in little memory: encoded, and made anew whenever they are looked at."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import eq
from typing import Generic, TypeVar, overload

import msgspec
from msgspec import Struct

from linkcheck.surrogates import tolerant

T = TypeVar("T", bound=Struct)

_SIZE = 256
"""Values of a page."""
_OPEN = 32
"""Pages that are folded together: most documents have fewer, and pay nothing."""
_encode = tolerant(msgspec.msgpack.Encoder().encode)


class Packed(Sequence[T], Generic[T]):
    """A sequence of structs of one kind, in compressed pages: a reference takes some 30 bytes, and 530 as an object.

    A document may have a million references, and the whole of it is understood before the first link is asked.
    """

    def __init__(self, kind: type[T], values: Iterable[T] = ()) -> None:
        """Pack values of this very kind."""
        self._decode = msgspec.msgpack.Decoder(list[kind]).decode  # type: ignore[valid-type]  # known when it runs
        self._pages: list[bytes] = []
        self._last: list[T] = []
        """What has not been folded yet."""
        self.extend(values)

    def append(self, value: T) -> None:
        """Add one at the end."""
        self._last.append(value)
        if len(self._last) == _OPEN * _SIZE:
            self._pages += (_folded(self._last[start : start + _SIZE]) for start in range(0, _OPEN * _SIZE, _SIZE))
            self._last = []

    def extend(self, values: Iterable[T]) -> None:
        """Add several at the end."""
        for value in values:
            self.append(value)

    def replace(self, index: int, value: T) -> None:
        """Put another value in the place of one; the index is not negative."""
        number, within = self._place(index)
        page = self._page(number)
        page[within] = value
        if number < len(self._pages):
            self._pages[number] = _folded(page)

    def __len__(self) -> int:
        return len(self._pages) * _SIZE + len(self._last)

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(map(self._page, range(len(self._pages) + 1)))

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        wanted = range(len(self))[index]
        if isinstance(wanted, range):
            return [self[one] for one in wanted]
        number, within = self._place(wanted)
        return self._page(number)[within]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Packed | tuple | list) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # it can grow

    def _place(self, index: int) -> tuple[int, int]:
        """Give the page that has a value, and where it stands there; the last one is what has not been folded."""
        number = min(index // _SIZE, len(self._pages))
        return number, index - number * _SIZE

    def _page(self, number: int) -> list[T]:
        return self._last if number == len(self._pages) else self._decode(zlib.decompress(self._pages[number]))


def _folded(page: Sequence[Struct]) -> bytes:
    """Encode and compress the values of a page, of which most say nearly the same."""
    return zlib.compress(_encode(page), 1)
