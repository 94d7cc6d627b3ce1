"""Decides who may spend how much of the time that archives may take in a run: what is lost comes first. Pure.

Archives answer some 24 questions a minute, and articles have more links than that. So every question has a purpose,
stages ask in the order of `Purpose`, and each purpose has a limit to what may have been spent before it is not served.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum
from typing import Literal

from msgspec import Struct


class Purpose(IntEnum):
    """What an archive is asked for, the most urgent first."""

    LOST_TARGET = 0
    """Where a link led that has lost its target."""
    LOST_LINK = 1
    """Captures of links that are gone."""
    ORIGINAL = 2
    """The original, to compare the article with."""
    REPLACED = 3
    """Whether another page stands at a cited address."""
    DRIFT = 4
    """Whether a page that is alive has changed."""
    EARLY = 5
    """Anything that is asked while links are still being checked: nobody knows yet what is lost."""


USUAL, LONGEST = 60.0, 300.0
"""Seconds of `auto`: for a folder, or where nobody waits; and for what is lost where a person does."""


class Ledger(Struct, frozen=True):
    """The seconds that one archive may take in all."""

    usual: float = USUAL
    lost: float = USUAL
    """At most so many where they serve what is lost; pages that are alive never make anybody wait longer than usual."""

    def allowance(self, purpose: Purpose) -> float:
        """Return the seconds that may have been spent before a question with this purpose is not asked."""
        match purpose:
            case Purpose.LOST_TARGET | Purpose.LOST_LINK | Purpose.ORIGINAL:
                return self.lost
            case Purpose.REPLACED | Purpose.DRIFT:
                return self.usual
            case Purpose.EARLY:
                return self.usual / 2


def ledger_of(budget: float | Literal["auto"], *, is_attended: bool = False) -> Ledger:
    """Return the ledger for a budget as the config says it.

    With `auto` what is lost may take five minutes where a person waits for one document, and a minute elsewhere.
    """
    if budget == "auto":
        return Ledger(USUAL, LONGEST if is_attended else USUAL)
    return Ledger(budget, budget)


def seconds_for(questions: int, done: int = 0) -> float:
    """Return how long the rest of so many questions takes at 24 a minute, the first 24 of which are asked at once."""
    waits = max(questions - max(done, _AT_ONCE), 0)
    return (questions - done) + waits * _SECONDS


_purpose: ContextVar[Purpose] = ContextVar("purpose", default=Purpose.LOST_LINK)


@contextmanager
def asking_for(purpose: Purpose) -> Iterator[None]:
    """Let all that is asked within the block serve this purpose."""
    token = _purpose.set(purpose)
    try:
        yield
    finally:
        _purpose.reset(token)


def current_purpose() -> Purpose:
    """Return the purpose of what is asked here."""
    return _purpose.get()


_AT_ONCE, _SECONDS = 24, 2.5
