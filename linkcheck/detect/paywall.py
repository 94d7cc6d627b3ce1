"""A page that must be paid for is there, but most readers, and this tool, see no more than its beginning."""

from collections.abc import Iterator
from typing import Any

from linkcheck.detect.api import Context, Detector, Page
from linkcheck.detect.saying import fold, said_in
from linkcheck.detect.speech import speech_of
from linkcheck.model import PAYWALL, Check, Confidence, Finding, Severity, Verdict

RULE = PAYWALL


def detect(_: Check, context: Context) -> Iterator[Finding]:
    """Believe the status, what the page says of itself (https://schema.org/isAccessibleForFree), and a short text."""
    page = context.page
    if page is None:
        return
    if page.status == 402:
        yield _finding(Confidence.HIGH, "wants to be paid for: status 402", {"status": 402})
    elif 200 <= page.status < 300 and page.is_free is False:
        shown = _words_shown(page)
        evidence = {"isAccessibleForFree": False, "words": shown}
        if shown < _TEASER:
            yield _finding(Confidence.MEDIUM, "says that it is behind a paywall (isAccessibleForFree: false)", evidence)
        else:
            yield Finding(
                rule=RULE,
                severity=Severity.NOTE,
                confidence=Confidence.LOW,
                message=f"says that some of it must be paid for, and shows {shown:,} words of its text",
                next="Look whether what you cite is among what everybody is shown.",
                evidence=evidence,
            )
    elif (
        200 <= page.status < 300
        and page.is_whole
        and page.facts.words <= _FEW_WORDS
        and speech_of(page).is_of("gates", "pay.words")
    ):
        said = next(said_in(fold(f"{page.facts.title or ''} / {page.text}"), "gates", "pay.words"), None)
        shown = _words_shown(page)
        if said and shown < _TEASER:
            message = f'says "{said}", and shows {shown} words of an article'
            yield _finding(Confidence.MEDIUM, message, {"said": said, "words": shown})


def _words_shown(page: Page) -> int:
    """Count the words of paragraphs that are longer than captions and buttons."""
    counts = (len(paragraph.split()) for paragraph in page.outline().paragraphs)
    return sum(count for count in counts if count >= _PARAGRAPH)


def _finding(confidence: Confidence, message: str, evidence: dict[str, Any]) -> Finding:
    return Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=confidence,
        message=message,
        next="Open it in a browser; whoever has no subscription needs an archived copy or another source.",
        evidence=evidence,
    )


_PARAGRAPH = 20
_FEW_WORDS = 200
"""Words of a whole page, menus included, whose text is looked at; an article that is shown has more."""
_TEASER = 100
"""Words from which on a page is more than its teaser: of 809 articles 21 call themselves not free, and show 107 to
2,355 words.
"""

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The page is shown only to those who pay; a note where much of its text is there all the same.",
    why="Many publishers call every article not free, and show all or much of it to whoever comes for the first time.",
    example='JSON-LD says "isAccessibleForFree": false, and the page has a headline and two sentences.',
    suggests=Verdict.BLOCKED,
    detect=detect,
)
