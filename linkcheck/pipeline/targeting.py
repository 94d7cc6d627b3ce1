"""Says which day a capture should be near to, for one reference: a URL cited twice may need two captures."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from linkcheck.archives.unwrap import unwrap
from linkcheck.model import DocumentRow
from linkcheck.provenance.published import date_in_url
from linkcheck.store import Planned

_FIRST = date(1996, 1, 1)
"""Nobody archived the web before."""


class Target(NamedTuple):
    """A day, and what it rests on."""

    day: str
    """ISO date; empty for the latest capture."""
    basis: str
    """In words; empty where no day is known."""


def target_of(planned: Planned, document: DocumentRow) -> Target:
    """Give the day of a reference: what it says itself, else the article's, else the URL's; else none."""
    return next((target for target in _targets(planned, document) if _is_day(target.day)), Target("", ""))


def instant_of(target: str) -> datetime | None:
    """Give the end of that day: what was captured on the day itself is what its readers saw."""
    return datetime.combine(date.fromisoformat(target), time(23, 59, 59), UTC) if target else None


def _targets(planned: Planned, document: DocumentRow) -> Iterator[Target]:
    cited, url = planned.reference.cited, planned.plan.link or ""
    copy = unwrap(url)
    if copy and copy.at:
        yield Target(copy.at.date().isoformat(), "the instant of the archived copy that is cited")
    if cited and cited.accessed:
        yield Target(cited.accessed, "the day on which it was read, as the text says")
    if cited and cited.archive_date:
        yield Target(cited.archive_date, "the day of the copy that the text names")
    if claim := next((one for one in document.claims if one.field == "published"), None):
        yield Target(claim.value, f"the article's date ({claim.said_by})")
    if day := date_in_url(copy.original if copy else url):
        yield Target(day, "the date in the link's own address")


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(day) >= _FIRST
    except ValueError:
        return False
