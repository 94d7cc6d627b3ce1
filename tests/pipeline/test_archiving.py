"""What a run asks of archives, of which, and when it does not have to."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import anyio
import pytest

from linkcheck import pipeline
from linkcheck.clock import Clock
from linkcheck.config import Config
from linkcheck.events import Consulting, Event
from linkcheck.model import ArchiveAnswer, Failure, FailureKind, ReferenceRow, Report, Verdict
from linkcheck.store import Journal
from tests.archive_server import Archive, Capture, Fault, serving
from tests.web import Page, StagedWeb, staged

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TITLE = "The mayor promises a bridge"
STORY = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>{'It will be built in two years, he said. ' * 5}".encode()
WALL = b"<title>Just a moment...</title><p>Checking your browser before you go on. It takes about five seconds."


class World:
    """A web in which everything is gone, an archive of the Wayback's kind, and another one."""

    def __init__(self, folder: Path, web: StagedWeb, archive: Archive, second: Archive) -> None:
        self.folder, self.web, self.archive, self.second = folder, web, archive, second
        self.events: list[Event] = []
        self.slowness = 0.0
        """Seconds that every request to the archive seems to take."""
        self.url = web.url("a.org/mayor-promises-bridge")

    def run(self, text: str, *, days: float = 0, journal: Journal | None = None, **more: object) -> Report:
        """Check a text some days later; the history stays."""
        (self.folder / "a.md").write_text(text)
        settings: dict[str, object] = {
            "sources": ("a.md",),
            "resolve": (
                f"a.org:{self.web.port}:127.0.0.1",
                f"web.archive.org:80:127.0.0.1:{self.archive.server.port}",
            ),
            "archives": {
                "wayback": self.archive.endpoints,
                "second": {"timemap": f"{self.second.base}/web/timemap/link"},
            },
            "archive_order": ("wayback",),
            "archive_budget": 60,
            "retries": 0,
            "control_hosts": (),
        }
        with closing(journal or Journal(self.folder / "history.sqlite")) as opened:
            job = pipeline.Job(
                config=Config(**settings | more),  # type: ignore[arg-type]  # test shorthand
                journal=opened,
                directory=self.folder,
                emit=self.events.append,
                clock=Clock(
                    now=lambda: NOW + timedelta(days=days),
                    stopwatch=lambda: monotonic() + self.slowness * len(self.archive.asked),
                ),
            )
            report = anyio.run(pipeline.run, job).report
            self.rows = list(report.references())
            self.links = list(report.links())
            self.documents = list(report.documents())
            return report

    def looked_up(self) -> int:
        return sum("/cdx/" in one for one in self.archive.asked)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with staged({}) as web, serving([]) as archive, serving([]) as second:
        yield World(tmp_path, web, archive, second)


def days(row: ReferenceRow) -> list[tuple[str, str, bool | None]]:
    return [(one.archive, one.datetime[:10], one.validated) for one in row.mementos]


def test_one_address_that_is_cited_in_two_years_gets_two_captures(world: World) -> None:
    world.archive.captures += [
        Capture("20170215000000", world.url, body=STORY),
        Capture("20230602000000", world.url, body=STORY + b"<p>Correction"),
    ]
    cite = f"[{TITLE}]({world.url})."
    world.run(f"{cite} Retrieved 16 February 2017.\n\n{cite} Retrieved 3 June 2023.\n")

    assert [days(row)[0] for row in world.rows] == [("wayback", "2017-02-15", True), ("wayback", "2023-06-02", True)]
    assert [row.mementos[0].target for row in world.rows] == ["2017-02-16", "2023-06-03"]
    assert world.rows[0].mementos[0].distance_days == -1
    assert world.rows[0].mementos[0].target_basis == "the day on which it was read, as the text says"


def test_the_next_archive_is_asked_only_while_no_capture_is_proven(world: World) -> None:
    world.archive.captures += [Capture("20170215000000", world.url, body=STORY)]
    world.second.captures += [Capture("20170216000000", world.url, body=STORY)]
    world.run(f"[{TITLE}]({world.url})")

    assert [one.archive for one in world.rows[0].archives] == ["wayback"]
    assert world.second.asked == []


def test_a_page_behind_a_paywall_is_sought_and_its_capture_named(world: World) -> None:
    with staged({"a.org/mayor-promises-bridge": Page(200, f"<title>{TITLE}</title><p>0 free articles left")}) as web:
        world.web, world.url = web, web.url("a.org/mayor-promises-bridge")
        world.archive.captures += [Capture("20170215000000", world.url, body=STORY)]
        world.run(f"[{TITLE}]({world.url})")

    (row,) = world.rows
    assert (row.verdict, days(row)) == (Verdict.BLOCKED, [("wayback", "2017-02-15", True)])
    assert "can read the capture of 2017-02-15: http" in row.findings[0].next
    assert row.rescues == ()


def test_where_the_first_archive_caught_a_wall_the_second_one_helps(world: World) -> None:
    world.archive.captures += [Capture("20170215000000", world.url, body=WALL)]
    world.second.captures += [Capture("20170216000000", world.url, body=STORY)]
    world.run(f"[{TITLE}]({world.url})")

    (row,) = world.rows
    assert days(row) == [("second", "2017-02-16", True), ("wayback", "2017-02-15", False)]
    assert [(one.archive, one.answer) for one in row.archives] == [
        ("second", ArchiveAnswer.FOUND),
        ("wayback", ArchiveAnswer.FOUND),
    ]
    assert row.mementos[0].uri_m in row.findings[0].next
    assert row.mementos[0].uri_m in world.links[0].findings[0].next
    assert [event.archive for event in world.events if isinstance(event, Consulting)] == ["Wayback Machine", "second"]


def test_what_no_capture_shows_is_not_proposed(world: World) -> None:
    world.archive.captures += [Capture("20170215000000", world.url, body=WALL)]
    world.run(f"[{TITLE}]({world.url})", archive_order=("wayback",), archives={"wayback": world.archive.endpoints})

    (row,) = world.rows
    assert row.rescues == ()
    assert row.findings[0].next == "Cite another source: of the captures that were found none shows what was cited."
    assert "wall" in (row.mementos[0].note or "")


def test_what_is_dead_and_was_never_archived_is_named(world: World) -> None:
    world.run(f"[{TITLE}]({world.url})")

    assert [finding.rule for finding in world.rows[0].findings] == ["dead", "never-archived"]
    assert world.rows[0].findings[1].evidence == {"archives": ["second", "wayback"]}


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.RATE_LIMIT, Fault.EXCLUDED])
def test_never_archived_is_not_said_where_an_archive_did_not_answer(world: World, fault: Fault) -> None:
    world.archive.faults.add(fault)
    world.run(f"[{TITLE}]({world.url})")

    assert [finding.rule for finding in world.rows[0].findings] == ["dead"]


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.EMPTY])
def test_whatever_an_archive_does_it_is_no_crash_and_never_not_archived(world: World, fault: Fault) -> None:
    world.archive.captures += [Capture("20170215000000", world.url, body=STORY)]
    world.archive.faults.add(fault)
    report = world.run(f"[{TITLE}]({world.url})", archives={"wayback": world.archive.endpoints}, timeout=2)

    (row,) = world.rows
    (archive,) = row.archives
    assert row.verdict.value == "dead"
    assert archive.answer is not ArchiveAnswer.NONE
    assert "never-archived" not in [finding.rule for finding in row.findings]
    assert archive.answer is ArchiveAnswer.FOUND or archive.reason
    assert all(one.validated is not None or one.note for one in row.mementos)
    assert report.run.notes == ()


def test_a_capture_that_lies_about_its_date_is_not_believed(world: World) -> None:
    world.archive.captures += [Capture("20170215000000", world.url, body=STORY)]
    world.archive.faults.add(Fault.WRONG_DATE)
    world.run(f"[{TITLE}]({world.url})", archives={"wayback": world.archive.endpoints})

    assert days(world.rows[0]) == [("wayback", "2017-02-15", False)]
    assert world.rows[0].mementos[0].note == "the archive shows the capture of 2014-02-16"


def test_until_when_it_answered_is_told(world: World) -> None:
    world.archive.captures += [
        Capture("20190302000000", world.url, body=STORY),
        Capture("20190611000000", world.url, 404, b"gone"),
    ]
    world.run(f"[{TITLE}]({world.url})")

    said = "answered until between 2019-03-02 and 2019-06-11"
    assert world.rows[0].findings[0].message.endswith(said)
    assert world.links[0].findings[0].message.endswith(said)
    assert world.rows[0].findings[0].evidence["first_bad"] == "2019-06-11T00:00:00Z"


# Captures that failed are strikes


LONG_GONE = ("20190302000000", "20200611000000")


@pytest.fixture
def unreachable(tmp_path: Path) -> Iterator[World]:
    """Give a link of which nothing is to be had today, and captures of which the last ones failed."""
    with staged({"a.org/mayor-promises-bridge": Page(503)}) as web, serving([]) as archive, serving([]) as second:
        world = World(tmp_path, web, archive, second)
        archive.captures += [Capture("20170215000000", world.url, body=STORY)]
        archive.captures += [Capture(at, world.url, 404, b"gone") for at in LONG_GONE]
        yield world


def test_what_is_out_of_reach_is_dead_if_its_captures_have_failed_for_long(unreachable: World) -> None:
    report = unreachable.run(f"[{TITLE}]({unreachable.url})")

    for row in (*unreachable.links, *unreachable.rows):
        finding = row.findings[0]
        assert (row.verdict.value, row.reason.code.value, row.standing) == ("dead", "strikes", "new")
        assert (finding.rule, finding.severity.value, finding.confidence.value) == ("dead", "error", "medium")
        assert "its captures had failed, too, from 2019-03-02 to 2020-06-11" in finding.message
        assert finding.evidence["captures"] == ["2019-03-02T00:00:00Z", "2020-06-11T00:00:00Z"]
    assert (report.summary.link_verdicts, report.summary.reference_verdicts) == ({"dead": 1}, {"dead": 1})
    assert days(unreachable.rows[0])[0] == ("wayback", "2017-02-15", True)


def test_so_it_stays_when_no_archive_is_asked_and_it_comes_to_be_sure(unreachable: World) -> None:
    text = f"[{TITLE}]({unreachable.url})"
    unreachable.run(text)
    told = []
    for after in (7, 14):
        unreachable.run(text, days=after, archive=False)
        (link,) = unreachable.links
        told.append((link.verdict.value, link.standing, link.findings[0].confidence.value))

    assert told == [("dead", "persisting", "medium"), ("dead", "confirmed", "high")]


def test_so_it_is_without_a_history_but_without_a_standing(unreachable: World) -> None:
    with closing(Journal(None)) as journal:
        unreachable.run(f"[{TITLE}]({unreachable.url})", journal=journal)

    assert [(row.verdict.value, row.standing) for row in unreachable.links] == [("dead", None)]


@pytest.mark.parametrize(
    ("captures", "status", "verdict"),
    [
        ((("20190302000000", 404), ("20190415000000", 404)), 503, "unreachable"),
        ((("20190302000000", 403), ("20200611000000", 429)), 503, "unreachable"),
        ((("20190302000000", 404), ("20200611000000", 404), ("20210101000000", 200)), 503, "unreachable"),
        ((("20190302000000", 503), ("20200611000000", 404)), 503, "dead"),
        ((("20190302000000", 404), ("20200611000000", 404)), 200, "alive"),
        ((("20190302000000", 404), ("20200611000000", 404)), 403, "blocked"),
    ],
)
def test_only_long_failure_counts_and_never_against_an_answer(
    tmp_path: Path, captures: tuple[tuple[str, int], ...], status: int, verdict: str
) -> None:
    page = Page(status, STORY.decode())
    with staged({"a.org/mayor-promises-bridge": page}) as web, serving([]) as archive, serving([]) as second:
        world = World(tmp_path, web, archive, second)
        archive.captures += [Capture(at, world.url, code, STORY) for at, code in captures]
        world.run(f"Source: <{world.url}>")

    assert [row.verdict.value for row in world.links] == [verdict]


def test_what_has_answered_here_is_not_buried_by_old_captures(tmp_path: Path) -> None:
    pages = {"a.org/mayor-promises-bridge": Page(200, STORY.decode())}
    with staged(pages) as web, serving([]) as archive, serving([]) as second:
        world = World(tmp_path, web, archive, second)
        archive.captures += [Capture(at, world.url, 404, b"gone") for at in LONG_GONE]
        world.run(f"[{TITLE}]({world.url})")
        pages["a.org/mayor-promises-bridge"] = Page(503)
        world.run(f"[{TITLE}]({world.url})", days=7)

    assert [row.verdict.value for row in world.links] == ["unreachable"]


# Answers are kept


def test_a_proven_capture_is_not_asked_for_again_for_thirty_days(world: World) -> None:
    world.archive.captures += [Capture("20170215000000", world.url, body=STORY)]
    asked = []
    for after in (0, 29, 31):
        world.run(f"[{TITLE}]({world.url})", days=after)
        asked.append(world.looked_up())
        assert days(world.rows[0])[0] == ("wayback", "2017-02-15", True)

    assert asked == [1, 1, 2]


def test_nothing_is_asked_for_again_after_a_day(world: World) -> None:
    asked = []
    for after in (0, 0.9, 1.1):
        world.run(f"[{TITLE}]({world.url})", days=after)
        asked.append(world.looked_up())

    assert asked == [1, 1, 2]


def test_another_day_is_another_question(world: World) -> None:
    world.archive.captures += [Capture("20170215000000", world.url, body=STORY)]
    world.run(f"[{TITLE}]({world.url})")
    world.run(f"[{TITLE}]({world.url}). Retrieved 3 June 2023.", days=0.01)

    assert world.looked_up() == 2


def test_a_failure_is_asked_about_again_at_once(world: World) -> None:
    world.archive.faults.add(Fault.ERROR)
    world.run(f"[{TITLE}]({world.url})", archives={"wayback": world.archive.endpoints})
    assert world.rows[0].archives[0].answer is ArchiveAnswer.FAILED
    world.archive.faults.clear()
    world.archive.captures += [Capture("20170215000000", world.url, body=STORY)]
    world.run(f"[{TITLE}]({world.url})", archives={"wayback": world.archive.endpoints}, days=0.01)

    assert days(world.rows[0])[0] == ("wayback", "2017-02-15", True)


def test_the_next_run_begins_where_the_budget_ended(world: World) -> None:
    urls = [world.web.url(f"a.org/story-{number}") for number in range(3)]
    text = " ".join(f"[{TITLE}]({url})" for url in urls)
    only = {"wayback": world.archive.endpoints}
    world.archive.faults.add(Fault.RATE_LIMIT)
    world.run(f"[{TITLE}]({urls[2]})", archives=only)
    assert world.rows[0].archives[0].answer is ArchiveAnswer.NOT_ASKED
    world.archive.faults.clear()
    world.archive.asked.clear()
    world.run(text, archives=only, days=0.01)

    order = [one for one in world.archive.asked if "/cdx/" in one]
    assert [number for one in order for number in range(3) if f"story-{number}&" in one] == [2, 0, 1]


# Archived copies


def copy_of(url: str, timestamp: str = "20170215000000") -> str:
    return f"http://web.archive.org/web/{timestamp}/{url}"


@pytest.fixture
def copies(world: World) -> World:
    world.archive.captures += [
        Capture("20170215000000", world.url, body=STORY),
        Capture("20180215000000", world.url, body=WALL),
        Capture("20180301000000", world.url, body=STORY),
    ]
    return world


def in_its_own_name(world: World) -> dict[str, dict[str, str]]:
    """Give the archive's endpoints under the name that copies carry."""
    base = world.archive.base
    return {
        "wayback": {name: url.replace(base, "http://web.archive.org") for name, url in world.archive.endpoints.items()}
    }


def test_the_original_of_a_cited_copy_is_checked_too(copies: World) -> None:
    copies.run(f"[{TITLE}]({copy_of(copies.url)})", archives=in_its_own_name(copies))

    assert [(link.url, link.verdict.value) for link in copies.links] == [
        (copy_of(copies.url), "alive"),
        (copies.url, "dead"),
    ]
    assert days(copies.rows[0])[0] == ("wayback", "2017-02-15", True)
    assert copies.rows[0].mementos[0].target_basis == "the instant of the archived copy that is cited"
    assert copies.rows[0].findings == ()


def test_an_original_that_is_not_wanted_is_not_asked(copies: World) -> None:
    copies.run(f"[{TITLE}]({copy_of(copies.url)})", archives=in_its_own_name(copies), exclude=("^http://a.org",))

    assert len(copies.links) == 1
    assert copies.web.asked == []


def test_a_copy_that_shows_a_wall_is_named_with_a_better_one(copies: World) -> None:
    copies.run(f"[{TITLE}]({copy_of(copies.url, '20180215000000')})", archives=in_its_own_name(copies))

    (finding,) = (one for one in copies.rows[0].findings if one.rule == "wrong-copy")
    assert finding.message.startswith("the archived copy is a wall")
    assert f"/web/20180301000000/{copies.url}" in finding.next


def test_an_original_that_answers_again_is_a_note(tmp_path: Path) -> None:
    page = Page(body=STORY.decode())
    with staged({"a.org/mayor-promises-bridge": page}) as web, serving([]) as archive, serving([]) as second:
        world = World(tmp_path, web, archive, second)
        world.archive.captures += [Capture("20170215000000", world.url, body=STORY)]
        world.run(f"[{TITLE}]({copy_of(world.url)})", archives=in_its_own_name(world))

    assert [(one.rule, one.severity.value) for one in world.rows[0].findings] == [("original-alive", "note")]


def test_without_a_network_nobody_is_said_to_have_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def silence(host: str) -> Failure:
        return Failure(FailureKind.DNS_TEMPORARY, f"no name server knows {host}")

    monkeypatch.setattr("linkcheck.fetch.nameservers.asking", lambda *_, **__: silence)
    original = "http://paper.org/2017/02/14/the-mayor-promises-a-bridge"
    related = "Related article: [A Bridge Was Promised Before, and Never Built](#)"
    report = world.run(
        f"# {TITLE}\n\n{related}\n\nOriginal url: <{original}>\n",
        archives={},
        archive_order=("wayback", "arquivo"),
        resolve=(),
    )

    placeholder, itself = world.rows
    assert not report.run.complete
    assert [row.answer for row in itself.archives] == [ArchiveAnswer.NOT_ASKED] * 2
    assert placeholder.findings[0].next.startswith("Run again: the original could not be read")
    (found,) = [one for row in world.documents for one in row.findings if one.rule == "original-unreachable"]
    assert "not every archive has answered" in found.message


@pytest.mark.parametrize("budget", [1, 2, 3])
def test_what_may_have_changed_does_not_spend_what_lost_links_need(world: World, budget: int) -> None:
    """The budget is told in quarters of an hour, so that no machine is too slow for it."""
    quarter = 900.0
    world.slowness = quarter / 4
    there = [f"a.org/story-{number}" for number in range(12)]
    body = f"<title>x</title><main><h1>Story</h1><p>{'The mayor has said so. ' * 20}</main>"
    with staged({place: Page(200, body) for place in there}) as web:
        gone = web.url("a.org/mayor-promises-bridge")
        urls = [web.url(place) for place in there]
        world.archive.captures += [Capture("20170215000000", url, body=body.encode()) for url in urls]
        world.archive.captures += [Capture("20170215000000", gone, body=STORY)]
        text = "".join(f"<{url}>\n\n" for url in urls)
        more = {"deep": True, "resolve": (f"a.org:{web.port}:127.0.0.1",), "archive_budget": budget * quarter}
        world.run(f"{text}[{TITLE}]({gone})\n", **more)

    lost = world.rows[-1]
    assert lost.verdict is Verdict.DEAD
    assert lost.mementos[0].datetime[:10] == "2017-02-15"
    asked = [one for one in world.archive.asked if "story-" in one]
    assert any("mayor-promises" in one for one in world.archive.asked)
    assert len({one.rpartition("story-")[2] for one in asked}) < len(there)


def answers_of(world: World, urls: list[str]) -> list[ArchiveAnswer]:
    """Return what the first archive answered of each URL."""
    return [one.answer for row in world.rows if row.raw in urls for one in row.archives if one.archive == "wayback"]


def test_a_run_with_more_time_goes_on_where_the_last_one_had_to_stop(world: World) -> None:
    """What an archive has answered is remembered, so that the second run asks for the rest alone."""
    world.slowness = 1.0
    urls = [f"{world.url}-{number}" for number in range(8)]
    world.archive.captures += [Capture("20170215000000", url, body=STORY) for url in urls]
    text = "".join(f"[{TITLE}]({url})\n\n" for url in urls)

    world.run(text, archive_budget=9)
    first = answers_of(world, urls)
    world.archive.asked.clear()
    world.run(text, archive_budget=600, days=1)

    assert 0 < first.count(ArchiveAnswer.FOUND) < len(urls)
    assert answers_of(world, urls) == [ArchiveAnswer.FOUND] * len(urls)
    assert world.looked_up() <= first.count(ArchiveAnswer.NOT_ASKED) + 1  # one may have been found and not proven


def test_the_time_for_archives_goes_to_lost_targets_before_captures_of_lost_links(world: World) -> None:
    world.slowness = 1.0
    original = world.web.url("a.org/2017/02/14/minister-resigns-over-secret-talks")
    told = "The minister has resigned after it became known that he had spoken in secret with the ambassador. "
    page = f"<h1>Minister Resigns</h1><p>{told * 3}<p>He wrote <a href='/2017/letter#two'>a letter to the party</a>."
    gone = [f"{world.url}-{number}" for number in range(40)]
    world.archive.captures += [Capture("20170215000000", url, body=STORY) for url in gone]
    world.archive.captures += [Capture("20170215000000", original, body=f"<title>x</title>{page}".encode())]
    cited = "".join(f"[{TITLE}]({url})\n\n" for url in gone)

    lost_link = "He wrote [a letter to the party](#)."
    world.run(
        f"# Minister Resigns\n\n{cited}{told * 3}\n\n{lost_link}\n\nOriginal url: <{original}>\n", archive_budget=15
    )

    (lost,) = [row for row in world.rows if row.raw == "#"]
    assert [one.url for one in lost.rescues] == [world.web.url("a.org/2017/letter#two")]
    assert 0 < answers_of(world, gone).count(ArchiveAnswer.NOT_ASKED) < len(gone)


def test_a_lost_target_that_there_was_no_time_for_is_not_left_to_the_person(world: World) -> None:
    original = world.web.url("a.org/2017/02/14/minister-resigns-over-secret-talks")
    world.archive.captures += [Capture("20170215000000", original, body=STORY)]

    world.run(f"# Minister Resigns\n\nHe wrote [a letter](#).\n\nOriginal url: <{original}>\n", archive_budget=0)

    (lost,) = [row for row in world.rows if row.raw == "#"]
    assert lost.findings[0].next.startswith("Run again")
