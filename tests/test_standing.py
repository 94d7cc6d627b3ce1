"""What the past makes of a verdict: strikes, confirmation, recovery, and when a link is due again."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkcheck.clock import iso
from linkcheck.model import ReasonCode, Record, Sighting, Standing, StandingWord, Verdict
from linkcheck.standing import FINE, Rule, is_struck_out, next_check, remember, standing_of, with_captures

RULE = Rule()
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
CODES = {
    Verdict.ALIVE: ReasonCode.ANSWERED,
    Verdict.MOVED: ReasonCode.REDIRECTED_PERMANENTLY,
    Verdict.DRIFTED: ReasonCode.CONTENT,
    Verdict.SOFT_404: ReasonCode.CONTENT,
    Verdict.USURPED: ReasonCode.CONTENT,
    Verdict.DEAD: ReasonCode.HTTP_NOT_FOUND,
    Verdict.BLOCKED: ReasonCode.WALL,
    Verdict.UNREACHABLE: ReasonCode.FAILURE,
}


def seen(day: float, verdict: str, code: ReasonCode | None = None, *, counts: bool = True) -> Sighting:
    word = Verdict(verdict)
    return Sighting(at=iso(START + timedelta(days=day)), verdict=word, code=code or CODES[word], counts=counts)


def record_of(past: Iterable[Sighting], rule: Rule = RULE) -> Record | None:
    """Give what is remembered of sightings, in whatever order they are told."""
    start: Record | None = None
    return reduce(lambda record, seen: remember(record, seen, rule), sorted(past, key=lambda seen: seen.at), start)


def told(*past: Sighting, rule: Rule = RULE) -> Standing:
    record = record_of(past, rule)
    assert record
    return standing_of(record, rule)


@pytest.mark.parametrize(
    ("past", "says"),
    [
        (["alive"], "steady"),
        (["dead"], "new"),
        (["dead", "dead"], "persisting 2/3"),
        (["dead", "dead", "dead"], "confirmed"),
        (["dead", "dead", "alive"], "recovered"),
        (["dead", "dead", "alive", "moved"], "steady"),
        (["alive", "dead"], "new"),
        (["dead", "dead", "alive", "dead"], "new"),
        (["dead", "blocked", "dead", "dead"], "confirmed"),
        (["dead", "unreachable", "dead"], "confirmed"),
        (["unreachable"], "new"),
        (["unreachable", "unreachable"], "persisting 2/3"),
        (["unreachable", "unreachable", "unreachable"], "confirmed"),
        (["unreachable", "unreachable", "blocked", "unreachable"], "confirmed"),
        (["unreachable", "unreachable", "drifted", "unreachable"], "persisting 1/3"),
        (["unreachable", "unreachable", "alive", "unreachable"], "new"),
        (["unreachable", "dead"], "persisting 2/3"),
        (["unreachable", "unreachable", "dead"], "confirmed"),
        (["blocked", "blocked", "blocked", "blocked"], "persisting"),
        (["soft-404", "usurped", "dead"], "confirmed"),
        (["drifted", "drifted", "dead"], "persisting 1/3"),
        (["drifted", "drifted", "drifted"], "confirmed"),
    ],
)
def test_weekly_checks_make_a_standing(past: list[str], says: str) -> None:
    assert str(told(*(seen(7 * week, verdict) for week, verdict in enumerate(past)))) == says


@pytest.mark.parametrize("code", [ReasonCode.HTTP_GONE, ReasonCode.NO_SUCH_HOST])
def test_gone_and_nameless_need_one_further_day(code: ReasonCode) -> None:
    assert str(told(seen(0, "dead", code), seen(0.1, "dead", code))) == "persisting 1/2"
    assert str(told(seen(0, "dead", code), seen(1, "dead", code))) == "confirmed"


def test_checks_of_one_day_confirm_nothing() -> None:
    assert str(told(*(seen(hour / 48, "dead") for hour in range(20)))) == "persisting 1/3"


def test_strikes_lie_days_apart() -> None:
    daily = [seen(day, "unreachable") for day in range(7)]

    assert str(told(*daily[:6])) == "persisting 2/3"
    assert str(told(*daily)) == "confirmed"
    assert str(told(*daily, rule=Rule(strikes=4))) == "persisting 3/4"
    assert str(told(*daily[:3], rule=Rule(days=1))) == "confirmed"


def test_what_does_not_count_never_strikes_out() -> None:
    past = [seen(7 * week, "unreachable", counts=False) for week in range(50)]
    record = record_of(past)

    assert record
    assert not is_struck_out(record)
    assert str(standing_of(record)) == "persisting"


def test_a_link_is_not_dead_on_a_day_that_does_not_count() -> None:
    struck = record_of(seen(7 * week, "unreachable") for week in range(3))
    assert struck
    assert is_struck_out(struck)

    assert not is_struck_out(remember(struck, seen(21, "unreachable", counts=False)))


def out(day: float) -> Sighting:
    return structs.replace(seen(day, "unreachable", counts=False), is_outage=True)


def test_an_outage_counts_no_strike_until_it_has_lasted() -> None:
    weeks = [out(7 * week) for week in range(6)]

    assert [str(told(*weeks[: number + 1])) for number in range(6)] == [
        *["new", "persisting", "persisting"],
        *["persisting 1/3", "persisting 2/3", "confirmed"],
    ]
    struck = [is_struck_out(record) for n in range(6) if (record := record_of(weeks[: n + 1]))]
    assert struck == [False] * 5 + [True]
    assert str(told(*weeks[:5], seen(35, "alive"), *(out(42 + 7 * week) for week in range(3)))) == "persisting"


def test_checks_of_one_day_make_no_outage_last() -> None:
    assert str(told(*(out(hour / 24) for hour in range(200)))) == "persisting"
    daily = [out(day) for day in range(16)]
    assert str(told(*daily[:15])) == "persisting 2/3"
    assert str(told(*daily)) == "confirmed"


def test_strikes_before_an_outage_wait_for_its_end() -> None:
    past = [seen(0, "unreachable"), seen(7, "unreachable"), out(14)]

    assert str(told(*past)) == "persisting"
    assert str(told(*past, seen(21, "unreachable"))) == "confirmed"


def captured(*days: float, past: Sequence[Sighting], rule: Rule = RULE) -> tuple[int, bool]:
    record = record_of(past, rule)
    assert record
    record = with_captures(record, [iso(START + timedelta(days=day)) for day in days], rule)
    return record.captured, is_struck_out(record, rule)


FAILS, OUT_OF_REACH = (-900, -700), [seen(0, "unreachable")]


def test_captures_that_failed_for_long_are_strikes() -> None:
    assert captured(*FAILS, past=OUT_OF_REACH) == (2, True)
    assert captured(*FAILS, past=OUT_OF_REACH, rule=Rule(strikes=4)) == (2, False)
    assert captured(-900, -899, -898, -700, past=OUT_OF_REACH, rule=Rule(strikes=4)) == (2, False)
    assert captured(-900, past=[*OUT_OF_REACH, seen(7, "unreachable")]) == (0, False)


def test_captures_of_less_than_ninety_days_are_none() -> None:
    assert captured(-700, -670, -611, past=OUT_OF_REACH) == (0, False)
    assert captured(-30, 5, 70, past=OUT_OF_REACH) == (0, False)


@pytest.mark.parametrize(
    "past",
    [
        [seen(0, "alive")],
        [seen(0, "alive"), seen(7, "unreachable")],
        [seen(0, "drifted"), seen(7, "unreachable")],
        [seen(0, "unreachable"), seen(7, "moved"), seen(14, "unreachable")],
    ],
)
def test_captures_say_nothing_against_what_has_answered(past: list[Sighting]) -> None:
    assert captured(*FAILS, past=past) == (0, False)


@pytest.mark.parametrize("last", [seen(0, "blocked"), seen(0, "unreachable", counts=False), out(0)])
def test_captures_bury_nothing_whose_failure_does_not_count(last: Sighting) -> None:
    assert not captured(*FAILS, past=[last])[1]


def test_captures_confirm_nothing() -> None:
    record = record_of(OUT_OF_REACH)
    assert record
    record = with_captures(record, [iso(START + timedelta(days=day)) for day in FAILS])

    assert str(standing_of(record)) == "new"
    record = remember(record, seen(7, "unreachable"))
    assert (record.captured, str(standing_of(record)), is_struck_out(record)) == (2, "persisting 2/3", True)
    assert str(standing_of(remember(record, seen(14, "unreachable")))) == "confirmed"
    assert remember(record, seen(14, "alive")).captured == remember(record, seen(14, "drifted")).captured == 0


def test_since_is_the_first_check_of_the_spell() -> None:
    past = [seen(0, "alive"), seen(7, "unreachable"), seen(14, "dead"), seen(21, "alive"), seen(28, "alive")]

    assert told(*past[:1]).since == past[0].at
    assert told(*past[:3]).since == past[1].at
    assert told(*past).since == past[3].at


SIGHTINGS = st.lists(
    st.builds(
        seen,
        st.floats(0, 400, allow_nan=False).map(lambda day: round(day, 3)),
        st.sampled_from([verdict.value for verdict in CODES]),
        counts=st.booleans(),
    ).map(lambda one: structs.replace(one, is_outage=not one.counts and one.at[17] > "2")),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one.at,
)


@given(SIGHTINGS, st.randoms())
def test_the_order_of_telling_does_not_matter(past: list[Sighting], random: object) -> None:
    shuffled = list(past)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random

    assert record_of(shuffled) == record_of(past)


@given(SIGHTINGS)
def test_one_success_forgets_every_strike(past: list[Sighting]) -> None:
    record = record_of(past)
    assert record
    later = remember(record, Sighting(at="2030-01-01T00:00:00Z", verdict=Verdict.ALIVE, code=ReasonCode.ANSWERED))
    again = remember(later, Sighting(at="2030-01-09T00:00:00Z", verdict=Verdict.DEAD, code=ReasonCode.HTTP_NOT_FOUND))

    assert (later.strikes, later.days) == (0, 0)
    assert standing_of(later).word in {StandingWord.RECOVERED, StandingWord.STEADY}
    assert standing_of(again) == Standing(StandingWord.NEW, 1, 3, "2030-01-09T00:00:00Z")


@given(SIGHTINGS)
def test_nothing_is_confirmed_while_it_answers_or_within_a_day(past: list[Sighting]) -> None:
    past.sort(key=lambda one: one.at)
    record = record_of(past)
    assert record
    standing = standing_of(record)
    spell = next((i for i, one in enumerate(reversed(past)) if one.verdict in FINE), len(past))
    days = {one.at[:10] for one in past[len(past) - spell :]}

    if record.last.verdict in FINE:
        assert standing.word in {StandingWord.RECOVERED, StandingWord.STEADY}
    if standing.word is StandingWord.CONFIRMED:
        assert len(days) >= 2
        assert standing.strikes >= standing.of > 0
    if is_struck_out(record):
        assert standing.word is StandingWord.CONFIRMED
        struck = [one for one in past if one.verdict in {Verdict.UNREACHABLE, Verdict.DEAD}]
        assert sum(one.counts or one.is_outage for one in struck) >= 3


@given(SIGHTINGS, st.text(max_size=20))
def test_a_link_is_due_after_its_check_and_within_a_month(past: list[Sighting], seed: str) -> None:
    record = record_of(past)
    assert record
    last = datetime.fromisoformat(record.last.at)

    for is_of_site in (False, True):
        assert last <= next_check(record, seed, is_of_site=is_of_site) <= last + timedelta(days=30)


def steady(days: float) -> Record:
    record = record_of([seen(0, "alive"), seen(days, "alive")])
    assert record
    return record


def test_what_has_long_been_fine_is_asked_less_often() -> None:
    waits = [next_check(steady(days), "x") - START - timedelta(days=days) for days in (0.5, 6, 7, 29, 30, 300)]

    assert waits[0] == waits[1] < timedelta(days=1)
    assert timedelta(days=5) < waits[2] == waits[3] < timedelta(days=7)
    assert timedelta(days=22) < waits[4] == waits[5] < timedelta(days=30)


def test_links_do_not_all_come_due_on_one_day() -> None:
    days = {next_check(steady(90), f"https://a.org/{number}").date() for number in range(200)}

    assert len(days) >= 7


def waits_of_a_site(days: float) -> list[float]:
    """Give after how many days links of a site are due that have been fine for so long."""
    record = steady(days)
    addresses = (f"https://a.org/{number}" for number in range(2_000))
    due = (next_check(record, url, is_of_site=True) - START for url in addresses)
    return [wait / timedelta(days=1) - days for wait in due]


@pytest.mark.parametrize("fine_for", [0, 2, 8])
def test_each_night_asks_a_small_share_of_a_site(fine_for: float) -> None:
    waits = waits_of_a_site(fine_for)

    shares = [sum(night < wait <= night + 1 for wait in waits) / len(waits) for night in range(31)]
    assert shares[0] == 0
    assert max(shares) < 0.1
    assert sum(shares) == pytest.approx(1)


def test_what_of_a_site_has_been_fine_for_longer_is_due_later() -> None:
    assert sum(waits_of_a_site(0)) < sum(waits_of_a_site(8)) < sum(waits_of_a_site(40))


def test_what_of_a_site_is_sure_to_be_lost_is_asked_within_a_week_and_before_in_each_night() -> None:
    days = [seen(day, "dead") for day in range(3)]
    young, sure = record_of(days[:2]), record_of(days)
    assert young
    assert sure

    waits = [next_check(sure, f"https://a.org/{n}", is_of_site=True) - START for n in range(200)]

    assert next_check(young, "x", is_of_site=True) - START < timedelta(days=2)
    assert timedelta(days=3) <= min(waits) < timedelta(days=4)
    assert timedelta(days=8) < max(waits) < timedelta(days=9)


def test_what_fails_is_asked_sooner() -> None:
    for verdict, most in (("dead", 12), ("soft-404", 12), ("blocked", 12), ("unreachable", 1)):
        record = record_of([seen(0, "alive"), seen(90, verdict)])
        assert record
        assert next_check(record, "x") - START - timedelta(days=90) <= timedelta(hours=most)
