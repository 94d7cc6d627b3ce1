"""The law: twice the size takes at most 2.3 times the time."""

import gc
import time
from collections.abc import Callable, Sequence

from msgspec import Struct

MOST = 2.3
"""Times the CPU time that twice the size may take."""
_MEASURABLE = 0.005
"""Seconds of CPU from which on a ratio means something."""
_SMALLEST, _LARGEST = 2_000, 128_000
"""Characters of the smallest text; the largest may have four times as many as the second."""
_LONG = 20.0
"""Seconds after which a pattern that grows faster is not measured further."""
_ATTEMPTS = 4
_PLAINLY_LINEAR = 4.4
"""Times the CPU time of four times the size, below which nothing is measured more closely."""
_CLEAR = 3.0
"""A ratio that no busy machine makes."""


class Breach(Struct, frozen=True):
    """Sizes in characters, and the seconds of CPU that each took at best."""

    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def growth(self) -> float:
        """How many times the time of half the size each size takes, on average over both steps."""
        return growth(self.seconds)


def growth(seconds: Sequence[float]) -> float:
    """Return the geometric mean of the ratios of each time to the one before.

    One step alone says little: where memory no longer fits a cache, or is asked of the system, a single one is larger.
    """
    return float((seconds[-1] / seconds[0]) ** (1 / (len(seconds) - 1)))


def cost(work: Callable[[], object]) -> float:
    """Return the CPU time of this thread, in seconds, without the collection of garbage."""
    gc.collect(0)
    gc.disable()
    try:
        began = time.thread_time()
        work()
        return time.thread_time() - began
    finally:
        gc.enable()


def breach_of(work: Callable[[str], object], text_of: Callable[[int], str]) -> Breach | None:
    """Return how the law is broken at n, 2n and 4n characters; None where it holds, or nothing can be measured.

    n is the smallest size whose time can be measured. A breach counts if it is there at twice that size, too: a single
    step, such as memory that no longer fits a cache, is none.
    """
    size = _SMALLEST
    while (first := _cost_of(work, text_of, size)) < _MEASURABLE and size < _LARGEST:
        size *= 4
    if first < _MEASURABLE:
        return None
    if _cost_of(work, text_of, 4 * size) < _PLAINLY_LINEAR * first:
        return None
    found = _breach_at(work, text_of, size)
    return found and (found if found.seconds[-1] > _LONG else _breach_at(work, text_of, 2 * size))


def _breach_at(work: Callable[[str], object], text_of: Callable[[int], str], size: int) -> Breach | None:
    sizes = (size, 2 * size, 4 * size)
    best = [float("inf")] * 3
    for attempt in range(_ATTEMPTS):
        best = [min(before, _cost_of(work, text_of, one)) for before, one in zip(best, sizes, strict=True)]
        if growth(best) <= MOST:
            return None
        if best[-1] > _LONG or (attempt and growth(best) > _CLEAR):
            break
    return Breach(sizes, tuple(best))


def _cost_of(work: Callable[[str], object], text_of: Callable[[int], str], size: int) -> float:
    text = text_of(size)
    return cost(lambda: work(text))
