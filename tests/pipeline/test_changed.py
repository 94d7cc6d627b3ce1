"""A page whose text is another than at the last check is compared with its capture; the history tells."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import pytest

from linkcheck import pipeline
from linkcheck.clock import Clock
from linkcheck.config import Config
from linkcheck.model import Finding, ReferenceRow, Verdict
from linkcheck.store import Journal
from tests.archive_server import Archive, Capture, serving
from tests.detect.test_content_drift import OTHER, PARAGRAPHS, story
from tests.detect.test_usurped_domain import LINKS, OTHERS
from tests.web import Page, StagedWeb, staged

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PLACE = "a.org/2017/council-keeps-lighthouse-lit"
BEFORE, EDITED, AFTER = story(PARAGRAPHS), story([*PARAGRAPHS, "Correction."]), story(OTHER)
SITE = story(PARAGRAPHS, "Friends of the harbour lighthouse").replace("<title>", "<html lang=en><title>") + LINKS
CLUB = story(["Wir spielen jeden Abend Karten und Würfel, und wer verliert, der zahlt die Getränke."] * 5, "Würfelhaus")


class Site:
    """A page that is checked month after month, and an archive that may have it."""

    def __init__(self, folder: Path, pages: dict[str, Page], web: StagedWeb, archive: Archive) -> None:
        self.folder, self.pages, self.web, self.archive = folder, pages, web, archive
        self.month = 0

    def check(self, body: str) -> ReferenceRow:
        """Let a month go by, and check the page as it is then."""
        self.pages[PLACE] = Page(200, body)
        self.archive.asked.clear()
        self.month += 1
        (self.folder / "a.md").write_text(f"It has been [so](<{self.web.url(PLACE)}>) for long.\n")
        config = Config(
            sources=("a.md",),
            published="2017-02-14",
            resolve=(f"a.org:{self.web.port}:127.0.0.1",),
            archives={"wayback": self.archive.endpoints},
            archive_order=("wayback",),
            control_hosts=(),
            retries=0,
        )
        now = NOW + timedelta(days=40 * self.month)
        with closing(Journal(self.folder / "history.sqlite")) as journal:
            job = pipeline.Job(config=config, journal=journal, directory=self.folder, clock=Clock(now=lambda: now))
            (row,) = anyio.run(pipeline.run, job).report.references()
            return row


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    pages: dict[str, Page] = {}
    with staged(pages) as web, serving([]) as archive:
        archive.captures.append(Capture("20170215000000", web.url(PLACE), body=BEFORE.encode()))
        yield Site(tmp_path, pages, web, archive)


def drift(row: ReferenceRow) -> list[Finding]:
    return [one for one in row.findings if one.rule == "content-drift"]


def test_another_text_than_last_time_is_drift_and_stays_so(site: Site) -> None:
    first = site.check(BEFORE)
    assert first.verdict is Verdict.ALIVE
    assert site.archive.asked == []

    for _ in range(2):
        row = site.check(AFTER)
        assert row.verdict is Verdict.DRIFTED
        assert drift(row)[0].evidence["capture"].endswith("/2017/council-keeps-lighthouse-lit")

    assert site.check(BEFORE).verdict is Verdict.ALIVE


def test_a_small_edit_is_no_reason_to_ask_an_archive(site: Site) -> None:
    site.check(BEFORE)

    assert site.check(EDITED).verdict is Verdict.ALIVE
    assert site.archive.asked == []


def test_without_a_capture_the_change_is_a_note(site: Site) -> None:
    site.archive.captures.clear()
    site.check(BEFORE)
    row = site.check(AFTER)

    assert row.verdict is Verdict.ALIVE
    (note,) = drift(row)
    assert note.severity == "note"
    assert "its text is another than on 2027-01-03" in note.message


def test_another_name_and_text_in_another_language_is_somebody_else(site: Site) -> None:
    site.archive.captures[:] = [Capture("20170215000000", site.web.url(PLACE), body=SITE.encode())]
    site.check(SITE)
    row = site.check(f"<html lang=de>{CLUB}{OTHERS}")

    assert row.verdict is Verdict.USURPED
    assert "its language was en and is de" in row.reason.text
