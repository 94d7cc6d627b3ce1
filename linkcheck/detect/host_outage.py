"""Where nearly all links of a host fail at once, it is the host that is in trouble, and not each of its pages."""

from linkcheck.detect.api import Detector
from linkcheck.model import Finding, Severity

RULE = "host-outage"


def finding(host: str, *, failing: int, asked: int) -> Finding:
    """Say it of one link of that host which failed."""
    return Finding(
        rule=RULE,
        severity=Severity.NOTE,
        message=f"{failing} of {asked} links of {host} fail: the host itself is in trouble",
        next="Run again when the host is back: this says nothing of the page, and counts as no strike unless it lasts.",
        evidence={"host": host, "failing": failing, "asked": asked},
    )


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.NOTE,
    about="Nearly all links of a host fail at once: it is in trouble, and unless that lasts, no link gets a strike.",
)
