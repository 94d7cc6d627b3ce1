"""Opens the history file: migrations applied once, WAL, one writer, foreign errors renamed at the border."""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from linkcheck.errors import StoreError

_OURS = 0x6C696E6B
"""SQLite's application id: `link`."""
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "cache_size=-8000")
_BRIEF = ("journal_mode=MEMORY", "synchronous=OFF", "locking_mode=EXCLUSIVE", "temp_store=MEMORY", "cache_size=-8000")
"""For a file that vanishes with the run: a crash leaves nothing to repair. The cache is in kB."""


class Database:
    """One SQLite file, held open by its single writer."""

    def __init__(self, path: Path | None) -> None:
        """Open or create the file; None is a temporary one that vanishes with the run. StoreError with the remedy."""
        self._folder = tempfile.TemporaryDirectory(prefix="linkcheck-") if path is None else None
        self.path = Path(self._folder.name, "run.sqlite") if self._folder else path or Path()
        try:
            _make_folder(self.path.parent)
            self._connection = sqlite3.connect(self.path, isolation_level=None)
            _claim(self._connection, self.path)
            for pragma in _BRIEF if self._folder else _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
            _migrate(self._connection, self.path)
            with self.writing():
                pass  # whoever cannot write should say so before anything has been asked
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{self.path}: cannot be used as history ({error}); name another with --store") from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction: all of it, or none."""
        with self._renamed("written"):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def insert(self, table: str, rows: Iterable[tuple[Any, ...]], *, is_derived: bool = False) -> None:
        """Add rows to a table in one transaction; those that are derived may replace older ones."""
        rows = list(rows)
        if rows:
            verb, places = "REPLACE" if is_derived else "INSERT", ", ".join("?" * len(rows[0]))
            with self.writing() as sql:
                sql.executemany(f"{verb} INTO {table} VALUES ({places})", rows)

    def all(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Read all rows of a query that has few."""
        with self._renamed("read"):
            return self._connection.execute(query, parameters).fetchall()

    def pages(self, query: str, *, size: int = 500, **parameters: Any) -> Iterator[tuple[Any, ...]]:
        """Read any number of rows by keyset pages, so that no cursor stays open while others write.

        The query's first column is an integer that rises; its `:after` and `:size` are filled in here.
        """
        after = -1
        while True:
            with self._renamed("read"):
                rows = self._connection.execute(query, {**parameters, "after": after, "size": size}).fetchall()
            yield from rows
            if len(rows) < size:
                return
            after = rows[-1][0]

    def close(self) -> None:
        """Let go of the file; a temporary one is deleted."""
        self._connection.close()
        if self._folder:
            self._folder.cleanup()

    @contextmanager
    def _renamed(self, done: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: cannot be {done} ({error}); name another with --store") from error


def _make_folder(folder: Path) -> None:
    if folder.exists():
        return
    folder.mkdir(parents=True)
    if folder.name == ".linkcheck":
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def _claim(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse another program's database before anything in it is changed."""
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if owner != _OURS and (owner or tables):
        raise StoreError(f"{path}: is a database of another program; name another with --store")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Apply the numbered migrations that this file has not seen."""
    migrations = files("linkcheck.store") / "migrations"
    steps = sorted((step for step in migrations.iterdir() if step.name.endswith(".sql")), key=lambda step: step.name)
    (seen,) = connection.execute("PRAGMA user_version").fetchone()
    if seen > len(steps):
        raise StoreError(f"{path}: was written by a newer linkcheck; update linkcheck, or name another with --store")
    for number, step in enumerate(steps[seen:], start=seen + 1):
        script = step.read_text(encoding="utf-8")
        mark = f"PRAGMA application_id = {_OURS}; PRAGMA user_version = {number};"
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\n{mark}\nCOMMIT;")
