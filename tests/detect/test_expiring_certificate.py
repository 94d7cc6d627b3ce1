"""A certificate is worth a word in its last week."""

import pytest
from msgspec import structs

from linkcheck.detect.expiring_certificate import detect
from linkcheck.model import PageFacts, Severity
from tests.detect.answers import seen


@pytest.mark.parametrize(
    ("end", "days"),
    [
        ("2026-11-26T15:00:00Z", 2),
        ("2026-11-24T15:00:00Z", 0),
        ("2026-12-01T14:00:00Z", 6),
        ("2026-12-02T14:03:00Z", None),
        ("2026-11-23T00:00:00Z", None),
        (None, None),
    ],
)
def test_only_the_last_week_is_told(end: str | None, days: int | None) -> None:
    check, context = seen()  # on 2026-11-24 at 14:02
    found = list(detect(structs.replace(check, facts=PageFacts(certificate_end=end)), context))

    assert [one.evidence["days"] for one in found] == ([] if days is None else [days])
    assert all(one.severity is Severity.NOTE for one in found)
