"""`--robots obey`: what robots.txt forbids is not asked, and neither called alive nor dead; against a real server."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import anyio
import pytest

from linkcheck import config, pipeline
from linkcheck.model import FailureKind, LinkRow, ReasonCode, Verdict
from linkcheck.store import Journal
from tests.web import Page, staged

WORDS = Page()
RULES = Page(body="User-agent: *\nDisallow: /a\nDisallow: /archive/ # old\n", headers={"content-type": "text/plain"})


class Seen:
    def __init__(self, links: dict[str, LinkRow], asked: list[str]) -> None:
        self.links = links
        self.asked = Counter(asked)

    def word(self, name: str) -> tuple[Verdict, ReasonCode]:
        return self.links[name].verdict, self.links[name].reason.code


def check(pages: Mapping[str, Page], folder: Path, *cited: str, **more: object) -> Seen:
    """Check an article that cites these pages, `robots = "obey"` unless it is said otherwise."""
    with staged(pages) as web:
        article = folder / "article.md"
        article.write_text("\n".join(f"- [x]({web.url(name)})" for name in cited))
        options = {
            "sources": [str(article)],
            "resolve": [f"{host}.org:{web.port}:127.0.0.1" for host in ("a", "b")],
            "archive": False,
            "retries": 0,
            "host-interval": 0,
            "robots": "obey",
            **more,
        }
        journal = Journal(None)
        settings = config.read(options, environ={}).config
        outcome = anyio.run(pipeline.run, pipeline.Job(config=settings, journal=journal, directory=folder))
        links = {row.url.replace(f":{web.port}", "").removeprefix("http://"): row for row in outcome.report.links()}
        journal.close()
        return Seen(links, list(web.asked))


def test_what_is_forbidden_is_not_asked_and_says_by_which_rule(tmp_path: Path) -> None:
    pages = {"a.org/robots.txt": RULES, "a.org/archive/1": WORDS, "a.org/open": WORDS}

    seen = check(pages, tmp_path, "a.org/archive/1", "a.org/archive/2", "a.org/open", "a.org/missing")

    assert seen.word("a.org/archive/1") == seen.word("a.org/archive/2") == (Verdict.SKIPPED, ReasonCode.POLICY)
    assert seen.word("a.org/open") == (Verdict.ALIVE, ReasonCode.ANSWERED)
    assert seen.word("a.org/missing") == (Verdict.DEAD, ReasonCode.HTTP_NOT_FOUND)
    said = seen.links["a.org/archive/1"].reason.text
    assert "/robots.txt forbids it to programs: Disallow: /archive/; --robots following asks it all the same" in said
    assert {name: seen.asked[name] for name in ("a.org/archive/1", "a.org/robots.txt")} == {
        "a.org/archive/1": 0,
        "a.org/robots.txt": 1,
    }
    assert seen.links["a.org/archive/1"].findings == ()


@pytest.mark.parametrize("robots", ["following", "ignore"])
def test_otherwise_a_single_cited_url_is_asked_whatever_it_says(robots: str, tmp_path: Path) -> None:
    seen = check({"a.org/robots.txt": RULES, "a.org/archive/1": WORDS}, tmp_path, "a.org/archive/1", robots=robots)

    assert seen.word("a.org/archive/1") == (Verdict.ALIVE, ReasonCode.ANSWERED)
    assert "a.org/robots.txt" not in seen.asked


def test_a_site_without_rules_is_asked(tmp_path: Path) -> None:
    assert check({"a.org/x": WORDS}, tmp_path, "a.org/x").word("a.org/x") == (Verdict.ALIVE, ReasonCode.ANSWERED)


def test_a_site_that_cannot_say_its_rules_is_not_asked(tmp_path: Path) -> None:
    seen = check({"a.org/robots.txt": Page(500), "a.org/x": WORDS}, tmp_path, "a.org/x")

    assert seen.word("a.org/x") == (Verdict.SKIPPED, ReasonCode.POLICY)
    assert "is not known, so nothing may be asked (RFC 9309 2.3.1.4): it was answered with status 500" in (
        seen.links["a.org/x"].reason.text
    )
    assert seen.asked["a.org/x"] == 0


def test_of_huge_rules_the_beginning_counts(tmp_path: Path) -> None:
    rules = "User-agent: *\nDisallow: /x\n" + "Disallow: /y\n" * 100_000
    seen = check({"a.org/robots.txt": Page(body=rules), "a.org/z": WORDS}, tmp_path, "a.org/x", "a.org/z")

    assert seen.word("a.org/x") == (Verdict.SKIPPED, ReasonCode.POLICY)
    assert seen.word("a.org/z") == (Verdict.ALIVE, ReasonCode.ANSWERED)


def test_rules_that_lie_elsewhere_are_followed_there(tmp_path: Path) -> None:
    there = Page(301, headers={"location": "http://b.org:{port}/rules"})
    pages = {"a.org/robots.txt": there, "b.org/rules": RULES, "a.org/archive/1": WORDS, "a.org/open": WORDS}

    seen = check(pages, tmp_path, "a.org/archive/1", "a.org/open")

    assert seen.word("a.org/archive/1") == (Verdict.SKIPPED, ReasonCode.POLICY)
    assert seen.word("a.org/open") == (Verdict.ALIVE, ReasonCode.ANSWERED)


def test_rules_that_go_round_in_circles_are_none_that_allow(tmp_path: Path) -> None:
    round_about = Page(302, headers={"location": "/robots.txt"})

    seen = check({"a.org/robots.txt": round_about, "a.org/x": WORDS}, tmp_path, "a.org/x")

    assert seen.word("a.org/x") == (Verdict.SKIPPED, ReasonCode.POLICY)


def test_every_hop_is_a_question(tmp_path: Path) -> None:
    away = Page(301, headers={"location": "http://b.org:{port}/archive/1"})
    pages = {"a.org/x": away, "b.org/robots.txt": RULES, "b.org/archive/1": WORDS}

    seen = check(pages, tmp_path, "a.org/x")

    assert seen.word("a.org/x") == (Verdict.SKIPPED, ReasonCode.POLICY)
    assert seen.asked["b.org/archive/1"] == 0


def test_a_host_that_is_gone_is_as_gone_as_ever(tmp_path: Path) -> None:
    seen = check({}, tmp_path, *(f"gone.invalid/{number}" for number in range(5)))

    assert {row.verdict for row in seen.links.values()} == {Verdict.DEAD}
    assert {row.check.failure.kind for row in seen.links.values() if row.check and row.check.failure} == {
        FailureKind.DNS_NXDOMAIN
    }


def test_its_robots_txt_can_be_cited(tmp_path: Path) -> None:
    all_of_it = Page(body="User-agent: *\nDisallow: /")

    seen = check({"a.org/robots.txt": all_of_it}, tmp_path, "a.org/robots.txt")

    assert seen.word("a.org/robots.txt") == (Verdict.ALIVE, ReasonCode.ANSWERED)
