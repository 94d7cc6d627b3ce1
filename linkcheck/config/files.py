"""Config files: which one counts, whose it is, and the table in it."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from linkcheck.errors import ConfigError

FILES = ("linkcheck.toml", "pyproject.toml", "config.toml")
"""Discovered upwards from the working directory; the nearest folder wins, and in it the first of these."""

_LARGEST = 256 << 10
"""Bytes of a config file."""

_DEEP = re.compile(r"""(?<![\w.-])(?:(?:[\w-]++|"[^"\r\n]*+"|'[^'\r\n]*+')[ \t]*+\.[ \t]*+){50}""")
"""A dotted key that takes the TOML reader quadratic time."""


class Snapshot(Protocol):
    """The files of a work tree as a commit has them (`--config-from`)."""

    name: str
    """The commit, as people know it."""

    def covers(self, path: Path) -> bool:
        """Return whether a path lies in the work tree, so that the commit is asked for it and not the disk."""

    def read(self, path: Path, limit: int) -> bytes | None:
        """Return a regular file of the work tree as it was committed; None where it was not."""


class ConfigFile(Struct, frozen=True):
    """A config file that counts."""

    path: Path
    """Where it lies, or lay; its paths start at its folder."""
    place: str
    """The file as messages name it, the commit included."""
    table: dict[str, Any]
    is_trusted: bool
    """Whether the user vouches for these very bytes: by naming the file, or the commit that has it."""


def found_file(named: str | None, directory: Path, snapshot: Snapshot | None) -> ConfigFile | None:
    """Return the config that counts: the named file, else the nearest; with a snapshot, as that has it.

    A named file outside of the snapshot's work tree is read from the disk. One inside of it that was not committed
    does not count, whatever the work tree holds. ConfigError for a file that cannot be read.
    """
    if snapshot is not None and not (named and not snapshot.covers(Path(named))):
        return _committed(named, directory, snapshot)
    if named:
        path = Path(named)
        table = table_in(path, _bytes(path, is_shared=False), must=True)
        return ConfigFile(path, named, table or {}, is_trusted=True)
    return _discovered(directory)


def _discovered(directory: Path) -> ConfigFile | None:
    """Return the nearest file that is ours; the search ends at the repository."""
    folders = (directory, *directory.parents)
    top = next((folder for folder in folders if (folder / ".git").exists()), None)
    for folder in folders:
        for path in (folder / name for name in FILES):
            if not path.is_file() or not _is_its_own(path, top or folder):
                continue
            table = table_in(path, _bytes(path, is_shared=_is_shared(path)), must=False)
            if table is not None:
                return ConfigFile(path, str(path), table, is_trusted=False)
        if folder == top:
            break
    return None


def _is_its_own(path: Path, tree: Path) -> bool:
    """Return whether a found file lies in the tree itself: a stranger's link could name any file of this machine."""
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(tree)):
        return True
    if _is_shared(path):
        return False
    raise ConfigError(f"{path}: is a link out of its folder, and is not followed; name the config with --config")


def _committed(named: str | None, directory: Path, snapshot: Snapshot) -> ConfigFile | None:
    """Return the named or nearest file as a commit has it."""
    folders = [folder for folder in (directory, *directory.parents) if snapshot.covers(folder)]
    paths = [Path(os.path.abspath(named))] if named else [folder / name for folder in folders for name in FILES]  # noqa: PTH100 - `resolve` would follow a stranger's link
    for path in paths:
        source = snapshot.read(path, _LARGEST)
        table = None if source is None else table_in(path, source, must=named is not None)
        if table is not None:
            return ConfigFile(path, f"{named or path} at {snapshot.name}", table, is_trusted=True)
    return None


def _is_shared(path: Path) -> bool:
    """Return whether a name is one that other programs use, too: without a table of ours the file is theirs."""
    return path.name != FILES[0]


def table_in(path: Path, source: bytes, *, must: bool) -> dict[str, Any] | None:
    """Read a file's table; a shared file (`config.toml` is also Hugo's and Zola's) without one is not ours."""
    if not must and _is_shared(path) and b"linkcheck" not in source:
        return None
    if len(source) > _LARGEST:
        raise ConfigError(f"{path}: is larger than {_LARGEST >> 10} kB; no config is")
    try:
        text = source.decode()
        if _DEEP.search(text):
            raise ConfigError(f"{path}: is nested too deep")
        document = tomllib.loads(text)
    except ValueError as error:  # also of int(), for more digits than Python takes
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: is nested too deep") from error
    if path.name == "pyproject.toml":
        document = document.get("tool", {})
    table = document.get("linkcheck")
    if table is None and path.name == "linkcheck.toml":
        table = document
    if table is None:
        if must:
            raise ConfigError(f"{path}: has no [linkcheck] table; put the settings under one")
        return None
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: `linkcheck` must be a table")
    return table


def _bytes(path: Path, *, is_shared: bool) -> bytes:
    """Read a regular file, not much further than a config may be long."""
    try:
        if path.is_dir():
            raise ConfigError(f"{path}: is a folder; name the config file in it")
        if path.exists() and not path.is_file():
            raise ConfigError(f"{path}: is not a regular file; copy the settings into one")
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: there is no such config file") from error
    except (OSError, ValueError) as error:
        if is_shared:
            return b""
        raise ConfigError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
