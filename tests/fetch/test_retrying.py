import pytest

from linkcheck.fetch.retrying import retrying
from linkcheck.model import Failure, FailureKind, Request, Response
from tests.fetch.fakes import FakeExchange, FakeTime, answer

pytestmark = pytest.mark.anyio

REQUEST = Request("http://a.test/")


async def ask(wire: FakeExchange, time: FakeTime | None = None, *, retries: int = 2) -> Response | Failure:
    return await retrying(wire, retries=retries, sleep=(time or FakeTime()).sleep)(REQUEST)


def failure(kind: FailureKind) -> Failure:
    return Failure(kind, "x")


PASSING = [
    *map(answer, (408, 425, 429, 500, 502, 503, 504)),
    *map(failure, (FailureKind.RESET, FailureKind.REFUSED, FailureKind.TIMEOUT_READ, FailureKind.DNS_TEMPORARY)),
]


@pytest.mark.parametrize("bad", PASSING)
async def test_what_can_pass_is_tried_again(bad: Response | Failure) -> None:
    wire = FakeExchange(bad, answer(200))

    response = await ask(wire)

    assert isinstance(response, Response)
    assert (response.status, response.attempts, len(wire.asked)) == (200, 2, 2)


@pytest.mark.parametrize("bad", PASSING)
async def test_what_does_not_pass_is_given_after_all_attempts(bad: Response | Failure) -> None:
    wire = FakeExchange(bad)

    given = await ask(wire)

    assert (type(given), given.attempts, len(wire.asked)) == (type(bad), 3, 3)


@pytest.mark.parametrize("status", [200, 301, 304, 400, 401, 403, 404, 410, 451, 501, 999])
async def test_an_answer_is_an_answer(status: int) -> None:
    wire = FakeExchange(answer(status))

    assert (await ask(wire)).attempts == len(wire.asked) == 1


@pytest.mark.parametrize("kind", sorted(set(FailureKind) - {one.kind for one in PASSING if isinstance(one, Failure)}))
async def test_what_cannot_pass_is_not_tried_again(kind: FailureKind) -> None:
    wire = FakeExchange(failure(kind))

    await ask(wire)

    assert len(wire.asked) == 1


async def test_waits_grow_stay_short_and_are_the_same_every_time() -> None:
    first, second = FakeTime(), FakeTime()

    await ask(FakeExchange(answer(503)), first, retries=6)
    await ask(FakeExchange(answer(503)), second, retries=6)

    assert len(first.slept) == 6
    assert first.slept == second.slept
    assert all(0.1 < wait < 2 for wait in first.slept)
    assert first.slept[0] < 0.26
    assert first.slept[-1] > 0.9


async def test_a_short_retry_after_is_honoured() -> None:
    time = FakeTime()

    await ask(FakeExchange(answer(429, retry_after="1"), answer(200)), time)

    assert time.slept == [1.0]


@pytest.mark.parametrize("wait", ["2", "3600", "Wed, 21 Oct 2015 07:28:00 GMT", "nonsense", "-1", "9" * 5000])
async def test_a_longer_retry_after_is_for_others_to_wait(wait: str) -> None:
    wire = FakeExchange(answer(429, retry_after=wait))

    await ask(wire)

    assert len(wire.asked) == 1


async def test_nothing_is_tried_again_when_nobody_wants_it() -> None:
    wire = FakeExchange(answer(503))

    assert (await ask(wire, retries=0)).attempts == 1


@pytest.mark.parametrize("bad", [answer(429), failure(FailureKind.TIMEOUT_READ)])
async def test_what_is_left_to_others_is_not_tried_again(bad: Response | Failure) -> None:
    wire = FakeExchange(bad)
    leaves: frozenset[FailureKind | int] = frozenset({429, FailureKind.TIMEOUT_READ})

    await retrying(wire, retries=2, sleep=FakeTime().sleep, leaves=leaves)(REQUEST)

    assert len(wire.asked) == 1


async def test_what_was_not_even_tried_is_not_tried_again() -> None:
    wire = FakeExchange(Failure(FailureKind.DNS_TEMPORARY, "not looked up again", attempts=0))

    assert (await ask(wire)).attempts == 0
    assert len(wire.asked) == 1
