import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

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


def test_every_date_of_undici_is_read(cases: Path) -> None:
    """All that RFC 9110 5.6.7 allows, exactly; of what it forbids, what still names an instant is heard."""
    begin = datetime(1900, 1, 1, tzinfo=UTC)
    counts: Counter[str] = Counter()
    for line in (cases / "url" / "http-date.jsonl").read_text(encoding="utf-8").splitlines():
        vector = json.loads(line)
        wished = retry_after([("retry-after", vector["input"])], begin)
        if vector["expected"]:
            assert wished == (datetime.fromisoformat(vector["expected"]) - begin).total_seconds()
            counts["exact"] += 1
        else:
            counts["refused" if wished is None else "forgiven"] += 1

    assert counts == {"exact": 169, "refused": 33, "forgiven": 28}
