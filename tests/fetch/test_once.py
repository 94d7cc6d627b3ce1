"""The same question is asked once."""

import anyio
import anyio.lowlevel
import pytest

from linkcheck.fetch.once import once


def test_many_who_ask_at_the_same_time_share_one_answer() -> None:
    asked: list[str] = []

    @once
    async def answer(question: str) -> str:
        asked.append(question)
        await anyio.lowlevel.checkpoint()
        return question.upper()

    async def scenario() -> list[str]:
        heard: list[str] = []

        async def ask(question: str) -> None:
            heard.append(await answer(question))

        async with anyio.create_task_group() as group:
            for question in "abab":
                group.start_soon(ask, question)
        heard.append(await answer("a"))
        return sorted(heard)

    assert anyio.run(scenario) == ["A", "A", "A", "B", "B"]
    assert sorted(asked) == ["a", "b"]


def test_a_question_that_failed_is_asked_again() -> None:
    tries: list[int] = []

    @once
    async def answer(question: int) -> int:
        tries.append(question)
        if len(tries) == 1:
            raise LookupError
        return question

    async def scenario() -> int:
        with pytest.raises(LookupError):
            await answer(1)
        return await answer(1)

    assert anyio.run(scenario) == 1


def test_an_answer_that_is_not_final_is_given_and_not_kept() -> None:
    tries: list[int] = []

    async def answer(question: int) -> int:
        tries.append(question)
        return len(tries)

    asking = once(answer, is_kept=lambda given: given > 1)

    async def scenario() -> list[int]:
        return [await asking(7) for _ in range(3)]

    assert anyio.run(scenario) == [1, 2, 2]
    assert tries == [7, 7]
