"""Dates in running text, in the languages that articles and citations are written in.

Only a day that is certain counts: `02/03/2017` is two different days on two continents, and therefore none, unless it
is known which of them the writer means.
"""

# ruff: noqa: RUF001 - months are spelt in Cyrillic, too

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from linkcheck.later import later


class Found(NamedTuple):
    """A date in a text."""

    start: int
    """Offset of its first character."""
    end: int
    """One past its last character; a time of day that follows belongs to it."""
    iso: str
    """`YYYY-MM-DD`: the calendar day as written, whatever the time zone."""


def find_date(text: str, *, is_day_first: bool | None = None) -> Found | None:
    """Find the first date that is certain. Linear in the length of the text.

    `is_day_first` says how the writer means `02/03/2017`; where that is not known, such a date is none.
    """
    if not _HAS_YEAR.search(text):
        return None
    return (_find if len(text) <= _LONGEST else _find.__wrapped__)(text, is_day_first)


@lru_cache(maxsize=256)
def _find(text: str, is_day_first: bool | None) -> Found | None:  # noqa: FBT001 - a cache knows its arguments in order
    forms = _FORMS if _HAS_SIGN.search(text) else _FORMS[:-1]
    candidates = (_first(form, text, is_day_first=is_day_first) for form in forms)
    return min((found for found in candidates if found), default=None)


def parse_date(text: str, *, is_day_first: bool | None = None) -> str | None:
    """Read a text that is one date and nothing else, save a weekday, a time and a full stop; `YYYY-MM-DD`."""
    text = text.strip()
    found = find_date(text, is_day_first=is_day_first) if len(text) <= _LONGEST else None
    if found and _WEEKDAY.fullmatch(text, 0, found.start) and text[found.end :].strip() in _TAILS:
        return found.iso
    return None


def is_day_first(language: str, host: str = "") -> bool | None:
    """Tell how a page writes `02/03/2017` from its language tag (BCP 47), or its country; None where neither tells."""
    primary, _, rest = language.strip().lower().replace("_", "-").partition("-")
    country = rest.rpartition("-")[2] if len(rest.rpartition("-")[2]) == _LETTERS else host.rpartition(".")[2].lower()
    if country in _MONTH_FIRST_COUNTRIES:
        return False
    if primary in _MIXED:
        return True if country in _DAY_FIRST_COUNTRIES else None
    return True if primary.isalpha() and primary not in _YEAR_FIRST else None


def _first(form: re.Pattern[str], text: str, *, is_day_first: bool | None) -> Found | None:
    for match in form.finditer(text):
        if iso := _iso(match, is_day_first=is_day_first):
            return Found(match.start(), match.end(), iso)
    return None


def _iso(match: re.Match[str], *, is_day_first: bool | None) -> str | None:
    named = match.groupdict()
    name = named["month"].casefold()
    day, month = int(named["day"]), int(name) if name.isdecimal() else _MONTHS.get(name, 0)
    if named.get("order") in {"/", "-"} and day != month:
        if day <= _MONTHS_A_YEAR and month <= _MONTHS_A_YEAR and is_day_first is None:
            return None
        if month > _MONTHS_A_YEAR or (is_day_first is False and day <= _MONTHS_A_YEAR):
            day, month = month, day
    try:
        return date(int(named["year"]), month, day).isoformat()
    except ValueError:
        return None


_HAS_YEAR = later(r"(?:1[5-9]|20)[0-9]{2}")
_HAS_SIGN = later("[\u5e74\ub144]")
_LETTERS = 2
_MIXED = frozenset({"en", "es", ""})
"""Languages in which both orders are in use."""
_MONTH_FIRST_COUNTRIES = frozenset({"us", "ph", "pr", "gov", "mil"})
_DAY_FIRST_COUNTRIES = frozenset(
    "gb uk au nz ie in za sg pk ng ke gh es ar mx co cl pe uy py bo ec ve cr gt cu do hn ni sv"
    " de at ch fr be nl it pt br pl cz sk ru ua se no dk fi tr gr ro bg rs".split()
)
_YEAR_FIRST = frozenset({"ja", "zh", "ko", "hu", "lt", "mn"})
_MONTHS_A_YEAR = 12
_LONGEST = 100

_NAMES = (  # January to December; English, German, French, Spanish, Italian, Portuguese, Russian, Ukrainian first
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
    "januari februari maart april mei juni juli augustus september oktober november december",  # Dutch
    "jan feb mrt apr mei jun jul aug sep/sept okt nov dec",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",  # Turkish
    "oca şub mar nis may haz tem ağu eyl eki kas ara",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",  # Polish
    "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "januari februari mars april maj juni juli augusti september oktober november december",  # Swedish
    "januar februar marts/mars april maj/mai juni juli august september oktober november december",  # Danish, Norwegian
    "ledna února března dubna května června července srpna září října listopadu prosince",  # Czech
    "január február március április május június július augusztus szeptember október november december",  # Hungarian
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",  # Romanian
    "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",  # Catalan
    """ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου
    δεκεμβρίου""",  # Greek
    """tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta
    marraskuuta joulukuuta""",  # Finnish
    "januari februari maret april mei juni juli agustus september oktober november desember",  # Indonesian
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",  # Arabic
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
_MONTH = r"(?P<month>[^\W\d_]{3,14}+)\.?"
"""Any word that is as long as a month's name: the dictionary knows which are."""
_NUMBER = r"(?P<month>[0-9]{1,2})"
_TIME = (
    r"(?:(?:T|,?\s{1,2}(?:at\s|um\s|à\s)?)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"(?:\s?(?:[ap]\.?m\b\.?|Uhr\b))?(?:\s?(?:Z\b|UTC\b|GMT\b|[A-Z]{3,4}\b|[+-][0-9]{2}:?[0-9]{2}))?)?"
)
_ALONE = r"(?<![0-9])(?<![0-9][./:-])"

_FORMS = tuple(
    later(pattern + _TIME, re.IGNORECASE | re.VERBOSE)
    for pattern in (
        # 2017-02-14, 2017/02/14, 2017.02.14
        rf"(?<![0-9]){_YEAR} ([-/.]) {_NUMBER} \2 {_DAY}(?![0-9])",
        # 14.02.2017, 14/02/2017, 14-02-2017
        rf"{_ALONE}{_DAY} (?P<order>[./-])\s? {_NUMBER} (?P=order)\s? {_YEAR}",
        # 14 | 02 | 2017, 14 . 02 . 2017
        rf"{_ALONE}{_DAY} \s(?P<bar>[.|·])\s {_NUMBER} \s(?P=bar)\s {_YEAR}",
        # 14 February 2017, 14th of February, 2017, 14. Februar 2017, 1er mars 2020, 14 de febrero de 2017, 14-Feb-2017
        rf"""{_ALONE}{_DAY}(?:st|nd|rd|th|er|re|º|°|ª|-?го|\.)? (?:\s{{1,2}}(?:of|de|di)\s{{1,2}}|\s{{0,3}}|-) {_MONTH}
        (?:,?\s{{1,3}}(?:(?:de|del|do)\s{{1,2}})?|-|,) {_YEAR} (?:\s?(?:г|р|r)\.|\s(?:года|року)\b)?""",
        # February 14, 2017, Feb. 14th 2017, febrero 14 de 2017
        rf"""(?<![^\W_]){_MONTH}\s{{1,3}} {_DAY}(?:st|nd|rd|th)?
        (?:\s{{0,2}},\s{{0,3}}|\s{{1,3}}(?:de\s{{1,2}})?) {_YEAR}""",
        # 2017, February 14; 2017. február 14.
        rf"(?<![0-9]){_YEAR}[,.]?\s{{1,2}} {_MONTH}\s{{1,2}} {_DAY}(?:st|nd|rd|th)?(?![0-9])",
        # 2017年2月14日, 2017년 2월 14일
        rf"(?<![0-9]){_ANY_YEAR}\s?[年년]\s? {_NUMBER}\s?[月월]\s? {_DAY}\s?[日일]",
    )
)
_WEEKDAYS = (  # of languages that put them before dates; Portuguese may leave "-feira" out
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miércoles jueves viernes sábado domingo",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira",
    "понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье пн вт ср чт пт сб вс",
    "понеділок вівторок середа середу четвер п'ятниця п'ятницю субота суботу неділя неділю нд",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag",
    "pondělí úterý středa čtvrtek pátek neděle",
)
_WEEKDAY = later(
    rf"(?:(?:{'|'.join(' '.join(_WEEKDAYS).split())})\b\.?,?\s{{0,2}})?(?:(?:the|le|el|il|den|dem|am|on)\s)?",
    re.IGNORECASE,
)
_TAILS = {"", "."}
