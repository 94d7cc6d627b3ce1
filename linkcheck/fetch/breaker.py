"""Knows which origins are down, so that a dead host costs one or two time-outs and not one for every link.

A circuit breaker: what has failed to connect, or to answer in time, several times in a row is not asked again until the
last chance, which asks once and believes the answer for all.
"""

from msgspec import Struct, structs

from linkcheck import uri
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, FailureKind, Hop, Request, Response

_SAY_NOTHING = frozenset(
    {
        FailureKind.POLICY,
        FailureKind.BUDGET,
        FailureKind.NETWORK,
        FailureKind.PROXY,
    }
)
"""Failures that are not the host's."""
_IS_DOWN = frozenset(
    {
        FailureKind.DNS_NXDOMAIN,
        FailureKind.DNS_UNPROVEN,
        FailureKind.DNS_TEMPORARY,
        FailureKind.REFUSED,
        FailureKind.TIMEOUT_CONNECT,
    }
)
"""Failures that do not depend on what is asked of the host."""
_ENOUGH = 3
"""Failures in a row."""
_ENOUGH_SILENCE = 2
"""Read time-outs in a row of a host that has never answered: each has cost all the time there is."""
_REMEMBERED = 16_384
"""Origins, at most: memory does not grow with the number of links."""


class _Circuit(Struct):
    """What is known of one origin."""

    has_answered: bool = False
    """Something other than silence has come of it before."""
    failures: int = 0
    """In a row."""
    answer: Response | Failure | None = None
    """What is said instead of asking; None while the circuit is closed."""
    is_confirmed: bool = False
    """The last chance has said so, too."""


class Breaker:
    """The state of every origin, by what was heard of it."""

    def __init__(self) -> None:
        self._circuits: dict[str, _Circuit] = {}

    def known(self, origin: str, *, is_last: bool = False) -> Response | Failure | None:
        """Give what the origin would answer; None where it must be asked. Only confirmed answers count at the last."""
        circuit = self._circuits.get(origin)
        return circuit.answer if circuit and (circuit.is_confirmed or not is_last) else None

    def hear(self, origin: str, answer: Response | Failure, *, is_last: bool = False) -> None:
        """Take in what the origin answered."""
        if isinstance(answer, Failure) and answer.kind in _SAY_NOTHING:
            return
        circuit = self._circuit(origin)
        if is_last and circuit.answer is not None and _same(answer, circuit.answer):
            circuit.is_confirmed = True
        elif isinstance(answer, Failure) and answer.kind in _IS_DOWN:
            circuit.failures += 1
            is_strange = answer.kind is FailureKind.TIMEOUT_CONNECT and not circuit.has_answered
            if is_last or is_strange or circuit.failures >= _ENOUGH:
                circuit.answer, circuit.is_confirmed = answer, is_last
        elif isinstance(answer, Failure) and answer.kind is FailureKind.TIMEOUT_READ:
            circuit.failures += 1
            if circuit.failures >= (_ENOUGH if circuit.has_answered else _ENOUGH_SILENCE):
                circuit.answer, circuit.is_confirmed = answer, is_last
        elif not circuit.has_answered or circuit.failures or circuit.answer is not None:
            self._circuits[origin] = _Circuit(has_answered=True)

    def forget(self) -> None:
        """Begin anew, with everybody to be asked."""
        self._circuits.clear()

    def give_up(self, origin: str, status: int, *, is_last: bool = False) -> None:
        """Ask no more of an origin that wants to be left alone for longer than anybody would wait."""
        circuit = self._circuit(origin)
        circuit.answer, circuit.is_confirmed = Response("", status), is_last

    def _circuit(self, origin: str) -> _Circuit:
        circuit = self._circuits.get(origin)
        if circuit is None:
            if len(self._circuits) >= _REMEMBERED:
                del self._circuits[next(iter(self._circuits))]
            circuit = self._circuits[origin] = _Circuit()
        return circuit


def breaking(exchange: Exchange, breaker: Breaker) -> Exchange:
    """Wrap an exchange so that what is down is not asked: the answer then comes at once, with no `attempts`.

    A request for a connection of its own is a last chance.
    """

    async def asked(request: Request) -> Response | Failure:
        origin = uri.origin_of(request.url) or ""
        is_last = ("connection", "close") in request.headers
        known = breaker.known(origin, is_last=is_last)
        if known is not None:
            return _instead(known, request)
        answer = await exchange(request)
        breaker.hear(origin, answer, is_last=is_last)
        return answer

    return asked


def _instead(known: Response | Failure, request: Request) -> Response | Failure:
    if isinstance(known, Failure):
        return structs.replace(known, url=request.url, hops=(), elapsed_ms=0.0, attempts=0)
    return Response(request.url, known.status, hops=(Hop(request.url, known.status),), attempts=0)


def _same(one: Response | Failure, other: Response | Failure) -> bool:
    if isinstance(one, Failure):
        return isinstance(other, Failure) and one.kind is other.kind
    return isinstance(other, Response) and one.status == other.status
