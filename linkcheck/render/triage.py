"""Sorts judged references by what a person has to do about them. Pure."""

from enum import StrEnum

from linkcheck.model import (
    WRONG_PAGE,
    Finding,
    Memento,
    ReasonCode,
    ReferenceRow,
    Rescue,
    RescueKind,
    Severity,
    Trust,
    Verdict,
)


class Heap(StrEnum):
    """Every reference lies on exactly one."""

    DO = "do"
    """Has a finding of warning or above, and something can be done about it."""
    DECIDE = "decide"
    """Blocked or unreachable: a person, or another day, must tell."""
    WAITING = "waiting"
    """Wanted, but not asked: offline, no network, out of time."""
    NOTED = "noted"
    """Not fine, but the config calls it a note."""
    DESIGN = "design"
    """Nobody wanted it checked."""
    FINE = "fine"
    """Alive or moved, and no finding of warning or above."""


def heap_of(row: ReferenceRow) -> Heap:
    """Say on which heap a reference lies."""
    severity = severity_of(row)
    is_undecided = row.verdict in {Verdict.BLOCKED, Verdict.UNREACHABLE}
    if severity is Severity.ERROR or (severity is Severity.WARNING and not is_undecided):
        return Heap.DO
    if is_undecided:
        return Heap.DECIDE
    if row.verdict is Verdict.SKIPPED:
        return Heap.DESIGN if row.reason.code.is_by_design else Heap.WAITING
    return Heap.FINE if row.verdict in {Verdict.ALIVE, Verdict.MOVED} else Heap.NOTED


def severity_of(row: ReferenceRow) -> Severity | None:
    """Give the worst severity of a reference's findings; None where it has none."""
    return max((finding.severity for finding in row.findings), key=lambda severity: severity.rank, default=None)


def said_of(row: ReferenceRow, *, notes: bool) -> list[Finding]:
    """Give the findings that are printed, the weightiest first; what another says as well, or better, is left out."""
    is_wrong_page = any(one.rule == WRONG_PAGE for one in row.findings)  # what became of that page does not matter
    is_misspelt = any(one.meant for one in row.findings)  # no archive was asked for the page that is meant
    is_named = row.reason.code is ReasonCode.FILE_MISSING and any(one.rule == MISSING_FILE for one in row.findings)
    said = [
        finding
        for finding in row.findings
        if (notes or finding.severity is not Severity.NOTE)
        and (finding.rule == row.verdict or finding.message != row.reason.text)
        and not (is_named and finding.rule == row.verdict)
        and not (is_misspelt and finding.rule == NEVER_ARCHIVED)
        and not (is_wrong_page and finding.rule in {row.verdict, NEVER_ARCHIVED})
    ]
    return sorted(said, key=lambda finding: finding.rule != WRONG_PAGE)


def has_error(row: ReferenceRow) -> bool:
    """Tell whether something is wrong for certain."""
    return severity_of(row) is Severity.ERROR


def main_finding(row: ReferenceRow) -> Finding | None:
    """Give the finding that says most: the worst, and of equals the verdict's own, unless another knows more."""

    def weight(finding: Finding) -> tuple[int, bool, bool]:
        details = finding.rule == MISSING_FILE and row.reason.code is ReasonCode.FILE_MISSING
        return finding.severity.rank, details or finding.rule == WRONG_PAGE, finding.rule == row.verdict

    return max(row.findings, key=weight, default=None)


def word_of(row: ReferenceRow) -> str:
    """Give the one word to print: the verdict, or the rule that outweighs it, or why it was skipped."""
    finding = main_finding(row)
    if finding and finding.rule == WRONG_PAGE:
        return finding.rule
    own = next((one.severity.rank for one in row.findings if one.rule == row.verdict), Severity.NOTE.rank)
    if finding and finding.severity.rank > own:
        return finding.rule
    return row.reason.code.value if row.verdict is Verdict.SKIPPED else row.verdict.value


def replacement_of(row: ReferenceRow) -> str | None:
    """Give the best proposed replacement; the judge has decided what may stand in the link's place.

    A recovered target that is not sure is a candidate, and no replacement; one that is gone, too, is neither.
    """
    if not row.rescues:
        return None
    best = row.rescues[0]
    if best.kind is RescueKind.RECOVERED and (best.confidence < SURE or best.is_gone):
        return None
    return best.uri_m or best.url


def copy_of(row: ReferenceRow) -> Memento | None:
    """Give the best capture: one that readers can open, and that nobody has found to show something else."""
    return next((one for one in row.mementos if one.validated is not False and one.trust is not Trust.PROOF), None)


def candidates_of(row: ReferenceRow) -> tuple[Rescue, ...]:
    """Give the targets that a person must choose from; none where one is sure, or none was found."""
    if replacement_of(row) or (row.rescues and row.rescues[0].confidence >= SURE):
        return ()
    return tuple(rescue for rescue in row.rescues if rescue.kind is RescueKind.RECOVERED)


SURE = 0.9
"""The confidence from which on a recovered target is a replacement rather than a candidate."""
NEVER_ARCHIVED = "never-archived"
MISSING_FILE = "missing-file"
"""The rule that names the file, where the verdict only says that there is none."""
