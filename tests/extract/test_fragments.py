"""Whether a document has the place that a fragment names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.fragments import Anchors, match
from linkcheck.model import FragmentAnswer

ANCHORS = frozenset({"install", "Getting-Started", "user-content-usage", "über-uns", "a%20b", "L7", "food-and-drink"})
FOUND = FragmentAnswer(found=True)


@pytest.mark.parametrize("fragment", ["install", "Getting-Started", "über-uns", "%C3%BCber-uns", "a%20b", "L7"])
def test_an_id_is_found_as_written_or_percent_decoded(fragment: str) -> None:
    assert match(fragment, ANCHORS) == FOUND


@pytest.mark.parametrize("fragment", ["", "top", "TOP", "Top"])
def test_the_top_is_always_there(fragment: str) -> None:
    assert match(fragment, ()) == FOUND


@pytest.mark.parametrize("fragment", ["usage", "user-content-usage", "user-content-install"])
def test_the_prefix_of_github_is_seen_through(fragment: str) -> None:
    assert match(fragment, ANCHORS) == FOUND


def test_a_missing_id_comes_with_the_nearest() -> None:
    assert match("instal", ANCHORS) == FragmentAnswer(found=False, nearest="install")


@pytest.mark.parametrize("fragment", ["food", "zzz", "x" * 10_000])
def test_nothing_is_offered_where_nothing_is_near(fragment: str) -> None:
    assert match(fragment, ANCHORS) == FragmentAnswer(found=False)


def test_what_is_absent_from_a_part_of_a_page_is_not_missing() -> None:
    answer = match("instal", ANCHORS, is_complete=False)

    assert (answer.found, answer.nearest) == (None, None)
    assert match("install", ANCHORS, is_complete=False) == FOUND


def test_a_difference_in_case_is_a_note_in_local_files() -> None:
    answer = match("getting-started", ANCHORS, is_local=True)

    assert answer == FragmentAnswer(found=True, note="differs in case only: #Getting-Started")


def test_a_difference_in_case_misses_the_place_on_the_web() -> None:
    assert match("getting-started", ANCHORS) == FragmentAnswer(found=False, nearest="Getting-Started")


@pytest.mark.parametrize(
    ("fragment", "note"),
    [
        ("L12", "a line number, not an id"),
        ("L12-L20", "a line number, not an id"),
        ("L1C2-L3C4", "a line number, not an id"),
        ("page=3", "a page number, not an id"),
        ("page=3&zoom=100", "a page number, not an id"),
        ("!/inbox", "a route of the page's script, not an id"),
        ("/inbox", "a route of the page's script, not an id"),
        ("%2Finbox", "a route of the page's script, not an id"),
        ("gid=0", "a parameter, not an id"),
        ("t=30", "a parameter, not an id"),
        (":~:text=some%20words", "a text fragment, not an id"),
    ],
)
def test_what_is_not_an_id_is_not_judged_as_one(fragment: str, note: str) -> None:
    assert match(fragment, ANCHORS) == FragmentAnswer(None, note=note)


def test_the_id_before_a_text_fragment_is_judged() -> None:
    note = "the text after the id was not looked for"

    assert match("install:~:text=pip", ANCHORS) == FragmentAnswer(found=True, note=note)
    assert match("instal:~:text=pip", ANCHORS) == FragmentAnswer(found=False, nearest="install", note=note)


class _Counted(frozenset[str]):
    """Ids that may be looked up but not walked over."""

    def __iter__(self) -> None:  # type: ignore[override]  # nothing may walk over these
        raise AssertionError


def test_a_hit_costs_no_walk_over_the_ids() -> None:
    assert match("b", _Counted({"a", "b"}), is_local=True) == FOUND


@given(st.text(), st.frozensets(st.text(max_size=10)), st.booleans())
def test_any_fragment_is_answered_and_the_nearest_exists(
    fragment: str, anchors: frozenset[str], is_local: bool
) -> None:
    answer = match(fragment, anchors, is_local=is_local)

    assert answer.nearest is None or (answer.found is False and answer.nearest in anchors)


@given(st.frozensets(st.text(alphabet="abc:~-", min_size=1).filter(lambda name: ":~:" not in name), min_size=1))
def test_every_id_is_found(anchors: frozenset[str]) -> None:
    assert all(match(anchor, anchors) == FOUND for anchor in anchors)


def test_where_very_many_are_missing_the_first_are_sought() -> None:
    anchors = Anchors({f"heading-{n}": None for n in range(1000)})

    answers = [match(f"haeding-{n}", anchors, is_local=True) for n in range(1000)]

    assert all(answer.found is False for answer in answers)
    assert [n for n, answer in enumerate(answers) if answer.nearest] == list(range(200))
    assert match("Heading-999", anchors, is_local=True).note == "differs in case only: #heading-999"
    assert match("heading-999", anchors) == FOUND


@given(st.lists(st.text(max_size=5)), st.text(max_size=5))
def test_anchors_answer_as_their_ids_do(ids: list[str], name: str) -> None:
    assert match(name, Anchors(ids), is_local=True) == match(name, ids, is_local=True)
    assert (name in Anchors(ids)) == (name in ids)
