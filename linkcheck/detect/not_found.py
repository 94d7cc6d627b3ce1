"""Weighs how much a page speaks like one that stands in for another: missing, refused, or out of order. Pure.

What counts are a title or heading that says so, in any of 80 languages, few words, and `noindex`; an article that has
a date or many words speaks against it, whatever its headline is about. Words are those of the main content: navigation,
lists of links and footers are the same on every page of a site. The weights follow the experience of
TeamHG-Memex/soft404 (title and headings weigh most, then length). A number (`Error 403`) decides what words leave open.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from linkcheck.detect.api import Context, Page
from linkcheck.detect.json_error import is_json, json_error
from linkcheck.detect.saying import (
    fold,
    in_trouble,
    is_of_a_page,
    is_only_error,
    is_only_oops,
    not_found,
    nothing_but_lost,
    refused,
)
from linkcheck.detect.speech import speech_of
from linkcheck.model import Check, Confidence, Finding, Severity
from linkcheck.words import count


class Kind(StrEnum):
    """What a page stands in for."""

    LOST = "lost"
    REFUSED = "refused"
    TROUBLE = "trouble"


class Suspicion(Struct, frozen=True):
    """How much a page looks like an error page."""

    kind: Kind = Kind.LOST
    score: float = 0.0
    signs: tuple[str, ...] = ()
    """What speaks for it, in words, the weightiest first."""
    is_plain: bool = False
    """Whether it says so in so many words, and hardly anything else."""
    words: int = 0
    """Of the page's main content."""

    @property
    def is_raised(self) -> bool:
        """Whether somebody should ask the site."""
        return self.score >= _SUSPICIOUS


def plainly(kind: Kind, check: Check, context: Context) -> Suspicion | None:
    """Give what shows that a page that was answered with 2xx says so in so many words."""
    page = context.page
    if page is None or not 200 <= page.status < 300 or not check.facts:
        return None
    found = suspicion(page)
    return found if found.kind is kind and found.is_plain else None


def told(kind: Kind, check: Check, context: Context, *, rule: str, but: str, then: str) -> Iterator[Finding]:
    """Find what a page tells of itself in so many words, `but` its status; `then` is the next step."""
    if found := plainly(kind, check, context):
        yield Finding(
            rule=rule,
            severity=Severity.WARNING,
            confidence=Confidence.MEDIUM,
            message=f"it answers {check.status}, but {but}: {', '.join(found.signs)}",
            next=then,
            evidence={"score": round(found.score, 1), "signs": list(found.signs)},
        )


@lru_cache(maxsize=2)  # several rules look at one page, one after another
def suspicion(page: Page) -> Suspicion:
    """Weigh a page that was answered with 2xx."""
    if told := json_error(page):
        status, sign = told
        of_status = _NUMBERS.get(status) or _NUMBERS[status[0]]
        return Suspicion(of_status, _HEADED, (f"its JSON has {sign}",), is_plain=True, words=page.facts.words)
    if is_json(page):
        return _NONE
    speech = speech_of(page)
    title = page.facts.title or ""
    is_heard = speech.has_status or speech.is_of("errors") or speech.is_of("refusals")
    if not (is_heard or _is_vague(page, title) or _is_lost_amid_menus(page)):
        return _NONE
    headings = [one for one in page.headings[:_HEADINGS] if not one.rstrip().endswith(_ASKS)]
    main = _main_of(page)
    is_short = main.words <= _SHORT
    if not is_short and len(page.headings) > _HEADINGS and page.is_dated:
        return _NONE
    text = fold(main.text) if is_short else ""
    shown = _Shown(fold(title), tuple(_pieces(title)), tuple(map(fold, headings)), text)
    kind = shown.kind()
    if kind is None:
        return _headed(page, shown, main)
    places = shown.places(kind)
    return _weighed(page, kind, places, main, (*shown.pieces, *shown.headings)) if any(places.values()) else _NONE


def _is_vague(page: Page, title: str) -> bool:
    """Return True if a short page only says that there is an error, or says it as frameworks do."""
    if page.facts.words > _MENUS:
        return False
    heads = [*_pieces(title), *map(fold, page.headings[:_HEADINGS])]
    return any(is_only_error(one) or is_only_oops(one) or not_found(one) for one in heads) or bool(
        _SERVER.search(page.text[:_LOOKED_AT])
    )


def _is_lost_amid_menus(page: Page) -> bool:
    """Return True if a page that is too long for `speech_of` says it somewhere: its length may be that of menus."""
    is_amid = _SHORT < page.facts.words <= _MENUS and not page.is_dated
    return is_amid and not_found(fold(page.text[:_ALL])) is not None


class _Main(Struct, frozen=True):
    """What a page has that is no navigation, no list of links and no footer."""

    text: str
    words: int
    first: Sequence[str]
    """Its first paragraphs."""
    is_headed: bool
    """True if it has a heading of its own that says more than that there is an error."""
    is_whole: bool
    """True if nothing of the page was left out."""


def _main_of(page: Page) -> _Main:
    """Take the main content of a page; of one that has no paragraphs, everything."""
    if page.facts.words > _MENUS:
        return _Main("", page.facts.words, (), is_headed=True, is_whole=True)
    paragraphs = [one for one in page.outline().paragraphs if not _FOOTER.match(one)]
    words = sum(map(count, paragraphs))
    is_headed = any(one in paragraphs and not _is_vaguely_lost(fold(one)) for one in page.headings)
    if not words or page.facts.words <= _TERSE:
        return _Main(page.text[:_LOOKED_AT], page.facts.words, paragraphs[:_FIRST], is_headed=is_headed, is_whole=True)
    text = " / ".join(paragraphs)[:_LOOKED_AT]
    return _Main(text, words, paragraphs[:_FIRST], is_headed=is_headed, is_whole=False)


class _Shown(Struct, frozen=True):
    """What is looked at, folded."""

    title: str
    pieces: tuple[str, ...]
    """The title's parts, of which one may be the site's name."""
    headings: tuple[str, ...]
    text: str
    """Of a short page alone."""

    def kind(self) -> Kind | None:
        """Tell what the page is, by a number if it has one; words of refusal and trouble come before those of loss."""
        for piece in (*self.pieces, *self.headings, self.text):
            if (found := _NUMBER.search(piece)) and (number := found[1] or found[2] or found[3]):
                return _NUMBERS.get(number) or _NUMBERS.get(number[0])
        for said in (self.title, *self.pieces, " ".join(self.headings), *self.headings, self.text):
            for kind, hears in _HEARS.items():
                if heard := hears(said):
                    if said is self.text and kind is not Kind.LOST and _is_lost_first(said, heard):
                        return Kind.LOST  # a wiki's reader may not make the page that it does not have
                    # proxies head their refusals as troubles
                    return Kind.REFUSED if kind is Kind.TROUBLE and refused(self.text) else kind
        return None

    def places(self, kind: Kind) -> dict[str, str | None]:
        """Say where which words stand."""
        hears = _HEARS[kind]
        head = _refused_or_in_trouble if kind is Kind.REFUSED else hears
        title = next(filter(None, map(head, (self.title, *self.pieces))), None)
        found = {"title": title or _number(self.pieces, kind)}
        found["heading"] = next(filter(None, map(head, self.headings)), None) or _number(self.headings, kind)
        found["text"] = (hears(self.text) or _number((self.text,), kind)) if self.text else None
        return found


def _is_vaguely_lost(head: str) -> bool:
    """Return True if a heading is as those of error pages are; what is lost must be said elsewhere."""
    return is_only_error(head) or is_only_oops(head) or bool(_BEGINS.match(head) or _EXCLAIMED.match(head))


def _is_lost_first(folded: str, other: str) -> bool:
    """Return True if a text says that something was not found before it says something else."""
    lost, at = not_found(folded), folded.find(fold(other).strip())
    return lost is not None and 0 <= folded.find(fold(lost).strip()) < at


def _weighed(page: Page, kind: Kind, places: dict[str, str | None], main: _Main, heads: Sequence[str]) -> Suspicion:
    words = main.words
    is_headed = bool(places["title"] or places["heading"])
    is_vaguely_headed = not is_headed and kind is Kind.LOST and any(map(_is_vaguely_lost, heads))
    signs = [
        f'its {where} says "{said}"' for where, said in places.items() if said and not (where == "text" and is_headed)
    ]
    score = 2.0 * bool(places["title"]) + 2.0 * bool(places["heading"]) + 1.5 * bool(places["text"]) + is_vaguely_headed
    if page.is_noindex:
        score += 0.5
        signs.append("it asks not to be indexed")
    if words <= _FEW:
        score += 1.0
        signs.append(f"it has {words} words {'in all' if main.is_whole else 'beside navigation'}")
    elif words <= _SHORT:
        score += 0.5
    elif words > _MANY:
        score -= 1.5
    elif words > _SOME:
        score -= 0.5
    if page.is_dated and words > _FEW:
        score -= 1.5
    head = f"{page.facts.title or ''} / {' / '.join(page.headings[:1])}"
    is_about = bool(_ABOUT.search(fold(head)) or _WORK.search(head))
    score -= 2.5 * is_about
    is_short = words <= (_SHORT if is_headed else _CURT if is_vaguely_headed else _TERSE)
    if not (is_headed or is_vaguely_headed):
        is_alone = not main.is_headed and any(nothing_but_lost(fold(one)) for one in main.first)
        is_short = is_short and (main.is_whole or is_alone)
        score += 0.5 * bool(places["text"] and kind is Kind.LOST and is_of_a_page(fold(main.text)))
    is_open = kind is Kind.LOST and not (places["title"] and places["heading"])
    is_named = any(nothing_but_lost(fold(said)) for said in (places["title"], places["heading"]) if said)
    is_dated = page.is_dated and (words > _BARE or sum(map(bool, places.values())) < _TWICE)
    is_plain = score >= _PLAIN and is_short and page.is_whole and not (is_dated or is_about)
    is_open = is_open or (kind is Kind.LOST and not is_named)
    return Suspicion(kind, score, tuple(signs), is_plain and not (is_open and _speaks_of_more(page)), words)


def _speaks_of_more(page: Page) -> bool:
    """Tell a page that is only headed so: most sentences of its text, without navigation, say nothing of the kind."""
    headings = {heading.strip() for heading in page.headings}
    paragraphs = (one for one in page.outline().paragraphs[:_PARAGRAPHS] if one not in headings)
    sentences = (one for paragraph in paragraphs for one in _SENTENCES.split(paragraph[:_LOOKED_AT]))
    others = [one for one in sentences if count(one) >= _SENTENCE and not not_found(fold(one))]
    return sum(map(count, others)) >= _PROSE


def _headed(page: Page, shown: _Shown, main: _Main) -> Suspicion:
    """Suspect a page whose title or heading is a number and unknown words, or only says that there is an error.

    The number may be of a house, and an interjection the name of a picture: neither is plain.
    """
    heads = (*shown.pieces, *shown.headings)
    words = main.words - (0 if main.first else page.outline().words_linked)
    is_bare = words <= _BARE and page.is_whole and not page.is_dated
    if is_bare and (said := next(filter(is_only_error, heads), None)):
        is_plain = not shown.pieces or any(map(is_only_error, shown.pieces))
        return _suspected(f'it is headed "{said.strip()}", and says no more', words, is_plain=is_plain)
    if is_bare and (found := _SERVER.search(page.text)):
        return _suspected(f'it says "{found[0]}"', words, is_plain=True)
    if found := next(filter(None, map(_EXCLAIMED.match, heads)), None):
        is_plain = is_bare and is_only_oops(f" {found[1]} ")
        return _suspected(f'it is headed "{found[0].strip()}"', words, is_plain=is_plain)
    if found := next(filter(None, map(_BEGINS.match, heads)), None):
        is_called = any(map(_CALLED.search, (page.facts.title or "", *page.headings)))
        return _suspected(f'it is headed "{found[0].strip()}"', words, is_plain=is_bare and is_called)
    if is_bare and (said := next(filter(is_only_oops, heads), None)):
        return _suspected(f'it is headed "{said.strip()}", and says no more', words, is_plain=False)
    return _NONE


def _suspected(sign: str, words: int, *, is_plain: bool) -> Suspicion:
    return Suspicion(Kind.LOST, _HEADED if is_plain else _SUSPICIOUS, (sign,), is_plain, words)


def _refused_or_in_trouble(folded: str) -> str | None:
    return refused(folded) or in_trouble(folded)


def _pieces(title: str) -> list[str]:
    return [fold(piece) for piece in _BETWEEN.split(title) if piece.strip()]


def _number(pieces: tuple[str, ...], kind: Kind) -> str | None:
    """Give the number by which a piece says it."""
    for piece in pieces:
        if found := _NUMBER.search(piece):
            number = found[1] or found[2] or found[3]
            if (_NUMBERS.get(number) or _NUMBERS.get(number[0])) is kind:
                return found[0].strip()
    return None


_NONE = Suspicion()
_HEARS: dict[Kind, Callable[[str], str | None]] = {
    Kind.REFUSED: refused,
    Kind.TROUBLE: in_trouble,
    Kind.LOST: not_found,
}
_NUMBER = re.compile(
    r"^ (?:(?:oops|http|sorry|status|code|html) )*([45]\d\d)(?= $| error| not| page| html?| forbidden| access| bad|"
    r" internal| service| gateway| unauthorized| resource| gone| object| seite| pagina)"
    r"| (?:error|http|status|code|fehler|erreur|errore|erro|fout|fel|chyba|hiba|hata)(?: code| status)? ?([45]\d\d) "
    r"| ([45]\d\d) (?:error|errors|fehler|not found|page not) "
)
"""A status as pages write it: alone, at the beginning, or beside a word for error."""
_BEGINS = re.compile(r" 4(?:04|10) \D{1,30}\Z")
_CALLED = re.compile(r"(?<!\w)4(?:04|10)\s?[!:,.\u2026\u3002\uff01\uff0c\uff1a]")
"""A number that is none of a house."""
_EXCLAIMED = re.compile(r" (\D{2,24}) 4(?:04|10) \Z")
_SERVER = re.compile(r"\b(?:Cannot (?:GET|HEAD) /|No route matches \[(?:GET|HEAD)\]|Route GET:/)")
"""What frameworks write for programmers, in these letters."""
_FOOTER = re.compile(r"\s*(?:\u00a9|copyright\b|\(c\)\s|powered by\b)", re.IGNORECASE)
_NUMBERS = {
    "404": Kind.LOST,
    "410": Kind.LOST,
    "4": Kind.REFUSED,
    "5": Kind.TROUBLE,
}
_SUSPICIOUS, _PLAIN, _HEADED = 1.5, 2.5, 3.0
_TERSE, _FEW, _SHORT, _SOME, _MANY = 50, 80, 200, 400, 900
"""Words of the main content; terse is a whole page that has no title or heading that says it."""
_BARE, _CURT = 40, 60
_TWICE = 2
"""Places that say it: one may be the headline of a dated story."""
_MENUS, _ALL = 1_000, 7_000
"""Words and characters of a page that is looked at in whole."""
_FIRST = 3
_SENTENCES = re.compile(r"(?<=[.!?\u3002])\s*")
_PARAGRAPHS = 30
_SENTENCE, _PROSE = 5, 55
"""Words of a sentence, and of the text of a page that has something to say, such as of a work called "Not Found"."""
_ASKS = ("?", "\uff1f", "\u061f")
"""A heading that asks is followed by an answer."""
_HEADINGS = 3
_LOOKED_AT = 2_000
_ABOUT = re.compile(
    r" (?:how to|how do|how i|how we|how the|returns|returning|getting|gets|after"
    r"|fix|fixing|fixed|what is|what does|what are|why|explained|explanation|meaning"
    r"|tutorial|troubleshoot\w*|was ist|was bedeutet|warum|beheben|bedeutung|pourquoi|corriger|signifie|por que|que es"
    r"|solucionar|significa|come risolvere|perche|что такое|как исправить|почему|jak naprawic|co to jest|nedir|nasil) "
)
"""Words of headlines that are about errors: they explain, and error pages do not."""
_WORK = re.compile(
    r"\w \((?:(?:1[89]|20)\d\d|(?:(?:1[89]|20)\d\d )?(?!error|fehler|erreur)[^\W\d][^()\d]{1,24})\)", re.IGNORECASE
)
"""How encyclopedias and catalogues tell works apart that are called as errors are: `Forbidden (1932 film)`."""
_BETWEEN = re.compile(r"\s(?:[-\u2013\u2014|\u00b7\u2022:\u00bb\u00ab\u203a~/]|//|::)\s|\s?[|\u00bb\u00ab\u203a]\s?")
