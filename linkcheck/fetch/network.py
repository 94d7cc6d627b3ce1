"""Is there a network at all? Nothing is called dead by somebody who cannot hear."""

from collections.abc import Iterable

import anyio

from linkcheck.fetch.resolve import Resolver

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
