"""Cutting by terminal cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from linkcheck.render.escape import plain
from linkcheck.render.fit import end, middle, pad, wrap

TEXTS = st.text(max_size=80) | st.text(alphabet="ab漢字é /.\u0301", max_size=80)
URL = "https://www.themoscowtimes.com/2017/02/14/trump-security-advisor-michael-flynn-resigns-a57137"


@given(TEXTS, st.integers(4, 60))
def test_what_is_cut_fits(text: str, cells: int) -> None:
    assert cell_len(end(text, cells)) <= cells
    assert cell_len(middle(text, cells)) <= cells


@given(TEXTS)
def test_what_fits_is_not_cut(text: str) -> None:
    whole = plain(text)

    assert end(text, cell_len(whole)) == whole
    assert middle(text, cell_len(whole)) == whole


def test_the_end_of_a_text_is_cut() -> None:
    assert end("White House Says Russia", 12) == "White House…"


def test_host_and_tail_of_an_address_are_kept() -> None:
    assert middle(URL, 50) == "themoscowtimes.com/2017/02/14/tru…n-resigns-a57137"


def test_the_scheme_goes_before_anything_is_cut() -> None:
    assert middle("https://a.example.org/path", 20) == "a.example.org/path"


def test_a_wide_character_is_not_halved() -> None:
    assert end("漢字漢字", 4) == "漢…"


def test_wide_characters_are_padded_by_cells() -> None:
    assert pad("漢字", 6) == "漢字  "


@given(TEXTS, st.integers(8, 60))
def test_wrapped_lines_fit_and_lose_no_word(text: str, cells: int) -> None:
    lines = list(wrap(text, cells))
    words = plain(text).split()

    assert all(cell_len(line) <= cells for line in lines)
    if all(cell_len(word) <= cells for word in words):
        assert " ".join(lines).split() == words


def test_an_address_to_be_copied_is_not_cut() -> None:
    assert list(wrap(f"Replace it with {URL} now.", 30)) == ["Replace it with", URL, "now."]


def test_an_explanation_ends_after_its_lines() -> None:
    assert list(wrap("one two three four five six", 9, 2)) == ["one two", "three fo…"]


@pytest.mark.parametrize("text", ["", "  ", "\x07"])
def test_nothing_wraps_into_no_line(text: str) -> None:
    assert list(wrap(text, 10)) == []
