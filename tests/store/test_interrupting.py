"""A statement that takes long does not keep a person who has had enough waiting."""

import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from linkcheck.pipeline import Commands
from linkcheck.pipeline.commands import CutShort
from linkcheck.store.database import Database

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "history.sqlite")
    yield database
    database.close()


@pytest.fixture
def commands() -> Iterator[Commands]:
    """Commands that hear a signal, which comes in a moment."""
    commands = Commands()

    def hear(_number: int, _frame: FrameType | None) -> None:
        commands.cut()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, hear)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    yield commands
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_reading_ends(database: Database, commands: Commands) -> None:
    with pytest.raises(KeyboardInterrupt):
        database.all(ENDLESS)

    assert commands.is_heard
    assert database.all("SELECT 1") == [(1,)]


def test_what_was_being_written_is_taken_back(database: Database, commands: Commands) -> None:
    def work(sql: sqlite3.Connection) -> None:
        sql.execute("INSERT INTO link (url, host) VALUES ('https://a.test/', 'a.test')")
        sql.execute(ENDLESS)

    with pytest.raises(KeyboardInterrupt):
        database.write(work)

    assert commands.is_heard
    assert database.all("SELECT count(*) FROM link") == [(0,)]


def test_what_may_be_cut_knows_that_it_was_the_first_wish(database: Database, commands: Commands) -> None:
    with pytest.raises(CutShort), commands.cuttable():
        database.all(ENDLESS)


def test_the_second_wish_is_none_to_cut() -> None:
    commands = Commands()
    with pytest.raises(KeyboardInterrupt), commands.cuttable():
        raise KeyboardInterrupt
