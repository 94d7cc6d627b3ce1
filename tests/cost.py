"""What work costs: CPU time, which other programs of the machine hardly change, and only compared with itself."""

import time
from collections.abc import Callable

_TIMES = 4
"""How much more work is tried: what is linear costs four times as much, what is quadratic sixteen times."""
_MOST = 9.0
_NOTHING = 0.05
"""Seconds of CPU below which nobody can tell, and nobody needs to."""
_ATTEMPTS = 3


def seconds(work: Callable[[], object]) -> float:
    """Give the CPU time of this thread, in seconds."""
    began = time.thread_time()
    work()
    return time.thread_time() - began


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Tell whether work on four times as much costs about four times as much; `size` is the larger one."""
    for _ in range(_ATTEMPTS):
        little, much = seconds(lambda: work(size // _TIMES)), seconds(lambda: work(size))
        if much < max(_MOST * little, _NOTHING):
            return True
    return False
