"""A run that follows a site and is killed at any moment comes to the end that it would have come to undisturbed."""

import asyncio
import json
import random
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.servers import naming
from tests.web import Page, staged
from tests.zoo.test_crash import concluded, differences

ROOT = Path(__file__).parents[2]
KILLS = 3


class Visited(NamedTuple):
    """A site that has been checked."""

    report: dict[str, Any]
    killed: int


class Site(dict[str, Page]):
    """Pages that tell how many have been asked for, and call somebody when it is time."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.at = 0
        self.call: Callable[[], object] = lambda: None

    def get(self, name: str, default: Page) -> Page:  # type: ignore[override]  # as the server calls it
        self.asked.append(name)
        if len(self.asked) == self.at:
            self.call()
        return super().get(name, default)


def html(text: str, *links: str, head: str = "", body: str = "") -> Page:
    navigation = '<nav><a href="/">home</a><a href="/about">about</a><a href="/round/round/round/">round</a></nav>'
    cited = "".join(f'<p><a href="{link}">{text} {link}</a></p>' for link in links)
    words = f"<p>{text} has some words of its own, {' '.join(f'{text}{number}' for number in range(60))}.</p>"
    return Page(body=f"<!doctype html><title>{text}</title>{head}{navigation}<h1>{text}</h1>{words}{cited}{body}")


def build(site: Site, port: int, *, days: int) -> None:
    """Fill a site with all that makes following hard; a calendar of so many days never ends before it is noticed."""

    def add(path: str, page: Page) -> None:
        site[f"a.org{path}"] = page

    host = f"http://a.org:{port}"
    sitemap = "".join(f"<url><loc>{host}/listed/{number}</loc></url>" for number in range(3))
    add("/robots.txt", Page(body=f"User-agent: *\nDisallow: /closed\nSitemap: {host}/sitemap.xml\n"))
    add(
        "/sitemap.xml",
        Page(
            body=f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{sitemap}</urlset>',
            headers={"content-type": "application/xml"},
        ),
    )
    early = '<p><a rel="nofollow" href="/early">early</a></p>'
    storm = [f"/storm-{letter}" for letter in "abcdefghijkl"]
    add("/", html("home", "/one", "/two", "/gone", f"http://b.org:{port}/x", "/moved", body=early))
    add("/about", html("about", "/two#late", "/closed/x"))
    add("/one", html("one", "/deep/1", "/early", "/gone", *storm))
    add("/two", html("two", "/one#top", "/lost", "/cal?day=1", body='<p id="late">late</p>'))
    add("/moved", Page(301, "", {"location": "/deep/9"}))
    add("/early", html("early", "/only-from-early", f"http://b.org:{port}/y"))
    add("/only-from-early", html("only", "/copy-of-one"))  # of two copies the one counts that is read first
    add("/copy-of-one", site["a.org/one"]._replace(body=site["a.org/one"].body + '<link rel="canonical" href="/one">'))
    for number in range(10):
        add(f"/deep/{number}", html(f"deep{number}", f"/deep/{number + 1}", f"/lost/{number % 3}"))
    for number in range(3):
        add(f"/listed/{number}", html(f"listed{number}", f"/deep/{number}", "/closed/y"))
    for path in storm:
        add(path, html("storm", "/"))
    for day in range(1, days):
        add(f"/cal?day={day}", html("calendar", f"/cal?day={day + 1}", f"/cal?day={day + 2}"))
    site["b.org/x"] = html("x", "/not-followed")


async def visited(folder: Path, site: Site, port: int, dice: random.Random | None, *, concurrency: int) -> Visited:
    """Check the site; if there are dice, whoever is killed is followed by another, until one comes home."""
    folder.mkdir()  # noqa: ASYNC240 - nobody waits meanwhile
    killed = 0
    options = {
        "sources": [f"http://a.org:{port}/"],
        "resolve": [f"{host}:{port}:127.0.0.1" for host in ("a.org", "b.org")],
        "recurse": True,
        "archive": False,
        "retries": 0,
        "host-interval": 0,
        "host-concurrency": concurrency,
        "concurrency": concurrency,
        "control-hosts": ["control.test"],
        "resume": True,
    }
    async with naming({"control.test": ["127.0.0.1"]}) as names:
        wanted = {"certificate": "", "names": names.port, "folder": str(folder), "options": options}
        done: set[str] = set()
        while True:
            before = len(site.asked)
            code = await visit(json.dumps(wanted), site, dice if killed < KILLS else None, most=0.3 if killed else 0)
            asked = {name for name in site.asked[before:] if name not in ASKED_TWICE}
            assert not done & asked
            killed += code != 0
            if (told := concluded(folder)) is not None:
                break
            done = finished(folder, port)
    return Visited(told, killed)


ASKED_TWICE = frozenset({"a.org/early", "a.org/two"})
"""The one comes before it may be read, of the other a fragment is asked afterwards."""


def finished(folder: Path, port: int) -> set[str]:
    """Give the links that have had their final answer, as HOST/PATH."""
    query = "SELECT url FROM link JOIN observation ON link = link.id WHERE is_final"
    with closing(sqlite3.connect(folder / "history.sqlite")) as sql:
        return {url.removeprefix("http://").replace(f":{port}", "") for (url,) in sql.execute(query)}


async def visit(wanted: str, site: Site, dice: random.Random | None, *, most: float) -> int:
    """Send one visitor; if there are dice, kill it once it has asked so often, or at most so many seconds later.

    Give how it ended.
    """
    visitor = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.zoo.visitor", wanted, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL
    )
    loop = asyncio.get_running_loop()

    def kill() -> None:
        with suppress(ProcessLookupError):
            visitor.send_signal(signal.SIGKILL)

    if dice:
        seconds = dice.choice([0, 0, dice.uniform(0, most)])
        site.call = lambda: loop.call_soon_threadsafe(loop.call_later, seconds, kill)
        site.at = len(site.asked) + dice.randrange(1, 50)
    code = await visitor.wait()
    site.at = 0
    assert code in {0, -signal.SIGKILL}
    return code


def gist(report: dict[str, Any]) -> Counter[tuple[str, str]]:
    """Give what does not depend on who was answered first."""
    return Counter(
        [
            *(("document", row["path"]) for row in report["documents"]),
            *((row["url"], row["verdict"]) for row in report["links"]),
        ]
    )


@pytest.mark.parametrize("concurrency", [1, 8])
def test_a_site_that_is_left_again_and_again_is_read_to_its_end(tmp_path: Path, concurrency: int) -> None:
    seed = random.randrange(10**6)
    dice = random.Random(seed)
    site = Site()
    with staged(site) as web:
        build(site, web.port, days=30 if concurrency == 1 else 10)  # when it is noticed depends on who comes first
        visit = partial(visited, site=site, port=web.port, concurrency=concurrency)
        whole = asyncio.run(visit(tmp_path / "whole", dice=None)).report
        for_rules = site.asked.count("a.org/robots.txt")
        ended, killed = asyncio.run(visit(tmp_path / "killed", dice=dice))

    assert killed, f"seed {seed}"
    assert len(whole["documents"]) > 30
    more, less = gist(ended) - gist(whole), gist(whole) - gist(ended)
    assert (more, less) == (Counter(), Counter()), f"seed {seed}"
    if concurrency == 1:
        assert list(differences(whole, ended)) == [], f"seed {seed}"
    assert site.asked.count("a.org/robots.txt") - for_rules <= 1 + killed
    with closing(sqlite3.connect(tmp_path / "killed" / "history.sqlite")) as sql:
        visits = sql.execute("SELECT count(link), count(DISTINCT link) FROM visit WHERE is_alias = 0").fetchone()
        assert sql.execute("SELECT count(*) FROM run").fetchone() == (1,)
    assert visits[0] == visits[1]
