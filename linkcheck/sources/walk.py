"""Goes through a folder: sorted, without what the repository ignores, and never in circles."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from linkcheck.sources.committed import Committed
from linkcheck.sources.ignore import is_ignored, rules_above, rules_in

NEVER = frozenset({".git", ".linkcheck"})
"""Folders that hold no documents."""


class Special(Struct, frozen=True):
    """A pipe, device or socket that a folder holds: nothing reads it, since that might wait, or never end."""

    path: Path


def walk(
    folder: Path,
    *,
    root: Path,
    repository: Path | None,
    is_excluded: Callable[[Path, bool], bool],
    committed: Committed | None = None,
) -> Iterator[Path | Special | OSError]:
    """Yield the files below a folder, and an OSError for each folder that cannot be listed.

    All paths are resolved; `root` and `repository` are the folder or above it; `is_excluded` is asked with a path and
    whether that is a folder; `committed` has the ignore files where those of the tree do not count. A link to a folder
    is not followed. A link to a file counts where that lies below the root but not below the folder, where it is met
    under its own name, and not in a folder that holds no documents: `.git/config` may hold a token.
    """
    waiting = [(folder, rules_above(folder, repository or folder, committed), True, False)]
    while waiting:
        path, rules, is_folder, is_special = waiting.pop()
        if not is_folder:
            yield Special(path) if is_special else path
            continue
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield error
            continue
        rules = rules_in(path, rules, committed)
        for entry in entries:
            inner = path / entry.name
            is_branch, is_odd = entry.is_dir(follow_symlinks=False), _is_special(entry)
            if not (is_branch or is_odd or _is_file(entry, folder, root)):
                continue
            if entry.name in NEVER or is_ignored(inner.parts, rules, is_folder=is_branch):
                continue
            if not is_excluded(inner, is_branch):
                waiting.append((inner, rules, is_branch, is_odd))


def _is_special(entry: "os.DirEntry[str]") -> bool:
    return not (entry.is_symlink() or entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False))


def _is_file(entry: "os.DirEntry[str]", folder: Path, root: Path) -> bool:
    try:
        if not entry.is_symlink():
            return entry.is_file()
        target = Path(os.path.realpath(entry.path))
        if not target.is_relative_to(root) or target.is_relative_to(folder):
            return False
        return NEVER.isdisjoint(target.relative_to(root).parts) and entry.is_file()
    except OSError:
        return False
