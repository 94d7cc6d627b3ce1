"""What a 200 really says, through whole runs: soft 404s, drift, usurped domains, wishes to ignore, wrapped links."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import anyio
import pytest

from linkcheck import config, pipeline
from linkcheck.demo import staging
from linkcheck.demo.table import Capture, World
from linkcheck.demo.table import Page as Staged
from linkcheck.model import ReasonCode, ReferenceRow, Report, RescueKind, Severity, Verdict
from linkcheck.store import Journal
from tests.detect.test_content_drift import OTHER, PARAGRAPHS, story
from tests.detect.test_usurped_domain import CASINO
from tests.web import Page, StagedWeb, staged

LOST = "<title>The Paper</title><h1>Oh no</h1><p>We could not find the page. " + "Read our other stories. " * 15
STORY = story(PARAGRAPHS)


@pytest.fixture
def journal() -> Iterator[Journal]:
    one = Journal(None)
    yield one
    one.close()


def checked(journal: Journal, folder: Path, web: StagedWeb, text: str, **options: object) -> Report:
    """Check a document against a staged web."""
    (folder / "x.md").write_text(text)
    settings = {"sources": ["x.md"], "archive": False, "retries": 0, "host-interval": 0, **options}
    settings["resolve"] = [f"a.org:{web.port}:127.0.0.1"]
    job = pipeline.Job(config=config.read(settings, environ={}).config, journal=journal, directory=folder)
    return anyio.run(pipeline.run, job).report


def only(report: Report) -> ReferenceRow:
    (row,) = report.references()
    return row


class CatchAll(dict[str, Page]):
    """A site that shows one page for everything that it does not have."""

    def get(self, key: str, _: object = None) -> Page:  # type: ignore[override]  # as `staged` asks it
        return self[key] if key in self else Page(200, LOST)


def test_a_catch_all_is_asked_once_a_directory(journal: Journal, tmp_path: Path) -> None:
    with staged(CatchAll({"a.org/news/there": Page(200, STORY)})) as web:
        names = ("one", "two", "three", "there")
        text = "\n\n".join(f"<{web.url(f'a.org/news/{name}')}>" for name in names)
        rows = list(checked(journal, tmp_path, web, text).references())

    assert [row.verdict for row in rows] == [Verdict.SOFT_404] * 3 + [Verdict.ALIVE]
    assert rows[0].reason.code is ReasonCode.CONTENT
    assert [one.rule for one in rows[0].findings] == ["soft-404", "not-found-words"]
    assert rows[0].findings[0].evidence["likeness"] == 1.0
    assert len([place for place in web.asked if place.removeprefix("a.org/news/") not in names]) == 1


def test_an_honest_site_is_not_accused_and_a_healthy_one_not_asked(journal: Journal, tmp_path: Path) -> None:
    with staged({"a.org/news/vague": Page(200, LOST), "a.org/sport/story": Page(200, STORY)}) as web:
        text = f"<{web.url('a.org/news/vague')}>\n\n<{web.url('a.org/sport/story')}>"
        rows = list(checked(journal, tmp_path, web, text).references())

    assert [row.verdict for row in rows] == [Verdict.ALIVE, Verdict.ALIVE]
    assert [one.severity for one in rows[0].findings] == [Severity.NOTE]
    assert [place for place in web.asked if place.startswith("a.org/sport/")] == ["a.org/sport/story"]


@pytest.mark.parametrize("stray", ["\u200b", "\u00a0", "\u00ad", "\ufeff", ".", ")", "\u201d"])
def test_a_stray_character_is_named_and_the_address_without_it_seen(
    journal: Journal, tmp_path: Path, stray: str
) -> None:
    with staged({"a.org/news/story": Page(200, STORY)}) as web:
        right = web.url("a.org/news/story")
        row = only(checked(journal, tmp_path, web, f"[story](<{right}{stray}>)"))

    assert row.verdict is Verdict.DEAD
    assert [one.rule for one in row.findings] == ["dead", "stray-character"]
    assert {one.next for one in row.findings} == {f"Write {right}"}
    assert [(one.kind, one.url) for one in row.rescues] == [(RescueKind.REDIRECT, right)]


@pytest.mark.parametrize(("status", "verdict"), [(404, Verdict.DEAD), (400, Verdict.BLOCKED)])
def test_an_address_without_a_stray_character_keeps_its_fragment(
    journal: Journal, tmp_path: Path, status: int, verdict: Verdict
) -> None:
    pages = {"a.org/news/story": Page(200, STORY), "a.org/news/story%E2%80%8B": Page(status, "no")}
    with staged(pages) as web:
        right = web.url("a.org/news/story")
        row = only(checked(journal, tmp_path, web, f"[story](<{right}\u200b#second>)"))

    assert row.verdict is verdict
    assert {one.next for one in row.findings} == {f"Write {right}#second"}
    assert [one.url for one in row.rescues] == [f"{right}#second"]


def test_a_soft_404_is_no_page_without_a_stray_character(journal: Journal, tmp_path: Path) -> None:
    lost = Page(200, "<title>Page not found</title><h1>Page not found</h1><p>It is not here.")
    with staged({"a.org/news/story": lost, "a.org/news/story%3E": Page(400, "no")}) as web:
        row = only(checked(journal, tmp_path, web, f"[story]({web.url('a.org/news/story')}%3E)"))

    assert not row.rescues
    assert not [one for one in row.findings if one.next.startswith("Write ")]


def test_a_page_that_is_gone_under_either_address_is_gone(journal: Journal, tmp_path: Path) -> None:
    with staged({}) as web:
        row = only(checked(journal, tmp_path, web, f"[story](<{web.url('a.org/news/story')}\u200b>)"))

    assert [one.rule for one in row.findings] == ["dead"]


def test_a_wrapped_link_is_checked_without_its_wrapper(journal: Journal, tmp_path: Path) -> None:
    with staged({"a.org/story": Page(200, STORY)}) as web:
        inner = web.url("a.org/story")
        row = only(checked(journal, tmp_path, web, f"<https://www.google.com/url?q={quote(inner, safe='')}>"))

    assert (row.link, row.verdict) == (inner, Verdict.ALIVE)
    assert [one.rule for one in row.findings] == ["wrapped-link"]


def test_what_a_document_wishes_to_be_ignored_is_a_note(journal: Journal, tmp_path: Path) -> None:
    with staged({"a.org/fine": Page(200, STORY)}) as web:
        text = (
            f"[x]({web.url('a.org/gone')}) <!-- linkcheck: ignore dead - it is being moved -->\n\n"
            f"[y]({web.url('a.org/fine')}) <!-- linkcheck: ignore dead -->\n\n"
            "[z](#) <!-- linkcheck: ignore placeholder until 2020-01-01 -->\n"
        )
        report = checked(journal, tmp_path, web, text)
        gone, _, lost = report.references()
        (document,) = report.documents()

    assert (gone.verdict, gone.findings[0].severity) == (Verdict.DEAD, Severity.NOTE)
    assert gone.findings[0].evidence["ignored"]["reason"] == "it is being moved"
    assert lost.findings[0].severity is Severity.ERROR
    assert [(one.rule, one.line) for one in document.findings] == [("stale-ignore", 3), ("stale-ignore", 5)]
    assert report.summary.findings == {"error": 1, "note": 1, "warning": 2}


def test_offline_no_wish_is_called_stale(journal: Journal, tmp_path: Path) -> None:
    with staged({}) as web:
        text = f"[x]({web.url('a.org/gone')}) <!-- linkcheck: ignore dead -->\n"
        (document,) = checked(journal, tmp_path, web, text, offline=True).documents()

    assert document.findings == ()


ORIGINAL = "http://gazette.example/2019/06/14/council-keeps-the-lighthouse-lit"


def judged_in(world: World, folder: Path, journal: Journal) -> ReferenceRow:
    """Check an article that names an original, in a world with an archive."""
    (folder / "x.md").write_text(f"# Council keeps the lighthouse lit\n\n14 June 2019\n\nOriginal url: <{ORIGINAL}>\n")

    async def run() -> Report:
        async with staging.staged(world) as demo:
            settings = demo.config(sources=("x.md",), root_dir=str(folder))
            job = pipeline.Job(config=settings, journal=journal, directory=folder)
            return (await pipeline.run(job)).report

    return only(anyio.run(run))


@pytest.mark.parametrize(
    ("now", "verdict", "rule"),
    [
        (STORY, Verdict.ALIVE, None),
        (story(PARAGRAPHS[:2]), Verdict.DRIFTED, "content-drift"),
        (story(OTHER, "Cheap flights"), Verdict.DRIFTED, "content-drift"),
        (CASINO, Verdict.USURPED, "usurped-domain"),
    ],
)
def test_an_original_is_compared_with_its_capture(
    journal: Journal, tmp_path: Path, now: str, verdict: Verdict, rule: str | None
) -> None:
    then = f"<html lang=en>{STORY}"
    world = World(
        article="",
        truths=(),
        pages={ORIGINAL: Staged(body=now.encode())},
        captures=(Capture("20190615083012", ORIGINAL, body=then.encode()),),
    )

    row = judged_in(world, tmp_path, journal)

    assert row.verdict is verdict
    if rule:
        (finding,) = [one for one in row.findings if one.rule == rule]
        assert row.findings[0].evidence["rule"] == rule
        assert row.rescues[0].uri_m is not None
        assert finding.evidence["capture"] == row.rescues[0].uri_m


def test_a_registry_is_asked_once_a_domain_and_makes_a_parked_page_surer(journal: Journal, tmp_path: Path) -> None:
    sale = Page(200, "<title>a.org</title><h1>This domain is for sale</h1><p>Buy this domain.")
    told = {"ldhName": "a.org", "events": [{"eventAction": "registration", "eventDate": "2021-05-06T07:08:09Z"}]}
    registry = Page(200, json.dumps(told), {"content-type": "application/rdap+json"})
    pages = {"a.org/one": sale, "a.org/two": sale, "a.org/three": Page(200, STORY), "a.org/domain/a.org": registry}
    with staged(pages) as web:
        text = "\n\n".join(f"<{web.url(f'a.org/{name}')}> (14 February 2017)" for name in ("one", "two", "three"))
        options = {"rdap-service": web.url("a.org"), "published": "2017-02-14"}
        silent = list(checked(journal, tmp_path, web, text, **options).references())
        assert "a.org/domain/a.org" not in web.asked
        rows = list(checked(journal, tmp_path, web, text, rdap=True, **options).references())

    assert [row.verdict for row in rows] == [Verdict.USURPED, Verdict.USURPED, Verdict.ALIVE]
    assert [row.verdict for row in silent] == [row.verdict for row in rows]
    assert "a.org was registered on 2021-05-06, after it was cited (2017-02-14)" in rows[0].reason.text
    assert web.asked.count("a.org/domain/a.org") == 1
