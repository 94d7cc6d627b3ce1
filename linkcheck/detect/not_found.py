"""Weighs how much a page speaks like one that stands in for another: missing, refused, or out of order. Pure.

What counts are a title or heading that says so, in any of 40 languages, few words, and `noindex`; an article that has
a date or many words speaks against it, whatever its headline is about. The weights follow the experience of
TeamHG-Memex/soft404 (title and headings weigh most, then length). A number (`Error 403`) decides what words leave open.
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from linkcheck.detect.api import Context, Page
from linkcheck.detect.saying import fold, in_trouble, not_found, refused
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
    speech = speech_of(page)
    if not (speech.has_status or speech.is_of("errors") or speech.is_of("refusals")):
        return _NONE
    title = page.facts.title or ""
    headings = [one for one in page.headings[:_HEADINGS] if not one.rstrip().endswith(_ASKS)]
    is_short = page.facts.words <= _SHORT
    text = page.text[:_LOOKED_AT] if is_short else ""
    if not is_short and len(page.headings) > _HEADINGS and page.is_dated:
        return _NONE
    shown = _Shown(fold(title), tuple(_pieces(title)), tuple(map(fold, headings)), fold(text) if text else "")
    kind = shown.kind()
    if kind is None:
        return _numbered(shown)
    places = shown.places(kind)
    return _weighed(page, kind, places) if any(places.values()) else _NONE


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
        for said in (self.title, " ".join(self.headings), self.text):
            for kind, hears in _HEARS.items():
                if hears(said):  # proxies head their refusals as troubles
                    return Kind.REFUSED if kind is Kind.TROUBLE and refused(self.text) else kind
        return None

    def places(self, kind: Kind) -> dict[str, str | None]:
        """Say where which words stand."""
        hears = _HEARS[kind]
        head = _refused_or_in_trouble if kind is Kind.REFUSED else hears
        found = {"title": head(self.title) or _number(self.pieces, kind)}
        found["heading"] = next(filter(None, map(head, self.headings)), None) or _number(self.headings, kind)
        found["text"] = (hears(self.text) or _number((self.text,), kind)) if self.text else None
        return found


def _weighed(page: Page, kind: Kind, places: dict[str, str | None]) -> Suspicion:
    words = page.facts.words
    is_headed = bool(places["title"] or places["heading"])
    signs = [
        f'its {where} says "{said}"' for where, said in places.items() if said and not (where == "text" and is_headed)
    ]
    score = 2.0 * bool(places["title"]) + 2.0 * bool(places["heading"]) + 1.5 * bool(places["text"])
    if page.is_noindex:
        score += 0.5
        signs.append("it asks not to be indexed")
    if words <= _FEW:
        score += 1.0
        signs.append(f"it has {words} words in all")
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
    is_short = words <= (_SHORT if is_headed else _TERSE)
    is_open = kind is Kind.LOST and not (places["title"] and places["heading"])
    is_plain = score >= _PLAIN and is_short and not (page.is_dated or is_about)
    return Suspicion(kind, score, tuple(signs), is_plain and not (is_open and _speaks_of_more(page)))


def _speaks_of_more(page: Page) -> bool:
    """Tell a page that is only headed so: most sentences of its text, without navigation, say nothing of the kind."""
    headings = {heading.strip() for heading in page.headings}
    paragraphs = (one for one in page.outline().paragraphs[:_PARAGRAPHS] if one not in headings)
    sentences = (one for paragraph in paragraphs for one in _SENTENCES.split(paragraph[:_LOOKED_AT]))
    others = [one for one in sentences if count(one) >= _SENTENCE and not not_found(fold(one))]
    return sum(map(count, others)) >= _PROSE


def _numbered(shown: _Shown) -> Suspicion:
    """Suspect a title or heading that begins with 404 and goes on in unknown words; it may be of a house."""
    found = next(filter(None, map(_BEGINS.match, (*shown.pieces, *shown.headings))), None)
    return Suspicion(Kind.LOST, _SUSPICIOUS, (f'it is headed "{found[0].strip()}"',)) if found else _NONE


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
_NUMBERS = {
    "404": Kind.LOST,
    "410": Kind.LOST,
    "4": Kind.REFUSED,
    "5": Kind.TROUBLE,
}
_SUSPICIOUS, _PLAIN = 1.5, 2.5
_TERSE, _FEW, _SHORT, _SOME, _MANY = 50, 80, 200, 400, 900
"""Words of a whole page, navigation included; terse is what has no title or heading that says it."""
_SENTENCES = re.compile(r"(?<=[.!?\u3002])\s*")
_PARAGRAPHS = 30
_SENTENCE, _PROSE = 5, 55
"""Words of a sentence, and of the text of a page that has something to say."""
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
_BETWEEN = re.compile(r"\s[-\u2013\u2014|\u00b7\u2022:\u00bb\u00ab\u203a]\s|\s?[|\u00bb\u00ab\u203a]\s?")
