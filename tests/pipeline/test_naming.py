"""A page that is not called what it is cited as: a capture tells since when."""

from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from linkcheck import pipeline
from linkcheck.config import Config
from linkcheck.model import Finding, Verdict
from linkcheck.store import Journal
from tests.archive_server import Archive, Capture, serving
from tests.detect.test_content_drift import OTHER, PARAGRAPHS, story
from tests.web import Page, StagedWeb, staged

TITLE = "The winter storm tears a hole in the east pier of the harbour"
FLIGHTS = story(OTHER, "The best of the cheap flights to the islands of the south")
STORM = story(PARAGRAPHS, "Winter storm tears a hole in the east pier")
PLACE = "a.org/news/s17"


@pytest.fixture
def archive() -> Iterator[Archive]:
    with serving([]) as one:
        yield one


def checked(folder: Path, web: StagedWeb, archive: Archive) -> tuple[Verdict, list[Finding]]:
    cite = f"{{{{cite web |url={web.url(PLACE)} |title={TITLE} |access-date=14 February 2017}}}}"
    (folder / "a.wiki").write_text(f"The pier had a hole.<ref>{cite}</ref>\n")
    config = Config(
        sources=("a.wiki",),
        resolve=(f"a.org:{web.port}:127.0.0.1",),
        archives={"wayback": archive.endpoints},
        archive_order=("wayback",),
        control_hosts=(),
        retries=0,
    )
    journal = Journal(None)
    report = anyio.run(pipeline.run, pipeline.Job(config=config, journal=journal, directory=folder)).report
    (row,) = report.references()
    journal.close()
    return row.verdict, [one for one in row.findings if one.rule in {"title-mismatch", "content-drift"}]


def test_a_link_that_was_always_wrong_is_told_from_one_whose_page_was_replaced(
    tmp_path: Path, archive: Archive
) -> None:
    with staged({PLACE: Page(200, FLIGHTS)}) as web:
        archive.captures = [Capture("20170213000000", web.url(PLACE), body=FLIGHTS.encode())]
        always = checked(tmp_path, web, archive)
        archive.captures = [Capture("20170213000000", web.url(PLACE), body=STORM.encode())]
        replaced = checked(tmp_path, web, archive)
        archive.captures = []
        unknown = checked(tmp_path, web, archive)

    assert (always[0], [one.evidence.get("since") for one in always[1]]) == (Verdict.ALIVE, ["always"])
    assert "wrong from the start" in always[1][0].message
    assert (replaced[0], [one.rule for one in replaced[1]]) == (Verdict.DRIFTED, ["content-drift"])
    assert (
        'it was called "Winter storm tears a hole in the east pier", and is called "The best' in replaced[1][0].message
    )
    assert (unknown[0], [one.rule for one in unknown[1]]) == (Verdict.ALIVE, ["title-mismatch"])
    assert "capture" not in unknown[1][0].message


def test_a_short_page_that_was_called_so_is_replaced(tmp_path: Path, archive: Archive) -> None:
    with staged(
        {PLACE: Page(200, "<title>The best of the cheap flights to the islands of the south</title>Go!")}
    ) as web:
        archive.captures = [Capture("20170213000000", web.url(PLACE), body=STORM.encode())]
        verdict, (finding,) = checked(tmp_path, web, archive)

    assert verdict is Verdict.ALIVE
    assert finding.evidence["since"] == "replaced"
    assert finding.next.startswith("Cite the capture of 2017-02-13: http")


def test_a_page_that_is_called_so_is_not_asked_about(tmp_path: Path, archive: Archive) -> None:
    with staged({PLACE: Page(200, STORM)}) as web:
        assert checked(tmp_path, web, archive) == (Verdict.ALIVE, [])
    assert archive.asked == []
