"""Is there a network at all, and does it tell the truth? Nothing is called dead by somebody who cannot hear."""

from collections.abc import Iterable
from hashlib import sha256

import anyio

from linkcheck.fetch.resolve import Resolver
from linkcheck.model import Failure

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


async def look_up_nonsense(resolver: Resolver, seed: str) -> tuple[str, ...] | Failure:
    """Look up a name that nobody has, and that no cache knows.

    Honest servers deny it, lying ones give an address, and from lost ones nothing is heard.
    """
    letters = sha256(seed.encode()).hexdigest()[:24]
    return await resolver.resolve(f"{letters}.com", _HTTPS)
