"""A temporary redirect is for the site to know: the link stays as it is."""

from collections.abc import Iterator

from linkcheck import uri
from linkcheck.detect.api import Context, Detector
from linkcheck.model import Check, Confidence, Finding, Severity, Verdict

RULE = "temporary-redirect"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Note a way whose first step is temporary and that ends at another page."""
    status, end = next((hop.status for hop in check.hops[:-1]), None), check.final_url
    if (
        status not in _TEMPORARY
        or end is None
        or not 200 <= (check.status or 0) < 300
        or uri.key(end) == uri.key(context.url)
    ):
        return
    yield Finding(
        rule=RULE,
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        message=f"redirects temporarily ({status}) to {end}",
        next="Keep the link: the site says that it will be used again.",
        evidence={"to": end, "status": status, "hops": len(check.hops) - 1},
    )


_TEMPORARY = frozenset({302, 303, 307})

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.NOTE,
    about="The link is redirected, but not for good (302, 303, 307).",
    suggests=Verdict.ALIVE,
    why="RFC 9110 15.4.3 keeps the original address for later use, so nothing is to be changed.",
    example="https://paper.example/today redirects with 302 to the story of the day.",
    detect=detect,
)
