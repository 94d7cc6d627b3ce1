"""Whether an answer that a name does not exist comes from those who are responsible for it. Pure.

A name server that denies a name hands on the SOA record of the zone that would hold it (RFC 2308 2.1, 5). Resolvers
that filter, that know only a list of names, or that have no way to the internet mostly deny without one, with that of
the root or of a zone of their own, or say so by an extended error (RFC 8914). What they deny may well exist.
"""

from enum import IntEnum

import dns.edns
import dns.exception
import dns.message
import dns.name
import dns.rdatatype
from msgspec import Struct

_BLOCKED = {15: "Blocked", 16: "Censored", 17: "Filtered", 18: "Prohibited"}
"""Extended errors of resolvers that do not want to tell (RFC 8914 4.16 to 4.19)."""
_LONGEST_TEXT = 80


class Grade(IntEnum):
    """How much a denial is worth; the least of several answers about one name counts, but for SILENT."""

    REFUSED = 0
    """Somebody else than those responsible says so: it proves nothing."""
    SILENT = 1
    """Nobody is named. Caches such as dnsmasq's forget the SOA, so that another answer may name somebody."""
    OWNED = 2
    """The zone that would hold the name says so."""


class Denial(Struct, frozen=True):
    """One answer with NXDOMAIN."""

    grade: Grade
    why: str
    """In words, with the name."""


def denial_of(response: dns.message.Message, name: dns.name.Name) -> Denial:
    """Grade an answer with NXDOMAIN to a question about a name."""
    written = name.to_text(omit_final_dot=True)
    for option in response.options:
        if isinstance(option, dns.edns.EDEOption) and int(option.code) in _BLOCKED:
            said = "".join(filter(str.isprintable, option.text or ""))[:_LONGEST_TEXT]
            why = f"the name servers here block {written} ({_BLOCKED[int(option.code)]}{said and ': '}{said})"
            return Denial(Grade.REFUSED, why)
    if policy := _soa_owner(response.additional):  # where response policy zones name themselves
        return Denial(Grade.REFUSED, f"the name servers here block {written} (policy zone {_text(policy)})")
    owner = _soa_owner(response.authority)
    if owner is None:
        return Denial(Grade.SILENT, f"the name servers here deny {written}, but name no zone that would hold it (SOA)")
    if owner == dns.name.root:
        domain = written.rpartition(".")[2][:_LONGEST_TEXT]
        return Denial(Grade.REFUSED, f"the name servers here know no top-level domain .{domain}")
    denied = _denied(response, name)
    if denied == owner or not denied.is_subdomain(owner):
        why = f"the name servers here deny {written} for {_text(owner)}, which is not responsible for it"
        return Denial(Grade.REFUSED, why)
    return Denial(Grade.OWNED, f"no name server knows {written}")


def _soa_owner(section: list[dns.rrset.RRset]) -> dns.name.Name | None:
    return next((rrset.name for rrset in section if rrset.rdtype == dns.rdatatype.SOA), None)


def _denied(response: dns.message.Message, name: dns.name.Name) -> dns.name.Name:
    """Return the name that does not exist: the end of the chain of CNAME records (RFC 6604 2)."""
    try:
        return response.canonical_name() if isinstance(response, dns.message.QueryMessage) else name
    except dns.exception.DNSException:
        return name


def _text(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True)[:_LONGEST_TEXT]
