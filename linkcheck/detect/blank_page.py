"""A page on which nothing can be seen shows nothing of what was cited."""

import re
from collections.abc import Iterator

from linkcheck.detect.api import Context, Detector
from linkcheck.model import Check, Confidence, Finding, Severity

RULE = "blank-page"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Look for a page without words, and without anything that might be shown in their place."""
    page = context.page
    if page is None or not 200 <= page.status < 300 or not check.facts or page.facts.words or not page.is_whole:
        return
    if check.media_type not in _PAGES or page.is_script or _SHOWN.search(page.body[:_MOST].lower()):
        return
    size = len(page.body)
    yield Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message="the answer is empty" if not page.body.strip() else f"a page of {size:,} bytes that shows nothing",
        next="Look at it in a browser; if it stays empty, use an archived copy.",
        evidence={"bytes": size, "title": page.facts.title},
    )


_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "", None})
_MOST = 1 << 20
_SHOWN = re.compile(
    rb"<(?:img|picture|video|audio|iframe|frame|embed|object|applet|svg|canvas|script|input|math)[\s>/]"
)

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The answer is empty, or a page without words, pictures, frames and scripts.",
    why="A server that answers 200 with nothing has most likely lost the page; a browser shows a white window. Nothing "
    "is proven by it, so the link stays alive, and is not fine.",
    example="HTTP/1.1 200 OK with Content-Length: 0.",
    detect=detect,
)
