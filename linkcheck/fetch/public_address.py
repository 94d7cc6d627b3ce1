"""Which IP addresses belong to the public internet: the addresses that a link of a stranger may lead to.

IPv4 is public unless IANA's special-purpose registry says otherwise; IPv6 is public only within 2000::/3 (RFC 4291 2.4)
and where that registry does not say otherwise. An IPv6 address that carries an IPv4 address leads to that one, so the
carried address is what counts. The registry is a dated copy, special_purpose.toml: `ipaddress.is_global` differs
between versions of Python; that of 3.11 calls site-local, SRv6 and some documentation addresses global.
"""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

import msgspec
from msgspec import Struct

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

_GLOBAL_UNICAST = IPv6Network("2000::/3")

_CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 96),  # mapped (RFC 4291 2.5.5.2)
    (IPv6Network("64:ff9b::/96"), 96),  # NAT64 (RFC 6052 2.1)
    (IPv6Network("2002::/16"), 16),  # 6to4 (RFC 3056 2)
)
"""Prefixes whose packets end at the IPv4 address that begins at this bit: public if that one is.

The translated (::ffff:0:0:0/96, RFC 2765), the compatible (::/96, RFC 4291 2.5.5.1) and those of a local NAT64
(64:ff9b:1::/48, RFC 8215) carry IPv4 addresses too, but lie outside 2000::/3, so they are never public.
"""

_TEREDO = IPv6Network("2001::/32")
_ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})
"""The first half of an interface identifier whose second half is an IPv4 address (RFC 5214 6.1)."""


class _Block(Struct, frozen=True, forbid_unknown_fields=True):
    reachable: bool
    name: str


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    registry: dict[str, dict[str, _Block]]
    refused: dict[str, str]


@lru_cache(maxsize=4096)
def is_public(address: str) -> bool:
    """Return whether a literal IP address belongs to the public internet; one with a zone never does (RFC 4007 11)."""
    if "%" in address:
        return False
    ip = ip_address(address)
    if _is_refused(ip):
        return False
    if isinstance(ip, IPv4Address):
        return _is_reachable(ip)
    if carried := _carried(ip):
        return all(not _is_refused(inner) and _is_reachable(inner) for inner in carried)
    if ip not in _GLOBAL_UNICAST or not _is_reachable(ip):
        return False
    tunnel = _isatap(ip)
    return tunnel is None or is_public(str(tunnel))


def _carried(ip: IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the IPv4 addresses that decide where an IPv6 address leads: of Teredo the server and the client."""
    if ip in _TEREDO:
        return (_ipv4_at(ip, 32), IPv4Address(~int(ip) & 0xFFFF_FFFF))  # the client is stored inverted (RFC 4380 4)
    return tuple(_ipv4_at(ip, bit) for prefix, bit in _CARRIERS if ip in prefix)


def _isatap(ip: IPv6Address) -> IPv4Address | None:
    return _ipv4_at(ip, 96) if int(ip) >> 32 & 0xFFFF_FFFF in _ISATAP else None


def _ipv4_at(ip: IPv6Address, bit: int) -> IPv4Address:
    return IPv4Address(int(ip) >> (96 - bit) & 0xFFFF_FFFF)


def _is_reachable(ip: Address) -> bool:
    """Return what the registry says of the smallest block that holds an address; what it does not list is reachable."""
    return next((reachable for network, reachable in _registry() if ip in network), True)


def _is_refused(ip: Address) -> bool:
    return any(ip in network for network in _refused())


@cache
def _registry() -> tuple[tuple[Network, bool], ...]:
    """Return the blocks of both registries and whether they are reachable, small blocks first."""
    blocks = ((ip_network(text), block.reachable) for rows in _file().registry.values() for text, block in rows.items())
    return tuple(sorted(blocks, key=lambda row: -row[0].prefixlen))


@cache
def _refused() -> tuple[Network, ...]:
    return tuple(ip_network(text) for text in _file().refused)


@cache
def _file() -> _File:
    text = (files("linkcheck.fetch") / "special_purpose.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _File)
