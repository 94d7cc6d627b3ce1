"""The files of a work tree as a commit has them, so that what the tree itself holds need not be believed."""

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Protocol

IGNORE_FILES = frozenset({".gitignore", ".lycheeignore"})


class Tree(Protocol):
    """What is needed of a repository (`sources.git.Repository`)."""

    @property
    def top(self) -> Path:
        """The work tree's folder, symbolic links resolved."""

    def read(self, commit: str, path: str, limit: int) -> bytes | None:
        """Return the first `limit` bytes of a file of a commit; None where it has none of that name."""

    def paths(self, commit: str) -> Iterable[str]:
        """Yield the paths of all files of a commit, from the top, with slashes."""


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
        """Return the first `limit` bytes of a file of the work tree as it was committed; None where it was not.

        No link is followed: not one on the way to the file, and of one that was committed the text is read.
        """
        place = self._place_of(path)
        if place is None or (path.name in IGNORE_FILES and place not in self._ignore_files):
            return None
        return self._tree.read(self._commit, place, limit)

    @cached_property
    def _ignore_files(self) -> frozenset[str]:
        """The paths of ignore files: one look at the commit instead of one for each folder of the tree."""
        return frozenset(path for path in self._tree.paths(self._commit) if path.rpartition("/")[2] in IGNORE_FILES)

    def _place_of(self, path: Path) -> str | None:
        """Return a path from the top, with slashes; None for one outside of the work tree."""
        for place in (Path(os.path.abspath(path)), Path(os.path.realpath(path))):  # noqa: PTH100 - `resolve` follows links
            if place.is_relative_to(self._tree.top):
                return place.relative_to(self._tree.top).as_posix()
        return None
