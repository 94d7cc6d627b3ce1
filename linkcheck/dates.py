"""Dates in running text, in the languages that articles and citations are written in.

Only a day that is certain counts: `02/03/2017` is two different days on two continents, and therefore none.
"""

# ruff: noqa: RUF001 - months are spelt in Cyrillic, too

import re
from datetime import date
from typing import NamedTuple


class Found(NamedTuple):
    """A date in a text."""

    start: int
    """Offset of its first character."""
    end: int
    """One past its last character; a time of day that follows belongs to it."""
    iso: str
    """`YYYY-MM-DD`: the calendar day as written, whatever the time zone."""


def find_date(text: str) -> Found | None:
    """Find the first date that is certain. Linear in the length of the text."""
    candidates = (_first(form, text) for form in _FORMS)
    return min((found for found in candidates if found), default=None)


def parse_date(text: str) -> str | None:
    """Read a text that is one date and nothing else, save a weekday, a time and a full stop; `YYYY-MM-DD`."""
    text = text.strip()
    found = find_date(text) if len(text) <= _LONGEST else None
    if found and _WEEKDAY.fullmatch(text, 0, found.start) and text[found.end :].strip() in _TAILS:
        return found.iso
    return None


def _first(form: re.Pattern[str], text: str) -> Found | None:
    for match in form.finditer(text):
        if iso := _iso(match):
            return Found(match.start(), match.end(), iso)
    return None


def _iso(match: re.Match[str]) -> str | None:
    named = match.groupdict()
    name = named["month"].casefold()
    day, month = int(named["day"]), int(name) if name.isdecimal() else _MONTHS.get(name, 0)
    if named.get("order") in {"/", "-"} and day != month:
        if day <= _MONTHS_A_YEAR and month <= _MONTHS_A_YEAR:
            return None
        if month > _MONTHS_A_YEAR:
            day, month = month, day
    try:
        return date(int(named["year"]), month, day).isoformat()
    except ValueError:
        return None


_MONTHS_A_YEAR = 12
_LONGEST = 100

_NAMES = (  # English, German, French, Spanish, Italian, Portuguese, Russian, Ukrainian: January to December
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep/sept oct nov dec",
    "januar/jänner februar/feber märz april mai juni juli august september oktober november dezember",
    "jan feb mär/mrz apr mai jun jul aug sep/sept okt nov dez",
    "janvier février/fevrier mars avril mai juin juillet août/aout septembre octobre novembre décembre/decembre",
    "janv févr/fevr/fév mars avr mai juin juil août sept oct nov déc",
    "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago sep/sept/set oct nov dic",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "gen feb mar apr mag giu lug ago set/sett ott nov dic",
    "janeiro fevereiro março/marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "янв фев/февр мар апр май/мая июн июл авг сен/сент окт ноя/нояб дек",
    "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "січ лют бер квіт трав черв лип серп вер жовт лист груд",
)
_MONTHS = {
    name: month
    for row in _NAMES
    for month, spellings in enumerate(row.split(), start=1)
    for name in spellings.split("/")
}

_ANY_YEAR = r"(?P<year>(?:1[5-9]|20)[0-9]{2})"
_YEAR = _ANY_YEAR + r"(?![0-9])"
_DAY = r"(?P<day>[0-9]{1,2})"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![^\W\d_])\.?"
_NUMBER = r"(?P<month>[0-9]{1,2})"
_TIME = (
    r"(?:(?:T|,?\s{1,2}(?:at\s|um\s|à\s)?)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"(?:\s?(?:[ap]\.?m\b\.?|Uhr\b))?(?:\s?(?:Z\b|UTC\b|GMT\b|[A-Z]{3,4}\b|[+-][0-9]{2}:?[0-9]{2}))?)?"
)
_ALONE = r"(?<![0-9])(?<![0-9][./:-])"

_FORMS = tuple(
    re.compile(pattern + _TIME, re.IGNORECASE | re.VERBOSE)
    for pattern in (
        # 2017-02-14, 2017/02/14, 2017.02.14
        rf"(?<![0-9]){_YEAR} ([-/.]) {_NUMBER} \2 {_DAY}(?![0-9])",
        # 14.02.2017, 14/02/2017, 14-02-2017
        rf"{_ALONE}{_DAY} (?P<order>[./-])\s? {_NUMBER} (?P=order)\s? {_YEAR}",
        # 14 February 2017, 14th of February, 2017, 14. Februar 2017, 1er mars 2020, 14 de febrero de 2017, 14-Feb-2017
        rf"""{_ALONE}{_DAY}(?:st|nd|rd|th|er|re|º|°|ª|-?го|\.)? (?:\s{{1,2}}(?:of|de|di)\s{{1,2}}|\s{{0,3}}|-) {_MONTH}
        (?:,?\s{{1,3}}(?:(?:de|del|do)\s{{1,2}})?|-|,) {_YEAR} (?:\s?(?:г|р)\.|\s(?:года|року)\b)?""",
        # February 14, 2017, Feb. 14th 2017, febrero 14 de 2017
        rf"""(?<![^\W_]){_MONTH}\s{{1,3}} {_DAY}(?:st|nd|rd|th)?
        (?:\s{{0,2}},\s{{0,3}}|\s{{1,3}}(?:de\s{{1,2}})?) {_YEAR}""",
        # 2017, February 14
        rf"(?<![0-9]){_YEAR},?\s{{1,2}} {_MONTH}\s{{1,2}} {_DAY}(?:st|nd|rd|th)?(?![0-9])",
        # 2017年2月14日, 2017년 2월 14일
        rf"(?<![0-9]){_ANY_YEAR}\s?[年년]\s? {_NUMBER}\s?[月월]\s? {_DAY}\s?[日일]",
    )
)
_WEEKDAYS = (  # the same languages; Portuguese may leave "-feira" out
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles jueves viernes sábado domingo",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira",
    "понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье пн вт ср чт пт сб вс",
    "понеділок вівторок середа середу четвер п'ятниця п'ятницю субота суботу неділя неділю нд",
)
_WEEKDAY = re.compile(
    rf"(?:(?:{'|'.join(' '.join(_WEEKDAYS).split())})\b\.?,?\s{{0,2}})?(?:(?:the|le|el|il|den|dem|am|on)\s)?",
    re.IGNORECASE,
)
_TAILS = {"", "."}
