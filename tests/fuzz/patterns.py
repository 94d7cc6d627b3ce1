"""Hostile texts: repeated patterns made from the signs of a syntax."""

import random
from collections.abc import Iterator, Sequence

from msgspec import Struct

COMMON = (" ", "\n", "\n\n", "\t", "a", "é", "\\", "&", "\r\n", "    ", "http://a.test/x", "0", "-")
"""Signs that mean something in most formats."""
SEED = 14


class Pattern(Struct, frozen=True):
    """A text of any size: `head`, then `unit` as often as it takes, then `nest` as often as `unit`, then `tail`."""

    head: str
    unit: str
    nest: str = ""
    tail: str = ""

    def text(self, size: int) -> str:
        """Return the text with about `size` characters."""
        times = max(1, size // (len(self.unit) + len(self.nest)))
        return self.head + self.unit * times + self.nest * times + self.tail

    def __str__(self) -> str:
        shown = [repr(self.head)] if self.head else []
        shown += [f"{part!r} x n" for part in (self.unit, self.nest) if part]
        shown += [repr(self.tail)] if self.tail else []
        return " + ".join(shown)


def patterns(tokens: Sequence[str], count: int, seed: int = SEED) -> list[Pattern]:
    """Return `count` different patterns: each sign alone, then others drawn with a fixed seed."""
    found: dict[Pattern, None] = {}
    for one in _drawn([*dict.fromkeys((*tokens, *COMMON))], list(tokens), seed):
        if len(found) == count:
            break
        found[one] = None
    return list(found)


def _drawn(signs: list[str], own: list[str], seed: int) -> Iterator[Pattern]:
    draw = random.Random(seed)
    yield from (Pattern("", sign) for sign in signs)
    while True:
        one, two, three = draw.choice(own), draw.choice(signs), draw.choice(signs)
        yield Pattern("", one + two)
        yield Pattern("", one + two + three)
        yield Pattern(one, two)
        yield Pattern(one, two + three)
        yield Pattern("", one, two)
        yield Pattern(draw.choice(own), one + two, "", three)
        yield Pattern("", one + two, three)
