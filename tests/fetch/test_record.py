"""The layers that keep what passes through them."""

import anyio
import anyio.lowlevel
import pytest

from linkcheck.evidence.tape import BLANK, Tape, asker, asking
from linkcheck.fetch.once import once
from linkcheck.fetch.record import keeping_exchanges, keeping_names, keeping_steps
from linkcheck.model import Failure, FailureKind, Request, Response

pytestmark = pytest.mark.anyio


class Notes(Tape):
    """A tape that remembers in memory."""

    is_recording = True

    def __init__(self) -> None:
        self.names: list[tuple[str, object]] = []
        self.exchanges: list[tuple[str, object]] = []
        self.steps: list[tuple[str, str, object, str]] = []

    def named(self, host: str, answer: tuple[str, ...] | Failure) -> None:
        self.names.append((host, answer))

    def exchanged(self, request: Request, answer: Response | Failure) -> str:
        self.exchanges.append((request.url, answer))
        return f"record {len(self.exchanges)}"

    def stepped(self, request: Request, answer: Response | Failure, record: str) -> None:
        self.steps.append((asker(), request.url, answer, record))


async def test_what_name_servers_say_is_kept() -> None:
    notes = Notes()
    nobody = Failure(FailureKind.DNS_NXDOMAIN, "no such name")

    async def look_up(host: str) -> tuple[str, ...] | Failure:
        return ("192.0.2.1",) if host == "a.org" else nobody

    kept = keeping_names(look_up, notes)
    await kept("a.org")
    await kept("b.org")

    assert notes.names == [("a.org", ("192.0.2.1",)), ("b.org", nobody)]


async def test_a_step_has_the_last_of_its_exchanges_and_no_other_tasks() -> None:
    notes = Notes()

    async def wire(request: Request) -> Response | Failure:
        await anyio.lowlevel.checkpoint()
        return Response(request.url, 200)

    exchange = keeping_exchanges(wire, notes)

    async def twice(request: Request) -> Response | Failure:
        await exchange(request)
        return await exchange(request)

    step = keeping_steps(twice, notes)

    async def ask(name: str) -> None:
        with asking(name):
            await step(Request(f"http://{name}/"))

    async with anyio.create_task_group() as group:
        for name in ("a", "b", "c"):
            group.start_soon(ask, name)

    records = {f"record {number}": url for number, (url, _) in enumerate(notes.exchanges, 1)}
    assert {(name, url) for name, url, _, _ in notes.steps} == {(name, f"http://{name}/") for name in "abc"}
    assert all(records[record] == url for _, url, _, record in notes.steps)
    assert len({record for _, _, _, record in notes.steps}) == 3


async def test_a_step_that_asked_nobody_has_no_record() -> None:
    notes = Notes()

    async def broken(request: Request) -> Response | Failure:
        return Failure(FailureKind.REFUSED, "down", url=request.url)

    await keeping_steps(broken, notes)(Request("http://a.org/"))
    assert notes.steps[0][3] == ""


async def test_what_many_ask_is_asked_in_nobodys_name() -> None:
    names = []

    async def answer(_question: str) -> int:
        names.append(asker())
        return 1

    ask = once(answer)
    for name in ("a", "b"):
        with asking(name):
            await ask("the same")

    assert names == ["once 'the same'"]


def test_a_blank_tape_is_no_layer() -> None:
    async def wire(request: Request) -> Response | Failure:
        return Response(request.url, 200)

    assert keeping_exchanges(wire, BLANK) is wire
    assert keeping_steps(wire, BLANK) is wire
