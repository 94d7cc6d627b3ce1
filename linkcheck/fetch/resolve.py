"""The one resolver: host to addresses, or the failure that says why there are none.

Names that are settled beforehand (`--resolve`, literal addresses, the hosts file, reserved names) are never looked
up and say nothing about whether the network is there; only real look-ups do, and those are counted.
"""

import os
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import anyio
from msgspec import Struct, field

from linkcheck import uri
from linkcheck.errors import ConfigError
from linkcheck.fetch.public_address import is_public
from linkcheck.model import Failure, FailureKind

LookUp: TypeAlias = Callable[[str], Awaitable[tuple[str, ...] | Failure]]
"""Asks name servers: name to addresses, IPv4 first."""

Overrides: TypeAlias = Mapping[tuple[str, int], tuple[str, ...]]
"""(host, port) to addresses."""

NO_SUCH_NAME = frozenset({FailureKind.DNS_NXDOMAIN, FailureKind.DNS_UNPROVEN})
"""What name servers say of a name that does not exist, whoever they are."""

_LOOPBACK = ("127.0.0.1", "::1")
_REMEMBERED = 16_384
"""Hosts, at most: memory does not grow with the number of links."""
_MAX_HOSTS_FILE = 8 << 20


class _LookUp(Struct):
    """A look-up under way, and those who wait for it."""

    done: anyio.Event = field(default_factory=anyio.Event)
    answer: tuple[str, ...] | Failure | None = None
    """None at the end means that whoever asked was cancelled."""


class Resolver:
    """Resolves names, each once in a run; only what may pass, a temporary failure, is asked for again."""

    def __init__(
        self,
        look_up: LookUp,
        *,
        overrides: Overrides | None = None,
        hosts: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.overrides: Overrides = overrides or {}
        """What `--resolve` says."""
        self.worked = 0
        """Real look-ups that gave public addresses; behind a proxy, answers that came through it."""
        self.failed = 0
        """Real look-ups that gave none."""
        self.stayed = 0
        """Real look-ups that ended at a private address: they say nothing of the way to the internet."""
        self.domains: set[str] = set()
        """The top-level domains of hosts that had public addresses."""
        self._look_up = look_up
        self._hosts = hosts or {}
        self._known: dict[str, tuple[str, ...] | Failure] = {}
        self._under_way: dict[str, _LookUp] = {}

    def through(self, layer: Callable[[LookUp], LookUp]) -> None:
        """Let look-ups pass through a layer."""
        self._look_up = layer(self._look_up)

    async def resolve(self, host: str, port: int, *, counts: bool = True) -> tuple[str, ...] | Failure:
        """Give the addresses of a host (as WHATWG serialises it), IPv4 first; never none.

        A look-up that does not count says nothing of the way that requests go: behind a proxy they go without one.
        """
        settled = self.settled(host, port)
        if settled is not None:
            return settled
        while (known := self._known.get(host)) is None:
            under_way = self._under_way.get(host)
            if under_way is None:
                return await self._ask(host, counts=counts)
            await under_way.done.wait()
            if under_way.answer is not None:
                return under_way.answer
        return known

    def settled(self, host: str, port: int) -> tuple[str, ...] | Failure | None:
        """Answer for a host that needs no look-up; None for one that does."""
        if override := self.overrides.get((host, port)):
            return override
        if address := uri.literal(host):
            return (str(address),)
        name = host.rstrip(".")
        if name == "localhost" or name.endswith(".localhost"):
            return _LOOPBACK  # RFC 6761 6.3
        if addresses := self._hosts.get(name):
            return addresses
        if name == "invalid" or name.endswith(".invalid"):
            return Failure(FailureKind.DNS_NXDOMAIN, f"{name} does not exist: .invalid never does (RFC 6761)")
        return None

    def forget(self) -> None:
        """Forget what was looked up, so that it is looked up again."""
        self._known.clear()

    async def _ask(self, host: str, *, counts: bool) -> tuple[str, ...] | Failure:
        mine = self._under_way[host] = _LookUp()
        try:
            mine.answer = await self._look_up(host)
            if isinstance(mine.answer, Failure) and mine.answer.kind is FailureKind.DNS_NXDOMAIN:
                mine.answer = await self._look_up(host)  # a name is not called dead for one answer
        finally:
            del self._under_way[host]
            mine.done.set()
        if counts:
            self._count(host, mine.answer)
        if not isinstance(mine.answer, Failure) or mine.answer.kind in NO_SUCH_NAME:
            if len(self._known) >= _REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[host] = mine.answer
        return mine.answer

    def _count(self, host: str, answer: tuple[str, ...] | Failure) -> None:
        if isinstance(answer, Failure):
            self.failed += 1
        elif all(map(is_public, answer)):
            self.worked += 1
            self.domains.add(uri.top_level(host))
        else:
            self.stayed += 1


def overrides(values: Sequence[str]) -> dict[tuple[str, int], tuple[str, ...]]:
    """Read `HOST:PORT:ADDRESS[,ADDRESS...]`, as curl's `--resolve` has it; IPv6 in brackets or bare.

    Beyond curl an address may name a port of its own, `127.0.0.1:8080`, so that a staged web needs no privileges.
    Several values for one host and port add up. ConfigError names what is wrong.
    """
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for value in values:
        match = _OVERRIDE.fullmatch(value.strip())
        parts = uri.parse(f"http://{match[1]}/") if match else None
        port = int(match[2]) if match else 0
        if match is None or parts is None or not 0 < port < 65_536:
            raise ConfigError(f"--resolve: {value!r} is not HOST:PORT:ADDRESS, as in example.org:443:192.0.2.1")
        for address in match[3].split(","):
            place = _address(address.strip())
            if place is None:
                raise ConfigError(f"--resolve: {address!r} in {value!r} is not an IP address")
            found[parts.host, port] = (*found.get((parts.host, port), ()), place)
    return found


def _address(text: str) -> str | None:
    """Read an IP address, with a port where it has one."""
    if (ip := uri.literal(text)) is not None:
        return str(ip)
    host, _, port = text.rpartition(":")
    ip = uri.literal(host)
    if ip is None or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65_536:
        return None
    return f"[{ip}]:{port}" if ip.version == 6 else f"{ip}:{port}"


def system_hosts(path: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Read the hosts file: name to addresses, IPv4 first. One that is missing or cannot be read is empty."""
    try:
        with (path or _hosts_path()).open(encoding="utf-8", errors="replace") as file:
            text = file.read(_MAX_HOSTS_FILE)
    except OSError:
        return {}
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        address, *names = line.partition("#")[0].split() or [""]
        if (ip := uri.literal(address)) is not None:
            for name in names:
                found.setdefault(name.lower().rstrip("."), []).append(str(ip))
    return {name: tuple(sorted(dict.fromkeys(addresses), key=_is_ipv6)) for name, addresses in found.items()}


def _is_ipv6(address: str) -> bool:
    return ":" in address


def _hosts_path() -> Path:
    if os.name == "nt":
        return Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "drivers", "etc", "hosts")
    return Path("/etc/hosts")


_OVERRIDE = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]/?#@\s]+):([0-9]{1,5}):(\S+)")
