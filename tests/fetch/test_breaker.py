import pytest

from linkcheck.fetch.breaker import Breaker, breaking
from linkcheck.model import Failure, FailureKind, Request, Response
from tests.fetch.fakes import FakeExchange, answer

pytestmark = pytest.mark.anyio

ORIGIN = "http://a.test:80"
OK = answer(200)
FRESH = (("connection", "close"),)


def failure(kind: FailureKind) -> Failure:
    return Failure(kind, "why", attempts=3)


REFUSED, NO_HOST = failure(FailureKind.REFUSED), failure(FailureKind.DNS_NXDOMAIN)
NO_CONNECTION = failure(FailureKind.TIMEOUT_CONNECT)


def heard(*answers: Response | Failure) -> Breaker:
    breaker = Breaker()
    for one in answers:
        breaker.hear(ORIGIN, one)
    return breaker


@pytest.mark.parametrize("bad", [REFUSED, NO_HOST, failure(FailureKind.DNS_TEMPORARY)])
def test_a_host_that_fails_three_times_in_a_row_is_down(bad: Failure) -> None:
    assert heard(bad, bad).known(ORIGIN) is None
    assert heard(bad, bad, bad).known(ORIGIN) == bad


def test_one_time_out_is_enough_for_a_host_that_was_never_heard() -> None:
    assert heard(NO_CONNECTION).known(ORIGIN) == NO_CONNECTION


def test_a_host_that_was_heard_may_miss_a_connection() -> None:
    assert heard(OK, NO_CONNECTION, NO_CONNECTION).known(ORIGIN) is None
    assert heard(OK, NO_CONNECTION, NO_CONNECTION, NO_CONNECTION).known(ORIGIN) == NO_CONNECTION


@pytest.mark.parametrize(
    "good", [OK, answer(404), answer(503), failure(FailureKind.RESET), failure(FailureKind.TLS_OTHER)]
)
def test_whoever_accepts_connections_is_not_down(good: Response | Failure) -> None:
    assert heard(REFUSED, REFUSED, good, REFUSED).known(ORIGIN) is None
    assert heard(REFUSED, REFUSED, REFUSED, good).known(ORIGIN) is None


@pytest.mark.parametrize("kind", [FailureKind.POLICY, FailureKind.BUDGET, FailureKind.PROXY, FailureKind.NETWORK])
def test_what_is_not_the_hosts_doing_says_nothing(kind: FailureKind) -> None:
    assert heard(REFUSED, REFUSED, failure(kind), REFUSED).known(ORIGIN) == REFUSED
    assert heard(*[failure(kind)] * 5).known(ORIGIN) is None


def test_other_origins_are_not_blamed() -> None:
    assert heard(NO_CONNECTION).known("https://a.test:443") is None


def test_the_last_chance_is_always_taken_once() -> None:
    breaker = heard(REFUSED, REFUSED, REFUSED)
    assert breaker.known(ORIGIN, is_last=True) is None

    breaker.hear(ORIGIN, REFUSED, is_last=True)

    assert breaker.known(ORIGIN, is_last=True) == REFUSED


def test_a_last_chance_that_is_used_reopens_the_host() -> None:
    breaker = heard(REFUSED, REFUSED, REFUSED)

    breaker.hear(ORIGIN, OK, is_last=True)

    assert breaker.known(ORIGIN) is breaker.known(ORIGIN, is_last=True) is None


def test_a_host_that_wants_silence_is_left_alone_until_it_is_asked_once_more() -> None:
    breaker = heard(OK)

    breaker.give_up(ORIGIN, 429)
    known, at_last = breaker.known(ORIGIN), breaker.known(ORIGIN, is_last=True)
    breaker.hear(ORIGIN, answer(429), is_last=True)

    assert isinstance(known, Response)
    assert (known.status, at_last) == (429, None)
    assert breaker.known(ORIGIN, is_last=True) == known


async def test_what_is_down_is_answered_at_once_and_says_that_it_was_not_asked() -> None:
    wire = FakeExchange(NO_CONNECTION)
    exchange = breaking(wire, Breaker())

    first = await exchange(Request("http://a.test/1"))
    second = await exchange(Request("http://a.test/2"))

    assert (len(wire.asked), first.attempts) == (1, 3)
    assert isinstance(second, Failure)
    assert (second.kind, second.attempts, second.url) == (NO_CONNECTION.kind, 0, "http://a.test/2")


async def test_a_thousand_last_chances_of_one_host_are_one() -> None:
    wire = FakeExchange(NO_CONNECTION)
    exchange = breaking(wire, Breaker())

    answers = [await exchange(Request(f"http://a.test/{n}", headers=FRESH)) for n in range(1000)]

    assert len(wire.asked) == 1
    assert [one.attempts for one in answers] == [3] + [0] * 999


async def test_an_answer_that_is_given_instead_has_its_hop() -> None:
    breaker = Breaker()
    breaker.give_up(ORIGIN, 503)

    given = await breaking(FakeExchange(OK), breaker)(Request("http://a.test/x"))

    assert isinstance(given, Response)
    assert [(hop.url, hop.status) for hop in given.hops] == [("http://a.test/x", 503)]


def test_memory_does_not_grow_with_the_number_of_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.fetch.breaker._REMEMBERED", 10)
    breaker = Breaker()

    for n in range(100):
        breaker.hear(f"http://h{n}:80", NO_CONNECTION)

    assert len(breaker._circuits) == 10
    assert breaker.known("http://h99:80") == NO_CONNECTION


async def test_a_host_that_accepts_and_never_answers_costs_two_timeouts_and_one_at_the_end() -> None:
    silence = Failure(FailureKind.TIMEOUT_READ, "no answer in time")
    exchange, breaker = FakeExchange(silence), Breaker()
    ask = breaking(exchange, breaker)

    first = [await ask(Request(f"http://a.test/{n}")) for n in range(6)]
    last = [await ask(Request(f"http://a.test/{n}", headers=FRESH)) for n in range(6)]

    assert [answer.attempts for answer in first] == [1, 1, 0, 0, 0, 0]
    assert [answer.attempts for answer in last] == [1, 0, 0, 0, 0, 0]
    assert {answer.kind for answer in (*first, *last) if isinstance(answer, Failure)} == {FailureKind.TIMEOUT_READ}


async def test_a_slow_page_does_not_speak_for_a_host_that_answers() -> None:
    silence = Failure(FailureKind.TIMEOUT_READ, "no answer in time")
    exchange, breaker = FakeExchange(answer(200), silence, silence, answer(200), silence, answer(200)), Breaker()
    ask = breaking(exchange, breaker)

    heard = [await ask(Request(f"http://a.test/{n}")) for n in range(6)]

    assert [one.attempts for one in heard] == [1] * 6


async def test_a_host_that_answers_at_its_last_chance_is_asked_for_the_others() -> None:
    silence = Failure(FailureKind.TIMEOUT_READ, "no answer in time")
    exchange, breaker = FakeExchange(silence, silence, answer(200)), Breaker()
    ask = breaking(exchange, breaker)

    for n in range(4):
        await ask(Request(f"http://a.test/{n}"))
    last = [await ask(Request(f"http://a.test/{n}", headers=FRESH)) for n in range(4)]

    assert [one.attempts for one in last] == [1] * 4
