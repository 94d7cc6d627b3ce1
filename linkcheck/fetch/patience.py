"""How long an origin that asks us to slow down is left alone, and when that gets too long. Pure state."""

from msgspec import Struct

_FIRST = 0.5
_LONGEST = 30.0
"""Seconds between two links, when a host says that this is too fast but not what would be right."""
_EASED = 0.8
"""What every answer makes of that distance."""
_NEGLIGIBLE = 0.05
_REMEMBERED = 16_384
"""Origins, at most: memory does not grow with the number of links."""


class _Pace(Struct):
    """One origin's."""

    distance: float = 0.0
    waited: float = 0.0


class Patience:
    """The pace of every origin that has complained: it slows down with each complaint, and recovers with answers."""

    def __init__(self, budget: float = 60.0) -> None:
        """Wait no more than `budget` seconds in all for any one origin."""
        self._budget = budget
        self._paces: dict[str, _Pace] = {}

    def after_complaint(self, origin: str, wanted: float | None) -> float | None:
        """Give the seconds to leave the origin alone, at least those it wants; None when that is too long for us."""
        pace = self._paces.get(origin)
        if pace is None:
            if len(self._paces) >= _REMEMBERED:
                del self._paces[next(iter(self._paces))]
            pace = self._paces[origin] = _Pace()
        pace.distance = min(max(pace.distance * 2, _FIRST), _LONGEST)
        rest = pace.distance if wanted is None else max(wanted, _FIRST)
        if pace.waited + rest > self._budget:
            return None
        pace.waited += rest
        return rest

    def after_answer(self, origin: str) -> float:
        """Give the seconds until the origin should be asked for the next link."""
        pace = self._paces.get(origin)
        if pace is None or pace.distance == 0.0:
            return 0.0
        distance = pace.distance
        pace.distance = distance * _EASED if distance * _EASED > _NEGLIGIBLE else 0.0
        return distance
