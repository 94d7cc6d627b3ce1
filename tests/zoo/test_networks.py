"""Networks that do not tell the truth: nothing is judged by what they say, on every wire, and the run says why."""

from collections.abc import Callable
from pathlib import Path

import anyio
import pytest
from msgspec import Struct

from linkcheck import config, pipeline
from linkcheck.fetch import nameservers, onion
from linkcheck.fetch.resolve import Resolver
from linkcheck.model import LinkRow, ReasonCode, RunInfo, Verdict
from linkcheck.store import Journal
from tests.servers import Answer, Zone, http, naming, redirect, serving
from tests.zoo.dens import PAGE
from tests.zoo.tour import ENGINES

_HERE = {"A": ("127.0.0.1",)}
_PAPERS = tuple(f"paper-{number}.zoo{number}.net" for number in range(4))
_ADVERTS = http(200, b"<title>Did you mean ...?</title><p>Buy these shoes. They are good shoes.")


class Everything(dict[str, dict[str, tuple[str, ...]]]):
    """A zone in which every name exists."""

    def get(self, _: object, __: object = None) -> dict[str, tuple[str, ...]]:  # type: ignore[override]
        return _HERE


class Network(Struct, frozen=True):
    """One network that lies."""

    name: str
    zone: Zone
    answer: Callable[[int], Answer]
    """What is answered to whatever is asked, at this port."""
    note: str


NETWORKS = (
    Network(
        "captive-portal",
        dict.fromkeys((*_PAPERS, "login.hotel.net"), _HERE),
        lambda port: lambda head: _portal(head, port),
        "a captive portal: login.hotel.net answers",
    ),
    Network("captive-portal-in-the-name-servers", Everything(), lambda _: _ADVERTS, "the name servers here give"),
    Network("dns-hijack", Everything(), lambda _: http(200, PAGE), "the name servers here give 127.0.0.1 for names"),
    Network("no-network", dict.fromkeys(_PAPERS, "silence"), lambda _: http(200, PAGE), "there is no network here"),
)


def _portal(head: str, port: int) -> bytes:
    if "login.hotel.net" in head:
        return http(200, b"<title>Welcome</title><p>Please accept our terms.")
    return redirect(f"http://login.hotel.net:{port}/welcome")


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_judged_by_a_network_that_lies(network: Network, engine: str, tmp_path: Path) -> None:
    run, links = anyio.run(_checked, network, engine, tmp_path)

    assert [(link.verdict, link.reason.code) for link in links] == [(Verdict.SKIPPED, ReasonCode.NETWORK)] * 4
    assert not run.complete
    assert run.notes[0].startswith(network.note)


async def _checked(network: Network, engine: str, folder: Path) -> tuple[RunInfo, list[LinkRow]]:
    pages: dict[str, Answer] = {}
    async with serving(pages) as server, naming(network.zone) as names:
        pages |= dict.fromkeys(("/", "/welcome"), network.answer(server.port))
        links = "\n".join(f"- [paper](http://{name}:{server.port}/)" for name in _PAPERS)
        (folder / "zoo.md").write_text(f"# The zoo\n\n{links}\n")
        options = {
            "sources": ["zoo.md"],
            "archive": False,
            "allow-private": True,
            "engine": engine,
            "retries": 0,
            "control-hosts": [_PAPERS[0]],
        }
        resolver = Resolver(nameservers.asking(["127.0.0.1"], names.port, deadline=1))
        journal = Journal(None)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(onion, "resolver_for", lambda _: resolver)
            wanted = config.read(options, environ={}, directory=folder).config
            try:
                outcome = await pipeline.run(pipeline.Job(config=wanted, journal=journal, directory=folder))
                return outcome.report.run, list(outcome.report.links())
            finally:
                journal.close()
