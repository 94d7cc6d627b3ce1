"""Where the history lies, and what happens when it cannot be used."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_state_path

from linkcheck import config
from linkcheck.config import Settings
from linkcheck.config.files import FILES
from linkcheck.errors import DamageError, StoreError, UsageError
from linkcheck.render.escape import plain
from linkcheck.store import Database, Journal
from linkcheck.store.copying import copied
from linkcheck.store.database import NAME, put_aside


def place_of(settings: Settings, directory: Path) -> Path:
    """Give the history file: as set, else in the project, else in the user's state folder.

    StoreError where the project makes it lie elsewhere: what a repository holds is not ours to trust.
    """
    if settings.config.store:
        return settings.path_of("store", settings.config.store, directory)
    for folder in (directory, *directory.parents):
        if (folder / ".git").exists() or (folder / FILES[0]).is_file():
            return _real(folder / ".linkcheck" / NAME)
    return user_state_path("linkcheck", appauthor=False) / NAME


def _real(file: Path) -> Path:
    """Give a file in a folder of its own, unless one of them is a link, or what SQLite lays beside it."""
    beside = (file.with_name(f"{file.name}{ending}") for ending in ("", "-wal", "-shm", "-journal"))
    for path in (file.parent, *beside):
        if path.is_symlink():
            raise StoreError(f"{path}: is a link to {path.readlink()}, and is not followed; name the file with --store")
    return file


def _set_aside(path: Path, aside: Path) -> str:
    return f"{path}: was damaged; it is kept as {aside.name}, and a new one begun"


@contextmanager
def opened(store: str | None, *, is_changed: bool = False) -> Iterator[Database]:
    """Open the history to look back; UsageError where there is none.

    Where it cannot be written it is read as it is, or a copy of it; StoreError where it `is_changed`.
    """
    settings = config.read({"store": store} if store else {})
    path = place_of(settings, Path.cwd())
    if not path.is_file():
        raise UsageError(f"{path}: there is no history here; `linkcheck check` makes one, --store names another")
    with ExitStack() as stack:
        try:
            database = stack.enter_context(closing(Database(path)))
        except StoreError:
            if is_changed:
                raise
            database = stack.enter_context(closing(Database(path, is_read_only=True)))  # often it can still be read
            if not database.is_up_to_date:
                folder = stack.enter_context(TemporaryDirectory(prefix="linkcheck-"))
                database = stack.enter_context(closing(Database(copied(path, Path(folder, NAME)))))
        if aside := database.set_aside:
            print(f"linkcheck: {plain(_set_aside(path, aside))}", file=sys.stderr)
        yield database


def open_anew(journal: Journal, error: DamageError, settings: Settings, warn: Callable[[str], None]) -> Journal:
    """Put a history aside whose damage has ended a run, so that the run can begin anew."""
    journal.close()
    try:
        aside = put_aside(journal.database.path)
    except OSError:
        raise error from None
    warn(f"linkcheck: {journal.database.path}: is damaged; it is kept as {aside.name}, and the run begins anew")
    return open_journal(settings, Path.cwd(), warn)


def open_journal(settings: Settings, directory: Path, warn: Callable[[str], None]) -> Journal:
    """Open the history; one that cannot be used is a warning, and this run is kept in a temporary file."""
    if settings.config.no_store:
        return Journal(None)
    try:
        journal = Journal(place_of(settings, directory))
    except StoreError as error:
        warn(f"linkcheck: {error}; this run is not kept")
        return Journal(None)
    if aside := journal.database.set_aside:
        warn(f"linkcheck: {_set_aside(journal.database.path, aside)}")
    journal.tell = lambda sentence: warn(f"linkcheck: {sentence}")
    return journal
