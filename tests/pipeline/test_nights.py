"""A site night after night: what is not due is not asked, what was read is remembered, what failed is asked first."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy
from threading import Event

import anyio
import pytest

from linkcheck import config, pipeline
from linkcheck.clock import Clock
from linkcheck.store import Database, Journal, StoredReport
from linkcheck.store.pruning import prune
from tests.web import Page, StagedWeb, staged

NIGHT = 24.0
"""Hours."""
MONTH = 31 * NIGHT


class Night:
    """One run of several."""

    def __init__(self, web: StagedWeb, store: Path, hours: float, **more: object) -> None:
        web.asked.clear()
        options = {
            "sources": [web.url("a.org/")],
            "resolve": [f"{host}.org:{web.port}:127.0.0.1" for host in "ab"],
            "archive": False,
            "retries": 0,
            "host-interval": 0,
            "recurse": True,
            **more,
        }
        self._journal = Journal(store)
        job = pipeline.Job(
            config=config.read(options, environ={}).config,
            journal=self._journal,
            directory=store.parent,
            clock=Clock(now=lambda: datetime.now(UTC) + timedelta(hours=hours)),
        )
        outcome = anyio.run(pipeline.run, job)
        self.asked = list(web.asked)
        self.report: StoredReport = outcome.report
        self._port = f":{web.port}"
        self.documents = sorted(self._short(row.path) for row in self.report.documents())
        self.links = {self._short(row.url): row for row in self.report.links()}
        self.verdicts = {url: row.verdict.value for url, row in self.links.items()}
        self._journal.close()

    def _short(self, url: str) -> str:
        return url.replace(self._port, "").removeprefix("http://")


def page(*links: str) -> Page:
    return Page(body="<title>A page</title>" + "".join(f'<p><a href="{link}">{link}</a>' for link in links))


@pytest.fixture
def pages() -> dict[str, Page]:
    made = {f"a.org/{n}": page(*(f"/{m}" for m in (2 * n, 2 * n + 1) if m < 64), "/gone") for n in range(1, 64)}
    return made | {"a.org/": page("/1", "/x"), "a.org/x": page("/1#there")}


@pytest.fixture
def web(pages: dict[str, Page]) -> Iterator[StagedWeb]:
    with staged(pages) as served:
        yield served


def test_what_is_not_due_is_neither_asked_nor_lost(web: StagedWeb, tmp_path: Path) -> None:
    store = tmp_path / "history.sqlite"

    first, second = Night(web, store, 0), Night(web, store, NIGHT)

    assert len(first.documents) == 65
    assert second.documents == first.documents
    assert second.verdicts == first.verdicts
    assert len(second.asked) < 0.1 * len(first.asked)
    assert second.report.summary.references == first.report.summary.references
    assert second.report.run.complete


def test_a_pruned_history_knows_as_much_of_a_site(web: StagedWeb, pages: dict[str, Page], tmp_path: Path) -> None:
    whole, pruned = tmp_path / "whole.sqlite", tmp_path / "pruned.sqlite"
    for night in range(5):
        hours = night * MONTH / 3
        pages["a.org/"] = page("/1", "/x", f"/gone-{night}")
        if night:
            copy(whole, pruned)
            with closing(Database(pruned)) as database:
                assert prune(database, "2100-01-01T00:00:00Z").runs == night - 1
            second = Night(web, pruned, hours)
        first = Night(web, whole, hours)
        if night:
            asked, then = (sorted(url for url in one.asked if url in one.links) for one in (second, first))
            assert asked == then
            assert 0 < len(then) < 66
            assert second.documents == first.documents
            assert second.verdicts == first.verdicts
            assert [row.standing for row in second.links.values()] == [row.standing for row in first.links.values()]


def test_what_is_due_is_asked_and_what_it_cites_now_is_found(
    web: StagedWeb, pages: dict[str, Page], tmp_path: Path
) -> None:
    store = tmp_path / "history.sqlite"
    Night(web, store, 0)
    pages["a.org/40"] = page("/lost")

    second = Night(web, store, MONTH)

    assert second.verdicts["a.org/lost"] == "dead"
    assert Counter(second.asked)["a.org/40"] == 1


def test_a_page_that_a_new_page_leads_to_is_found_without_asking_the_old_ones(
    web: StagedWeb, pages: dict[str, Page], tmp_path: Path
) -> None:
    store = tmp_path / "history.sqlite"
    Night(web, store, 0)
    pages["a.org/"] = page("/1", "/x", "/new")
    pages["a.org/new"] = page("/lost", "/2")

    second = Night(web, store, 6)

    assert second.verdicts["a.org/lost"] == "dead"
    assert sorted(second.asked) == ["a.org/", "a.org/lost", "a.org/lost", "a.org/new", "a.org/robots.txt"]


def test_a_night_that_ends_early_is_gone_on_with_in_the_next(
    web: StagedWeb, pages: dict[str, Page | Callable[[], Page]], tmp_path: Path
) -> None:
    store, morning, slow = tmp_path / "history.sqlite", Event(), pages["a.org/40"]

    def waiting() -> Page:
        morning.wait()
        return Page()

    pages["a.org/40"] = waiting
    cut = Night(web, store, 0, **{"max-time": 2, "concurrency": 1})
    morning.set()
    pages["a.org/40"] = slow

    rest = Night(web, store, 1)

    assert not cut.report.run.complete
    assert len(rest.documents) == 65
    again = (Counter(cut.asked) & Counter(rest.asked)).keys() - {"a.org/", "a.org/robots.txt", "a.org/gone"}
    assert len(again) <= 2  # what was under way


def test_what_failed_is_due_before_what_was_fine(web: StagedWeb, pages: dict[str, Page], tmp_path: Path) -> None:
    store = tmp_path / "history.sqlite"
    pages["a.org/50"] = Page(500)
    Night(web, store, 0)

    second = Night(web, store, 15)

    expected = {"a.org/", "a.org/robots.txt", "a.org/gone", "a.org/50"}
    assert set(second.asked) >= expected
    assert len(set(second.asked) - expected) <= 3  # asked to tell whether the host itself is in trouble
    assert not [one for one in second.report.run.notes if "outage" in one]


def test_what_failed_is_asked_before_what_is_new(web: StagedWeb, pages: dict[str, Page], tmp_path: Path) -> None:
    store = tmp_path / "history.sqlite"
    pages["a.org/50"] = Page(500)
    Night(web, store, 0)
    pages["a.org/"] = page("/new", "/1", "/x")
    pages["a.org/new"] = page("/1")

    second = Night(web, store, NIGHT, concurrency=1)

    asked = second.asked
    assert max(asked.index("a.org/gone"), asked.index("a.org/50")) < asked.index("a.org/new")


def test_a_page_that_says_it_is_as_it_was_is_read_from_memory(
    web: StagedWeb, pages: dict[str, Page], tmp_path: Path
) -> None:
    store = tmp_path / "history.sqlite"
    for name in ("a.org/x", "a.org/1", "a.org/2"):
        pages[name] = pages[name]._replace(headers={"etag": '"1"'})
    first = Night(web, store, 0)
    for name in ("a.org/x", "a.org/1", "a.org/2"):
        pages[name] = Page(304, "")

    second = Night(web, store, MONTH)

    assert second.documents == first.documents
    assert second.verdicts == first.verdicts


def test_each_night_asks_its_share_and_a_month_everything(web: StagedWeb, tmp_path: Path) -> None:
    store = tmp_path / "history.sqlite"
    first = Night(web, store, 0)

    nights = [Night(web, store, night * NIGHT) for night in (1, 11, 21, 31)]

    usual = {"a.org/", "a.org/robots.txt", "a.org/gone"}
    assert not set(nights[0].asked) - usual
    assert max(len(set(night.asked) - usual) for night in nights) < 0.7 * len(first.documents)
    assert {url for night in nights for url in night.asked} >= set(first.documents)
    assert all(night.documents == first.documents for night in nights)


def test_what_the_menu_leads_to_is_read_every_night(web: StagedWeb, pages: dict[str, Page], tmp_path: Path) -> None:
    store = tmp_path / "history.sqlite"
    pages["a.org/"] = Page(body='<title>Home</title><nav><a href="/news">News</a></nav><p><a href="/1">1</a>')
    pages["a.org/news"] = page("/1")
    Night(web, store, 0)
    pages["a.org/news"] = page("/1", "/lost")

    second = Night(web, store, NIGHT)

    assert second.verdicts["a.org/lost"] == "dead"
    assert set(second.asked) == {"a.org/", "a.org/robots.txt", "a.org/news", "a.org/gone", "a.org/lost"}


def test_a_page_of_which_a_sitemap_says_that_it_has_changed_is_read(
    web: StagedWeb, pages: dict[str, Page], tmp_path: Path
) -> None:
    store = tmp_path / "history.sqlite"
    pages["a.org/robots.txt"] = Page(body=f"Sitemap: {web.url('a.org/map.xml')}\n")

    def sitemap(changed: str) -> Page:
        listed = f"<url><loc>{web.url('a.org/40')}</loc><lastmod>{changed}</lastmod></url>"
        return Page(body=f"<?xml version='1.0'?><urlset>{listed}</urlset>", headers={"content-type": "application/xml"})

    pages["a.org/map.xml"] = sitemap("2020-01-01")
    Night(web, store, 0)
    pages["a.org/40"] = page("/lost")
    assert "a.org/40" not in Night(web, store, 1).asked
    pages["a.org/map.xml"] = sitemap((datetime.now(UTC) + timedelta(hours=2)).isoformat())

    nights = [Night(web, store, hours) for hours in (3, 4, 5)]

    assert nights[1].verdicts["a.org/lost"] == "dead"
    assert sum("a.org/40" in night.asked for night in nights) == 1


def test_addresses_that_lead_to_pages_read_elsewhere_are_not_asked_every_night(
    web: StagedWeb, pages: dict[str, Page], tmp_path: Path
) -> None:
    store = tmp_path / "history.sqlite"
    pages["a.org/"] = page("/1", "/old", "/copy", "/alone")
    pages["a.org/old"] = Page(301, "", {"location": "/1"})
    pages["a.org/alone"] = Page(301, "", {"location": "/target"})
    pages["a.org/target"] = page("/1", "/only-there")
    pages["a.org/only-there"] = page("/1")
    twin = '<link rel="canonical" href="/twin"><title>Twin</title><p>The same words, twice.<a href="/2">two</a>'
    pages["a.org/copy"], pages["a.org/twin"] = Page(body=twin), Page(body=twin)
    pages["a.org/1"] = page("/2", "/3", "/twin")
    first = Night(web, store, 0)

    second, third = Night(web, store, 4), Night(web, store, 8)

    assert set(second.asked) | set(third.asked) == {"a.org/", "a.org/robots.txt"}
    assert second.verdicts == third.verdicts == first.verdicts
    assert second.documents == third.documents
    assert {"a.org/target", "a.org/only-there"} <= set(third.documents)


def test_what_another_day_found_gone_is_not_asked_twice(web: StagedWeb, pages: dict[str, Page], tmp_path: Path) -> None:
    store = tmp_path / "history.sqlite"
    pages["a.org/"] = page("/1", "/x", "/410", "/500")
    pages["a.org/410"], pages["a.org/500"] = Page(410), Page(500)
    first = Night(web, store, 0)
    pages["a.org/410"] = Page(404)

    nights = [Night(web, store, 1), *(Night(web, store, n * NIGHT) for n in (1, 2))]

    assert Counter(first.asked)["a.org/gone"] == 2
    assert Counter(nights[0].asked)["a.org/gone"] in {0, 2}  # too soon to be another day's
    asked = Counter(nights[1].asked)
    assert (asked["a.org/gone"], asked["a.org/410"], asked["a.org/500"]) == (1, 2, 2)  # the second says something else
    asked = Counter(nights[2].asked)
    assert (asked["a.org/gone"], asked["a.org/410"], asked["a.org/500"]) == (1, 1, 2)
    assert [night.verdicts["a.org/gone"] for night in nights] == ["dead"] * 3
    row = nights[2].links["a.org/gone"]
    assert "404 Not Found on GET, and so it was on " in row.reason.text
    assert row.check
    assert row.check.also_on == (datetime.now(UTC) + timedelta(hours=NIGHT)).date().isoformat()


def test_what_has_come_back_meanwhile_is_asked_twice_again(
    web: StagedWeb, pages: dict[str, Page], tmp_path: Path
) -> None:
    store = tmp_path / "history.sqlite"
    Night(web, store, 0)
    pages["a.org/gone"] = page()
    assert Night(web, store, NIGHT).verdicts["a.org/gone"] == "alive"
    del pages["a.org/gone"]

    third = Night(web, store, 3 * NIGHT, fresh=False)

    if "a.org/gone" in third.asked:
        assert Counter(third.asked)["a.org/gone"] == 2
    fourth = Night(web, store, 2 * MONTH)
    assert Counter(fourth.asked)["a.org/gone"] == (1 if "a.org/gone" in third.asked else 2)
    assert fourth.verdicts["a.org/gone"] == "dead"


def test_nights_that_end_early_come_to_the_end_of_the_site_together(web: StagedWeb, tmp_path: Path) -> None:
    """Each night begins with what failed, and goes on where the one before it had to stop."""
    store, seconds, met = tmp_path / "history.sqlite", 0.3, [0]

    while met[-1] < 65:
        night = Night(web, store, len(met) / 10, **{"max-time": seconds, "concurrency": 1, "host-interval": 0.01})
        assert len(night.documents) >= met[-1]
        if len(night.documents) == met[-1]:
            seconds *= 2  # this machine is busy: it was too short to begin
        met.append(len(night.documents))

    assert len(met) > 2


def test_a_night_that_ends_early_confirms_what_an_earlier_one_could_not_ask_twice(
    web: StagedWeb, tmp_path: Path
) -> None:
    store = tmp_path / "history.sqlite"
    cut = Night(web, store, 0, **{"max-time": 0.4, "concurrency": 1, "host-interval": 0.02})
    while "a.org/gone" not in cut.asked:
        cut = Night(web, store, 1, **{"max-time": 1, "concurrency": 1, "host-interval": 0.02})

    second = Night(web, store, 2 * NIGHT)

    assert cut.links["a.org/gone"].reason.code.value == "not-confirmed"
    assert second.verdicts["a.org/gone"] == "dead"
    assert Counter(second.asked)["a.org/gone"] == 1
