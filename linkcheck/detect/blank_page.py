"""A page on which nothing can be seen shows nothing of what was cited."""

import re
from collections.abc import Iterator

from linkcheck.detect.api import Context, Detector, Page
from linkcheck.model import Check, Confidence, Finding, Severity

RULE = "blank-page"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Look for a page without words, and without anything that might be shown in their place."""
    page = context.page
    if page is None or page.status not in _WITH_CONTENT or not check.facts or page.facts.words or not page.is_whole:
        return
    if check.media_type not in _PAGES or page.is_script or _SHOWN.search(page.body[:_MOST].lower()):
        return
    size = len(page.body)
    if page.body.strip() and not _is_markup(check, page):
        return  # what it holds was not read as text, or is text that shows nothing
    yield Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        message="the answer is empty" if not page.body.strip() else f"a page of {size:,} bytes that shows nothing",
        next="Look at it in a browser; if it stays empty, use an archived copy.",
        evidence={"bytes": size, "title": page.facts.title},
    )


def _is_markup(check: Check, page: Page) -> bool:
    """Tell HTML, declared or, where nothing is declared, by how it begins."""
    return check.media_type in _HTML or (not check.media_type and page.body[:_SNIFFED].lstrip().startswith(b"<"))


_WITH_CONTENT = frozenset({200, 203})
"""204 and 205 say themselves that nothing follows (RFC 9110)."""
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_PAGES = frozenset({*_HTML, "text/plain", "", None})
_MOST = 1 << 20
_SNIFFED = 512
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
