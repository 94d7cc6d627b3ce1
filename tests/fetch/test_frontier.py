from collections.abc import Iterator

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.frontier import Frontier
from linkcheck.model import Link
from tests.fetch.fakes import FakeTime


def links(*hosts: str) -> Iterator[Link]:
    return (Link(n, f"http://{host}/{n}") for n, host in enumerate(hosts))


async def work(frontier: Frontier, workers: int, log: list[Link], most: dict[str, int]) -> None:
    inside: dict[str, int] = {}

    async def worker() -> None:
        while (link := await frontier.take()) is not None:
            host = link.url.split("/")[2]
            inside[host] = inside.get(host, 0) + 1
            most[host] = max(most.get(host, 0), inside[host])
            log.append(link)
            for _ in range(link.id % 3):
                await anyio.lowlevel.checkpoint()
            inside[host] -= 1
            frontier.done(link)

    with anyio.fail_after(60):
        async with anyio.create_task_group() as group:
            for _ in range(workers):
                group.start_soon(worker)


@given(
    hosts=st.lists(st.sampled_from("abcd"), max_size=60),
    workers=st.integers(1, 8),
    per_origin=st.integers(1, 4),
    window=st.integers(1, 20),
)
def test_every_link_is_given_once_and_no_limit_is_exceeded(
    hosts: list[str], workers: int, per_origin: int, window: int
) -> None:
    log: list[Link] = []
    most: dict[str, int] = {}
    frontier = Frontier(links(*hosts), per_origin=per_origin, window=window)

    anyio.run(work, frontier, workers, log, most)

    assert sorted(link.id for link in log) == list(range(len(hosts)))
    assert all(count <= per_origin for count in most.values())
    assert list(frontier.rest()) == []


@pytest.mark.anyio
async def test_a_host_with_many_links_does_not_hold_up_the_others() -> None:
    frontier = Frontier(links(*"a" * 10_000, "b", "c"), per_origin=2, window=16_384)

    with anyio.fail_after(60):
        first = [await frontier.take() for _ in range(3)]

    assert [link.url.split("/")[2] for link in first if link] == ["a", "b", "c"]


@pytest.mark.anyio
async def test_hosts_take_turns() -> None:
    frontier = Frontier(links(*"aaaabbbb"), per_origin=2, window=100)

    first = await given(frontier, 3)  # the third finds no place: all are held now
    for link in first:
        frontier.done(link)
    second = await given(frontier, 4)

    assert (hosts_of(first), hosts_of(second)) == ("ab", "abab")


@pytest.mark.anyio
async def test_a_new_host_opens_with_one_place_until_it_is_heard() -> None:
    frontier = Frontier(links(*"aaaaaa"), per_origin=3, window=100)

    (unheard,) = await given(frontier, 2)
    frontier.done(unheard, is_heard=False)
    (heard,) = await given(frontier, 2)
    frontier.done(heard)

    assert len(await given(frontier, 6)) == 3


@pytest.mark.anyio
async def test_links_are_pulled_only_as_needed() -> None:
    pulled = 0

    def source() -> Iterator[Link]:
        nonlocal pulled
        for link in links(*"a" * 1000):
            pulled += 1
            yield link

    frontier = Frontier(source(), per_origin=2, window=10)
    await frontier.take()
    assert pulled == 1

    with anyio.move_on_after(0.01):
        await frontier.take()
    assert pulled == 11


@pytest.mark.anyio
async def test_the_rest_is_what_is_not_done() -> None:
    frontier = Frontier(links(*"aaab"), per_origin=1, window=2)
    done, out = await frontier.take(), None
    assert done is not None
    frontier.done(done)
    out = await frontier.take()

    assert out is not None
    assert sorted(link.id for link in frontier.rest()) == [1, 2, 3]


def resting_frontier(hosts: str, time: FakeTime) -> Frontier:
    return Frontier(links(*hosts), per_origin=3, window=100, stopwatch=time.stopwatch, sleep=time.sleep)


@pytest.mark.anyio
async def test_what_comes_again_comes_first_and_not_before_its_host_has_rested() -> None:
    time = FakeTime()
    frontier = resting_frontier("aa", time)
    (link,) = await given(frontier, 1)

    frontier.again(link, rest=7.0)
    with anyio.fail_after(60):
        again = await frontier.take()

    assert (again, time.now) == (link, 7.0)


@pytest.mark.anyio
async def test_a_host_that_rests_holds_up_nobody() -> None:
    time = FakeTime()
    frontier = resting_frontier("abab", time)
    a, b = await given(frontier, 2)

    frontier.done(a, rest=5.0)
    frontier.done(b)

    assert frontier.is_resting(a)
    assert not frontier.is_resting(b)
    assert hosts_of([await taken(frontier), await taken(frontier)]) == "ba"
    assert time.now == 5.0


@pytest.mark.anyio
async def test_a_host_that_has_rested_starts_with_one_place() -> None:
    time = FakeTime()
    frontier = resting_frontier("aaaaaa", time)
    frontier.done(await taken(frontier))
    three = await given(frontier, 3)

    for link in three:
        frontier.done(link, rest=1.0)

    assert len(await given(frontier, 3)) == 1


@pytest.mark.anyio
async def test_the_longest_wish_for_rest_counts() -> None:
    time = FakeTime()
    frontier = resting_frontier("aaaa", time)
    frontier.done(await taken(frontier))
    one, other = await given(frontier, 2)

    frontier.again(one, rest=9.0)
    frontier.again(other, rest=2.0)
    await taken(frontier)

    assert time.now == 9.0


@pytest.mark.anyio
async def test_all_idle_workers_go_home_when_the_last_link_is_done() -> None:
    time = FakeTime()
    frontier = resting_frontier("aaa", time)
    most: dict[str, int] = {}
    log: list[Link] = []
    frontier.again(await taken(frontier), rest=1.0)

    await work(frontier, 8, log, most)

    assert len(log) == 3


@pytest.mark.anyio
async def test_hosts_without_links_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.fetch.frontier._PRUNE_AT", 10)
    frontier = Frontier(links(*(f"h{n}" for n in range(200))), per_origin=1, window=5)

    await work(frontier, 2, [], {})

    assert len(frontier._origins) <= 11


async def taken(frontier: Frontier) -> Link:
    with anyio.fail_after(60):
        link = await frontier.take()
    assert link is not None
    return link


async def given(frontier: Frontier, at_most: int) -> list[Link]:
    """Take what can be had at once."""
    found = []
    for _ in range(at_most):
        with anyio.move_on_after(0.01):
            link = await frontier.take()
            if link is not None:
                found.append(link)
    return found


def hosts_of(given: list[Link]) -> str:
    return "".join(link.url.split("/")[2] for link in given)


@pytest.mark.anyio
async def test_a_rest_that_ends_while_a_worker_turns_to_waiting_is_not_slept_backwards() -> None:
    slept: list[float] = []
    ticks = iter([0.0, 0.0, 0.9, 1.1])  # the rest ends at 1.0: after the worker looked, before it set its alarm

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    def stopwatch() -> float:
        return next(ticks, 2.0)

    frontier = Frontier(links("a"), per_origin=1, window=10, stopwatch=stopwatch, sleep=sleep)
    first = await frontier.take()
    assert first is not None
    frontier.again(first, rest=1.0)

    assert await frontier.take() == first
    assert all(seconds >= 0 for seconds in slept)


@pytest.mark.anyio
async def test_an_origin_may_have_a_width_of_its_own() -> None:
    links = [Link(n, f"http://slow.test/{n}") for n in range(3)] + [Link(9, "http://b.test/")]
    frontier = Frontier(links, per_origin=10, window=99, width_at=lambda url: 1 if "slow" in url else None)

    first = await frontier.take()
    other = await frontier.take()
    assert first is not None
    assert other is not None
    frontier.done(first)
    second = await frontier.take()

    assert [one.id for one in (first, other, second) if one] == [0, 9, 1]
    with anyio.move_on_after(0) as scope:
        await frontier.take()
    assert scope.cancelled_caught
