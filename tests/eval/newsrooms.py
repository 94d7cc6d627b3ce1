"""Compares headline and date that are read of newsrooms' pages with what their people read, beside trafilatura.

`python -m tests.eval newsrooms --data=FOLDER [--wrong] [--alone]`. The folder is the parser test data of a checkout of
flairNLP/fundus (`tests/resources/parser/test_data`): a folder for each country with saved pages, `meta.info` with
their addresses, and what was read of them as JSON. The pages are split by publisher into a half that may be looked at
(`--wrong` lists what is wrong of it) and one that is only counted. A time in UTC is turned into that of the country,
since that is the day that readers see.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.eval.metadata import ours, theirs
from tests.eval.pages import Page, pages

ZONES = dict(
    pair.split(":")
    for pair in """
    at:Europe/Vienna au:Australia/Sydney be:Europe/Brussels ca:America/Toronto ch:Europe/Zurich cn:Asia/Shanghai
    cz:Europe/Prague de:Europe/Berlin dk:Europe/Copenhagen es:Europe/Madrid fr:Europe/Paris id:Asia/Jakarta
    il:Asia/Jerusalem ind:Asia/Kolkata isl:Atlantic/Reykjavik it:Europe/Rome jp:Asia/Tokyo kr:Asia/Seoul
    lb:Asia/Beirut li:Europe/Vaduz lt:Europe/Vilnius lu:Europe/Luxembourg mx:America/Mexico_City my:Asia/Kuala_Lumpur
    na:Africa/Windhoek no:Europe/Oslo pl:Europe/Warsaw pt:Europe/Lisbon py:America/Asuncion ru:Europe/Moscow
    se:Europe/Stockholm tr:Europe/Istanbul tw:Asia/Taipei tz:Africa/Dar_es_Salaam ua:Europe/Kyiv uk:Europe/London
    us:America/New_York vn:Asia/Ho_Chi_Minh za:Africa/Johannesburg
    """.split()
)
"""Where a country has several zones, that of most of its newsrooms."""


class Case(NamedTuple):
    """One saved page, and what people read of it."""

    page: Page
    publisher: str
    country: str
    title: str
    day: str

    @property
    def is_counted_only(self) -> bool:
        """Return True for the half that nobody looks at."""
        return sha256(self.publisher.encode()).digest()[0] % 2 == 1


def rate(_: Path, options: frozenset[str]) -> Iterator[str]:
    """Yield the shares of headlines and dates that are right, by half."""
    folder = next((option.removeprefix("--data=") for option in options if option.startswith("--data=")), None)
    if folder is None:
        yield "usage: python -m tests.eval newsrooms --data=FOLDER [--wrong] [--alone]"
        return
    known = list(cases(Path(folder)))
    readers = [("linkcheck", ours)] if "--alone" in options else [("linkcheck", ours), ("trafilatura", theirs)]
    for name, reader in readers:
        right, total = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()
        for case in known:
            found = reader(case.page)
            for field, wanted, is_it in (
                ("title", case.title, _letters(found.get("title", "")) == _letters(case.title)),
                ("date", case.day, found.get("published", "")[:10] == case.day),
            ):
                if not wanted:
                    continue
                total[field, case.is_counted_only] += 1
                right[field, case.is_counted_only] += is_it
                if not is_it and "--wrong" in options and name == "linkcheck" and not case.is_counted_only:
                    got = found.get("title" if field == "title" else "published", "")
                    yield f"  {field} {case.country}/{case.publisher}: {got!r}, not {wanted!r}"
        for field in ("title", "date"):
            halves = (f"{right[field, half]} of {total[field, half]}" for half in (False, True))
            yield f"{name} {field}: looked at {next(halves)}, only counted {next(halves)}"


def cases(folder: Path) -> Iterator[Case]:
    """Yield the pages that have an address, in the order of their names."""
    for meta in sorted(folder.glob("*/meta.info")):
        addresses = json.loads(meta.read_text(encoding="utf-8"))
        country = meta.parent.name
        newest = {file.split("_")[0]: (file, known) for file, known in sorted(addresses.items())}
        for publisher, (file, known) in newest.items():  # older pages are those of parsers that are no longer in use
            expected = meta.parent / f"{publisher}.json"
            page = meta.parent / file
            if not (expected.exists() and page.exists()):
                continue
            versions = list(json.loads(expected.read_text(encoding="utf-8")).values())
            read = versions[-1] if isinstance(versions[-1], dict) else {}
            yield Case(
                Page(
                    name=f"{country}/{file}",
                    url=known["url"],
                    source=gzip.decompress(page.read_bytes()),
                    expected={
                        "title": read.get("title"),
                        "date": _day(read.get("publishing_date"), country),
                        "author": read.get("authors"),
                    },
                ),
                publisher,
                country,
                read.get("title") or "",
                _day(read.get("publishing_date"), country),
            )


def pages_of(cases_: Path, options: frozenset[str]) -> Iterator[Page]:
    """Yield the pages of `--newsrooms=FOLDER`, of `--countries=jp,cn` if given; else trafilatura's.

    `--half=looked` and `--half=counted` leave the other half out.
    """
    said = dict(option.removeprefix("--").partition("=")[::2] for option in options)
    if "newsrooms" not in said:
        yield from pages(cases_)
        return
    wanted = frozenset(said.get("countries", "").split(",")) - {""}
    for case in cases(Path(said["newsrooms"])):
        is_half = said.get("half") in {None, "counted" if case.is_counted_only else "looked"}
        if is_half and (not wanted or case.country in wanted):
            yield case.page


def _day(text: str | None, country: str) -> str:
    if not text:
        return ""
    at = datetime.fromisoformat(text)
    if at.tzinfo is not None and at.utcoffset() == UTC.utcoffset(None) and country in ZONES:
        at = at.astimezone(ZoneInfo(ZONES[country]))
    return at.date().isoformat()


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
