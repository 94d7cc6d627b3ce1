"""An address that is gone may only end in what is no part of it: an invisible character, or a mark of the sentence."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from linkcheck import uri
from linkcheck.detect.api import Context, Detector, Page
from linkcheck.detect.not_found import suspicion
from linkcheck.detect.same_page import Sameness, sameness
from linkcheck.model import STRAY, Check, Confidence, Conversation, Finding, Observe, Severity, ask


def when(findings: Sequence[Finding], check: Check, context: Context) -> bool:
    """Ask only where the page is not there, and the address has something that hardly belongs to it."""
    is_lost = check.status in _LOST or any(one.rule in _LOST_RULES for one in findings)
    return is_lost and without_stray(context.url) is not None


def probe(check: Check, context: Context) -> Conversation[Sequence[Finding]]:
    """Check the address without it."""
    better = without_stray(context.url)
    assert better, "it has one"
    seen = yield from ask(Observe(better))
    if seen.status in _LOST or _is_elsewhere(seen, better) or _is_same(seen, check):
        return ()
    is_there = _is_there(seen, better)
    names = list(dict.fromkeys(_names(context.url, better)))
    is_name = _depth(better) < _depth(context.url) and any(len(name) == 1 for name in names)  # `/wiki/!!!`, say
    # A site that answers 200 whatever is asked tells less, and so does a folder of what has such a name.
    is_sure = is_there and check.status in _LOST and not is_name
    shown = [f"`{name}`" if len(name) == 1 else f"an invisible {name}" for name in names[:_SHOWN]]
    what = f"the address holds {' and '.join(shown)}, which hardly belongs to it"
    told = "the page is there" if is_there else "it is not known whether the page is there"
    return (
        Finding(
            rule=STRAY,
            severity=Severity.WARNING,
            confidence=Confidence.HIGH if is_sure else Confidence.MEDIUM if is_there else Confidence.LOW,
            message=f"{what}; without it {told}",
            next=f"Write {better}" if is_sure else f"Open {better} and write that, if it is the page",
            evidence={"characters": names[:_MOST], "to": better, "status": seen.status},
        ),
    )


def without_stray(url: str) -> str | None:
    """Give an address without invisible characters and without what no address ends in; None where there is nothing."""
    plain, mark, fragment = url.partition("#")
    parts = uri.parse(plain)
    if parts is None or parts.scheme not in uri.WEB or len(plain) > _LONGEST:
        return None
    begin = plain.find("/", len(parts.scheme) + len("://"))
    if begin < 0:
        return None
    head, rest = plain[: begin + 1], _INVISIBLE.sub("", plain[begin + 1 :])
    for _ in range(_MOST):
        found = _AT_END.search(rest, max(0, len(rest) - _WIDEST))
        if found is None or _is_closing(unquote(found[0]), unquote(rest)):
            break
        rest = rest[: found.start()]
    better = uri.key(head + rest)
    return None if better is None or better == uri.key(plain) else better + mark + fragment


def _is_closing(sign: str, rest: str) -> bool:
    """Tell a bracket that closes what was opened in the address."""
    return sign in _OPENING and rest.count(sign) <= rest.count(_OPENING[sign])


def _names(url: str, better: str) -> Iterator[str]:
    """Say what was left out, invisible characters by their names."""
    kept = unquote(better)
    for sign in unquote(url):
        if kept.startswith(sign):
            kept = kept[1:]
        elif sign.isprintable() and not sign.isspace():
            yield sign
        else:
            yield f"U+{ord(sign):04X} {unicodedata.name(sign, 'CONTROL')}"


def _is_elsewhere(seen: Check, url: str) -> bool:
    """Tell a page that is only the site's home page."""
    return seen.status == 200 and _is_home(seen.final_url or url) and not _is_home(url)


def _is_there(seen: Check, url: str) -> bool:
    """Tell a page that is there from one that is in its stead: 2xx, and neither an error page's name nor elsewhere."""
    if seen.status is None or not 200 <= seen.status < 300:
        return False
    if seen.facts is None:
        return True
    facts, end = seen.facts, seen.final_url or url
    names = tuple(name for name in (facts.title, facts.h1, facts.og_title) if name)
    headings = tuple(name for name in (facts.h1,) if name)
    page = Page(url=end, status=seen.status, headers=(), body=b"", text="", facts=facts, headings=headings)
    return not suspicion(page).signs and sameness(url, end, names) is Sameness.SAME


def _is_same(seen: Check, check: Check) -> bool:
    """Tell a page that is there for whatever is asked."""
    return bool(seen.facts and check.facts and seen.facts.text_digest == check.facts.text_digest)


def _depth(url: str) -> int:
    parts = uri.parse(url)
    return sum(map(bool, parts.path.split("/"))) if parts else 0


def _is_home(url: str) -> bool:
    parts = uri.parse(url)
    return parts is not None and parts.path in {"", "/"} and not parts.query


_LOST = frozenset({400, 404, 410})
_LOST_RULES = frozenset({"soft-404", "homepage-redirect", "error-page-redirect", "not-found-words"})
_SHOWN, _MOST = 3, 10
_LONGEST, _WIDEST = 8000, 9
"""Characters of an address that is looked at, and of one escaped character."""
_INVISIBLE = re.compile(r"%E2%80%(?:8[BEF]|A[A-E])|%E2%81%(?:A[06-9])|%EF%BB%BF|%C2%AD", re.IGNORECASE)
"""Zero width space, marks and controls of direction, word joiner, BOM, soft hyphen: nobody types these into a name."""
_AT_END = re.compile(
    r"(?:%E2%80%8[CD]|%C2%A0|%E3%80%80|%20|%0[9AD]|%00"
    r"|%22|%27|%28|%29|%3C|%3E|%5B|%5C|%5D|%60|%7B|%7C|%7D|%C2%[AB]B|%E2%80%(?:9[89A-F]|A6|B[9A])"
    r"|%E3%80%8[12]|%EF%BC%8[9C]|[.,;:!?'\"*_`|()\[\]{}>\\])\Z",
    re.IGNORECASE,
)
"""Joiners and spaces; brackets, quotation marks and stops, also of other scripts."""
_OPENING = {")": "(", "]": "[", "}": "{", ">": "<", "\uff09": "\uff08"}

PLUGIN = Detector(
    rule=STRAY,
    severity=Severity.WARNING,
    about="A page that is not there is there without a character of its address that is no part of it.",
    why="Invisible characters come along when an address is copied from a page, a chat or a PDF, and full stops and "
    "brackets from the sentence around it; nobody sees the former. It is asked for only where the page is not there.",
    example="https://paper.example/story%E2%80%8B answers 404, https://paper.example/story answers 200.",
    when=when,
    probe=probe,
)
