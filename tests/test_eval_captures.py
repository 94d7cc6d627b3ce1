from tests.eval_captures import HISTORIES, rows


def test_ours_shows_what_was_cited_in_every_history() -> None:
    found = list(rows())

    assert len(found) == len(HISTORIES) == 12
    assert [row.about for row in found if not row.is_ours_right] == []
    assert sum(row.is_latest_right for row in found) < 6
