"""A site that has moved to another domain is not called usurped for the pages that it left behind."""

from pathlib import Path

import anyio

from linkcheck import pipeline
from linkcheck.config import Config
from linkcheck.model import ReferenceRow, Severity, Verdict
from linkcheck.store import Journal
from tests.archive_server import Capture, serving
from tests.detect.test_content_drift import OTHER, PARAGRAPHS, story
from tests.detect.test_usurped_domain import CASINO, LINKS, OTHERS
from tests.web import Page, staged

STORM = "Winter storm tears a hole in the east pier"
COUNCIL = "Council keeps the lighthouse lit"
LOST, KEPT = "oldpaper.org/2017/storm-tears-hole-in-pier", "oldpaper.org/2017/council-keeps-the-lighthouse-lit"
HOME, NEW = "newpaper.net/", "newpaper.net/news/council-keeps-the-lighthouse-lit"


def checked(folder: Path, now: str, *, has_moved: bool) -> ReferenceRow:
    """Check two links to the old domain; give what is said of the one that leads to the new one's home page."""
    pages = {
        LOST: Page(301, "", {"location": f"http://{HOME.replace('/', ':{port}/')}"}),
        KEPT: Page(301, "", {"location": f"http://{(NEW if has_moved else HOME).replace('/', ':{port}/', 1)}"}),
        HOME: Page(200, now),
        NEW: Page(200, story(PARAGRAPHS, COUNCIL)),
    }
    journal = Journal(None)
    with staged(pages) as web, serving([]) as archive:
        archive.captures = [Capture("20170213000000", web.url(LOST), body=(story(PARAGRAPHS, STORM) + LINKS).encode())]
        cites = (f"{{{{cite web |url={web.url(place)} |title={title} |access-date=14 February 2017}}}}"
                 for place, title in ((LOST, STORM), (KEPT, COUNCIL)))  # fmt: skip
        (folder / "a.wiki").write_text("\n\n".join(f"It was so.<ref>{one}</ref>" for one in cites))
        config = Config(
            sources=("a.wiki",),
            resolve=tuple(f"{host}:{web.port}:127.0.0.1" for host in ("oldpaper.org", "newpaper.net")),
            archives={"wayback": archive.endpoints},
            archive_order=("wayback",),
            control_hosts=(),
            retries=0,
        )
        report = anyio.run(pipeline.run, pipeline.Job(config=config, journal=journal, directory=folder)).report
        row, _ = report.references()
    journal.close()
    return row


def test_pages_that_moved_prove_that_their_site_did(tmp_path: Path) -> None:
    front = story(OTHER, "Newpaper") + OTHERS
    alone, moved = checked(tmp_path, front, has_moved=False), checked(tmp_path, front, has_moved=True)

    assert alone.verdict is Verdict.USURPED
    assert moved.verdict is not Verdict.USURPED
    (note,) = [one for one in moved.findings if one.rule == "usurped-domain"]
    assert note.severity is Severity.NOTE
    assert "moved to newpaper.net" in note.message
    assert KEPT.partition("/")[2] in str(note.evidence["moved_too"])


def test_spam_stays_what_it_is(tmp_path: Path) -> None:
    assert checked(tmp_path, CASINO, has_moved=True).verdict is Verdict.USURPED
