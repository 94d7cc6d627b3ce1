"""Writes and reads the addresses under which archives show what they hold.

The form is that of Wayback and pywb: `BASE/20170214120000id_/http://a.org/`, where `id_` asks for the bytes as they
came, without banner and rewriting. A config may give another one: `https://arc.org/show/{timestamp}/{url}`.
"""

import re
from datetime import datetime
from typing import NamedTuple

from linkcheck import uri
from linkcheck.archives import cdx
from linkcheck.archives.link_format import targets
from linkcheck.archives.unwrap import unwrap
from linkcheck.model import Response


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


def original_of(response: Response) -> str | None:
    """Return the URI-R that a response is a memento of; None where it is no memento.

    RFC 7089 2.2.2 has every memento name its original in a Link header, so any archive is understood without knowing
    its host. Some leave the header out: then the URI-M says it, that of Content-Location (RFC 7089 4.2) first.
    """
    if not response.header("memento-datetime"):
        copy = unwrap(response.url)
        return copy.original if copy else None
    named = (
        link.url
        for name, value in response.headers
        if name == "link"
        for link in targets(value, limit=_LINKS)
        if "original" in link.relations
    )
    places = (
        place_of(address)
        for address in (uri.resolve(response.header("content-location") or "", response.url), response.url)
        if address
    )
    for said in (*named, *(place.url for place in places if place)):
        original = uri.resolve(said, None)
        if original and uri.scheme_of(original) in uri.WEB:
            return original
    return None


_LINKS = 50
"""Links of a header that are read; archives send less than ten."""
_ADDRESS = re.compile(
    r"(?P<base>https?://[^/?#]+/(?:[^/?#]+/){0,6}?)(?P<timestamp>[0-9]{14})(?:[a-z]{2}_)?/(?P<url>(?:https?:)?/?/?[^/].*)",
    re.IGNORECASE | re.DOTALL,
)
