"""Reads the day that a page's own scripts have of it: `__NEXT_DATA__`, `dataLayer`, and JSON of other kinds."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from linkcheck.extract.heads import Statement


def of_scripts(text: str, names: Sequence[str]) -> Iterator[Statement]:
    """Give the first value of the first of these properties that a script has and that begins like a date."""
    for name in names:
        at, count = text.find(name), 0
        while at >= 0 and count < _TRIES:
            if found := _VALUE.match(text, at + len(name)):
                yield Statement("published", found[1] or _day_of(int(found[2])), "script", at)
                return
            count += 1
            at = text.find(name, at + len(name))


def _day_of(stamp: int) -> str:
    """Give the day (UTC) of a count of seconds or milliseconds since 1970."""
    return datetime.fromtimestamp(stamp / (1000 if stamp > _MILLISECONDS else 1), UTC).date().isoformat()


_TRIES = 10
_MILLISECONDS = 100_000_000_000
_VALUE = re.compile(
    r"""(?:(?:ed)?_?(?:[tT]ime|[aA]t|[dD]ate|[oO]n)?)\\?["']?\s{0,3}[:=]\s{0,3}"""
    r"""(?:\\?["']((?:(?:19|20)[0-9]{2}|[0-9]{1,2}[./ -]|[A-Z][a-z]{2})[^"'\\<>]{3,56})\\?["']"""
    r"""|\\?["']?([0-9]{10}(?:[0-9]{3})?)\b)"""
)
SURE = ("datePublished",)
"""What nothing but an article's day of publication is called (https://schema.org/datePublished)."""
LIKELY = (
    "ublish", "ublication", "pubDate", "pubdate", "pub_date",
    "postDate", "post_date", "rticleDate", "rticle_date", "createdAt",
)  # fmt: skip
"""How names of properties begin that likely hold it."""
