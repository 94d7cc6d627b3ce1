"""Counting by reference."""

from linkcheck.model import Finding, Reason, ReasonCode, Severity, Verdict
from linkcheck.render.tally import only_document, tally
from linkcheck.render.triage import Heap
from tests.render.staged import StagedReport, clean, empty, mistaken, reference, repository, rescued


def test_a_reference_with_two_errors_counts_once() -> None:
    missing = Finding(rule="missing-file", severity=Severity.ERROR, message="no such file", next="Write b.md.")
    reason = Reason(ReasonCode.FILE_MISSING, "no such file")
    row = reference("1:1", "a.md", Verdict.DEAD, reason, findings=(missing,))

    counted = tally(StagedReport(reference_rows=(row,)))

    assert counted.errors == 1
    assert counted.problems == {"missing-file": 1}


def test_the_heaps_hold_every_reference() -> None:
    for report in (clean(), mistaken(), rescued(), repository(), empty()):
        assert tally(report).heaps.total() == report.summary.references


def test_replacements_are_told_from_what_needs_a_person() -> None:
    counted = tally(rescued())

    assert (counted.replacements, counted.need_a_person) == (2, 3)
    assert counted.not_asked == ("the archive budget ended",)


def test_the_stated_original_is_found() -> None:
    original = tally(mistaken()).original

    assert original is not None
    assert original.line == 45


def test_common_schemes_are_counted_by_name() -> None:
    reason = Reason(ReasonCode.SCHEME, "not checked")
    raws = ("mailto:a@example.org", "tel:1", "mailto:b@example.org", "x-unknown:1")
    rows = tuple(reference("1:1", raw, Verdict.SKIPPED, reason) for raw in raws)

    counted = tally(StagedReport(reference_rows=rows))

    assert counted.by_design == {"mailto": 2, "tel": 1, "scheme": 1}
    assert counted.heaps[Heap.DESIGN] == 4


def test_one_document_is_told_from_none_and_many() -> None:
    assert only_document(StagedReport()) is None
    assert only_document(repository()) is None
    assert only_document(empty()) == empty().document_rows[0]
