"""Which site a host belongs to: its registrable domain, by the Public Suffix List (https://publicsuffix.org).

The list comes with the library; nothing is fetched.
"""

from functools import cache, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """Give the domain that somebody has registered: `bbc.co.uk` for `news.bbc.co.uk`; the host where there is none."""
    name = host.lower().rstrip(".")
    if not name or name.startswith("[") or name.rpartition(".")[2].isdigit():
        return name
    return _suffixes().privatesuffix(name) or name


def is_public(host: str) -> bool:
    """Tell whether a host ends in a suffix that the list knows, and is more than that."""
    known = _suffixes()
    suffix = known.publicsuffix(host.lower(), accept_unknown=False)
    return bool(suffix) and suffix != host.lower()


def share_of(host: str, shares: int) -> int:
    """Give the share, from 1 on, that a host's site falls to; hosts of one site fall to the same."""
    site = sha256(registrable(host).encode("utf-8", "replace")).digest()
    return int.from_bytes(site[:8]) % shares + 1


@cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - the list takes a while to read; most runs need none

    return PublicSuffixList()
