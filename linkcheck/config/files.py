"""Config files: which there are, and the table in one."""

import re
import tomllib
from pathlib import Path
from typing import Any

from linkcheck.errors import ConfigError

FILES = ("linkcheck.toml", "pyproject.toml", "config.toml")
"""Discovered upwards from the working directory; the nearest folder wins, and in it the first of these."""

_LARGEST = 256 << 10
"""Bytes of a config file."""

_DEEP = re.compile(r"""(?<![\w.-])(?:(?:[\w-]++|"[^"\r\n]*+"|'[^'\r\n]*+')[ \t]*+\.[ \t]*+){50}""")
"""A dotted key that takes the TOML reader quadratic time."""


def discover(directory: Path) -> tuple[Path | None, dict[str, Any] | None]:
    """Find the nearest file that is ours, and its table; the search ends at the repository."""
    for folder in (directory, *directory.parents):
        for name in FILES:
            path = folder / name
            if path.is_file() and (table := table_of(path, must=False)) is not None:
                return path, table
        if (folder / ".git").exists():
            break
    return None, None


def table_of(path: Path, *, must: bool) -> dict[str, Any] | None:
    """Read a file's table; a shared file (`config.toml` is also Hugo's and Zola's) without one is not ours."""
    is_shared = not must and path.name != "linkcheck.toml"
    source = _bytes(path, is_shared=is_shared)
    if is_shared and b"linkcheck" not in source:
        return None
    if len(source) > _LARGEST:
        raise ConfigError(f"{path}: is larger than {_LARGEST >> 10} kB; no config is")
    try:
        text = source.decode()
        if _DEEP.search(text):
            raise ConfigError(f"{path}: is nested too deep")
        document = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
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
