"""Several runs over days, as a user has them: where links stand, what counts, what is asked again."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from linkcheck.clock import Clock
from tests.cli.conftest import Result, Run
from tests.cli.days import Days
from tests.web import Page, StagedWeb, staged


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Days:
    return Days(monkeypatch)


class Site:
    """A document, the web that it cites, and linkcheck run over it."""

    def __init__(self, run: Run, web: StagedWeb, pages: dict[str, Page]) -> None:
        self.run, self.web, self.pages = run, web, pages

    def write(self, *paths: str, name: str = "x.md") -> None:
        Path(name).write_text("\n\n".join(f"[{path}]({self.web.url(f'a.org/{path}')})" for path in paths))

    def check(self, *options: str, source: str = "x.md") -> Result:
        self.web.asked.clear()
        return self.run(source, "--no-archive", "--retries", "0", *self.web.options("a.org"), *options)

    def stands(self, *options: str) -> list[str]:
        """Give verdict and standing of each link."""
        rows = self.check("--format", "json", *options).report["links"]
        return [f"{row['verdict']} {_standing(row)}".rstrip() for row in rows]


def _standing(row: dict[str, object]) -> str:
    if row["standing"] == "persisting" and row["strikes_of"]:
        return f"persisting {row['strikes']}/{row['strikes_of']}"
    return str(row["standing"] or "")


@pytest.fixture
def site(run: Run) -> Iterator[Site]:
    pages: dict[str, Page] = {"a.org/": Page(), "a.org/b": Page()}
    with staged(pages) as web:
        yield Site(run, web, pages)


def test_a_link_is_new_then_persisting_then_confirmed_then_recovered_then_steady(site: Site, days: Days) -> None:
    site.write("", "gone")
    seen = []
    for step in range(5):
        if step == 3:
            site.pages["a.org/gone"] = Page()
        seen.append(site.stands())
        days.pass_by(1)

    assert seen == [
        ["alive steady", "dead new"],
        ["alive steady", "dead persisting 2/3"],
        ["alive steady", "dead confirmed"],
        ["alive steady", "alive recovered"],
        ["alive steady", "alive steady"],
    ]


def test_what_cannot_be_reached_is_dead_after_three_strikes(site: Site, days: Days) -> None:
    site.write("", "b")
    site.check()
    site.pages["a.org/b"] = Page(503)
    seen = []
    for _ in range(4):
        days.pass_by(3)
        seen.append(site.stands()[1])

    assert seen == ["unreachable new", "unreachable persisting 2/3", "dead confirmed", "dead confirmed"]
    text = " ".join(site.check().out.split())
    assert "503 Service Unavailable: trouble on their side; checked on 2026-03-14; so it was at 4 checks" in text
    assert "stands confirmed, since 2026-03-05" in text


def test_a_host_outage_counts_no_strike(site: Site, days: Days) -> None:
    for path in "cde":
        site.pages[f"a.org/{path}"] = Page(503)
    site.write("c", "d", "e")
    for _ in range(3):
        assert all(row.startswith("unreachable") for row in site.stands())
        days.pass_by(7)

    for path in "cde":
        site.pages[f"a.org/{path}"] = Page()
    assert site.stands() == ["alive recovered"] * 3


def test_a_host_that_stays_away_is_no_outage_any_more(site: Site, days: Days) -> None:
    for path in "cde":
        site.pages[f"a.org/{path}"] = Page(503)
    site.write("c", "d", "e")
    seen = []
    for _ in range(6):
        seen.append(site.stands())
        days.pass_by(7)

    assert all(len(set(row)) == 1 for row in seen)
    assert [row[0] for row in seen] == [
        "unreachable new",
        "unreachable persisting",
        "unreachable persisting",
        "unreachable persisting 1/3",
        "unreachable persisting 2/3",
        "dead confirmed",
    ]


def test_there_is_no_standing_without_a_history(site: Site) -> None:
    site.write("", "gone")

    assert site.stands("--no-store") == ["alive", "dead"]
    assert "stands" not in site.check("--no-store", "-v").out


@pytest.mark.parametrize(
    ("when", "codes"),
    [("any", [1, 1, 1, 1]), ("new", [1, 0, 0, 0]), ("confirmed", [0, 0, 1, 1])],
)
def test_only_what_is_new_or_confirmed_fails_the_run(site: Site, days: Days, when: str, codes: list[int]) -> None:
    site.write("", "gone")
    seen = []
    for _ in range(4):
        seen.append(site.check("--fail-when", when).code)
        days.pass_by(1)

    assert seen == codes


def test_a_new_reference_to_a_dead_link_is_new(site: Site, days: Days) -> None:
    site.write("gone")
    site.check()
    days.pass_by(1)
    assert site.check("--fail-when", "new").code == 0

    site.write("gone", "", "gone")

    days.pass_by(1)
    assert site.check("--fail-when", "new").code == 1


def test_what_is_sure_at_once_is_confirmed_at_once(site: Site) -> None:
    Path("y.md").write_text("[lost](#) [gone](none.md)")

    assert site.check("--fail-when", "confirmed", source="y.md").code == 1


def test_what_is_wrong_in_the_document_itself_is_new_once(site: Site) -> None:
    Path("y.md").write_text("See [text][label].")
    options = ("--fail-when", "new", "--fail-on", "undefined-reference")

    assert [site.check(*options, source="y.md").code for _ in range(2)] == [1, 0]


def test_two_fragments_of_a_page_have_names_of_their_own(site: Site) -> None:
    site.write("#one", "#two", "#one")
    names = [row["fingerprint"] for row in site.check("--format", "json").report["references"]]
    site.write("#zero", "#two", "#one")
    later = [row["fingerprint"] for row in site.check("--format", "json").report["references"]]

    assert len(set(names)) == 3
    assert later[1] == names[1]
    assert later[2] == names[0]


def test_a_second_run_within_the_interval_asks_nothing_and_says_so(site: Site, days: Days) -> None:
    site.write("", "gone")
    first = site.check("--format", "json").report
    days.pass_by(0.1)
    again = site.check()

    assert site.web.asked == []
    assert "2 links were not asked: checked before, and not due yet (--fresh asks all)" in again.out
    assert "asked twice; checked on 2026-03-02" in again.out
    assert "0 requests" in again.out
    later = site.check("--format", "json").report
    assert [row["check"] for row in later["links"]] == [row["check"] for row in first["links"]]

    assert site.check("--fresh").code == 1
    assert len(site.web.asked) == 3


def test_what_fails_is_asked_again_before_what_is_fine(site: Site, days: Days) -> None:
    site.write("", "gone")
    site.check()
    days.pass_by(0.55)
    site.check()

    assert set(site.web.asked) == {"a.org/gone"}  # once, or twice where it is the same day still


def test_a_fragment_that_nobody_has_sought_is_a_reason_to_ask(site: Site) -> None:
    site.write("")
    site.check()
    site.write("", "#somewhere")
    site.check()

    assert site.web.asked == ["a.org/"]


def test_a_run_that_introduces_itself_otherwise_asks_itself(site: Site) -> None:
    site.write("")
    site.check()
    site.check("--user-agent", "another")

    assert site.web.asked == ["a.org/"]


def test_offline_shows_what_was_known(site: Site, days: Days) -> None:
    site.write("", "gone", "unknown")
    site.check("--exclude", "unknown")
    days.pass_by(5)
    text = site.check("--offline")

    assert "stands  dead when last checked, on 2026-03-02" in text.out
    assert (text.code, site.web.asked) == (0, [])
    rows = site.check("--offline", "--format", "json").report["links"]
    assert [row["verdict"] for row in rows] == ["skipped"] * 3
    assert [row["last_known"] and row["last_known"]["verdict"] for row in rows] == ["alive", "dead", None]


def test_history_tells_each_check_and_what_changed(site: Site, days: Days) -> None:
    site.write("b")
    for status in (200, 404, 404, 200):
        site.pages["a.org/b"] = Page(status)
        site.check()
        days.pass_by(1)

    told = site.run("history", site.web.url("a.org/b"))

    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[0] == site.web.url("a.org/b")
    assert lines[1] == "4 checks since 2026-03-02; at the last one it was alive, recovered since"
    assert "(new) - it was alive: 200 OK" in " ".join(told.out.split())
    assert "cited in x.md:1:1" in told.out
    checks = json.loads(site.run("history", site.web.url("a.org/b"), "--format", "json").out)["checks"]
    assert [one["judgement"]["verdict"] for one in checks] == ["alive", "dead", "dead", "alive"]


def test_history_of_what_was_never_checked(site: Site) -> None:
    assert site.run("history", "https://a.org/").code == 2
    site.write("")
    site.check()

    told = site.run("history", "https://other.org/")

    assert told.code == 2
    assert "was never checked" in told.err
    assert "is no URL" in site.run("history", "nothing").err


def test_whoever_looks_back_hears_that_the_history_was_damaged(site: Site, run: Run) -> None:
    site.write("")
    site.check("--store", "h.sqlite")
    content = Path("h.sqlite").read_bytes()
    Path("h.sqlite").write_bytes(content[:100] + b"\0" * (len(content) - 100))

    looked = run("runs", "--store", "h.sqlite")

    assert "h.sqlite: was damaged; it is kept as h.sqlite.damaged-1, and a new one begun" in looked.err
    assert Path("h.sqlite.damaged-1").is_file()


def test_runs_are_listed(site: Site, days: Days) -> None:
    site.write("", "gone")
    site.check()
    days.pass_by(1)
    site.check()

    told = site.run("runs")

    assert [line.split("  ")[1] for line in told.out.splitlines()] == ["2026-03-03 12:00Z", "2026-03-02 12:00Z"]
    assert "1 document, 2 links: 1 alive, 1 dead" in told.out


def test_a_page_that_is_as_it_was_is_not_read_again(site: Site, days: Days) -> None:
    page = Page(body="<title>Here</title><h1 id=top>Here</h1><p>Words.", headers={"etag": '"v1"'})
    site.pages["a.org/b"] = page
    site.write("b#top")
    first = site.check("--format", "json").report["links"][0]
    days.pass_by(2)
    second = site.check("--format", "json").report["links"][0]
    days.pass_by(2)
    third = site.check("--format", "json").report["links"][0]
    days.pass_by(2)
    fresh = site.check("--fresh", "--format", "json").report["links"][0]
    days.pass_by(2)
    site.pages["a.org/b"] = page._replace(body="<title>Other</title>", headers={"etag": '"v2"'})
    changed = site.check("--format", "json").report["links"][0]

    assert [one["check"]["unchanged"] for one in (first, second, third, fresh, changed)] == [0, 1, 1, 0, 0]
    assert [one["check"]["hops"][0]["status"] for one in (first, second, third)] == [200, 304, 304]
    assert second["check"]["facts"] == first["check"]["facts"]
    assert second["reason"]["text"] == "200 OK, unchanged (304)"
    assert [one["verdict"] for one in (first, second, third, changed)] == ["alive"] * 4
    assert changed["check"]["title"] == "Other"
    assert second["check"]["fragments"] == first["check"]["fragments"]


def test_a_persons_word_holds_as_long_as_the_answer_is_the_same(site: Site, days: Days) -> None:
    site.pages["a.org/b"] = Page(403)
    site.write("b")
    assert site.stands() == ["blocked new"]
    said = site.run("mark", site.web.url("a.org/b"), "alive", "--note", "opened it")
    assert "alive by a person as long as it answers as it did" in said.err
    assert site.stands("--fresh") == ["alive recovered"]
    marked = " ".join(site.check("-v").out.split())
    assert "seen alive by a person on 20" in marked
    assert ": opened it" in marked
    assert "a person has seen it alive: opened it" in site.run("history", site.web.url("a.org/b")).out

    site.pages["a.org/b"] = Page(404)
    days.pass_by(1)
    assert site.stands("--fresh") == ["dead new"]


def test_a_persons_word_lapses_when_its_day_comes(site: Site, days: Days) -> None:
    days.now = datetime.now(UTC)
    until = (days.now + timedelta(days=3)).date().isoformat()
    site.pages["a.org/b"] = Page(403)
    site.write("b")
    site.run("mark", site.web.url("a.org/b"), "alive", "--until", until)

    seen = []
    for _ in range(4):
        seen.append(site.stands("--fresh")[0].split()[0])
        days.pass_by(1)

    assert seen == ["alive", "alive", "alive", "blocked"]


def test_a_mark_can_be_taken_back(site: Site) -> None:
    site.pages["a.org/b"] = Page(403)
    site.write("b")
    for verdict in ("alive", "none"):
        site.run("mark", site.web.url("a.org/b"), verdict)

    assert site.stands() == ["blocked new"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nothing", "alive"), "is no web address"),
        (("https://a.org/", "alive", "--until", "soon"), "is no date"),
        (("https://a.org/", "alive", "--until", "2020-01-01"), "has come already"),
        (("https://a.org/", "perhaps"), "perhaps"),
    ],
)
def test_a_mark_that_means_nothing_is_refused(site: Site, arguments: tuple[str, ...], says: str) -> None:
    told = site.run("mark", *arguments)

    assert told.code == 2
    assert says in told.err


def decline(site: Site, days: Days) -> None:
    """Let three links of four die, one a week."""
    for path in "cde":
        site.pages[f"a.org/{path}"] = Page()
    site.write("", "c", "d", "e")
    for path in (None, "c", "d", "e", None):
        if path:
            site.pages[f"a.org/{path}"] = Page(404)
        site.check("--fresh")
        days.pass_by(7)


def test_trends_show_how_links_fared(site: Site, days: Days) -> None:
    decline(site, days)
    text = site.run("trends").out.splitlines()

    assert text[0] == "Links by verdict, 5 runs"
    assert text[1] == f"2026-03-02  {'█' * 40}  4 alive"
    assert text[4] == f"2026-03-23  {'█' * 10}{'▓' * 30}  3 dead, 1 alive"
    assert "Median age at death: 14 days since the first check (3 links)" in text
    assert text[-1] == "  a.org  3 of 4 links"
    told = json.loads(site.run("trends", "--format", "json").out)
    assert (told["median_days_to_death"], told["deaths"]) == (14.0, 3)
    assert told["hosts"] == [{"host": "a.org", "lost": 3, "links": 4}]
    rows = list(csv.DictReader(site.run("trends", "--format", "csv").out.splitlines()))
    assert [int(row["dead"]) for row in rows] == [0, 1, 2, 3, 3]


def test_trends_keep_to_the_sources_that_were_checked_last(site: Site) -> None:
    assert site.run("trends").code == 2
    site.write("")
    site.check()
    Path("y.md").write_text("[no](none.md)")
    site.check(source="y.md")

    assert "1 run" in site.run("trends").out
    assert "2 runs" in site.run("trends", "--all").out


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_every_check_is_exported(site: Site, days: Days, kind: str) -> None:
    site.pages["a.org/c"] = Page(body="<title>=1+1</title>")
    site.write("", "c", "gone")
    for _ in range(2):
        site.check("--fresh")
        days.pass_by(1)

    told = site.run("export", "--format", kind, "-o", f"checks.{kind}")

    assert (told.code, told.out) == (0, "")
    match kind:
        case "csv":
            rows: list[dict[str, Any]] = list(csv.DictReader(Path("checks.csv").read_text().splitlines()))
            assert rows[1]["title"] == "'=1+1"
        case "jsonl":
            rows = [json.loads(line) for line in Path("checks.jsonl").read_text().splitlines()]
        case _:
            rows = parquet.read_table("checks.parquet").to_pylist()
    assert sorted(row["verdict"] for row in rows) == ["alive"] * 4 + ["dead"] * 2
    assert [str(row["status"]) for row in rows if row["verdict"] == "dead"] == ["404", "404"]
    assert [row["standing"] for row in rows if row["verdict"] == "dead"] == ["new", "persisting"]
    assert {row["host"] for row in rows} == {"a.org"}


def test_export_goes_to_stdout_where_it_is_text(site: Site) -> None:
    site.write("")
    site.check()

    assert site.run("export").out.splitlines()[0].startswith("run,url,host,at,verdict")
    assert "is no text" in site.run("export", "--format", "parquet").err


def test_what_a_person_has_seen_alive_fails_no_run_by_what_its_answer_looked_like(site: Site) -> None:
    site.pages["a.org/2017/02/story"] = Page(302, "", {"location": "/"})
    site.write("2017/02/story")
    assert site.check().code == 1

    site.run("mark", site.web.url("a.org/2017/02/story"), "alive")
    marked = site.check("--fresh", "--format", "json")

    assert marked.code == 0
    (row,) = marked.report["references"]
    told = [
        (one["rule"], one["severity"], one["next"]) for one in row["findings"] if one["rule"] == "homepage-redirect"
    ]
    assert (row["verdict"], told) == (
        "alive",
        [("homepage-redirect", "note", "Nothing: a person has looked.")],
    )


def test_standing_goes_on_in_a_history_that_is_pruned_each_day(
    site: Site, days: Days, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linkcheck.cli.prune.Clock", lambda: Clock(now=lambda: days.now))
    site.write("", "gone", "down")
    seen: dict[str, list[list[str]]] = {"whole": [], "pruned": []}
    told = []
    for step in range(6):
        site.pages["a.org/down"] = Page(503) if step < 4 else Page()
        for name, stands in seen.items():
            stands.append(site.stands("--store", f"{name}.sqlite"))
        days.pass_by(3)
        told.append(run("prune", "--keep-days", "2", "--store", "pruned.sqlite"))

    assert seen["pruned"] == seen["whole"]
    assert [stands[2] for stands in seen["whole"]] == [
        "unreachable new", "unreachable persisting 2/3", "dead confirmed", "dead confirmed",
        "alive recovered", "alive steady",
    ]  # fmt: skip
    assert "no run that is older than 2 days can go; 1 run stays" in told[0].err
    assert "1 run with " in told[1].err
    listed = run("runs", "--store", "pruned.sqlite").out.splitlines()
    assert ["pruned: " in line for line in listed] == [False, *[True] * 5]
    trends = [json.loads(run("trends", "--format", "json", "--store", f"{name}.sqlite").out) for name in seen]
    assert [len(one["runs"]) for one in trends] == [6, 6]
    url = site.web.url("a.org/down")
    past = [" ".join(run("history", url, "--store", f"{name}.sqlite").out.split()) for name in seen]
    assert ["there may have been more checks than are listed" in one for one in past] == [False, True]


def test_what_would_go_is_said_before(site: Site, days: Days, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.cli.prune.Clock", lambda: Clock(now=lambda: days.now))
    site.write("", "gone")
    for _ in range(3):
        site.check()
        days.pass_by(1)
    before = run("runs").out

    tried = run("prune", "--keep-days", "0.5", "--dry-run")

    assert tried.code == 0
    assert "2 runs with 5 checks would go; 1 run and 2 checks stay" in tried.err
    assert run("runs").out == before
    assert run("prune", "--keep-days", "-1").code == 2
    assert run("prune").code == 2
