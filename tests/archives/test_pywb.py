"""Our own client and a real web archive: which capture is chosen, and whether it is believed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import pytest
from msgspec import structs

from linkcheck import pipeline
from linkcheck.archives.api import Archive, Manners
from linkcheck.archives.memento import archive_of
from linkcheck.archives.resemble import Sought
from linkcheck.archives.validate import validate
from linkcheck.config import Config
from linkcheck.fetch.converse import converse
from linkcheck.model import ArchiveAnswer, Captures, Conversation, Lookup
from linkcheck.pipeline.answering import answering
from linkcheck.pipeline.evaluating import evaluating
from linkcheck.pipeline.line import Job, Line
from linkcheck.store import Journal
from tests.archives import histories as h
from tests.pywb_server import Pywb, installed, serving, write_warc
from tests.web import staged

FAST = Manners(requests=1000, seconds=1)
WAYS = {
    "index": ("cdx", "replay"),
    "timemap": ("timemap",),
    "timemap and replay": ("timemap", "replay"),
    "timegate": ("timegate",),
}


@pytest.fixture(scope="module")
def programs(request: pytest.FixtureRequest) -> Path:
    return installed(request.config.cache.mkdir("pywb"))


@pytest.fixture(scope="module")
def pywb(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pywb]:
    folder = tmp_path_factory.mktemp("pywb")
    with serving(programs, folder, [write_warc(folder / "histories.warc.gz", h.RECORDS)]) as archive:
        yield archive


def archive(pywb: Pywb, way: str = "index") -> Archive:
    found = archive_of("ours", {name: pywb.endpoints[name] for name in WAYS[way]})
    return structs.replace(found, manners=dict.fromkeys(found.manners, FAST))


def driven(archive: Archive, make: Any) -> Any:
    """Answer a conversation with the real client, and the detectors that a run has."""

    async def run() -> Any:
        with closing(Journal(None)) as journal:
            line = Line(Job(config=Config(archive_order=()), journal=journal))
            line.archives = line.polite_to = (archive,)
            try:
                return await make(line)
            finally:
                await line.aclose()

    return anyio.run(run)


def looked_up(archive: Archive, url: str, day: str | None) -> Lookup:
    at = datetime.fromisoformat(f"{day}T23:59:59").replace(tzinfo=UTC) if day else None

    async def run(line: Line) -> Lookup:
        return await converse(archive.look_up(url, at, archive.endpoints), answering(line))

    found: Lookup = driven(archive, run)
    return found


def validated(archive: Archive, url: str, day: str | None, *titles: str) -> Lookup:
    at = datetime.fromisoformat(f"{day}T23:59:59").replace(tzinfo=UTC) if day else None

    def both(line: Line) -> Conversation[Lookup]:
        found = yield from archive.look_up(url, at, archive.endpoints)
        beside = archive.siblings
        assert beside
        sought = Sought(url=url, titles=titles)
        return (
            yield from validate(found, sought, evaluating(line), lambda url, at: beside(url, at, archive.endpoints))
        )

    async def run(line: Line) -> Lookup:
        return await converse(both(line), answering(line))

    found: Lookup = driven(archive, run)
    return found


def days(lookup: Lookup) -> list[tuple[str, bool | None]]:
    return [(one.datetime[:10], one.validated) for one in lookup.mementos]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("day", "expected"), [("2016-05-10", "2016-05-03"), ("2018-06-02", "2018-06-01"), ("2016-05-01", "2016-05-03")]
)
def test_the_nearest_is_found_in_every_way(pywb: Pywb, way: str, day: str, expected: str) -> None:
    found = validated(archive(pywb, way), h.EDITED, day)

    assert days(found)[0] == (expected, True)
    assert found.mementos[0].note == 'shows "Mayor promises new bridge over the river", as its URL says'


@pytest.mark.parametrize("way", ["index", "timemap"])
def test_long_after_it_died_the_last_page_is_found(pywb: Pywb, way: str) -> None:
    found = validated(archive(pywb, way), h.EDITED, "2024-01-01")

    assert days(found)[0] == ("2018-06-01", True)


def test_the_life_of_a_page_is_read_from_the_index(pywb: Pywb) -> None:
    life = looked_up(archive(pywb), h.EDITED, None).life

    assert life is not None
    assert (life.first[:10], (life.last_good or "")[:10], (life.first_bad or "")[:10]) == (
        "2016-05-03",
        "2018-06-01",
        "2021-06-11",
    )


def test_an_error_page_with_status_200_gives_way_to_the_next_best(pywb: Pywb) -> None:
    found = validated(archive(pywb), h.SOFT, "2017-03-02", "Harbour museum opens its doors again")

    assert days(found) == [("2017-03-04", True), ("2017-03-01", False)]


def test_a_challenge_gives_way_to_the_next_best(pywb: Pywb) -> None:
    found = validated(archive(pywb), h.WALLED, "2018-01-10")

    assert days(found) == [("2018-01-20", True), ("2018-01-09", False)]
    assert "wall" in (found.mementos[1].note or "")


def test_a_revisit_counts_as_what_it_repeats(pywb: Pywb) -> None:
    found = validated(archive(pywb), h.REVISITED, "2017-08-01")

    assert (found.mementos[0].datetime[:10], found.mementos[0].status) == ("2017-07-08", 200)
    assert found.mementos[0].validated is True


def test_a_chain_of_captured_redirects_is_worth_the_page_at_its_end(pywb: Pywb) -> None:
    found = validated(archive(pywb), h.MOVED, "2016-02-01")

    assert days(found) == [("2016-01-01", True)]
    assert f"it was redirected to {h.MOVED_TO}" in (found.mementos[0].note or "")


def test_a_redirect_that_other_pages_share_is_worth_nothing(pywb: Pywb) -> None:
    found = validated(archive(pywb), h.SHARED, "2020-02-01")

    assert (found.answer, found.mementos) == (ArchiveAnswer.NONE, ())
    assert "as other pages of the site were" in found.reason


def test_a_redirect_to_the_home_page_is_worth_nothing(pywb: Pywb) -> None:
    found = validated(archive(pywb, "timegate"), h.EDITED, "2019-03-03")

    home = next(one for one in found.mementos if one.datetime.startswith("2019"))
    assert home.validated is False
    assert "home page" in (home.note or "")


def test_captured_redirects_in_a_circle_end(pywb: Pywb) -> None:
    found = validated(archive(pywb), h.LOOP, "2018-01-01")

    assert found.answer is ArchiveAnswer.NONE
    assert "leads back to itself" in found.reason


def test_an_archived_429_is_no_page_and_no_wish_for_silence(pywb: Pywb) -> None:
    found = validated(archive(pywb, "timemap"), f"{h.SITE}/busy", "2022-05-05")

    assert days(found) == [("2022-05-05", False)]
    assert "429" in (found.mementos[0].note or "")


@pytest.mark.parametrize("way", WAYS)
def test_what_was_never_captured_is_none(pywb: Pywb, way: str) -> None:
    found = looked_up(archive(pywb, way), f"{h.SITE}/never", "2020-01-01")

    assert (found.answer, found.mementos) == (ArchiveAnswer.NONE, ())


def test_an_article_that_cites_another_story_is_not_sent_there(pywb: Pywb) -> None:
    found = validated(archive(pywb), f"{h.SITE}/", "2019-03-03", "Seven whales were seen beyond the northern sandbank")

    assert days(found) == [("2019-03-02", False)]


def test_a_run_asks_it_by_the_config_alone(pywb: Pywb) -> None:
    async def run() -> tuple[Lookup, ...]:
        with closing(Journal(None)) as journal:
            config = Config(archives={"ours": pywb.endpoints}, archive_order=())
            line = Line(Job(config=config, journal=journal))
            try:
                at = datetime(2017, 3, 2, tzinfo=UTC)
                captures: tuple[Lookup, ...] = await answering(line)[Captures](Captures(h.REVISITED, at))
                return captures
            finally:
                await line.aclose()

    (found,) = anyio.run(run)
    assert (found.archive, found.answer) == ("ours", ArchiveAnswer.FOUND)
    assert days(found)[0] == ("2017-07-08", True)


def test_a_whole_run_sends_every_reference_to_its_own_capture(pywb: Pywb, tmp_path: Path) -> None:
    title = "Mayor promises new bridge over the river"
    lines = [
        f"[{title}]({h.EDITED}). Retrieved 10 May 2016.",
        f"[{title}]({h.EDITED}). Retrieved 3 June 2018.",
        f"[Harbour museum opens its doors again]({h.SOFT}). Retrieved 2 March 2017.",
        f"[the vote]({h.WALLED}). Retrieved 10 January 2018.",
        f"[the third ship]({h.MOVED}). Retrieved 2 February 2016.",
        f"[the deeper channel]({h.SHARED}). Retrieved 2 February 2020.",
    ]
    (tmp_path / "a.md").write_text("\n\n".join(lines))
    with staged({}) as web, closing(Journal(None)) as journal:
        config = Config(
            sources=("a.md",),
            resolve=(f"news.test:80:127.0.0.1:{web.port}",),
            archives={"ours": pywb.endpoints},
            archive_order=(),
            control_hosts=(),
        )
        report = anyio.run(pipeline.run, Job(config=config, journal=journal, directory=tmp_path)).report
        rows = list(report.references())

    best = [next((one for one in row.mementos if one.validated is not False), None) for row in rows]
    assert [one and (one.datetime[:10], one.validated) for one in best] == [
        ("2016-05-03", True),
        ("2018-06-01", True),
        ("2017-03-04", True),
        ("2018-01-20", True),
        ("2016-01-01", True),
        None,
    ]
    assert {row.verdict.value for row in rows} == {"dead"}
    assert best[0]
    assert best[0].uri_m in rows[0].findings[0].next


@pytest.fixture(scope="module")
def cases_pywb(programs: Path, tmp_path_factory: pytest.TempPathFactory, cases: Path) -> Iterator[Pywb]:
    folder = tmp_path_factory.mktemp("cases-pywb")
    warcs = [cases / "archive" / "warc-pywb" / name for name in ("example.warc.gz", "iana.warc.gz", "dupes.warc.gz")]
    with serving(programs, folder, warcs) as archive:
        yield archive


@pytest.mark.parametrize("way", WAYS)
def test_pages_that_others_captured_are_found_and_believed(cases_pywb: Pywb, way: str) -> None:
    found = validated(archive(cases_pywb, way), "http://www.iana.org/about/", "2014-02-01", "About us")

    assert found.answer is ArchiveAnswer.FOUND
    assert found.mementos[0].validated is True
    assert found.mementos[0].datetime.startswith("2014-01-2")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("original", [h.ARTICLE, h.ARTICLE_WITH_BASE])
def test_links_within_a_capture_start_from_its_original_whatever_the_archive_is_called(
    pywb: Pywb, tmp_path: Path, way: str, original: str
) -> None:
    lost = [f"You may read [{text}](#) in full." for text, _ in h.LINKED]
    text = [
        "# Minister resigns over secret talks",
        "February 14, 2017",
        *h.PARAGRAPHS,
        *lost,
        f"Original url: <{original}>",
    ]
    (tmp_path / "a.md").write_text("\n\n".join(text))
    with staged({}) as web, closing(Journal(None)) as journal:
        config = Config(
            sources=("a.md",),
            resolve=tuple(f"{host}:80:127.0.0.1:{web.port}" for host in ("news.test", "other.test")),
            archives={"ours": {name: pywb.endpoints[name] for name in WAYS[way]}},
            archive_order=("ours",),
            retries=0,
            control_hosts=(),
        )
        job = pipeline.Job(config=config, journal=journal, directory=tmp_path)
        rows = [row for row in anyio.run(pipeline.run, job).report.references() if row.raw == "#"]

    assert [row.rescues[0].url if row.rescues else None for row in rows] == [
        "http://news.test/2017/02/14/letters/resignation.html#page-2",
        "http://news.test/2017/02/15/council-votes",
        "http://other.test/said",
        "https://web.archive.org/web/20150304050607/http://other.test/before",
    ]
