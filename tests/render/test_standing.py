"""Where there is a history, every report that people read says where a link stands; where there is none, none does."""

import pytest
from msgspec.structs import replace

from linkcheck.model import Excused, LastKnown, Verdict
from tests.render.approval import rendered
from tests.render.staged import StagedReport, rescued

READ = ("text", "markdown", "html", "csv")
SINCE = "2026-11-03T12:00:00Z"


def dead(**standing: object) -> StagedReport:
    report = rescued()
    rows = tuple(replace(row, **standing) if row.verdict is Verdict.DEAD else row for row in report.reference_rows)
    return replace(report, reference_rows=rows)


@pytest.mark.parametrize("format_", READ)
@pytest.mark.parametrize(
    ("standing", "says"),
    [
        ({"standing": "new", "strikes": 1, "strikes_of": 3, "since": SINCE}, "new"),
        ({"standing": "persisting", "strikes": 2, "strikes_of": 3, "since": SINCE}, "persisting 2/3"),
        ({"standing": "persisting", "since": SINCE}, "persisting"),
        ({"standing": "confirmed", "strikes": 3, "strikes_of": 3, "since": SINCE}, "confirmed"),
    ],
)
def test_a_report_says_where_a_link_stands(format_: str, standing: dict[str, object], says: str) -> None:
    told = rendered(format_, dead(**standing))

    assert says in told
    if format_ != "csv" and says != "new":
        assert f"{says}, since 2026-11-03" in told


@pytest.mark.parametrize("format_", READ)
def test_without_a_history_nobody_speaks_of_standing(format_: str) -> None:
    told = rendered(format_, rescued())

    assert not any(word in told for word in ("persisting", "confirmed", "steady", "Over time"))


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_what_was_not_asked_is_told_as_it_was(format_: str) -> None:
    told = rendered(format_, dead(last_known=LastKnown(Verdict.DEAD, SINCE)))

    assert "dead when last checked, on 2026-11-03" in told


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "json"])
def test_a_report_counts_what_a_baseline_knows(format_: str) -> None:
    report = rescued()
    excused = Excused(known=3, stale=1)
    told = " ".join(rendered(format_, replace(report, baseline=excused)).split())

    in_json = '"baseline":{"known":3,"stale":1,"expired":0}'
    assert (in_json if format_ == "json" else "baseline: 3 known and not counted and 1 entry stale") in told
    assert "baseline: " not in rendered(format_, report)
