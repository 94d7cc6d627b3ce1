"""Copies a history, and brings the copy up to date: the file itself is left as it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

from linkcheck.errors import StoreError
from linkcheck.store.database import Database
from linkcheck.store.schema import harden


def copied(source: Path, to: Path) -> Path:
    """Copy a history into a new file, of today's form; StoreError for what is none."""
    if not source.is_file():
        raise StoreError(f"{source}: there is no such history")
    try:
        Database(source, is_read_only=True).close()  # refuses what is not ours, or too new
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as one,
            closing(sqlite3.connect(to)) as other,
        ):
            harden(one)
            harden(other)
            one.backup(other)
    except sqlite3.Error as error:
        raise StoreError(f"{source}: cannot be read as history ({error})") from error
    Database(to).close()
    return to
