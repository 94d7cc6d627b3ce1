"""Denials as they come through resolvers that people run: dnsmasq, unbound and BIND, where they are installed."""

import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from linkcheck.fetch.nameservers import asking
from linkcheck.model import Failure, FailureKind
from tests.servers import Denying, Zone, naming

pytestmark = pytest.mark.anyio

ZONE: Zone = {"a.org": {"A": ("93.184.215.14",)}, "blocked.org": {"A": ("93.184.215.14",)}}
POLICY = """$TTL 60
@ SOA localhost. admin.localhost. 1 60 60 60 60
@ NS localhost.
blocked.org CNAME .
"""
_BEGIN = "interface: 127.0.0.1\ndo-daemonize: no\nchroot: ''\nusername: ''\npidfile: ''\nuse-syslog: no\n"


def _program(name: str) -> str:
    found = shutil.which(name, path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@asynccontextmanager
async def running(arguments: Sequence[str], folder: Path) -> AsyncIterator[None]:
    """Run a resolver for as long as the block lasts; who asks it waits until it is there."""
    with (folder / "log").open("wb") as log, subprocess.Popen(arguments, stdout=log, stderr=log, cwd=folder) as process:  # noqa: ASYNC220 - it is not waited for
        try:
            yield
        finally:
            process.kill()


def dnsmasq(port: int, *options: str) -> list[str]:
    usual = ("--keep-in-foreground", "--no-resolv", "--no-hosts", "--bind-interfaces", "--listen-address=127.0.0.1")
    return [_program("dnsmasq"), *usual, "--conf-file=/dev/null", "--pid-file=", f"--port={port}", *options]


def unbound(port: int, folder: Path, server: str, rest: str = "") -> list[str]:
    text = f"server:\n{_BEGIN}port: {port}\ndirectory: '{folder}'\n{server}\n{rest}\n"
    (folder / "unbound.conf").write_text(text)
    return [_program("unbound"), "-c", str(folder / "unbound.conf")]


def named(port: int, folder: Path, upstream: int) -> list[str]:
    (folder / "policy.zone").write_text(POLICY)
    (folder / "named.conf").write_text(
        f'options {{ directory "{folder}"; listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};'
        f"recursion yes; dnssec-validation no; forwarders {{ 127.0.0.1 port {upstream}; }}; forward only;"
        f'pid-file none; session-keyfile none; response-policy {{ zone "rpz.corp"; }} qname-wait-recurse no; }};'
        f'controls {{ }}; zone "rpz.corp" {{ type master; file "{folder}/policy.zone"; }};'
    )
    return [_program("named"), "-g", "-c", str(folder / "named.conf")]


async def kinds(port: int, *hosts: str) -> list[FailureKind | None]:
    look_up = asking(["127.0.0.1"], port, deadline=10)
    answers = [await look_up(host) for host in hosts]
    return [answer.kind if isinstance(answer, Failure) else None for answer in answers]


async def test_dnsmasq_hands_denials_on_and_its_own_prove_nothing(tmp_path: Path) -> None:
    port = _free_port()
    async with naming(ZONE, Denying("org.")) as up:
        options = (f"--server=127.0.0.1#{up.port}", "--address=/blocked.org/")
        async with running(dnsmasq(port, *options), tmp_path):
            said = await kinds(port, "a.org", "gone.org", "gone.org", "blocked.org")

    assert said == [None, FailureKind.DNS_NXDOMAIN, FailureKind.DNS_NXDOMAIN, FailureKind.DNS_UNPROVEN]


async def test_dnsmasq_that_knows_one_name_proves_nothing(tmp_path: Path) -> None:
    port = _free_port()
    async with running(dnsmasq(port, "--address=/a.org/93.184.215.14", "--address=/#/"), tmp_path):
        said = await kinds(port, "a.org", "gone.org")

    assert said == [None, FailureKind.DNS_UNPROVEN]


async def test_unbound_hands_denials_on_and_its_local_zones_prove_nothing(tmp_path: Path) -> None:
    port = _free_port()
    async with naming(ZONE, Denying("org.")) as up:
        server = "do-not-query-localhost: no\nmodule-config: iterator\n"
        server += "local-zone: static.org. static\nlocal-zone: blocked.org. always_nxdomain"
        rest = f"forward-zone:\nname: .\nforward-addr: 127.0.0.1@{up.port}"
        async with running(unbound(port, tmp_path, server, rest), tmp_path):
            said = await kinds(port, "a.org", "gone.org", "x.static.org", "blocked.org")

    assert said == [None, FailureKind.DNS_NXDOMAIN, FailureKind.DNS_UNPROVEN, FailureKind.DNS_UNPROVEN]


async def test_unbound_that_knows_one_name_proves_nothing(tmp_path: Path) -> None:
    port = _free_port()
    server = "local-zone: . static\nlocal-data: 'a.org. A 93.184.215.14'"
    async with running(unbound(port, tmp_path, server), tmp_path):
        said = await kinds(port, "a.org", "gone.org")

    assert said == [None, FailureKind.DNS_UNPROVEN]


async def test_bind_hands_denials_on_and_its_policy_zones_prove_nothing(tmp_path: Path) -> None:
    port = _free_port()
    async with naming(ZONE, Denying("org.")) as up, running(named(port, tmp_path, up.port), tmp_path):
        said = await kinds(port, "a.org", "gone.org", "blocked.org")

    assert said == [None, FailureKind.DNS_NXDOMAIN, FailureKind.DNS_UNPROVEN]
