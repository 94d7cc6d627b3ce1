from collections.abc import Iterator

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.frontier import Frontier
from linkcheck.model import Link


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

    with anyio.fail_after(5):
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

    with anyio.fail_after(5):
        first = [await frontier.take() for _ in range(4)]

    assert [link.url.split("/")[2] for link in first if link] == ["a", "a", "b", "c"]


@pytest.mark.anyio
async def test_hosts_take_turns() -> None:
    frontier = Frontier(links(*"aaaabbbb"), per_origin=2, window=100)
    first = [await frontier.take() for _ in range(4)]
    with anyio.move_on_after(0.01):
        await frontier.take()  # both have their limit: all others are held now
    for link in first:
        assert link is not None
        frontier.done(link)

    second = [await frontier.take() for _ in range(4)]

    assert "".join(link.url[7] for link in (*first, *second) if link) == "aabb" + "abab"


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

    await frontier.take()
    with anyio.move_on_after(0.01):
        await frontier.take()
    assert pulled == 12


@pytest.mark.anyio
async def test_the_rest_is_what_is_not_done() -> None:
    frontier = Frontier(links(*"aaab"), per_origin=1, window=2)
    done, out = await frontier.take(), None
    assert done is not None
    frontier.done(done)
    out = await frontier.take()

    assert out is not None
    assert sorted(link.id for link in frontier.rest()) == [1, 2, 3]
