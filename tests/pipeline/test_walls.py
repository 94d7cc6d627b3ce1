"""Walls, pages that send on, and fragments, through a whole run on a staged web."""

from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import anyio
import pytest

from linkcheck import config, pipeline
from linkcheck.model import LinkRow, ReasonCode, ReferenceRow, Verdict
from linkcheck.store import Journal
from tests.web import Page, listening, staged

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
    pages = {"a.org/a.pdf": Page(200, "%PDF-1.7 %%EOF", {"content-type": "application/pdf"})}
    ((row, link),) = links(journal, tmp_path, pages, "a.org/a.pdf#page=3")

    assert link.check is not None
    assert link.check.fragments["page=3"].found is None
    assert row.findings == ()


FILES = {
    "a.org/listing.pdf": Page(200, "<title>Index of /</title><a href=b.pdf>b.pdf</a>"),
    "a.org/moved.pdf": Page(301, "", {"location": "/reports"}),
    "a.org/reports": Page(200, "<title>Reports</title><h1>All reports</h1><p>Here they are."),
    "a.org/empty.png": Page(200, "", {"content-type": "image/png"}),
    "a.org/cut.pdf": Page(200, "%PDF-1.7 and no more", {"content-type": "application/pdf"}),
    "a.org/long.pdf": Page(200, "%PDF-1.7 " + "x" * 70_000, {"content-type": "application/pdf"}),
    "a.org/fine.pdf": Page(200, "%PDF-1.7 %%EOF", {"content-type": "application/pdf"}),
}


@pytest.mark.parametrize("name", ["listing.pdf", "moved.pdf", "empty.png", "cut.pdf"])
def test_a_file_that_is_none_is_neither_alive_nor_moved_to(journal: Journal, tmp_path: Path, name: str) -> None:
    ((row, _),) = links(journal, tmp_path, FILES, f"a.org/{name}")

    assert row.verdict is Verdict.SOFT_404
    assert [one.rule for one in row.findings][:2] == ["soft-404", "wrong-media-type"]
    assert row.rescues == ()


@pytest.mark.parametrize("name", ["fine.pdf", "long.pdf"])
def test_a_file_that_is_fine_or_whose_end_is_not_to_be_had_is_alive(
    journal: Journal, tmp_path: Path, name: str
) -> None:
    ((row, _),) = links(journal, tmp_path, FILES, f"a.org/{name}")

    assert (row.verdict, row.findings) == (Verdict.ALIVE, ())


@pytest.mark.parametrize(
    ("end", "verdict"), [(b"startxref\n9\n%%EOF\n", Verdict.ALIVE), (b"and no more", Verdict.SOFT_404)]
)
@pytest.mark.parametrize("engine", ["httpx", "wreq"])
def test_the_end_of_a_long_file_is_asked_for_alone(
    journal: Journal, tmp_path: Path, engine: str, end: bytes, verdict: Verdict
) -> None:
    body, parts = b"%PDF-1.7 " + b"x" * 200_000 + end, list[str]()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            part = self.headers.get("range", "")
            start = len(body) - int(part.removeprefix("bytes=-")) if part else 0
            parts.extend([part] if part else [])
            self.send_response(206 if part else 200)
            self.send_header("content-type", "application/pdf")
            self.send_header("content-length", str(len(body) - start))
            self.send_header("content-range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            self.end_headers()
            self.wfile.write(body[start:])

        def log_message(self, *_: object) -> None:
            pass

    with listening(Handler) as port:
        (tmp_path / "x.md").write_text(f"<http://a.org:{port}/report.pdf>")
        options = {"sources": ["x.md"], "archive": False, "resolve": [f"a.org:{port}:127.0.0.1"], "engine": engine}
        job = pipeline.Job(config=config.read(options, environ={}).config, journal=journal, directory=tmp_path)
        (row,) = anyio.run(pipeline.run, job).report.references()

    assert (row.verdict, parts) == (verdict, ["bytes=-4096"])


def test_a_gate_to_which_every_address_leads_is_blocked(journal: Journal, tmp_path: Path) -> None:
    pages = {
        f"a.org/{name}": Page(302, "", {"location": f"/zustimmung?url=%2F{name}"})
        for name in ("story-one", "story-two")
    }
    gates = {
        f"a.org/zustimmung?url=%2F{name}": Page(200, "<title>Hallo</title>") for name in ("story-one", "story-two")
    }
    rows = links(journal, tmp_path, pages | gates, "a.org/story-one", "a.org/story-two")

    assert [row.verdict for row, _ in rows] == [Verdict.BLOCKED, Verdict.BLOCKED]
    assert "asks for consent" in rows[0][0].reason.text


def test_a_likely_challenge_at_503_is_blocked(journal: Journal, tmp_path: Path) -> None:
    pages = {"a.org/story": Page(503, "<title>Robot Check</title><form><button>Go on</button></form>")}
    ((row, _),) = links(journal, tmp_path, pages, "a.org/story")

    assert row.verdict is Verdict.BLOCKED
