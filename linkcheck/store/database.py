"""Opens the history file: migrations applied once, WAL, one writer, foreign errors renamed at the border."""

import os
import sqlite3
import stat
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from linkcheck.clock import Clock
from linkcheck.errors import DamageError, StoreError, StrangeError
from linkcheck.store.known import Known
from linkcheck.store.schema import check_schema, harden, statements
from linkcheck.store.schema import migrations as _steps
from linkcheck.writing import OURS, create_folder

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
_OTHERS = 0o077
_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700
_IN_MEMORY = ":memory:"
NAME = "history.sqlite"
"""What a history is called where nobody says otherwise."""


class Database:
    """One SQLite file, held open by its single writer."""

    def __init__(
        self, path: Path | None, *, is_read_only: bool = False, known: Known | None = None, is_named: bool = True
    ) -> None:
        """Open or create the file; None is a temporary one that vanishes with the run. StoreError with the remedy.

        A file that no person has named (`is_named`) is used only if its id is `known`: StrangeError. The id of one
        that was named, or is begun here, becomes known.

        A damaged history is set aside under another name, and a new one begun: `set_aside` says where it is. One that
        is read only is opened as it is: nothing is made, moved or brought up to date.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="linkcheck-") if path is None else None
        self.path = Path(self._folder.name, "run.sqlite") if self._folder else path or Path()
        self.set_aside: Path | None = None
        """Where a damaged file went that was found in this one's place."""
        self.retreat: Callable[[StoreError], bool] | None = None
        """What to do when the file cannot be written; true when it has led the connection elsewhere."""
        self.withheld: dict[str, bytes] = {}
        """By SHA-256, documents of this run that the file does not hold, since passwords stand in them."""
        self._known = known
        try:
            if known and not is_named:
                self._refuse_strange(known)
            elif not is_read_only and self.path.is_file():
                self._refuse_rollback()
            self._connection = self._opened(is_read_only=is_read_only)
        except (sqlite3.Error, OSError) as error:
            if self._folder:
                self._folder.cleanup()
            trouble = f"cannot be used as history ({error});"
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_ROLLBACK:
                trouble = f"has a journal beside it, which no history of linkcheck has; delete {self.path}-journal, or"
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

    def _refuse_strange(self, known: Known) -> None:
        """Raise StrangeError for a history that this user has neither begun nor named; a damaged one is set aside.

        It is opened for reading alone: SQLite would undo what a journal beside it says was interrupted, and delete
        files that this names (https://www.sqlite.org/fileformat2.html#the_rollback_journal).
        """
        if not self.path.exists():
            return
        for path in companions(self.path):
            with suppress(FileNotFoundError):
                if os.name == "posix" and stat.S_IMODE(path.lstat().st_mode) & _OTHERS:
                    raise StrangeError(f"{path}: was not written by linkcheck; {_own(self.path)}; else delete it")
        try:
            identity = identity_of(self.path)
        except sqlite3.DatabaseError as error:
            if not (_is_damaged(error) and _is_history(self.path)):
                raise
            self.set_aside = put_aside(self.path)
            return
        if identity is not None and not known.has(identity):
            raise StrangeError(
                f"{self.path}: was not begun by you on this machine, and is not used, since a stranger's history can"
                f" hide dead links; {_own(self.path)}; else delete it"
            )

    def _refuse_rollback(self) -> None:
        """Raise sqlite3.OperationalError where a journal beside a named file says that writing was broken off.

        To undo that, SQLite would delete a file that the journal names, wherever it lies (its super-journal). A history
        of ours has a write-ahead log instead. Opened for reading alone, SQLite only says so.
        """
        try:
            identity_of(self.path)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_ROLLBACK:
                raise

    def _opened(self, *, is_read_only: bool) -> sqlite3.Connection:
        if is_read_only:
            return _connected(self.path, is_read_only=True)
        if not self.is_temporary and str(self.path) != _IN_MEMORY:
            create_folder(self.path.parent, mode=_PRIVATE_FOLDER, may_have_dots=True)
            self._tighten()
        begun = self._known.add if self._known else _nobody
        try:
            return _connected(self.path, pragmas=_BRIEF if self.is_temporary else _PRAGMAS, begun=begun)
        except sqlite3.DatabaseError as error:
            if not (_is_damaged(error) and _is_history(self.path)):
                raise
        self.set_aside = put_aside(self.path)
        self._tighten()
        return _connected(self.path, begun=begun)

    def _tighten(self) -> None:
        """Let nobody else read the file, new or old, what SQLite lays beside it, and a folder that is all ours.

        SQLite gives what it creates beside a file the mode of that.
        """
        folder = self.path.parent
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))
        is_ours = folder.name == OURS or (self._known is not None and folder == self._known.home)
        for path in (self.path, *companions(self.path), *([folder] if is_ours else [])):
            with suppress(OSError):
                mode = path.lstat().st_mode
                if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
                    path.chmod(stat.S_IMODE(mode) & (_PRIVATE_FOLDER if stat.S_ISDIR(mode) else _PRIVATE))


def companions(path: Path) -> Iterator[Path]:
    """Yield the names of what SQLite lays beside a file."""
    for ending in ("-wal", "-shm", "-journal"):
        yield path.with_name(f"{path.name}{ending}")


def identity_of(path: Path) -> str | None:
    """Return the id of a history, empty for one of an earlier form; None for a file that holds nothing yet.

    StoreError for what is no history of ours, sqlite3.Error for what cannot be read.
    """
    connection = _connected(path, is_read_only=True)
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        found = connection.execute("SELECT value FROM identity").fetchall() if "identity" in tables else []
        return str(found[0][0]) if len(found) == 1 else ""
    finally:
        connection.close()


def _own(path: Path) -> str:
    return f"if it is yours, name it once: --store {path}"


def _nobody(_identity: str) -> None:
    """Keep no id: a copy, or a file that vanishes with the run."""


def _connected(
    path: Path,
    *,
    pragmas: tuple[str, ...] = _PRAGMAS,
    is_read_only: bool = False,
    begun: Callable[[str], None] = _nobody,
) -> sqlite3.Connection:
    if is_read_only:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    else:
        connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.set_progress_handler(_listen, _STEPS)
        harden(connection)
        _claim(connection, path)
        _check_schema(connection, path)
        if is_read_only:
            return connection
        for pragma in pragmas:
            _set(connection, pragma)
        _check_health(connection, path)
        _migrate(connection, path, begun)
        connection.execute("BEGIN IMMEDIATE")  # whoever cannot write should say so before anything has been asked
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError for what our migrations have not made; another process may be applying one."""
    connection.execute("BEGIN")
    try:
        check_schema(connection, path, _steps()[: _check_age(connection, path)])
    finally:
        connection.execute("COMMIT")


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


def _migrate(connection: sqlite3.Connection, path: Path, begun: Callable[[str], None]) -> None:
    """Apply the numbered migrations that this file has not seen; another process may be about to do the same.

    The file's id is known before others can see it.
    """
    steps = _steps()
    if _check_age(connection, path) == len(steps):
        begun(_identity(connection))
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in steps[_check_age(connection, path) :]:
            for statement in statements(step):
                connection.execute(statement)
        begun(_identity(connection))
        connection.execute(f"PRAGMA application_id = {_OURS}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")
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


def _identity(connection: sqlite3.Connection) -> str:
    """Return the id; empty where an earlier version has none."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'identity'").fetchone():
        return ""
    found = connection.execute("SELECT value FROM identity").fetchone()
    return str(found[0]) if found else ""


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
    for companion in companions(path):
        if companion.exists():
            companion.rename(aside.with_name(companion.name.replace(path.name, aside.name, 1)))
    return aside
