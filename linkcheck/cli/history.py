"""Where the history lies, and what happens when it cannot be used."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import structs
from platformdirs import user_state_path

from linkcheck import config, uri
from linkcheck.config import FILES, Settings
from linkcheck.errors import StoreError, UsageError
from linkcheck.store import Database, Journal


def place_of(settings: Settings, directory: Path) -> Path:
    """Give the history file: as set, else in the project, else in the user's state folder."""
    if settings.config.store:
        return settings.path_of("store", settings.config.store, directory)
    for folder in (directory, *directory.parents):
        if (folder / ".git").exists() or (folder / FILES[0]).is_file():
            return folder / ".linkcheck" / "history.sqlite"
    return user_state_path("linkcheck", appauthor=False) / "history.sqlite"


def from_here(settings: Settings) -> Settings:
    """Let sources that a config file names start at its own folder, wherever we stand."""
    if settings.file is None or not settings.is_from_file("sources"):
        return settings
    folder, here = settings.file.absolute().parent, Path.cwd()
    named = tuple(
        source if source == "-" or uri.scheme_of(source) in uri.WEB else os.path.relpath(folder / source, here)
        for source in settings.config.sources
    )
    return structs.replace(settings, config=structs.replace(settings.config, sources=named))


@contextmanager
def opened(store: str | None) -> Iterator[Database]:
    """Open the history to look back; UsageError where there is none."""
    settings = config.read({"store": store} if store else {})
    path = place_of(settings, Path.cwd())
    if not path.is_file():
        raise UsageError(f"{path}: there is no history here; `linkcheck check` makes one, --store names another")
    try:
        database = Database(path)
    except StoreError:
        database = Database(path, is_read_only=True)  # what cannot be written can often still be read
    try:
        yield database
    finally:
        database.close()


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
        warn(f"linkcheck: {journal.database.path}: was damaged; it is kept as {aside.name}, and a new one begun")
    return journal
