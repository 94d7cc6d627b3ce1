"""Shows linkcheck the whole zoo at once: one document, one link a row, one run of the real pipeline."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import trustme

from linkcheck import config, pipeline
from linkcheck.config import Config
from linkcheck.fetch import nameservers, onion
from linkcheck.fetch.resolve import Resolver, overrides
from linkcheck.model import FailureKind, LinkRow, RunInfo, Severity
from linkcheck.store import Journal
from tests.servers import Zone, naming
from tests.zoo import one_host
from tests.zoo.row import Place, Row, Word

ZONE: Zone = {
    "control.zoo.net": {"A": ("93.184.216.34",)},
    "loopback.zoo.net": {"A": ("127.0.0.1",)},
    "rebinding.zoo.net": {"A": ("93.184.216.34", "10.0.0.1")},
    "metadata.zoo.net": {"A": ("169.254.169.254",)},
    "private-ipv6.zoo.net": {"AAAA": ("fd00::1",)},
    "servfail.zoo.net": "SERVFAIL",
    "refused.zoo.net": "REFUSED",
    "silence.zoo.net": "silence",
    "no-address.zoo.net": {"MX": ()},
}
"""What the zoo's name server says; all other names do not exist."""

ENGINES = [name for name in get_args(get_type_hints(Config)["engine"]) if name != "auto" and find_spec(name)]
"""The wires that are installed; each is named after its library."""

_PATIENCE = {"timeout": 4, "connect-timeout": 3, "retries": 1, "host-interval": 0, "host-patience": 3}
"""Seconds that a busy machine does not use up by itself: dens, checker and some 200 hosts share one loop at once."""


class Tour(dict[str, Word]):
    """What was said of each row, by name; and of the run."""

    info: RunInfo


def tour(rows: Iterable[Row], folder: Path, engine: str, *, is_one_host: bool = False) -> Tour:
    """Open all dens, check the document that links to them, and give what was said.

    Each row is on a host of its own, or all on one.
    """
    return asyncio.run(_tour(tuple(rows), folder, engine, is_one_host=is_one_host))


async def _tour(rows: tuple[Row, ...], folder: Path, engine: str, *, is_one_host: bool) -> Tour:
    authority = trustme.CA()
    certificate = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(certificate))
    links = [(row, one_host.link_of(row) if is_one_host else row.link) for row in rows]
    document = "\n".join(f"- [{row.name}](<{link}>)" for row, link in links)
    (folder / "zoo.md").write_text(f"# The zoo\n\n{document}\n", encoding="utf-8")
    async with _opened(rows, authority) as ports, one_host.front(ports) as front, naming(ZONE) as names:
        places = [(row.host, ports[row.name]) for row in rows if row.den]
        options = {
            **_PATIENCE,
            "sources": [str(folder / "zoo.md")],
            "resolve": [
                f"{host}:{port}:127.0.0.1:{den}"
                for host, den in ([(one_host.HOST, front)] if is_one_host else places)
                for port in (80, 443)
            ],
            "archive": False,
            "engine": engine,
            "control-hosts": ["control.zoo.net"],
        }
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SSL_CERT_FILE", str(certificate))
            patch.setattr(
                onion,
                "resolver_for",
                lambda wanted: Resolver(
                    nameservers.asking(["127.0.0.1"], names.port, deadline=0.5), overrides=overrides(wanted.resolve)
                ),
            )
            return await _checked(rows, options, folder)


async def _checked(rows: tuple[Row, ...], options: Mapping[str, object], folder: Path) -> Tour:
    journal = Journal(None)
    try:
        wanted = config.read(options, environ={}, directory=folder).config
        outcome = await pipeline.run(pipeline.Job(config=wanted, journal=journal, directory=folder))
        links = {row.url: row for row in outcome.report.links()}
        said = Tour()
        said.info = outcome.report.run
        for row, reference in zip(rows, outcome.report.references(), strict=True):
            weighty = [one.rule for one in reference.findings if one.severity is not Severity.NOTE]
            rules = tuple(rule for rule in weighty if rule != reference.verdict.value)
            failure = _failure(links.get(reference.link or ""))
            said[row.name] = Word(reference.verdict, reference.reason.code, failure, rules)
        return said
    finally:
        journal.close()


def _failure(link: LinkRow | None) -> FailureKind | None:
    return link.check.failure.kind if link and link.check and link.check.failure else None


@asynccontextmanager
async def _opened(rows: Iterable[Row], authority: trustme.CA) -> AsyncIterator[dict[str, int]]:
    async with AsyncExitStack() as stack:
        yield {
            row.name: await stack.enter_async_context(row.den(Place(row.host, authority))) for row in rows if row.den
        }
