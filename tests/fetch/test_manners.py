from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkcheck.archives.api import Archive, Manners
from linkcheck.archives.wayback import PLUGIN
from linkcheck.clock import Clock
from linkcheck.events import Event, Waiting
from linkcheck.fetch.ledger import Ledger, Purpose, asking_for
from linkcheck.fetch.manners import mannered
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, FailureKind, Request, Response

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CDX, AVAILABILITY, REPLAY = (PLUGIN.endpoints[name] for name in ("cdx", "availability", "replay"))


class World:
    """A web that answers at once or after a while, in a time that passes only when somebody waits."""

    def __init__(self, *, takes: float = 0.0) -> None:
        self.time = 1000.0
        self.takes = takes
        self.sent: list[tuple[float, str]] = []
        self.events: list[Event] = []
        self.answers: dict[str, list[Response | Failure]] = {}
        self.under_way = self.most_under_way = 0
        self.clock = Clock(now=lambda: NOON + timedelta(seconds=self.time - 1000), stopwatch=lambda: self.time)

    async def sleep(self, seconds: float) -> None:
        assert seconds > 0
        due = self.time + seconds
        await anyio.lowlevel.checkpoint()
        self.time = max(self.time, due)

    async def exchange(self, request: Request) -> Response | Failure:
        self.sent.append((self.time - 1000, request.url))
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await anyio.lowlevel.checkpoint()
        self.time += self.takes
        self.under_way -= 1
        prepared = self.answers.get(request.url)
        return prepared.pop(0) if prepared else Response(request.url, 200)

    def mannered(self, *archives: Archive, budget: float = 3600) -> Exchange:
        return mannered(
            self.exchange,
            archives or (PLUGIN,),
            ledger=lambda: Ledger(budget, budget),
            clock=self.clock,
            sleep=self.sleep,
            emit=self.events.append,
        )

    @property
    def starts(self) -> list[float]:
        return [start for start, _ in self.sent]


def run(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    anyio.run(main)


async def ask_all(exchange: Exchange, urls: list[str]) -> list[Response | Failure]:
    answers: dict[int, Response | Failure] = {}

    async def ask(place: int, url: str) -> None:
        answers[place] = await exchange(Request(url))

    async with anyio.create_task_group() as group:
        for place, url in enumerate(urls):
            group.start_soon(ask, place, url)
    return [answers[place] for place in range(len(urls))]


def limited(requests: int, seconds: float) -> Archive:
    return structs.replace(PLUGIN, endpoints={"cdx": CDX}, manners={"cdx": Manners(requests=requests, seconds=seconds)})


def test_the_25th_index_request_waits_until_the_first_is_a_minute_old() -> None:
    world = World()

    run(lambda: _discard(ask_all(world.mannered(), [f"{CDX}?{n}" for n in range(26)])))

    assert world.starts == [0.0] * 24 + [60.0] * 2
    assert world.events == [Waiting("Wayback Machine", 60.0, "at most 24 requests in 60 s")]


async def _discard(coroutine: Coroutine[Any, Any, object]) -> None:
    await coroutine


def test_every_archive_has_a_budget_of_its_own() -> None:
    world = World(takes=40)
    other = structs.replace(PLUGIN, name="other", title="Other", endpoints={"cdx": "https://other.test/cdx"})
    answers: list[Response | Failure] = []

    async def main() -> None:
        exchange = world.mannered(PLUGIN, other, budget=60)
        urls = (f"{CDX}?1", f"{CDX}?2", f"{CDX}?3", "https://other.test/cdx?1")
        answers.extend([await exchange(Request(url)) for url in urls])

    run(main)

    assert [isinstance(answer, Failure) for answer in answers] == [False, False, True, False]


@pytest.mark.parametrize(("budget", "compared"), [(1, 1), (2, 2), (3, 3)])
def test_half_of_the_budget_is_kept_until_it_is_known_what_is_lost(budget: float, compared: int) -> None:
    world = World(takes=0.5)
    spared: list[Response | Failure] = []
    others: list[Response | Failure] = []

    async def main() -> None:
        exchange = world.mannered(budget=budget)
        with asking_for(Purpose.EARLY):
            spared.extend([await exchange(Request(f"{CDX}?{n}")) for n in range(6)])
        others.extend([await exchange(Request(f"{CDX}?{n}")) for n in range(6, 12)])

    run(main)

    assert sum(isinstance(answer, Response) for answer in spared) == compared
    assert sum(isinstance(answer, Response) for answer in others) == compared
    assert isinstance(spared[-1], Failure)
    assert "the rest is kept for links that are lost" in spared[-1].message


def test_the_addresses_of_a_template_are_recognised() -> None:
    world = World()
    template = "https://arc.test/show/{timestamp}/{url}"
    archive = structs.replace(
        PLUGIN, endpoints={"replay": template}, manners={"replay": Manners(requests=1, seconds=5)}
    )
    urls = ["https://arc.test/show/20170214000000/https://a.test/", "https://arc.test/show/2016/http://b.test/"]

    run(lambda: _discard(ask_all(world.mannered(archive), [*urls, "https://arc.test/other"])))

    assert sorted(world.starts) == [0.0, 0.0, 5.0]


def test_replay_is_asked_eight_times_a_second_and_short_waits_are_not_worth_a_word() -> None:
    world = World()

    run(lambda: _discard(ask_all(world.mannered(), [f"{REPLAY}/2017/{n}" for n in range(17)])))

    assert world.starts == [0.0] * 8 + [1.0] * 8 + [2.0]
    assert world.events == []


@given(
    st.integers(1, 5),
    st.sampled_from([0.5, 1.0, 10.0, 60.0]),
    st.sampled_from([0.0, 0.3, 7.0]),
    st.integers(0, 25),
)
def test_no_stretch_of_time_sees_more_requests_than_the_manners_allow(
    requests: int, seconds: float, takes: float, count: int
) -> None:
    world = World(takes=takes)

    run(lambda: _discard(ask_all(world.mannered(limited(requests, seconds)), [f"{CDX}?{n}" for n in range(count)])))

    assert len(world.starts) == count
    for first, later in zip(world.starts, world.starts[requests:], strict=False):
        assert later - first >= seconds - 1e-6
    assert world.most_under_way <= 1


@pytest.mark.parametrize(
    ("headers", "silence"),
    [
        ((), 60.0),
        ((("retry-after", "120"),), 120.0),
        ((("retry-after", "1"),), 60.0),
        ((("retry-after", "-5"),), 60.0),
        ((("retry-after", "soon"),), 60.0),
        ((("retry-after", "²"),), 60.0),
        ((("retry-after", format_datetime(NOON + timedelta(seconds=90), usegmt=True)),), 90.0),
        ((("retry-after", "Tue, 24 Nov 2026 12:01:30 -0000"),), 90.0),
        ((("retry-after", "Tue, 24 Nov 1996 12:01:30 GMT"),), 60.0),
    ],
)
def test_after_a_429_the_whole_archive_is_left_alone_for_as_long_as_it_asks(
    headers: tuple[tuple[str, str], ...], silence: float
) -> None:
    world = World()
    world.answers[f"{CDX}?1"] = [Response(f"{CDX}?1", 429, headers)]

    async def main() -> None:
        exchange = world.mannered()
        await exchange(Request(f"{CDX}?1"))
        await ask_all(exchange, [f"{AVAILABILITY}?url=x", f"{REPLAY}/2017/x", f"{CDX}?2"])

    run(main)

    assert world.starts[0] == 0.0
    assert min(world.starts[1:]) == silence
    assert world.events[0] == Waiting("Wayback Machine", silence, "it asked for silence (429)")


def test_an_archived_429_is_not_the_archive_speaking() -> None:
    world = World()
    copy = f"{REPLAY}/20170214000000id_/http://a.test/"
    headers = (("memento-datetime", "Tue, 14 Feb 2017 00:00:00 GMT"),)
    world.answers[copy] = [Response(copy, 429, headers)]

    run(lambda: _discard(ask_all(world.mannered(), [copy, copy])))

    assert world.starts == [0.0, 0.0]


def test_one_archive_that_asks_for_silence_does_not_silence_another() -> None:
    other = structs.replace(limited(24, 60), title="Other", endpoints={"cdx": "https://other.test/cdx"})
    world = World()
    world.answers[f"{CDX}?1"] = [Response(f"{CDX}?1", 429)]

    async def main() -> None:
        exchange = world.mannered(PLUGIN, other)
        await exchange(Request(f"{CDX}?1"))
        await exchange(Request("https://other.test/cdx?1"))

    run(main)

    assert world.starts == [0.0, 0.0]


def test_a_wait_that_the_budget_cannot_hold_is_answered_at_once_and_nothing_is_sent() -> None:
    world = World()
    world.answers[f"{CDX}?1"] = [Response(f"{CDX}?1", 429)]
    answers: list[Response | Failure] = []

    async def main() -> None:
        exchange = world.mannered(budget=60)
        await exchange(Request(f"{CDX}?1"))
        answers.append(await exchange(Request(f"{CDX}?2")))

    run(main)

    (answer,) = answers
    assert isinstance(answer, Failure)
    assert answer.kind is FailureKind.BUDGET
    assert answer.message == "an archive may take 60 s in all, and Wayback Machine must be left alone for 60 s more"
    assert answer.url == f"{CDX}?2"
    assert (len(world.sent), world.time) == (1, 1000.0)


@given(st.sampled_from([0.0, 5.0, 60.0, 125.0]), st.sampled_from([0.0, 0.4, 9.0]), st.integers(0, 60))
def test_archives_never_take_longer_than_the_budget_and_what_is_left_is_named(
    budget: float, takes: float, count: int
) -> None:
    world = World(takes=takes)
    answers: list[Response | Failure] = []

    async def main() -> None:
        answers.extend(await ask_all(world.mannered(budget=budget), [f"{CDX}?{n}" for n in range(count)]))

    run(main)

    left = [answer for answer in answers if isinstance(answer, Failure)]
    assert len(left) + len(world.sent) == count
    assert all(answer.kind is FailureKind.BUDGET for answer in left)
    assert all(start < budget for start in world.starts)
    assert world.time - 1000 < budget + takes + 1e-6


def test_what_waits_side_by_side_is_paid_once() -> None:
    world = World(takes=1)
    answers: list[Response | Failure] = []

    async def main() -> None:
        urls = [f"{CDX}?{n}" for n in range(4)] + [f"{REPLAY}/2017/{n}" for n in range(4)]
        answers.extend(await ask_all(world.mannered(budget=8.5), urls))

    run(main)

    assert all(isinstance(answer, Response) for answer in answers)


def test_time_in_which_no_archive_is_asked_costs_nothing() -> None:
    world = World(takes=1)
    answers: list[Response | Failure] = []

    async def main() -> None:
        exchange = world.mannered(budget=2.5)
        for n in range(4):
            answers.append(await exchange(Request(f"{CDX}?{n}")))
            world.time += 1000

    run(main)

    assert [isinstance(answer, Response) for answer in answers] == [True, True, True, False]


def test_a_request_that_outlives_the_budget_is_given_up() -> None:
    world = World()
    answers: list[Response | Failure] = []

    async def hang(_: Request) -> Response | Failure:
        await anyio.sleep_forever()
        raise AssertionError

    async def main() -> None:
        ledger = Ledger(0.02, 0.02)
        more = {"clock": world.clock, "sleep": world.sleep, "emit": world.events.append}
        polite = mannered(hang, (PLUGIN,), ledger=lambda: ledger, **more)
        answers.append(await polite(Request(CDX)))

    run(main)

    (answer,) = answers
    assert isinstance(answer, Failure)
    assert answer.kind is FailureKind.BUDGET
    assert "had not answered" in answer.message


@pytest.mark.parametrize(
    "url",
    ["https://a.test/", "https://web.archive.org/", "https://web.archive.org/website", "https://web.archive.org.evil.test/web/"],
)  # fmt: skip
def test_other_requests_pass_untouched_even_when_the_budget_is_gone(url: str) -> None:
    world = World()

    run(lambda: _discard(ask_all(world.mannered(budget=0), [url] * 50)))

    assert world.starts == [0.0] * 50
    assert world.most_under_way == 50


def test_one_that_is_cancelled_while_it_waits_makes_room_for_the_next() -> None:
    world = World()
    url = f"{CDX}?1"

    async def main() -> None:
        exchange = world.mannered(limited(1, 60))
        await exchange(Request(url))
        with anyio.CancelScope() as scope:
            scope.cancel()
            await exchange(Request(url))
        await exchange(Request(url))

    run(main)

    assert world.starts == [0.0, 60.0]


@given(st.text(max_size=40) | st.text(alphabet="0123456789 :,-+GMTuNovZ", max_size=40))
def test_no_retry_after_can_break_it_or_shorten_the_silence(said: str) -> None:
    world = World()
    world.answers[f"{CDX}?1"] = [Response(f"{CDX}?1", 429, (("retry-after", said),))]

    run(lambda: _discard(ask_all(world.mannered(budget=10_000_000_000), [f"{CDX}?1", f"{CDX}?2"])))

    assert world.starts[1] >= 60.0


class Nameless(World):
    """A world in which the archive's host is not found, or not found for a while."""

    def __init__(self, kind: FailureKind) -> None:
        super().__init__()
        self.kind: FailureKind | None = kind

    async def exchange(self, request: Request) -> Response | Failure:
        answer = await super().exchange(request)
        return Failure(self.kind, "no such host", url=request.url) if self.kind else answer


@pytest.mark.parametrize(
    ("kind", "looked_up"),
    [(FailureKind.DNS_NXDOMAIN, 1), (FailureKind.DNS_UNPROVEN, 1), (FailureKind.DNS_TEMPORARY, 2)],
)
def test_an_archive_whose_name_is_not_found_is_not_waited_for(kind: FailureKind, looked_up: int) -> None:
    """Not even by endpoint: the index and the captures are of one host."""
    world = Nameless(kind)
    urls = [f"{CDX}?{n}" for n in range(30)] + [f"{REPLAY}/{n}" for n in range(30)]

    answers: list[Response | Failure] = []

    async def main() -> None:
        answers.extend(await ask_all(world.mannered(), urls))

    run(main)

    assert len(world.sent) <= looked_up + 1, "one more may be under way"
    assert world.time == 1000.0, "and nobody waits for the manners of a host that nothing is sent to"
    assert {answer.kind for answer in answers if isinstance(answer, Failure)} == {kind}
    assert [answer.url for answer in answers] == urls
    assert {answer.attempts for answer in answers} == {0, 1}


def test_an_archive_that_was_not_found_is_looked_up_again_after_a_minute() -> None:
    world = Nameless(FailureKind.DNS_NXDOMAIN)

    async def main() -> None:
        exchange = world.mannered()
        assert isinstance(await exchange(Request(CDX)), Failure)
        world.kind = None
        assert isinstance(await exchange(Request(CDX)), Failure)
        world.time += 61
        assert isinstance(await exchange(Request(CDX)), Response)

    run(main)
    assert len(world.sent) == 2
