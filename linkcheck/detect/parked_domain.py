"""A domain that is for sale, or that shows advertisements for whoever comes, is not the site that was cited.

What proves one are the hosts and scripts of those who park domains (Vissers et al., "Parking Sensors", NDSS 2015);
words for sale count only where there is little else, and an ad portal is told by its links, which are most of its text.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from linkcheck import uri
from linkcheck.detect.api import Context, Detector, Page
from linkcheck.detect.marks import Marks
from linkcheck.detect.registration import registered_later, surer
from linkcheck.detect.saying import fold, said_in
from linkcheck.detect.speech import speech_of
from linkcheck.model import Check, Confidence, Conversation, Finding, Severity, Verdict
from linkcheck.words import count

RULE = "parked-domain"


class Sign(NamedTuple):
    """One thing that speaks for a parked domain."""

    weight: int
    shown: str


def detect(check: Check, context: Context) -> Iterator[Finding]:
    """Weigh where it ended, what the markup holds, and what the page says."""
    page = context.page
    if page is None or not (200 <= page.status < 300 or page.status in _ALSO) or not check.facts:
        return
    signs = [*_of_host(context.url, page), *_of_page(page, uri.host_of(page.url).removeprefix("www."))]
    weight = sum(sign.weight for sign in signs)
    if weight < _LIKELY:
        return
    shown = [sign.shown for sign in sorted(signs, key=lambda sign: -sign.weight)]
    yield Finding(
        rule=RULE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH if weight >= _PROOF else Confidence.MEDIUM,
        message=f"the domain is parked or for sale: {', '.join(shown[:_SAID])}",
        next="Use an archived copy from the time of the citation; do not send readers there.",
        evidence={"signs": shown, "words": page.facts.words, "url": page.url},
    )


def when(findings: Sequence[Finding], _: Check, context: Context) -> bool:
    """Ask since when the domain is registered, where that may be asked, of one that looks parked."""
    return bool(context.rdap) and any(finding.rule == RULE for finding in findings)


def probe(check: Check, context: Context) -> Conversation[Sequence[Finding]]:
    """Let what looks parked be surer where the domain was registered after the citation."""
    later = yield from registered_later(context)
    return tuple(surer(finding, later) for finding in detect(check, context)) if later else ()


def _of_host(start: str, page: Page) -> Iterator[Sign]:
    """See whether somebody's parking service answers, where another site was asked."""
    end = uri.host_of(page.url)
    hosts = _data().hosts
    if uri.is_within(end, hosts) and not uri.is_within(uri.host_of(start), hosts):
        yield Sign(3, f"it leads to {end}")


def _of_page(page: Page, host: str) -> Iterator[Sign]:
    if page.facts.words > _MOST_WORDS:
        return
    markup = page.body[:_MOST_MARKUP].lower()
    mark = next(iter(_data().marks.all_in(markup)), None)
    if mark:
        yield Sign(2, f"`{mark.decode()}` in its markup")
    if not speech_of(page).is_of("parked", "parked", "portal", "sale"):
        return
    text = fold(f"{page.facts.title or ''} / {page.text[:_LOOKED_AT]}")
    said = next(said_in(text, "parked", "parked"), None)
    if said and not mark and (_is_quoted(said, page) or _is_report(page)):
        return
    if said:
        is_headed = bool(
            next(said_in(fold(f"{page.facts.title or ''} / {' / '.join(page.headings)}"), "parked", "parked"), None)
        )
        is_named = bool(host) and fold(host).strip() in text
        weight = 1 + is_headed + (is_named and page.facts.words <= _FEW_WORDS)
        yield Sign(weight, f'it says "{said}"')
    elif sale := _named_for_sale(page, host):
        yield Sign(2, f'its title says "{sale}"')
    portal = next(said_in(text, "parked", "portal"), None)
    if portal and (mark or said):
        yield Sign(1, f'it says "{portal}"')
    elif portal and _is_mostly_links(page) and _is_label(portal, page):
        yield Sign(2, f'it says "{portal}", and is mostly links')


def _is_quoted(said: str, page: Page) -> bool:
    """Return True if the page has the words in quotation marks, and nowhere else."""
    words = r"[\W_]+".join(map(re.escape, said.split()))
    shown = f"{page.facts.title or ''} / {page.text[:_LOOKED_AT]}"
    found = list(re.finditer(words, shown, re.IGNORECASE))
    return bool(found) and all(_is_in_quotes(shown, one.start(), one.end()) for one in found)


def _is_in_quotes(text: str, start: int, end: int) -> bool:
    """Return True if a quotation mark opens shortly before a place, and one closes shortly behind it."""
    before, after = text[max(0, start - _QUOTE) : start], text[end : end + _QUOTE]
    return any(
        opening in before and closing in after and closing not in before.rpartition(opening)[2]
        for opening, closing in _QUOTES
    )


def _is_report(page: Page) -> bool:
    """Return True if the page has prose of which nothing is about a domain: those that sell one speak of it alone."""
    sentences = (one for paragraph in page.outline().paragraphs for one in _SENTENCES.split(paragraph[:_LOOKED_AT]))
    others = (one for one in sentences if not any(word in one.casefold() for word in _data().domain))
    return sum(words for words in map(count, others) if words >= _SENTENCE) >= _PROSE


def _named_for_sale(page: Page, host: str) -> str | None:
    """Give what a title says that has the domain's own name, with its ending, beside words for sale."""
    title, name = fold(page.facts.title or ""), fold(host).strip()
    if "." not in host or name not in title or page.facts.words > _FEW_WORDS:
        return None
    after = title.partition(name)[2]
    for sale in said_in(after, "parked", "sale"):
        if set(after.partition(fold(sale).strip())[0].split()) <= _BETWEEN:  # else it is something else that is sold
            return f"{name} ... {sale}"
    return None


def _is_mostly_links(page: Page) -> bool:
    """Tell a list of links from prose (Almishari and Yang 2010): more than three words of four are linked."""
    outline = page.outline()
    return (
        page.facts.words > 0
        and outline.words_linked > _LINKED * page.facts.words
        and len(outline.links) >= _FEWEST_LINKS
    )


def _is_label(said: str, page: Page) -> bool:
    """Tell words that head a list of links from the same words in a sentence."""
    phrase = fold(said).strip()
    return all(len(one.split()) <= _LABEL for one in page.outline().paragraphs if phrase in fold(one))


class _Data(NamedTuple):
    hosts: frozenset[str]
    marks: Marks
    domain: tuple[str, ...]


@cache
def _data() -> _Data:
    read: dict[str, Any] = tomllib.loads(
        (files("linkcheck.detect") / "words" / "parked.toml").read_text(encoding="utf-8")
    )
    return _Data(frozenset(read["hosts"]), Marks(tuple(mark.encode() for mark in read["marks"])), tuple(read["domain"]))


_SENTENCES = re.compile(r"(?<=[.!?\u3002])\s*")
_SENTENCE, _PROSE = 6, 50
"""Words."""
_QUOTE = 60
"""Characters in which quotation marks stand around words that are quoted."""
_QUOTES = (
    ("\u201c", "\u201d"), ("\u201e", "\u201c"), ("\u00ab", "\u00bb"), ("\u00bb", "\u00ab"), ('"', '"'),
    ("\u2018", "\u2019"), ("\u300c", "\u300d"), (" '", "'"),
)  # fmt: skip
_BETWEEN = frozenset({"domain", "name", "website", "site", "is", "this", "the", "now", "域名"})
"""What stands between a domain's name and the words for sale."""
_LIKELY, _PROOF = 2, 3
_SAID = 2
_MOST_WORDS, _FEW_WORDS = 300, 150
_MOST_MARKUP = 1 << 16
_LOOKED_AT = 2_000
_LINKED = 0.6
_LABEL = 6
"""Words of a paragraph."""
_FEWEST_LINKS = 4
_ALSO = frozenset({403, 404, 410, 503})
"""Parked domains answer with these, too, and are no less parked."""

PLUGIN = Detector(
    rule=RULE,
    severity=Severity.ERROR,
    about="The domain is parked, for sale or an ad portal: nothing of the site that was cited is left.",
    suggests=Verdict.USURPED,
    why="A domain that lapses is bought for its visitors within days, answers 200, and may be anything tomorrow. With "
    "--rdap it is surer where the domain was registered after it was cited.",
    example='"friends-of-the-pier.example is for sale. Buy this domain. Related searches: boats, cheap flights."',
    detect=detect,
    when=when,
    probe=probe,
)
