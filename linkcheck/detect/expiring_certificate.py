"""A certificate that is about to end will lock readers out unless somebody renews it."""

from collections.abc import Iterator
from datetime import datetime

from linkcheck import uri
from linkcheck.detect.api import Context, Detector
from linkcheck.model import Check, Confidence, Finding, Severity

RULE = "expiring-certificate"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Compare the end of the certificate with the day of the check."""
    end = check.facts.certificate_end if check.facts else None
    if end is None:
        return
    days = (datetime.fromisoformat(end) - datetime.fromisoformat(check.at)).days
    if 0 <= days < _SOON:
        host = uri.host_of(check.final_url or context.url)
        yield Finding(
            rule=RULE,
            severity=Severity.NOTE,
            confidence=Confidence.HIGH,
            message=f"the certificate of {host} ends on {end[:10]}, in {days} {'day' if days == 1 else 'days'}",
            next="Tell the site, if it is yours; most renew in the last days.",
            evidence={"ends": end, "days": days},
        )


_SOON = 7
"""Days. Certificates of 90 days are renewed a month before; those of 6 days live shorter, and renew daily."""

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.NOTE,
    about="The site's certificate ends within a week.",
    why="Browsers refuse a site whose certificate has ended, and the link is then unreachable for most readers.",
    example="The certificate of https://club.example ends on 2026-11-26, in 2 days.",
    detect=detect,
)
