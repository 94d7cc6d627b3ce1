"""Reads links as archives write them: `Link` headers (RFC 8288) and TimeMaps (RFC 6690, RFC 7089 section 5).

Archives disagree about quotation marks, line ends and escapes, and the Wayback Machine writes `&` as `&amp;`. What is
no link is skipped; nothing raises.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from msgspec import Struct


class Target(Struct, frozen=True, kw_only=True):
    """One link: where it leads, and in which relations it stands to the page."""

    url: str
    relations: frozenset[str]
    """In lower case: `original`, `timegate`, `timemap`, `first`, `last`, `memento` ..."""
    at: datetime | None = None
    """Of a memento: when it was captured, UTC."""
    media_type: str | None = None
    since: datetime | None = None
    """Of a TimeMap: the first and the last instant that it covers."""
    until: datetime | None = None
    anchor: str | None = None
    """What the link starts from, where that is something else than the page (RFC 8288 3.2)."""


def targets(text: str, *, limit: int = 150_000) -> Iterator[Target]:
    """Give the links in a header or TimeMap, at most `limit` of them."""
    for number, found in enumerate(_LINK.finditer(text)):
        if number >= limit:
            return
        url = found[1].strip().replace("&amp;", "&")
        said = {name.lower(): (quoted or plain) for name, quoted, plain in _PARAMETER.findall(found[2])}
        if url and "rel" in said:  # a link without relation says nothing, and tags of HTML have none
            yield Target(
                url=url,
                relations=frozenset(said.get("rel", "").lower().split()),
                at=date_of(said.get("datetime", "")),
                media_type=said.get("type"),
                since=date_of(said.get("from", "")),
                until=date_of(said.get("until", "")),
                anchor=said.get("anchor"),
            )


def date_of(text: str) -> datetime | None:
    """Read an HTTP date (RFC 9110 5.6.7); None for what is none, or lies outside the years of the web."""
    try:
        found = parsedate_to_datetime(text)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


_FIRST_YEAR, _LAST_YEAR = 1990, 2200
_PARAMETERS = r"""(?:\s*;\s*[\w*!-]{1,40}(?:\s*=\s*(?:"[^"]*"|[^",;<\s]+))?)*"""
_LINK = re.compile(rf"<([^<>]{{1,8192}})>({_PARAMETERS})")
_PARAMETER = re.compile(r"""([\w*!-]{1,40})\s*=\s*(?:"([^"]*)"|([^",;<\s]+))""")
