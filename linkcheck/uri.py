"""URLs: canonical form, resolution and scope. Pure, and WHATWG where the world is (https://url.spec.whatwg.org).

Three forms of one address, never mixed up: *as written* in a document, the *request URL* that WHATWG parsing makes
of it, and the *key* under which links that must answer alike are checked once.
"""

import ipaddress
import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from ada_url import join_url, normalize_url

from linkcheck import userinfo

WEB = frozenset({"http", "https"})

_PORTS = {"http": 80, "https": 443, "ftp": 21}
"""Where nothing else is written; `ws` and the like nobody asks."""
_SCHEME = re.compile(r"^[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\-]*):")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_LONGEST_HOST = 253
"""Characters of a name (RFC 1035); what is longer is compared by its end."""
_SHORTEST = len("https://")
"""Where a host may end."""
_LONG = 1000
"""Characters: what is longer is not remembered, so that memory is bounded."""
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class Parts(NamedTuple):
    """A parsed URL, as WHATWG names its parts."""

    href: str
    scheme: str
    host: str
    port: int
    """The effective one: 443 for https where none is written; 0 where the scheme has none."""
    path: str
    query: str
    """Without the question mark."""
    fragment: str
    """Without the number sign, percent-encoded as WHATWG leaves it."""


def parse(url: str, base: str | None = None) -> Parts | None:
    """Parse as WHATWG does, relative to an absolute base if one is given; None where parsing fails."""
    return (_parse if len(url) < _LONG else _parse.__wrapped__)(url, base)


@lru_cache(maxsize=4096)
def _parse(url: str, base: str | None) -> Parts | None:
    href = resolve(url, base)
    return None if href is None else _parts(href)


def _parts(href: str) -> Parts:
    """Take a serialised URL apart (https://url.spec.whatwg.org/#url-serializing).

    Asking ada for each part would take five times as long as taking apart what it has written.
    """
    rest, _, fragment = href.partition("#")
    rest, _, query = rest.partition("?")
    scheme, _, path = rest.partition(":")
    host, port = "", _PORTS.get(scheme, 0)
    if path.startswith("//"):
        authority, slash, path = path[2:].partition("/")
        path = slash + path
        host = authority.rpartition("@")[2]
        name, colon, written = host.rpartition(":")
        if colon and not host.endswith("]"):
            host, port = name, int(written)
    elif path.startswith("/.//"):
        path = path[2:]  # so that it is not taken for a host
    return Parts(href, scheme, host, port, path, query, fragment)


def scheme_of(raw: str) -> str | None:
    """Give the scheme that a destination is written with, in lower case; None for a relative one."""
    found = _SCHEME.match(raw)
    return found[1].lower() if found else None


def resolve(raw: str, base: str | None) -> str | None:
    """Make a destination absolute; None where it is not a URL."""
    try:
        return join_url(base, raw) if base else normalize_url(raw)
    except (ValueError, UnicodeError):
        return None


def without_fragment(url: str) -> str:
    """Cut the fragment."""
    return url.partition("#")[0]


def without_credentials(url: str) -> str:
    """Cut user name and password, those of URLs in its path or query included, as in addresses of archives.

    What a document gives away is not sent, and not repeated in reports.
    """
    parts = parse(url) if "@" in url or "%40" in url else None
    if parts is None or parts.scheme not in WEB:
        return url
    start = len(parts.scheme) + 3
    authority, slash, rest = parts.href[start:].partition("/")
    return parts.href[:start] + authority.rpartition("@")[2] + slash + userinfo.removed(rest)


def masked(text: str) -> str:
    """Hide user names and passwords of all URLs that a text holds; linear in its length."""
    return userinfo.hidden(text)


def fragment_of(url: str) -> str | None:
    """Give the fragment as written, None where there is no `#`."""
    _, mark, fragment = url.partition("#")
    return fragment if mark else None


def key(url: str) -> str | None:
    """Give the canonical URL under which links are the same; None where it is not a URL.

    It is the request URL without fragment, with percent-escapes of unreserved characters decoded and hex digits in
    upper case (RFC 3986 6.2.2).
    """
    return (_key if len(url) < _LONG else _key.__wrapped__)(url)


@lru_cache(maxsize=4096)
def _key(url: str) -> str | None:
    parts = parse(url)
    if parts is None:
        return None
    plain = without_fragment(parts.href)
    return _ESCAPE.sub(_normal_escape, plain) if "%" in plain else plain


def _normal_escape(found: re.Match[str]) -> str:
    byte = chr(int(found[0][1:], 16))
    return byte if byte in _UNRESERVED else found[0].upper()


def origin_of(url: str) -> str | None:
    """Give `scheme://host:port`, the unit of politeness and of credentials."""
    return place_of(url)[0]


def host_of(url: str) -> str:
    """Give the host, IPv6 in brackets; empty where there is none."""
    return place_of(url)[1]


def place_of(url: str) -> tuple[str | None, str]:
    """Give origin and host at once. Every stage of a run asks for them, of every link: so hosts are remembered."""
    end = url.find("/", _SHORTEST, _LONG) + 1
    return (_place(url[:end]) if end else None) or _place.__wrapped__(url) or (None, "")


@lru_cache(maxsize=16_384)
def _place(url: str) -> tuple[str, str] | None:
    """Parse what a URL begins with, to a slash behind its host, or all of it; None where there is no host.

    What follows that slash cannot change the host: it ends there, unless the slash still belongs to the beginning,
    and then there is none.
    """
    parts = _parse.__wrapped__(url, None)
    return (f"{parts.scheme}://{parts.host}:{parts.port}", parts.host) if parts and parts.host else None


def is_address(host: str) -> bool:
    """Tell a literal IP address from a name."""
    return literal(host) is not None


def literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read a host that is an IP address, as WHATWG serialises it."""
    return _literal(host.strip("[]")) if len(host) < _LONG else None


@lru_cache(maxsize=4096)
def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def top_level(host: str) -> str:
    """Return the top-level domain of a name, in lower case."""
    return host.rstrip(".").rpartition(".")[2].lower()


def is_within(host: str, domains: frozenset[str]) -> bool:
    """Tell whether a host is one of these names or below one."""
    return _is_within(host[-_LONGEST_HOST:], domains)


@lru_cache(maxsize=4096)
def _is_within(host: str, domains: frozenset[str]) -> bool:
    labels = host.lower().rstrip(".").split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))


def local_path(url: str) -> str:
    """Give the decoded path of a `file:` URL, query left out; undecodable bytes are kept as surrogates."""
    parts = parse(url)
    return unquote_to_bytes(parts.path if parts else "").decode("utf-8", "surrogateescape")
