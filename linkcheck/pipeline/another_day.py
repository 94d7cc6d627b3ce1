"""Lets the same answer of an earlier day confirm that a page is gone, so that it need not be asked twice today."""

from datetime import datetime, timedelta
from functools import partial

from msgspec import structs

from linkcheck.model import Check, Link
from linkcheck.pipeline.line import Line

_APART = timedelta(hours=6)
"""Between two checks that are to stand for each other, which are on different days, too: it may be past midnight."""


def with_another_day(line: Line, link: Link, check: Check) -> Check:
    """Say of a page that is not there when it was missing in the same way on another day.

    That is stronger evidence than a second answer in the same minute.
    """
    if check.status not in {404, 410} or check.failure or line.asks_anew or not line.has_past:
        return check
    day = line.tape.value(f"also gone {link.url}", partial(_gone_on, line, link, check), str | None)
    return structs.replace(check, also_on=day) if day else check


def _gone_on(line: Line, link: Link, check: Check) -> str | None:
    """Give the day, in UTC."""
    before = line.journal.memory.gone(link.id)
    if before is None or before.status != check.status:
        return None
    is_earlier = datetime.fromisoformat(before.at) + _APART <= datetime.fromisoformat(check.at)
    return before.at[:10] if is_earlier and before.at[:10] < check.at[:10] else None
