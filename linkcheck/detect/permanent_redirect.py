"""A permanent redirect is no reason to change a link that is made for it, or whose target is another page."""

import re
from collections.abc import Iterator, Sequence

from linkcheck import uri
from linkcheck.detect.api import Context, Detector
from linkcheck.detect.same_page import Sameness, sameness
from linkcheck.detect.sibling import sibling_of
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

RULE = "permanent-redirect"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Recognise addresses that are made to be redirected, and targets that nobody should cite."""
    target = _target(check)
    if target and (why := _kept(context.url, target)):
        yield _finding(f"redirects permanently to {target}, but {why}: keep the link", target, why, Confidence.HIGH)


def when(findings: Sequence[Finding], check: Check, context: Context) -> bool:
    """Ask only where nothing of the address, and nothing in the titles, has come through."""
    target = _target(check)
    if target is None or context.page is None or any(finding.rule in _ENDS_IT for finding in findings):
        return False
    return _sameness(check, context, target) is Sameness.LOST


def probe(check: Check, context: Context) -> Conversation[Sequence[Finding]]:
    """Ask where an address leads that cannot exist: a site that says 404 there redirects with care."""
    target = _target(check)
    assert target, "there is a target when it is doubted"
    sibling = sibling_of(context.url, context.seed)
    answer: Response | Failure | None = (yield from ask(Once(Request(sibling)))) if sibling else None
    match answer:
        case Response(status=status) if status >= 400:
            return ()
        case _:
            why = "nothing of the address or of the title shows that it is the same page"
            message = f"redirects permanently to {target}, but {why}"
            return (_finding(message, target, why, Confidence.MEDIUM),)


def _finding(message: str, target: str, why: str, confidence: Confidence) -> Finding:
    return Finding(
        rule=RULE,
        severity=Severity.NOTE,
        confidence=confidence,
        message=message,
        next="Keep the link as it is."
        if confidence is Confidence.HIGH
        else "Open it, and update the link only if it shows what was cited.",
        evidence={"to": target, "why": why},
    )


def _target(check: Check) -> str | None:
    """Give where the permanent redirects lead that stand before any temporary one."""
    target = None
    for hop, following in zip(check.hops, check.hops[1:], strict=False):
        if hop.status not in {301, 308}:
            break
        target = following.url
    return target if check.status is not None and 200 <= check.status < 300 else None


def _sameness(check: Check, context: Context, target: str) -> Sameness:
    facts = context.page.facts if context.page else None
    titles = (facts.title, facts.h1, facts.og_title) if facts else ()
    return sameness(context.url, target if len(check.hops) == 2 else check.final_url or target, titles)


def _kept(url: str, target: str) -> str | None:
    """Say why a link is to stay as it is."""
    start, end = uri.parse(url), uri.parse(target)
    if start is None or end is None:
        return None
    if uri.is_within(start.host, _PERSISTENT) or (_PERSISTENT_PATH.match(start.path) and start.path != end.path):
        return f"{start.host} gives persistent identifiers"
    if _ENTRY.search(start.path) and start.path != end.path and not _ENTRY.search(end.path):
        return "its address is an entry point that always leads to the newest"
    if not start.path.strip("/") and _LANGUAGE.fullmatch(end.path):
        return "it leads to the entry of one language"
    if _SESSION.search(f"?{end.query}") or _SESSION_PATH.search(end.path):
        return "the target is of one visit alone"
    if _CONSENT.search(f"{end.host}{end.path}".lower()):
        return "the target asks for consent"
    return None


_ENDS_IT = frozenset(
    {RULE, "homepage-redirect", "error-page-redirect", "parked-domain", "login-wall", "bot-wall", "gate"}
)
_PERSISTENT = frozenset(
    """doi.org handle.net purl.org purl.oclc.org purl.net w3id.org n2t.net identifiers.org nbn-resolving.org
    nbn-resolving.de resolver.kb.nl urn.fi orcid.org ror.org isni.org viaf.org d-nb.info id.loc.gov lccn.loc.gov
    data.bnf.fr ark.bnf.fr perma.cc aka.ms go.microsoft.com youtu.be""".split()
)
"""Resolvers of identifiers, whose targets change while they do not, and short addresses that are kept on purpose."""
_PERSISTENT_PATH = re.compile(r"/(?:ark:/?\d{5}|hdl/|doi/10\.\d|purl/|permalink/|handle/\d|urn:)", re.IGNORECASE)
_ENTRY = re.compile(
    r"/(?:latest|stable|current|newest|main|master|trunk|release|releases/latest|lts|nightly|devel|head)(?:/|\Z)"
)
_LANGUAGE = re.compile(r"/[a-z]{2}(?:[-_][A-Za-z]{2,4})?(?:/(?:index\.html?|home)?)?")
_SESSION = re.compile(
    r"[?&](?:sid|session(?:id)?|phpsessid|jsessionid|aspsessionid\w*|token|nonce|auth|ticket|cookietest|cookieset|s?state)=",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(r";jsessionid=|/\(S\([a-z0-9]{20,}\)\)", re.IGNORECASE)
_CONSENT = re.compile(r"\bconsent\.|/consent\b|cookie-?wall|/gdpr\b|/privacy-?gate|cookie-?consent|/cookies?absent\b")

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.NOTE,
    about="A link is redirected for good, and still is not to be changed: a DOI, `latest`, a consent or other page.",
    suggests=Verdict.ALIVE,
    why="`moved` suggests the new address only where it is the same page. Persistent identifiers and entry points are "
    "made to be redirected, and targets of one session help nobody else.",
    example="https://doi.org/10.1371/journal.pone.0167475 redirects to the publisher: keep the DOI.",
    detect=detect,
    when=when,
    probe=probe,
)
