from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from linkcheck.provenance.assignment import assign

SCORES = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.floats(0.01, 1), max_size=20)


@given(st.dictionaries(st.tuples(st.integers(0, 2), st.integers(0, 2)), st.floats(0.01, 1), max_size=9))
def test_no_other_assignment_has_a_greater_sum(scores: dict[tuple[int, int], float]) -> None:
    rights: list[int | None] = [0, 1, 2, None, None, None]
    best = max(
        sum(scores[left, right] for left, right in enumerate(order) if right is not None)
        for order in set(permutations(rights, 3))
        if all(right is None or (left, right) in scores for left, right in enumerate(order))
    )

    assert abs(sum(scores[pair] for pair in assign(scores).items()) - best) < 1e-9


@given(SCORES)
def test_everybody_is_paired_once_and_only_with_a_score(scores: dict[tuple[int, int], float]) -> None:
    found = assign(scores)

    assert len(set(found.values())) == len(found)
    assert all(pair in scores for pair in found.items())


def test_the_best_single_pair_gives_way_to_the_best_sum() -> None:
    assert assign({(0, 0): 1.0, (0, 1): 0.9, (1, 0): 0.9}) == {0: 1, 1: 0}


def test_a_large_group_is_paired_all_the_same() -> None:
    scores = {(left, right): 1.0 if left == right else 0.5 for left in range(200) for right in range(200)}

    assert assign(scores) == {position: position for position in range(200)}
