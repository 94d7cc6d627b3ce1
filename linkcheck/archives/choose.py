"""Chooses the captures that are most likely to show what was cited.

Only captures that show a page can be chosen: 200, 203, 206, and a revisit whose payload is that of one of these.
Those at or before the target come first, nearest first, since they show what the author can have seen; then those after
it, nearest first. Without a target the latest is the best.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from heapq import nsmallest

from msgspec import structs

from linkcheck.archives.cdx import Capture

PAGES = frozenset({200, 203, 206})
"""What an archived page may have answered with when it was captured."""


def choose(captures: Iterable[Capture], target: datetime | None, limit: int = 5) -> tuple[Capture, ...]:
    """Give the best captures for an instant, best first; revisits come back with the status of their payload."""
    pages = (capture for capture in resolved(captures) if capture.status in PAGES)
    return tuple(nsmallest(limit, pages, key=lambda capture: _rank(capture, target)))


def resolved(captures: Iterable[Capture]) -> tuple[Capture, ...]:
    """Give revisits the status that captures of the same payload have, where these agree on whether it is a page."""
    held = tuple(captures)
    known: dict[str | None, set[int]] = {}
    for capture in held:
        if capture.status is not None and capture.digest:
            known.setdefault(capture.digest, set()).add(capture.status)
    return tuple(
        structs.replace(capture, status=min(statuses))
        if capture.status is None and (statuses := known.get(capture.digest)) and statuses <= PAGES
        else capture
        for capture in held
    )


def in_words(captures: Iterable[Capture]) -> str:
    """Count captures by what was archived: `301 (4), 404 (2), unknown (1)`."""
    counts = Counter(str(capture.status or "unknown") for capture in captures)
    return ", ".join(f"{status} ({count})" for status, count in sorted(counts.items()))


def _rank(capture: Capture, target: datetime | None) -> tuple[bool, float, str, int, str]:
    """Order captures; what follows the distance only makes the order total."""
    if target is None:
        is_after, distance = False, -capture.at.timestamp()
    else:
        is_after, distance = capture.at > target, abs((capture.at - target).total_seconds())
    return is_after, distance, capture.original, capture.status or 0, capture.digest or ""
