from itertools import pairwise

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.lanes import Gate, Pace, through_lanes
from linkcheck.fetch.wire import Exchange
from linkcheck.model import Failure, Request, Response
from tests.fetch.fakes import FakeTime, answer


class FakeTraffic:
    """An exchange that takes a few turns of the loop, and counts who is inside."""

    def __init__(self, turns: int = 3) -> None:
        self.inside: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.order: list[str] = []
        self.turns = turns

    async def __call__(self, request: Request) -> Response | Failure:
        self.order.append(request.url)
        for name in (request.url.rsplit("/", 1)[0], "all"):
            self.inside[name] = self.inside.get(name, 0) + 1
            self.most[name] = max(self.most.get(name, 0), self.inside[name])
        for _ in range(self.turns):
            await anyio.lowlevel.checkpoint()
        for name in (request.url.rsplit("/", 1)[0], "all"):
            self.inside[name] -= 1
        return answer()


async def send_all(exchange: Exchange, urls: list[str]) -> None:
    async with anyio.create_task_group() as group:
        for url in urls:
            group.start_soon(exchange, Request(url))


def lanes(traffic: FakeTraffic, pace: Pace, time: FakeTime | None = None) -> Exchange:
    time = time or FakeTime()
    return through_lanes(traffic, pace, stopwatch=time.stopwatch, sleep=time.sleep)


@given(st.lists(st.sampled_from("abc"), max_size=40), st.integers(min_value=1, max_value=5), st.integers(1, 8))
def test_no_limit_is_ever_exceeded(hosts: list[str], per_origin: int, total: int) -> None:
    traffic = FakeTraffic()
    pace = Pace(total=total, per_origin=per_origin, interval=0)

    anyio.run(send_all, lanes(traffic, pace), [f"http://{host}/{n}" for n, host in enumerate(hosts)])

    assert len(traffic.order) == len(hosts)
    assert all(most <= (total if name == "all" else per_origin) for name, most in traffic.most.items())


@pytest.mark.anyio
async def test_limits_are_used_to_the_full() -> None:
    traffic = FakeTraffic()

    await send_all(
        lanes(traffic, Pace(total=5, per_origin=3, interval=0)), [f"http://{'ab'[n % 2]}/{n}" for n in range(20)]
    )

    assert traffic.most == {"http://a": 3, "http://b": 3, "all": 5}


@pytest.mark.anyio
async def test_first_come_first_served() -> None:
    traffic = FakeTraffic()
    urls = [f"http://a/{n}" for n in range(9)]

    await send_all(lanes(traffic, Pace(per_origin=1, interval=0)), urls)

    assert traffic.order == urls


@pytest.mark.anyio
async def test_requests_to_one_origin_keep_their_distance() -> None:
    time = FakeTime()
    starts = []

    async def wire(_: Request) -> Response:
        starts.append(time.now)
        return answer()

    exchange = through_lanes(wire, Pace(interval=0.05), stopwatch=time.stopwatch, sleep=time.sleep)
    for _ in range(4):
        await exchange(Request("http://a/"))
    await exchange(Request("http://b/"))

    assert [round(later - earlier, 6) for earlier, later in pairwise(starts[:4])] == [0.05] * 3
    assert starts[4] == starts[3]


@pytest.mark.anyio
async def test_another_port_is_another_lane() -> None:
    time = FakeTime()
    exchange = lanes(FakeTraffic(), Pace(interval=1), time)

    await exchange(Request("http://a/"))
    await exchange(Request("http://a:8080/"))
    await exchange(Request("https://a/"))

    assert time.slept == []


@pytest.mark.anyio
async def test_a_failing_exchange_gives_its_place_back() -> None:
    async def broken(_: Request) -> Response:
        raise RuntimeError

    time = FakeTime()
    exchange = through_lanes(
        broken, Pace(total=1, per_origin=1, interval=0), stopwatch=time.stopwatch, sleep=time.sleep
    )
    for _ in range(3):
        with pytest.raises(RuntimeError), anyio.fail_after(60):
            await exchange(Request("http://a/"))


@pytest.mark.anyio
async def test_who_leaves_the_line_takes_no_place() -> None:
    gate = Gate(1)
    await gate.enter()
    with anyio.move_on_after(0.01) as impatient:
        await gate.enter()
    assert impatient.cancelled_caught

    gate.leave()

    with anyio.fail_after(60):
        await gate.enter()
    assert gate.inside == 1


@pytest.mark.anyio
async def test_who_is_cancelled_with_the_place_in_hand_passes_it_on() -> None:
    gate = Gate(1)
    await gate.enter()
    async with anyio.create_task_group() as group:
        group.start_soon(gate.enter)
        await anyio.lowlevel.checkpoint()
        group.cancel_scope.cancel()
        gate.leave()  # hands the place to somebody who will not come

    assert gate.inside == 0


@pytest.mark.anyio
async def test_lanes_without_traffic_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.fetch.lanes._PRUNE_AT", 10)
    time = FakeTime()
    exchange = lanes(FakeTraffic(turns=0), Pace(interval=1), time)

    for n in range(30):
        await exchange(Request(f"http://h{n}/"))
    await exchange(Request("http://h29/"))

    assert time.slept == [1.0]


@pytest.mark.anyio
async def test_an_origin_may_turn_out_to_want_a_longer_interval() -> None:
    traffic, time, wishes = FakeTraffic(), FakeTime(), dict[str, float]()
    exchange = through_lanes(traffic, Pace(interval=0.5), stopwatch=time.stopwatch, sleep=time.sleep, wishes=wishes)

    await exchange(Request("http://a/robots.txt"))
    wishes |= {"http://a:80": 10.0, "http://b:80": 0.1}
    await send_all(exchange, ["http://a/1", "http://a/2"])
    await send_all(exchange, ["http://b/1", "http://b/2"])

    assert time.slept == [0.5, 10.0, 0.5]


@pytest.mark.anyio
async def test_an_origin_may_have_a_pace_of_its_own() -> None:
    traffic, time = FakeTraffic(), FakeTime()
    exchange = through_lanes(
        traffic,
        Pace(per_origin=4, interval=0),
        stopwatch=time.stopwatch,
        sleep=time.sleep,
        pace_at=lambda url: Pace(per_origin=1, interval=2.0) if url.startswith("http://a/") else None,
    )

    await send_all(exchange, [f"http://{'ab'[n % 2]}/{n}" for n in range(12)])

    assert (traffic.most["http://a"], traffic.most["http://b"]) == (1, 4)
    assert time.slept == [2.0] * 5
