"""Where only a login is shown, nothing is known of the page behind it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from linkcheck import uri
from linkcheck.detect.api import Context, Detector, Page
from linkcheck.detect.saying import fold, headed, said_in
from linkcheck.detect.speech import speech_of
from linkcheck.detect.way_back import way_back
from linkcheck.model import Check, Confidence, Finding, Severity, Verdict

RULE = "login-wall"


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Look at who asks for a login: the status, the address where it ended, or a page that holds nothing else."""
    page, words = context.page, check.facts.words if check.facts else 0
    if page is None:
        return
    if page.status == 401:
        yield _of_status(page)
    elif 200 <= page.status < 300 or page.status == 403:
        start, end = uri.parse(context.url), uri.parse(page.url)
        if not start or not end or login_word(start):
            return
        word = login_word(end) if len(check.hops) > 1 else None
        is_page = check.media_type in _PAGES  # and not a file that happens to hold such bytes
        has_password = is_page and bool(word or words <= _FEW_WORDS) and _has_password(page)
        if word:
            yield from _of_redirect(start, end, word, words, has_password=has_password)
        elif start.path.strip("/") or start.query:  # a home page may well be just a login
            yield from _of_page(page, words, has_password=has_password)


def _of_status(page: Page) -> Finding:
    scheme = next((value.split(None, 1)[0] for name, value in page.headers if name == _ASKS and value.strip()), "")
    said = f"status 401{f', {_ASKS}: {scheme[:_LONGEST]}' if scheme else ''}"
    return _finding(Confidence.HIGH, f"asks for a login: {said}", {"status": 401, "scheme": scheme[:_LONGEST]})


def _of_redirect(start: uri.Parts, end: uri.Parts, word: str, words: int, *, has_password: bool) -> Iterator[Finding]:
    """Look at an address that speaks of a login, where the link's own does not; its page may have a shop around it."""
    is_short = words <= _MOST_WORDS
    is_sure = (has_password and (is_short or word not in _VAGUE)) or way_back(start, end) is not None
    if is_sure or (is_short and word not in _VAGUE):
        yield _finding(
            Confidence.HIGH if is_sure else Confidence.MEDIUM,
            f"redirects to a login ({end.host}{end.path})"[:_LONGEST],
            {"from": start.href, "to": end.href, "word": word, "password_field": has_password},
        )


def _of_page(page: Page, words: int, *, has_password: bool) -> Iterator[Finding]:
    """Look at a page with hardly a word that has a field for a password, or says that one must log in."""
    if words > _FEW_WORDS or page.is_dated or not page.is_whole:  # what is cut may have its words further on
        return
    if has_password:
        evidence: dict[str, Any] = {"words": words, "password_field": True}
        yield _finding(Confidence.MEDIUM, f"shows a field for a password and {words} words", evidence)
        return
    if not speech_of(page).is_of("gates", "login.words", "login.titles"):
        return
    title = page.facts.title or ""
    head = headed((title, *_PIECES.split(title), *page.headings), "gates", "login.titles")
    said = head or next(said_in(fold(f"{title} / {page.text}"), "gates", "login.words"), None)
    if said:
        evidence = {"words": words, "password_field": False, "said": said}
        yield _finding(Confidence.MEDIUM, f'says "{said}" and {words} words in all', evidence)


def _finding(confidence: Confidence, message: str, evidence: dict[str, Any]) -> Finding:
    return Finding(
        rule=RULE,
        severity=Severity.WARNING,
        confidence=confidence,
        message=message,
        next="Open it in a browser, logged in if you have an account; readers without one see only the login.",
        evidence=evidence,
    )


@lru_cache(maxsize=64)  # most pages stand where they were asked for
def login_word(parts: uri.Parts) -> str | None:
    """Return the part of an address that speaks of a login: a label before the domain, or a segment of the path."""
    labels = parts.host.split(".")[:-2] if not uri.is_address(parts.host) else []
    segments = [unquote(segment).partition(".")[0] for segment in parts.path.lower().split("/")]
    bare = [_SEPARATOR.sub("", name) for name in (*labels, *segments)]
    exact = [name for name in bare if name in _LOGIN]
    ending = next((f"{found[1]}" for name in segments if (found := _ENDING.fullmatch(name))), None)
    return next((name for name in exact if name not in _VAGUE), None) or ending or next(iter(exact), None)


def _has_password(page: Page) -> bool:
    return bool(_PASSWORD.search(page.body[:_MOST_MARKUP].lower()))


_PAGES = frozenset({"text/html", "application/xhtml+xml", "", None})
_ASKS = "www-authenticate"
_SEPARATOR = re.compile(r"[-_]")
_PIECES = re.compile(r"\s[-\u2013\u2014|:]\s|\s?[|]\s?")
_ENDING = re.compile(
    r"[a-z0-9_-]{0,16}(login|signin|logon)(?:[-_]?(?:form|page|html|register|registration|required|user))?"
)
"""`members_login`, `securelogin`, `login_form`; a longer name is a headline."""
_LOGIN = frozenset(
    """account accounts auth authenticate authorize cas idp login logon oauth oauth2 saml saml2 signin signon
    singlesignon sso userlogin weblogin wplogin anmelden anmeldung einloggen connexion seconnecter identification
    iniciarsesion inicarsesion accedi accesso entrar inloggen aanmelden logind loggin loggain logginn kirjaudu
    logowanie zaloguj prihlaseni prihlasenie bejelentkezes belepes autentificare giris girisyap vhod dangnhap""".split()
)
_VAGUE = frozenset({"account", "accounts", "auth", "cas", "identification", "accesso", "entrar", "connexion"})
"""Words of which other pages are called, too."""
_PASSWORD = re.compile(rb"""type\s{0,9}=\s{0,9}["']?password\b""")
_MOST_WORDS, _FEW_WORDS = 150, 60
"""More words than that are a page that also has a login."""
_MOST_MARKUP = 1 << 19
_LONGEST = 200

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.WARNING,
    about="The page is shown only to those who are logged in.",
    suggests=Verdict.BLOCKED,
    why="Who has no account sees nothing; who has one may see the page. Nothing is known of it.",
    example="https://paper.example/story redirects to https://paper.example/login?next=/story",
    detect=detect,
)
