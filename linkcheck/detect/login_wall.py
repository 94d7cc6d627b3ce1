"""Where only a login is shown, nothing is known of the page behind it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from linkcheck import uri
from linkcheck.detect.api import Context, Detector, Page
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
        is_elsewhere = len(check.hops) > 1
        has_password = words <= _MOST_WORDS and (is_elsewhere or words <= _FEW_WORDS) and _has_password(page)
        if not (is_elsewhere or has_password):
            return
        start, end = uri.parse(context.url), uri.parse(page.url)
        if start and end and not _login_word(start):
            yield from _of_redirect(start, end, words, has_password=has_password)
            yield from _of_page(start, end, words, has_password=has_password)


def _of_status(page: Page) -> Finding:
    scheme = next((value.split(None, 1)[0] for name, value in page.headers if name == _ASKS and value.strip()), "")
    said = f"status 401{f', {_ASKS}: {scheme[:_LONGEST]}' if scheme else ''}"
    return _finding(Confidence.HIGH, f"asks for a login: {said}", {"status": 401, "scheme": scheme[:_LONGEST]})


def _of_redirect(start: uri.Parts, end: uri.Parts, words: int, *, has_password: bool) -> Iterator[Finding]:
    """Look at an address that speaks of a login, where the link's own does not."""
    word = _login_word(end)
    is_sure = has_password or _comes_back(start, end)
    if word and (is_sure or (words <= _MOST_WORDS and word not in _VAGUE)):
        yield _finding(
            Confidence.HIGH if is_sure else Confidence.MEDIUM,
            f"redirects to a login ({end.host}{end.path})"[:_LONGEST],
            {"from": start.href, "to": end.href, "word": word, "password_field": has_password},
        )


def _of_page(start: uri.Parts, end: uri.Parts, words: int, *, has_password: bool) -> Iterator[Finding]:
    """Look at a page that has a field for a password and hardly a word; a home page may well be just that."""
    is_deep = start.path.strip("/") or start.query
    if has_password and words <= _FEW_WORDS and is_deep and not _login_word(end):
        evidence = {"words": words, "password_field": True}
        yield _finding(Confidence.MEDIUM, f"shows a field for a password and {words} words", evidence)


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
def _login_word(parts: uri.Parts) -> str | None:
    """Give the part of an address that speaks of a login: a label before the domain, or a segment of the path."""
    labels = parts.host.split(".")[:-2] if not uri.is_address(parts.host) else []
    segments = [unquote(segment).partition(".")[0] for segment in parts.path.lower().split("/")]
    return next((name for name in (*labels, *segments) if _SEPARATOR.sub("", name) in _LOGIN), None)


def _comes_back(start: uri.Parts, end: uri.Parts) -> bool:
    """Tell whether the login names the page to which it would send back."""
    said = unquote(unquote(end.query[:_MOST_QUERY]))
    whole = start.path + (f"?{start.query}" if start.query else "")
    return len(whole) > 1 and unquote(unquote(whole)) in said


def _has_password(page: Page) -> bool:
    return bool(_PASSWORD.search(page.body[:_MOST_MARKUP].lower()))


_ASKS = "www-authenticate"
_SEPARATOR = re.compile(r"[-_]")
_LOGIN = frozenset(
    """account accounts auth authenticate authorize cas idp login logon oauth oauth2 saml saml2 signin signon
    singlesignon sso userlogin weblogin wplogin""".split()
)
_VAGUE = frozenset({"account", "accounts", "auth", "cas"})
"""Words of which other pages are called, too."""
_PASSWORD = re.compile(rb"""type\s{0,9}=\s{0,9}["']?password\b""")
_MOST_WORDS, _FEW_WORDS = 150, 60
"""More words than that are a page that also has a login."""
_MOST_MARKUP = 1 << 17
_MOST_QUERY = 4096
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
