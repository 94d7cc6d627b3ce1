"""Runs in bad weather: a real web on loopback, and name servers that say what the test wants."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio
import pytest

from linkcheck import config, pipeline
from linkcheck.demo.server import refusing
from linkcheck.fetch.resolve import Resolver
from linkcheck.model import Failure, FailureKind, LinkRow, ReasonCode, RunInfo, Verdict
from linkcheck.store import Journal
from tests.web import Page, staged

HERE = ("127.0.0.1",)
PUBLIC = ("93.184.215.14",)
OLD_NAMES = {"www.wikipedia.org", "example.org", "example.com", "ripe.net"}
"""Names that the internet has: a control host, and one of each of the top-level domains used here."""
NO_SUCH_NAME = Failure(FailureKind.DNS_NXDOMAIN, "does not exist")
SILENCE = Failure(FailureKind.DNS_TEMPORARY, "the name servers do not answer")

Answer = tuple[str, ...] | Failure
Servers = Callable[[str], Answer]


def check(
    folder: Path, urls: list[str], servers: Servers | None = None, **more: object
) -> tuple[RunInfo, list[LinkRow]]:
    """Check these links one after the other, with these name servers."""
    (folder / "x.md").write_text("\n\n".join(f"[link]({url})" for url in urls))
    settings = {"sources": ["x.md"], "archive": False, "allow-private": True, "retries": 0, "host-interval": 0}
    wanted = config.read({**settings, "engine": "httpx", "concurrency": 1, **more}, environ={}).config
    with journal() as memory, pytest.MonkeyPatch.context() as patch:
        if servers:
            patch.setattr("linkcheck.fetch.onion.resolver_for", lambda _: Resolver(asking(servers)))
        outcome = anyio.run(pipeline.run, pipeline.Job(config=wanted, journal=memory, directory=folder))
        return outcome.report.run, list(outcome.report.links())


@contextmanager
def journal() -> Iterator[Journal]:
    memory = Journal(None)
    yield memory
    memory.close()


def asking(servers: Servers) -> Callable[[str], object]:
    async def look_up(host: str) -> Answer:
        return servers(host)

    return look_up  # type: ignore[return-value]  # test shorthand


def is_nonsense(host: str) -> bool:
    return len(host) == 28


def words(links: list[LinkRow]) -> list[tuple[Verdict, ReasonCode]]:
    return [(link.verdict, link.reason.code) for link in links]


def internet(servers: Servers) -> Servers:
    """Make name servers that know the old names of the internet, too."""
    return lambda host: PUBLIC if host in OLD_NAMES else servers(host)


UNTOLD = (Verdict.SKIPPED, ReasonCode.NETWORK)


def test_in_fine_weather_a_name_that_does_not_exist_is_dead(tmp_path: Path) -> None:
    with staged({"a.org/": Page()}) as web:
        urls = [web.url("a.org/"), web.url("gone.org/")]
        run, links = check(tmp_path, urls, internet(lambda host: HERE if host == "a.org" else NO_SUCH_NAME))

    assert words(links) == [(Verdict.ALIVE, ReasonCode.ANSWERED), (Verdict.DEAD, ReasonCode.NO_SUCH_HOST)]
    assert (run.complete, run.notes) == (True, ())


def test_name_servers_that_know_every_name_are_not_believed(tmp_path: Path) -> None:
    with staged({"a.org/": Page(), "gone.org/": Page(body="<title>Search for domains</title>")}) as web:
        run, links = check(tmp_path, [web.url("a.org/"), web.url("gone.org/"), web.url("b.org/x")], lambda _: HERE)

    assert words(links) == [UNTOLD] * 3
    assert not run.complete
    assert "127.0.0.1 for names that do not exist" in run.notes[0]


def test_a_captive_portal_is_not_taken_for_the_web(tmp_path: Path) -> None:
    hosts = ("a.org", "b.com", "c.net", "d.de")
    to_portal = Page(302, headers={"location": "http://login.hotel:{port}/welcome"})
    with staged({"login.hotel/welcome": Page()} | {f"{host}/": to_portal for host in hosts}) as web:
        urls = [web.url(f"{host}/") for host in hosts]
        run, links = check(tmp_path, urls, lambda host: NO_SUCH_NAME if is_nonsense(host) else HERE)

    assert words(links) == [UNTOLD] * 4
    assert not run.complete
    assert "captive portal: login.hotel answers" in run.notes[0]


def test_what_a_portal_answered_is_asked_again_at_the_end(tmp_path: Path) -> None:
    """Somebody has logged in meanwhile: after its second answer the portal lets everybody through."""
    hosts = ("a.org", "b.com", "c.net", "d.de")
    asked: list[str] = []

    def portal(host: str) -> Callable[[], Page]:
        def answer() -> Page:
            asked.append(host)
            to_portal = Page(302, headers={"location": "http://login.hotel:{port}/welcome"})
            return to_portal if len(asked) <= len(hosts) else Page()

        return answer

    with staged({"login.hotel/welcome": Page()} | {f"{host}/": portal(host) for host in hosts}) as web:
        urls = [web.url(f"{host}/") for host in hosts]
        run, links = check(tmp_path, urls, lambda host: NO_SUCH_NAME if is_nonsense(host) else HERE)

    assert words(links) == [(Verdict.ALIVE, ReasonCode.ANSWERED)] * 4
    assert (run.complete, run.notes) == (True, ())
    assert asked == [*hosts, *hosts]


def test_what_lying_name_servers_led_to_is_asked_again_once_they_are_honest(tmp_path: Path) -> None:
    lookups: list[str] = []

    def servers(host: str) -> Answer:
        lookups.append(host)
        lies = sum(map(is_nonsense, lookups)) <= 1
        return HERE if lies or host == "a.org" else NO_SUCH_NAME

    with staged({"a.org/": Page(), "gone.org/": Page(body="<title>Search for domains</title>")}) as web:
        run, links = check(tmp_path, [web.url("a.org/"), web.url("gone.org/")], internet(servers))

    assert words(links) == [(Verdict.ALIVE, ReasonCode.ANSWERED), (Verdict.DEAD, ReasonCode.NO_SUCH_HOST)]
    assert (run.complete, run.notes) == (True, ())


def test_a_network_that_comes_back_is_asked_for_what_it_had_lost(tmp_path: Path) -> None:
    lookups: list[str] = []

    def servers(host: str) -> Answer:
        lookups.append(host)
        is_back = sum(map(is_nonsense, lookups)) > 1
        if is_nonsense(host):
            return NO_SUCH_NAME if is_back else SILENCE
        return HERE if is_back or host == "a.org" else SILENCE

    with staged({"a.org/": Page(), "b.org/": Page()}) as web:
        run, links = check(tmp_path, [web.url("a.org/"), web.url("b.org/")], internet(servers))

    assert words(links) == [(Verdict.ALIVE, ReasonCode.ANSWERED)] * 2
    assert (run.complete, run.notes) == (True, ())


def test_when_the_network_goes_away_what_fails_from_then_on_is_not_judged(tmp_path: Path) -> None:
    with staged({"a.org/": Page()}) as web:
        urls = [web.url("a.org/"), web.url("b.org/"), web.url("c.org/")]
        run, links = check(tmp_path, urls, internet(lambda host: HERE if host == "a.org" else SILENCE))

    assert words(links) == [(Verdict.ALIVE, ReasonCode.ANSWERED), UNTOLD, UNTOLD]
    assert not run.complete
    assert run.notes[0].startswith("the network went away")


def test_one_name_that_nobody_answers_for_is_not_the_network(tmp_path: Path) -> None:
    def servers(host: str) -> Answer:
        return NO_SUCH_NAME if is_nonsense(host) else HERE if host == "a.org" else SILENCE

    with staged({"a.org/": Page()}) as web:
        run, links = check(tmp_path, [web.url("a.org/"), web.url("b.org/")], internet(servers))

    assert links[1].verdict is Verdict.UNREACHABLE
    assert run.complete


def test_a_host_that_refuses_is_reported_once_and_asked_a_few_times(tmp_path: Path) -> None:
    with refusing() as port:
        run, links = check(tmp_path, [f"http://127.0.0.1:{port}/{n}" for n in range(60)])

    assert run.requests == 4
    assert run.complete
    assert run.notes == ("host-outage: 60 of 60 links of 127.0.0.1 fail: the host itself is in trouble",)
    assert {link.verdict for link in links} == {Verdict.UNREACHABLE}
    assert sum(link.check.inferred for link in links if link.check) == 57
    assert [one.rule for one in links[-1].findings] == ["unreachable", "host-outage"]
    assert links[-1].findings[1].message == "60 of 60 links of 127.0.0.1 fail: the host itself is in trouble"


def test_what_answers_on_a_host_in_trouble_is_not_told_of_it(tmp_path: Path) -> None:
    pages = {f"a.org/{n}": Page(500) for n in range(9)} | {"a.org/fine": Page()}
    with staged(pages) as web:
        urls = [web.url(name) for name in pages]
        _, links = check(tmp_path, urls, lambda host: NO_SUCH_NAME if is_nonsense(host) else HERE)

    assert ["host-outage" in {one.rule for one in link.findings} for link in links] == [True] * 9 + [False]


def test_a_host_that_wants_an_hour_of_silence_is_blocked_not_dead(tmp_path: Path) -> None:
    page = Page(429, headers={"retry-after": "3600"})
    with staged({f"a.org/{n}": page for n in range(20)}) as web:
        urls = [web.url(f"a.org/{n}") for n in range(20)]
        run, links = check(tmp_path, urls, lambda host: NO_SUCH_NAME if is_nonsense(host) else HERE)

    assert words(links) == [(Verdict.BLOCKED, ReasonCode.RATE_LIMITED)] * 20
    assert (run.requests, run.complete) == (2, True)


def test_time_that_is_up_ends_a_pause_too(tmp_path: Path) -> None:
    with staged({"a.org/": Page(429, headers={"retry-after": "50"})}) as web:
        options = {"resolve": [f"a.org:{web.port}:127.0.0.1"], "max-time": 1}
        run, links = check(tmp_path, [web.url("a.org/")], **options)

    assert words(links) == [(Verdict.SKIPPED, ReasonCode.NOT_ASKED)]
    assert not run.complete
    assert run.elapsed_ms < 45_000


def test_a_status_that_the_config_accepts_is_fine(tmp_path: Path) -> None:
    with staged({"a.org/wall": Page(403), "a.org/gone": Page(404)}) as web:
        urls = [web.url("a.org/wall"), web.url("a.org/gone")]
        options = {"resolve": [f"a.org:{web.port}:127.0.0.1"], "hosts": {"a.org": {"accept": [403]}}}
        run, links = check(tmp_path, urls, **options)

    assert words(links) == [(Verdict.ALIVE, ReasonCode.ACCEPTED), (Verdict.DEAD, ReasonCode.HTTP_NOT_FOUND)]
    assert links[0].reason.text == "403 Forbidden, accepted by config"
    assert run.complete
