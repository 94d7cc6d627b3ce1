"""Is there a network at all, and does it tell the truth? Nothing is called dead by somebody who cannot hear."""

from collections.abc import Iterable
from hashlib import sha256

import anyio

from linkcheck.fetch.resolve import Resolver
from linkcheck.model import Failure, FailureKind

_HTTPS = 443


async def is_network_there(resolver: Resolver, control_hosts: Iterable[str]) -> bool:
    """Tell whether a real look-up has worked in this run, else whether one of the control hosts resolves.

    Hosts that `--resolve` or the hosts file settles do not count.
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
    return isinstance(nonsense, Failure) and nonsense.kind is FailureKind.DNS_NXDOMAIN


async def look_up_nonsense(resolver: Resolver, seed: str) -> tuple[str, ...] | Failure:
    """Look up a name that nobody has, and that no cache knows.

    Honest servers deny it, lying ones give an address, and from lost ones nothing is heard.
    """
    letters = sha256(seed.encode()).hexdigest()[:24]
    return await resolver.resolve(f"{letters}.com", _HTTPS)
