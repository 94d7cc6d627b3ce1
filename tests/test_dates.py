"""Dates as articles and citations write them."""

# ruff: noqa: RUF001 - months are spelt in Cyrillic, too

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.dates import find_date, is_day_first, parse_date

WRITTEN = (
    "2017-02-14",
    "2017/02/14",
    "2017.02.14",
    "2017-02-14T10:00:00Z",
    "2017-02-14T23:00:00.123-05:00",
    "2017-02-14 10:00:00+00:00",
    "14.02.2017",
    "14. 02. 2017",
    "14/02/2017",
    "02/14/2017",
    "February 14, 2017",
    "Feb. 14, 2017",
    "February 14th, 2017",
    "Feb. 14, 2017 at 5:30 p.m.",
    "14 February 2017",
    "14th of February, 2017",
    "14-Feb-2017",
    "Tue, 14 Feb 2017 10:00:00 GMT",
    "2017, February 14",
    "14. Februar 2017",
    "Dienstag, den 14. Februar 2017",
    "14 février 2017",
    "14 FÉVRIER 2017",
    "14\N{NO-BREAK SPACE}février\N{NO-BREAK SPACE}2017",
    "mardi 14 février 2017",
    "14 de febrero de 2017",
    "martes, 14 de febrero del 2017",
    "14 febbraio 2017",
    "terça-feira, 14 de fevereiro de 2017",
    "14 февраля 2017 г.",
    "14 февраля 2017 года",
    "14 лютого 2017",
    "14 лютого 2017 року",
    "14 februari 2017",
    "dinsdag 14 februari 2017",
    "14 Şubat 2017",
    "Salı, 14 Şubat 2017",
    "14 lutego 2017 r.",
    "14. februar 2017",
    "14. února 2017",
    "14 de febrer de 2017",
    "14 Φεβρουαρίου 2017",
    "14. helmikuuta 2017",
    "14 فبراير 2017",
    "2017. február 14.",
    "14 | 02 | 2017",
    "14 . 02 . 2017",
    "2017年2月14日",
    "2017년 2월 14일",
)


@pytest.mark.parametrize("text", WRITTEN)
def test_a_date_is_read_in_every_way_of_writing_it(text: str) -> None:
    assert parse_date(text) == "2017-02-14"


@pytest.mark.parametrize("text", WRITTEN)
def test_a_date_is_found_in_running_text(text: str) -> None:
    found = find_date(f"It was said ({text}) that it rained.")

    assert found is not None
    assert found.iso == "2017-02-14"


@pytest.mark.parametrize(("text", "day"), [("1er mars 2020", "2020-03-01"), ("1º de enero de 2017", "2017-01-01")])
def test_the_first_of_a_month_may_be_an_ordinal(text: str, day: str) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize("text", ["02/03/2017", "2-3-2017"])
def test_a_date_that_is_two_days_on_two_continents_is_none(text: str) -> None:
    assert parse_date(text) is None
    assert find_date(f"on {text} it") is None


def test_day_and_month_that_are_equal_are_certain() -> None:
    assert parse_date("3/3/2017") == "2017-03-03"


@pytest.mark.parametrize(
    "text",
    ["30 February 2017", "31/02/2017", "14.13.2017", "2017-00-10", "32.01.2017", "March 2017", "14 2017", "", "now"],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_date(text) is None
    assert find_date(text) is None


@pytest.mark.parametrize("text", ["Published February 14, 2017", "14 February 2017 and later", "x" * 100_000])
def test_a_text_that_says_more_than_a_date_is_not_parsed(text: str) -> None:
    assert parse_date(text) is None


def test_the_first_date_is_found_with_its_place() -> None:
    text = "Updated 3 May 2019 12:30, first published 2018-01-02."

    found = find_date(text)

    assert found is not None
    assert (text[found.start : found.end], found.iso) == ("3 May 2019 12:30", "2019-05-03")


def test_a_letter_that_only_looks_like_the_one_meant_is_no_error() -> None:
    assert find_date("14 apr\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}l 2017") is None


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)), st.text(max_size=20))
def test_a_date_written_by_month_name_survives_what_follows(day: date, rest: str) -> None:
    found = find_date(f"{day.day} {day:%B} {day.year} {rest}")

    assert found is not None
    assert found.iso == day.isoformat()


@given(st.text())
def test_any_text_has_a_date_or_none(text: str) -> None:
    found = find_date(text)

    assert found is None or re.fullmatch(r"\d{4}-\d\d-\d\d", found.iso)


@pytest.mark.parametrize(
    "text", ["1 " * 50_000, "2017-" * 20_000, "may " * 25_000, "14 " + " " * 100_000, "9" * 100_000]
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("language", "host", "expected"),
    [
        ("de", "a.test", "2017-03-02"),
        ("fr-CA", "a.test", "2017-03-02"),
        ("en-GB", "a.test", "2017-03-02"),
        ("en", "a.co.uk", "2017-03-02"),
        ("pt_BR", "a.test", "2017-03-02"),
        ("en-US", "a.test", "2017-02-03"),
        ("en-us", "a.co.uk", "2017-02-03"),
        ("es-PR", "a.test", "2017-02-03"),
        ("en", "a.test", None),
        ("", "a.test", None),
        ("hu", "a.test", None),
    ],
)
def test_a_day_of_two_readings_is_certain_where_language_or_country_is_known(
    language: str, host: str, expected: str | None
) -> None:
    assert parse_date("02/03/2017", is_day_first=is_day_first(language, host)) == expected


def test_a_day_that_has_one_reading_needs_no_language() -> None:
    assert parse_date("02/14/2017", is_day_first=True) == "2017-02-14"
    assert parse_date("14/02/2017", is_day_first=False) == "2017-02-14"


def test_no_month_has_two_numbers() -> None:
    assert parse_date("14 listopadu 2017") == "2017-11-14"
    assert parse_date("14 Seiten 2017") is None
