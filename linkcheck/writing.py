"""Opens files for writing without following symbolic links into places that a checked repository chose.

Whatever lies in a checked work tree is a stranger's: `reports` may be a link to `~/.ssh`. Below the project (the
nearest folder with `.git`, else the working directory) and the trees that a caller names, every component is therefore
opened through its parent's handle with O_NOFOLLOW, and no name may begin with a dot but those that begin with
`.linkcheck`. A path outside of all trees is the user's own word: its links are followed, and it may have names with
dots. The home folder, and what is above it, is no tree unless it is a repository.

Windows has neither O_NOFOLLOW nor folder handles: there every component is looked at before it is used, which leaves a
moment between the two.
"""

import errno
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

OURS = ".linkcheck"
"""The folder that holds what a project's runs leave; it is ignored by Git."""
_HAS_HANDLES = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_DIRECTORY")
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | getattr(os, "O_BINARY", 0)
_FOLDER = getattr(os, "O_DIRECTORY", 0) | _NO_FOLLOW | getattr(os, "O_PATH", os.O_RDONLY)
"""O_PATH (Linux) opens a folder that may be entered and not listed, too."""
_REPARSE_POINT = getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)
_PRIVATE_FOLDER = 0o700
_PERMISSIONS = 0o777
"""What a report takes over from the file that it replaces: neither set-user-ID nor set-group-ID."""
_LONGEST = 100
"""Characters of a file's name that its part has."""
_ABANDONED = 600.0
"""Seconds; writing a report takes much less between two of its pieces."""


class Folder:
    """An open folder. Names in it are looked up without following links; OSError as the system calls raise it."""

    def __init__(self, path: Path, handle: int | None) -> None:
        self.path = path
        self._handle = handle

    def create(self, name: str, mode: int = 0o666) -> int:
        """Create a file that is not there yet, and return its descriptor."""
        return os.open(self._at(name), _CREATE, mode, dir_fd=self._handle)

    def open_existing(self, name: str) -> int:
        """Open what is no regular file, such as a pipe, to write to it."""
        return os.open(self._at(name), os.O_WRONLY | _NO_FOLLOW, dir_fd=self._handle)

    def mode_of(self, name: str) -> int | None:
        """Return the mode of a name, links not followed; None where there is nothing."""
        try:
            return os.stat(self._at(name), dir_fd=self._handle, follow_symlinks=False).st_mode
        except FileNotFoundError:
            return None

    def chmod(self, name: str, mode: int) -> None:
        """Set the permissions of a file that we have made."""
        os.chmod(self._at(name), mode, dir_fd=self._handle)

    def replace(self, name: str, by: str) -> None:
        """Let a file take the place of another."""
        os.replace(self._at(by), self._at(name), src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def unlink(self, name: str) -> None:
        """Delete a file, if it is there."""
        with suppress(FileNotFoundError):
            os.unlink(self._at(name), dir_fd=self._handle)

    def clear_parts(self, name: str) -> None:
        """Delete what killed runs have left of a file: parts to which nobody has written for ten minutes."""
        part = re.compile(rf"\.{re.escape(name[:_LONGEST])}\.[0-9]{{1,10}}\.part")
        with suppress(OSError):
            for other in filter(part.fullmatch, os.listdir(self.path)):  # noqa: PTH208 - names are wanted
                status = os.stat(self._at(other), dir_fd=self._handle, follow_symlinks=False)
                if stat.S_ISREG(status.st_mode) and time.time() - status.st_mtime > _ABANDONED:
                    self.unlink(other)

    def enter(self, name: str, *, mode: int = 0o777, must_be_new: bool = False) -> "Folder":
        """Open a folder in this one, and create it where it is missing; OSError for a link."""
        path = self.path / name
        try:
            os.mkdir(self._at(name), _PRIVATE_FOLDER if name == OURS else mode, dir_fd=self._handle)
        except FileExistsError:
            if must_be_new:
                raise
        status = os.stat(self._at(name), dir_fd=self._handle, follow_symlinks=False)
        if _is_link(status):
            raise _link_error(name)
        if not stat.S_ISDIR(status.st_mode):
            raise NotADirectoryError(errno.ENOTDIR, f"{name} is not a folder")
        inner = Folder(path, os.open(name, _FOLDER, dir_fd=self._handle) if _HAS_HANDLES else None)
        if name == OURS:
            inner.ignore()
        return inner

    def ignore(self) -> None:
        """Let Git pass the folder over, with a `.gitignore` of `*`, unless it has one."""
        with suppress(OSError), os.fdopen(self.create(".gitignore"), "w", encoding="utf-8") as file:
            file.write("*\n")

    def close(self) -> None:
        """Close the handle."""
        if self._handle is not None:
            os.close(self._handle)

    def _at(self, name: str) -> str:
        return name if self._handle is not None else str(self.path / name)


def tree_of(directory: Path) -> Path | None:
    """Return the tree that a folder lies in, links resolved: its repository, else the folder itself.

    None for the home folder and what is above it, which nobody has cloned, unless it is a repository.
    """
    real = Path(os.path.realpath(directory))
    repository = next((above for above in (real, *real.parents) if os.path.lexists(above / ".git")), None)
    if repository is not None:
        return repository
    return None if Path(os.path.realpath(Path.home())).is_relative_to(real) else real


def is_in_tree(path: Path) -> bool:
    """Return True for a path in the project, where links are not followed."""
    tree = tree_of(Path.cwd())
    whole = Path(os.path.normpath(Path.cwd() / path))
    return tree is not None and any(Path(os.path.realpath(above)) == tree for above in whole.parents)


def checked(path: Path, *, may_have_dots: bool = False) -> Path:
    """Return the real place of a path that is to be written by others; OSError where the rules forbid it.

    For SQLite, which takes names only. What becomes of the name later is not guarded.
    """
    anchor, names = _located(path, (), may_have_dots=may_have_dots)
    place = anchor
    for name in names:
        place /= name
        with suppress(FileNotFoundError):
            if _is_link(place.lstat()):
                raise _link_error(name)
    return place


def create_folder(
    path: Path,
    trees: Iterable[Path] = (),
    *,
    must_be_new: bool = False,
    is_ignored: bool = False,
    may_have_dots: bool = False,
    mode: int = 0o777,
) -> None:
    """Create what is missing of a folder, for Git to ignore if so wished; OSError where the rules forbid it."""
    anchor, names = _located(path, trees, may_have_dots=may_have_dots)
    with _entered(anchor, names, must_be_new=must_be_new, mode=mode) as folder:
        if is_ignored:
            folder.ignore()


def created(path: Path, trees: Iterable[Path] = ()) -> BinaryIO:
    """Create a file that is not there yet, and open it."""
    anchor, names = _located(path, trees)
    with _entered(anchor, names[:-1]) as folder:
        return os.fdopen(folder.create(names[-1]), "wb")


@contextmanager
def replaced(path: Path, trees: Iterable[Path] = ()) -> Iterator[TextIO]:
    """Open a text file that appears when it is complete; OSError where it cannot, or may not, be written.

    Bytes may be written to its `buffer`. What is no regular file, such as `/dev/stdout` or a pipe, is written as it
    comes.
    """
    anchor, names = _located(path, trees)
    if not names:  # such as /dev/stdout
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            yield stream
        return
    with _entered(anchor, names[:-1]) as folder:
        name = names[-1]
        mode = folder.mode_of(name)
        if mode is not None and stat.S_ISLNK(mode):
            raise _link_error(name)
        if mode is not None and not stat.S_ISREG(mode):
            with _text(folder.open_existing(name)) as stream:
                yield stream
            return
        folder.clear_parts(name)
        part = f".{name[:_LONGEST]}.{os.getpid()}.part"
        try:
            with _text(folder.create(part)) as stream:
                yield stream
            if mode is not None:
                folder.chmod(part, mode & _PERMISSIONS)
            folder.replace(name, by=part)
        finally:
            folder.unlink(part)


def _text(descriptor: int) -> TextIO:
    return os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="\n")


@contextmanager
def _entered(anchor: Path, names: Iterable[str], *, must_be_new: bool = False, mode: int = 0o777) -> Iterator[Folder]:
    """Open a folder below an anchor, one component after the other."""
    anchor.mkdir(parents=True, exist_ok=True)
    names = tuple(names)
    flags = _FOLDER & ~_NO_FOLLOW
    folder = Folder(anchor, os.open(anchor, flags) if _HAS_HANDLES else None)
    try:
        for place, name in enumerate(names, start=1):
            inner = folder.enter(name, must_be_new=must_be_new and place == len(names), mode=mode)
            folder.close()
            folder = inner
        yield folder
    finally:
        folder.close()


def _located(path: Path, trees: Iterable[Path], *, may_have_dots: bool = False) -> tuple[Path, tuple[str, ...]]:
    """Return the folder above which links are the user's own, and the names below it; OSError for a forbidden name.

    There are no names where a path of the user's own leads to a device or a pipe.
    """
    here = Path.cwd()
    whole = Path(os.path.normpath(here / path))
    guarded = {tree for folder in (here, *trees) if (tree := tree_of(folder))}
    for above in reversed(whole.parents):
        if (real := Path(os.path.realpath(above))) in guarded:
            names = whole.relative_to(above).parts
            return real, names if may_have_dots else _allowed(names)
    folder = Path(os.path.realpath(whole.parent))  # a link of the user's own may lead into a tree
    for tree in guarded:
        if folder.is_relative_to(tree):
            names = (*folder.relative_to(tree).parts, whole.name)
            return tree, names if may_have_dots else _allowed(names)
    if whole.exists() and not whole.is_file() and not whole.is_dir():
        return whole, ()
    target = Path(os.path.realpath(whole))
    return target.parent, (target.name,)


def _allowed(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name.startswith(".") and not name.startswith(OURS):
            raise PermissionError(errno.EPERM, f"{name} begins with a dot, and nothing is written there in a project")
    return names


def _is_link(status: os.stat_result) -> bool:
    is_reparse_point = bool(getattr(status, "st_file_attributes", 0) & _REPARSE_POINT)  # a junction of Windows, too
    return stat.S_ISLNK(status.st_mode) or is_reparse_point


def _link_error(name: str) -> OSError:
    return OSError(errno.ELOOP, f"{name} is a symbolic link, and none is followed in a project")
