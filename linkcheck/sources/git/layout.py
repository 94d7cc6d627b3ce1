"""Where the parts of a repository lie on disk, as gitrepository-layout(5) has it; no program is run, no file written.

Everything here may come from an archive that a stranger packed: files are read only where they are regular, and to a
limit, and every folder that is taken over must belong to the user, as git's own `safe.directory` asks since 2.35.2.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from msgspec import Struct

from linkcheck.errors import RepositoryError

_POINTER = 4 << 10
"""Bytes of a file that holds one path or one reference."""
_CONFIG = 1 << 20
_ALTERNATES = 16
"""Folders of objects that others may lend. Git follows five steps, each of which may name many."""
_EXTENSIONS = frozenset(
    "compatobjectformat noop objectformat partialclone preciousobjects refstorage relativeworktrees submodulepathconfig"
    " worktreeconfig".split()
)
"""Extensions of the format under which objects, loose and packed references are what they always were."""
_SECTION = re.compile(
    rb"^[ \t]*\[[ \t]*extensions[ \t]*\](.*?)(?=^[ \t]*\[|\Z)", re.IGNORECASE | re.DOTALL | re.MULTILINE
)
_SETTING = re.compile(rb'^[ \t]*([A-Za-z][\w-]*)[ \t]*(?:=[ \t]*"?([^"\s;#]*))?', re.MULTILINE)
_VERSION = re.compile(rb"^[ \t]*repositoryformatversion[ \t]*=[ \t]*(\d+)", re.IGNORECASE | re.MULTILINE)
_SPARSE = re.compile(rb"^[ \t]*sparsecheckout[ \t]*=[ \t]*true", re.IGNORECASE | re.MULTILINE)


class Layout(Struct, frozen=True):
    """The folders of one repository."""

    top: Path
    """The work tree: the folder that holds `.git`. What the repository's `core.worktree` says does not count."""
    own: Path
    """What belongs to this work tree alone: HEAD."""
    common: Path
    """What all work trees share: references and objects; the same as `own` but for linked work trees."""
    objects: Path
    object_format: str = "sha1"
    has_reftable: bool = False
    is_partial: bool = False
    """Objects were left out when it was cloned (`--filter`)."""
    is_sparse: bool = False
    """Files of the commit were left out of the work tree."""

    @classmethod
    def nearest(cls, folder: Path, is_vouched_for: Callable[[Path], bool]) -> Self | None:
        """Return the layout of the nearest `.git` at or above a folder; None outside of repositories.

        A `.git` that is no repository is passed over, as git does. A bare repository has no `.git`, and is never taken.
        RepositoryError where the nearest one belongs to somebody else and is not vouched for, or cannot be understood.
        """
        here = Path(os.path.realpath(folder))
        for top in (here, *here.parents):
            dot = top / ".git"
            if (own := _own_folder(dot)) is not None:
                common = _common_folder(own)
                for path in (dot, top, own, common, Path(os.path.realpath(common / "objects"))):
                    if not is_owned(path) and not is_vouched_for(top):
                        raise RepositoryError(
                            f"{path}: belongs to another user, so this repository is not read; take it over, or vouch"
                            f" for it: git config --global --add safe.directory {top}"
                        )
                return cls._understood(top, own, common)
        return None

    @classmethod
    def _understood(cls, top: Path, own: Path, common: Path) -> Self:
        config = read_regular(common / "config", _CONFIG) or b""
        version = _VERSION.search(config)
        if version and int(version[1]) > 1:
            raise RepositoryError(
                f"{top}: this repository has a format that linkcheck does not know ({int(version[1])})"
            )
        extensions = {
            name.lower().decode(): (value or b"").lower().decode("ascii", "replace")
            for section in _SECTION.findall(config)
            for name, value in _SETTING.findall(section)
        }
        if unknown := extensions.keys() - _EXTENSIONS:
            raise RepositoryError(
                f"{top}: this repository has the extension {min(unknown)!r}, which linkcheck does not know"
            )
        object_format = extensions.get("objectformat", "sha1")
        if object_format not in {"sha1", "sha256"}:
            raise RepositoryError(f"{top}: linkcheck knows no objects of the format {object_format!r}")
        objects = Path(os.path.realpath(common / "objects"))
        check_alternates(objects)
        return cls(
            top=top,
            own=own,
            common=common,
            objects=objects,
            object_format=object_format,
            has_reftable=extensions.get("refstorage") == "reftable" or (common / "reftable").is_dir(),
            is_sparse=any(
                _SPARSE.search(read_regular(path, _CONFIG) or b"")
                for path in (common / "config", own / "config.worktree")
            ),
            is_partial="partialclone" in extensions or any((objects / "pack").glob("*.promisor")),
        )


def is_owned(path: Path) -> bool:
    """Return True if a path belongs to the user, or to the caller of sudo; git asks the same.

    Windows has no such owner in Python's `stat`: there every path counts as owned.
    """
    if os.name == "nt":
        return True
    user, owner = os.geteuid(), path.lstat().st_uid
    caller = os.environ.get("SUDO_UID", "")
    return owner == user or (user == 0 and caller.isdecimal() and owner == int(caller))


def read_regular(path: Path, limit: int) -> bytes | None:
    """Return a file's bytes; None where there is no regular file. RepositoryError where it is longer than the limit."""
    try:
        # Without O_NONBLOCK a FIFO of that name would keep us waiting for a writer.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None
    with os.fdopen(handle, "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise RepositoryError(f"{path}: is larger than {limit:,} bytes; no repository of that kind is read")
    return content


def check_alternates(objects: Path) -> None:
    """Raise RepositoryError where borrowed objects are not the user's own, or are too many to follow.

    Git follows `info/alternates` by itself. A stranger's file could lead it to a network share or a foreign folder.
    """
    waiting, seen = [objects], {objects}
    while waiting:
        for folder in _alternates_of(waiting.pop()):
            if folder in seen or not folder.is_dir():  # git warns of one that is not there, and goes on without it
                continue
            if not is_owned(folder) or len(seen) > _ALTERNATES:
                raise RepositoryError(f"{objects}: borrows objects of {folder}, which are not read; git repack -a -d")
            seen.add(folder)
            waiting.append(folder)


def _alternates_of(objects: Path) -> Iterator[Path]:
    path = objects / "info" / "alternates"
    if path.exists() and not path.is_file():
        raise RepositoryError(f"{path}: is not a regular file")
    for line in (read_regular(path, _CONFIG) or b"").split(b"\n"):
        if line.startswith(b'"'):  # git would unquote it; it writes none itself
            raise RepositoryError(f"{path}: names folders in quotes, which are not read; write them plainly")
        if line and not line.startswith(b"#"):
            yield Path(os.path.realpath(objects / _local(path, line)))


def _own_folder(dot: Path) -> Path | None:
    """Return the folder that a `.git` is or leads to; None where it is no repository."""
    if dot.is_dir():
        return dot if _is_repository(dot) else None
    content = read_regular(dot, _POINTER)
    if content is None:
        return None
    if not content.startswith(b"gitdir: "):
        raise RepositoryError(f"{dot}: is neither a repository nor the address of one; remove it, or clone anew")
    own = Path(os.path.realpath(dot.parent / _local(dot, content.removeprefix(b"gitdir: ").rstrip(b"\r\n"))))
    if not _is_repository(own):
        raise RepositoryError(f"{dot}: leads to {own}, where there is no repository; repair it (git worktree repair)")
    return own


def _common_folder(own: Path) -> Path:
    content = read_regular(own / "commondir", _POINTER)
    return own if content is None else Path(os.path.realpath(own / _local(own / "commondir", content.rstrip(b"\r\n"))))


def _local(file: Path, path: bytes) -> str:
    """Return the path that a file holds; RepositoryError for a network share, which opening would log in to."""
    named = os.fsdecode(path)
    if "\0" in named or (os.name == "nt" and named.replace("\\", "/").startswith("//")):
        raise RepositoryError(f"{file}: leads to another machine, and is not followed")
    return named


def _is_repository(folder: Path) -> bool:
    """Return True if git would take a folder for a repository's."""
    if not os.path.lexists(folder / "HEAD"):
        return False
    common = _common_folder(folder)
    return (common / "objects").is_dir() and (common / "refs").is_dir()
