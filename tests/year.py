"""A year in a small web of two hundred links that flap, die, move and return, checked every week."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import anyio
import pytest
from msgspec import Struct

from linkcheck import config, pipeline
from linkcheck.clock import Clock
from linkcheck.fetch import onion
from linkcheck.fetch.resolve import Resolver
from linkcheck.model import Failure, FailureKind, Hop, LinkRow, Request, Response
from linkcheck.store import Journal

START = datetime(2026, 1, 5, 6, tzinfo=UTC)
WEEKS = 52
PAGE = b"<!doctype html><title>A page</title><h1>A page</h1><p>Some words that are plainly here, and a few more."


class Fate(Struct, frozen=True):
    """What becomes of one link."""

    url: str
    answers: Callable[[int], int | FailureKind]
    """What it answers in a week: a status, or why nothing comes."""
    dies: int | None = None
    """The week from which on it is gone for good."""
    has_etag: bool = False


class Week(Struct, frozen=True):
    """What one run said."""

    number: int
    requests: int
    links: dict[str, LinkRow]


_DOOM = 20


def web(seed: int = 7) -> list[Fate]:
    """Write the script: who lives, flaps, moves, returns and dies; two hosts are out for weeks, one for good."""
    dice = random.Random(seed)
    fates: list[Fate] = []

    def host(name: str) -> str:
        return f"http://{name}-{len(fates)}.net/"

    def add(count: int, make: Callable[[], Fate]) -> None:
        fates.extend(make() for _ in range(count))

    def dying(kind: int | FailureKind, name: str) -> Fate:
        week = dice.randrange(3, 40)
        return Fate(host(name), lambda now: kind if now >= week else 200, dies=week)

    def flapping(kind: int | FailureKind) -> Fate:
        bad = {week for first in dice.sample(range(2, 50, 4), 4) for week in range(first, first + dice.choice([1, 2]))}
        return Fate(host("flaps"), lambda now: kind if now in bad else 200)

    def returning(weeks: int) -> Fate:
        first = dice.randrange(3, 48)
        return Fate(host("returns"), lambda now: 404 if first <= now < first + weeks else 200)

    add(25, lambda: Fate(host("steady"), lambda _: 200, has_etag=bool(len(fates) % 2)))
    add(10, lambda: Fate(host("walled"), lambda _: 403))
    add(10, partial(lambda: Fate(host("moves"), partial(_moved, dice.randrange(3, 50)))))
    add(10, partial(flapping, 503))
    add(10, partial(flapping, FailureKind.TIMEOUT_READ))
    add(5, partial(flapping, FailureKind.DNS_TEMPORARY))
    add(5, lambda: Fate(host("certificate"), lambda now: FailureKind.TLS_EXPIRED if now > 20 else 200))
    add(10, partial(returning, 1))
    add(10, partial(returning, 2))
    add(15, partial(dying, 404, "dies"))
    add(10, partial(dying, 410, "gone"))
    add(10, partial(dying, FailureKind.DNS_NXDOMAIN, "nameless"))
    add(10, partial(dying, FailureKind.TIMEOUT_CONNECT, "silent"))
    for name, first, weeks in (("big", 9, 2), ("large", 30, 5)):
        out = range(first, first + weeks)
        fates.extend(
            Fate(f"http://{name}.net/{number}", lambda now, out=out: 503 if now in out else 200)  # type: ignore[misc]  # bound at once
            for number in range(20)
        )
    fates.extend(
        Fate(f"http://doomed.net/{number}", lambda now: FailureKind.REFUSED if now >= _DOOM else 200, dies=_DOOM)
        for number in range(20)
    )
    assert len(fates) == 200
    return fates


def _moved(week: int, now: int) -> int:
    return 301 if now >= week else 200


class ScriptedWire:
    """Answers as the script says for the week."""

    def __init__(self, fates: list[Fate]) -> None:
        self.fates = {fate.url: fate for fate in fates}
        self.week = 0

    async def send(self, request: Request) -> Response | Failure:
        if request.url.endswith("/new"):
            return self._page(request, 200)
        fate = self.fates[request.url]
        said = fate.answers(self.week)
        if isinstance(said, FailureKind):
            return Failure(said, said.value, url=request.url)
        if fate.has_etag and ("if-none-match", '"1"') in request.headers:
            return self._page(request, 304)
        extra = (("etag", '"1"'),) if fate.has_etag else (("location", "/new"),) if said == 301 else ()
        return self._page(request, said, *extra)

    async def aclose(self) -> None:
        """Have nothing to close."""

    def _page(self, request: Request, status: int, *headers: tuple[str, str]) -> Response:
        hop = Hop(request.url, status, "/new" if status == 301 else None, 1.0, "192.0.2.1")
        body = PAGE if status == 200 else b""
        return Response(request.url, status, (("content-type", "text/html"), *headers), body, hops=(hop,))

    async def look_up(self, name: str) -> tuple[str, ...] | Failure:
        """Resolve what exists this week."""
        fate = self.fates.get(f"http://{name}/")
        if fate and fate.answers(self.week) is FailureKind.DNS_NXDOMAIN:
            return Failure(FailureKind.DNS_NXDOMAIN, name)
        is_known = fate or name in {"big.net", "large.net", "doomed.net", "control.net", "example.com", "example.net"}
        return ("93.184.216.34",) if is_known else Failure(FailureKind.DNS_NXDOMAIN, name)


def year(folder: Path) -> Iterator[Week]:
    """Run every week for a year, and give what was said."""
    fates = web()
    wire = ScriptedWire(fates)
    (folder / "links.md").write_text("\n".join(f"- [{number}]({fate.url})" for number, fate in enumerate(fates)))
    options = {
        "sources": ["links.md"],
        "archive": False,
        "retries": 0,
        "host-interval": 0,
        "control-hosts": ["control.net"],
    }
    settings = config.read(options, environ={}, directory=folder).config
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(onion, "wire_named", lambda *_: wire)
        patch.setattr(onion, "resolver_for", lambda _: Resolver(wire.look_up))
        for number in range(WEEKS):
            wire.week = number
            now = START + timedelta(weeks=number)
            with closing(Journal(folder / "history.sqlite")) as journal:
                clock = Clock(now=lambda now=now: now)  # type: ignore[misc]  # bound at once
                job = pipeline.Job(config=settings, journal=journal, directory=folder, clock=clock)
                report = anyio.run(pipeline.run, job).report
                yield Week(number, report.run.requests, {row.url: row for row in report.links()})
