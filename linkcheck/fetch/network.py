"""Is there a network at all, and does it tell the truth? Nothing is called dead by somebody who cannot hear.

A name that does not exist here may exist elsewhere: networks of companies and of CI runners often answer for a list of
names alone. So a denial counts only where this network knows names of the same top-level domain that have existed for
long (known_names.toml), and denies one that nobody has.
"""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

import anyio
import msgspec

from linkcheck import uri
from linkcheck.fetch.public_address import is_public
from linkcheck.fetch.resolve import NO_SUCH_NAME, Resolver
from linkcheck.model import Failure, FailureKind

_HTTPS = 443


async def is_network_there(resolver: Resolver, control_hosts: Iterable[str]) -> bool:
    """Tell whether a real look-up has worked in this run, else whether one of the control hosts resolves.

    Hosts that `--resolve` or the hosts file settles do not count, and neither do private addresses.
    """
    if resolver.worked:
        return True
    async with anyio.create_task_group() as group:
        for host in control_hosts:
            group.start_soon(resolver.resolve, host, _HTTPS)
    return resolver.worked > 0


async def is_honest_now(resolver: Resolver, control_hosts: Iterable[str]) -> bool:
    """Tell whether names are looked up at this moment, and what nobody has is denied. The resolver must have forgotten.

    Nothing is said of machines that look nothing up: where no control host is named, what was asked must be asked.
    """
    answers: list[tuple[str, ...] | Failure] = []

    async def ask(host: str) -> None:
        answers.append(await resolver.resolve(host, _HTTPS))

    async with anyio.create_task_group() as group:
        for host in control_hosts:
            group.start_soon(ask, host)
    if answers and all(isinstance(answer, Failure) for answer in answers):
        return False
    nonsense = await look_up_nonsense(resolver, "now")
    return isinstance(nonsense, Failure) and nonsense.kind in NO_SUCH_NAME


async def look_up_nonsense(resolver: Resolver, seed: str, domain: str = "com") -> tuple[str, ...] | Failure:
    """Look up a name of a top-level domain that nobody has, and that no cache knows.

    Honest servers deny it, lying ones give an address, and from lost ones nothing is heard.
    """
    letters = sha256(seed.encode()).hexdigest()[:24]
    return await resolver.resolve(f"{letters}.{domain}", _HTTPS)


async def is_closed(resolver: Resolver, vouched: Iterable[str] = ()) -> bool:
    """Return whether this network knows none of the names that everybody can look up: those of .com and .org.

    `vouched` are names of the internet that the config names.
    """
    return not await _knows_one(resolver, (*known_names("com"), *known_names("org"), *vouched))


async def unproven_denials(
    resolver: Resolver, domains: Iterable[str], seed: str, vouched: Sequence[str] = ()
) -> dict[str, str]:
    """Return the top-level domains for which this network's denials prove nothing, each with the reason in words.

    A domain that the list does not have is known by any of its names that had a public address in this run. For one
    that it has these do not count: they may be just what a network is allowed to know.
    """
    found: dict[str, str] = {}

    async def look(domain: str) -> None:
        if why := await _why_unproven(resolver, domain, seed, vouched):
            found[domain] = why

    async with anyio.create_task_group() as group:
        for domain in domains:
            group.start_soon(look, domain)
    return found


async def _why_unproven(resolver: Resolver, domain: str, seed: str, vouched: Sequence[str]) -> str:
    is_known = domain in resolver.domains and domain not in _listed()
    names = (*known_names(domain), *(name for name in vouched if uri.top_level(name) == domain))
    if not is_known and not await _knows_one(resolver, names):
        return f"it does not know {' or '.join(names)} either"
    nonsense = await look_up_nonsense(resolver, seed, domain)
    if not isinstance(nonsense, Failure):
        return f"it gives an address to names of .{domain} that do not exist"
    if nonsense.kind is not FailureKind.DNS_NXDOMAIN:
        return f"it does not say of names that nobody has that .{domain} lacks them"
    return ""


async def _knows_one(resolver: Resolver, names: Iterable[str]) -> bool:
    """Return whether one of these names has public addresses here."""
    answers = []

    async def ask(name: str) -> None:
        answers.append(await resolver.resolve(name, _HTTPS))

    async with anyio.create_task_group() as group:
        for name in names:
            group.start_soon(ask, name)
    return any(isinstance(answer, tuple) and all(map(is_public, answer)) for answer in answers)


def known_names(domain: str) -> tuple[str, ...]:
    """Return names of a top-level domain that should exist."""
    return _listed().get(domain) or (f"nic.{domain}", f"whois.nic.{domain}")


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    text = (files("linkcheck.fetch") / "known_names.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, tuple[str, ...]])
