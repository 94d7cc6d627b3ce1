from typing import Any

import anyio
import pytest

from linkcheck.fetch.converse import converse
from linkcheck.model import (
    Captures,
    Check,
    Conversation,
    Failure,
    FailureKind,
    Observe,
    Request,
    Response,
    ask,
    ask_all,
)
from tests.fetch.fakes import answer

pytestmark = pytest.mark.anyio


async def echo(request: Request) -> Response | Failure:
    """Answer slowest first, so that order is not by chance."""
    for _ in range(0 if request.url.endswith("3") else 5):
        await anyio.lowlevel.checkpoint()
    return Failure(FailureKind.RESET, "broke") if "bad" in request.url else Response(request.url, 200)


async def test_answers_come_to_whoever_asked_and_the_end_is_given() -> None:
    def talk() -> Conversation[str]:
        first = yield from ask(Request("http://a/1"))
        second = yield from ask(Request("http://a/2"))
        assert isinstance(first, Response)
        assert isinstance(second, Response)
        return f"{first.url} {second.url}"

    assert await converse(talk(), {Request: echo}) == "http://a/1 http://a/2"


async def test_asks_at_once_are_answered_in_order_and_one_failure_cancels_none() -> None:
    def talk() -> Conversation[list[str]]:
        answers = yield from ask_all(Request("http://a/1"), Request("http://bad/2"), Request("http://a/3"))
        return [one.message if isinstance(one, Failure) else one.url for one in answers]

    assert await converse(talk(), {Request: echo}) == ["http://a/1", "broke", "http://a/3"]


async def test_asks_at_once_are_sent_in_parallel() -> None:
    inside = most = 0

    async def handler(_: Request) -> Response:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await anyio.lowlevel.checkpoint()
        inside -= 1
        return answer()

    def talk() -> Conversation[None]:
        yield from ask_all(*(Request(f"http://a/{n}") for n in range(4)))

    await converse(talk(), {Request: handler})

    assert most == 4


async def test_nothing_asked_is_nothing_answered() -> None:
    def talk() -> Conversation[tuple[Any, ...]]:
        return (yield from ask_all())

    assert await converse(talk(), {}) == ()


async def test_kinds_of_asks_have_their_own_handlers() -> None:
    async def observe(question: Observe) -> Check:
        return Check(at="now", final_url=question.url)

    def talk() -> Conversation[str | None]:
        check = yield from ask(Observe("http://a/"))
        return check.final_url

    assert await converse(talk(), {Request: echo, Observe: observe}) == "http://a/"


async def test_cancelling_closes_the_conversation() -> None:
    closed = []

    def talk() -> Conversation[None]:
        try:
            yield from ask(Request("http://a/"))
        finally:
            closed.append(True)

    with anyio.move_on_after(0.01):
        await converse(talk(), {Request: lambda _: anyio.sleep_forever()})

    assert closed == [True]


async def test_questions_lie_three_deep_in_each_other_and_no_deeper() -> None:
    asked: list[str] = []

    def talk() -> Conversation[Check]:
        response = yield from ask(Request("http://a/"))
        assert isinstance(response, Response)
        lookups = yield from ask(Captures("http://a/"))
        assert lookups == ()
        return (yield from ask(Observe("http://a/")))

    async def observe(question: Observe) -> Check:
        asked.append(question.url)
        return await converse(talk(), handlers)

    async def captures(_: Captures) -> tuple[()]:
        return ()

    handlers = {Request: echo, Observe: observe, Captures: captures}
    check = await converse(talk(), handlers)

    assert len(asked) == 3
    assert check.failure is not None
    assert check.failure.kind is FailureKind.BUDGET


async def test_depth_is_that_of_the_conversation_not_of_the_run() -> None:
    async def observe(_: Observe) -> Check:
        return Check(at="now", status=200)

    def talk() -> Conversation[int | None]:
        return (yield from ask(Observe("http://a/"))).status

    assert [await converse(talk(), {Observe: observe}) for _ in range(5)] == [200] * 5
