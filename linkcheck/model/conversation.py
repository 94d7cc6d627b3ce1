"""Logic that needs the network without touching it: a generator that asks and returns.

    answer = yield from ask(Request(url))
    first, second = yield from ask_all(Request(a), Request(b))

Whoever drives the generator decides how an ask is answered: the pipeline with the real web, a test with a list.
A conversation never raises about the world; a budget that ends answers `Failure("budget")`.
"""

from collections.abc import Generator
from datetime import datetime
from typing import Any, TypeAlias, TypeVar, overload

from msgspec import Struct

from linkcheck.model.check import Check
from linkcheck.model.http import Failure, Request, Response
from linkcheck.model.memento import Lookup

T = TypeVar("T")


class Once(Struct, frozen=True):
    """Ask for an exchange that is the same for many who ask; the answer is kept for a while."""

    request: Request


class Observe(Struct, frozen=True):
    """Ask for a full check of another URL."""

    url: str


class Captures(Struct, frozen=True):
    """Ask what the archives hold of a URL, nearest an instant first; without one, the latest."""

    url: str
    at: datetime | None = None


Ask: TypeAlias = Request | Once | Observe | Captures
Answer: TypeAlias = Response | Failure | Check | tuple[Lookup, ...]
Conversation: TypeAlias = Generator[Ask | tuple[Ask, ...], Any, T]


@overload
def ask(question: Request) -> Conversation[Response | Failure]: ...
@overload
def ask(question: Once) -> Conversation[Response | Failure]: ...
@overload
def ask(question: Observe) -> Conversation[Check]: ...
@overload
def ask(question: Captures) -> Conversation[tuple[Lookup, ...]]: ...
def ask(question: Ask) -> Conversation[Any]:
    """Ask one thing and give its answer."""
    return (yield question)


def ask_all(*questions: Request) -> Conversation[tuple[Response | Failure, ...]]:
    """Ask several things at once; the answers come in the order of the questions, and one failure cancels none."""
    answers: tuple[Response | Failure, ...] = yield questions
    return answers
