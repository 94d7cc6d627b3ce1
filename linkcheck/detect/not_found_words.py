"""A page that speaks as error pages do is suspected, and its site is asked what it shows for what cannot exist."""

from collections.abc import Iterator

from linkcheck.detect.api import Context, Detector
from linkcheck.detect.not_found import Kind, suspicion
from linkcheck.model import Check, Confidence, Finding, Severity

RULE = "not-found-words"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Weigh title, headings, text and length."""
    page = context.page
    if page is None or not 200 <= page.status < 300 or not check.facts:
        return
    found = suspicion(page)
    if found.kind is Kind.LOST and found.is_raised:
        yield Finding(
            rule=RULE,
            severity=Severity.NOTE,
            confidence=Confidence.MEDIUM if found.is_plain else Confidence.LOW,
            message=f"it answers {page.status}, but {', '.join(found.signs)}",
            next="Look at the page: it may say that what was cited is gone.",
            evidence={"score": round(found.score, 1), "is_plain": found.is_plain, "signs": list(found.signs)},
        )


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.NOTE,
    about="A page that was answered with 2xx speaks as error pages do: a suspicion, and no more.",
    why="Words alone have fooled every tool that trusted them: a page about the error 404 uses the same ones. So they "
    "only raise a suspicion, for which the site is asked, once a directory, what it shows for nothing (soft-404).",
    example='An article headed "How we got rid of 404 errors" gets this note at most; the site says 404 where it must.',
    detect=detect,
)
