"""The original of an archived copy that is cited may answer: readers can have both."""

from linkcheck.detect.api import Detector
from linkcheck.model import Finding, Severity, Verdict

RULE = "original-alive"


def finding(original: str, verdict: Verdict | None, moved_to: str | None) -> Finding | None:
    """Say that the page that was copied is there, at its own address or where it moved to."""
    if verdict not in {Verdict.ALIVE, Verdict.MOVED}:
        return None
    return Finding(
        rule=RULE,
        severity=Severity.NOTE,
        message=f"the original of this copy answers: {moved_to or original}",
        next="Keep the copy, and name the original beside it.",
        evidence={"original": original, "verdict": verdict, "moved_to": moved_to},
    )


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.NOTE,
    about="An archived copy is cited whose original is (again) on the web.",
)
