from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from linkcheck.archives.cdx import Capture
from linkcheck.archives.choose import PAGES, choose, in_words, redirects, resolved

EARLIEST, TARGET, LATEST = (datetime(year, 2, 14, tzinfo=UTC) for year in (1996, 2017, 2026))

near = st.sampled_from([0, 1, 30, 31, 32, 365, 366, 367, 1826]).flatmap(
    lambda days: st.sampled_from([TARGET + timedelta(days=days), TARGET - timedelta(days=days, seconds=1)])
)
instants = st.integers(0, 30 * 365 * 86_400).map(lambda seconds: EARLIEST + timedelta(seconds=seconds)) | near
captures = st.builds(
    Capture,
    at=instants | st.sampled_from([EARLIEST, TARGET, LATEST]),
    original=st.sampled_from(["http://a.test/", "https://www.a.test/"]),
    status=st.sampled_from([None, 200, 203, 206, 301, 302, 404, 429, 503]),
    digest=st.sampled_from([None, "A", "B", "C"]),
)


def capture(days: int, status: int | None = 200, digest: str | None = None) -> Capture:
    return Capture(at=TARGET + timedelta(days=days), original="http://a.test/", status=status, digest=digest)


def days(*chosen: Capture) -> list[int]:
    return [(each.at - TARGET).days for each in chosen]


def test_one_before_the_target_is_better_than_a_nearer_one_after() -> None:
    assert days(*choose([capture(1), capture(-30), capture(9), capture(-3)], TARGET)) == [-3, -30, 1, 9]


def test_the_next_day_is_better_than_five_years_before() -> None:
    assert days(*choose([capture(-1826), capture(1), capture(-40), capture(300)], TARGET)) == [1, -40, 300, -1826]


def test_what_may_be_a_page_comes_after_what_was_one() -> None:
    held = [capture(-1, None), capture(-900), capture(-2, 404)]

    assert days(*choose(held, TARGET)) == [-900]
    assert days(*choose(held, TARGET, is_silent=True)) == [-900, -1]


def test_redirects_are_chosen_apart_from_pages() -> None:
    held = [capture(-1, 302), capture(-2), capture(3, 301), capture(-40, 308)]

    assert days(*redirects(held, TARGET)) == [-1, 3]


def test_one_at_the_very_instant_is_the_best() -> None:
    assert days(*choose([capture(-1), capture(0), capture(1)], TARGET))[0] == 0


def test_without_a_target_the_latest_is_the_best() -> None:
    assert days(*choose([capture(1), capture(-30), capture(9)], None)) == [9, 1, -30]


def test_redirects_errors_and_archived_rate_limits_are_never_proposed() -> None:
    held = [capture(-day, status) for day, status in enumerate((301, 302, 404, 429, 500, 503, 304, 204))]

    assert choose(held, TARGET) == ()


def test_a_revisit_of_a_page_counts_as_that_page() -> None:
    chosen = choose([capture(-1, None, "A"), capture(-400, 200, "A")], TARGET)

    assert days(*chosen) == [-1, -400]
    assert chosen[0].status == 200


def test_a_revisit_of_something_unknown_counts_as_nothing() -> None:
    assert choose([capture(-1, None, "A"), capture(-2, None, None), capture(-3, 404, "A")], TARGET) == ()


def test_a_revisit_of_a_payload_that_came_with_a_page_and_with_an_error_counts_as_nothing() -> None:
    held = [capture(-1, None, "A"), capture(-2, 200, "A"), capture(-3, 404, "A")]

    assert days(*choose(held, TARGET)) == [-2]


def test_the_best_five_are_given() -> None:
    assert days(*choose([capture(-day) for day in range(9)], TARGET)) == [0, -1, -2, -3, -4]


def test_captures_are_counted_by_what_was_archived() -> None:
    assert in_words([capture(1, 404), capture(2, 301), capture(3, 404), capture(4, None)]) == (
        "301 (1), 404 (2), unknown (1)"
    )


@given(st.lists(captures, max_size=12), instants | st.just(TARGET) | st.none(), st.randoms(use_true_random=False))
def test_the_choice_is_the_best_by_the_stated_order(
    held: list[Capture], target: datetime | None, random: Random
) -> None:
    pages = [each for each in resolved(held) if each.status in PAGES]
    chosen = choose(held, target)

    assert len(chosen) == min(len(pages), 5)
    assert all(each in pages for each in chosen)
    for place, better in enumerate(chosen):
        for worse in (*chosen[place + 1 :], *(each for each in pages if each not in chosen)):
            if _is_repeated(worse, chosen[:place]) is _is_repeated(better, chosen[:place]):
                assert not _is_nearer(worse, better, target)
    order = [_is_repeated(each, chosen[:place]) for place, each in enumerate(chosen)]
    assert order == sorted(order)
    random.shuffle(held)
    assert choose(held, target) == chosen


def _is_repeated(one: Capture, before: Sequence[Capture]) -> bool:
    return one.digest is not None and any(each.digest == one.digest for each in before)


def test_a_payload_that_a_better_capture_has_comes_last() -> None:
    held = [capture(-1, 200, "A"), capture(-2, 200, "A"), capture(-3, 200, "B"), capture(-4, 200, "A")]

    assert days(*choose(held, TARGET)) == [-1, -3, -2, -4]


def _is_nearer(one: Capture, other: Capture, target: datetime | None) -> bool:
    """Tell whether one is strictly better than the other, said in another way than the code says it."""
    if target is None:
        return one.at > other.at
    for days in (31, 366, 100_000):
        period = timedelta(days=days)
        for is_within in (
            lambda each, period=period: target - period <= each.at <= target,
            lambda each, period=period: target < each.at <= target + period,
        ):
            if is_within(one) != is_within(other):
                return bool(is_within(one))
            if is_within(one):
                return abs(one.at - target) < abs(other.at - target)
    raise AssertionError("every capture lies within some period")


@given(st.lists(captures, max_size=12))
def test_resolving_changes_nothing_but_the_status_of_revisits(held: list[Capture]) -> None:
    for before, after in zip(held, resolved(held), strict=True):
        assert (before.at, before.original, before.digest) == (after.at, after.original, after.digest)
        assert before.status == after.status or (before.status is None and after.status in PAGES)
