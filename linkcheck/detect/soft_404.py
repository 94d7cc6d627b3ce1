"""A page that a site shows for every address that it does not have stands in for the one that was cited.

Words raise the suspicion (`not-found-words`), a redirect that has lost everything of the address, or a page that has
nothing of the title by which it is cited; then the site is asked, once a directory, for a page that cannot exist. A
hard error there means that the site is honest; the same page there means that this one is no page. Without an answer
only a page that plainly says so is called one.
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from linkcheck import uri
from linkcheck.detect.api import Context, Detector, Page
from linkcheck.detect.naming import is_unlike, names_of
from linkcheck.detect.not_found import Kind, Suspicion, suspicion
from linkcheck.detect.same_page import is_lost_on_the_way
from linkcheck.detect.saying import fold, not_found
from linkcheck.detect.sibling import SAME, likeness, sibling_of, words_without_address
from linkcheck.model import (
    Check,
    Confidence,
    Conversation,
    Failure,
    Finding,
    Once,
    Request,
    Response,
    Severity,
    Verdict,
    ask,
)
from linkcheck.words import count

RULE = "soft-404"


def when(findings: Sequence[Finding], check: Check, context: Context) -> bool:
    """Return True if its words, redirect or name raise a suspicion; a wall or another certain answer ends it."""
    if context.page is None or check.status is None or not 200 <= check.status < 300:
        return False
    rules = {finding.rule for finding in findings}
    if rules & _ENDS_IT:
        return False
    if rules & _RAISES_IT or is_lost_on_the_way(check, context):
        return True
    return not rules & _EXPLAINS_IT and _misnamed(context.page, context) is not None


def probe(_: Check, context: Context) -> Conversation[Sequence[Finding]]:
    """Ask for a sibling that cannot exist, and compare."""
    page = context.page
    assert page, "there is a page when it is suspected"
    own = suspicion(page)
    if own.kind is not Kind.LOST:
        own = Suspicion()
    sibling = sibling_of(context.url, context.seed)
    answer = (yield from ask(Once(Request(sibling)))) if sibling else None
    return tuple(_compared(page, own, context, answer, sibling))


def _compared(
    page: Page, own: Suspicion, context: Context, answer: Response | Failure | None, sibling: str | None
) -> list[Finding]:
    evidence: dict[str, object] = {"sibling": sibling, "signs": list(own.signs), "score": round(own.score, 1)}
    match answer:
        case Response(status=status) if 200 <= status < 300 and context.page_of:
            other = context.page_of(answer)
            evidence |= {"sibling_status": status, "sibling_url": answer.url}
            return _beside(page, own, context, other, evidence)
        case Response(status=status) if status in _HONEST:
            evidence |= {"sibling_status": status}
            is_very_plain = own.score >= _VERY_PLAIN or own.words <= (_FEW if own.score >= _HEADED else _HARDLY_A_WORD)
            if own.is_plain and is_very_plain and not _is_wanted(context):
                why = f"{_said(own)}; the site itself answers {status} elsewhere, so it may mean this page alone"
                return [_finding(Confidence.MEDIUM, why, evidence)]
            return []
        case _:
            why = f"the site shows no page for comparison ({_why(answer)})" if sibling else "it is the site's root"
            evidence |= {"not_compared": why}
            return [_finding(Confidence.MEDIUM, f"{_said(own)}", evidence)] if own.is_plain else []


def _beside(page: Page, own: Suspicion, context: Context, other: Page, evidence: dict[str, object]) -> list[Finding]:
    """Compare the page with the one that the site shows for nothing."""
    is_cleared = _is_own_canonical(page, context.url) and not _is_own_canonical(other, other.url)
    alike = likeness(words_without_address(page.text, page.url), words_without_address(other.text, other.url))
    evidence |= {"likeness": round(alike, 2)}
    has_same_end = uri.key(other.url) == uri.key(page.url)
    if page.is_script and other.is_script and not own.is_raised:
        return []
    if (has_same_end or (alike >= SAME and not _has_content_of_its_own(page, other))) and not is_cleared:
        same = f"leads to the same page, {page.url}," if has_same_end else f"shows the same page ({alike:.0%} alike)"
        why = f"the site {same} for an address beside it that cannot exist"
        cited = None if own.signs or has_same_end else _misnamed(page, context)
        said = f"; {_said(own)}" if own.signs else f'; it has nothing of "{cited[:_SHOWN]}"' if cited else ""
        return [_finding(Confidence.MEDIUM if cited else Confidence.HIGH, f"{why}{said}", evidence)]
    theirs = suspicion(other)
    is_like_theirs = own.is_raised and alike >= _LIKE and theirs.is_plain and theirs.kind is Kind.LOST
    if (own.is_plain and (alike >= _LIKE or not _is_wanted(context))) or is_like_theirs:
        words = "; so does what the site shows for an address that cannot exist" if theirs.is_raised else ""
        is_sure = own.is_plain and theirs.is_raised
        return [_finding(Confidence.HIGH if is_sure else Confidence.MEDIUM, f"{_said(own)}{words}", evidence)]
    return []


def _misnamed(page: Page, context: Context) -> str | None:
    """Return the first title-like text that cites the page and of which the page has nothing."""
    if page.is_script or not _names_a_page(context.url):
        return None
    names = names_of(page.facts)
    for one in context.citations():
        for said in (one.text, (one.cited.title or "") if one.cited else ""):
            if is_unlike(said, names, page.text):
                return said
    return None


def _names_a_page(url: str) -> bool:
    """Return True if an address leads deeper than to a site's front page, in any language, or a section."""
    parts = uri.parse(url)
    steps = [step for step in parts.path.split("/") if step] if parts else []
    return (
        len(steps) > 1 or any(_SLUG.search(step) or len(step) >= _LONG for step in steps) or bool(parts and parts.query)
    )


def _has_content_of_its_own(page: Page, other: Page) -> bool:
    """Return True if the page has text that the other lacks: what surrounds it on both can be most of their words."""
    theirs = set(other.outline().paragraphs)
    return sum(count(one) for one in page.outline().paragraphs if one not in theirs) >= _CONTENT


def _is_wanted(context: Context) -> bool:
    """Tell a link that asks for a page about errors: its address or those who cite it say so."""
    address = uri.parse(context.url)
    said = [unquote(address.path if address else ""), *(one.text for one in context.citations())]
    return any(_ABOUT.search(folded) or not_found(folded) for folded in map(fold, said))


def _is_own_canonical(page: Page, url: str) -> bool:
    """Tell a page that calls this very address its own: a site that makes such pages of nothing is rare."""
    return bool(page.facts.canonical) and uri.key(page.facts.canonical or "") == uri.key(url)


def _said(own: Suspicion) -> str:
    return f"it answers 2xx, but {', '.join(own.signs)}" if own.signs else "it answers 2xx"


def _why(answer: Response | Failure | None) -> str:
    match answer:
        case Response(status=status):
            return f"status {status}"
        case Failure(message=message):
            return message
        case None:
            return "not asked"


def _finding(confidence: Confidence, message: str, evidence: dict[str, object]) -> Finding:
    return Finding(
        rule=RULE,
        severity=Severity.ERROR,
        confidence=confidence,
        message=message,
        next="Use an archived copy, or find the page on the site.",
        evidence=evidence,
    )


_RAISES_IT = frozenset({"not-found-words", "canonical-home"})
_ENDS_IT = frozenset({"bot-wall", "login-wall", "gate", "homepage-redirect", "error-page-redirect", "parked-domain"})
"""Rules whose findings say already what the page is."""
_EXPLAINS_IT = frozenset({"refusal-page", "trouble-page", "paywall", "blank-page", "content-not-judged", "geo-block"})
"""Rules whose findings say why the page is not called what it is cited as."""
_ABOUT = re.compile(r" 4(?:04|10) ")
_HONEST = frozenset({400, 404, 410, 414, 422, 500})
_VERY_PLAIN = 4.0
_HEADED = 3.0
"""What a page weighs whose title or heading says it."""
_FEW, _HARDLY_A_WORD = 60, 30
"""Words of the main content."""
_SLUG = re.compile(r"\d|[^-_.]{3}[-_.][^-_.]{3}")
_LONG = 12
"""Characters of the only step of a path."""
_CONTENT = 60
"""Words of paragraphs: error pages that repeat what was asked, or show another story each time, differ in fewer."""
_SHOWN = 80
_LIKE = 0.5
"""What a site shows for nothing, and a page that merely sounds like it, must have in common: more than their frame."""

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.ERROR,
    about="It answers 2xx, but with the page that the site shows for everything it does not have.",
    suggests=Verdict.SOFT_404,
    why="Of all dead links, 29 % answered 200 (Bar-Yossef 2004). The proof is a page that cannot exist: what the site "
    "shows there is compared with what was cited. A site's root is never compared, and a page that names its own "
    "address as canonical is cleared.",
    example='https://shop.example/p/1 says "Sorry, page not found" with status 200, and so does /p/kqzvhw.',
    when=when,
    probe=probe,
)
