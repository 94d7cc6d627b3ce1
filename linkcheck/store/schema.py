"""What a history's schema is, form by form, and what SQLite is allowed to do with a file that may be a stranger's.

A database file is code as well as data: triggers, views, generated columns, virtual tables and expressions of indexes
run when a statement touches their table (https://www.sqlite.org/security.html). A history that holds anything but what
our migrations make is therefore refused.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache
from importlib.resources import files
from pathlib import Path

from linkcheck.errors import StoreError

_SAFE = ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0")
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 512 << 20,  # a document, compressed, is the largest value
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1 << 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 3,  # two sides of a merge, and what VACUUM attaches
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}
_QUOTES = re.compile(r'[\s"]+')
_COMMENT = re.compile(r"--[^\n]*")


def harden(connection: sqlite3.Connection) -> None:
    """Let a connection trust nothing that stands in a file; call it before the file is read."""
    for pragma in _SAFE:
        connection.execute(f"PRAGMA {pragma}")
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    if set_config := getattr(connection, "setconfig", None):  # Python 3.12
        set_config(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)  # type: ignore[attr-defined]
        set_config(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)  # type: ignore[attr-defined]


def check_schema(connection: sqlite3.Connection, path: Path, steps: Sequence[str]) -> None:
    """Raise StoreError where a history holds what these migrations have not made."""
    found, expected = _objects(connection), _made_by(tuple(steps))
    if foreign := sorted(found - expected):
        kind, name, *_ = foreign[0]
        raise StoreError(
            f"{path}: holds a {kind} {name!r} that linkcheck has not made, and is not used; name another with --store"
        )
    if missing := sorted(expected - found):
        kind, name, *_ = missing[0]
        raise StoreError(f"{path}: lacks the {kind} {name!r}, and is not used; name another with --store")


def migrations() -> list[str]:
    """Return the numbered migrations, in order."""
    folder = files("linkcheck.store") / "migrations"
    steps = sorted((step for step in folder.iterdir() if step.name.endswith(".sql")), key=lambda step: step.name)
    return [step.read_text(encoding="utf-8") for step in steps]


def statements(script: str) -> Iterator[str]:
    """Yield a script's statements one by one: `executescript` would end the transaction that we are in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@cache
def _made_by(steps: tuple[str, ...]) -> frozenset[tuple[str, str, str, str]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in steps:
            for statement in statements(step):
                connection.execute(statement)
        return _objects(connection)


def _objects(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str, str]]:
    """Return type, name, table and SQL of all that a schema holds.

    Versions of SQLite differ in the quotes and spaces that they write when a table is altered.
    """
    rows = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return frozenset((kind, name, table, _QUOTES.sub("", _COMMENT.sub("", sql))) for kind, name, table, sql in rows)
