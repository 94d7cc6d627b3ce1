"""An article that was copied: bare links, a related story that leads back to it, a stray sign, its original below.

Its world is staged on loopback; a run says what is lost, what it was, and never puts a wrong page in its place.
"""

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import anyio
import pyromark
import pytest

from linkcheck import pipeline
from linkcheck.demo import web
from linkcheck.demo.server import serving
from linkcheck.demo.staging import Demo
from linkcheck.demo.table import Capture, Fault, Page, World
from linkcheck.model import DocumentRow, ReferenceRow, Role, Verdict
from linkcheck.pipeline.quoting import POSTDATES
from linkcheck.store import Journal

HEADLINE = "Harbour Adviser Anna Brandt Resigns Amid Claims of 'Secret' Talks With the Ferry Company"
TEXT = f"""\


# {HEADLINE}

February 14, 2017



**Ines Varga / HG**

Harbour adviser Anna Brandt has resigned following allegations that she secretly discussed fares with the ferry company.

Brandt repeatedly told the press that she had not talked about fares with anybody before the council took office. ✕

[According to the harbour radio](#), Brandt said in her letter that she had "inadvertently briefed the chairwoman and others with incomplete information" on her phone calls.

**Related article:** [Top Harbour Adviser Accused of Discussing Fares With the Ferry Company - Reports](#)

"In the course of my duties I held numerous phone calls with captains and their owners," the letter read. "Such calls are standard practice in any harbour of this magnitude."

The former chairman, Otto Lind, expelled 35 fishing boats from the inner basin after the vote on the lamp.

**Related article:** [Council Says Ban on Night Ferries Will Remain Until the Pier Is Mended](#)

Brandt has previously been criticised for her close ties to the company, having appeared at its gala dinner in 2015.

**Related article:** [Top Fishing Officials Call Brandt Resignation 'Landlubberly Paranoia'](ORIGINAL)

Original url:

<ORIGINAL>
"""  # noqa: E501 - paragraphs are one line, as they are copied
ORIGINAL = "http://gazette.example/2017/02/14/harbour-adviser-anna-brandt-resigns-amid-claims-of-secret-talks-a57137"
RADIO = "http://radio.example/2017/02/13/harbour/brandt"
ACCUSED = "http://gazette.example/2017/02/10/top-harbour-adviser-accused-of-discussing-fares-with-ferry-company-a57100"
BAN = "http://gazette.example/2017/02/13/council-says-ban-on-night-ferries-will-remain-until-the-pier-is-mended-a57120"
CALLS = "http://gazette.example/2017/02/14/top-fishing-officials-call-brandt-resignation-landlubberly-paranoia-a57140"
LOST = {
    "According to the harbour radio": RADIO,
    "Top Harbour Adviser Accused of Discussing Fares With the Ferry Company - Reports": ACCUSED,
    "Council Says Ban on Night Ferries Will Remain Until the Pier Is Mended": BAN,
    "Top Fishing Officials Call Brandt Resignation 'Landlubberly Paranoia'": CALLS,
}
CHATTER = "".join(
    f"<p>Some plain words number {number} about matter {number} of which {number} people in the town spoke.</p>"
    for number in range(30)
)


GERMAN = "".join(f"<p>Die Beraterin ist nach {n} Vorwürfen von {n} Leuten zurückgetreten.</p>" for n in range(30))


def story(title: str, body: str = CHATTER, head: str = "") -> bytes:
    top = f"<!doctype html><html lang=en><title>{title}</title>{head}<h1>{title}</h1>"
    return f"{top}<article>{body}</article>".encode()


def published(text: str = TEXT, *, prefix: str | None = "", head: str = "", title: str = HEADLINE) -> bytes:
    """Give the page that the article was copied from; `prefix` stands before every target, None leaves them bare."""
    text = text.partition("Original url:")[0].replace(" ✕", "").replace(f"# {HEADLINE}", "")
    for words, target in LOST.items():
        href = "#" if prefix is None else prefix + target
        text = text.replace(f"[{words}](#)", f"[{words}]({href})").replace(f"[{words}](ORIGINAL)", f"[{words}]({href})")
    return story(title, f"<div>{pyromark.html(text)}</div>", head)


class Run(NamedTuple):
    document: DocumentRow
    rows: list[ReferenceRow]
    asked: list[str]
    archives: dict[str, int]

    @property
    def rules(self) -> set[str]:
        return {one.rule for one in self.document.findings}

    @property
    def recovered(self) -> dict[str, str]:
        """What would be put in place without a person: text and target."""
        return {row.text: row.rescues[0].url for row in self.rows if row.rescues and self.is_sure(row)}

    @staticmethod
    def is_sure(row: ReferenceRow) -> bool:
        return row.rescues[0].kind.value == "recovered" and row.rescues[0].confidence >= 0.9

    @property
    def original(self) -> ReferenceRow:
        return next(row for row in self.rows if row.role is Role.ORIGINAL)


STORIES = {url: Page(body=story(words)) for words, url in LOST.items() if url != ACCUSED}
HOME = {"http://gazette.example/": Page(body=story("Harbour Gazette", "<p>News from the harbour.</p>" * 20))}
THEN = Capture("20170214091500", ORIGINAL, body=published())
DIED = Capture("20170211080000", ACCUSED, body=story(next(iter([*LOST][1:2]))))


def check(
    folder: Path,
    pages: dict[str, Page],
    captures: Sequence[Capture] = (),
    text: str = TEXT,
    *,
    faults: frozenset[Fault] = frozenset(),
    **settings: Any,
) -> Run:
    """Check the article in a world of these pages and captures, and of what it cites."""
    path = folder / "article.txt"
    path.write_text(text.replace("ORIGINAL", ORIGINAL), encoding="utf-8")
    pages, kept = {**HOME, **STORIES, **pages}, (*captures, DIED)
    world = World(article=text, truths=(), pages=pages, captures=kept, faults=faults)

    async def run() -> Run:
        async with serving(partial(web.answer, world)) as server:
            demo = Demo(world=world, article=path, server=server, refusing_port=server.port)
            with closing(Journal(None)) as journal:
                # The timeout is for machines that are busy: nothing here waits for it.
                job = pipeline.Job(config=demo.config(timeout=60, **settings), journal=journal, directory=folder)
                report = (await pipeline.run(job)).report
                (document,) = report.documents()
                return Run(document, list(report.references()), server.asked, dict(report.summary.archives))

    return anyio.run(run)


@pytest.mark.parametrize(
    ("pages", "captures", "verdict"),
    [
        ({ORIGINAL: Page(body=published())}, (THEN,), Verdict.ALIVE),
        ({ORIGINAL: Page(body=published(prefix=None))}, (THEN,), Verdict.ALIVE),
        ({}, (THEN,), Verdict.DEAD),
        ({}, (Capture("20170214091500", ORIGINAL, body=published(prefix="/web/20170214091500/")),), Verdict.DEAD),
        (
            {},
            (Capture("20170214091500", ORIGINAL, body=published(prefix="http://wayback.example/web/20170214091500/")),),
            Verdict.DEAD,
        ),
        (
            {
                ORIGINAL: Page(status=301, headers=(("location", "/archive/brandt-resigns"),)),
                "http://gazette.example/archive/brandt-resigns": Page(body=published()),
            },
            (),
            Verdict.MOVED,
        ),
        ({ORIGINAL: Page(status=301, headers=(("location", "/"),))}, (THEN,), Verdict.SOFT_404),
        ({ORIGINAL: Page(body=story("Ten Recipes for Herring", CHATTER))}, (THEN,), Verdict.DRIFTED),
    ],
    ids=[
        "live",
        "lost its links",
        "captured",
        "rewritten",
        "wholly rewritten",
        "moved",
        "to the home page",
        "replaced",
    ],
)
def test_all_targets_are_found_again(
    tmp_path: Path, pages: dict[str, Page], captures: Sequence[Capture], verdict: Verdict
) -> None:
    run = check(tmp_path, pages, captures)

    assert run.original.verdict is verdict
    assert run.recovered == LOST
    assert [row.verdict for row in run.rows[:3]] == [Verdict.PLACEHOLDER] * 3
    assert "self-reference" in {one.rule for one in run.rows[3].findings}
    (accused,) = [row for row in run.rows if row.text.startswith("Top Harbour")]
    assert "20170211080000" in (accused.rescues[0].uri_m or "")
    (differs,) = [one for one in run.document.findings if one.rule == "copy-differs"]
    assert differs.next == 'Take it out: "✕" in line 13'
    assert all(one.next.strip() for row in run.rows for one in row.findings)


@pytest.mark.parametrize("is_moved", [False, True])
def test_what_recovery_asks_of_archives_is_counted_once(tmp_path: Path, *, is_moved: bool) -> None:
    there = "http://gazette.example/archive/brandt-resigns" if is_moved else ORIGINAL
    moved = {ORIGINAL: Page(status=301, headers=(("location", "/archive/brandt-resigns"),))} if is_moved else {}
    text = TEXT.replace("](ORIGINAL)", "](#)")

    run = check(tmp_path, {**moved, there: Page(body=published())}, (THEN,), text)

    assert run.original.verdict is (Verdict.MOVED if is_moved else Verdict.ALIVE)
    assert run.archives == {"found": 1}


def test_what_no_page_links_is_searched_in_the_index(tmp_path: Path) -> None:
    bare = Capture("20170214091500", ORIGINAL, body=published(prefix=None))

    run = check(tmp_path, {}, (bare, Capture("20170215101010", BAN, body=story(list(LOST)[2]))))

    assert run.recovered == {words: url for words, url in LOST.items() if url in {ACCUSED, BAN}}
    (radio,) = [row for row in run.rows if row.text.startswith("According")]
    assert radio.findings[0].next.startswith("Find the page by hand, or take the link out: the 2017-02-14 capture")


@pytest.mark.parametrize(
    ("page", "why", "is_shut"),
    [
        (Page(status=403, headers=(("cf-mitigated", "challenge"),), body=story("Just a moment...", "")), "403", True),
        (Page(body=story("Just a moment...", "Checking your browser")), "it shows hardly any text", True),
        (Page(headers=(("content-type", "application/pdf"),), body=b"%PDF-1.7\n" * 90), "application/pdf", True),
        (Page(body=story("Ten Recipes for Herring", CHATTER)), "it does not show this article", False),
        (Page(status=404), "404", False),
        (Page(body=story("Berater tritt zurück", GERMAN)),
         "it does not show this article", False),
    ],
    ids=["refused", "a wall at 200", "a PDF", "another article", "gone", "another language"],
)  # fmt: skip
def test_an_original_that_shows_something_else_recovers_nothing(
    tmp_path: Path, page: Page, why: str, is_shut: bool
) -> None:
    run = check(tmp_path, {ORIGINAL: page})

    found = {words: url for words, url in LOST.items() if url == ACCUSED}  # the index of the archive has it
    assert run.recovered == found
    assert "copy-differs" not in run.rules
    (radio,) = [row for row in run.rows if row.text.startswith("According")]
    assert f"the original could not be read ({'it is ' if 'pdf' in why else ''}" in radio.findings[0].next
    assert why in radio.findings[0].next
    assert radio.findings[0].next.startswith("Open the original in a browser") is is_shut


def test_of_an_original_of_twenty_megabytes_what_was_read_is_used_and_nothing_called_missing(tmp_path: Path) -> None:
    large = published().replace(b"</article>", b"<p>" + b"And so on. " * 2_000_000 + b"</p></article>")

    run = check(tmp_path, {ORIGINAL: Page(body=large)})

    assert run.recovered == LOST
    assert run.document.copy
    assert (run.document.copy.missing, run.document.copy.added) == ((), ())
    assert not {"quote-missing", "quote-altered"} & run.rules


def test_two_originals_are_both_read_and_the_one_that_shows_the_article_is_believed(tmp_path: Path) -> None:
    other = "http://mirror.example/brandt-resigns"
    text = TEXT + f"\nOriginal url:\n\n<{other}>\n"
    wrong = published().replace(b"radio.example", b"casino.example")
    wrong = wrong.replace(b"Brandt", b"Lund").replace(b"harbour", b"airport").replace(b"fares", b"gates")

    run = check(tmp_path, {other: Page(body=wrong)}, (THEN,), text)

    assert run.recovered == {words: url for words, url in LOST.items() if url != CALLS}  # which one it leads to is open
    assert run.document.copy
    assert run.document.copy.original == ORIGINAL


def test_two_originals_that_disagree_leave_the_choice_to_a_person(tmp_path: Path) -> None:
    other = "http://mirror.example/brandt-resigns"
    text = TEXT + f"\nOriginal url:\n\n<{other}>\n"
    elsewhere = published().replace(b"http://radio.example/2017/02/13/harbour/brandt", b"http://casino.example/bonus")

    pages = {ORIGINAL: Page(body=published()), other: Page(body=elsewhere), RADIO: Page(body=story("On Air"))}
    run = check(tmp_path, pages, (), text)

    assert "According to the harbour radio" not in run.recovered
    (radio,) = [row for row in run.rows if row.text.startswith("According")]
    assert {one.url for one in radio.rescues} == {RADIO, "http://casino.example/bonus"}


def test_a_sitemap_and_a_feed_of_the_site_are_searched(tmp_path: Path) -> None:
    bare = Capture("20170214091500", ORIGINAL, body=published(prefix=None))
    index = "<sitemapindex><sitemap><loc>http://gazette.example/map-2017-02.xml</loc></sitemap></sitemapindex>"
    part = f"<urlset><url><loc>{BAN}</loc></url></urlset>"
    feed = f"<rss><channel><item><title>{list(LOST)[3]}</title><link>{CALLS}</link></item></channel></rss>"
    head = b"<html lang=en><link rel=alternate type='application/rss+xml' href='/late-news'>"
    live = published(prefix=None).replace(b"<html lang=en>", head)
    pages = {
        ORIGINAL: Page(body=live),
        "http://gazette.example/sitemap.xml": Page(headers=(("content-type", "text/xml"),), body=index.encode()),
        "http://gazette.example/map-2017-02.xml": Page(headers=(("content-type", "text/xml"),), body=part.encode()),
        "http://gazette.example/late-news": Page(headers=(("content-type", "text/xml"),), body=feed.encode()),
    }

    run = check(tmp_path, pages, (bare,))

    assert {words: run.recovered.get(words) for words in list(LOST)[2:]} == {
        words: url for words, url in LOST.items() if url in {BAN, CALLS}
    }


def test_a_copy_that_the_original_names_is_read_where_the_original_has_no_link(tmp_path: Path) -> None:
    agency = "http://agency.example/2017/02/14/harbour-adviser-anna-brandt-resigns-amid-claims-of-secret-talks"
    head = f"<link rel=syndication-source href={agency}>"
    live = published(prefix=None).replace(b"<html lang=en>", b"<html lang=en>" + head.encode())

    run = check(tmp_path, {ORIGINAL: Page(body=live), agency: Page(body=published())})

    assert run.recovered == LOST
    (first,) = [one for one in run.document.findings if one.rule == "republished-elsewhere"]
    assert (first.next, first.severity.value) == (f"Look whether that is the original: {agency}", "note")


def test_a_source_of_a_later_day_is_a_note_at_its_reference(tmp_path: Path) -> None:
    later = "http://gazette.example/2019/05/05/ferry-company-sold"
    text = TEXT.replace("[According to the harbour radio](#)", f"[According to the Gazette]({later})")

    run = check(tmp_path, {ORIGINAL: Page(body=published()), later: Page(body=story("Ferry Company Sold"))}, (), text)

    (row,) = [row for row in run.rows if row.raw == later]
    said = [(other.line, one) for other in run.rows for one in other.findings if one.rule == POSTDATES]
    assert [(line, one.severity.value, one.evidence["cited"]) for line, one in said] == [
        (row.line, "note", "2019-05-05")
    ]
