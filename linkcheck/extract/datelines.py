"""Reads the day of publication from what a page shows: `<time>`, lines where bylines are, elements called so.

Around the headline a day counts more than far from it. Days of comments, teasers, copyright lines, birthdays, members
and updates are not that of the publication.
"""

import re
from collections.abc import Iterator
from itertools import islice

from linkcheck.dates import find_date, parse_date
from linkcheck.extract.bylines import Around, places
from linkcheck.extract.heads import Statement
from linkcheck.extract.snippets import BLOCK, attributes, inner, line
from linkcheck.later import later


def of_times(text: str, around: Around) -> Iterator[Statement]:
    """Read `<time>` of the article: those that are called the publication's, or stand at the headline."""
    count = 0
    for one, is_own in _times(text, around, around.body, around.end):
        count += is_own and one.field == "published"
        if is_own and count <= _FEW:
            yield one


def of_far_times(text: str, around: Around) -> Iterator[Statement]:
    """Read the first other `<time>`: within the article, else after it."""
    within = (one for one, is_own in _times(text, around, around.body, around.end) if not is_own)
    if first := next(within, None):
        yield first._replace(said_by="<time> elsewhere")
        return
    for one, is_own in islice(_times(text, around, around.end, len(text)), 1):
        yield one if is_own else one._replace(said_by="<time> elsewhere")


def _times(text: str, around: Around, start: int, limit: int) -> Iterator[tuple[Statement, bool]]:
    """Read `<time>` between two characters, and tell whether it is the article's own; an update's is said to be one.

    Where the attribute is an instant in UTC, the day that readers see is taken instead.
    """
    for found in islice(_TIME.finditer(text, start, limit), _TIMES):
        at = found.start()
        end = text.find(">", at, at + _LONGEST_TAG * 4)
        if end < 0:
            continue
        tag = text[at : end + 1]
        before = text[max(around.body, at - _CALLED) : at]
        value = attributes(tag).get("datetime") or ""
        if (not value or value.endswith(("Z", "+00:00"))) and (shown := inner(text, end + 1)):
            day = parse_date(shown, is_day_first=around.is_day_first)
            value = day or value or shown
        if value and not _ELSEWHERE.search(tag):
            is_update = _UPDATED.search(tag) or _UPDATES.search(line(before[-_LABEL:]))
            is_near = around.has_headline and 0 <= at - around.headline < _NEAR and at < around.end
            is_own = is_near or _PUBLISHED.search(tag) or _PUBLISHED.search(before)
            yield Statement("modified" if is_update else "published", value, "<time>", at), bool(is_own)


def of_dates(text: str, around: Around) -> Iterator[Statement]:
    """Read days that stand where bylines do: in a line that says so or is one's own, or in an element called so."""
    middle, day_first = around.headline, around.is_day_first
    near = list(_dated_lines(text, middle, min(middle + _NEAR, around.end)))
    before = list(_dated_lines(text, max(around.body, middle - _BEFORE), middle))
    for at, words in (*near, *before):
        if len(words) <= _DATE_LINE and _POSTED.search(words) and (day := _day_in(words, is_day_first=day_first)):
            yield Statement("published", day, "date line", at)
            return
    for at, words in near:
        if len(words) <= _DATE_LINE and (day := _day_in(words, is_day_first=day_first)):
            yield Statement("published", day, "date line", at)
            return
    for at in places(text, middle, around.end, _DATE_NEEDLES):
        start, end = text.rfind("<", max(around.body, at - _LONGEST_TAG), at), text.find(">", at, at + _LONGEST_TAG)
        if start >= 0 and end >= 0 and _DATED.search(text, start, end + 1):
            tag = text[start : end + 1]
            if _UPDATED.search(tag) or _ELSEWHERE.search(tag):
                continue
            words = inner(text, end + 1) or attributes(tag).get("title", "")
            if len(words) <= _DATE_LINE and _HAS_YEAR.search(words) and (day := _day_in(words, is_day_first=day_first)):
                yield Statement("published", day, "date line", start)
                return
    for at, words in before:
        if len(words) <= _DATE_LINE and (day := _day_in(words, is_day_first=day_first)):
            yield Statement("published", day, "date line", at)
            return


def of_far_dates(text: str, around: Around) -> Iterator[Statement]:
    """Read days that stand further from the headline, in a short line or at a line's start: after it, then before."""
    middle, day_first = around.headline, around.is_day_first
    after = list(_dated_lines(text, middle, around.end))
    short = [pair for pair in after if len(pair[1]) <= _DATE_LINE]
    labelled = [pair for pair in short if _POSTED.search(pair[1])]
    for at, words in (*labelled, *short, *after, *_dated_lines(text, around.body, middle), *_described(text, around)):
        start = words[:_DATE_START]
        is_dated = len(words) <= _DATE_LINE or _HAS_YEAR.search(start) or _POSTED.search(start)
        if is_dated and (day := _day_in(words, is_day_first=day_first)):
            yield Statement("published", day, "date elsewhere", at)
            return


def _described(text: str, around: Around) -> Iterator[tuple[int, str]]:
    """Give the page's description, in which some offices write the day."""
    for found in _DESCRIPTION.finditer(text, 0, around.body):
        yield found.start(), attributes(found[0]).get("content", "")[:_LONGEST_TAG]
        return


def of_updates(text: str, around: Around) -> Iterator[Statement]:
    """Read the day of an update, which is said in words: `Last updated: 14 February 2017`."""
    for at in places(text, around.headline, around.end, _UPDATE_NEEDLES):
        found = _UPDATES.search(text, max(around.body, at - _LITTLE), at + _LABEL)
        if found is None:
            continue
        words = line(text[found.end() : found.end() + _LABEL])[:_DATE_START]
        if (day := find_date(words, is_day_first=around.is_day_first)) and day.start < _LITTLE:
            yield Statement("modified", day.iso, "update line", found.start())
            return


def _dated_lines(text: str, start: int, limit: int) -> Iterator[tuple[int, str]]:
    """Give the lines of text that have a year: the character, and the text, at most its first 300 characters."""
    last = start
    for at in _years(text, start, min(limit, len(text))):
        near = max(start, at - _LONGEST_TAG)
        if at < last or text.rfind("<", near, at) > text.rfind(">", near, at):  # within a tag
            continue
        far = max(start, at - _SCRIPT)
        if text.rfind("<script", far, at) > text.rfind("</script", far, at):
            continue
        begin = max(start, at - _LINE)
        blocks = list(BLOCK.finditer(text, begin, at))
        if _BESIDE.search(text, blocks[-1].start() if blocks else begin, at):
            continue
        begin = blocks[-1].end() if blocks else text.find(">", begin, at) + 1 or begin
        end = BLOCK.search(text, at, at + _LINE)
        last = end.start() if end else min(at + _LINE, len(text))
        yield begin, line(text[begin:last])


def _years(text: str, start: int, limit: int) -> list[int]:
    """Find what may be years, one kind after the other: alternatives in one pattern take ten times as long."""
    found: list[int] = []
    for form in _YEARS:
        found.extend(one.start() for one in islice(form.finditer(text, start, limit), _DATES))
    return sorted(found)[:_DATES]


def _day_in(words: str, *, is_day_first: bool | None) -> str | None:
    """Give the day that a short line has, or a longer one begins with; a day of anything else is none."""
    start = words if len(words) <= _DATE_LINE else words[:_DATE_START]
    if other := _NOT_PUBLISHED.search(start):
        start = start[: other.start()]  # "Published 14 February 2017, updated 15 February 2017"
        if not _POSTED.search(start):
            return None
    if found := find_date(start, is_day_first=is_day_first):
        rest = start[: found.start] + start[found.end :]
        return None if _HAS_YEAR.search(rest) and not _POSTED.search(start) else found.iso
    short = _SHORT_DATE.search(start)
    return parse_date(f"{short[1]}.{short[2]}.20{short[3]}") if short else None


_FEW = 2
_TIME = re.compile(r"<[tT][iI][mM][eE]\b")
_TIMES, _DATES, _CALLED, _LABEL = 20, 60, 120, 80
_LITTLE = 16
_NEAR = 6000
_BEFORE = 3000
_LINE, _LONGEST_TAG, _SCRIPT = 400, 400, 20_000
_DATE_LINE, _DATE_START = 130, 24
_DATE_NEEDLES = ("date", "Date", "atum", "time", "Time", "fecha", "publi")
_DATED = later(
    r"""\b(?:class|id)\s*=\s*["'][^"'<>]{0,100}(?:[dD]ate|[dD]atum|[fF]echa|[tT]ime(?!r|line)|publish|published)"""
)
_ELSEWHERE = later(
    r"teaser|related|sidebar|(?<!elementor-)widget|comment|footer|copyright|birth|event|archive", re.IGNORECASE
)
_BESIDE = later(r"""\b(?:class|id)\s*=\s*["']?[^"'<>]{0,80}(?:teaser|related|sidebar|copyright)""", re.IGNORECASE)
_PUBLISHED = later(r"publi|entry-date|posted|pubdate|created|release", re.IGNORECASE)
_UPDATED = later(r"updat|modif|last", re.IGNORECASE)
_DESCRIPTION = later(r"<meta\b(?=[^>]{0,300}\bname=.?description)[^>]{0,1500}>", re.IGNORECASE)
_POSTED = later(
    r"\A(?:datum|date|fecha|data|tarih)\b|notizia del|meldung vom|posted|published|written|gepostet"
    r"|ver\u00f6ffentlicht|erschienen|erstellt|publi\u00e9|publicado|pubblicato"
    r"|\u043e\u043f\u0443\u0431\u043b\u0438\u043a\u043e\u0432\u0430\u043d|yay\u0131n|gepubliceerd|opublikowan|publicerad",
    re.IGNORECASE,
)
_HAS_YEAR = later(r"(?:19|20)[0-9]{2}|[0-9]\.\s?[0-9]{1,2}\.\s?[0-9]{2}\b")
_YEARS = (later("20[0-9]{2}"), re.compile("19[0-9]{2}"), re.compile(r"\.\s?[0-9]{1,2}\.\s?[0-9]{2}\b"))
_SHORT_DATE = later(r"(?<![0-9.])([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{2})(?![0-9])")
_UPDATES = later(
    r"(?:\b(?:last )?(?:updated|modified|revised|edited)(?: on| at)?|aktualisiert(?: am)?|\bStand|ge\u00e4ndert(?: am)?"
    r"|mis \u00e0 jour(?: le)?|modifi\u00e9(?: le)?|actualizado(?: el)?|atualizado(?: em)?|aggiornato(?: il)?"
    r"|g\u00fcncelle\w*|bijgewerkt|zaktualizowano|uppdaterad|\u043e\u0431\u043d\u043e\u0432\u043b\u0435\u043d\u043e)\b",
    re.IGNORECASE,
)
_UPDATE_NEEDLES = (*("pdated", "odified", "ktualisiert", "Stand", "ndert", "jour", "tualizado", "ggiornato", "ncelle"),)
_NOT_PUBLISHED = later(
    rf"{_UPDATES.pattern}|\u00a9|copyright|\(c\)|\bseit\b|\bsince\b|until|joined|registriert|registered|mitglied"
    r"|member|\bborn\b|geboren|\bn\u00e9e?\b|nacido|geburtstag|birthday"
    r"|aktuelle zeit|it is currently|current time|heute ist|today is|\u51fa\u751f|letzter besuch|last visit|read more",
    re.IGNORECASE,
)
