"""Where the history lies, and what happens when it cannot be used."""

from collections.abc import Callable
from pathlib import Path

from platformdirs import user_state_path

from linkcheck.config import FILES, Settings
from linkcheck.errors import StoreError
from linkcheck.store import Journal


def place_of(settings: Settings, directory: Path) -> Path:
    """Give the history file: as set, else in the project, else in the user's state folder."""
    if settings.config.store:
        return settings.path_of("store", settings.config.store, directory)
    for folder in (directory, *directory.parents):
        if (folder / ".git").exists() or (folder / FILES[0]).is_file():
            return folder / ".linkcheck" / "history.sqlite"
    return user_state_path("linkcheck", appauthor=False) / "history.sqlite"


def open_journal(settings: Settings, directory: Path, warn: Callable[[str], None]) -> Journal:
    """Open the history; one that cannot be used is a warning, and this run is kept in a temporary file."""
    if settings.config.no_store:
        return Journal(None)
    try:
        return Journal(place_of(settings, directory))
    except StoreError as error:
        warn(f"linkcheck: {error}; this run is not kept")
        return Journal(None)
