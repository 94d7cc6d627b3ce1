"""The files of a work tree as a commit has them, so that what the tree itself holds need not be believed."""

import os
from pathlib import Path
from typing import Protocol


class Tree(Protocol):
    """What is needed of a repository (`sources.git.Repository`)."""

    @property
    def top(self) -> Path:
        """The work tree's folder, symbolic links resolved."""

    def read(self, commit: str, path: str, limit: int) -> bytes | None:
        """Return a regular file of a commit; None where it has none; RepositoryError where that is larger."""


class Committed:
    """The files of a work tree as a commit has them."""

    def __init__(self, tree: Tree, commit: str, *, name: str) -> None:
        self._tree, self._commit = tree, commit
        self.name = name
        """The commit, as the user named it."""

    def covers(self, path: Path) -> bool:
        """Return whether a path, as it is written or with its links resolved, lies in the work tree."""
        return self._place_of(path) is not None

    def read(self, path: Path, limit: int) -> bytes | None:
        """Return a regular file of the work tree as it was committed; None where it was not.

        No link is followed, on the way to the file or at its end. RepositoryError where it is larger than `limit`.
        """
        place = self._place_of(path)
        return None if place is None else self._tree.read(self._commit, place, limit)

    def _place_of(self, path: Path) -> str | None:
        """Return a path from the top, with slashes; None for one outside of the work tree."""
        for place in (Path(os.path.abspath(path)), Path(os.path.realpath(path))):  # noqa: PTH100 - `resolve` follows links
            if place.is_relative_to(self._tree.top):
                return place.relative_to(self._tree.top).as_posix()
        return None
