"""Asks name servers, and keeps apart what getaddrinfo throws together: no such name, no address, no answer.

Imported only when names must be looked up: dnspython takes a while to load.
"""

from collections.abc import Sequence
from typing import TypeAlias

import anyio
import dns.asyncresolver
import dns.exception
import dns.flags
import dns.name
import dns.resolver
from msgspec import Struct

from linkcheck.fetch.denial import Denial, Grade, denial_of
from linkcheck.fetch.resolve import LookUp
from linkcheck.model import Failure, FailureKind

_RESOLUTION_DELAY = 0.05
"""Seconds that IPv6 addresses are waited for once those of IPv4 are there (RFC 8305 3)."""

_Answer: TypeAlias = tuple[str, ...] | Denial | Failure

_SHORT_DEADLINE = 1.0
"""Seconds for servers that did not answer the last time, so that a machine without network is soon told so."""

_PAYLOAD = 1232
"""Bytes of a UDP answer that no network breaks up (DNS flag day 2020)."""

_ENOUGH = 20
"""Names in a row that nothing was heard of; from then on one at a time is asked for, the others wait for nothing."""


class _Servers(Struct):
    """Name servers, and whether they speak to us."""

    resolver: dns.asyncresolver.Resolver
    careful: dns.asyncresolver.Resolver
    """The same servers, asked with EDNS and DO: they say then why they deny, and stubs and caches between hand on the
    whole answer. Only denials are asked for in this way, as some servers do not know EDNS."""
    deadline: float
    silences: int = 0
    """Questions without an answer, since the last one that had one."""
    probes: int = 0
    """Names that are being asked for although nothing is heard."""


def asking(nameservers: Sequence[str] | None = None, port: int = 53, *, deadline: float = 5.0) -> LookUp:
    """Make the look-up that asks these servers, else those of the system; `deadline` is in seconds, in all.

    A machine that names no servers is fine: every look-up is then a temporary failure.
    """
    try:
        resolver = dns.asyncresolver.Resolver(configure=nameservers is None)
    except (dns.resolver.NoResolverConfiguration, OSError):
        resolver = dns.asyncresolver.Resolver(configure=False)
    if nameservers is not None:
        resolver.nameservers = list(nameservers)
        resolver.port = port
    careful = dns.asyncresolver.Resolver(configure=False)
    careful.nameservers, careful.port = resolver.nameservers, resolver.port
    careful.use_edns(0, dns.flags.DO, _PAYLOAD)
    resolver.timeout = careful.timeout = deadline / 2.5
    servers = _Servers(resolver, careful, deadline)

    async def look_up(host: str) -> tuple[str, ...] | Failure:
        try:
            name = dns.name.from_text(host, dns.name.root)
        except (dns.exception.DNSException, UnicodeError) as error:
            return Failure(FailureKind.DNS_NXDOMAIN, f"{host[:80]} cannot be a name: {error}")
        if servers.silences < 2 * _ENOUGH:  # A and AAAA
            return await _addresses(servers, name)
        if servers.probes:
            why = f"{_written(name)}: not asked for, as the name servers have not answered for many others"
            return Failure(FailureKind.DNS_TEMPORARY, why)
        servers.probes += 1
        try:
            return await _addresses(servers, name)
        finally:
            servers.probes -= 1

    return look_up


async def _addresses(servers: _Servers, name: dns.name.Name) -> tuple[str, ...] | Failure:
    """Ask for A and AAAA at once."""
    ipv4: _Answer = ()
    ipv6: _Answer = ()

    async def ask_ipv4() -> None:
        nonlocal ipv4
        ipv4 = await _ask(servers, name, "A")
        if ipv4 and not isinstance(ipv4, Failure):
            group.cancel_scope.deadline = anyio.current_time() + _RESOLUTION_DELAY

    async def ask_ipv6() -> None:
        nonlocal ipv6
        ipv6 = await _ask(servers, name, "AAAA")

    async with anyio.create_task_group() as group:
        group.start_soon(ask_ipv4)
        group.start_soon(ask_ipv6)
    if isinstance(ipv4, Denial) and isinstance(ipv6, Denial):
        return await _denied(servers, name, (ipv4, ipv6))
    return _together(name, ipv4, ipv6)


async def _denied(servers: _Servers, name: dns.name.Name, denials: tuple[Denial, ...]) -> Failure:
    """Ask once more, and carefully, for a name that does not exist by its A and AAAA records."""
    last = await _ask(servers, name, "SOA", servers.careful)
    if isinstance(last, tuple):
        why = f"{_written(name)}: the name servers say that it exists, and that it does not"
        return Failure(FailureKind.DNS_UNPROVEN, why)
    if isinstance(last, Denial):  # what is not answered with EDNS says nothing
        denials = (*denials, last)
    graded = [one for one in denials if one.grade is not Grade.SILENT] or list(denials)
    worst = min(graded, key=lambda one: one.grade)
    kind = FailureKind.DNS_NXDOMAIN if worst.grade is Grade.OWNED else FailureKind.DNS_UNPROVEN
    return Failure(kind, worst.why)


def _together(name: dns.name.Name, ipv4: _Answer, ipv6: _Answer) -> tuple[str, ...] | Failure:
    """Join two answers: any address will do, and a name that exists for one of them exists."""
    answers = (ipv4, ipv6)
    if found := tuple(address for answer in answers if isinstance(answer, tuple) for address in answer):
        return found
    temporary = (answer for answer in answers if isinstance(answer, Failure))
    without = Failure(FailureKind.DNS_TEMPORARY, f"{_written(name)} exists, but has no address")
    return next(temporary, without)


async def _ask(
    servers: _Servers, name: dns.name.Name, kind: str, by: dns.asyncresolver.Resolver | None = None
) -> _Answer:
    deadline = min(servers.deadline, _SHORT_DEADLINE) if servers.silences else servers.deadline
    resolver = by or servers.resolver
    try:
        answer = await resolver.resolve(name, kind, raise_on_no_answer=False, search=False, lifetime=deadline)
    except dns.resolver.NXDOMAIN as error:
        servers.silences = 0
        return denial_of(error.response(name), name)  # type: ignore[no-untyped-call]  # dnspython's
    except dns.exception.Timeout:
        servers.silences += 1
        return Failure(FailureKind.DNS_TEMPORARY, f"{_written(name)}: the name servers do not answer")
    except (dns.exception.DNSException, OSError, EOFError) as error:
        return Failure(FailureKind.DNS_TEMPORARY, f"{_written(name)}: {error}"[:200])
    servers.silences = 0
    return tuple(str(record) for record in answer.rrset or ())


def _written(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True)
