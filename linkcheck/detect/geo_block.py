"""A 404 that says "not available in your country" is a wall: readers elsewhere get the page."""

from collections.abc import Iterator

from linkcheck.detect.api import Context, Detector
from linkcheck.detect.saying import fold, said_in
from linkcheck.model import Check, Confidence, Finding, Severity, Verdict

RULE = "geo-block"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Look for the words on a page that is gone: in its title and headings, or in its text if it has few words."""
    page = context.page
    if page is None or page.status not in _GONE or not check.facts:
        return
    text = page.text if check.facts.words <= _MOST_WORDS else ""
    folded = fold(" / ".join((check.title or "", *page.headings, text)))
    said = next(said_in(folded, "regions", "closed"), None)
    if said is None:
        return
    yield Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        message=f'not in this region: the page says "{said}" ({page.status})',
        next="Open it in a browser in the country of its readers: it may well be there.",
        evidence={"status": page.status, "words": said},
    )


_GONE = frozenset({404, 410})
_MOST_WORDS = 150
"""Words of a page that has no more to say than that; an error page with the menus of its site has more."""

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="A 404 or 410 whose page says that it is not available in this country or region.",
    suggests=Verdict.BLOCKED,
    why="Such a page is there for readers elsewhere, so it is never called dead.",
    example="404 with the words 'This video is not available in your country'.",
    detect=detect,
)
