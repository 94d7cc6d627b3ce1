"""Parameters that only tell a site where a reader came from do not belong into a citation."""

from collections.abc import Iterator

from linkcheck.detect.api import Detector, Mention
from linkcheck.detect.tracking import tracked_by, without_tracking
from linkcheck.model import Confidence, Finding, Severity

RULE = "tracking-parameters"


def mention(mention: Mention) -> Iterator[Finding]:
    """Name them, and give the address without them."""
    if not mention.url or "?" not in mention.url or not (names := tracked_by(mention.url)):
        return
    clean = without_tracking(mention.url)
    yield Finding(
        rule=RULE,
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        message=f"the address tells the site where a reader came from ({', '.join(dict.fromkeys(names))})"[:_LONGEST],
        next=f"Link to {clean}",
        evidence={"parameters": list(names), "without": clean},
    )


_LONGEST = 200

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.NOTE,
    about="The address has parameters that only track readers (utm_source, fbclid ...).",
    why="They make one page look like many, say something untrue of every later reader, and hide captures in archives.",
    example="https://paper.example/story?utm_source=newsletter: link to https://paper.example/story",
    mention=mention,
)
