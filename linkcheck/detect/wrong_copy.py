"""An archived copy that is cited must show what it is a copy of, and no error page, wall or parked domain."""

from collections.abc import Sequence

from linkcheck.detect.api import Detector
from linkcheck.model import Finding, Lookup, Memento, Severity

RULE = "wrong-copy"


def finding(timestamp: str, lookups: Sequence[Lookup]) -> Finding | None:
    """Say that the copy of an instant (ISO 8601) was looked at and shows something else; and name a better one."""
    mementos = [memento for one in lookups for memento in one.mementos]
    cited = next((one for one in mementos if one.datetime == timestamp), None)
    if cited is None or cited.validated is not False:
        return None
    better = next((one for one in mementos if one.validated), None)
    return Finding(
        rule=RULE,
        severity=Severity.WARNING,
        message=f"the archived copy {cited.note}",
        next=_next(better),
        evidence={"copy": cited.uri_m, "better": better.uri_m if better else None},
    )


def _next(better: Memento | None) -> str:
    if better is None:
        return "Look at the copy, and cite another one or another source."
    return f"Replace it with the capture of {better.datetime[:10]}, which shows it: {better.uri_m}"


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The archived copy that is cited shows an error page, a wall, or another page than its original.",
)
