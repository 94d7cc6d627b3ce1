"""Chooses the captures that are most likely to show what was cited.

The order, for a target instant:

1. What was captured as a page (200, 203, 206, and a revisit whose payload is that of one of these) comes before what
   only may be one: a capture whose status the archive does not say. Redirects and errors are not chosen here.
2. Captures within a month of the target come before those within a year, and these before all others: a reader is
   better served by the page of the next day than by that of five years before.
3. Within each of these, captures at or before the target come before those after it, since they show what the author
   can have seen.
4. Then the nearest comes first.
5. Captures whose payload a better one has come last: they show the same, and help where that one cannot be seen.

Without a target the latest is the best.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from heapq import nsmallest
from itertools import islice

from msgspec import structs

from linkcheck.archives.cdx import Capture

PAGES = frozenset({200, 203, 206})
"""What an archived page may have answered with when it was captured."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MONTH, YEAR = 31 * 86_400.0, 366 * 86_400.0
"""Seconds. What is as far away as that still counts as within."""


def choose(
    captures: Iterable[Capture], target: datetime | None, limit: int = 5, *, is_silent: bool = False
) -> tuple[Capture, ...]:
    """Give the best captures for an instant, best first; revisits come back with the status of their payload.

    `is_silent` tells that the archive does not say statuses, as in a TimeMap: then what has none may be a page.
    """
    wanted = PAGES | {None} if is_silent else PAGES
    pages = (capture for capture in resolved(captures) if capture.status in wanted)
    best: dict[str, Capture] = {}
    others: list[Capture] = []
    for capture in sorted(pages, key=lambda capture: _rank(capture, target)):
        if capture.digest and capture.digest in best:
            others.append(capture)
        else:
            best[capture.digest or f"unknown {len(best)}"] = capture
    return tuple(islice((*best.values(), *others), limit))


def redirects(captures: Iterable[Capture], target: datetime | None, limit: int = 2) -> tuple[Capture, ...]:
    """Give the best captured redirects, in the same order; each is worth what it leads to."""
    found = (capture for capture in captures if capture.status in REDIRECTS)
    return tuple(nsmallest(limit, found, key=lambda capture: _rank(capture, target)))


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


def _rank(capture: Capture, target: datetime | None) -> tuple[bool, int, bool, float, str, int, str]:
    """Order captures; what follows the distance only makes the order total."""
    if target is None:
        window, is_after, distance = 0, False, -capture.at.timestamp()
    else:
        is_after, distance = capture.at > target, abs((capture.at - target).total_seconds())
        window = (distance > MONTH) + (distance > YEAR)
    rest = capture.original, capture.status or 0, capture.digest or ""
    return capture.status is None, window, is_after, distance, *rest
