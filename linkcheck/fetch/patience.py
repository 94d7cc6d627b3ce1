"""How long an origin that asks us to slow down is left alone, and when that gets too long. Pure state."""

from msgspec import Struct

_FIRST = 0.5
_LONGEST = 30.0
"""Seconds between two links, when a host says that this is too fast but not what would be right."""
_EASED = 0.8
"""What every answer makes of that distance."""
_NEGLIGIBLE = 0.05
_OTHERS = 2
"""Answers of other addresses, between two complaints of one, that make it likely that only this one is limited."""
_TRIES = 6
"""Complaints in a row about one address of an origin that has answered others, where no other is left to try."""
_AGAINST = 8
"""Answers that outweigh one complaint about another address."""
_REMEMBERED = 16_384
"""Origins, and links that were complained about, at most: memory does not grow with the number of links."""


class _Pace(Struct):
    """One origin's."""

    distance: float = 0.0
    waited: float = 0.0
    tested_at: int | None = None
    """How many answers there had been when the budget was used up, and one more address was tried."""
    complaints: int = 0


class _Limit(Struct):
    """What came of an origin since it complained about one link for the first time."""

    answers: int
    """How many it had given before."""
    complaints: int
    """How many it had made about other links before."""
    own: int = 0
    """How many it has made about this one."""
    is_own: bool = False
    """Only this link is limited."""


class Patience:
    """The pace of every origin that has complained: it slows down with each complaint, and recovers with answers."""

    def __init__(self, budget: float = 60.0) -> None:
        """Wait no more than `budget` seconds in all for any one origin."""
        self._budget = budget
        self._paces: dict[str, _Pace] = {}
        self._answers: dict[str, int] = {}
        self._limits: dict[int, _Limit] = {}
        """By the link that was complained about."""

    def after_complaint(self, origin: str, wanted: float | None) -> float | None:
        """Give the seconds to leave the origin alone, at least those it wants; None when that is too long for us."""
        pace = self._pace(origin)
        pace.distance = min(max(pace.distance * 2, _FIRST), _LONGEST)
        rest = pace.distance if wanted is None else max(wanted, _FIRST)
        if pace.waited + rest > self._budget:
            return None
        pace.waited += rest
        return rest

    def is_of_link(self, link: int, origin: str) -> bool:
        """Take a complaint, and return whether only this link is limited: others were answered since its first one.

        Complaints about others speak against that: a host that limits all of them answers many between two complaints.
        """
        pace, answers = self._pace(origin), self._answers.get(origin, 0)
        if link not in self._limits and len(self._limits) >= _REMEMBERED:
            del self._limits[next(iter(self._limits))]
        limit = self._limits.setdefault(link, _Limit(answers, pace.complaints))
        others = pace.complaints - limit.complaints - limit.own
        is_alone = answers > 0 and limit.own >= _TRIES and not others
        if is_alone or (limit.own and answers - limit.answers >= _OTHERS + _AGAINST * others):
            limit.is_own = True
        limit.own += 1
        pace.complaints += 1
        return limit.is_own

    def after_budget(self, link: int, origin: str) -> float | None:
        """Return the seconds until one more address may be tried of an origin that has used up its budget.

        The limit is then taken for the link's own. None where nothing speaks for that: the origin has answered nothing,
        or nothing since the last that was tried.
        """
        pace, answers = self._pace(origin), self._answers.get(origin, 0)
        if not answers or pace.tested_at == answers:
            return None
        pace.tested_at = answers
        self._limits[link].is_own = True
        return pace.distance

    def after_answer(self, origin: str, *, is_answer: bool = True) -> float:
        """Give the seconds until the origin should be asked for the next link.

        An answer that was under way when the origin complained is none: it says nothing of the time after.
        """
        if is_answer:
            if origin not in self._answers and len(self._answers) >= _REMEMBERED:
                del self._answers[next(iter(self._answers))]
            self._answers[origin] = self._answers.get(origin, 0) + 1
        pace = self._paces.get(origin)
        if pace is None or pace.distance == 0.0:
            return 0.0
        distance = pace.distance
        pace.distance = distance * _EASED if distance * _EASED > _NEGLIGIBLE else 0.0
        return distance

    def _pace(self, origin: str) -> _Pace:
        pace = self._paces.get(origin)
        if pace is None:
            if len(self._paces) >= _REMEMBERED:
                del self._paces[next(iter(self._paces))]
            pace = self._paces[origin] = _Pace()
        return pace
