"""A site that answers 404 to programs and shows the page to browsers: the page is there."""

from collections.abc import Iterator

from linkcheck.detect.api import Context, Detector
from linkcheck.model import Check, Confidence, Finding, Severity

RULE = "not-for-programs"


def detect(check: Check, _: Context) -> Iterator[Finding]:
    """Note a page that only the headers of a browser have got."""
    if check.to_programs is None:
        return
    yield Finding(
        rule=RULE,
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        message=f"answers {check.to_programs} to programs, and {check.status} to the headers of a browser",
        next="Keep the link: readers get the page.",
        evidence={"programs": check.to_programs, "browser": check.status},
    )


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.NOTE,
    about="The site answers 404 or 410 to programs, and shows the page to the headers of a browser.",
    why="Before a page is called dead it is asked for once more as a browser asks; what comes then is judged.",
    example="https://shop.example/item answers 404 to every checker, and 200 to Firefox.",
    detect=detect,
)
