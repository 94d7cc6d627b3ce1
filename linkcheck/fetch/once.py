"""Answers the same question once a run, however many ask it at the same time."""

from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar

import anyio

from linkcheck.evidence.tape import asking

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def once(
    answer: Callable[[K], Awaitable[V]], *, most: int | None = None, keeps: Callable[[V], bool] = lambda _: True
) -> Callable[[K], Awaitable[V]]:
    """Wrap a function so that it is single-flight and remembers; one that is cancelled is asked again.

    Of large answers, keep no more than the `most` newest; what it does not `keep` is asked for again.
    """
    known: dict[K, V] = {}
    under_way: dict[K, anyio.Event] = {}

    async def ask(question: K) -> V:
        while question not in known:
            if waiting := under_way.get(question):
                await waiting.wait()
                continue
            done = under_way[question] = anyio.Event()
            try:
                with asking(f"once {question!r}"):  # whoever of many was the first
                    given = await answer(question)
                if not keeps(given):
                    return given
                known[question] = given
                if most is not None and len(known) > most:
                    del known[next(iter(known))]
                return given
            finally:
                del under_way[question]
                done.set()
        return known[question]

    return ask
