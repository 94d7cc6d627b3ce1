"""Plays answers into a conversation: no client, no mock, no event loop."""

from collections.abc import Sequence
from typing import Any, TypeVar

from linkcheck.model import Conversation

T = TypeVar("T")


def play(conversation: Conversation[T], answers: Sequence[Any], *, asked: list[Any] | None = None) -> T:
    """Give what the conversation returns; every answer must have been asked for. `asked` collects the questions.

    Both the question and the answer of `ask_all` are tuples.
    """
    questions: list[Any] = [] if asked is None else asked
    rest = iter(answers)
    try:
        question = next(conversation)
        while True:
            questions.append(question)
            number = len(questions)
            assert number <= len(answers), f"question {number} has no answer: {question}"
            question = conversation.send(next(rest))
    except StopIteration as end:
        unused = list(rest)
        assert not unused, f"never asked for: {unused}"
        result: T = end.value
        return result
    finally:
        conversation.close()
