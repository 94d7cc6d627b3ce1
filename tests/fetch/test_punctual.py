"""Our own lateness is nobody's death."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from linkcheck.clock import Clock
from linkcheck.config import Config
from linkcheck.fetch.breaker import Breaker
from linkcheck.fetch.census import count
from linkcheck.fetch.engine import wire_named
from linkcheck.fetch.nameservers import asking
from linkcheck.fetch.onion import open_web
from linkcheck.fetch.punctual import Punctuality, punctual, punctual_names
from linkcheck.fetch.wire import Exchange, Limits
from linkcheck.judge import World, judge_link
from linkcheck.model import Check, Failure, FailureKind, ReasonCode, Request, Response, Trouble, Verdict
from linkcheck.pipeline import recalling
from linkcheck.standing import remember, standing_of
from tests.fetch.fakes import answer
from tests.fetch.test_wires import LOOPBACK, engine  # noqa: F401 - a fixture
from tests.servers import http, naming, serving

pytestmark = pytest.mark.anyio

ASKED = Request("http://a.test/")
TIME_OUT = Failure(FailureKind.TIMEOUT_CONNECT, "no connection in time", url=ASKED.url)


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.wall = datetime(2026, 1, 1, tzinfo=UTC)
        self.clock = Clock(now=lambda: self.wall, stopwatch=lambda: self.seconds)

    def work(self, seconds: float) -> None:
        """Let time pass in which nobody listens."""
        self.sleep(seconds)
        self.seconds += seconds

    def sleep(self, seconds: float) -> None:
        """Let the machine sleep: only the wall clock goes on."""
        self.wall += timedelta(seconds=seconds)


def during(passes: Callable[[], None], *answers: Response | Failure) -> tuple[Exchange, list[Request]]:
    """Make an exchange whose first answer takes what `passes` does."""
    asked: list[Request] = []

    async def exchange(request: Request) -> Response | Failure:
        asked.append(request)
        if len(asked) == 1:
            passes()
        return answers[min(len(asked), len(answers)) - 1]

    return exchange, asked


async def test_a_time_out_that_came_while_the_loop_stood_still_is_asked_again() -> None:
    hands = Hands()
    exchange, asked = during(lambda: hands.work(6), TIME_OUT, answer(200))

    said = await punctual(exchange, Punctuality(hands.clock))(ASKED)

    assert (said, len(asked)) == (answer(200), 2)


async def test_a_time_out_that_came_while_the_machine_slept_is_asked_again() -> None:
    hands = Hands()
    exchange, asked = during(lambda: hands.sleep(3600), TIME_OUT, answer(200))

    said = await punctual(exchange, Punctuality(hands.clock))(ASKED)

    assert (said, len(asked)) == (answer(200), 2)


async def test_a_wall_clock_that_is_set_back_says_nothing() -> None:
    hands = Hands()
    exchange, asked = during(lambda: hands.sleep(-3600), TIME_OUT)

    assert await punctual(exchange, Punctuality(hands.clock))(ASKED) == TIME_OUT
    assert len(asked) == 1


@pytest.mark.parametrize("other", [answer(200), answer(404), Failure(FailureKind.REFUSED, "connection refused")])
async def test_what_was_heard_counts_however_late(other: Response | Failure) -> None:
    hands = Hands()
    exchange, asked = during(lambda: hands.work(60), other)

    assert await punctual(exchange, Punctuality(hands.clock))(ASKED) == other
    assert len(asked) == 1


async def test_a_time_out_while_we_listened_is_the_hosts() -> None:
    hands = Hands()
    asked: list[Request] = []
    rung = asyncio.Event()

    async def exchange(request: Request) -> Response | Failure:
        asked.append(request)
        for _ in range(20):  # five seconds, with a timer that rings in time
            hands.seconds += 0.25
            hands.wall += timedelta(seconds=0.25)
            punctuality._ring()
        rung.set()
        return TIME_OUT

    punctuality = Punctuality(hands.clock)

    assert await punctual(exchange, punctuality)(ASKED) == TIME_OUT
    assert len(asked) == 1


async def test_a_moment_that_nobody_listened_is_no_excuse() -> None:
    hands = Hands()
    exchange, asked = during(lambda: hands.work(0.01), TIME_OUT)
    punctuality = Punctuality(hands.clock)
    span = punctuality.begin()
    hands.work(1)  # the timer is overdue, but for what was before
    punctuality.end(span)

    assert await punctual(exchange, punctuality)(ASKED) == TIME_OUT
    assert len(asked) == 1


async def test_if_it_stays_so_the_machine_is_named_and_the_asking_ends() -> None:
    hands = Hands()
    asked: list[Request] = []

    async def exchange(request: Request) -> Response | Failure:
        asked.append(request)
        hands.work(6)
        return TIME_OUT

    said = await punctual(exchange, Punctuality(hands.clock))(ASKED)

    assert isinstance(said, Failure)
    assert (said.kind, said.reason, said.url, len(asked)) == (FailureKind.NETWORK, ReasonCode.BUSY, ASKED.url, 2)
    assert said.message.startswith("this machine was too busy, or asleep, for 11.8 s")


async def test_names_are_asked_again_in_the_same_way() -> None:
    hands = Hands()
    answers: list[tuple[str, ...] | Failure] = [
        Failure(FailureKind.DNS_TEMPORARY, "the name servers do not answer"),
        ("192.0.2.1",),
    ]

    async def look_up(_: str) -> tuple[str, ...] | Failure:
        hands.work(6)
        return answers.pop(0)

    assert await punctual_names(look_up, Punctuality(hands.clock))("a.test") == ("192.0.2.1",)


async def test_the_timer_stops_with_the_last_question() -> None:
    hands = Hands()
    punctuality = Punctuality(hands.clock)
    exchange, _ = during(lambda: None, answer(200))

    await punctual(exchange, punctuality)(ASKED)
    punctuality._ring()

    assert punctuality._timer is None


# Neither a verdict, nor a strike, nor a breaker

BUSY = Trouble(FailureKind.NETWORK, "this machine was too busy", ReasonCode.BUSY)


def test_it_is_unreachable_and_the_reason_is_ours() -> None:
    check = Check(at="2026-01-01T00:00:00Z", failure=BUSY, confirmed=True)

    opinion = judge_link("http://a.test.org/", check, (), {}, World())

    assert (opinion.judgement.verdict, opinion.judgement.reason.code) == (Verdict.UNREACHABLE, ReasonCode.BUSY)
    assert opinion.findings[0].next == "Run again when this machine has less to do, or with a lower --concurrency."


def test_it_is_no_strike() -> None:
    check = Check(at="2026-01-01T00:00:00Z", failure=BUSY)
    judgement = judge_link("http://a.test.org/", check, (), {}, World()).judgement

    seen = recalling._sighting("http://a.test.org/", check, judgement, World())

    assert seen is not None
    assert not seen.counts
    assert standing_of(remember(None, seen)).of == 0


def test_it_is_no_outage_of_its_host() -> None:
    check = Check(at="2026-01-01T00:00:00Z", failure=BUSY)

    assert count([(f"http://a.net/{number}", check) for number in range(10)], frozenset()).outages == {}


def test_it_never_opens_a_breaker() -> None:
    breaker = Breaker()
    for _ in range(10):
        breaker.hear("http://a.test", Failure(BUSY.kind, BUSY.message, reason=BUSY.reason))

    assert breaker.known("http://a.test") is None


# A loop that is really blocked, on loopback


class Hog:
    """Blocks the loop again and again, until something is asked for the second time."""

    def __init__(self) -> None:
        self.asked = 0

    async def work(self) -> None:
        while self.asked < 2:
            time.sleep(0.3)  # noqa: ASYNC251 - this is what is tested
            await asyncio.sleep(0)

    def patience(self) -> float:
        """Give the seconds for what is asked now."""
        self.asked += 1
        return 0.5 if self.asked == 1 else 60.0


async def test_a_server_that_answers_is_not_silent_because_we_stand_still(engine: str) -> None:  # noqa: F811 - the fixture
    hog = Hog()
    wire = wire_named(engine, Limits(timeout_at=lambda _: hog.patience(), connect_timeout=60), Clock())
    async with serving({"/": http(200, b"here")}) as server:
        hogging = asyncio.create_task(hog.work())
        said = await punctual(wire.send, Punctuality(Clock()))(Request(f"{server.url}/", addresses=LOOPBACK))
        await hogging
        await wire.aclose()

    assert isinstance(said, Response), said
    assert (said.body, hog.asked) == (b"here", 2)


async def test_names_are_not_unknown_because_we_stand_still() -> None:
    hog = Hog()
    async with naming({"a.net": {"A": ("192.0.2.7",)}}) as server:

        async def look_up(host: str) -> tuple[str, ...] | Failure:
            return await asking(["127.0.0.1"], server.port, deadline=hog.patience())(host)

        hogging = asyncio.create_task(hog.work())
        said = await punctual_names(look_up, Punctuality(Clock()))("a.net")
        await hogging

    assert (said, hog.asked) == (("192.0.2.7",), 2)


async def test_the_onion_listens_in_time() -> None:
    class Deaf:
        asked = 0

        async def send(self, _: Request) -> Response | Failure:
            self.asked += 1
            if self.asked == 1:
                hands.sleep(3600)
                return TIME_OUT
            return answer(200)

        async def aclose(self) -> None:
            pass

    hands, wire = Hands(), Deaf()
    web = open_web(Config(resolve=("a.test:80:192.0.2.1",), retries=0), clock=hands.clock, wire=wire)

    said = await web.exchange(ASKED)
    await web.aclose()

    assert isinstance(said, Response)
    assert (said.status, wire.asked, web.traffic.requests) == (200, 2, 2)
