"""Names that are said not to exist: real name servers on loopback, of networks that answer for the web and others."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import pytest

from linkcheck import config, pipeline
from linkcheck.clock import Clock
from linkcheck.fetch.nameservers import asking
from linkcheck.fetch.resolve import Resolver
from linkcheck.model import Hop, LinkRow, ReasonCode, Request, Response, RunInfo, Verdict
from linkcheck.store import Journal
from tests.servers import Denying, Zone, naming

PUBLIC = {"A": ("93.184.215.14",)}
PRIVATE = {"A": ("10.0.0.5",)}
INTERNET: Zone = {
    "example.com": PUBLIC,
    "icann.org": PUBLIC,
    "nic.bank": PUBLIC,
    "www.wikipedia.org": PUBLIC,
    "a.org": PUBLIC,
}
"""What every resolver of the internet knows."""


class AnswersAll:
    """A wire behind which every address serves a page."""

    async def send(self, request: Request) -> Response:
        hop = Hop(request.url, 200, None, 1.0, request.addresses[0])
        body = b"<title>A page</title><h1>A page</h1><p>Some words that are plainly here."
        return Response(request.url, 200, (("content-type", "text/html"),), body, hops=(hop,))

    async def aclose(self) -> None:
        """Have nothing to close."""


@pytest.fixture
def journal() -> Iterator[Journal]:
    one = Journal(None)
    yield one
    one.close()


@pytest.fixture(autouse=True)
def wire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.fetch.onion.wire_named", lambda *_: AnswersAll())


def check(
    journal: Journal,
    folder: Path,
    zone: Zone,
    denying: Denying,
    urls: tuple[str, ...],
    clock: Clock = Clock(),  # noqa: B008 - frozen
    **more: object,
) -> tuple[RunInfo, dict[str, LinkRow]]:
    """Check links in a network that has these name servers."""
    (folder / "x.md").write_text("\n\n".join(f"[link]({url})" for url in urls))
    settings = {"sources": ["x.md"], "archive": False, "allow-private": True, "retries": 0, "host-interval": 0}
    wanted = config.read({**settings, **more}, environ={}).config

    async def run() -> pipeline.Outcome:
        async with naming(zone, denying) as server:
            look_up = asking(["127.0.0.1"], server.port)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("linkcheck.fetch.onion.resolver_for", lambda _: Resolver(look_up))
                return await pipeline.run(pipeline.Job(config=wanted, journal=journal, directory=folder, clock=clock))

    report = anyio.run(run).report
    return report.run, {link.url: link for link in report.links()}


URLS = ("http://a.org/", "http://gone.org/1", "http://gone.com/2", "http://www.gone.bank/3")
DENIED = URLS[1:]
UNPROVEN = (Verdict.UNREACHABLE, ReasonCode.NOT_ANSWERED_FOR)


def word(link: LinkRow) -> tuple[Verdict, ReasonCode]:
    return link.verdict, link.reason.code


@pytest.mark.parametrize("denying", [Denying(), Denying(once=True)], ids=["servers", "cache without SOA"])
def test_where_the_internet_is_known_what_its_zones_deny_is_dead(
    journal: Journal, tmp_path: Path, denying: Denying
) -> None:
    run, links = check(journal, tmp_path, INTERNET, denying, URLS)

    assert word(links["http://a.org/"]) == (Verdict.ALIVE, ReasonCode.ANSWERED)
    assert [word(links[url]) for url in DENIED] == [(Verdict.DEAD, ReasonCode.NO_SUCH_HOST)] * 3
    assert (run.complete, run.notes) == (True, ())


@pytest.mark.parametrize("address", [PUBLIC, PRIVATE], ids=["public", "private"])
@pytest.mark.parametrize("soa", ["", None, ".", "org.", "com.", "corp.example."])
def test_where_one_name_is_known_no_other_is_dead(
    journal: Journal, tmp_path: Path, soa: str | None, address: dict[str, tuple[str, ...]]
) -> None:
    """An allow-listed runner, whatever its name servers say of the rest, and whether they forge who says so."""
    run, links = check(journal, tmp_path, {"a.org": address}, Denying(soa), URLS)

    assert word(links["http://a.org/"]) == (Verdict.ALIVE, ReasonCode.ANSWERED)
    assert [word(links[url]) for url in DENIED] == [UNPROVEN] * 3
    assert all("this network does not answer for the web" in links[url].reason.text for url in DENIED)
    assert not run.complete
    assert run.notes[0].startswith("this network does not answer for the web")


@pytest.mark.parametrize(
    "denying",
    [
        Denying(None),
        Denying("."),
        Denying("blocklist.example."),
        Denying(None, policy="rpz.example."),
        *(Denying("", error=code) for code in (15, 16, 17, 18)),
    ],
)
def test_what_is_filtered_is_not_dead_but_the_run_is_complete(
    journal: Journal, tmp_path: Path, denying: Denying
) -> None:
    """A resolver of the internet that filters, or strips the authority section of what it hands on."""
    run, links = check(journal, tmp_path, INTERNET, denying, URLS)

    assert [word(links[url]) for url in DENIED] == [UNPROVEN] * 3
    assert run.complete


def test_a_filter_that_lets_some_domains_through_is_believed_for_those(journal: Journal, tmp_path: Path) -> None:
    zone = {name: value for name, value in INTERNET.items() if name != "example.com"}

    run, links = check(journal, tmp_path, zone, Denying(), URLS)

    assert [links[url].verdict for url in DENIED] == [Verdict.DEAD, Verdict.UNREACHABLE, Verdict.DEAD]
    assert "it does not know example.com or verisign.com either" in links["http://gone.com/2"].reason.text
    assert run.complete


def test_what_resolve_and_the_hosts_file_settle_proves_no_network(journal: Journal, tmp_path: Path) -> None:
    pinned = {"resolve": ["a.org:80:127.0.0.1"]}

    run, links = check(journal, tmp_path, {}, Denying(), URLS, **pinned)

    assert [word(links[url]) for url in DENIED] == [(Verdict.SKIPPED, ReasonCode.NETWORK)] * 3
    assert not run.complete


def test_a_denial_that_proves_nothing_is_no_strike(tmp_path: Path) -> None:
    """However often a runner that answers for a list of names alone looks."""
    for week in range(5):
        memory = Journal(tmp_path / "history.db")
        clock = Clock(now=lambda week=week: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(weeks=week))  # type: ignore[misc]
        try:
            _, links = check(memory, tmp_path, {"a.org": PUBLIC}, Denying(None), URLS, clock, strikes=2, fresh=True)
        finally:
            memory.close()
        assert [word(links[url]) for url in DENIED] == [UNPROVEN] * 3
