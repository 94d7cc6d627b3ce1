from hypothesis import given
from hypothesis import strategies as st

from linkcheck.render.triage import Heap
from linkcheck.tui.entry import judged
from linkcheck.tui.picking import HEAPS, Pick, chips, words
from tests.render import staged

ENTRIES = [judged(row) for row in staged.repository().references()]


def test_nothing_in_particular_is_everything() -> None:
    assert Pick().picked(ENTRIES) == list(range(len(ENTRIES)))


def test_the_heaps_share_all_entries_out() -> None:
    places = sorted(place for heap in HEAPS for place in Pick(heap).picked(ENTRIES))

    assert places == list(range(len(ENTRIES)))
    assert set(HEAPS) == set(Heap)


def test_conditions_hold_together() -> None:
    both = Pick(Heap.DO, "dead", "GUIDE").picked(ENTRIES)

    assert both
    assert all(ENTRIES[one].look.word == "dead" and "guide" in ENTRIES[one].document for one in both)


@given(st.text(max_size=8))
def test_a_needle_finds_what_contains_it_whatever_it_is(needle: str) -> None:
    folded = needle.strip().casefold()

    assert Pick(needle=needle).picked(ENTRIES) == [
        place
        for place, one in enumerate(ENTRIES)
        if any(folded in text.casefold() for text in (one.text, one.address, one.document))
    ]


def test_what_is_to_do_comes_first_where_that_is_wanted() -> None:
    order = Pick(is_worst_first=True).picked(ENTRIES)
    errors = [place for place in order if ENTRIES[place].look.ink == "error"]

    assert sorted(order) == list(range(len(ENTRIES)))
    assert errors
    assert order[: len(errors)] == errors == sorted(errors)
    assert [ENTRIES[place].heap for place in order].index(Heap.FINE) > len(errors)


def test_what_is_wanted_says_how_many_there_are() -> None:
    assert chips(ENTRIES, Pick(needle="x"), 200, shown=7).plain.startswith("shows 7  ")
    assert "shows" not in chips(ENTRIES, Pick(is_worst_first=True), 200, shown=7).plain


def test_words_are_counted_the_most_first() -> None:
    counted = words(ENTRIES)

    assert sum(count for _, count in counted) == len(ENTRIES)
    assert [count for _, count in counted] == sorted((count for _, count in counted), reverse=True)


@given(st.integers(0, 200), st.sampled_from([Pick(), Pick(Heap.DO), Pick(word="dead"), Pick(Heap.FINE, "alive")]))
def test_chips_fit_and_none_is_cut(width: int, pick: Pick) -> None:
    line = chips(ENTRIES, pick, width).plain

    assert len(line) <= max(width, 0)
    whole = chips(ENTRIES, pick, 1_000).plain.split("  ")
    assert all(chip in whole for chip in line.split("  ") if chip)
