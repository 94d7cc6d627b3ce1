"""When the article was published, and who says so: the command line, the document, a date line, the URL."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from linkcheck import uri
from linkcheck.dates import find_date, parse_date
from linkcheck.model import Claim

_SEEN = "seen"
IN_URL = "URL path"
"""Who says what an address says."""


def claims(
    claims: Sequence[Claim], opening: Sequence[tuple[int, str]], urls: Sequence[str], *, stated: str | None = None
) -> tuple[Claim, ...]:
    """Give what is said of the date, strongest first, each value as `YYYY-MM-DD`; what is no certain day is left out.

    `claims` are the extractor's, `opening` line and text of the document's first blocks, `urls` where the article
    first stood, and `stated` is what the person says.
    """
    declared = [*_declared(claims)]
    lines = [Claim("published", day, "date line", line) for line, text in opening if (day := _date_line(text))]
    paths = [Claim("published", day, IN_URL) for day in dict.fromkeys(map(date_in_url, urls)) if day]
    return tuple(dict.fromkeys((*_stated(stated), *_backed(declared, (*lines, *paths)), *lines, *paths)))


def _backed(declared: Sequence[Claim], others: Sequence[Claim]) -> Sequence[Claim]:
    """Put a day that more speakers say before its neighbour: metadata in UTC are a day off what readers see.

    Front matter is believed before all, and nothing is changed where the days are further apart.
    """
    if not declared or declared[0].said_by == "front matter":
        return declared
    first = date.fromisoformat(declared[0].value)

    def votes(day: str) -> tuple[int, bool]:
        said = {_kind(one) for one in (*declared, *others) if one.value == day}
        return len(said), IN_URL in said

    near = [one for one in declared if abs((date.fromisoformat(one.value) - first).days) <= 1]
    beside = [one for one in others if abs((date.fromisoformat(one.value) - first).days) == 1]
    best = max((*near, *beside), key=lambda one: votes(one.value))
    if best.value == declared[0].value:
        return declared
    return [best, *(one for one in declared if one is not best)]


def _kind(claim: Claim) -> str:
    """Tell what readers see from what one and the same system writes into all its metadata."""
    return claim.said_by if claim.said_by == IN_URL else _SEEN if claim.said_by in {"<time>", "date line"} else ""


def date_in_url(url: str) -> str | None:
    """Give the day in a URL's path: `/2017/02/14/`, `/2017/feb/14/`, `/2017-02-14-...` or `/20170214/`."""
    parts = uri.parse(url) if _YEAR.search(url) else None
    if parts is None or parts.scheme not in uri.WEB:
        return None
    return next((day for found in _IN_PATH.finditer(parts.path) if (day := _day(found))), None)


def _stated(stated: str | None) -> Iterator[Claim]:
    if stated and (day := parse_date(stated)):
        yield Claim("published", day, "command line")


def _declared(claims: Sequence[Claim]) -> Iterator[Claim]:
    for claim in claims:
        if claim.field == "published" and (day := _iso_day(claim.value) or parse_date(claim.value)):
            yield Claim("published", day, claim.said_by, claim.line)


def _iso_day(text: str) -> str | None:
    """Read what nearly all metadata are written in, `2017-02-14` or `2017-02-14T...`, without trying other forms."""
    found = _ISO.match(text)
    try:
        return date.fromisoformat(found[1]).isoformat() if found else None
    except ValueError:
        return None


def _date_line(text: str) -> str | None:
    """Read a block that is nothing but a date, after a label or a byline at most."""
    if len(text) > _LONGEST:
        return None
    label = _LABEL.match(text)
    if (label or not _OTHER.match(text)) and (day := parse_date(text[label.end() if label else 0 :])):
        return day
    byline = _BYLINE.match(text)
    found = find_date(text) if byline else None
    if byline is None or found is None or text[found.end :].strip(" .)"):
        return None
    return found.iso if _NAME_ENDS.search(text[byline.end() : found.start]) else None


def _day(found: re.Match[str]) -> str | None:
    year, month, day = found["year"] or found["y"], found["month"] or found["m"], found["day"] or found["d"]
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


_ISO = re.compile(
    r"\s*((?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})"
    r"(?=\s*\Z|T[0-9]{2}:?[0-9]{2}[0-9:.]{0,16}(?:Z|[+-][0-9:]{2,6})?\s*\Z)"
)
_LONGEST = 200
"""Characters; what is longer is running text."""

_LABEL = re.compile(
    r"\s*(?:(?:first |originally )?(?:published|posted)(?: on)?|date|veröffentlicht(?: am)?|erschienen(?: am)?|datum"
    r"|publié(?:e)?(?: le)?|publicado(?: el| em)?|fecha|data|pubblicato(?: il)?|опубликовано|дата(?: публикации)?"
    r"|опубліковано)\b\s*:?\s*",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\s*(?:by|until|since|(?:last )?(?:updated|modified)|bis|seit|aktualisiert|stand|jusqu|depuis|hasta|desde|fino|dal"
    r"|actualizado|aggiornato|atualizado|обновлено|оновлено)\b",
    re.IGNORECASE,
)
"""What a date alone may follow that makes it another date than that of the publication."""

_BYLINE = re.compile(r"\s*(?:by|von|par|por|di|автор|текст)\b:?\s+", re.IGNORECASE)
_NAME_ENDS = re.compile(r"\w[\w.]*\s*[,|/·•—–(-]")  # noqa: RUF001 - bylines are set with en dashes

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"[12][0-9]{3}")
"""What every such day begins with: most addresses have none, and need not be parsed."""
_IN_PATH = re.compile(
    r"(?<![0-9])(?:"
    r"(?P<year>(?:19|20)[0-9]{2})(?P<sep>[/-])"
    r"(?P<month>[0-9]{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})(?P=sep)(?P<day>[0-9]{1,2})"
    r"|(?<=/)(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"
    r")(?![0-9])",
    re.IGNORECASE,
)
