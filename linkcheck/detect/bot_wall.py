"""A wall that lets people pass and no programs is no page: nothing is known of what lies behind it.

Walls answer with any status, 200 and 404 among them. What proves one are headers and markup that only its vendor's
challenges have; all other signs are weighed, and none of them counts on a page with as many words as an article.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linkcheck.detect.api import Context, Detector, Page
from linkcheck.detect.marks import Marks, Words
from linkcheck.model import Check, Confidence, Finding, Severity, Verdict

RULE = "bot-wall"


class Sign(NamedTuple):
    """One thing that speaks for a wall."""

    weight: int
    shown: str
    """As evidence: which header, which words."""
    vendor: str = ""


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Weigh all signs of a wall that the answer has."""
    page = context.page
    if page is None:
        return
    signs = [*_of_status(page), *_of_headers(page)]
    if check.facts and check.facts.words <= _MOST_WORDS:
        signs += _of_content(page, check.title or "")
    weight = sum(sign.weight for sign in signs)
    if weight < _LIKELY:
        return
    is_sure = weight >= _PROOF
    vendor = next((sign.vendor for sign in signs if sign.vendor), "")
    evidence = [sign.shown for sign in sorted(signs, key=lambda sign: -sign.weight)]
    yield Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH if is_sure else Confidence.MEDIUM,
        message=f"{'' if is_sure else 'most likely '}a wall against programs"
        f"{f' ({vendor})' if vendor else ''}: {', '.join(evidence[:_SAID])}",
        next="Open it in a browser: a wall keeps programs out, not people.",
        evidence={"status": page.status, "vendor": vendor, "signs": evidence},
    )


def _of_status(page: Page) -> Iterator[Sign]:
    if page.status == 999:
        yield Sign(_PROOF, "status 999", "LinkedIn")
    elif page.status == 403:
        yield Sign(1, "status 403")


def _of_headers(page: Page) -> Iterator[Sign]:
    for name, value in page.headers:
        if name not in _TELLING:
            continue
        said = value.strip().lower()
        if (name, said) in _CHALLENGES:
            yield Sign(_PROOF, f"{name}: {said}", _CHALLENGES[name, said])
        elif name == "server" and page.status in _REFUSALS and said in _SERVERS:
            yield Sign(1, f"server: {said}", _SERVERS[said])


def _of_content(page: Page, title: str) -> Iterator[Sign]:
    """Look at a page with few words: its title, its text, and its markup (Akamai writes every full stop as `&#46;`)."""
    if title.strip(_ENDS).casefold() in _TITLES:
        yield Sign(2, f'the title "{title}"')
    text = page.text.casefold()
    if said := _WORDS.first_in(text):
        yield Sign(1, f'the words "{said}"')
    if _CLOUDFLARE_CODE.fullmatch(text):
        yield Sign(_PROOF, f'the words "{text}"', "Cloudflare")
    markup = page.body[:_MOST_MARKUP].lower() + text[:_MOST_MARKUP].encode("utf-8", "replace")
    marks = _ALL_MARKS.all_in(markup)
    if not marks:
        return
    if mark := next((mark for mark in marks if mark in _MARKS), None):
        yield Sign(_PROOF, f"`{mark.decode()}` in the page", _MARKS[mark])
        return
    for mark in marks:
        if vendor := _SCRIPTS.get(mark):
            yield Sign(1, f"`{mark.decode()}` in the page", vendor)
    captcha = next((mark for mark in marks if mark in _CAPTCHAS), None)
    if captcha and len(text.split()) <= _WORDS_OF_CAPTCHA and not _FIELD.search(markup):
        yield Sign(2, f"nothing but a captcha (`{captcha.decode()}`)")


_LIKELY, _PROOF = 2, 3
_SAID = 2
"""How many signs a person is told, the weightiest first; the evidence has all."""
_MOST_WORDS = 150
"""Cloudflare's block page has about 110; an article has more."""
_WORDS_OF_CAPTCHA = 60
_MOST_MARKUP = 1 << 17
_ENDS = " .\u2026!?"
_REFUSALS = frozenset({403, 429, 503})

_CHALLENGES = {
    ("cf-mitigated", "challenge"): "Cloudflare",
    ("x-amzn-waf-action", "challenge"): "AWS WAF",
    ("x-amzn-waf-action", "captcha"): "AWS WAF",
    ("x-vercel-mitigated", "challenge"): "Vercel",
    ("x-vercel-mitigated", "deny"): "Vercel",
}
"""Headers that say it.

https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/,
https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
"""

_TELLING = frozenset({"server", *(name for name, _ in _CHALLENGES)})

_SERVERS = {
    "akamaighost": "Akamai",
    "cloudflare": "Cloudflare",
    "datadome": "DataDome",
    "ddos-guard": "DDoS-Guard",
    "qrator": "Qrator",
    "sucuri/cloudproxy": "Sucuri",
}
"""Who stands before a site; they also pass on what the site itself answers. CloudFront's 403 is mostly a lost file."""

_MARKS = {
    b"_cf_chl_opt": "Cloudflare",
    b"/orchestrate/chl_": "Cloudflare",
    b"attention required! | cloudflare": "Cloudflare",
    b"errors.edgesuite.net": "Akamai",
    b"sec-if-cpt-container": "Akamai",
    b"_pxcaptcha": "PerimeterX",
    b"px-captcha": "PerimeterX",
    b"captcha-delivery.com": "DataDome",
    b"incapsula incident id": "Imperva",
    b"&incident_id=": "Imperva",
    b'id="main-iframe" src="/_incapsula_resource': "Imperva",
    b"window.gokuprops": "AWS WAF",
    b"/.well-known/ddos-guard/": "DDoS-Guard",
    b"sucuri website firewall - access denied": "Sucuri",
    b"sucuri_cloudproxy_js": "Sucuri",
    b"/errors/validatecaptcha": "Amazon",
    b"anubis_challenge": "Anubis",
    b"/_fs-ch-": "Fastly",
    b"window.kpsdk": "Kasada",
    b"vercel security checkpoint": "Vercel",
    b"generated by wordfence": "Wordfence",
    b"the requested url was rejected. please consult with your administrator": "F5",
}
"""What only the pages of challenges and blocks hold, in lower case."""

_SCRIPTS = {
    b"/cdn-cgi/challenge-platform/": "Cloudflare",
    b"_incapsula_resource": "Imperva",
    b".awswaf.com/": "AWS WAF",
}
"""What vendors put into the ordinary pages of their customers, too."""

_CAPTCHAS = (b"g-recaptcha", b"h-captcha", b"cf-turnstile", b"recaptcha/api.js", b"hcaptcha.com/1/api.js")
_ALL_MARKS = Marks((*_MARKS, *_SCRIPTS, *_CAPTCHAS))
_FIELD = re.compile(rb"""type\s{0,9}=\s{0,9}["']?(?:text|email|tel|search|password|url)\b""")
"""A form to be filled in; a captcha beside it guards the form and not the page."""

_CLOUDFLARE_CODE = re.compile(r"error code: 10(?:0[6-9]|1[0125]|20)")
"""Codes for visitors who are not wanted; others (1016, 1033) tell of the site's own trouble.

https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/
"""

_TITLES = frozenset(
    {
        "just a moment",
        "attention required! | cloudflare",
        "access to this page has been denied",
        "are you a robot",
        "are you human",
        "bot verification",
        "captcha",
        "checking your browser",
        "client challenge",
        "ddos-guard",
        "human verification",
        "making sure you're not a bot",
        "one more step",
        "pardon our interruption",
        "please verify you are a human",
        "please wait... | cloudflare",
        "radware bot manager captcha",
        "radware captcha page",
        "robot check",
        "security check",
        "verify you are human",
        "vercel security checkpoint",
    }
)
_WORDS = Words(
    (
        "are you a robot",
        "are you human",
        "automated access",
        "checking if the site connection is secure",
        "checking that you are not a bot",
        "checking your browser",
        "complete the captcha",
        "complete the security check",
        "confirm you are human",
        "confirm that you are human",
        "enable javascript and cookies to continue",
        "enter the characters you see",
        "i'm not a robot",
        "not a robot",
        "please enable js and disable any ad blocker",
        "press & hold",
        "solve this captcha",
        "sorry, you have been blocked",
        "think that you are a bot",
        "unusual traffic",
        "verify that you are human",
        "verify that you are not a robot",
        "verify you are a human",
        "verify you are human",
        "verifying you are human",
        "you are a human",
    )
)

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The answer is a challenge to programs, or a block of them, by whoever guards the site.",
    suggests=Verdict.BLOCKED,
    why="A wall lets people pass and no programs: nothing is known of the page, so it is never called dead.",
    example="403 with `cf-mitigated: challenge` and the title 'Just a moment...'",
    detect=detect,
)
