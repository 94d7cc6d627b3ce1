"""The search for slow patterns can fail, and a small share of it runs here.

`python -m tests.fuzz` compares n, 2n and 4n at 2.3 times; that is too fine for a busy machine. Here four times the size
may take up to nine times the CPU time, three attempts, and short times do not count: what is quadratic takes sixteen
times. Counting lines or calls instead would be exact, but most of what was ever found was inside regular expressions,
which `sys.settrace` and `sys.monitoring` do not see.
"""

import pytest

from linkcheck import registry
from tests.cost import is_linear
from tests.fuzz.__main__ import troubles
from tests.fuzz.law import breach_of
from tests.fuzz.patterns import Pattern, patterns
from tests.fuzz.signs import PIECES
from tests.fuzz.targets import Target, targets

TARGETS = list(targets())
SHARE, SIZE = 3, 48_000


def _quadratic(text: str) -> None:
    for _ in range(len(text) ** 2 // 400):
        pass


def test_every_extractor_is_a_target() -> None:
    assert {one.name for one in TARGETS} >= set(registry.names("extract"))
    assert sorted(PIECES) == sorted(registry.names("extract"))


def test_quadratic_work_breaks_the_law_and_linear_work_does_not() -> None:
    assert breach_of(_quadratic, lambda size: "a" * size)
    assert breach_of(str.upper, lambda size: "a" * size) is None
    assert breach_of(lambda text: [ord(sign) + 1 for sign in text], lambda size: "a" * size) is None


def test_what_raises_is_reported_with_its_pattern() -> None:
    def fail(text: str) -> None:
        if "((" in text:
            raise RecursionError(len(text))

    found = list(troubles(Target("toy", ("(",), fail), 4, seed=1))

    assert found
    assert found[0].startswith("raises RecursionError")
    assert found[0].endswith("'(' x n")


@pytest.mark.parametrize("target", TARGETS, ids=lambda one: one.name)
def test_each_target_gets_300_different_patterns(target: Target) -> None:
    made = patterns(target.signs, 300)

    assert len(set(made)) == 300
    assert {part for one in made for part in (one.head, one.unit)} >= set(target.signs)
    assert all(900 < len(one.text(1000)) < 1100 for one in made if len(one.unit + one.nest + one.head) < 50)


@pytest.mark.parametrize("target", TARGETS, ids=lambda one: one.name)
def test_a_share_of_the_search_finds_nothing(target: Target) -> None:
    alone = len(set(target.signs)) + 13
    drawn = patterns(target.signs, alone + SHARE)[alone:]

    assert [str(one) for one in (Pattern("", "".join(target.signs[:3])), *drawn) if not _is_fair(target, one)] == []


def _is_fair(target: Target, pattern: Pattern) -> bool:
    return is_linear(lambda size: target.work(pattern.text(size)), SIZE)
