"""A page that a script builds, or that a platform shows to its own visitors, cannot be judged by what came.

Such a link is counted as alive, since it answered, and the report says that nobody has looked at its content.
"""

from collections.abc import Iterator

from linkcheck.detect.api import Context, Detector
from linkcheck.detect.platforms import platform_of
from linkcheck.model import Check, Confidence, Finding, Severity

RULE = "content-not-judged"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Name the shell of a script, and the platforms that cannot be asked."""
    page = context.page
    if page is None or not 200 <= (check.status or 0) < 300:
        return
    platform = platform_of(page.url) or platform_of(context.url)
    if platform and not platform.oembed:
        yield _finding(f"{platform.name} shows its pages to browsers and members alone", platform=platform.name)
    elif not platform and page.is_script:
        words = page.facts.words
        yield _finding(f"a script builds the page; without it there are {words} words", words=words)


def unheard(name: str, why: str) -> Finding:
    """Say that a platform that could tell has not told."""
    return _finding(f"{name} could not be asked whether it is there ({why})", platform=name)


def _finding(message: str, **evidence: str | int) -> Finding:
    return Finding(
        rule=RULE,
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
        message=f"it answers, but its content was not judged: {message}",
        next="Look at it in a browser, if it matters what is shown.",
        evidence=dict(evidence),
    )


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.NOTE,
    about="The link answers, but what it shows cannot be read without a browser or an account.",
    why="Calling such a link alive would promise what nobody has seen; calling it dead would cry wolf.",
    example="A page that is `<div id=root></div>` and a script, for real addresses and for invented ones.",
    detect=detect,
)
