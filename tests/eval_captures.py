"""Prints which capture "latest" picks for twelve staged histories, and which we do: `python -m tests.eval_captures`.

With `look` or `count` they are one half of those in `tests.archives.traps`. "Closest" is the nearest with status 200.

The histories are staged in the demo's archive on loopback; all pages are gone from the web. "Latest" is what an archive
leads to when it is asked for no date, which is what `lychee --suggest` proposes. Ours is what a whole run says.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from http.client import HTTPConnection
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import anyio

from linkcheck import pipeline
from linkcheck.config import Config
from linkcheck.registry import load
from linkcheck.render.api import Style
from linkcheck.store import Journal
from tests.archive_server import Archive, Capture, serving
from tests.web import staged


def page(title: str, words: str) -> bytes:
    return f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{f'{words} ' * 6}</p>".encode()


NOT_FOUND = page("Page not found", "Sorry, we could not find what you were looking for.")
HOME = page("The news of the town", "All the news, every day, and the weather for the week.")
PARKED = page("news.test is for sale", "Buy this domain. Related searches: cheap flights, loans, lamps.")
CHALLENGE = b"<title>Just a moment...</title><p>Checking your browser before you go on. It takes about five seconds."
LOGIN = (
    b"<title>Log in</title><h1>Log in</h1><form><input name=user><input type=password name=word></form><p>Members only."
)


class History(NamedTuple):
    """One page: what it was called when it was cited, when that was, and what was captured of it."""

    about: str
    path: str
    title: str
    words: str
    read: str
    """The day on which the author read it."""
    captured: tuple[tuple[str, int, bytes | str], ...]
    """Timestamp, status, and the body, or where it redirected; `...` is the page as it was cited."""
    has_it: bool = True

    @property
    def cited(self) -> bytes:
        return page(self.title, self.words)


CITED = "..."
HISTORIES = (
    History(
        "died: 404 is captured last",
        "2016/mayor-promises-a-new-bridge",
        "Mayor promises a new bridge",
        "The bridge will be built in two years.",
        "3 May 2016",
        (("20160504080000", 200, CITED), ("20210611080000", 404, NOT_FOUND)),
    ),
    History(
        "redirected to the home page later",
        "2015/storm-damages-the-old-lighthouse",
        "Storm damages the old lighthouse",
        "Eleven windows of the lamp room are broken.",
        "9 July 2015",
        (("20150708080000", 200, CITED), ("20190302080000", 301, "/")),
    ),
    History(
        "says 'not found' with status 200 later",
        "2017/harbour-museum-opens-again",
        "Harbour museum opens again",
        "It shows ships and nets and a lamp.",
        "4 March 2017",
        (("20170304080000", 200, CITED), ("20220101000000", 200, NOT_FOUND)),
    ),
    History(
        "the domain was sold",
        "2014/ferry-line-gets-third-ship",
        "Ferry line gets third ship",
        "The ship is painted green.",
        "2 February 2014",
        (("20140201080000", 200, CITED), ("20230101000000", 200, PARKED)),
    ),
    History(
        "a challenge was captured on the very day",
        "2018/council-votes-on-school-holidays",
        "Council votes on school holidays",
        "There will be longer holidays.",
        "9 January 2018",
        (("20180109120000", 200, CHALLENGE), ("20180120120000", 200, CITED), ("20240101000000", 200, CHALLENGE)),
    ),
    History(
        "another story stands there now",
        "news/front",
        "Fishermen ask for deeper channel",
        "The sand has come nearer every winter.",
        "11 November 2013",
        (
            ("20131110080000", 200, CITED),
            ("20240101000000", 200, page("Town buys new fire engine", "It is red and long.")),
        ),
    ),
    History(
        "captured the day after, and five years before",
        "bakery/prices",
        "Bakery prices of this autumn",
        "A loaf costs three and a half.",
        "9 September 2019",
        (
            ("20140901000000", 200, page("Bakery prices of that spring", "A loaf costs two.")),
            ("20190910000000", 200, CITED),
            ("20240101000000", 404, NOT_FOUND),
        ),
    ),
    History(
        "only a revisit is near the date",
        "2012/choir-sings-in-the-harbour-hall",
        "Choir sings in the harbour hall",
        "Two hundred people came to listen.",
        "1 June 2016",
        (("20121213000000", 200, CITED), ("20160601000000", 0, CITED), ("20210101000000", 404, NOT_FOUND)),
    ),
    History(
        "only redirects were captured, to its new place",
        "2011/old-address-of-the-tide-tables",
        "Tide tables of the harbour",
        "High water on the fourth at three.",
        "5 May 2019",
        (("20190506000000", 302, "/tide-tables-of-the-harbour"), ("20230101000000", 302, "/")),
    ),
    History(
        "a login is captured last",
        "2016/interview-with-the-lamp-keeper",
        "Interview with the lamp keeper",
        "I have not slept through a storm since.",
        "7 July 2016",
        (("20160708000000", 200, CITED), ("20230101000000", 302, "/login"), ("20230201000000", 200, LOGIN)),
    ),
    History(
        "nothing but its death was captured",
        "2019/what-nobody-archived-in-time",
        "What nobody archived in time",
        "Nobody thought of it.",
        "8 August 2019",
        (("20220101000000", 404, NOT_FOUND), ("20230101000000", 404, NOT_FOUND)),
        has_it=False,
    ),
    History(
        "alive to the end, and always the same",
        "2020/lighthouse-keeps-its-lamp",
        "Lighthouse keeps its lamp",
        "Nine were in favour and five were not.",
        "10 March 2020",
        (("20200311000000", 200, CITED), ("20220101000000", 200, CITED)),
    ),
)


class Row(NamedTuple):
    """What was picked for one history, as 14 digits, and whether it shows what was cited; None: nothing was picked."""

    about: str
    latest: str | None
    is_latest_right: bool
    ours: str | None
    is_ours_right: bool
    is_closest_right: bool
    """Whether the capture with status 200 that is nearest to the day shows it."""


def rows(histories: Sequence[History] = HISTORIES) -> Iterator[Row]:
    """Stage all, run, and compare."""
    with staged({}) as web, serving([]) as archive:
        urls = [web.url(f"news.test/{one.path}") for one in histories]
        tides = web.url("news.test/tide-tables-of-the-harbour")
        archive.captures += [Capture("20190506000001", tides, 200, HISTORIES[8].cited)]
        archive.captures += [
            Capture(f"{year}0101000000", web.url("news.test/"), 200, HOME) for year in (2018, 2019, 2023)
        ]
        for url, history in zip(urls, histories, strict=True):
            archive.captures += _captures(url, history)
        text = "\n\n".join(
            f"[{one.title}]({url}). Retrieved {one.read}." for url, one in zip(urls, histories, strict=True)
        )
        picked = _run(archive, text, f"news.test:{web.port}:127.0.0.1")
        for url, history in zip(urls, histories, strict=True):
            latest, shown = _latest(archive, url)
            ours = picked[url]
            mine = next((one for one in archive.captures if one.timestamp == ours and one.url == url), None)
            yield Row(
                history.about,
                latest,
                shown == history.cited,
                ours,
                _ends_with(archive, mine) == history.cited if mine else not history.has_it,
                _closest(archive, url, history.read) == history.cited or not history.has_it,
            )


def _closest(archive: Archive, url: str, day: str) -> bytes:
    """Return what the capture with status 200 shows that is nearest to a day."""
    target = datetime.strptime(day, "%d %B %Y").replace(hour=23, tzinfo=UTC)
    pages = [one for one in archive.captures if one.url == url and one.status == 200]

    def distance(capture: Capture) -> float:
        at = datetime.strptime(capture.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return abs((at - target).total_seconds())

    return min(pages, key=distance).body if pages else b""


def _captures(url: str, history: History) -> Iterator[Capture]:
    for timestamp, status, what in history.captured:
        if isinstance(what, bytes):
            yield Capture(timestamp, url, status, what)
        elif what == CITED:
            kind = "text/html" if status else "warc/revisit"
            yield Capture(timestamp, url, status or None, history.cited, kind)
        else:
            yield Capture(timestamp, url, status, location=f"{url.split('/2', 1)[0].split('/news/', 1)[0]}{what}")


def _run(archive: Archive, text: str, resolve: str) -> dict[str, str | None]:
    """Check an article that cites them all; give the timestamp of the first capture that is not proven wrong."""
    config = Config(
        sources=("a.md",),
        resolve=(resolve,),
        archives={"wayback": archive.endpoints},
        archive_order=("wayback",),
        archive_budget=600,
        retries=0,
        control_hosts=(),
    )
    out = StringIO()
    with TemporaryDirectory() as folder, closing(Journal(None)) as journal:
        Path(folder, "a.md").write_text(text, encoding="utf-8")
        job = pipeline.Job(config=config, journal=journal, directory=Path(folder))
        load("render", "json").render(anyio.run(pipeline.run, job).report, out, Style())
    report: dict[str, Any] = json.loads(out.getvalue())
    return {row["link"]: _first(row["mementos"]) for row in report["references"]}


def _first(mementos: list[dict[str, Any]]) -> str | None:
    best = next((one for one in mementos if one["validated"] is not False), None)
    return "".join(filter(str.isdigit, best["datetime"])) if best else None


def _latest(archive: Archive, url: str) -> tuple[str | None, bytes]:
    """Ask as `lychee --suggest` does: for the URL without a date."""
    status, location, _ = _get(archive, f"/web/{url}")
    if status != 302 or not location:
        return None, b""
    timestamp = location.partition("/web/")[2][:14]
    newest = next((one for one in archive.captures if one.timestamp == timestamp and one.url == url), None)
    return timestamp, _ends_with(archive, newest)


def _ends_with(archive: Archive, capture: Capture | None) -> bytes:
    """Give what a reader sees in the end, redirects of the archive and captured ones walked."""
    path = f"/web/{capture.timestamp}id_/{capture.url}" if capture else ""
    for _ in range(6 if capture else 0):
        _, location, body = _get(archive, path)
        if not location:
            return body
        path = location.removeprefix(archive.base)
    return b""


def _get(archive: Archive, path: str) -> tuple[int, str | None, bytes]:
    with closing(HTTPConnection("127.0.0.1", archive.server.port, timeout=10)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("location"), answer.read()


def table(histories: Sequence[History] = HISTORIES) -> str:
    """Give the table in Markdown, and the counts."""
    found = list(rows(histories))
    lines = ["| history | latest | shows it | ours | shows it |", "| --- | --- | --- | --- | --- |"]
    for row in found:
        words = [_day(row.latest), _word(row.latest, is_right=row.is_latest_right)]
        words += [_day(row.ours), _word(row.ours, is_right=row.is_ours_right)]
        lines.append(f"| {row.about} | {' | '.join(words)} |")
    latest, ours = sum(row.is_latest_right for row in found), sum(row.is_ours_right for row in found)
    closest = sum(row.is_closest_right for row in found)
    counts = f"right of {len(found)}: latest {latest}, closest with status 200 {closest}, ours {ours}"
    return "\n".join([*lines, "", counts])


def _day(timestamp: str | None) -> str:
    return f"{timestamp[:4]}-{timestamp[4:6]}-{timestamp[6:8]}" if timestamp else "none"


def _word(timestamp: str | None, *, is_right: bool) -> str:
    if timestamp is None:
        return "right: there is none" if is_right else "NO"
    return "yes" if is_right else "NO"


if __name__ == "__main__":
    if sys.argv[1:]:
        from tests.archives.traps import COUNTED, LOOKED_AT

        HISTORIES = {"look": LOOKED_AT, "count": COUNTED}[sys.argv[1]]
    sys.stdout.write(f"{table(HISTORIES)}\n")
