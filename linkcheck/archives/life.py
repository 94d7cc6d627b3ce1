"""Tells the life of a link from the index of an archive: when it was first seen, last good, first bad."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from linkcheck.archives.cdx import Capture
from linkcheck.archives.choose import PAGES, resolved
from linkcheck.clock import iso
from linkcheck.model import Life

BAD = frozenset({404, 410})
"""What says that the page is gone. Walls (403, 429) and trouble (5xx) that a crawler met say nothing of a page."""


_MOST = 16
"""Failing captures that are told one by one."""


def life_of(captures: Iterable[Capture]) -> Life | None:
    """Give the life of a URL by all its captures; None without any. What was a page is told by status alone."""
    held = sorted(resolved(captures), key=lambda capture: capture.at)
    if not held:
        return None
    good = [capture.at for capture in held if capture.status in PAGES]
    last_good = good[-1] if good else None
    first_bad = next((one.at for one in held if one.status in BAD and (last_good is None or one.at > last_good)), None)
    return Life(
        first=iso(held[0].at),
        first_good=iso(good[0]) if good else None,
        last_good=iso(last_good) if last_good else None,
        first_bad=iso(first_bad) if first_bad else None,
        captures=len(held),
        failing=_few([one.at for one in held if _has_failed(one) and (last_good is None or one.at > last_good)]),
    )


def _has_failed(capture: Capture) -> bool:
    return capture.status is not None and (capture.status in BAD or 500 <= capture.status < 600)


def _few(instants: Sequence[datetime]) -> tuple[str, ...]:
    """Write down the first, the last, and as many between, evenly spread, as there is room for."""
    count = min(len(instants), _MOST)
    places = (index * (len(instants) - 1) // max(count - 1, 1) for index in range(count))
    return tuple(iso(instants[place]) for place in places)
