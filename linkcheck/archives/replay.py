"""Writes and reads the addresses under which archives show what they hold.

The form is that of Wayback and pywb: `BASE/20170214120000id_/http://a.org/`, where `id_` asks for the bytes as they
came, without banner and rewriting. A config may give another one: `https://arc.org/show/{timestamp}/{url}`.
"""

import re
from datetime import datetime
from typing import NamedTuple

from linkcheck.archives import cdx


def shown_at(base: str, at: datetime, url: str, *, is_raw: bool = False) -> str:
    """Give the address of a capture for readers, or the one of its raw bytes."""
    timestamp = cdx.timestamp(at)
    if "{" in base:
        return base.replace("{timestamp}", timestamp).replace("{url}", url)
    return f"{base}/{timestamp}{'id_' if is_raw else ''}/{url}"


def raw_of(uri_m: str) -> str | None:
    """Give where the bytes of a memento can be had, seen from its address; None where it has another form."""
    found = _ADDRESS.match(uri_m)
    return f"{found['base']}{found['timestamp']}id_/{found['url']}" if found else None


class Place(NamedTuple):
    """An address that names a capture."""

    base: str
    timestamp: str
    url: str

    def raw(self, at: datetime, url: str) -> str:
        """Give the raw address of another capture in the same archive."""
        return f"{self.base}{cdx.timestamp(at)}id_/{url}"


def place_of(address: str) -> Place | None:
    """Take the address of a capture apart; None where it has another form."""
    found = _ADDRESS.match(address)
    return Place(found["base"], found["timestamp"], found["url"]) if found else None


_ADDRESS = re.compile(
    r"(?P<base>https?://[^/?#]+/(?:[^/?#]+/){0,6}?)(?P<timestamp>[0-9]{14})(?:[a-z]{2}_)?/(?P<url>(?:https?:)?/?/?[^/].*)",
    re.IGNORECASE | re.DOTALL,
)
