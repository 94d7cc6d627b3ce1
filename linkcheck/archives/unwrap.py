"""Looks through the address of an archived copy to the page that was copied.

Hosts and forms: InternetArchiveBot's and EDGI's wayback clients, and the archives' own help pages.
"""

import re
from datetime import datetime
from typing import NamedTuple
from urllib.parse import unquote

from linkcheck import uri
from linkcheck.archives import cdx

ARCHIVES = frozenset(
    {
        "archive.org", "waybackmachine.org",
        "archive.today", "archive.ph", "archive.is", "archive.li", "archive.vn", "archive.fo", "archive.md",
        "arquivo.pt", "perma.cc", "webcitation.org", "archive-it.org", "vefsafn.is", "webarchive.org.uk",
        "webarchive.nationalarchives.gov.uk", "webarchive.loc.gov", "web.archive.org.au",
    }
)  # fmt: skip
"""Hosts, with all that are below them, that hold copies of other pages."""


LOW_TRUST = frozenset(
    {"archive.today", "archive.ph", "archive.is", "archive.li", "archive.vn", "archive.fo", "archive.md"}
)
"""Their operator changes pages (The Signpost, 2026-03-10), and guards them against programs: listed, never fetched."""


class Unwrapped(NamedTuple):
    """What an archived copy is a copy of."""

    original: str
    """URI-R, WHATWG-serialised."""
    at: datetime | None
    """The instant that the address names, UTC; None where it names none."""


def unwrap(url: str) -> Unwrapped | None:
    """Read the original and the instant from a copy's address; None where it is no copy, or its address is opaque.

    A copy of a copy is looked through as well, to the innermost original.
    """
    found = None
    for _ in range(_DEPTH):
        step = _unwrap_once(found.original if found else url)
        if step is None:
            break
        found = step
    return found


def is_copy(url: str) -> bool:
    """Tell whether a URL is an archived copy, as far as its address tells."""
    if unwrap(url):
        return True
    parts = uri.parse(url)
    return bool(parts and _is_at(parts.host, _ONLY_COPIES) and parts.path.strip("/"))


def is_of_low_trust(url: str) -> bool:
    """Tell a copy that is to be listed only."""
    return _is_at(uri.host_of(url), LOW_TRUST)


def _unwrap_once(url: str) -> Unwrapped | None:
    parts = uri.parse(url)
    if parts is None or not _is_at(parts.host, ARCHIVES):
        return None
    # What follows the path of the copy's address is the original's address, its query included.
    tail = f"{parts.path}?{parts.query}" if parts.query else parts.path
    address = _ADDRESS.match(tail)
    if address is None:
        return None
    digits = address["digits"]
    original = _original(tail[address.end() :])
    return Unwrapped(original, _instant(digits) if digits else None) if original else None


def _is_at(host: str, domains: frozenset[str]) -> bool:
    return len(host) <= _LONGEST_HOST and uri.is_within(host, domains)


def _original(rest: str) -> str | None:
    """Read the original as archives write it: escaped, without scheme, or with one slash lost."""
    if _ESCAPED.match(rest):
        rest = unquote(rest)
    parts = uri.parse(_SCHEME.sub(r"\1://", rest) if _SCHEME.match(rest) else f"http://{rest}")
    return parts.href if parts and parts.scheme in uri.WEB else None


def _instant(digits: str) -> datetime | None:
    """Read 4 to 14 digits; what is missing is the earliest that it can be."""
    whole = digits[: len(digits) // 2 * 2]
    return cdx.instant(whole + "00000101000000"[len(whole) :])


_DEPTH = 5
_LONGEST_HOST = 253
"""Characters (RFC 1035 2.3.4); WHATWG parsing lets more pass."""
_ONLY_COPIES = ARCHIVES - {"archive.org", "archive-it.org", "arquivo.pt", "vefsafn.is", "waybackmachine.org"}
"""Archives whose every address is a copy's, even one such as `perma.cc/85LS-BXV7` that does not say of what."""
_ADDRESS = re.compile(
    r"""
    (?: / [a-z][\w-]{0,30} ){0,3} /           # /web/, /wayback/, /wayback/archive/, /newest/ ...
    (?:
        (?: \* / )? (?= https? (?: : | %3a ) ) # all captures, or the latest
      | (?P<digits> [0-9]{4,14} ) (?: [a-z]{2}_ )? / (?= https? (?: : | %3a ) | [\w-]{1,63} \. [\w-] )
    )
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_ESCAPED = re.compile(r"https?%3a", re.IGNORECASE)
_SCHEME = re.compile(r"^(https?):/{1,2}", re.IGNORECASE)
