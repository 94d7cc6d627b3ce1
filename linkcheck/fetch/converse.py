"""Drives conversations: gives what they ask to whoever can answer, and the answers back."""

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from typing import Any, TypeAlias, TypeVar

import anyio

from linkcheck.clock import Clock, iso
from linkcheck.model import Ask, Captures, Check, Conversation, FailureKind, Observe, Once, Request, Trouble

T = TypeVar("T")

Handlers: TypeAlias = Mapping[type, Callable[[Any], Awaitable[Any]]]
"""Kind of ask to what answers it; a handler never raises about the world."""

MAX_DEPTH = 3
"""An ask may start a conversation, whose ask starts another: so many asks lie within each other, at most."""

_depth: ContextVar[int] = ContextVar("depth", default=0)


async def converse(conversation: Conversation[T], handlers: Handlers, *, clock: Clock | None = None) -> T:
    """Drive a conversation to its end and give what it returns.

    Several asks at once are answered in parallel, in their order; one that fails cancels nothing. When we are
    cancelled the conversation is closed.
    """
    depth = _depth.get() + 1
    token = _depth.set(depth)
    clock = clock or Clock()

    async def answer(question: Ask) -> Any:
        if depth > MAX_DEPTH and not isinstance(question, Request | Once):
            return _too_deep(question, clock)
        return await handlers[type(question)](question)

    try:
        reply: Any = None
        while True:
            try:
                question = conversation.send(reply)
            except StopIteration as end:
                result: T = end.value
                return result
            reply = await (_all(question, answer) if isinstance(question, tuple) else answer(question))
    finally:
        conversation.close()
        _depth.reset(token)


async def _all(questions: tuple[Ask, ...], answer: Callable[[Ask], Awaitable[Any]]) -> tuple[Any, ...]:
    answers: list[Any] = [None] * len(questions)

    async def one(place: int, question: Ask) -> None:
        answers[place] = await answer(question)

    async with anyio.create_task_group() as group:
        for place, question in enumerate(questions):
            group.start_soon(one, place, question)
    return tuple(answers)


def _too_deep(question: Observe | Captures, clock: Clock) -> Any:
    if isinstance(question, Captures):
        return ()
    trouble = Trouble(FailureKind.BUDGET, f"not asked: more than {MAX_DEPTH} questions deep")
    return Check(at=iso(clock.now()), failure=trouble)
