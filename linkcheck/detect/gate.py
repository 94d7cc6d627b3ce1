"""A page that stands before others (consent, age, country, queue, app) is not the page that was cited.

Every address of a site leads to the same gate, so that a comparison with other pages of the site would call all of them
lost. A gate is told by its address, which carries the one that was asked for, by known hosts, or by what it says.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from urllib.parse import unquote

from msgspec import Struct

from linkcheck import uri
from linkcheck.detect.api import Context, Detector, Page
from linkcheck.detect.error_page_redirect import error_word
from linkcheck.detect.login_wall import login_word
from linkcheck.detect.not_found import Kind, suspicion
from linkcheck.detect.platforms import platform_of
from linkcheck.detect.saying import fold, said_in, words_of
from linkcheck.detect.speech import speech_of
from linkcheck.detect.way_back import way_back
from linkcheck.model import Check, Confidence, Finding, Severity, Verdict

RULE = "gate"


class _Told(Struct, frozen=True):
    """One thing that tells a gate."""

    kind: str
    confidence: Confidence
    sign: str


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Yield the gate that the address where the link ended tells, or what a short page says."""
    page = context.page
    if page is None or page.status not in _STATUSES or not check.facts:
        return
    start, end = uri.parse(context.url), uri.parse(page.url)
    if start is None or end is None:
        return
    told = _by_address(start, end, page) if len(check.hops) > 1 else None
    told = told or _by_words(start, page)
    if told is None:
        return
    place = f"{end.host}{end.path}"[:_LONGEST]
    platform = platform_of(context.url)
    is_sure = told.confidence is Confidence.HIGH and not (platform and platform.oembed)
    yield Finding(
        rule=RULE,
        severity=Severity.WARNING,
        # What a platform's own directory says of a video comes before the gate that its page shows.
        confidence=Confidence.HIGH if is_sure else Confidence.MEDIUM,
        message=f"the site {_say(told.kind)} ({place})",
        next="Open it in a browser and answer what it asks: nothing is known of the page behind it.",
        evidence={"kind": told.kind, "sign": told.sign, "from": start.href, "to": end.href},
    )


def _by_address(start: uri.Parts, end: uri.Parts, page: Page) -> _Told | None:
    if error_word(end):
        return None
    for kind, gate in _gates().items():
        if kind == "app" and not _is_story(start):
            continue  # short addresses of apps are made to lead to a store
        if uri.is_within(end.host, gate.hosts) and not uri.is_within(start.host, gate.hosts):
            return _Told(kind, Confidence.HIGH, f"host {end.host}")
        if f"{end.host}{end.path}".lower().startswith(gate.places):
            return _Told(kind, Confidence.HIGH, f"address {end.host}{end.path}")
    if start.path == end.path or login_word(end):
        return None  # another host or parameter of the same page; or what `login-wall` says
    return _by_parts(start, end, page)


def _by_parts(start: uri.Parts, end: uri.Parts, page: Page) -> _Told | None:
    """Return what a word of the address, or the address that it carries along, tells; None where neither does."""
    carrying = way_back(start, end)
    parts, own = _parts(end), _parts(start)
    for kind, gate in _gates().items() if carrying or page.facts.words <= _LONG else ():
        if found := next((one for one in parts if one in gate.sure and not any(one in word for word in own)), None):
            return _Told(kind, Confidence.HIGH if carrying else Confidence.MEDIUM, f'"{found}" in the address')
    if not carrying or page.is_dated or _is_error(page):
        return None
    for kind, gate in _gates().items():
        if found := next((one for one in parts if one in gate.likely and one not in own), None):
            return _Told(kind, Confidence.HIGH, f'"{found}" in the address, and {carrying}= carries the one asked for')
    if page.facts.words <= _MOST_WORDS and carrying.lower() in _BACK:
        return _Told("other", Confidence.MEDIUM, f"{carrying}= carries the address that was asked for")
    return None


def _by_words(start: uri.Parts, page: Page) -> _Told | None:
    """Return what a page says that has hardly more to say; None for a home page, which may well be just that."""
    if not (start.path.strip("/") or start.query) or page.is_dated:
        return None
    if page.facts.words > _FEW_WORDS or not page.is_whole:
        return None
    if not speech_of(page).is_of("gates", *(f"{kind}.words" for kind in _SPEAKING)):
        return None
    own = set(_parts(start))
    head = fold(f"{page.facts.title or ''} / {' / '.join(page.headings)}")
    text = fold(page.text) if page.facts.words <= _HARDLY_A_WORD else ""
    for kind in _SPEAKING:
        if own & (_gates()[kind].sure | _gates()[kind].likely):
            continue  # what was cited is about that
        for said in (*said_in(head, "gates", f"{kind}.words"), *said_in(text, "gates", f"{kind}.words")):
            return _Told(kind, Confidence.MEDIUM, f'the words "{said}"')
    return None


def _is_story(start: uri.Parts) -> bool:
    """Return True for an address that has the slug of a story, and no word of apps."""
    return start.path.count("-") >= _WORDS_OF_SLUG and not _OF_APPS.search(f"{start.host}{start.path}".lower())


def _parts(parts: uri.Parts) -> list[str]:
    """Return the labels of the host before the domain, and the segments of the path, without hyphens and endings."""
    labels = parts.host.split(".")[:-2] if not uri.is_address(parts.host) else []
    segments = [unquote(segment).removeprefix(".").partition(".")[0] for segment in parts.path.lower().split("/")]
    return ["".join(filter(str.isalnum, one)) for one in (*labels, *segments) if one]


def _is_error(page: Page) -> bool:
    found = suspicion(page)
    return found.is_plain and found.kind is not Kind.REFUSED


class _Gate(Struct, frozen=True):
    say: str
    hosts: frozenset[str]
    places: tuple[str, ...]
    sure: frozenset[str]
    likely: frozenset[str]


@cache
def _gates() -> Mapping[str, _Gate]:
    return {
        kind: _Gate(
            entry["say"],
            frozenset(entry["hosts"]),
            tuple(entry["places"]),
            frozenset(entry["sure"]),
            frozenset(entry["likely"]),
        )
        for kind, entry in words_of("gates").items()
        if "say" in entry
    }


def _say(kind: str) -> str:
    gate = _gates().get(kind)
    return gate.say if gate else "shows another page first"


_STATUSES = frozenset({200, 202, 203, 403, 429, 503})
_SPEAKING = ("consent", "age", "region", "queue", "app")
_HARDLY_A_WORD, _FEW_WORDS, _MOST_WORDS, _LONG = 60, 150, 300, 600
"""Words of a page: whose text is looked at; whose title and headings are; that is a gate though nothing but the way
back tells it; that is one by a word of its address alone.
"""
_WORDS_OF_SLUG = 2
_OF_APPS = re.compile(r"app|download|install|ios|android|play|store|mobile|\bget\b")
_LONGEST = 200
_BACK = frozenset(
    """continue continueurl next nexturl next_url return returnurl return_url returnto return_to returl ret retpath
    returnpath returnuri dest destination desturl goto go back backurl back_url url redirect redirecturl redirect_url
    redirecturi redirect_uri redirectto redirect_to redir r target targeturl target_url forward callback callbackurl
    origin done service path success successurl original originalurl original_url uri u to""".split()
)
"""What gates of any kind call the address to which they send back."""

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="A page that asks for consent, age or country, or lets wait, stands before the page that was cited.",
    suggests=Verdict.BLOCKED,
    why="Readers answer once and pass; programs see the gate for every address of the site. Nothing is known of the "
    "page behind it, so it is neither alive nor lost.",
    example="https://paper.example/story redirects to https://consent.paper.example/?continue=%2Fstory",
    detect=detect,
)
