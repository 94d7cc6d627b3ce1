"""Where the history lies, and what happens when it cannot be used."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import structs
from platformdirs import user_state_path

from linkcheck import config, uri
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


def from_here(settings: Settings) -> Settings:
    """Let paths that a config file names (sources, root, exclusions) start at its own folder, wherever we stand."""
    if settings.file is None:
        return settings
    folder, here, said = settings.file.absolute().parent, Path.cwd(), settings.config
    moved: dict[str, Any] = {}
    if settings.is_from_file("sources"):
        moved["sources"] = tuple(
            source if source == "-" or uri.scheme_of(source) in uri.WEB else os.path.relpath(folder / source, here)
            for source in said.sources
        )
    if settings.is_from_file("root-dir") and said.root_dir:
        moved["root_dir"] = str(folder / said.root_dir)
    if settings.is_from_file("exclude-path"):
        moved["exclude_path"] = tuple(_pattern_from_here(pattern, folder, here) for pattern in said.exclude_path)
    return structs.replace(settings, config=structs.replace(said, **moved))


def _pattern_from_here(pattern: str, folder: Path, here: Path) -> str:
    """Let a pattern as in `.gitignore` mean the same files from here; one without a slash means every folder's."""
    taken_back = "!" if pattern.startswith("!") else ""
    body = pattern.removeprefix("!")
    path = body.strip("/")
    if "/" not in body.rstrip("/") or path.startswith("**/") or not path:
        return pattern
    moved = Path(os.path.relpath(folder / path, here)).as_posix()
    if not moved.strip("./"):
        return f"{taken_back}*"  # it means the folder that we stand in, or one above
    return f"{taken_back}/{moved}{'/' if body.endswith('/') else ''}"


def _set_aside(path: Path, aside: Path) -> str:
    return f"{path}: was damaged; it is kept as {aside.name}, and a new one begun"


@contextmanager
def opened(store: str | None, *, is_to_change: bool = False) -> Iterator[Database]:
    """Open the history; UsageError where there is none.

    What cannot be written can often still be read, one of an earlier form in a copy; StoreError if it is to be changed.
    """
    settings = config.read({"store": store} if store else {})
    path = place_of(settings, Path.cwd())
    if not path.is_file():
        raise UsageError(f"{path}: there is no history here; `linkcheck check` makes one, --store names another")
    with ExitStack() as stack:
        try:
            database = stack.enter_context(closing(Database(path)))
        except StoreError:
            if is_to_change:
                raise
            database = stack.enter_context(closing(Database(path, is_read_only=True)))
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
