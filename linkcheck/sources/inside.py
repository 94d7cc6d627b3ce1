"""Opens files that a folder holds, of which a stranger may have made any into a link, a pipe or a device."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_HAS_HANDLES = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FILE = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without O_NONBLOCK, opening a pipe waits for somebody to write into it."""
_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_PATH", os.O_RDONLY)


def open_regular(path: Path, root: Path | None) -> BinaryIO:
    """Open a regular file; OSError for what is none, or is a link that leads out of the `root` (links resolved).

    What is put in the file's place meanwhile does not count: every folder from the root on is opened through the one
    above, and what was opened is looked at, not what the name says. Windows has no such handles.
    """
    try:
        descriptor = _descriptor(path, root)
    except OSError:
        if not path.is_symlink():
            raise
        real = Path(os.path.realpath(path))
        if root is not None and not real.is_relative_to(root):
            raise OSError(errno.ELOOP, "it is a link that leads out of the root") from None
        descriptor = _descriptor(real, root)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        raise OSError(errno.EINVAL, "it is not a regular file")
    return os.fdopen(descriptor, "rb")


def _descriptor(path: Path, root: Path | None) -> int:
    if root is None or not _HAS_HANDLES or not path.is_relative_to(root):
        return os.open(path, _FILE)
    *folders, name = path.relative_to(root).parts
    handle = os.open(root, _FOLDER)
    try:
        for folder in folders:
            inner = os.open(folder, _FOLDER | _NO_FOLLOW, dir_fd=handle)
            os.close(handle)
            handle = inner
        return os.open(name, _FILE, dir_fd=handle)
    finally:
        os.close(handle)
