"""Opens the history file: migrations applied once, WAL, one writer, foreign errors renamed at the border."""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from linkcheck.clock import Clock
from linkcheck.errors import DamageError, StoreError

T = TypeVar("T")

_OURS = 0x6C696E6B
"""SQLite's application id: `link`."""
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=15000", "cache_size=-16000")
_BRIEF = ("journal_mode=MEMORY", "synchronous=OFF", "locking_mode=EXCLUSIVE", "temp_store=MEMORY", "cache_size=-8000")
"""For a file that vanishes with the run: a crash leaves nothing to repair. The cache is in kB."""
_MAGIC = b"SQLite format 3\0"
_STEPS = 100_000
"""Instructions of SQLite's machine between two moments of listening: some milliseconds."""
_A_MOMENT = 2.0
"""Seconds that opening waits for another process that is opening the same new file."""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_LOOKED_OVER = 64 << 20
"""Bytes of a file that is looked over when it is opened: a tenth of a second or two."""
NAME = "history.sqlite"
"""What a history is called where nobody says otherwise."""


class Database:
    """One SQLite file, held open by its single writer."""

    def __init__(self, path: Path | None, *, is_read_only: bool = False) -> None:
        """Open or create the file; None is a temporary one that vanishes with the run. StoreError with the remedy.

        A damaged history is set aside under another name, and a new one begun: `set_aside` says where it is. One that
        is read only is opened as it is: nothing is made, moved or brought up to date.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="linkcheck-") if path is None else None
        self.path = Path(self._folder.name, "run.sqlite") if self._folder else path or Path()
        self.set_aside: Path | None = None
        """Where a damaged file went that was found in this one's place."""
        self.retreat: Callable[[StoreError], bool] | None = None
        """What to do when the file cannot be written; true when it has led the connection elsewhere."""
        try:
            self._connection = self._opened(is_read_only=is_read_only)
        except (sqlite3.Error, OSError) as error:
            if self._folder:
                self._folder.cleanup()
            trouble = f"cannot be used as history ({error});"
            if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                trouble = f"is being written by another process ({error}); run again later, or"
            raise StoreError(f"{self.path}: {trouble} name another with --store") from error

    @property
    def is_temporary(self) -> bool:
        """Tell a file that vanishes with the run."""
        return self._folder is not None

    @property
    def is_up_to_date(self) -> bool:
        """Tell whether it has today's form; one that is read only may have an earlier one."""
        with self._renamed("read"):
            return _check_age(self._connection, self.path) == len(_steps())

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Write in one transaction, elsewhere if need be: all of it, or none."""
        while True:
            try:
                with self.writing() as sql:
                    return work(sql)
            except StoreError as error:
                if self.retreat is None or not self.retreat(error):
                    raise

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction: all of it, or none."""
        with self._renamed("written"):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk has rolled it back already
                    self._connection.execute("ROLLBACK")
                raise

    def insert(self, table: str, rows: Iterable[tuple[Any, ...]], *, is_derived: bool = False) -> None:
        """Add rows to a table in one transaction; those that are derived may replace older ones."""
        rows = list(rows)
        if rows:
            verb, places = "REPLACE" if is_derived else "INSERT", ", ".join("?" * len(rows[0]))
            self.write(lambda sql: sql.executemany(f"{verb} INTO {table} VALUES ({places})", rows))

    def all(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Read all rows of a query that has few."""
        return self._read(query, parameters)

    def batches(self, query: str, *parameters: Any, size: int = 500) -> Iterator[list[tuple[Any, ...]]]:
        """Read any number of rows, so many at once; nothing may be written meanwhile."""
        with self._renamed("read"):
            cursor = self._connection.execute(query, parameters)
            while rows := cursor.fetchmany(size):
                yield rows

    def pages(self, query: str, *, size: int = 500, **parameters: Any) -> Iterator[tuple[Any, ...]]:
        """Read any number of rows by keyset pages, so that no cursor stays open while others write.

        The query's first column is an integer that rises; its `:after` and `:size` are filled in here.
        """
        after = -1
        while True:
            rows = self._read(query, {**parameters, "after": after, "size": size})
            yield from rows
            if len(rows) < size:
                return
            after = rows[-1][0]

    @property
    def size(self) -> int:
        """How many bytes the file has, what SQLite lays beside it included."""
        beside = (self.path.with_name(f"{self.path.name}{ending}") for ending in ("", "-wal"))
        return sum(path.stat().st_size for path in beside if path.is_file())

    def compact(self) -> None:
        """Give back the space of what was deleted; where the disk has no room for that, the file keeps it."""
        with suppress(sqlite3.Error):
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def attach(self, others: Mapping[str, Path]) -> None:
        """Lay other files beside this one, under these names, until it is closed."""
        with self._renamed("read"):
            for name, path in others.items():
                self._connection.execute(f"ATTACH ? AS {name}", (str(path),))

    def _read(self, query: str, parameters: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Read, elsewhere if the file turns out to be damaged."""
        while True:
            try:
                with self._renamed("read"):
                    return self._connection.execute(query, parameters).fetchall()
            except DamageError as error:
                if self.retreat is None or not self.retreat(error):
                    raise

    def lead_to(self, other: "Database") -> None:
        """Go on in another database, which this one then owns; what was being written is left as it is."""
        with suppress(sqlite3.Error):
            self._connection.close()
        if self._folder:
            self._folder.cleanup()
        self._connection, self._folder, self.path = other._connection, other._folder, other.path  # noqa: SLF001 - one of us

    def close(self) -> None:
        """Let go of the file; a temporary one is deleted."""
        with suppress(sqlite3.Error):
            self._connection.close()
        if self._folder:
            self._folder.cleanup()

    @contextmanager
    def _renamed(self, done: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise KeyboardInterrupt from None  # only what `_listen` hears interrupts
            if isinstance(error, sqlite3.DatabaseError) and _is_damaged(error):
                said = f"{self.path}: is damaged ({error}); move it away, or name another with --store"
                raise DamageError(said) from error
            raise StoreError(f"{self.path}: cannot be {done} ({error}); name another with --store") from error

    def _opened(self, *, is_read_only: bool) -> sqlite3.Connection:
        if is_read_only:
            return _connected(self.path, is_read_only=True)
        _make_folder(self.path.parent)
        try:
            return _connected(self.path, pragmas=_BRIEF if self.is_temporary else _PRAGMAS)
        except sqlite3.DatabaseError as error:
            if not (_is_damaged(error) and _is_history(self.path)):
                raise
        self.set_aside = put_aside(self.path)
        return _connected(self.path)


def _connected(path: Path, *, pragmas: tuple[str, ...] = _PRAGMAS, is_read_only: bool = False) -> sqlite3.Connection:
    if is_read_only:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    else:
        connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.set_progress_handler(_listen, _STEPS)
        _claim(connection, path)
        if is_read_only:
            _check_age(connection, path)
            return connection
        for pragma in pragmas:
            _set(connection, pragma)
        _check_health(connection, path)
        _migrate(connection, path)
        connection.execute("BEGIN IMMEDIATE")  # whoever cannot write should say so before anything has been asked
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _listen() -> None:
    """Let Python hear signals during a long statement: where one raises KeyboardInterrupt, SQLite ends the statement.

    The exception itself is lost on the way (https://docs.python.org/3/library/sqlite3.html), and raised anew above.
    """


def _set(connection: sqlite3.Connection, pragma: str) -> None:
    """Set a pragma; where another process is changing the file's mode, too, SQLite does not wait by itself."""
    stopwatch = Clock().stopwatch
    end = stopwatch() + _A_MOMENT
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or stopwatch() > end:
                raise
            time.sleep(_A_MOMENT / 100)
        else:
            return


def _make_folder(folder: Path) -> None:
    if folder.exists():
        return
    folder.mkdir(parents=True)
    if folder.name == ".linkcheck":
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def _claim(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse another program's database before anything in it is changed."""
    # In this order, since another process may be about to make the history: its tables come with its id.
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    if owner != _OURS and (owner or tables):
        raise StoreError(f"{path}: is a database of another program; name another with --store")


def _check_health(connection: sqlite3.Connection, path: Path) -> None:
    """Look a history over, as far as that takes no time that anybody would notice."""
    if path.is_file() and path.stat().st_size > _LOOKED_OVER:
        return
    said = "; ".join(text for (text,) in connection.execute("PRAGMA quick_check(1)"))
    if said != "ok":
        raise _DamagedError(said)


class _DamagedError(sqlite3.DatabaseError):
    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Apply the numbered migrations that this file has not seen; another process may be about to do the same."""
    steps = _steps()
    while _check_age(connection, path) < len(steps):
        connection.execute("BEGIN IMMEDIATE")
        try:
            seen = _check_age(connection, path)
            for statement in _statements(steps[seen]) if seen < len(steps) else ():
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_OURS}")
            connection.execute(f"PRAGMA user_version = {min(seen + 1, len(steps))}")
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # a full disk has rolled it back already
                connection.execute("ROLLBACK")
            raise


def _check_age(connection: sqlite3.Connection, path: Path) -> int:
    """Give how many migrations the file has seen; StoreError where they are more than we know."""
    (seen,) = connection.execute("PRAGMA user_version").fetchone()
    if seen > len(_steps()):
        raise StoreError(f"{path}: was written by a newer linkcheck; update linkcheck, or name another with --store")
    return int(seen)


def _steps() -> list[str]:
    migrations = files("linkcheck.store") / "migrations"
    steps = sorted((step for step in migrations.iterdir() if step.name.endswith(".sql")), key=lambda step: step.name)
    return [step.read_text(encoding="utf-8") for step in steps]


def _statements(script: str) -> Iterator[str]:
    """Give a script's statements one by one: `executescript` would end the transaction that we are in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _is_damaged(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def _is_history(path: Path) -> bool:
    """Tell a damaged history from somebody's file that never was one, which is left where it is."""
    with path.open("rb") as file:
        return path.name == NAME or file.read(len(_MAGIC)) == _MAGIC


def put_aside(path: Path) -> Path:
    """Rename a damaged file, with what belongs to it, to a name that is free."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + suffix))
    return aside
