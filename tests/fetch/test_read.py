"""How much of a body is read depends on what it is declared as."""

import pytest

from linkcheck.model import PAGE, Read


@pytest.mark.parametrize(
    ("media_type", "limit"),
    [("text/html", 1 << 20), ("text/plain", 1 << 20), ("", 1 << 20), ("application/json", 4096), ("image/png", 0)],
)
def test_of_data_only_the_beginning_is_read(media_type: str, limit: int) -> None:
    assert PAGE.limit_of(media_type) == limit
    assert PAGE.wants(media_type) is bool(limit)


def test_a_brief_type_is_read_no_further_than_others() -> None:
    assert Read(media_types=("text/*",), limit=100, brief=("application/json",)).limit_of("application/json") == 100
