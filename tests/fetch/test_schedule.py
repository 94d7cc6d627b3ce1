import tracemalloc
from collections.abc import Iterator

import anyio
import pytest

from linkcheck.fetch.observe import Observation
from linkcheck.fetch.schedule import Crew, Outcome, crawl, trouble_of
from linkcheck.model import Check, FailureKind, Link, Trouble

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

    outcome = await crawl(links(50), web.observe, deliveries.take, crew=CREW)

    assert sorted(deliveries.all) == [(n, 200, False, True) for n in range(50)]
    assert outcome == Outcome(asked=50, unconfirmed=0, not_asked=0)


@pytest.mark.parametrize("bad", [GONE, BROKEN, NO_HOST, TIMEOUT])
async def test_what_looks_bad_is_asked_again_at_the_end_on_a_fresh_connection(bad: Observation) -> None:
    web, deliveries = FakeWeb({0: [bad, bad]}), Deliveries()

    await crawl(links(20), web.observe, deliveries.take, crew=CREW)

    assert web.asked[-1] == (0, True)
    assert web.asked.count((0, False)) == 1
    status = bad.check.status
    assert [one for one in deliveries.all if one[0] == 0] == [(0, status, False, False), (0, status, True, True)]


async def test_gone_and_not_found_say_the_same() -> None:
    deliveries = Deliveries()

    await crawl(links(1), FakeWeb({0: [GONE, seen(410)]}).observe, deliveries.take, crew=CREW)

    assert deliveries.all[-1] == (0, 410, True, True)


@pytest.mark.parametrize("second", [ALIVE, TIMEOUT, BROKEN, seen(403)])
async def test_another_answer_confirms_nothing_and_counts(second: Observation) -> None:
    deliveries = Deliveries()

    await crawl(links(1), FakeWeb({0: [GONE, second]}).observe, deliveries.take, crew=CREW)

    assert deliveries.all[-1] == (0, second.check.status, False, True)


@pytest.mark.parametrize("status", [200, 206, 301, 304, 400, 401, 403, 429, 451, 999])
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

    with anyio.fail_after(5):
        await crawl(links(90), observe, deliveries.take, crew=CREW)

    assert {one[0] % 3 for one in deliveries.all[:55]} == {1, 2}


async def test_when_the_time_is_up_the_rest_is_left() -> None:
    deliveries, left = Deliveries(), []

    async def observe(link: Link, *, is_fresh: bool = False) -> Observation:
        assert not is_fresh
        if link.id >= 6:
            await anyio.sleep_forever()
        return GONE if link.id == 0 else ALIVE

    crew = Crew(workers=4, per_origin=4, max_time=0.05)
    outcome = await crawl(links(30), observe, deliveries.take, crew=crew, leave=left.append)

    assert outcome == Outcome(asked=6, unconfirmed=1, not_asked=24)
    assert sorted(link.id for link in left) == list(range(6, 30))
    assert sorted(one[0] for one in deliveries.all) == list(range(6))


async def test_time_that_is_up_at_once_asks_nothing() -> None:
    web, left = FakeWeb(), []

    outcome = await crawl(links(5), web.observe, Deliveries().take, crew=Crew(max_time=0), leave=left.append)

    assert (outcome.asked, len(left)) == (0, 5)


async def test_cancelling_keeps_what_was_delivered() -> None:
    deliveries = Deliveries()
    web = FakeWeb()

    async def observe(link: Link, *, is_fresh: bool = False) -> Observation:
        if link.id == 10:
            scope.cancel()
        return await web.observe(link, is_fresh=is_fresh)

    with anyio.CancelScope() as scope:
        await crawl(links(1000), observe, deliveries.take, crew=CREW)

    assert scope.cancelled_caught
    assert 5 <= len(deliveries.all) <= 11


async def test_nothing_to_do_is_done() -> None:
    assert await crawl([], FakeWeb().observe, Deliveries().take, crew=CREW) == Outcome(
        asked=0, unconfirmed=0, not_asked=0
    )


async def test_memory_does_not_grow_with_the_number_of_links() -> None:
    async def observe(_: Link, *, is_fresh: bool = False) -> Observation:
        assert not is_fresh
        return ALIVE

    async def deliver(_: Link, __: Observation, *, is_final: bool) -> None:
        assert is_final

    async def peak(count: int) -> int:
        tracemalloc.start()
        await crawl(links(count, hosts=7), observe, deliver, crew=CREW)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    await peak(100)
    assert await peak(20_000) < await peak(2_000) + 3_000_000
