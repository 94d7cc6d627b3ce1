"""What the citing text says of a link's target: its title, quoted words, when it was read, and where it is archived.

Conservative throughout: what is not plainly said of this link is not said. Every pattern is bounded, and no more than
the few hundred characters of the surroundings are looked at.
"""

# ruff: noqa: RUF001 - words are spelt in Cyrillic, and quotation marks are what is looked for

import re
from itertools import islice
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from linkcheck.dates import find_date, parse_date
from linkcheck.extract.surroundings import Surroundings
from linkcheck.model import Cited
from linkcheck.words import count, is_spaceless


def cited_of(text: str, around: Surroundings) -> Cited | None:
    """Read what the words around a link (and its own text) say of its target; None when they say nothing."""
    text = text[:_LONGEST]
    accessed = archive_url = archive_date = None
    if _STEMS.find_matches_as_indexes(f"{around.before} {around.after}".lower()):
        accessed = _date_after(_ACCESSED, around.after) or _adjoining_date(around.before)
        archive_url = _archive_url(around)
        archive_date = _archive_date(around) or (_capture_day(archive_url) if archive_url else None)
    title, quote = _quoted(text, around) if _has_quotation_mark(text, around) else (None, None)
    if not (accessed or archive_url or archive_date or title or quote):
        return None
    return Cited(title=title, quote=quote, accessed=accessed, archive_url=archive_url, archive_date=archive_date)


class _Passage(NamedTuple):
    """Words in quotation marks: the place of the marks, and what stands between them."""

    start: int
    end: int
    words: str


def _quoted(text: str, around: Surroundings) -> tuple[str | None, str | None]:
    """Give the title and the quotation that belong to a link."""
    start = len(around.before) + 1
    end = start + len(text)
    whole = f"{around.before}{_EDGE}{text}{_EDGE}{around.after}"
    passages = [
        _Passage(found.start(), found.end(), next(filter(None, found.groups())).replace(_EDGE, " "))
        for found in _QUOTED.finditer(whole)
    ]
    if not passages:
        return None, None
    left, right = _sentence(whole, passages, start, end)
    if title := _title(whole, passages, start, end):
        return title, None
    near = [each for each in passages if left <= each.start and each.end <= right and _is_quotation(each.words)]
    nearest = min(near, key=lambda each: max(start - each.end, each.start - end), default=None)
    return None, _clean(nearest.words) if nearest else None


def _title(whole: str, passages: list[_Passage], start: int, end: int) -> str | None:
    """Find a title where citations have it: the link's whole text, or just before or after a bare URL."""
    text = whole[start:end].strip()
    is_url = not text or bool(_URL.match(text))
    for each in passages:
        if not _is_title(each.words):
            continue
        lead = whole[: each.start].rstrip(_SPACE)
        is_own = each.start >= start and each.end <= end and each.end - each.start == len(text)
        if is_own and (not lead or lead[-1] in _CITATION_BEFORE):
            return _clean(each.words)
        if not is_url:
            continue
        between = whole[each.end : start] if each.end <= start else None
        if between is not None and len(between) <= _SOURCE and "://" not in between:
            if _is_citation(lead):
                return _clean(each.words)
        elif each.start >= end and not whole[end : each.start].strip(_PUNCTUATION):
            return _clean(each.words)
    return None


def _is_citation(lead: str) -> bool:
    """Tell whether what stands before a quoted title is the start of a citation: nothing, a stop, or names."""
    if not lead or lead[-1] in ".;)]":
        return True
    words = _SENTENCE_END.split(lead)[-1].split()
    return lead[-1] in ",:" and all(not word[0].islower() or word in _BETWEEN_NAMES for word in words)


def _sentence(whole: str, passages: list[_Passage], start: int, end: int) -> tuple[int, int]:
    """Place the sentence that the link stands in; ends of sentences within quotation marks are none."""
    masked = whole
    for each in passages:
        inner = slice(each.start + 1, each.end - 2)
        masked = masked[: inner.start] + masked[inner].translate(_NO_STOPS) + masked[max(inner.start, inner.stop) :]
    left = max((found.end() for found in _SENTENCE_END.finditer(masked, 0, start)), default=0)
    after = _SENTENCE_END.search(masked, end)
    return left, after.start() if after else len(whole)


def _is_title(words: str) -> bool:
    size = count(words)
    first = words.lstrip(_SPACE + "¿¡(")[:1]
    is_begun = first.isupper() or first.isdigit() or is_spaceless(first)
    return size <= _TITLE_WORDS and is_begun and (size > 1 or len(words) > _SHORT)


def _is_quotation(words: str) -> bool:
    return count(words) >= _QUOTE_WORDS


def _clean(words: str) -> str:
    return words.strip(" ,;")


def _has_quotation_mark(text: str, around: Surroundings) -> bool:
    return bool(_MARKS.search(around.before) or _MARKS.search(text) or _MARKS.search(around.after))


def _date_after(cue: re.Pattern[str], text: str) -> str | None:
    """Read the date that a cue announces, if the cue is near the link and nothing comes between."""
    for found in islice(cue.finditer(text[:_NEAR]), _MOST_CUES):
        if "://" in _ARCHIVE.sub("", text[: found.start()]):
            return None  # it speaks of the address before it
        window = text[found.end() : found.end() + _WINDOW]
        day = find_date(window)
        if day and not _OTHER.search(window, 0, day.start):
            return day.iso
    return None


def _adjoining_date(before: str) -> str | None:
    """Read an access date that leads to the link: "Retrieved May 3, 2019, from"."""
    found = None
    for found in _ACCESSED.finditer(before):  # noqa: B007 - the last one is wanted
        pass
    if found is None:
        return None
    window = before[found.end() :]
    day = find_date(window)
    if day and not _OTHER.search(window, 0, day.start) and _LEADS_ON.fullmatch(window, day.end):
        return day.iso
    return None


def _archive_url(around: Surroundings) -> str | None:
    """Find an archive's address beside the link: after it, no other address between, or just before "the original"."""
    if (found := _ARCHIVE.search(around.after)) and "://" not in around.after[: found.start()]:
        is_cut = found.end() == len(around.after) >= _CUT
        return None if is_cut else found[0].rstrip(_TAIL)
    last = None
    for last in _ARCHIVE.finditer(around.before):  # noqa: B007 - the last one is wanted
        pass
    return last[0].rstrip(_TAIL) if last and _ORIGINAL.fullmatch(around.before, last.end()) else None


def _archive_date(around: Surroundings) -> str | None:
    """Read when it was archived; the link may stand within, as in "Archived from [the original] on 3 May 2019"."""
    begun = _ARCHIVED_FROM.search(around.before[-_WINDOW:])
    return _date_after(_ARCHIVED, f"{begun[0]} {around.after}" if begun else around.after)


def _capture_day(archive_url: str) -> str | None:
    found = _TIMESTAMP.search(archive_url)
    return parse_date("-".join(found.groups())) if found else None


_EDGE = "\x02"
"""Stands where the link's own text begins and ends."""
_SPACE = " " + _EDGE
_PUNCTUATION = _SPACE + ".,:;()[]<>-–—"
_CITATION_BEFORE = ".,:;)(]-–—•*|"
_TAIL = ".,;:!?)]}>»”\"'"
_BETWEEN_NAMES = frozenset("and et und y e и та al al. von van de der la le du by in eds. eds ed. hrsg.".split())

_LONGEST = 1000
_QUOTE_WORDS = 4
_TITLE_WORDS = 30
_SHORT = 3
_SOURCE = 80
"""Characters of publisher and date between a title and its URL."""
_MOST_CUES = 2
_NEAR = 200
"""How far after a link its access date may be announced, in characters."""
_WINDOW = 60
_CUT = 300
"""Length from which on surroundings may have been cut."""

_MARKS = re.compile('["“”„«»「『《]')
_QUOTED = re.compile(
    r"„([^„“”]{1,300})[“”]|“([^“”]{1,300})”|«\s?([^«»]{1,300}?)\s?»|»([^«»]{1,300})«"
    r"|(?<![\w\"])\"(?=\S)([^\"]{1,300})(?<=\S)\"(?!\w)|「([^「」]{1,300})」|『([^『』]{1,300})』|《([^《》]{1,300})》"
)
_SENTENCE_END = re.compile(
    r"[。！？][」』]{0,3}|(?<![A-ZА-ЯІЇЄҐ])(?<!\b[A-Za-z])[.!?…][\"”»“')\]]{0,3}[\s\x02]+(?=[\"“„«(\[¿¡]{0,2}[^\W\d_a-zа-яß-öø-ÿіїєґ])"
)
_NO_STOPS = dict.fromkeys(map(ord, ".!?…"), "-")
_URL = re.compile(r"https?://|www\.", re.IGNORECASE)
_OTHER = re.compile(r"://|[;•|]|[.!?]\s+[A-ZА-Я]")
"""What shows that a date speaks of something else than the cue before it."""

_STEMS = AhoCorasick(
    (
        *(
            "acces",
            "retriev",
            "visit",
            "view",
            "consult",
            "check",
            "abruf",
            "abgeruf",
            "aufgeruf",
            "besuch",
            "eingeseh",
        ),
        *("geprüf", "zugriff", "accès", "récup", "recup", "acess", "aced", "дата", "провер", "просмотр", "обращ"),
        *("перевір", "перегл", "процит", "звернен", "archiv", "arquiv", "архив", "архів", "perma.cc", "webcitation"),
    )
)
"""One of these is in every announcement below: to skip quickly over words that have none."""

_ACCESSED = re.compile(
    r"\b(?:"
    r"(?:last\s)?(?:accessed|retrieved|visited|viewed|consulted|checked)|access(?:ed)?\sdate|date\s(?:of\saccess|accessed)"
    r"|(?:zuletzt\s|letztmals\s)?(?:abgerufen|aufgerufen|besucht|eingesehen|geprüft)|(?:letzter\s)?(?:zugriff|abruf)"
    r"|(?:page\s)?consultée?|(?:dernier\s)?accès|date\sde\sconsultation|visitée?|récupérée?"
    r"|consultad[oa]|fecha\sde\s(?:consulta|acceso)|recuperad[oa]|(?:último\s)?acceso|visitad[oa]"
    r"|(?:url\s)?consultat[oa]|(?:ultimo\s|data\sdi\s)?accesso|visitat[oa]|recuperat[oa]"
    r"|(?:data\sde\s|último\s)?acesso|acessad[oa]|acedid[oa]"
    r"|дата\s(?:обращения|доступа|просмотра)|проверено|просмотрено|обращение"
    r"|дата\s(?:звернення|доступу|перегляду)|перевірено|переглянуто|процитовано|звернення"
    r")\b",
    re.IGNORECASE,
)
_ARCHIVE_CUE = (
    r"\b(?:archived|archiviert|archivée?|archivad[oa]|archiviat[oa]|arquivad[oa]|(?:за)?архивировано|(?:за)?архівовано"
    r"|archive\sdate|archivedate)\b"
)
_ARCHIVED = re.compile(_ARCHIVE_CUE, re.IGNORECASE)
_ARCHIVED_FROM = re.compile(_ARCHIVE_CUE + r"(?:\s\w{1,10}){0,2}\s?$", re.IGNORECASE)
_LEADS_ON = re.compile(
    r"[\s,;:]*(?:(?:from|at|via|von|unter|de|sur|desde|en|da|su|em|из|с|на|з|із)\b)?[\s:<(]*", re.IGNORECASE
)
_ORIGINAL = re.compile(
    r"[\s.,;:()–—-]{0,5}(?:(?:archived|from|of|copy|vom|de|du|del|dell|dall|do|из|з)[\s']{1,2}){0,3}"
    r"(?:the\s|l'|el\s|o\s)?(?:original|originale?|оригинала|оригіналу)[\s:,(]*",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(
    r"https?://(?:"
    r"(?:web|wayback)\.archive\.org/(?:web/)?[0-9*]|archive\.(?:today|ph|is|li|vn|md|fo)/|perma\.cc/|(?:www\.)?webcitation\.org/"
    r"|(?:www\.)?arquivo\.pt/(?:wayback|noFrame)/|web\.archive\.org\.au/|(?:www\.)?webarchive\.org\.uk/wayback/"
    r")[^\s<>\"“”«»]{1,1000}",
    re.IGNORECASE,
)
_TIMESTAMP = re.compile(r"/((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})[0-9]{0,6}(?:[a-z]{2}_)?/")
