"""Which heap a reference lies on, and what is said of it first."""

import pytest
from msgspec.structs import replace

from linkcheck.model import (
    DocumentRow,
    Finding,
    Memento,
    Reason,
    ReasonCode,
    ReferenceRow,
    Rescue,
    RescueKind,
    Severity,
    Trust,
    Verdict,
)
from linkcheck.render.robust import robust_link
from linkcheck.render.triage import Heap, copy_of, has_error, heap_of, main_finding, replacement_of, said_of, word_of
from tests.render.approval import rendered
from tests.render.staged import NO_NETWORK, OFFLINE, OK, TIMEOUT, WALL, StagedReport, placeholder, reference

URL = "https://a.example.org/"
DEAD = Reason(ReasonCode.HTTP_NOT_FOUND, "404 Not Found on GET, asked twice")
MAIL = Reason(ReasonCode.SCHEME, "`mailto:` is not checked")


def finding(rule: str, severity: Severity) -> Finding:
    return Finding(rule=rule, severity=severity, message=rule, next="Do it.")


def row(verdict: Verdict, reason: Reason, *findings: Finding, severity: Severity | None = None) -> ReferenceRow:
    return reference("1:1", URL, verdict, reason, severity=severity, findings=findings)


@pytest.mark.parametrize(
    ("judged", "heap"),
    [
        (placeholder("1:1"), Heap.DO),
        (row(Verdict.DEAD, DEAD), Heap.DO),
        (row(Verdict.DRIFTED, OK), Heap.DO),
        (row(Verdict.ALIVE, OK, finding("self-reference", Severity.ERROR)), Heap.DO),
        (row(Verdict.ALIVE, OK, finding("missing-fragment", Severity.WARNING)), Heap.DO),
        (row(Verdict.BLOCKED, WALL), Heap.DECIDE),
        (row(Verdict.UNREACHABLE, TIMEOUT), Heap.DECIDE),
        (row(Verdict.UNREACHABLE, TIMEOUT, severity=Severity.NOTE), Heap.DECIDE),
        (row(Verdict.BLOCKED, WALL, severity=Severity.ERROR), Heap.DO),
        (row(Verdict.SKIPPED, OFFLINE), Heap.WAITING),
        (row(Verdict.SKIPPED, NO_NETWORK), Heap.WAITING),
        (row(Verdict.SKIPPED, MAIL), Heap.DESIGN),
        (row(Verdict.ALIVE, OK), Heap.FINE),
        (row(Verdict.MOVED, OK), Heap.FINE),
        (row(Verdict.DEAD, DEAD, severity=Severity.NOTE), Heap.NOTED),
    ],
)
def test_every_reference_lies_on_one_heap(judged: ReferenceRow, heap: Heap) -> None:
    assert heap_of(judged) is heap


def test_an_error_is_said_before_a_warning_and_the_verdict_before_its_reasons() -> None:
    judged = row(Verdict.SOFT_404, OK, finding("homepage-redirect", Severity.ERROR))

    assert main_finding(judged) == judged.findings[0]
    assert word_of(judged) == "soft-404"
    assert has_error(judged)


def test_a_rule_is_said_where_the_verdict_would_sound_fine() -> None:
    assert word_of(row(Verdict.ALIVE, OK, finding("self-reference", Severity.ERROR))) == "self-reference"
    assert word_of(row(Verdict.ALIVE, OK, finding("other-case", Severity.NOTE))) == "alive"


def test_a_rule_that_outweighs_the_verdict_is_said() -> None:
    wrong_page = finding("self-reference", Severity.ERROR)

    assert word_of(row(Verdict.SKIPPED, OFFLINE, wrong_page)) == "self-reference"
    assert word_of(row(Verdict.UNREACHABLE, TIMEOUT, wrong_page)) == "self-reference"
    assert word_of(row(Verdict.DEAD, DEAD, wrong_page)) == "self-reference"


def test_of_a_missing_file_the_nearest_name_is_said() -> None:
    missing = Reason(ReasonCode.FILE_MISSING, "no such file")
    judged = row(Verdict.DEAD, missing, finding("missing-file", Severity.ERROR))

    assert main_finding(judged) == judged.findings[1]
    assert word_of(judged) == "dead"


def test_a_skipped_reference_is_called_by_its_reason() -> None:
    assert word_of(row(Verdict.SKIPPED, OFFLINE)) == "offline"


def test_what_the_judge_proposes_first_is_the_replacement_and_nothing_else() -> None:
    memento = Memento(archive="wayback", uri_m="https://web.archive.org/web/2017/x", datetime="2017-02-14T00:00:00Z")
    copy = Rescue(kind=RescueKind.MEMENTO, url="https://a.org/x", uri_m=memento.uri_m, confidence=0.5, message="")
    moved = Rescue(kind=RescueKind.REDIRECT, url="https://a.org/y", confidence=0.9, message="")

    assert replacement_of(replace(row(Verdict.DEAD, DEAD), rescues=(copy,))) == memento.uri_m
    assert replacement_of(replace(row(Verdict.DEAD, DEAD), rescues=(moved, copy))) == "https://a.org/y"
    assert replacement_of(replace(row(Verdict.DEAD, DEAD), mementos=(memento,))) is None


def test_a_missing_file_is_said_once_by_its_name() -> None:
    reason = Reason(ReasonCode.FILE_MISSING, "no such file")
    named = Finding(rule="missing-file", severity=Severity.ERROR, message="there is no file a.md", next="Correct it.")
    missing = reference("1:1", "a.md", Verdict.DEAD, reason, findings=(named,))

    assert [one.message for one in said_of(missing, notes=True)] == ["there is no file a.md"]
    assert len(missing.findings) == 2


def test_a_page_that_is_there_without_a_stray_character_is_not_called_never_archived() -> None:
    stray = replace(finding("stray-character", Severity.WARNING), evidence={"to": "https://a.test/x"})
    never = finding("never-archived", Severity.WARNING)

    assert [one.rule for one in said_of(row(Verdict.DEAD, DEAD, stray, never), notes=True)] == [
        "dead",
        "stray-character",
    ]
    assert [one.rule for one in said_of(row(Verdict.DEAD, DEAD, never), notes=True)] == ["dead", "never-archived"]


@pytest.mark.parametrize("unfit", [{"validated": False}, {"trust": Trust.PROOF}])
def test_no_column_and_no_robust_link_names_a_capture_that_shows_something_else(unfit: dict[str, object]) -> None:
    memento = Memento(archive="wayback", uri_m="https://a.test/web/1/x", datetime="2017-02-14T12:03:31Z")
    lost = replace(placeholder("1:1"), url="http://b.test/", mementos=(replace(memento, **unfit),))
    document = DocumentRow(path=lost.document, media_type="text/markdown")
    report = StagedReport(document_rows=(document,), reference_rows=(lost,))

    assert copy_of(lost) is None
    assert robust_link(lost) is None
    assert memento.uri_m not in rendered("csv", report)
