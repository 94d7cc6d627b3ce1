"""Tries again what can pass by itself within a moment; longer waits are the schedule's.

tenacity is entered only after a failure: the way of success costs nothing.
"""

from collections.abc import Awaitable, Callable
from random import Random

from msgspec import structs
from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt

from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, FailureKind, Request, Response

_FIRST_WAIT = 0.25
_LONGEST_WAIT = 1.9
"""Seconds."""

_PASSING_FAILURES = frozenset(
    {FailureKind.RESET, FailureKind.REFUSED, FailureKind.TIMEOUT_READ, FailureKind.DNS_TEMPORARY}
)
_PASSING_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})


def retrying(
    exchange: Exchange,
    *,
    retries: int,
    sleep: Callable[[float], Awaitable[None]],
    leaves: frozenset[FailureKind | int] = frozenset(),
    seed: int = 0,
) -> Exchange:
    """Wrap an exchange so that passing failures are tried up to `retries` times more; the last answer counts.

    Failures and statuses in `leaves` are not tried again here: somebody above has more time.
    """
    jitter = Random(seed)  # noqa: S311 - spreads waits, keeps no secret

    def wait(state: RetryCallState) -> float:
        planned = min(_FIRST_WAIT * 2.0 ** (state.attempt_number - 1), _LONGEST_WAIT)
        return max(planned * jitter.uniform(0.5, 1.0), _asked_wait(_last(state)) or 0.0)

    async def retried(request: Request) -> Response | Failure:
        answer = await exchange(request)
        is_left = retries == 0 or (answer.kind if isinstance(answer, Failure) else answer.status) in leaves
        return answer if is_left or not is_passing(answer) else await again(request, answer)

    async def again(request: Request, first: Response | Failure) -> Response | Failure:
        known = [first]
        attempts = 0

        async def attempt() -> Response | Failure:
            nonlocal attempts
            attempts += 1
            return known.pop() if known else await exchange(request)

        policy = AsyncRetrying(
            sleep=sleep,
            wait=wait,
            stop=stop_after_attempt(retries + 1),
            retry=retry_if_result(is_passing),
            retry_error_callback=_last,
        )
        return structs.replace(await policy(attempt), attempts=attempts)

    return retried


def is_passing(answer: Response | Failure) -> bool:
    """Tell whether it may be otherwise in a moment; a host that asks for a longer wait is taken at its word."""
    if isinstance(answer, Failure):
        return answer.kind in _PASSING_FAILURES and answer.attempts > 0  # what was not even tried is no bad moment
    if answer.status not in _PASSING_STATUSES:
        return False
    asked = _asked_wait(answer)
    return asked is None or asked <= _LONGEST_WAIT


def _asked_wait(answer: Response | Failure) -> float | None:
    """Read Retry-After (RFC 9110 10.2.3): seconds; a date is always longer than we wait here."""
    value = answer.header("retry-after") if isinstance(answer, Response) else None
    if value is None:
        return None
    return float(value) if value.isascii() and value.isdigit() else float("inf")


def _last(state: RetryCallState) -> Response | Failure:
    assert state.outcome is not None
    answer: Response | Failure = state.outcome.result()
    return answer
