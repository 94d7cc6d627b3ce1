"""The answer in words, for every mix."""

import pytest
from msgspec.structs import replace

from linkcheck.model import DocumentRow, PlacedFinding, Reason, ReasonCode, ReferenceRow, Severity, Verdict
from linkcheck.render.answer import archives_asked, sentences
from linkcheck.render.tally import tally
from tests.render import staged
from tests.render.staged import NO_NETWORK, OFFLINE, OK, RUN, TIMEOUT, WALL, StagedReport, placeholder, reference

URL = "https://a.example.org/"
ALIVE = reference("1:1", URL, Verdict.ALIVE, OK)
BLOCKED = reference("1:1", URL, Verdict.BLOCKED, WALL)
UNREACHABLE = reference("1:1", URL, Verdict.UNREACHABLE, TIMEOUT)
WAITING = reference("1:1", URL, Verdict.SKIPPED, OFFLINE)

CUT_OFF = reference("1:1", URL, Verdict.SKIPPED, NO_NETWORK)
MAIL = reference("1:1", "mailto:x", Verdict.SKIPPED, Reason(ReasonCode.SCHEME, "not checked"))
DEAD = reference("1:1", URL, Verdict.DEAD, Reason(ReasonCode.HTTP_GONE, "410 Gone on GET, asked twice"))
LOST = placeholder("1:1")
DOCUMENT = DocumentRow(path="a.md", media_type="text/markdown")


def said(*rows: ReferenceRow, document: DocumentRow = DOCUMENT, **run: object) -> str:
    report = StagedReport(run=replace(RUN, **run), document_rows=(document,), reference_rows=rows)
    return sentences(report, document, tally(report))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((), "There are no links."),
        ((ALIVE,), "The only link is fine."),
        ((ALIVE, ALIVE), "Both links are fine."),
        ((ALIVE,) * 5, "All 5 links are fine."),
        ((ALIVE, MAIL), "The only link to check is fine; 1 was left out by design."),
        ((MAIL,), "There is nothing to check: 1 link, left out by design."),
        ((LOST,), "Do not publish yet: the only link has lost its target."),
        ((LOST, LOST, DEAD, ALIVE), "Do not publish yet: 2 of 4 links have lost their target and 1 is dead."),
        ((LOST, BLOCKED), "Do not publish yet: 1 of 2 links has lost its target. 1 needs a look (1 blocked)."),
        (
            (ALIVE, BLOCKED, BLOCKED, UNREACHABLE),
            "Nothing is known to be lost: 1 of 4 links is fine and 3 need a look (2 blocked, 1 unreachable).",
        ),
    ],
)
def test_the_answer_fits_the_mix(rows: tuple[ReferenceRow, ...], sentence: str) -> None:
    assert said(*rows) == sentence


def test_offline_is_a_choice_and_says_what_was_not_checked() -> None:
    assert said(ALIVE, WAITING, offline=True) == (
        "Nothing is known to be lost: 1 of 2 links is fine and 1 was not checked (offline)."
    )
    assert said(WAITING, offline=True) == "Cannot tell yet: the only link was not checked (offline)."


def test_without_network_nothing_is_claimed() -> None:
    assert said(ALIVE, CUT_OFF, complete=False) == (
        "Cannot tell yet: 1 of 2 links is fine and 1 could not be checked (no network)."
    )
    assert said(ALIVE, complete=False) == "Cannot tell yet: the only link is fine."


def test_a_copy_of_an_article_is_not_to_be_republished() -> None:
    assert said(LOST, document=replace(DOCUMENT, original=URL)).startswith("Do not republish yet: ")


def test_errors_of_the_text_itself_count() -> None:
    wrong = PlacedFinding(rule="broken", severity=Severity.ERROR, message="broken", next="Mend it.")

    assert said(ALIVE, document=replace(DOCUMENT, findings=(wrong,))) == (
        "Do not publish yet: the text itself has 1 error."
    )


def test_replacements_are_announced() -> None:
    report = staged.rescued()

    assert sentences(report, report.document_rows[0], tally(report)).endswith("2 replacements found, 3 need you.")


def test_what_archives_were_not_asked_comes_with_the_way_to_go_on() -> None:
    report = staged.rescued()

    assert archives_asked(report, tally(report)) == (
        "archive asked 2, not asked 1 (to go on: linkcheck check sources.md --archive-budget 2m)"
    )
    assert "without --offline" in archives_asked(staged.offline(), tally(staged.offline()))


def test_a_warning_about_the_text_is_not_passed_over() -> None:
    finding = PlacedFinding(rule="date-conflict", severity=Severity.WARNING, message="12 days apart", next="Look.")

    assert said(ALIVE, document=replace(DOCUMENT, findings=(finding,))) == (
        "Nothing is known to be lost: the only link is fine. The text itself has 1 warning."
    )
