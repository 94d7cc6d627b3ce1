"""A whole site: pages become documents as they are answered, each asked once, against a real server."""

import gzip
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

import anyio
import pytest

from linkcheck import config, pipeline
from linkcheck.errors import ConfigError
from linkcheck.events import Checked, Event, Extracted, Planned, Waiting
from linkcheck.model import Report
from linkcheck.store import Journal, report
from tests.web import Page, StagedWeb, staged


class Seen:
    """A site that has been checked."""

    def __init__(self, report: Report, web: StagedWeb, events: list[Event]) -> None:
        self.report = report
        self.asked = Counter(web.asked)
        self.events = events
        self._port = f":{web.port}"

    def _short(self, url: str | None) -> str:
        return (url or "").replace(self._port, "").removeprefix("http://")

    @property
    def documents(self) -> list[str]:
        return sorted(self._short(row.path) for row in self.report.documents())

    @property
    def verdicts(self) -> dict[str, str]:
        return {self._short(row.url): row.verdict.value for row in self.report.links()}

    @property
    def dead(self) -> set[str]:
        return {url for url, verdict in self.verdicts.items() if verdict == "dead"}

    @property
    def notes(self) -> str:
        return self._short("\n".join(self.report.run.notes))


Make = Callable[[str], Page | None]
"""What makes a page of its name, where the table has none."""


class Table(dict[str, Page]):
    """Pages, of which some are something else the first time."""

    def __init__(self, pages: Mapping[str, Page], first: Mapping[str, Page], make: Make) -> None:
        super().__init__(pages)
        self._first = dict(first)
        self._make = make

    def get(self, name: str, default: Page) -> Page:  # type: ignore[override]  # as the server calls it
        return self._first.pop(name, None) or self._make(name) or super().get(name, default)


Check = Callable[..., Seen]


@pytest.fixture
def check(tmp_path: Path) -> Iterator[Check]:
    """Check a staged site, `a.org` unless it is said otherwise."""
    journals: list[Journal] = []

    def check(
        pages: Mapping[str, Page],
        *sources: str,
        first: Mapping[str, Page] | None = None,
        make: Make = lambda _: None,
        untrusted: Collection[str] = (),
        **more: object,
    ) -> Seen:
        staged_pages = Table(pages, first or {}, make)
        with staged(staged_pages) as web:
            for name, page in pages.items():
                staged_pages[name] = page._replace(body=page.body.replace(".org/", f".org:{web.port}/"))
            options = {
                "sources": [web.url(source) if ".org/" in source else source for source in sources or ("a.org/",)],
                "resolve": [f"{host}.org:{web.port}:127.0.0.1" for host in ("a", "www.a", "b")],
                "archive": False,
                "retries": 0,
                "host-interval": 0,
                "recurse": True,
                **more,
            }
            journals.append(Journal(None))
            events: list[Event] = []
            job = pipeline.Job(
                config=config.read(options, environ={}).config,
                journal=journals[-1],
                emit=events.append,
                directory=tmp_path,
                untrusted=frozenset(untrusted),
            )
            anyio.run(pipeline.run, job)
        return Seen(report(journals[-1].database, "last"), web, events)

    yield check
    for journal in journals:
        journal.close()


def page(*links: str, text: str = "", head: str = "", attributes: str = "") -> Page:
    cited = "".join(f'<p><a {attributes} href="{link}">{link.strip("/")}</a></p>' for link in links)
    return Page(body=f"<!doctype html><html><head><title>{text or 'A page'}</title>{head}</head><body>{text}{cited}")


def xml(body: str) -> Page:
    return Page(body=f'<?xml version="1.0"?>\n{body}', headers={"content-type": "application/xml"})


def sitemap(*urls: str) -> Page:
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>')


SITE = {
    "a.org/": page("/one", "/two", "/gone", "http://b.org/x", text="home"),
    "a.org/one": page("/", "/deep/three", "/gone", text="one"),
    "a.org/two": page("/two", "/one", "/lost", text="two"),
    "a.org/deep/three": page("../two", "/deep/lost", text="three"),
    "b.org/x": page("/not-followed", text="x"),
}


def test_a_site_is_read_to_its_end_and_every_page_is_asked_once(check: Check) -> None:
    seen = check(SITE)

    assert seen.documents == ["a.org/", "a.org/deep/three", "a.org/one", "a.org/two"]
    assert seen.dead == {"a.org/gone", "a.org/lost", "a.org/deep/lost"}
    twice = dict.fromkeys(seen.dead, 2)
    assert seen.asked == twice | dict.fromkeys(("a.org/robots.txt", "b.org/x", *seen.documents), 1)
    assert seen.report.run.complete
    cited = Counter(row.document for row in seen.report.references())
    assert sorted(cited.values()) == [2, 3, 3, 5]  # the source itself is the first reference of its page


def test_what_is_to_do_grows_while_it_is_done(check: Check) -> None:
    seen = check(SITE)

    (plan,) = (event for event in seen.events if isinstance(event, Planned))
    assert (plan.documents, plan.links) == (1, 5)
    checked = [event for event in seen.events if isinstance(event, Checked)]
    assert [event.done for event in checked] == list(range(1, 9))
    assert checked[-1].total == 8
    assert sum(isinstance(event, Extracted) for event in seen.events) == 4


def test_without_recurse_only_the_page_itself_is_read(check: Check) -> None:
    seen = check(SITE, recurse=False)

    assert seen.documents == ["a.org/"]
    assert seen.asked["a.org/"] == 1
    assert "a.org/robots.txt" not in seen.asked


@pytest.mark.parametrize(
    ("depth", "documents"),
    [(0, ["a.org/"]), (1, ["a.org/", "a.org/1"]), (2, ["a.org/", "a.org/1", "a.org/2"])],
)
def test_depth_counts_links_from_the_source(check: Check, depth: int, documents: list[str]) -> None:
    chain = {"a.org/": page("/1"), "a.org/1": page("/2"), "a.org/2": page("/3"), "a.org/3": page("/4")}

    seen = check(chain, depth=depth)

    assert seen.documents == documents
    assert seen.asked[f"a.org/{depth + 1}"] == 1
    assert seen.report.run.complete


def test_a_page_that_is_met_too_deep_and_then_less_deep_is_read(check: Check) -> None:
    pages = {
        "a.org/": page("/1", "/slow"),
        "a.org/1": page("/2"),
        "a.org/2": page("/3"),
        "a.org/slow": Page(302, headers={"location": "/slower"}),
        "a.org/slower": page("/3"),
        "a.org/3": page("/lost"),
    }

    seen = check(pages, depth=2)

    assert "a.org/lost" in seen.dead


def test_a_page_limit_is_a_limit_that_was_reached(check: Check) -> None:
    seen = check(SITE, **{"max-pages": 1})

    assert len(seen.documents) == 2
    assert not seen.report.run.complete
    assert "--max-pages ended the reading after 1 pages" in seen.notes


@pytest.mark.parametrize(
    ("scope", "documents"),
    [
        (["a.org"], ["a.org/", "a.org/docs/x", "a.org/docs-old/x"]),
        (["http://a.org:80/docs"], ["a.org/"]),
        (["b.org"], ["a.org/", "b.org/x"]),
    ],
)
def test_the_border_may_be_drawn_elsewhere(check: Check, scope: list[str], documents: list[str]) -> None:
    pages = {
        "a.org/": page("/docs/x", "/docs-old/x", "http://b.org/x"),
        "a.org/docs/x": page(),
        "a.org/docs-old/x": page(),
        "b.org/x": page(),
    }

    assert check(pages, scope=scope).documents == sorted(documents)


def test_a_border_that_is_none_is_refused(check: Check) -> None:
    with pytest.raises(ConfigError, match="--scope: 'a b' is neither a host nor the beginning of a URL"):
        check(SITE, scope=["a b"])


def test_a_source_that_has_moved_takes_its_border_along(check: Check) -> None:
    pages = {
        "a.org/": Page(301, headers={"location": "http://b.org:{port}/start"}),
        "b.org/start": page("/next"),
        "b.org/next": page("/lost"),
    }

    seen = check(pages)

    assert "b.org/lost" in seen.dead
    assert seen.asked["b.org/start"] == 1


def test_nofollow_is_checked_and_not_followed(check: Check) -> None:
    pages = {
        "a.org/": page("/by-link", attributes="rel='ugc nofollow'"),
        "a.org/by-link": page("/hidden"),
    }
    assert check(pages).asked["a.org/by-link"] == 1
    assert "a.org/hidden" not in check(pages).asked

    by_page = {
        "a.org/": page("/x", head='<meta name="robots" content="noindex, nofollow">'),
        "a.org/x": page("/hidden"),
    }
    assert "a.org/hidden" not in check(by_page).asked

    by_header = {"a.org/": page("/x"), "a.org/x": page("/y"), "a.org/y": page("/hidden")}
    by_header["a.org/x"] = by_header["a.org/x"]._replace(headers={"x-robots-tag": "nofollow"})
    seen = check(by_header)
    assert seen.asked["a.org/y"] == 1
    assert "a.org/hidden" not in seen.asked


def test_what_one_page_asks_not_to_follow_another_page_may_lead_to(check: Check) -> None:
    pages = {
        "a.org/": Page(body='<p><a rel="nofollow" href="/x">x</a> <a href="/later">l</a>'),
        "a.org/later": page("/latest"),
        "a.org/latest": page("/x"),
        "a.org/x": page("/lost"),
    }

    seen = check(pages)

    assert "a.org/lost" in seen.dead
    assert seen.asked["a.org/x"] <= 2


def test_robots_txt_is_obeyed_in_following_not_in_checking(check: Check) -> None:
    robots = Page(body="User-agent: *\nDisallow: /secret/\n", headers={"content-type": "text/plain"})
    pages = {"a.org/": page("/secret/x"), "a.org/secret/x": page("/hidden"), "a.org/robots.txt": robots}

    seen = check(pages)

    assert seen.verdicts["a.org/secret/x"] == "alive"
    assert "a.org/hidden" not in seen.asked
    assert "robots.txt of http://a.org lets programs not follow 1 links" in seen.notes
    assert seen.report.run.complete
    assert check(pages, robots="ignore").asked["a.org/hidden"] == 2


@pytest.mark.parametrize(
    ("wanted", "more", "said"),
    [
        ("0.02", {}, "robots.txt of http://a.org wants to be asked only every 0.02 s: it was"),
        ("3600", {}, "robots.txt of http://a.org wants to be asked only every 3600 s: it was asked every 0.02 s"),
        ("3600", {"robots": "ignore"}, ""),
    ],
)
def test_a_site_is_asked_as_slowly_as_its_robots_txt_wants_within_reason(
    check: Check, monkeypatch: pytest.MonkeyPatch, wanted: str, more: dict[str, object], said: str
) -> None:
    monkeypatch.setattr("linkcheck.pipeline.rules.LONGEST_DELAY", 0.02)
    robots = Page(body=f"User-agent: *\nCrawl-delay: {wanted}\n", headers={"content-type": "text/plain"})

    seen = check(SITE | {"a.org/robots.txt": robots}, **more)

    assert [note for note in seen.notes.splitlines() if "asked only" in note] == [said] * bool(said)
    waiting = [one for one in seen.events if isinstance(one, Waiting) and "robots.txt" in one.why]
    assert [(one.on, one.seconds) for one in waiting] == [("a.org", 0.02)] * bool(said)
    assert seen.report.run.complete


def test_what_a_person_says_of_a_host_comes_before_its_robots_txt(check: Check) -> None:
    robots = Page(body="User-agent: *\nCrawl-delay: 3600\n", headers={"content-type": "text/plain"})

    seen = check(SITE | {"a.org/robots.txt": robots}, hosts={"a.org": {"interval": 0}})

    assert "asked only" not in seen.notes
    assert seen.report.run.complete


def test_what_an_untrusted_config_says_of_a_host_does_not(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.pipeline.rules.LONGEST_DELAY", 0.02)
    robots = Page(body="User-agent: *\nCrawl-delay: 3600\n", headers={"content-type": "text/plain"})

    seen = check(SITE | {"a.org/robots.txt": robots}, hosts={"a.org": {"interval": 0}}, untrusted={"hosts"})

    assert "asked only every 3600 s" in seen.notes


def test_a_site_whose_rules_are_not_known_is_not_followed(check: Check) -> None:
    seen = check(SITE | {"a.org/robots.txt": Page(503)})

    assert seen.documents == ["a.org/"]
    assert not seen.report.run.complete
    assert "its robots.txt is not known: it was answered with status 503" in seen.notes


def test_sitemaps_that_robots_txt_names_are_read(check: Check) -> None:
    pages = {
        "a.org/": page(),
        "a.org/robots.txt": Page(
            body="Sitemap: http://a.org/index.xml\nSitemap: /none.xml\n", headers={"content-type": "text/plain"}
        ),
        "a.org/index.xml": xml("<sitemapindex><sitemap><loc>http://a.org/map.xml</loc></sitemap></sitemapindex>"),
        "a.org/map.xml": sitemap("http://a.org/orphan", "http://a.org/gone", "http://b.org/other"),
        "a.org/orphan": page("/lost"),
        "b.org/other": page("/not-read"),
    }

    seen = check(pages)

    assert seen.dead == {"a.org/none.xml", "a.org/gone", "a.org/lost"}
    assert "b.org/not-read" not in seen.asked
    assert seen.documents == ["a.org/", "a.org/index.xml", "a.org/map.xml", "a.org/orphan", "a.org/robots.txt"]


def test_a_sitemap_is_a_source_whose_pages_are_read_but_not_followed(check: Check) -> None:
    pages = {
        "a.org/sitemap.xml": sitemap("http://a.org/one", "http://a.org/two"),
        "a.org/one": page("/more"),
        "a.org/two": page("/gone"),
        "a.org/more": page("/hidden"),
    }

    seen = check(pages, "a.org/sitemap.xml", recurse=False)

    assert seen.documents == ["a.org/one", "a.org/sitemap.xml", "a.org/two"]
    assert seen.asked["a.org/more"] == 1
    assert seen.dead == {"a.org/gone"}
    assert "a.org/hidden" not in seen.asked
    assert seen.asked["a.org/sitemap.xml"] == 1


def gzipped(page: Page) -> Page:
    return page._replace(headers={"content-type": "application/gzip"})


def test_sitemaps_may_be_gzip_files(check: Check) -> None:
    index = xml("<sitemapindex><sitemap><loc>http://a.org/one.xml.gz</loc></sitemap></sitemapindex>")
    pages = {
        "a.org/sitemap.xml.gz": gzipped(index),
        "a.org/one.xml.gz": gzipped(sitemap("http://a.org/one")),
        "a.org/one": page("/gone"),
    }

    seen = check(pages, "a.org/sitemap.xml.gz", recurse=False)

    assert seen.documents == ["a.org/one", "a.org/one.xml.gz", "a.org/sitemap.xml.gz"]
    assert seen.dead == {"a.org/gone"}
    assert seen.asked["a.org/sitemap.xml.gz"] == seen.asked["a.org/one.xml.gz"] == 1


def test_a_gzip_file_beside_us_gives_pages_to_read(check: Check, tmp_path: Path) -> None:
    local = tmp_path / "sitemap.xml.gz"
    local.write_bytes(gzip.compress(b"<urlset><url><loc>http://gone.invalid/</loc></url></urlset>"))

    seen = check({}, str(local), recurse=False)

    assert set(seen.verdicts) == {"gone.invalid/"}


def test_a_sitemap_that_includes_itself_comes_to_an_end(check: Check) -> None:
    body = (
        "<sitemapindex><sitemap><loc>http://a.org/s.xml</loc></sitemap><sitemap><loc>http://a.org/t.xml</loc></sitemap>"
    )
    pages = {"a.org/s.xml": xml(body), "a.org/t.xml": xml(body)}

    seen = check(pages, "a.org/s.xml", recurse=False)

    assert seen.documents == ["a.org/s.xml", "a.org/t.xml"]
    assert seen.asked["a.org/s.xml"] == seen.asked["a.org/t.xml"] == 1


def test_a_feed_gives_its_entries_wherever_they_are(check: Check) -> None:
    feed = "<rss><channel><link>http://a.org/</link><item><link>http://b.org/story</link></item></channel></rss>"
    pages = {"a.org/feed": xml(feed), "a.org/": page("/hidden"), "b.org/story": page("/gone")}

    seen = check(pages, "a.org/feed", recurse=False)

    assert seen.documents == ["a.org/feed", "b.org/story"]
    assert seen.dead == {"b.org/gone"}


def test_a_list_in_a_file_gives_pages_to_read(check: Check, tmp_path: Path) -> None:
    (tmp_path / "map.xml").write_text("<urlset><url><loc>http://a.org/one</loc></url></urlset>")

    seen = check({"a.org/one": page("/gone")}, "map.xml", recurse=False)

    assert seen.documents == ["map.xml"]  # the file does not know the port
    assert list(seen.verdicts) == ["a.org/one"]


def test_pages_that_say_they_are_another_are_read_once(check: Check) -> None:
    copy = '<link rel="canonical" href="http://a.org/x">'
    body = "the same words, whichever way they are sorted"
    pages = {
        "a.org/": page("/x", "/print", "/wrong"),
        "a.org/x": page("/cited", text=body, head=copy),
        "a.org/print": page("/cited", text=body, head=copy),
        "a.org/wrong": page("/lost", text="other words, but copied from the same template", head=copy),
    }

    seen = check(pages)

    assert len({"a.org/x", "a.org/print"}.intersection(seen.documents)) == 1
    assert "a.org/lost" in seen.dead
    assert "1 addresses are pages that were read at another address" in seen.notes


def test_a_page_that_two_links_redirect_to_is_read_once(check: Check) -> None:
    pages = {
        "a.org/": page("/old", "/older"),
        "a.org/old": Page(301, headers={"location": "/new"}),
        "a.org/older": Page(301, headers={"location": "/new"}),
        "a.org/new": page("/cited"),
    }

    seen = check(pages)

    assert seen.documents == ["a.org/", "a.org/new"]


def test_a_redirect_that_leaves_the_site_is_not_followed(check: Check) -> None:
    pages = {"a.org/": page("/out"), "a.org/out": Page(302, headers={"location": "http://b.org:{port}/x"}), **SITE}
    pages["a.org/"] = page("/out")

    assert check(pages).documents == ["a.org/"]


def test_links_stand_on_the_base_of_their_page(check: Check) -> None:
    pages = {
        "a.org/": page("/x/"),
        "a.org/x/": page("y", head='<base href="/other/">'),
        "a.org/other/y": page("lost"),
    }

    assert check(pages).dead == {"a.org/other/lost"}


def test_what_every_page_repeats_is_listed_where_it_is_first_met(check: Check) -> None:
    menu = '<nav><a href="/">home</a> <a href="/gone">gone</a></nav><img src="/logo.png">'
    pages = {f"a.org/{name}": page("/", "/1", "/2", text=menu) for name in ("", "1", "2")}

    seen = check(pages)

    assert seen.dead == {"a.org/gone", "a.org/logo.png"}
    assert Counter(row.raw for row in seen.report.references() if row.verdict == "dead") == {"/gone": 1, "/logo.png": 1}


def test_a_fragment_that_is_asked_after_the_page_was_read_is_answered_from_what_was_read(check: Check) -> None:
    pages = {
        "a.org/": page("/x", "/1"),
        "a.org/x": Page(body="<h1 id=here>x</h1><p>" + "word " * 60),
        "a.org/1": page("/2", "http://b.org/x"),
        "a.org/2": page("/3"),
        "a.org/3": page("/x#here", "/x#nowhere", "http://b.org/x#nowhere"),
        "b.org/x": page(),
    }

    seen = check(pages)

    findings = {row.raw: [one.rule for one in row.findings] for row in seen.report.references() if "#" in row.raw}
    assert findings["/x#here"] == []
    assert findings["/x#nowhere"] == ["missing-fragment"]
    assert any("missing-fragment" in rules for raw, rules in findings.items() if "b.org" in raw)
    assert seen.asked["a.org/x"] == 1
    assert seen.asked["b.org/x"] == 2


def test_a_page_that_comes_at_its_last_chance_is_read_then(check: Check) -> None:
    pages = {"a.org/": page("/moody", "/gone"), "a.org/moody": page("/lost")}

    seen = check(pages, first={"a.org/moody": Page(404)})

    assert seen.dead == {"a.org/gone", "a.org/lost"}
    assert seen.asked["a.org/moody"] == 2
    assert seen.documents == ["a.org/", "a.org/moody"]


def test_a_calendar_without_end_is_left_and_the_rest_is_done(check: Check) -> None:
    def calendar(name: str) -> Page | None:
        if not name.startswith("a.org/cal/"):
            return None
        month = int(name.rpartition("/")[2])
        days = " ".join(map(str, range(1, 28 + month % 4)))
        return page(f"/cal/{month + 1}", f"/cal/{month - 1}", "/", text=f"month {month}: {days}")

    pages = {"a.org/": page("/cal/7000", "/one"), "a.org/one": page("/lost")}

    seen = check(pages, make=calendar)

    assert "a.org/lost" in seen.dead
    assert len(seen.documents) < 150
    assert "addresses without end: a.org/cal/#" in seen.notes
    assert not seen.report.run.complete


@pytest.mark.parametrize(("says_so", "most"), [(False, 200), (True, 800)])
def test_a_page_that_links_to_itself_under_ever_new_addresses(check: Check, says_so: bool, most: int) -> None:
    def mirror(name: str) -> Page | None:
        if "?" not in name:
            return None
        links = [f"/m?x={zlib.crc32(f'{name} {step}'.encode())}" for step in range(20)]
        cited = "".join(f'<a href="{link}">{link if says_so else "more"}</a> ' for link in links)
        return Page(body=f"<title>The same</title><p>{cited}")

    many = [f"/m?x={number}" for number in range(2000)]
    pages = {"a.org/": page("/one", *many), "a.org/one": page("/lost")}

    seen = check(pages, make=mirror, **{"max-pages": 1000})

    assert "a.org/lost" in seen.dead
    assert seen.asked.total() < most
    skipped = [row for row in seen.report.links() if row.verdict == "skipped"]
    assert len(skipped) > 1500
    assert {row.reason.code for row in skipped} == {"not-asked"}
    assert "one of addresses without end" in skipped[0].reason.text
    assert "addresses without end: a.org/m?x" in seen.notes


def test_session_ids_in_paths_are_seen_through(check: Check) -> None:
    sessions = iter(range(10**6))

    def session(name: str) -> Page | None:
        place, _, rest = name.partition("/")[2].partition("/")
        if len(place) != 16:
            return None
        new = f"{next(sessions) * 7919:012x}a1b2"
        links = "".join(f'<a href="/{new}/{name}">{name}</a> ' for name in ("about", "contact"))
        return Page(body=f"<title>{rest}</title><p>{rest} {links}<a href='/lost'>lost</a>")

    pages = {"a.org/": page("/0123456789abcdef/about")}

    seen = check(pages, make=session)

    assert seen.dead == {"a.org/lost"}
    assert len(seen.documents) < 150
    assert "addresses without end: a.org/*/" in seen.notes


def test_session_ids_with_a_name_are_not_read_twice(check: Check) -> None:
    sessions = iter(range(10**6))

    def session(name: str) -> Page | None:
        if ";jsessionid=" not in name:
            return None
        return page(f"/x;jsessionid={next(sessions):032X}", f"/y;jsessionid={next(sessions):032X}")

    seen = check({"a.org/": page("/x;jsessionid=00")}, make=session)

    assert len(seen.documents) == 3
    assert seen.asked.total() < 12


def test_relative_links_that_are_wrong_do_not_go_round_for_ever(check: Check) -> None:
    def circle(name: str) -> Page | None:
        return page("a/b/", text=name) if name.endswith("/b/") else None

    seen = check({"a.org/": page("a/b/")}, make=circle)

    assert len(seen.documents) == 3
    assert "1 links lead to addresses that go round in circles" in seen.notes


def test_a_sitemap_of_fifty_megabytes_is_read_as_far_as_sitemaps_may_go(check: Check) -> None:
    entry = "<url><loc>http://a.org/one</loc><lastmod>2017-02-14</lastmod></url>" + " " * 980 + "\n"
    body = "<urlset>" + entry * 52_000 + "<url><loc>http://a.org/behind</loc></url></urlset>"
    assert len(body) > 50 << 20
    pages = {
        "a.org/": page("/two"),
        "a.org/two": page("/gone"),
        "a.org/robots.txt": Page(body="Sitemap: /sitemap.xml", headers={"content-type": "text/plain"}),
        "a.org/sitemap.xml": xml(body),
        "a.org/one": page("/lost"),
    }

    seen = check(pages)

    assert seen.dead == {"a.org/gone", "a.org/lost"}
    assert "a.org/behind" not in seen.asked
    assert not seen.report.run.complete
    assert "sitemap.xml is larger than is read of it" in seen.notes


def test_a_robots_txt_of_ten_megabytes_is_read_as_far_as_such_files_may_go(check: Check) -> None:
    robots = "User-agent: *\nDisallow: /secret/\n" + "Disallow: /x*y\n" * 700_000 + "Disallow: /\n"
    assert len(robots) > 10 << 20
    pages = SITE | {"a.org/robots.txt": Page(body=robots, headers={"content-type": "text/plain"})}

    seen = check(pages)

    assert len(seen.documents) == 4
    assert "robots.txt of http://a.org is longer than what is read of one" in seen.notes


@pytest.mark.parametrize(
    ("is_everywhere", "verdict", "severity"), [(True, "soft-404", "error"), (False, "alive", "note")]
)
def test_many_pages_that_say_the_same_are_noticed(
    check: Check, is_everywhere: bool, verdict: str, severity: str
) -> None:
    def lost(name: str) -> Page | None:
        is_lost = name.startswith("a.org/old/") and ("story" in name or is_everywhere)
        return page("/", text="Our harbour has three cranes and a lighthouse") if is_lost else None

    pages = {
        "a.org/": page("/fine", *(f"/old/story-{number}" for number in range(12))),
        "a.org/fine": page(text="Fine"),
    }

    seen = check(pages, make=lost)

    words = {url: word for url, word in seen.verdicts.items() if "/old/" in url}
    assert set(words.values()) == {verdict}
    assert len(words) == 12
    findings = [one for row in seen.report.links() for one in row.findings if one.rule == "repeated-text"]
    assert [one.severity.value for one in findings] == [severity] * 12
    assert seen.verdicts["a.org/fine"] == "alive"


def test_what_an_archived_copy_shows_is_asked_beside_what_later_pages_cite(check: Check) -> None:
    copy = "http://web.archive.org/web/20170214000000/http://b.org/gone"
    start = page(copy, "/1")

    seen = check({"a.org/": start, "a.org/1": page("/2", "/3"), "a.org/2": page(), "a.org/3": page("/4")})

    assert {url for url in seen.verdicts if url.startswith("a.org/")} == {f"a.org/{n}" for n in ("", 1, 2, 3, 4)}
    assert seen.verdicts["b.org/gone"] == "dead"
