"""Numbers in words are as exact as they are useful."""

import pytest

from linkcheck.render.counting import counted, counts, duration, listed, minute


def test_numbers_and_nouns_agree() -> None:
    assert counted(1, "link") == "1 link"
    assert counted(14212, "link") == "14,212 links"
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert counts({"mailto": 26, "private-address": 96, "none": 0}) == "96 private addresses, 26 mailto"


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(0.0, "0 ms"), (41.4, "41 ms"), (6100.0, "6.1 s"), (71_000.0, "71 s"), (725_000.0, "12 min 5 s")],
)
def test_durations_are_as_exact_as_they_are_useful(milliseconds: float, words: str) -> None:
    assert duration(milliseconds) == words


def test_instants_are_given_to_the_minute() -> None:
    assert minute("2026-11-24T14:02:33Z") == "2026-11-24 14:02Z"
