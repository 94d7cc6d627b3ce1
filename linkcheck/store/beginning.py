"""How a run begins, after all others, and how one is found that was broken off."""

import os
import re
import sqlite3
from collections.abc import Callable
from socket import gethostname

from msgspec import Struct, structs

from linkcheck.model import DocumentRow, RunInfo
from linkcheck.store.coding import decoder, encode
from linkcheck.store.database import Database

READING, CHECKING = "reading", "checking"
"""What of a run was interrupted."""


class Begun(Struct, frozen=True):
    """A document that an interrupted run has read."""

    place: int
    path: str
    digest: str
    """SHA-256 of its bytes; empty where they were not read."""
    row: DocumentRow


def begin(database: Database, info: RunInfo, *, task: str, manner: str, tell: Callable[[str], None]) -> RunInfo:
    """Write down a run, and give its info: its id comes after all others, even where the clock has jumped back."""

    def work(sql: sqlite3.Connection) -> tuple[RunInfo, str]:
        (newest,) = sql.execute("SELECT coalesce(max(id), '') FROM run").fetchone()
        begun = structs.replace(info, id=_after(newest)) if info.id <= newest else info
        sql.execute("INSERT INTO run VALUES (?, ?, ?, ?, ?)", (begun.id, task, manner, _process(), encode(begun)))
        return begun, newest

    begun, newest = database.write(work)
    if info.id[:_SECOND] < newest[:_SECOND]:  # else nobody did, or at the same moment
        tell("the clock has jumped back: there is a later run in the history; this one is kept after it")
    return begun


def unfinished(database: Database, task: str) -> RunInfo | None:
    """Give the newest run of this task, if it did not come to its end, and nobody is at it."""
    found = database.all(_UNFINISHED, task, task)
    return _info(found[0][0]) if found and not is_alive(found[0][1]) else None


def reopen(database: Database, run: str) -> bool:
    """Take back what an interrupted run has concluded, since it goes on; what it has seen and heard stays.

    False where another process has begun to go on with it.
    """

    def work(sql: sqlite3.Connection) -> bool:
        (process,) = sql.execute("SELECT process FROM run WHERE id = ?", (run,)).fetchone()
        if is_alive(process):
            return False
        sql.execute("UPDATE run SET process = ? WHERE id = ?", (_process(), run))
        found = sql.execute(f"SELECT {_INTERRUPTED} FROM conclusion WHERE run = ?", (run,)).fetchone()
        if found is None:
            return True
        if sql.execute("SELECT 1 FROM run WHERE id > ?", (run,)).fetchone():
            sql.execute(_LET_GO, (run,))
        for statement in _TAKEN_BACK:
            sql.execute(statement, (run,))
        if found[0] == READING:
            sql.execute("DELETE FROM asked WHERE run = ?", (run,))
        return True

    return database.write(work)


def begun(database: Database, run: str) -> tuple[list[Begun], bool]:
    """Give the sources that a run has read, in order, and whether it had read all that there were."""
    found = database.all(_SOURCES, run)
    ((is_whole,),) = database.all(_READ_ALL, run, READING)
    return [Begun(place, path, digest, _document(value)) for place, path, digest, value in found], bool(is_whole)


def _process() -> str:
    """Name this process."""
    return f"{gethostname()}:{os.getpid()}"


def is_alive(process: str) -> bool:
    """Tell whether the process that began a run is still there, as far as can be told from this machine."""
    host, _, number = process.rpartition(":")
    if host != gethostname() or number == str(os.getpid()) or not _CAN_ASK:
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except OSError:
        return True
    return True


_CAN_ASK = os.name == "posix"
"""Elsewhere the signal that asks whether a process is there is Ctrl-C (https://docs.python.org/3/library/os.html#os.kill)."""
_SECOND = len("20170214T120000")
"""As much of an id as says when its run began, to the second."""


def _after(newest: str) -> str:
    """Give an id that sorts right after another."""
    stem, _, number = newest.rpartition("+") if _NUMBERED.search(newest) else (newest, "", "0")
    return f"{stem}+{int(number) + 1:06d}"


_NUMBERED = re.compile(r"\+\d{6}$")
_document = decoder(DocumentRow)
_info = decoder(RunInfo)

_INTERRUPTED = "json_extract(CAST(conclusion.info AS TEXT), '$.interrupted')"
_UNFINISHED = f"""
    SELECT run.info, process FROM run LEFT JOIN conclusion ON conclusion.run = run.id
    WHERE task = ? AND run.id NOT IN (SELECT run FROM pruned)
    AND (conclusion.run IS NULL OR {_INTERRUPTED} IS NOT NULL) AND run.id > coalesce((
        SELECT max(conclusion.run) FROM conclusion JOIN run ON run.id = conclusion.run
        WHERE task = ? AND {_INTERRUPTED} IS NULL
    ), '') ORDER BY run.id DESC LIMIT 1
"""
_LET_GO = """
    UPDATE link_word SET as_of = NULL, value = (
        SELECT value FROM link_word AS said WHERE said.run = ?1 AND said.link = link_word.link
    ) WHERE as_of = ?1 AND run > ?1
"""
"""What later runs, of other sources, have repeated stays said."""
_TAKEN_BACK = (
    "DELETE FROM link_word WHERE run = ?",
    "DELETE FROM judged_reference WHERE run = ?",
    "DELETE FROM lookup WHERE run = ? AND json_extract(CAST(value AS TEXT), '$.answer') = 'not-asked'",
    "DELETE FROM conclusion WHERE run = ?",
)
_READ_ALL = f"""
    SELECT EXISTS (SELECT 1 FROM asked WHERE run = ?1)
    AND NOT EXISTS (SELECT 1 FROM conclusion WHERE run = ?1 AND {_INTERRUPTED} = ?2)
"""
_SOURCES = """
    SELECT seq, path, digest, value FROM document WHERE run = ?1 AND seq NOT IN (
        SELECT document FROM step WHERE run = ?1 AND NOT is_source
    ) ORDER BY seq
"""
