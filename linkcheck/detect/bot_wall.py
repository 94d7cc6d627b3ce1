"""A wall that lets people pass and no programs is no page: nothing is known of what lies behind it.

Walls answer with any status, 200 and 404 among them. What proves one are headers and markup that only its vendor's
challenges have; all other signs are weighed, and none of them counts on a page with as many words as an article.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from linkcheck.detect.api import Context, Detector, Page
from linkcheck.detect.marks import Marks
from linkcheck.detect.saying import fold, headed, said_in, words_of
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
    signs = [*_of_status(page), *_of_headers(page), *_of_address(page)]
    if check.facts and check.facts.words <= _MOST_WORDS and page.is_whole:
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


def _of_address(page: Page) -> Iterator[Sign]:
    """Yield a sign for the address of a challenge, on which a redirect or a page that sends on has ended."""
    address = page.url.lower()[:_MOST_ADDRESS].encode()
    for mark, vendor in _ADDRESSES.items():
        if mark in address:
            yield Sign(_PROOF, f"{mark.decode()} in the address", vendor)
            return


def _of_content(page: Page, title: str) -> Iterator[Sign]:
    """Look at a page with few words: its title, its text, and its markup (Akamai writes every full stop as `&#46;`)."""
    if headed((title, *_PIECES.split(title), *page.headings), "gates", "check.titles"):
        yield Sign(2, f'the title "{title}"' if title else f'the heading "{page.headings[0]}"')
    text = page.text.casefold()
    if _CLOUDFLARE_CODE.fullmatch(text):
        yield Sign(_PROOF, f'the words "{text}"', "Cloudflare")
    markup = page.body[:_MOST_MARKUP].lower() + text[:_MOST_MARKUP].encode("utf-8", "replace")
    marks = _ALL_MARKS.all_in(markup)
    if mark := next((mark for mark in marks if mark in _MARKS), None):
        yield Sign(_PROOF, f"`{mark.decode()}` in the page", _MARKS[mark])
    is_form = len(_FIELD.findall(markup)) > _FIELDS_OF_CAPTCHA
    if not is_form:
        yield from _of_words(page, text, markup)
    if mark:
        return
    for mark in marks:
        if vendor := _SCRIPTS.get(mark):
            yield Sign(1, f"`{mark.decode()}` in the page", vendor)
    is_tiny = page.facts.words <= _HARDLY_A_WORD and len(page.body) <= _TINY
    if is_tiny and b"document.cookie" in markup and _RELOADS.search(markup):
        yield Sign(2, "a page without words that sets a cookie and is loaded again")
    captcha = next((mark for mark in marks if mark in _CAPTCHAS), None)
    if captcha and page.facts.words <= _WORDS_OF_CAPTCHA and not _FIELD.search(markup):
        yield Sign(2, f"nothing but a captcha (`{captcha.decode()}`)")


def _of_words(page: Page, text: str, markup: bytes) -> Iterator[Sign]:
    """Yield a sign for words of refusal or verification, weightier where the page has a means to prove something."""
    said = list(islice(said_in(fold(f"{text} / {page.facts.title or ''}"), "gates", "check.words"), 2))
    is_stub = page.facts.words <= _WORDS_OF_STUB and bool(_MEANS.search(markup))
    if said:
        is_strong = is_stub or len(said) > 1 or page.status in _REFUSALS
        yield Sign(2 if is_strong else 1, f'the words "{said[0]}"')
    elif is_stub and page.status == _ACCEPTED:
        yield Sign(2, "status 202, and hardly a word")


def _by_mark(kind: str) -> dict[bytes, str]:
    return {mark.encode(): vendor for vendor, marks in words_of("walls")[kind].items() for mark in marks}


_LIKELY, _PROOF = 2, 3
_SAID = 2
"""How many signs a person is told, the weightiest first; the evidence has all."""
_MOST_WORDS = 150
"""Cloudflare's block page has about 110; an article has more."""
_WORDS_OF_CAPTCHA = 60
_WORDS_OF_STUB = 80
_HARDLY_A_WORD, _TINY = 5, 4_096
"""Words and bytes of a page that is a script and nothing else; those that scripts build have more of it."""
_FIELDS_OF_CAPTCHA = 1
"""A captcha of letters has one field; a form to be filled in has more, and its captcha guards the form."""
_ACCEPTED = 202
_MOST_ADDRESS = 2_048
_MOST_MARKUP = 1 << 17
_REFUSALS = frozenset({403, 429, 503})

_CHALLENGES = {
    ("cf-mitigated", "challenge"): "Cloudflare",
    ("x-amzn-waf-action", "challenge"): "AWS WAF",
    ("x-amzn-waf-action", "captcha"): "AWS WAF",
    ("x-vercel-mitigated", "challenge"): "Vercel",
    ("x-vercel-mitigated", "deny"): "Vercel",
    ("sg-captcha", "challenge"): "SiteGround",
    ("x-datadome", "blocked"): "DataDome",
    ("x-sucuri-block", "1"): "Sucuri",
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


_MARKS, _SCRIPTS, _ADDRESSES = (_by_mark(kind) for kind in ("marks", "scripts", "addresses"))
_CAPTCHAS = frozenset(_by_mark("captchas"))
_ALL_MARKS = Marks((*_MARKS, *_SCRIPTS, *_CAPTCHAS))
_FIELD = re.compile(rb"""type\s{0,9}=\s{0,9}["']?(?:text|email|tel|search|password|url)\b""")
"""A form to be filled in; a captcha beside it guards the form and not the page."""

_MEANS = re.compile(
    rb"<(?:script|form|iframe|input|button|noscript|canvas|img)[\s>/]|http-equiv\s{0,9}=|\b[0-9a-f]{12}"
)
"""What a visitor can prove something by, or a reference number: who only speaks of robots has neither."""
_RELOADS = re.compile(rb"location\s{0,9}(?:\.(?:reload|replace|assign)\b|\.href\s{0,9}=|=)")
_PIECES = re.compile(r"\s[-\u2013\u2014|:]\s|\s?[|]\s?")

_CLOUDFLARE_CODE = re.compile(r"error code: 10(?:0[6-9]|1[0125]|20)")
"""Codes for visitors who are not wanted; others (1016, 1033) tell of the site's own trouble.

https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/
"""

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The answer is a challenge to programs, or a block of them, by whoever guards the site.",
    suggests=Verdict.BLOCKED,
    why="A wall lets people pass and no programs: nothing is known of the page, so it is never called dead.",
    example="403 with `cf-mitigated: challenge` and the title 'Just a moment...'",
    detect=detect,
)
