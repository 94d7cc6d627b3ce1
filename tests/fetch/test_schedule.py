import tracemalloc
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator

import anyio
import pytest
from msgspec import structs

from linkcheck.clock import Clock
from linkcheck.fetch.breaker import Breaker, breaking
from linkcheck.fetch.observe import Observation, observing
from linkcheck.fetch.schedule import Crew, Outcome, crawl, trouble_of
from linkcheck.model import Check, Failure, FailureKind, Link, Request, Response, Trouble
from tests.fetch.fakes import FakeExchange, FakeTime, answer

pytestmark = pytest.mark.anyio


def seen(status: int | None = None, kind: FailureKind | None = None) -> Observation:
    return Observation(Check(at="now", status=status, failure=Trouble(kind, "x") if kind else None))


ALIVE, GONE, BROKEN = seen(200), seen(404), seen(503)
NO_HOST = seen(kind=FailureKind.DNS_NXDOMAIN)
TIMEOUT = seen(kind=FailureKind.TIMEOUT_READ)


class FakeWeb:
    """Answers every link from its list, in order; alive where there is none."""

    def __init__(self, answers: dict[int, list[Observation]] | None = None) -> None:
        self.answers = answers or {}
        self.asked: list[tuple[int, bool]] = []

    async def observe(self, link: Link, *, is_fresh: bool = False) -> Observation:
        self.asked.append((link.id, is_fresh))
        await anyio.lowlevel.checkpoint()
        return self.answers[link.id].pop(0) if self.answers.get(link.id) else ALIVE


class Deliveries:
    def __init__(self) -> None:
        self.all: list[tuple[int, int | None, bool, bool]] = []

    async def take(self, link: Link, observation: Observation, *, is_final: bool) -> None:
        self.all.append((link.id, observation.check.status, observation.check.confirmed, is_final))


def links(count: int, hosts: int = 3) -> Iterator[Link]:
    return (Link(n, f"http://h{n % hosts}.test/{n}") for n in range(count))


CREW = Crew(workers=4, per_origin=2)


async def test_every_link_is_asked_and_delivered_once() -> None:
    web, deliveries = FakeWeb(), Deliveries()

    outcome = await crawl(lambda: links(50), web.observe, deliveries.take, crew=CREW, breaker=Breaker())

    assert sorted(deliveries.all) == [(n, 200, False, True) for n in range(50)]
    assert outcome == Outcome(asked=50, unconfirmed=0, not_asked=0)


@pytest.mark.parametrize("bad", [GONE, BROKEN, NO_HOST, TIMEOUT])
async def test_what_looks_bad_is_asked_again_at_the_end_on_a_fresh_connection(bad: Observation) -> None:
    web, deliveries = FakeWeb({0: [bad, bad]}), Deliveries()

    await crawl(lambda: links(20), web.observe, deliveries.take, crew=CREW, breaker=Breaker())

    assert web.asked[-1] == (0, True)
    assert web.asked.count((0, False)) == 1
    status = bad.check.status
    assert [one for one in deliveries.all if one[0] == 0] == [(0, status, False, False), (0, status, True, True)]


async def test_gone_and_not_found_say_the_same() -> None:
    deliveries = Deliveries()

    await crawl(
        lambda: links(1), FakeWeb({0: [GONE, seen(410)]}).observe, deliveries.take, crew=CREW, breaker=Breaker()
    )

    assert deliveries.all[-1] == (0, 410, True, True)


@pytest.mark.parametrize("second", [ALIVE, TIMEOUT, BROKEN, seen(403)])
async def test_another_answer_confirms_nothing_and_counts(second: Observation) -> None:
    deliveries = Deliveries()

    await crawl(lambda: links(1), FakeWeb({0: [GONE, second]}).observe, deliveries.take, crew=CREW, breaker=Breaker())

    assert deliveries.all[-1] == (0, second.check.status, False, True)


@pytest.mark.parametrize("status", [200, 206, 301, 304, 400, 401, 403, 451, 999])
def test_answers_are_taken_at_their_word(status: int) -> None:
    assert trouble_of(seen(status).check) is None


@pytest.mark.parametrize("kind", [FailureKind.POLICY, FailureKind.BUDGET])
def test_our_own_decisions_stand(kind: FailureKind) -> None:
    assert trouble_of(seen(kind=kind).check) is None


@pytest.mark.parametrize("kind", sorted(set(FailureKind) - {FailureKind.POLICY, FailureKind.BUDGET}))
def test_every_other_failure_deserves_a_second_look(kind: FailureKind) -> None:
    assert trouble_of(seen(kind=kind).check) == kind


async def test_a_slow_host_does_not_hold_up_the_rest() -> None:
    deliveries = Deliveries()
    release = anyio.Event()

    async def observe(link: Link, *, is_fresh: bool = False) -> Observation:
        assert not is_fresh
        if link.url.startswith("http://h0"):
            await release.wait()
        elif link.id == 89:
            release.set()
        return ALIVE

    with anyio.fail_after(60):
        await crawl(lambda: links(90), observe, deliveries.take, crew=CREW, breaker=Breaker())

    assert {one[0] % 3 for one in deliveries.all[:55]} == {1, 2}


async def until_nothing_moves(monkeypatch: pytest.MonkeyPatch, crawling: Awaitable[Outcome]) -> Outcome:
    """Let the time of a crawl be up when all that is left waits for ever, however slow the machine is."""
    time = anyio.CancelScope()
    monkeypatch.setattr(anyio, "move_on_after", lambda _: time)

    async def end() -> None:
        await anyio.wait_all_tasks_blocked()
        time.cancel()

    async with anyio.create_task_group() as group:
        group.start_soon(end)
        return await crawling


async def test_when_the_time_is_up_the_rest_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    deliveries = Deliveries()

    async def observe(link: Link, *, is_fresh: bool = False) -> Observation:
        assert not is_fresh
        if link.id >= 6:
            await anyio.sleep_forever()
        return GONE if link.id == 0 else ALIVE

    crawling = crawl(lambda: links(30), observe, deliveries.take, crew=Crew(workers=4, per_origin=4), breaker=Breaker())
    outcome = await until_nothing_moves(monkeypatch, crawling)

    assert outcome == Outcome(asked=6, unconfirmed=1, not_asked=24)
    assert sorted(one[0] for one in deliveries.all) == list(range(6))


@pytest.mark.parametrize(
    ("stuck", "counted"),
    [
        ((2, True), Outcome(asked=3, unconfirmed=2, not_asked=1)),
        ((3, True), Outcome(asked=4, unconfirmed=1, not_asked=0)),
    ],
)
async def test_what_was_answered_and_not_delivered_when_time_ended_is_open(
    stuck: tuple[int, bool], counted: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = FakeWeb({1: [GONE, GONE], 3: [GONE, GONE]})

    async def take(link: Link, observation: Observation, *, is_final: bool) -> None:  # noqa: ARG001 - as deliveries are
        if (link.id, is_final) == stuck:
            await anyio.sleep_forever()

    crawling = crawl(lambda: links(4), web.observe, take, crew=Crew(workers=4), breaker=Breaker())

    assert await until_nothing_moves(monkeypatch, crawling) == counted


async def test_time_that_is_up_at_once_asks_nothing() -> None:
    outcome = await crawl(
        lambda: links(5), FakeWeb().observe, Deliveries().take, crew=Crew(max_time=0), breaker=Breaker()
    )

    assert (outcome.asked, outcome.not_asked) == (0, 5)


async def test_cancelling_keeps_what_was_delivered() -> None:
    deliveries = Deliveries()
    web = FakeWeb()

    async def observe(link: Link, *, is_fresh: bool = False) -> Observation:
        if link.id == 10:
            scope.cancel()
        return await web.observe(link, is_fresh=is_fresh)

    with anyio.CancelScope() as scope:
        await crawl(lambda: links(1000), observe, deliveries.take, crew=CREW, breaker=Breaker())

    assert scope.cancelled_caught
    assert 5 <= len(deliveries.all) <= 11


async def test_nothing_to_do_is_done() -> None:
    assert await crawl(list, FakeWeb().observe, Deliveries().take, crew=CREW, breaker=Breaker()) == Outcome(
        asked=0, unconfirmed=0, not_asked=0
    )


class Growing:
    """Links in turn, of which one more comes with each delivery."""

    def __init__(self, known: list[Link]) -> None:
        self._known = known
        self._next = 0

    def __iter__(self) -> Iterator[Link]:
        return self

    def __next__(self) -> Link:
        if self._next >= len(self._known):
            raise StopIteration
        self._next += 1
        return self._known[self._next - 1]


async def test_what_a_run_adds_that_is_gone_on_with_is_asked_though_something_was_doubted() -> None:
    more = links(9)
    known, web, deliveries = [next(more), next(more)], FakeWeb({0: [GONE]}), Deliveries()

    async def deliver(link: Link, observation: Observation, *, is_final: bool) -> None:
        known.extend(one for one in (next(more, None),) if one)
        await deliveries.take(link, observation, is_final=is_final)

    outcome = await crawl(
        lambda: Growing(known), web.observe, deliver, crew=CREW, breaker=Breaker(), doubted={0: "gone"}, grows=True
    )

    assert sorted(web.asked) == [(0, True), *((number, False) for number in range(1, 9))]
    assert outcome == Outcome(asked=8, unconfirmed=0, not_asked=0)


async def test_memory_does_not_grow_with_the_number_of_links() -> None:
    async def observe(_: Link, *, is_fresh: bool = False) -> Observation:
        assert not is_fresh
        return ALIVE

    async def deliver(_: Link, __: Observation, *, is_final: bool) -> None:
        assert is_final

    async def peak(count: int) -> int:
        tracemalloc.start()
        await crawl(lambda: links(count, hosts=7), observe, deliver, crew=CREW, breaker=Breaker())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    await peak(100)
    assert await peak(20_000) < await peak(2_000) + 3_000_000


class FakeHost:
    """A host that answers through the breaker, as the onion has it, and counts how often it is really asked."""

    def __init__(self, *answers: Response | Failure, breaker: Breaker) -> None:
        self.wire = FakeExchange(*answers)
        self.look = observing(breaking(self.wire, breaker), Clock())


class LastLooks:
    """What was delivered, last look by link."""

    def __init__(self) -> None:
        self.last: dict[int, Check] = {}
        self.times = 0

    async def take(self, link: Link, observation: Observation, *, is_final: bool) -> None:
        self.times += 1
        self.last[link.id] = observation.check
        assert is_final or observation.check.confirmed is False


async def visit(
    *answers: Response | Failure, count: int = 50, patience: float = 60.0
) -> tuple[FakeExchange, LastLooks, Outcome, list[tuple[str, float, str]]]:
    """Crawl one host that answers so."""
    breaker, looks, time = Breaker(), LastLooks(), FakeTime()
    waits: list[tuple[str, float, str]] = []
    host = FakeHost(*answers, breaker=breaker)
    with anyio.fail_after(60):
        outcome = await crawl(
            lambda: (Link(n, f"http://a.test/{n}") for n in range(count)),
            host.look,
            looks.take,
            crew=Crew(workers=8, per_origin=4, patience=patience),
            breaker=breaker,
            tell_wait=lambda *wait: waits.append(wait),
            clock=Clock(stopwatch=time.stopwatch),
            sleep=time.sleep,
        )
    return host.wire, looks, outcome, waits


OK = answer(200)
NO_CONNECTION = Failure(FailureKind.TIMEOUT_CONNECT, "no connection in time")


async def test_a_dead_host_costs_two_time_outs() -> None:
    wire, looks, outcome, _ = await visit(NO_CONNECTION)

    assert len(wire.asked) == 2
    assert all(check.confirmed and check.failure for check in looks.last.values())
    assert sum(check.inferred for check in looks.last.values()) == 49
    assert outcome == Outcome(asked=50, unconfirmed=0, not_asked=0)


async def test_a_host_that_refuses_is_asked_four_times() -> None:
    wire, looks, _, _ = await visit(Failure(FailureKind.REFUSED, "refused"))

    assert len(wire.asked) == 4
    assert len(looks.last) == 50


async def test_a_host_that_is_back_at_the_end_is_asked_for_everything() -> None:
    wire, looks, _, _ = await visit(NO_CONNECTION, OK)

    assert len(wire.asked) == 51
    assert {check.status for check in looks.last.values()} == {200}
    assert not any(check.inferred or check.confirmed for check in looks.last.values())


async def test_what_was_parked_has_not_been_asked_when_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def observe(link: Link, *, is_fresh: bool = False) -> Observation:
        if is_fresh:
            await anyio.sleep_forever()
        check = seen(kind=FailureKind.TIMEOUT_CONNECT).check
        return Observation(structs.replace(check, inferred=link.id > 0))

    crawling = crawl(lambda: links(10, hosts=1), observe, Deliveries().take, crew=Crew(workers=4), breaker=Breaker())

    assert await until_nothing_moves(monkeypatch, crawling) == Outcome(asked=1, unconfirmed=1, not_asked=9)


async def test_a_host_that_wants_a_pause_gets_it_and_its_links_come_again() -> None:
    wire, looks, outcome, waits = await visit(answer(429, retry_after="20"), OK)

    assert {check.status for check in looks.last.values()} == {200}
    assert (len(wire.asked), looks.times, outcome.asked) == (51, 50, 50)
    assert waits == [("a.test", 20.0, "it answers 429")]


async def test_a_busy_host_that_says_until_when_is_waited_for() -> None:
    _, looks, _, waits = await visit(answer(503, retry_after="30"), OK)

    assert {check.status for check in looks.last.values()} == {200}
    assert [wait[1] for wait in waits] == [30.0]


async def test_a_busy_host_that_says_nothing_is_asked_again_at_the_end_only() -> None:
    wire, _, _, waits = await visit(answer(503), count=5)

    assert (len(wire.asked), waits) == (10, [])


@pytest.mark.parametrize("status", [429, 503])
async def test_a_host_that_wants_too_much_is_left_alone_but_for_one_question_at_the_end(status: int) -> None:
    wire, looks, _, waits = await visit(answer(status, retry_after="3600"), count=1000)

    assert (len(wire.asked), waits) == (2, [])
    assert {check.status for check in looks.last.values()} == {status}
    assert len(looks.last) == 1000


async def test_a_host_that_always_complains_is_given_up_within_its_budget() -> None:
    wire, looks, _, waits = await visit(answer(429), count=200)

    assert sum(wait[1] for wait in waits) <= 60
    assert len(wire.asked) < 20
    assert len(looks.last) == 200


async def visit_site(
    respond: Callable[[Request, float], Response], count: int, *, per_origin: int = 4, patience: float = 60.0
) -> tuple[list[str], LastLooks, float]:
    """Crawl one host that answers by address and time; return what was asked, what was seen, and how long it took."""
    breaker, looks, time = Breaker(), LastLooks(), FakeTime()
    asked: list[str] = []

    async def wire(request: Request) -> Response:
        await anyio.lowlevel.checkpoint()
        asked.append(request.url.rpartition("/")[2])
        return structs.replace(respond(request, time.now), url=request.url)

    with anyio.fail_after(60):
        await crawl(
            lambda: (Link(n, f"http://a.test/{n}") for n in range(count)),
            observing(breaking(wire, breaker), Clock()),
            looks.take,
            crew=Crew(workers=8, per_origin=per_origin, patience=patience),
            breaker=breaker,
            clock=Clock(stopwatch=time.stopwatch),
            sleep=time.sleep,
        )
    return asked, looks, time.now


@pytest.mark.parametrize("retry_after", [None, "1", "20", "3600"])
@pytest.mark.parametrize("place", [1, 8, 17])
async def test_a_limit_that_holds_for_one_address_is_that_address_s(place: int, retry_after: str | None) -> None:
    limited = answer(429, **{"retry_after": retry_after} if retry_after else {})

    asked, looks, took = await visit_site(lambda request, _: limited if request.url.endswith(f"/{place}") else OK, 18)

    statuses = {link: check.status for link, check in looks.last.items()}
    assert statuses == {link: 429 if link == place else 200 for link in range(18)}
    assert not any(check.inferred for check in looks.last.values())
    assert took <= 61
    assert asked.count(str(place)) <= 10


async def test_a_limited_address_that_is_asked_first_is_found_out_within_seconds() -> None:
    asked, looks, took = await visit_site(lambda request, _: answer(429) if request.url.endswith("/0") else OK, 18)

    assert [link for link, check in looks.last.items() if check.status != 200] == [0]
    assert took < 5
    assert asked.count("0") <= 3


async def test_two_limited_addresses_keep_nobody_from_being_asked() -> None:
    limited = ("/3", "/9")

    _, looks, _ = await visit_site(lambda request, _: answer(429) if request.url.endswith(limited) else OK, 18)

    assert sorted(link for link, check in looks.last.items() if check.status != 200) == [3, 9]
    assert not any(check.inferred for check in looks.last.values())


async def test_a_host_that_limits_all_addresses_is_asked_until_all_have_answered() -> None:
    """As many as fit into each stretch of ten seconds: no address is taken for a limited one."""
    granted: Counter[int] = Counter()

    def respond(_: Request, now: float) -> Response:
        granted[int(now // 10)] += 1
        return OK if granted[int(now // 10)] <= 30 else answer(429)

    _, looks, _ = await visit_site(respond, 150, patience=600.0)

    assert {check.status for check in looks.last.values()} == {200}


async def test_a_host_that_has_had_enough_after_some_answers_is_tried_with_one_more_address() -> None:
    answered = [OK] * 5

    def respond(_: Request, __: float) -> Response:
        return answered.pop() if answered else answer(429, retry_after="3600")

    asked, looks, took = await visit_site(respond, 500, per_origin=1)

    assert len(asked) == 5 + 2 + 1, "two addresses, and one of them once more at the end"
    assert Counter(check.status for check in looks.last.values()) == {200: 5, 429: 495}
    assert took < 5


async def test_the_complaint_of_another_host_slows_nobody_down() -> None:
    async def observe(link: Link, *, is_fresh: bool = False) -> Observation:
        check = structs.replace(seen(429).check, final_url="http://elsewhere.test/")
        return Observation(check if link.id == 0 and not is_fresh else ALIVE.check)

    deliveries = Deliveries()
    waits: list[object] = []
    await crawl(
        lambda: links(3), observe, deliveries.take, crew=CREW, breaker=Breaker(), tell_wait=lambda *w: waits.append(w)
    )

    assert waits == []
    assert (0, 429, False, False) in deliveries.all
