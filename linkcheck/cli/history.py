"""Where the history lies, and what happens when it cannot be used."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from platformdirs import user_state_path

from linkcheck import config
from linkcheck.config import Settings
from linkcheck.config.files import FILES
from linkcheck.errors import DamageError, StoreError, StrangeError, UsageError
from linkcheck.render.escape import message
from linkcheck.store import Database, Journal
from linkcheck.store.copying import copied
from linkcheck.store.database import NAME, companions, put_aside
from linkcheck.store.known import Known
from linkcheck.writing import checked, is_in_tree


class Place(NamedTuple):
    """Where the history lies."""

    path: Path
    is_named: bool
    """Whether a person has named it, or it lies in the user's own folder: then it is nobody else's."""


def place_of(settings: Settings, directory: Path) -> Place:
    """Return the history file: as set, else in the project, else in the user's state folder.

    StoreError where a link leads elsewhere: what a repository holds is not ours to trust.
    """
    if settings.config.store:
        path = settings.path_of("store", settings.config.store, directory)
        is_named = "store" not in settings.untrusted
        return Place(_real(path, is_named=is_named), is_named)
    for folder in (directory, *directory.parents):
        if (folder / ".git").exists() or (folder / FILES[0]).is_file():
            return Place(_real(folder / ".linkcheck" / NAME, is_named=False), is_named=False)
    return Place(state_folder() / NAME, is_named=True)


def state_folder() -> Path:
    """Return the user's own folder for what outlives a run."""
    return user_state_path("linkcheck", appauthor=False)


def _real(file: Path, *, is_named: bool) -> Path:
    """Return a file, unless it, its folder, or what SQLite lays beside it is a link that a stranger may have made."""
    for path in (file.parent, file, *companions(file)):
        if path.is_symlink() and (not is_named or is_in_tree(file)):
            raise StoreError(f"{path}: is a link to {path.readlink()}, and is not followed; name the file with --store")
    try:
        return checked(file, may_have_dots=True)
    except OSError as error:
        raise StoreError(f"{file}: cannot be used ({error.strerror}); name another with --store") from error


def _set_aside(path: Path, aside: Path) -> str:
    return f"{path}: was damaged; it is kept as {aside.name}, and a new one begun"


@contextmanager
def opened(store: str | None, *, is_changed: bool = False) -> Iterator[Database]:
    """Open the history to look back; UsageError where there is none.

    Where it cannot be written it is read as it is, or a copy of it; StoreError where it `is_changed`.
    """
    settings = config.read({"store": store} if store else {})
    path, is_named = place_of(settings, Path.cwd())
    known = Known(state_folder())
    if not path.is_file():
        raise UsageError(f"{path}: there is no history here; `linkcheck check` makes one, --store names another")
    with ExitStack() as stack:
        try:
            database = stack.enter_context(closing(Database(path, known=known, is_named=is_named)))
        except StoreError as error:
            if is_changed or isinstance(error, StrangeError):
                raise
            database = stack.enter_context(closing(Database(path, is_read_only=True, known=known, is_named=is_named)))
            if not database.is_up_to_date:
                folder = stack.enter_context(TemporaryDirectory(prefix="linkcheck-"))
                database = stack.enter_context(closing(Database(copied(path, Path(folder, NAME)))))
        if aside := database.set_aside:
            print(f"linkcheck: {message(_set_aside(path, aside))}", file=sys.stderr)
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
        journal = journal_at(place_of(settings, directory), warn)
    except StoreError as error:
        warn(f"linkcheck: {error}; this run is not kept")
        return Journal(None)
    if aside := journal.database.set_aside:
        warn(f"linkcheck: {_set_aside(journal.database.path, aside)}")
    journal.tell = lambda sentence: warn(f"linkcheck: {sentence}")
    return journal


def journal_at(place: Place, warn: Callable[[str], None]) -> Journal:
    """Open a history to write; StoreError where it cannot, or may not, be used."""
    known = Known(state_folder())
    journal = Journal(place.path, known=known, is_named=place.is_named)
    if known.trouble and not place.is_named:
        warn(
            f"linkcheck: {known.home}: cannot be written ({known.trouble.strerror}), so the next run will not know this"
            f" history again; name it then: --store {place.path}"
        )
    return journal
