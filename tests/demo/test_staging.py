"""The world as a table: what is staged, what a run says of it, and that the two agree."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import anyio
import pytest
from msgspec import structs

from linkcheck import pipeline
from linkcheck.clock import Clock
from linkcheck.demo import WORLD, Fault, Page, Truth, World, differences, staged
from linkcheck.demo.world import LEFT_OUT, ORIGINAL, SAID_THEN, TRUTHS
from linkcheck.model import ArchiveAnswer, ReferenceRow, Verdict
from linkcheck.registry import load
from linkcheck.render.api import Style
from linkcheck.store import Journal, StoredReport

NOON = Clock(now=lambda: datetime(2026, 11, 24, 12, tzinfo=UTC))
"""The archive is asked no faster than it wishes, so that the stopwatch must go on."""
GOLDEN = Path(__file__).parent / "goldens" / "report.txt"


async def checked(world: World, journal: Journal, clock: Clock = NOON, **more: Any) -> tuple[StoredReport, list[str]]:
    """Run the whole line in a world; give the report, and what was asked of the staged hosts."""
    async with staged(world) as demo:
        job = pipeline.Job(config=demo.config(**more), directory=demo.directory, journal=journal, clock=clock)
        return (await pipeline.run(job)).report, demo.server.asked


def rows_in(world: World, **more: Any) -> dict[str, ReferenceRow]:
    async def run() -> list[ReferenceRow]:
        with closing(Journal(None)) as journal:
            report, _ = await checked(world, journal, Clock(), **more)
            return list(report.references())

    return {row.text: row for row in anyio.run(run)}


@pytest.fixture(scope="module")
def journal() -> Iterator[Journal]:
    with closing(Journal(None)) as journal:
        yield journal


@pytest.fixture(scope="module")
def run(journal: Journal) -> tuple[StoredReport, list[str]]:
    return anyio.run(checked, WORLD, journal)


@pytest.fixture(scope="module")
def references(run: tuple[StoredReport, list[str]]) -> list[dict[str, Any]]:
    """Give the references of the JSON report."""
    out = StringIO()
    load("render", "json").render(run[0], out, Style())
    rows: list[dict[str, Any]] = json.loads(out.getvalue())["references"]
    return rows


def test_all_that_is_found_is_counted(run: tuple[StoredReport, list[str]]) -> None:
    report = run[0]
    found = Counter(
        one.severity.value for place in (*report.documents(), *report.references()) for one in place.findings
    )

    assert report.summary.findings == found
    assert {one.rule for document in report.documents() for one in document.findings}, "said once all has been asked"


def test_the_text_report_is_as_approved(run: tuple[StoredReport, list[str]]) -> None:
    out = StringIO()
    load("render", "text").render(run[0], out, Style(report_path="reports/demo/report.md"))
    shown = re.sub(r"(?<=requests in )[0-9.]+ m?s", "0 ms", out.getvalue())
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDEN.write_text(shown, encoding="utf-8")

    assert shown == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("position", range(len(TRUTHS)), ids=[truth.about for truth in TRUTHS])
def test_every_reference_is_judged_as_staged(references: list[dict[str, Any]], position: int) -> None:
    row, truth = references[position], TRUTHS[position]
    rules = [finding["rule"] for finding in row["findings"]]
    captures = ["".join(filter(str.isdigit, memento["datetime"])) for memento in row["mementos"]]

    assert (row["text"], row["verdict"]) == (truth.text, truth.verdict)
    assert captures[:1] == ([truth.memento] if truth.memento else [])
    has_own = truth.verdict not in {Verdict.ALIVE, Verdict.SKIPPED}
    assert sorted(rules) == sorted([*truth.rules, *([truth.verdict.value] if has_own else [])])


def test_nothing_else_is_in_the_article(references: list[dict[str, Any]]) -> None:
    assert len(references) == len(TRUTHS)


def test_the_run_is_complete_and_asks_each_thing_once_or_twice(run: tuple[StoredReport, list[str]]) -> None:
    report, asked = run

    assert report.run.complete
    assert all(asked.count(one) <= 2 for one in asked)
    of_the_index = [one for one in asked if "wayback.example/cdx" in one]
    assert report.summary.archives["found"] <= len(of_the_index) <= 24
    assert sum("wayback.example" in one for one in asked) <= 24
    assert {one.partition("/")[0] for one in asked} <= set(WORLD.hosts)


def test_the_article_has_the_shape_of_the_real_ones(references: list[dict[str, Any]]) -> None:
    roles = [row["role"] for row in references]

    assert WORLD.article.split("\n")[2] == "June 14, 2019"
    assert 300 <= len(WORLD.article.split()) <= 500
    assert (references[-1]["element"], references[-1]["role"], references[-1]["raw"]) == (
        "autolink",
        "original",
        ORIGINAL,
    )
    assert [(row["role"], row["raw"]) for row in references].count(("citation", "#")) == 1
    assert [(row["role"], row["raw"]) for row in references].count(("related", "#")) == 5
    assert [(row["role"], row["raw"]) for row in references].count(("related", ORIGINAL)) == 1
    assert roles.count("image") == 1


def test_the_capture_of_the_original_shows_the_article_with_the_targets_that_it_has_lost() -> None:
    page = next(one.body.decode() for one in WORLD.captures if one.url == ORIGINAL)
    lost = [truth for truth in TRUTHS if truth.was and truth.is_in_original]
    added = [truth for truth in TRUTHS if not truth.is_in_original]

    assert {truth.verdict for truth in lost} == {Verdict.PLACEHOLDER, Verdict.DEAD}
    for truth in lost:
        assert f'<a href="{truth.was}">{truth.text}</a>' in page
        assert truth.was in WORLD.pages or truth.was_capture, "what was lost is still somewhere"
    assert len(added) == 3
    assert not any(truth.text in page for truth in added)
    assert 'href="#"' not in page
    assert ORIGINAL not in page


def test_what_was_lost_is_recovered_and_what_is_in_doubt_is_left_to_a_person(
    run: tuple[StoredReport, list[str]], references: list[dict[str, Any]]
) -> None:
    links = {link.url: link for link in run[0].links()}

    for row, truth in zip(references, TRUTHS, strict=True):
        recovered = [one for one in row["rescues"] if one["kind"] == "recovered"]
        sure = [one["url"] for one in recovered if one["confidence"] >= 0.9]
        assert sure == ([truth.was] if truth.was else [])
        assert {one["url"] for one in recovered if one["confidence"] < 0.9} == set(truth.candidates)
        assert all(one["url"] in links and links[one["url"]].check for one in recovered)
        gone = {url: links[url].verdict for url in sure if links[url].verdict is not Verdict.ALIVE}
        assert gone == ({truth.was: Verdict.DEAD} if truth.was_capture else {})


def test_the_copy_is_compared_with_its_original(run: tuple[StoredReport, list[str]]) -> None:
    (document,) = run[0].documents()
    rules = {finding.rule: finding for finding in document.findings}

    assert document.copy
    assert 0.98 < document.copy.share < 1
    assert [one.theirs for one in document.copy.missing] == [LEFT_OUT]
    assert [one.line for one in document.copy.altered] == [13]
    assert "{+only just+}" in document.copy.altered[0].words
    assert not document.copy.added
    assert set(rules) == {"copy-differs", "quote-altered"}
    assert SAID_THEN in rules["quote-altered"].next


def test_every_host_belongs_to_nobody() -> None:
    addresses = [*WORLD.pages, *(one.url for one in WORLD.captures), f"http://{WORLD.archive}/"]

    assert {(urlsplit(url).hostname or "").rpartition(".")[2] for url in addresses} == {"example", "invalid"}
    assert {host.rpartition(".")[2] for host in WORLD.refusing} == {"example"}


def test_a_new_page_is_one_entry() -> None:
    pages = {**WORLD.pages, ORIGINAL: Page(body=b"<title>Back again</title><h1>Back again</h1>")}

    assert rows_in(structs.replace(WORLD, pages=pages))[ORIGINAL].verdict is Verdict.ALIVE


def test_a_slow_page_is_unreachable_and_never_dead() -> None:
    slow = structs.replace(WORLD.pages["http://tides.example/*"], delay=3600)
    world = structs.replace(WORLD, pages={**WORLD.pages, "http://tides.example/*": slow})

    row = rows_in(world, timeout=2, archive=False)["tide tables of that month"]

    assert row.verdict is Verdict.UNREACHABLE


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        (Fault.EXCLUDED, ArchiveAnswer.FAILED),
        (Fault.ERROR, ArchiveAnswer.FAILED),
        (Fault.EMPTY, ArchiveAnswer.NONE),
        (Fault.NO_INDEX, ArchiveAnswer.FOUND),
        (Fault.GZIP, ArchiveAnswer.FOUND),
    ],
)
def test_a_fault_of_the_archive_is_one_entry(fault: Fault, answer: ArchiveAnswer) -> None:
    world = structs.replace(WORLD, faults=frozenset({fault}))

    original = rows_in(world, archive_budget=30)[ORIGINAL]  # less than the minute that a 503 is worth waiting for

    assert [one.answer for one in original.archives] == [answer]
    assert original.verdict is Verdict.DEAD


def test_what_is_judged_otherwise_is_said_with_what_was_staged(run: tuple[StoredReport, list[str]]) -> None:
    report, _ = run
    first, second, *rest = TRUTHS
    doubted = (
        structs.replace(first, verdict=Verdict.DEAD, memento="20190101000000"),
        structs.replace(second, rules=()),
        *rest,
        Truth(text="one more", about="never written", verdict=Verdict.ALIVE),
    )

    assert differences(report, TRUTHS) == ()
    assert differences(report, doubted) == (
        f'line 7, "{first.text}" ({first.about}): verdict should be dead, and is alive',
        f'line 7, "{first.text}" ({first.about}): capture should be 20190101000000, and is none',
        f'line 10, "{second.text}" ({second.about}): findings should be none, and is missing-fragment',
        '"one more" (never written): was not found in the article',
    )
    assert differences(report, TRUTHS[:-1]) == (f'line 53, "{ORIGINAL}": was not staged',)
