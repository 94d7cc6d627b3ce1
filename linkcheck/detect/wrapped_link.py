"""An address of a redirector that carries the real one is checked, and best written, without it."""

from collections.abc import Iterator

from linkcheck import uri
from linkcheck.detect.api import Detector, Mention
from linkcheck.model import Confidence, Finding, Severity

RULE = "wrapped-link"


def mention(mention: Mention) -> Iterator[Finding]:
    """Compare the address as written with the one that is checked: the plan has unwrapped it."""
    inner = mention.link
    if inner is None or inner == uri.without_fragment(mention.url or ""):
        return  # as nearly all are: nothing need be parsed
    written = uri.parse(mention.url or "")
    if written is None or written.scheme not in uri.WEB or uri.key(written.href) == inner:
        return
    yield Finding(
        rule=RULE,
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        message=f"{written.host} stands before the real address",
        next=f"Link to {inner}",
        evidence={"inner": inner, "wrapper": written.host},
    )


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.NOTE,
    about="The link goes through a redirector (google.com/url, safelinks, l.facebook.com); what it carries is checked.",
    why="Redirectors track readers, answer 200 when the page is gone, and end before it does.",
    example="https://www.google.com/url?q=https://paper.example/story: https://paper.example/story is checked.",
    mention=mention,
)
