"""How a run begins, after all others, and how one is found that was broken off."""

import os
import re
from collections.abc import Callable
from socket import gethostname

import msgspec
from msgspec import Struct, structs

from linkcheck.model import DocumentRow, RunInfo
from linkcheck.store.database import Database
from linkcheck.store.decoding import decoder


class Begun(Struct, frozen=True):
    """A document that an interrupted run has read."""

    place: int
    path: str
    digest: str
    """SHA-256 of its bytes; empty where they were not read."""
    row: DocumentRow


def begin(database: Database, info: RunInfo, *, task: str, manner: str, tell: Callable[[str], None]) -> RunInfo:
    """Write down a run, and give its info: its id comes after all others, even where the clock has jumped back."""
    ((newest,),) = database.all("SELECT coalesce(max(id), '') FROM run")
    if info.id <= newest:
        if info.id[:_SECOND] < newest[:_SECOND]:  # else somebody began at the same moment
            tell("the clock has jumped back: there is a later run in the history; this one is kept after it")
        info = structs.replace(info, id=_after(newest))
    database.insert("run", [(info.id, task, manner, f"{gethostname()}:{os.getpid()}", _encode(info))])
    return info


def unfinished(database: Database, task: str) -> RunInfo | None:
    """Give the newest run of this task, if it did not come to its end, and nobody is at it."""
    found = database.all(_UNFINISHED, task, task)
    return _info(found[0][0]) if found and not _is_alive(found[0][1]) else None


def begun(database: Database, run: str) -> list[Begun]:
    """Give the sources that a run has read, in order."""
    found = database.all(_SOURCES, run)
    return [Begun(place, path, digest, _document(value)) for place, path, digest, value in found]


def _is_alive(process: str) -> bool:
    """Tell whether the process that began a run is still there, as far as can be told from this machine."""
    host, _, number = process.rpartition(":")
    if host != gethostname() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


_SECOND = len("20170214T120000")
"""As much of an id as says when its run began, to the second."""


def _after(newest: str) -> str:
    """Give an id that sorts right after another."""
    stem, _, number = newest.rpartition("+") if _NUMBERED.search(newest) else (newest, "", "0")
    return f"{stem}+{int(number) + 1:06d}"


_NUMBERED = re.compile(r"\+\d{6}$")
_document = decoder(DocumentRow)
_encode = msgspec.json.Encoder().encode
_info = decoder(RunInfo)

_UNFINISHED = """
    SELECT run.info, process FROM run LEFT JOIN conclusion ON conclusion.run = run.id
    WHERE task = ? AND conclusion.run IS NULL AND run.id > coalesce(
        (SELECT max(conclusion.run) FROM conclusion JOIN run ON run.id = conclusion.run WHERE task = ?), ''
    ) ORDER BY run.id DESC LIMIT 1
"""
_SOURCES = """
    SELECT seq, path, digest, value FROM document WHERE run = ?1 AND seq NOT IN (
        SELECT document FROM step WHERE run = ?1 AND NOT is_source
    ) ORDER BY seq
"""
