"""Reads the day that a page's own scripts have of it: `__NEXT_DATA__`, `dataLayer`, and JSON of other kinds."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from linkcheck.extract.heads import Statement


def of_properties(text: str) -> Iterator[Statement]:
    """Give the first `datePublished` that begins like a date: nothing but the day of publication is called so."""
    return _first(text, _SURE, [(0, len(text))])


def of_scripts(text: str) -> Iterator[Statement]:
    """Give the first value in a script whose name likely means that day, and that begins like a date."""
    return _first(text, _LIKELY, _scripts(text))


def _first(text: str, names: Sequence[str], spans: Sequence[tuple[int, int]]) -> Iterator[Statement]:
    for name in names:
        count = 0
        for start, end in spans:
            at = text.find(name, start, end)
            while at >= 0 and count < _TRIES:
                if found := _VALUE.match(text, at + len(name)):
                    yield Statement("published", found[1] or _day_of(int(found[2])), "script", at)
                    return
                count += 1
                at = text.find(name, at + len(name), end)


def _scripts(text: str) -> list[tuple[int, int]]:
    """Find where scripts stand that are written in the page; one that is never closed goes to its end."""
    found: list[tuple[int, int]] = []
    end = 0
    while (start := text.find("<script", end)) >= 0 and (start := text.find(">", start)) >= 0:
        end = text.find("</script", start)
        end = end if end >= 0 else len(text)
        if end - start > _SHORTEST:
            found.append((start, end))
    return found


def _day_of(stamp: int) -> str:
    """Give the day (UTC) of a count of seconds or milliseconds since 1970."""
    return datetime.fromtimestamp(stamp / (1000 if stamp > _MILLISECONDS else 1), UTC).date().isoformat()


_TRIES, _SHORTEST = 10, 16
_MILLISECONDS = 100_000_000_000
_VALUE = re.compile(
    r"""(?:(?:ed)?_?(?:[tT]ime|[aA]t|[dD]ate|[oO]n)?)\\?["']?\s{0,3}[:=]\s{0,3}"""
    r"""(?:\\?["']((?:(?:19|20)[0-9]{2}|[0-9]{1,2}[./ -]|[A-Z][a-z]{2})[^"'\\<>]{3,56})\\?["']"""
    r"""|\\?["']?([0-9]{10}(?:[0-9]{3})?)\b)"""
)
_SURE = ("datePublished",)
"""See https://schema.org/datePublished."""
_LIKELY = (
    "ublish", "ublication", "pubDate", "pubdate", "pub_date",
    "postDate", "post_date", "rticleDate", "rticle_date", "createdAt",
)  # fmt: skip
"""How names of properties begin that likely hold it."""
