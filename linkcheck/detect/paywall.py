"""A page that must be paid for is there, but most readers, and this tool, see no more than its beginning."""

from collections.abc import Iterator
from typing import Any

from linkcheck.detect.api import Context, Detector
from linkcheck.model import Check, Confidence, Finding, Severity, Verdict

RULE = "paywall"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Believe the status, and what the page says of itself (https://schema.org/isAccessibleForFree)."""
    page = context.page
    if page is None:
        return
    if page.status == 402:
        yield _finding(Confidence.HIGH, "wants to be paid for: status 402", {"status": 402})
    elif 200 <= page.status < 300 and page.is_free is False:
        words = check.facts.words if check.facts else 0
        evidence = {"isAccessibleForFree": False, "words": words}
        yield _finding(Confidence.MEDIUM, "says that it is behind a paywall (isAccessibleForFree: false)", evidence)


def _finding(confidence: Confidence, message: str, evidence: dict[str, Any]) -> Finding:
    return Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=confidence,
        message=message,
        next="Open it in a browser; whoever has no subscription needs an archived copy or another source.",
        evidence=evidence,
    )


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The page is shown only to those who pay.",
    suggests=Verdict.BLOCKED,
    detect=detect,
)
