"""When the article was published, and who says so: the command line, the document, a date line, the URL."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from linkcheck import uri
from linkcheck.dates import find_date, is_day_first, parse_date
from linkcheck.later import later
from linkcheck.model import Claim
from linkcheck.provenance.headers import LAST_MODIFIED
from linkcheck.timezones import zone_of

_WEAK = frozenset({"<time> elsewhere", "date elsewhere"})
_SEEN = frozenset({"<time>", "date line"})
IN_URL = "URL path"
"""Who says what an address says."""


def claims(
    claims: Sequence[Claim], opening: Sequence[tuple[int, str]], urls: Sequence[str], *, stated: str | None = None
) -> tuple[Claim, ...]:
    """Give what is said of the date, strongest first, each value as `YYYY-MM-DD`; what is no certain day is left out.

    `claims` are the extractor's, `opening` line and text of the document's first blocks, `urls` where the article
    first stood, and `stated` is what the person says. Days of updates follow as claims of their own; where there are no
    others, the first of them is the best that is known of the publication, and says so.
    """
    order = _order(claims, urls)
    declared = [*_declared(claims, "published", order=order)]
    modified = [*_declared(claims, "modified", order=order)]
    dependable = [one for one in modified if one.said_by != LAST_MODIFIED]
    dated = ((line, _date_line(text, order=order)) for line, text in opening)
    lines = [Claim("published", day, "date line", line) for line, day in dated if day]
    paths = [Claim("published", day, IN_URL) for day in dict.fromkeys(map(date_in_url, urls)) if day]
    declared = _as_readers_see(declared, (*lines, *paths), zone_of(_language(claims), _host(urls)))
    strong = [one for one in declared if not is_weak(one.claim)]
    weak = (one.claim for one in declared if is_weak(one.claim))
    found = (*_stated(stated), *_backed(strong, dependable, (*lines, *paths)), *lines, *paths, *weak)
    if not found and dependable:
        found = (Claim("published", dependable[0].value, f"{dependable[0].said_by}{UPDATE}", dependable[0].line),)
    return tuple(dict.fromkeys((*found, *(one.claim for one in modified))))


def is_weak(claim: Claim) -> bool:
    """Tell a day that is the best that is known, and too little to hold against another one."""
    return claim.said_by in _WEAK or claim.said_by.endswith(UPDATE)


class _Day(NamedTuple):
    """What a claim says of a day, and how exactly."""

    claim: Claim
    value: str
    """`YYYY-MM-DD`."""
    written: str

    @property
    def instant(self) -> datetime | None:
        """None where there is no time of day, or no zone."""
        return _instant(self.written)

    @property
    def said_by(self) -> str:
        return self.claim.said_by

    @property
    def line(self) -> int | None:
        return self.claim.line

    @property
    def is_utc(self) -> bool:
        """Tell an instant whose day need not be that which readers see."""
        return self.instant is not None and not self.instant.utcoffset()


def _as_readers_see(declared: Sequence[_Day], others: Sequence[Claim], zone: ZoneInfo | None) -> list[_Day]:
    """Return the days with each that is an instant in UTC moved to the readers' zone, unless somebody says that day."""
    local = {one.value for one in (*others, *(day.claim for day in declared if not day.is_utc))}
    moved = []
    for one in declared:
        instant = one.instant
        if zone is not None and instant is not None and one.is_utc and one.value not in local:
            day = instant.astimezone(zone).date().isoformat()
            moved.append(_Day(Claim(one.claim.field, day, one.said_by, one.line), day, one.written))
        else:
            moved.append(one)
    return moved


def _backed(declared: Sequence[_Day], modified: Sequence[_Day], others: Sequence[Claim]) -> Iterator[Claim]:
    """Put first the day that has more speakers, where the strongest claim is alone with its own or one day off it.

    Metadata in UTC are a day off what readers see; systems write JSON-LD of a page that was copied; a stamp of
    rendering is no publication. Front matter is believed before all.
    """
    if not declared:
        return
    known = [one.claim for one in declared]
    first = declared[0]
    best = first.claim if first.said_by == "front matter" else _best(declared, modified, others)
    yield best
    yield from (one for one in known if one is not best)


def _best(declared: Sequence[_Day], modified: Sequence[_Day], others: Sequence[Claim]) -> Claim:
    first = declared[0]
    everyone = [*(one.claim for one in declared), *others]
    if all(one.value == first.value for one in everyone):
        return first.claim
    day = date.fromisoformat(first.value)

    def is_local(one: Claim) -> bool:
        return one.said_by in _SEEN or any(
            known.claim is one and known.instant is not None and not known.is_utc for known in declared
        )

    def votes(one: Claim) -> tuple[int, bool, bool]:
        said = {_kind(other) for other in everyone if other.value == one.value}
        return len(said), IN_URL in said, first.is_utc and is_local(one)

    near = [one for one in everyone if one.said_by != IN_URL and _days(one.value, day) <= 1]
    best = max((*near, *(one for one in others if _days(one.value, day) == 1)), key=votes)
    if best.value != first.value:
        return best
    rest = [one for one in everyone if one.value != first.value]
    speakers = {one.said_by for one in everyone if one.value == first.value}
    for one in rest:
        said = {other.said_by for other in rest if other.value == one.value}
        if len(speakers) == 1 and said - _SEEN - {IN_URL} and said & {*_SEEN, IN_URL}:
            return one
    for one in rest:
        said = {other.said_by for other in rest if other.value == one.value}
        if len(speakers) == 1 and said >= _SEEN and _is_stamp(first, modified):
            return one
    return first.claim


def _is_stamp(first: _Day, modified: Sequence[_Day]) -> bool:
    """Tell an instant that lies after the last update: that of rendering the page."""
    instant = first.instant
    return instant is not None and any(one.instant is not None and one.instant < instant for one in modified)


def _days(value: str, day: date) -> int:
    return abs((date.fromisoformat(value) - day).days)


def _kind(claim: Claim) -> str:
    """Tell what readers see from what one and the same system writes into all its metadata."""
    return claim.said_by if claim.said_by == IN_URL else "seen" if claim.said_by in _SEEN else ""


def _order(claims: Sequence[Claim], urls: Sequence[str]) -> bool | None:
    """Tell how a page means `02/03/2017`: by its language, its country, or another day that it writes in full."""
    known = is_day_first(_language(claims), _host(urls))
    if known is not None:
        return known
    days = {day for claim in claims if claim.field in _DAYS and (day := _iso_day(claim.value))}
    days.update(day for url in urls if (day := date_in_url(url)))
    for claim in claims if days else ():
        if claim.field in _DAYS and parse_date(claim.value) is None:
            readings = [parse_date(claim.value, is_day_first=order) in days for order in (True, False)]
            if readings[0] != readings[1]:
                return readings[0]
    return None


def _language(claims: Sequence[Claim]) -> str:
    return next((claim.value for claim in claims if claim.field == "language"), "")


def _host(urls: Sequence[str]) -> str:
    return uri.host_of(urls[0]) if urls else ""


def date_in_url(url: str) -> str | None:
    """Give the day in a URL's path: `/2017/02/14/`, `/2017/feb/14/`, `/2017-02-14-...`, `/2017-02/14/` ..."""
    parts = uri.parse(url) if _YEAR_OF_PATH.search(url) else None
    if parts is None or parts.scheme not in uri.WEB:
        return None
    return next((day for found in _IN_PATH.finditer(parts.path) if (day := _day(found))), None)


def _stated(stated: str | None) -> Iterator[Claim]:
    if stated and (day := parse_date(stated)):
        yield Claim("published", day, "command line")


def _declared(claims: Sequence[Claim], field: str, *, order: bool | None) -> Iterator[_Day]:
    for claim in claims:
        if claim.field == field and (day := _iso_day(claim.value) or parse_date(claim.value, is_day_first=order)):
            yield _Day(Claim(field, day, claim.said_by, claim.line), day, claim.value)


def _instant(text: str) -> datetime | None:
    """Read an instant with its zone, in ISO 8601 or as e-mail has it; None where there is none."""
    text = text.strip()
    if len(text) > _LONGEST_INSTANT or ":" not in text:
        return None
    try:
        found = datetime.fromisoformat(text) if text[:1].isdigit() else parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return found if found.tzinfo else None


def _iso_day(text: str) -> str | None:
    """Read what nearly all metadata are written in, `2017-02-14` or `2017-02-14T...`, without trying other forms."""
    found = _ISO.match(text)
    try:
        return date.fromisoformat(found[1]).isoformat() if found else None
    except ValueError:
        return None


def _date_line(text: str, *, order: bool | None) -> str | None:
    """Read a block that is nothing but a date, after a label or a byline at most."""
    if len(text) > _LONGEST or not _YEAR.search(text):
        return None
    label = _LABEL.match(text)
    if (label or not _OTHER.match(text)) and (
        day := parse_date(text[label.end() if label else 0 :], is_day_first=order)
    ):
        return day
    byline = _BYLINE.match(text)
    found = find_date(text, is_day_first=order) if byline else None
    if byline is None or found is None or text[found.end :].strip(" .)"):
        return None
    return found.iso if _NAME_ENDS.search(text[byline.end() : found.start]) else None


def _day(found: re.Match[str]) -> str | None:
    year, month, day = (part for part in found.group(*_PARTS) if part)
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


_ISO = later(
    r"\s*((?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})"
    r"(?=\s*\Z|T[0-9]{2}:?[0-9]{2}[0-9:.]{0,16}(?:Z|[+-][0-9:]{2,6})?\s*\Z)"
)
UPDATE = " of an update"
"""How the name of who says so ends, where only the day of an update is known."""
_DAYS = frozenset({"published", "modified"})
_YEAR = later("(?:1[5-9]|20)[0-9]{2}")
_LONGEST = 200
"""Characters; what is longer is running text."""
_LONGEST_INSTANT = 60

_LABEL = later(
    r"\s*(?:(?:first |originally )?(?:published|posted)(?: on)?|date|veröffentlicht(?: am)?|erschienen(?: am)?|datum"
    r"|publié(?:e)?(?: le)?|publicado(?: el| em)?|fecha|data|pubblicato(?: il)?|опубликовано|дата(?: публикации)?"
    r"|опубліковано)\b\s*:?\s*",
    re.IGNORECASE,
)
_OTHER = later(
    r"\s*(?:by|until|since|(?:last )?(?:updated|modified)|bis|seit|aktualisiert|stand|jusqu|depuis|hasta|desde|fino|dal"
    r"|actualizado|aggiornato|atualizado|обновлено|оновлено)\b",
    re.IGNORECASE,
)
"""What a date alone may follow that makes it another date than that of the publication."""

_BYLINE = later(r"\s*(?:by|von|par|por|di|автор|текст)\b:?\s+", re.IGNORECASE)
_NAME_ENDS = later(r"\w[\w.]*\s*[,|/·•—–(-]")  # noqa: RUF001 - bylines are set with en dashes

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = ("year", "month", "day", "y", "m", "d", "y2", "m2", "d2")
_YEAR_OF_PATH = later(r"[12][0-9]{3}")
"""What every such day begins with: most addresses have none, and need not be parsed."""
_IN_PATH = later(
    r"(?<![0-9])(?:"
    r"(?P<year>(?:19|20)[0-9]{2})(?P<sep>[/-])"
    r"(?P<month>[0-9]{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})(?P=sep)(?P<day>[0-9]{1,2})"
    r"|(?<=/)(?P<y>(?:19|20)[0-9]{2})[/-]?(?P<m>[0-9]{2})[/-]?(?P<d>[0-9]{2})(?=/)"
    r"|(?<=/)(?P<y2>(?:19|20)[0-9]{2})(?P<m2>[0-9]{2})(?P<d2>[0-9]{2})"
    r")(?![0-9])",
    re.IGNORECASE,
)
