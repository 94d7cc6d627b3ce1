"""A pruned history is smaller, and knows all the same what runs to come will ask of it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from linkcheck.errors import StoreError, UsageError
from linkcheck.judge import LinkOpinion
from linkcheck.model import (
    ArchiveAnswer,
    Check,
    DocumentRow,
    Finding,
    Judgement,
    Lookup,
    Mark,
    Reason,
    ReasonCode,
    Reference,
    RunInfo,
    Severity,
    Sighting,
    Span,
    Summary,
    Verdict,
)
from linkcheck.occurrences import Occurrences
from linkcheck.plan import Plan
from linkcheck.standing import remember, standing_of
from linkcheck.store import Database, Journal, Planned, Seen, StoredReport, report
from linkcheck.store.lookback import links_now, past_runs
from linkcheck.store.merging import merge
from linkcheck.store.plain import fingerprint_of, plain
from linkcheck.store.pruning import prune
from linkcheck.store.remembered import earlier_lookup, last_alive, left_before
from tests.store.test_recalled import night

URLS = tuple(f"https://a.org/{name}" for name in "abc")
SAID = {
    200: Judgement(Verdict.ALIVE, Reason(ReasonCode.ANSWERED, "200 OK")),
    503: Judgement(Verdict.UNREACHABLE, Reason(ReasonCode.SERVER_ERROR, "503")),
    404: Judgement(Verdict.DEAD, Reason(ReasonCode.HTTP_NOT_FOUND, "404 Not Found")),
}
UNASKED = Judgement(Verdict.SKIPPED, Reason(ReasonCode.NOT_ASKED, "not asked"))
CARRIED, WAITING = 0, 1


def at(day: int) -> str:
    return f"2026-{1 + day // 28:02d}-{1 + day % 28:02d}T12:00:00Z"


def run(path: Path, day: int, task: str, links: dict[str, int], *, ended: bool = True) -> None:
    """Check a document on a day: what each link answers, or that it is carried forward, or not asked."""
    with closing(Journal(path)) as journal:
        info = journal.begin(RunInfo(id=f"2026{day:04d}", started=at(day)), task=task, manner="m" if day % 5 else "n")
        planned = [
            Planned(Reference(raw=url, span=Span(0, 1, 1, 1), element="link"), Plan(url=url, link=url)) for url in links
        ]
        row = DocumentRow(path=f"{task}.md", media_type="text/markdown", title=f"{day}", sha256=f"{task}{day % 2}")
        journal.keep(row.sha256.encode(), row.sha256)
        journal.add(row, planned, digest=row.sha256)
        journal.close_plan()
        known = {link.url: journal.memory.remembered(link) for link in journal.web_links()}
        journal.carry(one for url, one in known.items() if links[url] == CARRIED and one)
        for link in [*journal.web_links()]:
            status = links[link.url] or 200
            if status == WAITING:
                continue
            if status == 404:
                journal.observe([Seen(link.id, Check(at=at(day), status=status), is_final=False)])
            journal.observe([Seen(link.id, Check(at=at(day), status=status, media_type=f"{day}"))])
            answer = (ArchiveAnswer.NONE, ArchiveAnswer.FOUND, ArchiveAnswer.NOT_ASKED)[day % 3]
            journal.look_up(link.id, f"{day % 2}", Lookup(archive="wayback", answer=answer, at=at(day)))
        if ended:
            conclude(journal, day)
            journal.finish(info, Summary(documents=1, links=len(links)))


def conclude(journal: Journal, day: int) -> None:
    words = []
    for asked in journal.asked():
        record = journal.memory.record(asked.link.id)
        if asked.check is None:
            words.append((asked.link.id, LinkOpinion(judgement=UNASKED, record=record)))
            continue
        judgement = SAID[asked.check.status or 0]
        if not asked.is_carried:
            record = remember(record, Sighting(at=at(day), verdict=judgement.verdict, code=judgement.reason.code))
        assert record
        words.append((asked.link.id, LinkOpinion(judgement=judgement, record=record, standing=standing_of(record))))
    journal.conclude_links(words)
    opinions, seen = [], Occurrences()
    ((_, document),) = journal.documents()
    for met in journal.references():
        opinion = plain(met.planned, met.opinion, fingerprint_of(document.path, met.planned, seen))
        if day % 4 == 0:
            found = Finding(rule="x", severity=Severity.NOTE, message=f"{day}", next="Look.")
            opinion = structs.replace(opinion, findings=(found,))
        opinions.append((met, opinion))
    journal.conclude_references(opinions)


def shown(found: StoredReport) -> list[Any]:
    rows = list(found.references())
    sources = [found.source(row) for row in found.documents()]
    return [list(found.documents()), rows, list(found.links()), [found.before(row) for row in rows], sources]


def known(path: Path, task: str, day: int, links: dict[str, int]) -> Iterator[Any]:
    """Give all that a run may ask of the history, and what it says in the end."""
    with closing(Journal(path)) as journal:
        yield journal.unfinished(task)
        yield sorted(map(repr, links_now(journal.database)))
        yield [(one.info, one.summary) for one in past_runs(journal.database)]
    run(path, day, task, links)
    with closing(Database(path)) as database:
        ((last,),) = database.all("SELECT max(id) FROM run")
        memory = (journal := Journal(path)).memory
        journal.run = last
        journal.memory = memory = type(memory)(journal.database, last, manner="m", keeps_history=True)
        for link in journal.web_links():
            remembered = memory.remembered(link)
            yield remembered and structs.replace(remembered, observation=0, link=structs.replace(link, id=0))
            yield memory.record(link.id), memory.gone(link.id), memory.mark(link.url)
            yield memory.answer_after(link.id, at(3)) if memory.mark(link.url) else None
            yield last_alive(database, last, link.id)
            for target in "01":
                yield earlier_lookup(database, last, link.id, target, "wayback")
                yield left_before(database, last)(link.id, target)
        told = report(database, "last")
        yield shown(told), told.document_before(f"{task}.md")
        journal.close()


ANSWERS = st.dictionaries(st.sampled_from(URLS), st.sampled_from([CARRIED, WAITING, 200, 404, 503]), min_size=1)
RUNS = st.lists(st.tuples(st.sampled_from("tu"), ANSWERS, st.integers(0, 9).map(bool)), min_size=1, max_size=7)


@settings(max_examples=60, deadline=None)
@given(RUNS, st.integers(0, 8), st.integers(0, 8), st.sets(st.sampled_from(URLS)), ANSWERS, st.sampled_from("tu"))
def test_runs_to_come_say_the_same(
    runs: list[tuple[str, dict[str, int], bool]],
    first: int,
    then: int,
    marked: set[str],
    links: dict[str, int],
    task: str,
) -> None:
    with TemporaryDirectory() as name:
        whole, pruned = Path(name, "whole.sqlite"), Path(name, "pruned.sqlite")
        Journal(whole).close()
        for day, (of, answers, ended) in enumerate(runs):
            run(whole, day, of, answers, ended=ended)
            if day == 2:
                with closing(Journal(whole)) as journal:
                    for url in marked:
                        journal.memory.say(url, Mark(at=at(2), verdict=Verdict.ALIVE))
        copy(whole, pruned)
        with closing(Database(whole)) as one, closing(Database(pruned)) as other:
            before = {run.info.id: shown(report(one, run.info.id)) for run in past_runs(one) if run.summary}
            tried = prune(other, at(first), is_tried=True)
            assert prune(other, at(first)).runs == tried.runs
            prune(other, at(then))
            left = [run for run in past_runs(other) if run.summary and not run.is_pruned]
            for run_ in left:
                assert shown(report(other, run_.info.id))[:3] == before[run_.info.id][:3]
            if left:
                assert shown(report(other, "last")) == before[left[0].info.id]
            assert other.all("PRAGMA integrity_check") == [("ok",)]
            assert other.all("SELECT 1 FROM carried WHERE observation NOT IN (SELECT id FROM observation)") == []

        day = len(runs) + 1
        assert list(known(pruned, task, day, links)) == list(known(whole, task, day, links))


def test_space_is_given_back_and_what_is_only_tried_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    for day in range(60):
        run(path, day, "t", dict.fromkeys((f"https://a.org/{number}" for number in range(40)), 200))
    content = path.read_bytes()
    with closing(Database(path)) as database:
        tried = prune(database, at(59), is_tried=True)
        assert database.all("SELECT count(*) FROM observation") == [(2400,)]
        assert path.read_bytes() == content

        done = prune(database, at(59))
        assert (done.runs, done.checks, done.runs_left, done.checks_left) == (59, 2360, 1, 40)
        assert structs.replace(done, bytes_after=0) == structs.replace(tried, bytes_after=0)
        assert prune(database, at(59)).runs == 0
    assert path.stat().st_size < len(content) / 5
    assert abs(tried.bytes_after - path.stat().st_size) < len(content) / 5


def test_space_that_could_not_be_given_back_is_given_back_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "history.sqlite"
    for day in range(12):
        run(path, day, "t", {f"https://a.org/{number}": 200 for number in range(60)})
    with closing(Database(path)) as database:
        monkeypatch.setattr(database, "compact", lambda: None)
        prune(database, at(40))
    kept = path.stat().st_size
    with closing(Database(path)) as database:
        assert prune(database, at(40)).runs == 0

    assert path.stat().st_size < kept / 2


def test_of_sources_that_are_named_once_nothing_stays_whole(tmp_path: Path) -> None:
    """Whoever checks the files that a commit changes has another task each time."""
    path = tmp_path / "history.sqlite"
    for day in range(6):
        run(path, day, f"{day}", {URLS[0]: 200}, ended=day not in {2, 4})
    with closing(Database(path)) as database:
        prune(database, at(9))

        assert [one.info.id for one in past_runs(database) if not one.is_pruned] == ["20260005", "20260004", "20260002"]
        assert database.all("SELECT count(*) FROM source") == [(3,)]


def test_a_pruned_run_is_listed_and_cannot_be_shown(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    for day in range(3):
        run(path, day, "t", {URLS[0]: 200})
    with closing(Database(path)) as database:
        prune(database, at(9))

        assert [(one.info.id, one.is_pruned) for one in past_runs(database)] == [
            ("20260002", False), ("20260001", True), ("20260000", True),
        ]  # fmt: skip
        assert all(one.summary for one in past_runs(database))
        with pytest.raises(UsageError, match="was pruned"):
            report(database, "20260001")


def test_recalled_pages_are_whole_without_the_run_that_has_read_them(tmp_path: Path) -> None:
    whole, pruned = tmp_path / "whole.sqlite", tmp_path / "pruned.sqlite"
    with closing(Journal(whole)) as journal:
        night(journal, "r1")
        night(journal, "r2", said="is not there")
        night(journal, "r3")
    copy(whole, pruned)
    with closing(Database(pruned)) as database, closing(Database(whole)) as other:
        assert prune(database, "2027-01-01T00:00:00Z").runs == 2
        assert database.all("SELECT DISTINCT run FROM reference ORDER BY run") == [("r1",), ("r3",)]
        assert shown(report(database, "r3")) == shown(report(other, "r3"))

    told = []
    for path in (pruned, whole):
        with closing(Journal(path)) as journal:
            night(journal, "r4", said="is not there again")
            told.append(shown(report(journal.database, "r4")))
            assert journal.database.all("SELECT count(*) FROM recalled WHERE run = 'r4'") == [(1,)]
    assert told[0] == told[1]


def test_a_run_that_is_under_way_is_not_disturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "history.sqlite"
    with closing(Journal(path)) as journal:
        journal.begin(RunInfo(id="r1", started=at(0)))
    monkeypatch.setattr("os.getpid", lambda: -1)
    with closing(Database(path)) as database, pytest.raises(StoreError, match="run r1 is under way; prune when"):
        prune(database, at(9))


def test_a_pruned_history_is_merged_with_one_that_is_whole(tmp_path: Path) -> None:
    whole, pruned = tmp_path / "whole.sqlite", tmp_path / "pruned.sqlite"
    for day, status in enumerate((404, 404, CARRIED, 200, CARRIED)):
        run(whole, day, "t", dict.fromkeys(URLS, status))
    copy(whole, pruned)
    with closing(Database(whole)) as one, closing(Database(pruned)) as other:
        expected = [shown(report(one, info.info.id)) for info in past_runs(one)]
        prune(other, at(9))

    for number, sources in enumerate(((whole, pruned), (pruned, whole))):
        out = tmp_path / f"{number}.sqlite"
        merge(sources, out)
        with closing(Database(out)) as database:
            assert not any(one.is_pruned for one in past_runs(database))
            assert [shown(report(database, one.info.id)) for one in past_runs(database)] == expected
