"""Links whose content nobody could judge are counted wherever the outcome is said, and never hidden among the fine."""

import json

import pytest
from msgspec import structs

from linkcheck.detect.content_not_judged import unheard
from linkcheck.events import Finished
from linkcheck.model import Finding, Judgement, Severity, Verdict
from linkcheck.render.api import Style
from linkcheck.store.totals import Totals
from linkcheck.tui.board import Board
from linkcheck.tui.summary import progress
from tests.render.approval import rendered
from tests.render.staged import OK, StagedReport, clean, reference
from tests.tui.staging import StagedLedger

SHELL = unheard("Videos", "status 503")
WARNED = Finding(rule="http-upgrade", severity=Severity.WARNING, message="x", next="y")
ROWS = tuple(
    reference(f"{line}:1", f"https://v.example.org/{line}", Verdict.ALIVE, OK, document="notes.md", findings=found)
    for line, found in ((9, (SHELL,)), (11, (SHELL, WARNED)))
)


def report() -> StagedReport:
    fine = clean()
    return structs.replace(fine, reference_rows=(*fine.reference_rows, *ROWS))


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
@pytest.mark.parametrize("verbose", [-1, 0, 1])
def test_every_report_for_people_counts_them(name: str, verbose: int) -> None:
    text = rendered(name, report(), Style(verbose=verbose))

    assert "2 answer with content that could not be judged" in " ".join(text.split()) or "2 by their content" in text


def test_reports_say_it_in_the_answer_and_where_they_say_how() -> None:
    for name in ("markdown", "html"):
        text = " ".join(rendered(name, report()).split())

        assert "2 answer with content that could not be judged" in text
        assert "not judged: 0, and 2 by their content" in text


def test_one_page_of_fine_links_says_it_too() -> None:
    fine = clean()
    quiet = structs.replace(fine, reference_rows=(*fine.reference_rows, ROWS[0]))

    for name in ("text", "markdown", "html"):
        text = " ".join(rendered(name, quiet).split())
        assert (
            "the content of 1 could not be judged" in text or "1 answers with content that could not be judged" in text
        )


def test_the_summary_for_machines_counts_them() -> None:
    assert json.loads(rendered("json", report()))["summary"]["unseen"] == 2
    assert json.loads(rendered("json", clean()))["summary"]["unseen"] == 0


def test_a_run_counts_them_as_the_reports_do() -> None:
    totals = Totals()
    for row in report().references():
        totals.reference(Judgement(row.verdict, row.reason), row.findings)
    totals.reference(Judgement(Verdict.SOFT_404, OK), (SHELL,))

    assert totals.summary().unseen == report().summary.unseen == 2
    totals.restart()
    assert totals.summary().unseen == 0


def test_the_terminal_app_says_it_in_its_answer() -> None:
    board = Board(StagedLedger(report()), lambda: 100.0)
    board.hear(Finished("x", complete=True))

    assert "2 answer with content that could not be judged" in progress(board, 200, is_paused=False).plain
