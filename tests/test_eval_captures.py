import pytest

from tests.archives.traps import COUNTED, LOOKED_AT, Trap
from tests.eval_captures import HISTORIES, rows


def test_ours_shows_what_was_cited_in_every_history() -> None:
    found = list(rows())

    assert len(found) == len(HISTORIES) == 12
    assert [row.about for row in found if not row.is_ours_right] == []
    assert sum(row.is_latest_right for row in found) < 6


@pytest.mark.parametrize("traps", [LOOKED_AT, COUNTED], ids=["looked at", "counted"])
def test_a_headline_without_its_text_is_not_taken_for_what_was_cited(traps: tuple[Trap, ...]) -> None:
    found = list(rows(traps))

    assert [row.about for row in found if not row.is_ours_right] == []
    assert sum(row.is_closest_right for row in found) <= 2
