from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.fetch.retry_after import retry_after

NOW = datetime(1999, 12, 31, 23, 59, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),  # RFC 9110 10.2.3
        ("Fri, 31 Dec 1999 23:59:59 GMT", 30.0),  # likewise
        ("Friday, 31-Dec-99 23:59:59 GMT", 30.0),  # RFC 9110 5.6.7, obsolete forms
        ("Fri Dec 31 23:59:59 1999", 30.0),
        (" 0 ", 0.0),
        ("Fri, 31 Dec 1999 23:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("1.5", None),
        ("\u0661", None),
        ("9" * 5000, None),
        ("Fri, 99 Dec 1999 23:59:59 GMT", None),
    ],
)
def test_seconds_and_dates_are_read(value: str, seconds: float | None) -> None:
    assert retry_after([("date", "x"), ("retry-after", value)], NOW) == seconds


def test_without_a_header_nothing_is_wished() -> None:
    assert retry_after([("server", "x")], NOW) is None


@given(st.text())
def test_nonsense_never_raises(value: str) -> None:
    wished = retry_after([("retry-after", value)], NOW)

    assert wished is None or wished >= 0
