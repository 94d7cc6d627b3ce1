"""A frontier whose source grows while it is worked on: the end comes when nobody can add anything."""

from collections.abc import Iterator

import anyio
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.frontier import Frontier
from linkcheck.model import Link


class Spring(Iterator[Link]):
    """A source that runs dry, and has more when somebody has been given something."""

    def __init__(self, sizes: list[int]) -> None:
        self._sizes = sizes
        self._count = 0
        self.ready: list[Link] = []
        self.rise()

    def rise(self) -> None:
        for _ in range(self._sizes.pop(0) if self._sizes else 0):
            self.ready.append(Link(self._count, f"http://{'ab'[self._count % 2]}/{self._count}"))
            self._count += 1

    def __next__(self) -> Link:
        if not self.ready:
            raise StopIteration
        return self.ready.pop(0)


@given(
    sizes=st.lists(st.integers(0, 5), max_size=20),
    workers=st.integers(1, 8),
    per_origin=st.integers(1, 4),
    window=st.integers(1, 20),
)
def test_a_source_that_grows_is_drained_to_its_last_link(
    sizes: list[int], workers: int, per_origin: int, window: int
) -> None:
    spring, log = Spring([2, *sizes]), list[int]()
    frontier = Frontier(spring, per_origin=per_origin, window=window, grows=True)

    async def worker() -> None:
        while (link := await frontier.take()) is not None:
            log.append(link.id)
            frontier.done(link)
            for _ in range(link.id % 3):
                await anyio.lowlevel.checkpoint()
            spring.rise()
            frontier.through()

    async def scenario() -> None:
        with anyio.fail_after(60):
            async with anyio.create_task_group() as group:
                for _ in range(workers):
                    group.start_soon(worker)

    anyio.run(scenario)

    assert sorted(log) == list(range(spring._count))
    assert spring.ready == []


def test_a_source_that_does_not_grow_is_not_asked_again() -> None:
    spring, log = Spring([1, 1]), list[int]()
    frontier = Frontier(spring, per_origin=1, window=1)

    async def scenario() -> None:
        while (link := await frontier.take()) is not None:
            log.append(link.id)
            frontier.done(link)
            assert await frontier.take() is None
            spring.rise()
            frontier.through()

    anyio.run(scenario)

    assert log == [0]
