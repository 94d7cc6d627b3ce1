"""Which histories this user has begun, or named: their ids, in the user's own state folder.

A history that a repository brings along can say that dead links were checked an hour ago, and are fine. Its place, its
name and whether Git tracks it say nothing; that its id is written down here does.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

_ID = re.compile(r"[0-9a-f]{32}")
_PRIVATE = 0o700


class Known:
    """A folder with an empty file for each known history, named by its id."""

    def __init__(self, home: Path) -> None:
        """`home` is the user's state folder; it is created when the first id is added."""
        self.home = home
        self.trouble: OSError | None = None
        """Why an id could not be written down."""

    def has(self, identity: str) -> bool:
        """Return True for the id of a history that this user has begun or named."""
        try:
            return bool(_ID.fullmatch(identity)) and (self._folder / identity).is_file()
        except OSError:  # such as a folder of another user
            return False

    def add(self, identity: str) -> None:
        """Write an id down; what prevents that is kept in `trouble`."""
        if not _ID.fullmatch(identity) or self.has(identity):
            return
        try:
            for folder in (self.home, self._folder):
                folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
                folder.chmod(_PRIVATE)
            with suppress(FileExistsError):
                os.close(os.open(self._folder / identity, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except OSError as error:
            self.trouble = error

    @property
    def _folder(self) -> Path:
        return self.home / "histories"
