"""A page that was not asked anew points to the run that has read it, and everybody sees what is there."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from linkcheck.judge import LinkOpinion, ReferenceOpinion
from linkcheck.model import (
    Check,
    DocumentRow,
    Finding,
    Judgement,
    Reason,
    ReasonCode,
    Reference,
    RunInfo,
    Severity,
    Span,
    Summary,
    Verdict,
)
from linkcheck.occurrences import Occurrences
from linkcheck.plan import Plan
from linkcheck.store import Database, Journal, Page, Pages, Planned, Seen, Step, StoredReport, Visit, report
from linkcheck.store.course import passed
from linkcheck.store.lookback import citing
from linkcheck.store.merging import merge
from linkcheck.store.plain import fingerprint_of, plain
from linkcheck.store.retreating import take_along

AT = "2026-11-24T14:02:00Z"
ROOT, PAGE, OTHER, LOST = (f"https://a.test/{name}" for name in ("", "page", "other", "lost"))
SAID = {url: Judgement(Verdict.ALIVE, Reason(ReasonCode.ANSWERED, f"200 OK {url}")) for url in (PAGE, OTHER, LOST)}


def planned(*links: str) -> list[Planned]:
    made = []
    for line, link in enumerate(links, start=1):
        url, _, fragment = link.partition("#")
        reference = Reference(raw=link, span=Span(0, 1, line, 1), element="a", text=f"to {link}")
        made.append(Planned(reference, Plan(url=link, link=url, fragment=fragment or None)))
    return made


def night(journal: Journal, run: str, *, said: str = "", is_whole: bool = True) -> None:
    """Check a root that leads to a page; what is known of that is recalled."""
    info = journal.begin(RunInfo(id=run, started=AT), task="site")
    pages = Pages(journal)
    journal.add(DocumentRow(path="root", url=ROOT, media_type="text/html"), planned(PAGE))
    journal.close_plan()
    pages.take_source(0, Step(wanted=[Page(url=PAGE, identity="p", depth=1)], is_source=True))
    link = journal.link(PAGE)
    assert link
    old = pages.recalled(link)
    step = Step(visits=[Visit(identity="p", link=link.id, digest="1")])
    row = old.row if old else DocumentRow(path="page", url=PAGE, media_type="text/html")
    cites = list(old.planned) if old else planned(f"{OTHER}#there", LOST, OTHER)
    pages.enter(row, cites, step, recalled=old)
    if is_whole:
        conclude(journal, said)
        journal.finish(info, Summary(documents=2))


def conclude(journal: Journal, said: str = "") -> None:
    for asked in journal.asked():
        journal.observe([Seen(asked.link.id, Check(at=AT, status=200))])
    journal.conclude_links((one.link.id, LinkOpinion(judgement=SAID[one.link.url])) for one in journal.asked())
    opinions = []
    seen = defaultdict[int, Occurrences](Occurrences)
    for met in journal.references():
        name = fingerprint_of(("root", "page")[met.document], met.planned, seen[met.document])
        opinion = plain(met.planned, met.opinion, name)
        if said and met.planned.plan.link == LOST:
            found = Finding(rule="missing-fragment", severity=Severity.ERROR, message=said, next="Look.")
            opinion = ReferenceOpinion(judgement=opinion.judgement, findings=(found,), fingerprint=name)
        opinions.append((met, opinion))
    journal.conclude_references(opinions)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


@pytest.fixture
def journal(store: Path) -> Iterator[Journal]:
    opened = Journal(store)
    night(opened, "r1")
    yield opened
    opened.close()


def shown(found: StoredReport) -> list[object]:
    return [list(found.documents()), list(found.references()), list(found.links())]


def many(database: Database, table: str, run: str) -> int:
    return int(database.all(f"SELECT count(*) FROM {table} WHERE run = ?", run)[0][0])


def test_what_is_recalled_is_not_written_down_again_and_reads_the_same(journal: Journal) -> None:
    night(journal, "r2")
    night(journal, "r3")

    database = journal.database
    assert [many(database, table, "r3") for table in ("document", "reference", "judged_reference")] == [1, 1, 1]
    assert database.all("SELECT DISTINCT home FROM recalled") == [("r1",)]
    reports = [shown(report(database, run)) for run in ("r1", "r2", "r3")]
    assert reports[0] == reports[1] == reports[2]
    assert [row.path for row in report(database, "r3").only("page").documents()] == ["page"]
    assert [link.url for link in report(database, "r3").only("page").links()] == [OTHER, LOST]


def test_seqs_go_on_behind_a_recalled_page(journal: Journal) -> None:
    night(journal, "r2", is_whole=False)
    journal.add(DocumentRow(path="more", media_type="text/html"), planned(LOST))

    assert [(met.seq, met.document) for met in journal.references()] == [(0, 0), (1, 1), (2, 1), (3, 1), (4, 2)]
    assert [journal.reference(met.document, met.seq) for met in journal.references()] == list(journal.references())
    assert [one.link.fragments for one in journal.asked() if one.link.url == OTHER] == [("there",)]


def test_a_link_is_cited_where_a_recalled_page_cites_it(journal: Journal) -> None:
    night(journal, "r2")

    lost = journal.link(LOST)
    assert lost
    assert [(one.reference.raw, row.path) for one, row in journal.citations(lost.id)] == [(LOST, "page")]
    run, places = citing(journal.database, OTHER)
    assert (run, [(one.document, one.line) for one in places]) == ("r2", [("page", 1), ("page", 3)])
    assert Pages(journal).met([LOST, PAGE, "https://a.test/unknown"]) == {LOST, PAGE}
    assert [(page.url, set(page.new_links)) for page in passed(journal.database, "r2")] == [(PAGE, {OTHER, LOST})]


def test_what_is_said_otherwise_of_a_recalled_reference_is_kept_and_can_be_taken_back(journal: Journal) -> None:
    night(journal, "r2", said="is not there")

    told = [row.findings[0].message if row.findings else "" for row in report(journal.database, "r2").references()]
    assert told == ["", "", "is not there", ""]
    conclude(journal)
    assert not any(row.findings for row in report(journal.database, "r2").references())


def test_what_was_said_before_is_known_of_recalled_references(journal: Journal) -> None:
    night(journal, "r2", said="is not there")
    night(journal, "r3")

    latest = report(journal.database, "r3")
    lost = next(row for row in latest.references() if row.link == LOST)
    before = latest.before(lost)
    assert before
    assert [one.message for one in before.findings] == ["is not there"]
    assert latest.document_before("page") == DocumentRow(path="page", url=PAGE, media_type="text/html")


def test_a_run_that_was_broken_off_is_not_pointed_to(store: Path) -> None:
    with closing(Journal(store)) as journal:
        night(journal, "r1", is_whole=False)
        night(journal, "r2")

        assert many(journal.database, "reference", "r2") == 4
        assert journal.database.all("SELECT * FROM recalled") == []


def test_a_broken_off_run_with_recalled_pages_is_gone_on_with(journal: Journal, store: Path) -> None:
    night(journal, "r2", is_whole=False)
    journal.close()

    with closing(Journal(store)) as later:
        info = later.unfinished("site")
        assert info
        later.resume(info)
        later.add(DocumentRow(path="more", media_type="text/html"), planned(LOST))

        assert [(met.seq, met.document) for met in later.references()] == [(0, 0), (1, 1), (2, 1), (3, 1), (4, 2)]


def test_a_recalled_document_that_is_amended_is_written_down(journal: Journal) -> None:
    night(journal, "r2")
    before = shown(report(journal.database, "r2"))
    changed = DocumentRow(path="page", url=PAGE, media_type="text/html", title="Changed")

    journal.amend(1, changed)

    documents, *others = shown(report(journal.database, "r2"))
    assert isinstance(documents, list)
    assert documents[1] == changed
    assert others == before[1:]
    assert many(journal.database, "recalled", "r2") == 0
    assert many(journal.database, "document", "r1") == 2


def test_a_run_takes_along_what_it_points_to(journal: Journal) -> None:
    night(journal, "r2")

    elsewhere = take_along(journal.database, "r2")

    assert elsewhere
    assert shown(report(elsewhere, "r2")) == shown(report(journal.database, "r2"))
    elsewhere.close()


def test_recalled_pages_survive_a_merge_whichever_is_named_first(journal: Journal, store: Path, tmp_path: Path) -> None:
    night(journal, "r2", said="is not there")
    expected = shown(report(journal.database, "r2"))
    journal.close()
    other = tmp_path / "other.sqlite"
    with closing(Journal(other)) as one:
        night(one, "r0")
        night(one, "r3")

    for sources in ((store, other), (other, store)):
        out = tmp_path / f"{sources[0].stem}-first.sqlite"
        merge(sources, out)
        with closing(Database(out)) as database:
            assert shown(report(database, "r2")) == expected
            assert len(list(report(database, "r3").references())) == 4


def test_a_history_of_before_is_read_and_gone_on_with(journal: Journal, store: Path) -> None:
    """Every word was written down then, also of a page that was only recalled."""
    night(journal, "r2")
    expected = shown(report(journal.database, "r2"))
    journal.amend(1, DocumentRow(path="page", url=PAGE, media_type="text/html"))
    journal.close()
    with closing(sqlite3.connect(store)) as sql:
        sql.executescript("""
            CREATE TABLE said AS SELECT * FROM judged_link;
            DROP TABLE pruned; DROP TABLE said_before; DROP TABLE identity;
            DROP TABLE recalled; DROP TABLE relies; DROP VIEW judged_link; DROP TABLE link_word;
            CREATE TABLE judged_link (
                run TEXT NOT NULL, link INTEGER NOT NULL REFERENCES link, value BLOB NOT NULL,
                PRIMARY KEY (run, link)) STRICT, WITHOUT ROWID;
            CREATE INDEX asked_by_turn ON asked (run, host = '', turn);
            CREATE INDEX visit_by_digest ON visit (run, digest) WHERE digest IS NOT NULL AND is_alias = 0;
            CREATE INDEX judged_link_by_link ON judged_link (link, run);
            INSERT INTO judged_link SELECT * FROM said;
            DROP TABLE said;
        """)
        sql.execute("PRAGMA user_version = 5")
        sql.commit()

    with closing(Journal(store)) as later:
        assert shown(report(later.database, "r2"))[0] == expected[0]
        night(later, "r3")
        assert shown(report(later.database, "r3")) == expected
        assert many(later.database, "reference", "r3") == 1


def test_a_word_that_is_repeated_to_the_letter_is_kept_once(journal: Journal) -> None:
    night(journal, "r2")
    night(journal, "r3")

    database = journal.database
    assert {run for (run,) in database.all("SELECT as_of FROM link_word WHERE run <> 'r1'")} == {"r1"}
    words = {value for (value,) in database.all("SELECT value FROM judged_link WHERE link = 2")}
    assert len(words) == 1
    lost = journal.link(LOST)
    assert lost
    other = Judgement(Verdict.DEAD, Reason(ReasonCode.HTTP_NOT_FOUND, "404 Not Found"))
    journal.conclude_links([(lost.id, LinkOpinion(judgement=other))])
    assert [row.verdict for row in report(database, "r3").links()] == [Verdict.ALIVE, Verdict.ALIVE, Verdict.DEAD]
    assert [row.verdict for row in report(database, "r2").links()] == [Verdict.ALIVE] * 3


def test_what_a_later_run_has_repeated_stays_when_the_first_says_something_else(journal: Journal, store: Path) -> None:
    with closing(Journal(store)) as later:
        night(later, "r2")
    lost = journal.link(LOST)
    assert lost

    other = Judgement(Verdict.DEAD, Reason(ReasonCode.HTTP_NOT_FOUND, "404 Not Found"))
    journal.conclude_links([(lost.id, LinkOpinion(judgement=other))])

    assert [row.verdict for row in report(journal.database, "r1").links()][-1] is Verdict.DEAD
    assert [row.verdict for row in report(journal.database, "r2").links()] == [Verdict.ALIVE] * 3


def test_a_word_is_unknown_where_damage_has_taken_what_it_repeats(journal: Journal) -> None:
    night(journal, "r2")
    lost = journal.link(LOST)
    assert lost
    journal.begin(RunInfo(id="r3", started=AT), task="site")
    journal.database.write(lambda sql: sql.execute("DELETE FROM link_word WHERE run = 'r1'"))

    assert journal.memory.record(lost.id) is None
    assert not journal.memory.has_past
    assert list(report(journal.database, "r2").links()) == []
