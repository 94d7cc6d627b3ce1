from tests.cost import is_linear


def test_linear_work_is_told_from_quadratic_work() -> None:
    assert is_linear(lambda size: sum(range(size * 1_000)), 4_000)
    assert not is_linear(lambda size: [sum(range(size)) for _ in range(size)], 4_000)
