"""What a row of the zoo says: who lives where, and what linkcheck must make of it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import TypeAlias

import trustme
from msgspec import Struct

from linkcheck.model import FailureKind, ReasonCode, Verdict


class Place(Struct, frozen=True):
    """What a den must know of where it stands."""

    host: str
    authority: trustme.CA
    """Whom the visitor trusts."""


Den: TypeAlias = Callable[[Place], AbstractAsyncContextManager[int]]
"""Opens a port on 127.0.0.1, gives its number, and keeps it open meanwhile."""


class Word(Struct, frozen=True):
    """What is said of a link."""

    verdict: Verdict
    code: ReasonCode
    failure: FailureKind | None = None
    rules: tuple[str, ...] = ()
    """Of the findings beyond the verdict's own that are more than notes."""

    def __str__(self) -> str:
        """Say it as a person compares it."""
        parts = (self.verdict.value, self.code.value, self.failure and self.failure.value, *self.rules)
        return " / ".join(part for part in parts if part)


class Row(Struct, frozen=True):
    """One animal."""

    name: str
    """Also the first label of its host."""
    den: Den | None
    """None where no server is needed."""
    word: Word
    url: str = "http://{host}/"

    @property
    def host(self) -> str:
        return f"{self.name}.zoo.test"

    @property
    def link(self) -> str:
        return self.url.replace("{host}", self.host)


class Dispute(Struct, frozen=True):
    """A row whose word is right, and not yet what linkcheck says."""

    row: Row
    today: Word
