"""A domain that lapsed may come back as somebody else's site: gambling or loans where news used to be.

Words raise the suspicion where those who cite the page speak of no such thing. The capture from the time of citation
tells: another title, another text, and another language, other links or such words are another site.
"""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from msgspec import structs

from linkcheck import uri
from linkcheck.detect.api import Context, Detector, Page
from linkcheck.detect.captured import Captured, captured
from linkcheck.detect.comparison import Band, compare
from linkcheck.detect.doubt import ENDS_IT, is_doubtful, is_elsewhere, is_renamed
from linkcheck.detect.naming import is_unlike, names_of
from linkcheck.detect.registration import Registration, registered_later, surer
from linkcheck.detect.saying import fold, said_in
from linkcheck.detect.sibling import jaccard
from linkcheck.detect.speech import speech_of
from linkcheck.later import later
from linkcheck.model import Check, Confidence, Conversation, Finding, Role, Severity, Verdict
from linkcheck.slug import slugs_of

RULE = "usurped-domain"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Find what lapsed domains are bought for: an error where the page has nothing of its title or address.

    Otherwise it is a note, until an archive has been asked.
    """
    page = context.page
    if page is None or not 200 <= page.status < 300 or not check.facts or not check.facts.words:
        return
    if (found := spam_of(page)) and not _is_wanted(found[0], page, context):
        kind, words = found
        cited = _mismatch(page, context)
        but = f'and has nothing of "{cited[:_SHOWN]}"' if cited else "and those who cite it do not"
        yield Finding(
            rule=RULE,
            severity=Severity.ERROR if cited else Severity.NOTE,
            confidence=Confidence.MEDIUM if cited else Confidence.LOW,
            message=f"it speaks of {kind} ({', '.join(words[:_SAID])}), {but}",
            next="Do not send readers there; use an archived copy from the time of the citation."
            if cited
            else "Look at it: the domain may belong to somebody else now.",
            evidence={"kind": kind, "words": list(words), "cited": cited},
        )


def when(findings: Sequence[Finding], check: Check, context: Context) -> bool:
    """Ask the archive about what speaks so, and about doubtful links; and RDAP, where that may be asked."""
    if context.page is None or not 200 <= (check.status or 0) < 300:
        return False
    rules = {finding.rule for finding in findings}
    if RULE in rules:
        return context.has_archives or bool(context.rdap)
    return context.has_archives and not rules & ENDS_IT and (is_doubtful(check, context) or is_renamed(check, context))


def probe(check: Check, context: Context) -> Conversation[Sequence[Finding]]:
    """Compare the page with what stood there when it was cited; what is suspected then, RDAP may make surer."""
    found = yield from _beside_capture(check, context)
    noted = tuple(detect(check, context)) if found is None else ()
    if found == ():
        return tuple(_as_ever(one) for one in detect(check, context) if one.severity is Severity.ERROR)
    if not (found or noted):
        return ()
    later = yield from registered_later(context)
    if later is None:
        return found or ()
    return tuple(surer(one, later) for one in found or ()) or tuple(_registered(one, later) for one in noted)


def _as_ever(finding: Finding) -> Finding:
    """Make no more than a note of what its capture speaks of, too."""
    return structs.replace(
        finding,
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
        next="Look at it: its capture from the time of the citation is no other page.",
    )


def _registered(note: Finding, later: Registration) -> Finding:
    """Make more of a note: such words, on a domain that is not the one that was cited."""
    return structs.replace(
        surer(note, later),
        severity=Severity.ERROR,
        next="Do not send readers there; use an archived copy from the time of the citation.",
    )


def _beside_capture(check: Check, context: Context) -> Conversation[tuple[Finding, ...] | None]:
    """Compare; None where there is no capture, and nothing where it clears the page."""
    page = context.page
    assert page, "only a page is suspected"
    then = (yield from captured(context)) if context.has_archives else None
    if then is None:
        return None
    compared = compare(page, then.page)
    is_other_name = compared.title is None or compared.title < _OTHER_TITLE
    if compared.band not in {Band.REPLACED, Band.UNKNOWN} or not is_other_name:
        return ()
    signs = list(_signs(page, then, check, context))
    if not signs or (compared.band is Band.UNKNOWN and len(signs) < _SIGNS_WITHOUT_TEXT):
        return ()
    day = then.memento.datetime[:10]
    return (
        Finding(
            rule=RULE,
            severity=Severity.ERROR,
            confidence=Confidence.HIGH if len(signs) > 1 else Confidence.MEDIUM,
            message=f"another site than in the capture of {day}: {'; '.join(signs)}",
            next=f"Do not send readers there; cite the capture of {day}: {then.memento.uri_m}",
            evidence={"signs": signs, "title_now": page.facts.title} | compared.numbers | then.evidence,
        ),
    )


def spam_of(page: Page) -> tuple[str, tuple[str, ...]] | None:
    """Give the kind of spam that a page speaks of, and by which words; one in its title and three in all."""
    if not speech_of(page).is_of("spam"):
        return None
    title = fold(f"{page.facts.title or ''} / {' / '.join(page.headings[:2])}")
    for kind in _kinds():
        if next(said_in(title, "spam", kind), None):
            said = tuple(dict.fromkeys((*said_in(title, "spam", kind), *said_in(_beginning(page), "spam", kind))))
            if len(said) >= _FEWEST:
                return kind, said
    return None


def is_about_spam(finding: Finding) -> bool:
    """Return True if a finding of this rule says what the page speaks of, and not only that it is another one."""
    signs = finding.evidence.get("signs")
    return "kind" in finding.evidence or any(
        str(sign).startswith("it speaks of") for sign in (signs if isinstance(signs, list) else ())
    )


def _signs(page: Page, then: Captured, check: Check, context: Context) -> Iterator[str]:
    yes = spam_of(page)
    if yes and not spam_of(then.page):
        yield f"it speaks of {yes[0]} now ({', '.join(yes[1][:_SAID])})"
    before, now = _language(then.page), _language(page)
    if before and now and before != now:
        yield f"its language was {before} and is {now}"
    linked_then, linked_now = _linked(then.page, context.url), _linked(page, context.url)
    if min(len(linked_then), len(linked_now)) >= _FEWEST and not jaccard(linked_then, linked_now):
        yield "it links to none of the sites that it linked to"
    if is_elsewhere(check, context):
        yield f"it is at {uri.host_of(page.url)} now"


def _is_wanted(kind: str, page: Page, context: Context) -> bool:
    """Return True if those who cite the page speak of such things, or its address does and no title says otherwise."""
    texts = [said for one in context.citations() for said in (one.text, (one.cited.title or "") if one.cited else "")]
    if any(next(said_in(fold(text), "spam", kind), None) for text in texts):
        return True
    is_in_address = next(said_in(fold(context.url), "spam", kind), None) is not None
    return is_in_address and not any(is_unlike(text, names_of(page.facts), page.text) for text in texts)


def _mismatch(page: Page, context: Context) -> str | None:
    """Return what names the cited page, in a citation or in its address, and has nothing in common with this one."""
    names = names_of(page.facts)
    for one in context.citations():
        for said in (one.text if one.role is Role.RELATED else "", (one.cited.title or "") if one.cited else ""):
            if is_unlike(said, names, page.text):
                return said
    if not any(_LATIN.search(name) for name in names):
        return None  # slugs are in Latin letters, whatever the page is in
    slugs = (" ".join(words) for words in slugs_of(context.url))
    return next((slug for slug in slugs if is_unlike(slug, names, page.text)), None)


def _language(page: Page) -> str | None:
    return page.facts.language.partition("-")[0].partition("_")[0].lower() if page.facts.language else None


def _linked(page: Page, url: str) -> frozenset[int]:
    """Give the other hosts that a page links to, hashed."""
    own = uri.host_of(url).removeprefix("www.")
    hosts = {uri.host_of(address).removeprefix("www.") for address, _ in page.outline().links}
    return frozenset(hash(host) for host in hosts if host and not host.endswith(own) and host not in _ANYBODYS)


def _beginning(page: Page) -> str:
    return fold(page.text[:_LOOKED_AT])


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(tomllib.loads((files("linkcheck.detect") / "words" / "spam.toml").read_text(encoding="utf-8")))


_LATIN = later("[A-Za-z]{3}")
_SAID = 3
_SHOWN = 80
_FEWEST = 3
_SIGNS_WITHOUT_TEXT = 2
_OTHER_TITLE = 0.3
_LOOKED_AT = 3_000
_ANYBODYS = frozenset(
    """web.archive.org facebook.com twitter.com x.com instagram.com youtube.com linkedin.com t.me wa.me pinterest.com
    google.com fonts.googleapis.com tiktok.com whatsapp.com api.whatsapp.com""".split()
)
"""Whom every site links to."""

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.ERROR,
    about="The domain shows another site than when it was cited: another title and text, and spam, language or links.",
    suggests=Verdict.USURPED,
    why="Lapsed domains of newspapers and clubs are bought for the trust that links to them carry. Only the past "
    "can tell: the domain's own name is on the new page, too, and fools whoever looks at the page alone.",
    example='"another site than in the capture of 2017-03-01: it speaks of gambling now (slot online, jackpot)"',
    detect=detect,
    when=when,
    probe=probe,
    compares=True,
)
