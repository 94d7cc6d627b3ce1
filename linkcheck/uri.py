"""URLs: canonical form, resolution and scope. Pure, and WHATWG where the world is (https://url.spec.whatwg.org).

Three forms of one address, never mixed up: *as written* in a document, the *request URL* that WHATWG parsing makes
of it, and the *key* under which links that must answer alike are checked once.
"""

import ipaddress
import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from ada_url import URL

WEB = frozenset({"http", "https"})

_SCHEME = re.compile(r"^[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\-]*):")
_PASSWORD = re.compile(r"(//[^/?#\\:@\s]*):[^/?#\\\s]*@")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_NOT_PUBLIC = (ipaddress.ip_network("64:ff9b:1::/48"), ipaddress.ip_network("192.0.0.0/24"))
"""Of the IANA special-purpose registries, what older versions of `ipaddress` call global."""
_LONGEST_HOST = 253
"""Characters of a name (RFC 1035); what is longer is compared by its end."""
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


@lru_cache(maxsize=4096)
def parse(url: str, base: str | None = None) -> Parts | None:
    """Parse as WHATWG does, relative to an absolute base if one is given; None where parsing fails."""
    try:
        found = URL(url, base) if base else URL(url)
    except (ValueError, UnicodeError):
        return None
    scheme = found.protocol[:-1]
    port = int(found.port) if found.port else {"http": 80, "https": 443, "ftp": 21}.get(scheme, 0)
    host = found.hostname
    return Parts(found.href, scheme, host, port, found.pathname, found.search[1:], found.hash[1:])


def scheme_of(raw: str) -> str | None:
    """Give the scheme that a destination is written with, in lower case; None for a relative one."""
    found = _SCHEME.match(raw)
    return found[1].lower() if found else None


def resolve(raw: str, base: str | None) -> str | None:
    """Make a destination absolute; None where it is not a URL."""
    try:
        return (URL(raw, base) if base else URL(raw)).href
    except (ValueError, UnicodeError):
        return None


def without_fragment(url: str) -> str:
    """Cut the fragment."""
    return url.partition("#")[0]


def without_credentials(url: str) -> str:
    """Cut user name and password: what a document gives away is not sent, and not repeated in reports."""
    parts = parse(url) if "@" in url else None
    if parts is None or parts.scheme not in WEB:
        return url
    start = len(parts.scheme) + 3
    authority, slash, rest = parts.href[start:].partition("/")
    return parts.href[:start] + authority.rpartition("@")[2] + slash + rest


def masked(text: str) -> str:
    """Hide the passwords of all URLs that a text holds; linear in its length."""
    return _PASSWORD.sub(r"\1:***@", text) if "@" in text else text


def fragment_of(url: str) -> str | None:
    """Give the fragment as written, None where there is no `#`."""
    _, mark, fragment = url.partition("#")
    return fragment if mark else None


@lru_cache(maxsize=4096)
def key(url: str) -> str | None:
    """Give the canonical URL under which links are the same; None where it is not a URL.

    It is the request URL without fragment, with percent-escapes of unreserved characters decoded and hex digits in
    upper case (RFC 3986 6.2.2).
    """
    href = resolve(url, None)
    if href is None:
        return None
    plain = without_fragment(href)
    return _ESCAPE.sub(_normal_escape, plain) if "%" in plain else plain


def _normal_escape(found: re.Match[str]) -> str:
    byte = chr(int(found[0][1:], 16))
    return byte if byte in _UNRESERVED else found[0].upper()


def origin_of(url: str) -> str | None:
    """Give `scheme://host:port`, the unit of politeness and of credentials."""
    parts = parse(url)
    return f"{parts.scheme}://{parts.host}:{parts.port}" if parts and parts.host else None


def host_of(url: str) -> str:
    """Give the host, IPv6 in brackets; empty where there is none."""
    parts = parse(url)
    return parts.host if parts else ""


def is_address(host: str) -> bool:
    """Tell a literal IP address from a name."""
    return literal(host) is not None


def literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read a host that is an IP address, as WHATWG serialises it."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet; IPv4 within IPv6 is looked through."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = _inner(ip) if isinstance(ip, ipaddress.IPv6Address) else ip
    if any(inner in network for network in _NOT_PUBLIC if network.version == inner.version):
        return False
    return inner.is_global and not inner.is_multicast


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Give the IPv4 address that a mapped, compatible, 6to4, Teredo or NAT64 address leads to, else itself."""
    if ip in _NAT64 or ip in _COMPATIBLE:
        return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or ip


def is_within(host: str, domains: frozenset[str]) -> bool:
    """Tell whether a host is one of these names or below one."""
    labels = host[-_LONGEST_HOST:].lower().rstrip(".").split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))


def local_path(url: str) -> str:
    """Give the decoded path of a `file:` URL, query left out; undecodable bytes are kept as surrogates."""
    parts = parse(url)
    return unquote_to_bytes(parts.path if parts else "").decode("utf-8", "surrogateescape")
