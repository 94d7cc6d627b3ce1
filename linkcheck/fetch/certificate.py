"""Reads in a certificate what a person must know of it: for which names it is good, and how long.

`ssl` decodes only certificates that it trusts, and those are not the ones in question. This reads the few fields of
RFC 5280 4.1 that say it, and no more; what it cannot read is None, never an error.
"""

import ipaddress
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from linkcheck.clock import iso

_SEQUENCE, _OCTETS, _OID, _BOOLEAN = 0x30, 0x04, 0x06, 0x01
_UTC_TIME, _GENERAL_TIME = 0x17, 0x18
_VERSION, _EXTENSIONS = 0xA0, 0xA3
_DNS_NAME, _IP_ADDRESS = 0x82, 0x87
"""Tags of DER (X.690), and of RFC 5280's optional fields."""
_ALTERNATIVE_NAMES = bytes.fromhex("551d11")
"""2.5.29.17, the names that count; the subject's common name has not for years (RFC 9525)."""
_MOST_NAMES = 200


class Certificate(Struct, frozen=True):
    """What a certificate says of itself."""

    names: tuple[str, ...]
    """Names and addresses that it is good for, in its order."""
    begins: datetime
    ends: datetime


def read_certificate(der: bytes) -> Certificate | None:
    """Read a certificate in DER; None for anything else."""
    try:
        fields = list(_items(_only(_only(der, _SEQUENCE), _SEQUENCE)))
        if fields[0][0] == _VERSION:
            del fields[0]
        begins, ends = (_time(tag, value) for tag, value in _items(fields[3][1]))
        extensions = next((value for tag, value in fields if tag == _EXTENSIONS), None)
        names = () if extensions is None else tuple(_names(extensions))
    except (ValueError, IndexError):
        return None
    return Certificate(names, begins, ends)


@lru_cache(maxsize=1024)
def end_of(der: bytes) -> str | None:
    """Say when a certificate ends: UTC, ISO 8601; None for what is none. Most answers of a host bring the same one."""
    certificate = read_certificate(der)
    return iso(certificate.ends) if certificate else None


def _names(extensions: bytes) -> Iterator[str]:
    for _, extension in _items(_only(extensions, _SEQUENCE)):
        parts = [part for part in _items(extension) if part[0] != _BOOLEAN]  # whether it is critical
        if parts[0] != (_OID, _ALTERNATIVE_NAMES):
            continue
        for tag, value in islice(_items(_only(parts[1][1], _SEQUENCE)), _MOST_NAMES):
            if tag == _DNS_NAME:
                yield value.decode("ascii", "replace")
            elif tag == _IP_ADDRESS:
                yield str(ipaddress.ip_address(value))


def _time(tag: int, value: bytes) -> datetime:
    """Read a time as RFC 5280 4.1.2.5 writes it; years of two digits begin in 1950."""
    text = value.decode("ascii")
    if tag == _UTC_TIME:
        text = ("19" if text >= "50" else "20") + text
    elif tag != _GENERAL_TIME:
        raise ValueError("no time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _only(data: bytes, wanted: int) -> bytes:
    """Give what the first item holds, which must be of this tag."""
    tag, value = next(_items(data), (0, b""))
    if tag != wanted:
        raise ValueError("another tag")
    return value


def _items(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the items that lie one behind the other: tag, and what it holds (X.690 8.1)."""
    at = 0
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[at : at + min(size, 8)], "big")
            at += size
        value = data[at : at + length]
        if len(value) < length:
            raise ValueError("it ends early")
        yield tag, value
        at += length
