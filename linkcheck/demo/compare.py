"""Tells whether a run has judged a world as it was staged."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from linkcheck.demo.table import Truth
from linkcheck.model import ReferenceRow, Report, Rescue, RescueKind


def differences(report: Report, truths: Sequence[Truth]) -> tuple[str, ...]:
    """Give a sentence for everything that was judged otherwise than staged; none where all is as it should be."""
    return tuple(
        sentence
        for row, truth in zip_longest(report.references(), truths)
        for sentence in (_of(row, truth) if row and truth else (_only(row, truth),))
    )


def _of(row: ReferenceRow, truth: Truth) -> Iterator[str]:
    expected = (
        ("text", truth.text, row.text or row.raw),
        ("verdict", truth.verdict.value, row.verdict.value),
        ("findings", _listed(truth.rules), _listed([one.rule for one in row.findings if one.rule != row.verdict])),
        ("capture", truth.memento or "none", _first_memento(row) or "none"),
        ("recovered", truth.was or "nothing", _recovered(row) or "nothing"),
        ("capture of what it was", truth.was_capture or "none", _capture_of_recovered(row) or "none"),
        ("candidates", _listed(truth.candidates), _listed([one.url for one in row.rescues if _is_in_doubt(one)])),
    )
    for what, staged, said in expected:
        if staged != said:
            yield f'line {row.line}, "{truth.text}" ({truth.about}): {what} should be {staged}, and is {said}'


def _only(row: ReferenceRow | None, truth: Truth | None) -> str:
    if row:
        return f'line {row.line}, "{row.text or row.raw}": was not staged'
    return f'"{truth.text}" ({truth.about}): was not found in the article' if truth else ""


def _listed(rules: Sequence[str]) -> str:
    return ", ".join(sorted(rules)) or "none"


def _recovered(row: ReferenceRow) -> str | None:
    return next((one.url for one in row.rescues if one.kind is RescueKind.RECOVERED and not _is_in_doubt(one)), None)


def _capture_of_recovered(row: ReferenceRow) -> str | None:
    found = next((one.uri_m for one in row.rescues if one.kind is RescueKind.RECOVERED and one.uri_m), None)
    return "".join(filter(str.isdigit, found.partition("/web/")[2][:14])) if found else None


def _is_in_doubt(rescue: Rescue) -> bool:
    return rescue.kind is RescueKind.RECOVERED and rescue.confidence < _SURE


def _first_memento(row: ReferenceRow) -> str | None:
    """Give its instant in the 14 digits of the table."""
    return "".join(filter(str.isdigit, row.mementos[0].datetime)) if row.mementos else None


_SURE = 0.9
"""The confidence from which on a recovered target may be put in place without a person."""
