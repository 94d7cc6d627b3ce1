"""A run whose history can no longer be written goes on elsewhere, with all that it has and has chosen."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from linkcheck.model import DocumentRow, Reference, RunInfo, Span
from linkcheck.plan import Plan
from linkcheck.store import Journal, Planned
from linkcheck.store.database import Database

URLS = [f"https://a.org/{number}" for number in range(1200)]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with closing(Journal(tmp_path / "history.sqlite")) as journal:
        journal.begin(RunInfo(id="r1", started="2026-11-24T14:02:00Z"))
        planned = [
            Planned(Reference(raw=url, span=Span(0, 1, 1, 1), element="a"), Plan(url=url, link=url)) for url in URLS
        ]
        journal.add(DocumentRow(path="a.md", media_type="text/markdown"), planned)
        journal.close_plan()
        journal.database.all("PRAGMA query_only = 1")
        yield journal


def test_a_target_that_was_found_is_a_link_all_the_same(journal: Journal) -> None:
    told = list[str]()
    journal.tell = told.append

    link = journal.origins.add_link(0, "https://found.org/")

    assert "the run goes on, and is not kept" in told[0]
    assert [one.url for one in journal.web_links()] == [*URLS, link.url]


def test_what_was_chosen_stays_chosen(journal: Journal) -> None:
    journal.database.all("PRAGMA query_only = 0")
    journal.choose([4, 2], 2)
    journal.database.all("PRAGMA query_only = 1")
    chosen = [asked.link.id for asked in journal.asked(only_chosen=True)]

    journal.look_up_all([])
    journal.conclude_links([])

    assert journal.database.is_temporary
    assert [asked.link.id for asked in journal.asked(only_chosen=True)] == chosen == [2, 4]


def test_no_more_rows_are_held_than_a_few(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    held, whole = list[int](), Database.insert

    def insert(self: Database, table: str, rows: list[tuple[object, ...]], *, is_derived: bool = False) -> None:
        held.append(len(rows))
        whole(self, table, rows, is_derived=is_derived)

    monkeypatch.setattr(Database, "insert", insert)
    journal.conclude_links([])

    assert len(list(journal.references())) == len(URLS)
    assert max(held) == 500


def test_a_temporary_file_is_taken_away_with_its_folder(tmp_path: Path) -> None:
    first, other = Database(None), Database(tmp_path / "h.sqlite")
    folder = first.path.parent

    first.lead_to(other)

    assert not folder.exists()
    first.close()
