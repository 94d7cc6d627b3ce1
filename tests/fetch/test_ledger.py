import pytest

from linkcheck.fetch.ledger import Purpose, asking_for, current_purpose, ledger_of, seconds_for


@pytest.mark.parametrize("is_attended", [True, False])
@pytest.mark.parametrize("budget", [0.0, 60.0, "auto", 600.0])
def test_a_more_urgent_purpose_never_has_less(budget: float | str, is_attended: bool) -> None:
    ledger = ledger_of(budget, is_attended=is_attended)  # type: ignore[arg-type]  # mypy widens the literal

    allowances = [ledger.allowance(purpose) for purpose in Purpose]

    assert allowances == sorted(allowances, reverse=True)


def test_only_what_is_lost_makes_a_person_wait_longer_and_nobody_else() -> None:
    attended, alone = ledger_of("auto", is_attended=True), ledger_of("auto")

    assert [attended.allowance(one) for one in (Purpose.LOST_TARGET, Purpose.DRIFT)] == [300, 60]
    assert [alone.allowance(one) for one in (Purpose.LOST_TARGET, Purpose.DRIFT)] == [60, 60]


def test_a_stated_budget_is_what_it_says_for_everybody() -> None:
    assert {ledger_of(7.0, is_attended=True).allowance(one) for one in Purpose} == {7.0, 3.5}


def test_a_purpose_holds_within_its_block() -> None:
    with asking_for(Purpose.DRIFT):
        with asking_for(Purpose.LOST_TARGET):
            inner = current_purpose()
        outer = current_purpose()

    assert (inner, outer, current_purpose()) == (Purpose.LOST_TARGET, Purpose.DRIFT, Purpose.LOST_LINK)


def test_the_first_minute_of_questions_is_free() -> None:
    assert seconds_for(24) == 24
    assert seconds_for(80) == 80 + 56 * 2.5
    assert seconds_for(80, 31) == 49 + 49 * 2.5
