"""A fragment must name something in the page: an id, an anchor name, or a heading."""

from collections.abc import Iterator
from urllib.parse import unquote

from linkcheck import invisible
from linkcheck.detect.api import Context, Detector
from linkcheck.model import Check, Confidence, Finding, FragmentAnswer, Severity

RULE = "missing-fragment"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Look at every fragment that references ask of the link; an error page says nothing of the page that was cited."""
    if check.status is not None and not 200 <= check.status < 300:
        return
    for fragment, answer in check.fragments.items():
        found = finding(fragment, answer, is_local=context.url.startswith("file:"))
        if found:
            yield found


def finding(fragment: str, answer: FragmentAnswer, *, is_local: bool) -> Finding | None:
    """Say that a page lacks what a fragment names; only a warning for somebody else's page, since scripts add ids."""
    evidence = {"fragment": fragment, "nearest": answer.nearest}
    if answer.found is False:
        return Finding(
            rule=RULE,
            severity=Severity.ERROR if is_local else Severity.WARNING,
            confidence=Confidence.HIGH if is_local else Confidence.MEDIUM,
            message=f"the page has no #{fragment}{invisible.said(unquote(fragment))}",
            next=_next(fragment, answer.nearest),
            evidence=evidence,
        )
    if answer.found and answer.note:
        return Finding(
            rule=RULE,
            severity=Severity.NOTE,
            message=f"#{fragment}: {answer.note}",
            next=f"Change it to #{answer.nearest}." if answer.nearest else "Spell the fragment as the page does.",
            evidence=evidence,
        )
    return None


def _next(fragment: str, nearest: str | None) -> str:
    """Offer the nearest id, as a certainty only where it is the same but for case."""
    if nearest is None:
        return "Correct the fragment, or link to the page alone."
    is_same = invisible.without(unquote(fragment)).casefold() == nearest.casefold()
    return f"Change it to #{nearest}." if is_same else f"Change it to #{nearest}, if that is meant."


PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The page is there, but nothing in it has the name after the #.",
    why="The reader lands at the top of a long page and must look for what was cited.",
    example="guide.md#instal, and the heading is Install.",
    detect=detect,
)
