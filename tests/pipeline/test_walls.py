"""Walls, pages that send on, and fragments, through a whole run on a staged web."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import anyio
import pytest

from linkcheck import config, pipeline
from linkcheck.model import LinkRow, ReasonCode, ReferenceRow, Verdict
from linkcheck.store import Journal
from tests.web import Page, staged

MOMENT = "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"
LOGIN = "<title>Log in</title><form><input name=u><input type=password></form>"
PAID = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script><p>Text.'
SCRIPTED = "<title>App</title><div id=root></div><script>build()</script>"


@pytest.fixture
def journal() -> Iterator[Journal]:
    one = Journal(None)
    yield one
    one.close()


def links(
    journal: Journal, folder: Path, pages: Mapping[str, Page], *places: str
) -> list[tuple[ReferenceRow, LinkRow]]:
    """Check places of the staged web, and give each reference with its link."""
    with staged(pages) as web:
        text = "\n\n".join(f"[a]({web.url(place)})" for place in places)
        (folder / "x.md").write_text(text)
        options = {"sources": ["x.md"], "archive": False, "retries": 0, "resolve": [f"a.org:{web.port}:127.0.0.1"]}
        job = pipeline.Job(config=config.read(options, environ={}).config, journal=journal, directory=folder)
        report = anyio.run(pipeline.run, job).report
    by_url = {link.url: link for link in report.links()}
    return [(row, by_url[row.link or ""]) for row in report.references()]


@pytest.mark.parametrize(
    ("page", "rule"),
    [
        (Page(403, MOMENT, {"server": "cloudflare", "cf-mitigated": "challenge"}), "bot-wall"),
        (Page(404, MOMENT), "bot-wall"),
        (Page(503, MOMENT), "bot-wall"),
        (Page(200, MOMENT), "bot-wall"),
        (Page(999), "bot-wall"),
        (Page(401, "", {"www-authenticate": "Basic"}), "login-wall"),
        (Page(302, "", {"location": "/login?next=/story"}), "login-wall"),
        (Page(402), "paywall"),
        (Page(200, PAID), "paywall"),
    ],
)
def test_a_wall_is_blocked_with_evidence(journal: Journal, tmp_path: Path, page: Page, rule: str) -> None:
    pages = {"a.org/story": page, "a.org/login?next=/story": Page(200, LOGIN)}
    ((row, link),) = links(journal, tmp_path, pages, "a.org/story")

    assert (row.verdict, row.reason.code) == (Verdict.BLOCKED, ReasonCode.WALL)
    assert [one.rule for one in row.findings] == ["blocked", rule]
    assert row.findings[0].message == row.findings[1].message
    assert row.findings[0].next == row.findings[1].next
    assert link.findings[1].evidence


def test_a_page_that_sends_on_is_a_hop_of_the_check(journal: Journal, tmp_path: Path) -> None:
    pages = {
        "a.org/old": Page(200, "<meta http-equiv=refresh content='0; url=/gone'>"),
        "a.org/older": Page(200, "<meta http-equiv=refresh content='0; url=new#part'>"),
        "a.org/new": Page(),
    }
    (_, old), (_, older) = links(journal, tmp_path, pages, "a.org/old", "a.org/older")

    assert old.verdict is Verdict.DEAD
    assert (older.verdict, older.reason.code) == (Verdict.ALIVE, ReasonCode.REDIRECTED)
    assert older.check is not None
    assert [(hop.status, hop.location) for hop in older.check.hops] == [(200, "new#part"), (200, None)]


@pytest.mark.parametrize(
    ("body", "fragment", "is_found"),
    [
        ("<h2 id=there>x</h2>", "there", True),
        ("<a name=there>x</a>", "there", True),
        ("<h2 id=user-content-there>x</h2>", "there", True),
        ("<p>x", "top", True),
        ("<p>x", "L12", None),
        ("<p>x", "L12-L20", None),
        ("<p>and some words", ":~:text=some%20words", None),
        ("<p>x", "page=3", None),
        (SCRIPTED, "there", None),
        ("<p>x", "there", False),
    ],
)
def test_a_fragment_is_found_missing_or_cannot_be_told(
    journal: Journal, tmp_path: Path, body: str, fragment: str, is_found: bool | None
) -> None:
    ((row, link),) = links(journal, tmp_path, {"a.org/page": Page(200, body)}, f"a.org/page#{fragment}")

    assert link.check is not None
    assert link.check.fragments[fragment].found is is_found
    said = [one.rule for one in row.findings if one.rule != "content-not-judged"]
    assert said == (["missing-fragment"] if is_found is False else [])
    assert row.verdict is Verdict.ALIVE


def test_a_page_of_a_pdf_cannot_be_told(journal: Journal, tmp_path: Path) -> None:
    pages = {"a.org/a.pdf": Page(200, "%PDF-1.7", {"content-type": "application/pdf"})}
    ((row, link),) = links(journal, tmp_path, pages, "a.org/a.pdf#page=3")

    assert link.check is not None
    assert link.check.fragments["page=3"].found is None
    assert row.findings == ()
