"""The answer in words, for every mix."""

from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.model import (
    ArchiveAnswer,
    ArchiveRow,
    Claim,
    DocumentRow,
    Memento,
    PlacedFinding,
    Reason,
    ReasonCode,
    ReferenceRow,
    Severity,
    Verdict,
)
from linkcheck.render.tally import tally
from linkcheck.render.wording import (
    archives_asked,
    capture,
    capture_of,
    counted,
    counts,
    duration,
    listed,
    minute,
    proof,
    published,
    sentences,
    slug_agreement,
)
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


def test_numbers_and_nouns_agree() -> None:
    assert counted(1, "link") == "1 link"
    assert counted(14212, "link") == "14,212 links"
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert counts({"mailto": 26, "private-address": 96, "none": 0}) == "96 private addresses, 26 mailto"


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(0.0, "0 ms"), (41.4, "41 ms"), (6100.0, "6.1 s"), (71_000.0, "71 s"), (725_000.0, "12 min 5 s")],
)
def test_durations_are_as_exact_as_they_are_useful(milliseconds: float, words: str) -> None:
    assert duration(milliseconds) == words


def test_instants_are_given_to_the_minute() -> None:
    assert minute("2026-11-24T14:02:33Z") == "2026-11-24 14:02Z"


@pytest.mark.parametrize(
    ("days", "validated", "words"),
    [
        (0.2, True, "2017-02-14, 0 days off, validated"),
        (1.0, None, "2017-02-14, 1 day later, not validated"),
        (-3.4, False, "2017-02-14, 3 days earlier, shows something else"),
        (None, None, "2017-02-14, not validated"),
    ],
)
def test_a_capture_says_how_near_and_how_sure(days: float | None, validated: bool | None, words: str) -> None:
    memento = Memento(
        archive="wayback", uri_m=URL, datetime="2017-02-14T00:00:00Z", distance_days=days, validated=validated
    )

    assert capture(memento) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, None),
        (
            {"target": "2017-02-14T00:00:00Z", "target_basis": "the article's date"},
            "chosen for 2017-02-14, the article's date",
        ),
        ({"validated": False, "note": "is a wall"}, "it is a wall"),
        ({"target": "2017-02-14", "note": "not looked at"}, "chosen for 2017-02-14, as asked; not looked at"),
    ],
)
def test_what_a_capture_was_chosen_for_and_what_was_seen_of_it(said: dict[str, Any], words: str | None) -> None:
    assert proof(Memento(archive="wayback", uri_m=URL, datetime="2017-02-14T00:00:00Z", **said)) == words


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (ArchiveAnswer.NONE, "no capture (wayback: empty)"),
        (ArchiveAnswer.FAILED, "captures unknown: the archive did not answer (wayback: empty)"),
        (ArchiveAnswer.NOT_ASKED, "captures unknown: the archive was not asked (wayback: empty)"),
    ],
)
def test_no_capture_is_three_different_things(answer: ArchiveAnswer, words: str) -> None:
    row = replace(DEAD, archives=(ArchiveRow(archive="wayback", answer=answer, reason="empty"),))

    assert capture_of(row) == words
    assert capture_of(DEAD) is None


def test_what_archives_were_not_asked_comes_with_the_way_to_go_on() -> None:
    report = staged.rescued()

    assert archives_asked(report, tally(report)) == (
        "archive asked 2, not asked 1 (to go on: the same with --archive-budget 10m)"
    )
    assert "without --offline" in archives_asked(staged.offline(), tally(staged.offline()))


def test_a_date_comes_with_who_says_so_and_who_does_not() -> None:
    claims = (
        Claim("published", "2017-02-14", "date line", 5),
        Claim("published", "2017-02-14", "URL path"),
        Claim("published", "2017-02-15", "JSON-LD"),
    )

    assert (
        published(replace(DOCUMENT, claims=claims)) == "2017-02-14  (line 5; URL path agrees; JSON-LD says 2017-02-15)"
    )
    assert published(DOCUMENT) is None


@pytest.mark.parametrize(("value", "words"), [("agrees", "agree"), ("contradicts", "differ"), ("silent", None)])
def test_headline_and_slug_agree_or_differ(value: str, words: str | None) -> None:
    assert slug_agreement(replace(DOCUMENT, claims=(Claim("slug", value, "H1, URL path", 3),))) == words
    assert slug_agreement(DOCUMENT) is None


def test_a_warning_about_the_text_is_not_passed_over() -> None:
    finding = PlacedFinding(rule="date-conflict", severity=Severity.WARNING, message="12 days apart", next="Look.")

    assert said(ALIVE, document=replace(DOCUMENT, findings=(finding,))) == (
        "Nothing is known to be lost: the only link is fine. The text itself has 1 warning."
    )
