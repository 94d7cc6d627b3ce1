"""An expired certificate is a fault of the site and no proof that the page is gone."""

from collections.abc import Iterator

from linkcheck.detect.api import Context, Detector
from linkcheck.model import Check, Confidence, FailureKind, Finding, Severity

RULE = "expired-certificate"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Name the failure; the verdict stays `unreachable`."""
    if check.failure and check.failure.kind is FailureKind.TLS_EXPIRED:
        yield Finding(
            rule=RULE,
            severity=Severity.WARNING,
            confidence=Confidence.HIGH,
            message=check.failure.message,
            next="Tell the site, and run again in some days: the page is most likely there.",
            evidence={"url": check.final_url or context.url},
        )


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The site's certificate has expired: browsers warn of it, and nothing is known of the page.",
    why="Certificates lapse by oversight and are mostly renewed within days; such a link is never called dead.",
    example="The certificate of https://club.example ended on 2026-11-01.",
    detect=detect,
)
