from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.patience import Patience


def test_without_a_wish_the_distance_doubles_up_to_half_a_minute() -> None:
    patience = Patience(budget=1000)

    assert [patience.after_complaint("a", None) for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_a_wish_is_honoured_within_the_budget() -> None:
    patience = Patience(budget=60)

    assert [patience.after_complaint("a", 25.0) for _ in range(3)] == [25.0, 25.0, None]


def test_a_wish_for_nothing_is_not_taken_literally() -> None:
    assert Patience().after_complaint("a", 0.0) == 0.5


def test_each_origin_has_its_own_budget() -> None:
    patience = Patience(budget=10)
    patience.after_complaint("a", 10.0)

    assert patience.after_complaint("a", 1.0) is None
    assert patience.after_complaint("b", 10.0) == 10.0


def test_answers_ease_the_distance_until_it_is_forgotten() -> None:
    patience = Patience()
    patience.after_complaint("a", None)

    distances = [patience.after_answer("a") for _ in range(20)]

    assert distances[0] == 0.5
    assert distances == sorted(distances, reverse=True)
    assert distances[-1] == 0.0


def test_who_never_complained_is_not_slowed_down() -> None:
    assert Patience().after_answer("a") == 0.0


@given(st.lists(st.none() | st.floats(0, 1e9), max_size=50), st.floats(0, 100))
def test_the_budget_is_never_exceeded(wishes: list[float | None], budget: float) -> None:
    patience = Patience(budget)

    waits = [patience.after_complaint("a", wish) for wish in wishes]

    assert sum(wait for wait in waits if wait is not None) <= budget + 1e-6
