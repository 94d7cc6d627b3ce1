"""The journal keeps what it is given: nothing dropped, nothing doubled, in the order of the documents."""

import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.errors import DamageError, StoreError, UsageError
from linkcheck.judge import LinkOpinion, ReferenceOpinion
from linkcheck.model import (
    ArchiveAnswer,
    Check,
    DocumentRow,
    Judgement,
    Lookup,
    Reason,
    ReasonCode,
    Reference,
    RunInfo,
    Span,
    Summary,
    Verdict,
)
from linkcheck.plan import Plan
from linkcheck.store import Database, Journal, Planned, Seen, beginning, report, runs

AT = "2026-11-24T14:02:00Z"
FINE = Judgement(Verdict.ALIVE, Reason(ReasonCode.ANSWERED, "200 OK"))


@pytest.fixture
def journal() -> Iterator[Journal]:
    opened = Journal(None)
    opened.begin(RunInfo(id="r1", started=AT))
    yield opened
    opened.close()


def planned(link: str | None, fragment: str | None = None) -> Planned:
    reference = Reference(raw=link or "#", span=Span(0, 1, 1, 1), element="link")
    return Planned(reference, Plan(url=link, link=link, fragment=fragment))


def row(path: str) -> DocumentRow:
    return DocumentRow(path=path, media_type="text/markdown")


def conclude(journal: Journal) -> None:
    journal.conclude_links((asked.link.id, LinkOpinion(judgement=FINE)) for asked in journal.asked())
    journal.conclude_references((met, ReferenceOpinion(judgement=FINE)) for met in journal.references())
    journal.finish(RunInfo(id=journal.run, started=AT, finished=AT), Summary(documents=1))


URLS = st.sampled_from([f"https://{host}.org/{path}" for host in "abc" for path in range(4)] + ["file:///x.md", None])
DOCUMENTS = st.lists(st.lists(st.tuples(URLS, st.sampled_from([None, "x", "y"]))), max_size=5)


@settings(max_examples=40)
@given(DOCUMENTS)
def test_a_plan_drops_and_doubles_nothing(documents: list[list[tuple[str | None, str | None]]]) -> None:
    journal = Journal(None)
    journal.begin(RunInfo(id="r1", started=AT))
    for number, references in enumerate(documents):
        journal.add(row(f"{number}.md"), [planned(*one) for one in references])
    flat = [one for references in documents for one in references]
    urls = list(dict.fromkeys(url for url, _ in flat if url))

    counts = journal.close_plan()
    asked = list(journal.asked())
    turns = [*journal.local_links(), *journal.web_links()]

    assert counts == (len(documents), len(flat), len(urls), sum(url.startswith("https:") for url in urls))
    assert [one.planned.plan.link for one in journal.references()] == [url for url, _ in flat]
    assert [one.link.url for one in asked] == urls
    assert Counter(link.url for link in turns) == Counter(urls)
    for one in asked:
        wanted = {fragment for url, fragment in flat if url == one.link.url and fragment}
        assert set(one.link.fragments) == wanted
        assert len(one.link.fragments) == len(wanted)
    journal.close()


def test_hosts_take_turns(journal: Journal) -> None:
    links = [f"https://big.org/{n}" for n in range(4)] + ["https://small.org/", "https://other.org/"]
    journal.add(row("a.md"), [planned(link) for link in links])
    journal.close_plan()

    order = [link.url for link in journal.web_links()]

    assert set(order[:3]) == {"https://big.org/0", "https://small.org/", "https://other.org/"}
    assert order[3:] == links[1:4]


def test_the_last_look_counts(journal: Journal) -> None:
    journal.add(row("a.md"), [planned("https://a.org/")])
    journal.close_plan()
    (link,) = journal.web_links()

    journal.observe([Seen(link.id, Check(at=AT, status=404))])
    journal.observe([Seen(link.id, Check(at=AT, status=404, confirmed=True))])

    (asked,) = journal.asked()
    assert asked.check is not None
    assert asked.check.confirmed


def test_archives_answers_are_kept_by_target(journal: Journal) -> None:
    journal.add(row("a.md"), [planned("https://a.org/")])
    journal.close_plan()
    (link,) = journal.web_links()
    lookup = Lookup(archive="wayback", answer=ArchiveAnswer.NONE)

    journal.look_up(link.id, "2017-02-14", lookup)

    assert journal.lookups(link.id, "2017-02-14") == (lookup,)
    assert journal.lookups(link.id, "") == ()


def test_more_rows_than_a_page_come_back_whole(journal: Journal) -> None:
    links = [f"https://a.org/{n}" for n in range(1203)]
    journal.add(row("a.md"), [planned(link) for link in links])
    journal.close_plan()
    conclude(journal)

    shown = report(journal.database, "r1")

    assert [one.link for one in shown.references()] == links
    assert [one.url for one in shown.links()] == links


def test_a_report_is_given_back_by_name_and_as_the_last(tmp_path: Path) -> None:
    for run in ("r1", "r2"):
        journal = Journal(tmp_path / "history.sqlite")
        journal.begin(RunInfo(id=run, started=AT))
        journal.add(row(f"{run}.md"), [planned("https://a.org/"), planned(None)])
        journal.add(row("other.md"), [planned("https://b.org/")])
        journal.close_plan()
        conclude(journal)
        journal.close()

    database = Database(tmp_path / "history.sqlite")

    assert report(database, "last").run.id == "r2"
    assert [one.path for one in report(database, "r1").documents()] == ["r1.md", "other.md"]
    assert [info.id for info in runs(database)] == ["r2", "r1"]
    part = report(database, "r1").only("other.md")
    assert [one.link for one in part.references()] == ["https://b.org/"]
    assert (part.summary.documents, part.summary.references, part.summary.links) == (1, 1, 1)
    with pytest.raises(UsageError, match="no finished run 'r3'"):
        report(database, "r3")
    database.close()


def test_one_document_is_read_without_the_others(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(50):
        journal.add(row(f"{number}.md"), [planned(f"https://a.org/{number}"), planned("https://b.org/")])
    journal.close_plan()
    conclude(journal)
    shown = report(journal.database, "r1")
    read: list[object] = []
    pages, everything = journal.database.pages, journal.database.all

    def counting(query: str, **parameters: Any) -> Iterator[tuple[Any, ...]]:
        for one in pages(query, **parameters):
            read.append(one)
            yield one

    monkeypatch.setattr(journal.database, "pages", counting)
    monkeypatch.setattr(journal.database, "all", lambda *said: [read.append(one) or one for one in everything(*said)])

    part = shown.only("7.md")
    made = len(read)
    paths = [one.path for one in part.documents()]
    links = [one.url for one in part.links()]
    references = [one.link for one in shown.references("7.md")]

    assert paths == ["7.md"]
    assert links == ["https://b.org/", "https://a.org/7"]  # in the order in which the run met them
    assert references == ["https://a.org/7", "https://b.org/"]
    assert (made, len(read) - made) == (5, 5)


def test_documents_of_one_name_are_shown_together(journal: Journal) -> None:
    for number in range(2):
        journal.add(row("a.md"), [planned("https://a.org/"), planned(f"https://b.org/{number}")])
        journal.add(row("b.md"), [planned("https://c.org/")])
    journal.close_plan()
    conclude(journal)

    part = report(journal.database, "r1").only("a.md")

    assert len(list(part.documents())) == part.summary.documents == 2
    assert [one.link for one in part.references()] == [
        "https://a.org/", "https://b.org/0", "https://a.org/", "https://b.org/1",
    ]  # fmt: skip
    assert [one.url for one in part.links()] == ["https://a.org/", "https://b.org/0", "https://b.org/1"]
    assert list(report(journal.database, "r1").only("none.md").documents()) == []


def test_an_interrupted_run_has_no_report(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "history.sqlite")
    journal.begin(RunInfo(id="r1", started=AT))

    with pytest.raises(UsageError):
        report(journal.database, "last")
    journal.close()


def test_a_project_history_keeps_itself_out_of_git(tmp_path: Path) -> None:
    Journal(tmp_path / ".linkcheck" / "history.sqlite").close()

    assert (tmp_path / ".linkcheck" / ".gitignore").read_text() == "*\n"


def test_a_temporary_history_vanishes() -> None:
    journal = Journal(None)
    path = journal.database.path
    assert path.exists()

    journal.close()

    assert not path.parent.exists()


@pytest.mark.parametrize("content", [b"this is not a database at all, but it is long enough to be read as one" * 20])
def test_a_file_that_is_no_history_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)

    with pytest.raises(StoreError, match="name another with --store"):
        Journal(path)
    assert path.read_bytes() == content


def test_a_history_of_the_future_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    database = Database(path)
    with database.writing() as sql:
        sql.execute("PRAGMA user_version = 99")
    database.close()

    with pytest.raises(StoreError, match="newer linkcheck"):
        Database(path)


def test_a_history_that_another_process_makes_meanwhile_is_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, connect = tmp_path / "history.sqlite", sqlite3.connect

    class Meanwhile(sqlite3.Connection):
        def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
            cursor = super().execute(sql, *parameters)
            if sqlite3.connect is not connect and sql.startswith("SELECT"):  # behind the first that reads the file
                monkeypatch.setattr(sqlite3, "connect", connect)
                rows = cursor.fetchall()
                Database(path).close()
                return super().execute(f"SELECT {rows[0][0]}")
            return cursor

    monkeypatch.setattr(sqlite3, "connect", lambda *given, **options: connect(*given, factory=Meanwhile, **options))

    Database(path).close()


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (x)")
        other.commit()
    before = path.read_bytes()

    with pytest.raises(StoreError, match="another program"):
        Database(path)
    assert path.read_bytes() == before


def test_a_locked_history_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "history.sqlite"
    first = Database(path)
    monkeypatch.setattr("linkcheck.store.database._PRAGMAS", ("busy_timeout=1",))
    with first.writing(), pytest.raises(StoreError, match="run again later, or name another"):
        Database(path)
    first.close()


FORMS = [one.read_text() for one in sorted((files("linkcheck.store") / "migrations").iterdir(), key=str)]


@pytest.mark.parametrize("forms", range(1, len(FORMS)))
def test_a_history_of_an_earlier_form_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forms: int
) -> None:
    path = tmp_path / "history.sqlite"
    with monkeypatch.context() as earlier:
        earlier.setattr("linkcheck.store.database._steps", lambda: FORMS[:forms])
        with closing(Journal(path)) as journal:
            journal.begin(RunInfo(id="r1", started=AT))
            journal.add(row("a.md"), [planned("https://a.org/1")])

    with closing(Journal(path)) as journal:
        (begun,), _ = journal.begun(RunInfo(id="r1", started=AT))
        assert journal.resume(RunInfo(id="r1", started=AT))
        assert (begun.path, [one.plan.link for one in journal.planned(begun.place)]) == ("a.md", ["https://a.org/1"])
        assert journal.close_plan() == (1, 1, 1, 1)


def test_two_processes_that_begin_at_the_same_moment_have_two_runs(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite"
    later, told = RunInfo(id="20270101T120000.000Z-ab", started=AT), list[str]()
    with closing(Journal(path)) as one, closing(Journal(path)) as other:
        one.begin(later)
        one.tell = other.tell = told.append
        ids = [journal.begin(RunInfo(id="20260101T120000.000Z-ab", started=AT)).id for journal in (one, other)]

    assert ids == [f"{later.id}+000001", f"{later.id}+000002"]
    assert len(told) == 2


def test_one_process_goes_on_with_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "history.sqlite"
    with Popen([sys.executable, "-c", "pass"]) as gone:
        gone.wait()
    with monkeypatch.context() as another, closing(Journal(path)) as journal:
        another.setattr("os.getpid", lambda: gone.pid)
        journal.begin(RunInfo(id="r1", started=AT), task="t")
    with (
        Popen([sys.executable, "-c", "input()"], stdin=PIPE) as alive,
        closing(Journal(path)) as one,
        closing(Journal(path)) as other,
    ):
        info = other.unfinished("t")
        assert info
        with monkeypatch.context() as another:
            another.setattr("os.getpid", lambda: alive.pid)
            assert one.resume(info)

        assert other.unfinished("t") is None
        assert not other.resume(info)

        alive.communicate(b"\n")
        assert other.unfinished("t") == info
        assert other.resume(info)


def test_no_process_is_interrupted_where_one_cannot_be_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Journal(tmp_path / "history.sqlite")) as journal:
        info = journal.begin(RunInfo(id="r1", started=AT), task="t")
        monkeypatch.setattr("os.getpid", lambda: -1)
        assert journal.unfinished("t") is None

        monkeypatch.setattr(beginning, "_CAN_ASK", False)
        monkeypatch.setattr("os.kill", lambda *_: pytest.fail("that would end it"))
        assert journal.unfinished("t") == info


def test_the_kept_text_of_a_document_may_be_damaged(journal: Journal) -> None:
    document = DocumentRow(path="a.md", media_type="text/markdown", sha256="1")
    journal.add(document, [])
    journal.close_plan()
    journal.keep(b"text", "1")
    conclude(journal)
    assert report(journal.database, "r1").source(document) == b"text"

    with journal.database.writing() as sql:
        sql.execute("UPDATE source SET value = x'00'")

    with pytest.raises(DamageError, match=r"text of a\.md cannot be read"):
        report(journal.database, "r1").source(document)
