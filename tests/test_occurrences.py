"""Names are counted as a Counter counts them."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from linkcheck.occurrences import Occurrences


@given(st.lists(st.text(max_size=2)))
def test_it_counts_like_a_counter(names: list[str]) -> None:
    occurrences, counter = Occurrences(), Counter[str]()

    for name in names:
        assert occurrences.add(name) == counter[name]
        counter[name] += 1


def test_it_grows() -> None:
    occurrences, names = Occurrences(), [f"https://a.test/{number}" for number in range(5000)]

    assert [occurrences.add(name) for name in names] == [0] * len(names)
    assert [occurrences.add(name) for name in names] == [1] * len(names)
