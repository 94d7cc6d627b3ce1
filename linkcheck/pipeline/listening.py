"""Reads standard input and pipes without deafening the run: what waits for somebody to write can be interrupted."""

import os
import stat
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import anyio

_CHUNK = 1 << 16
_DESCRIPTORS = ("/dev/", "/proc/")


async def read_to_end(stream: BinaryIO | None, largest: int) -> BinaryIO | None:
    """Return what a stream holds, a little more than `largest` bytes at most.

    It can be cancelled where the system can wait.
    """
    if stream is None or not _can_wait(stream):
        return stream
    held, number = bytearray(), stream.fileno()
    while len(held) <= largest:
        await anyio.wait_readable(number)
        chunk = os.read(number, _CHUNK)
        if not chunk:
            break
        held += chunk
    return BytesIO(bytes(held))


def is_pipe(path: Path | None) -> bool:
    """Tell a pipe that has a name, such as that of `mkfifo`, or /dev/fd/63 of a shell."""
    try:
        return os.name == "posix" and path is not None and stat.S_ISFIFO(path.stat().st_mode)
    except (OSError, ValueError):
        return False


async def read_pipe(path: Path, largest: int) -> BinaryIO | None:
    """Give what somebody writes into a pipe; until then it can be cancelled. OSError where it cannot be opened."""
    held = _held(path)
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK) if held is None else os.dup(held)
    with os.fdopen(number, "rb", buffering=0) as stream:
        return await read_to_end(stream, largest)


def _held(path: Path) -> int | None:
    """Give our own descriptor of a pipe that a shell has opened for us.

    Opened once more after its writer has gone, it would wait for another.
    """
    wanted = path.stat()
    for name in os.listdir("/dev/fd") if str(path).startswith(_DESCRIPTORS) else ():  # noqa: PTH208 - names are wanted
        with suppress(OSError):
            here = os.fstat(int(name))
            if (here.st_dev, here.st_ino) == (wanted.st_dev, wanted.st_ino):
                return int(name)
    return None


def _can_wait(stream: BinaryIO) -> bool:
    """Tell a pipe or terminal from a file, which never makes anybody wait, and from what has no descriptor."""
    try:
        mode = os.fstat(stream.fileno()).st_mode
        return os.name == "posix" and (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stream.isatty())
    except (OSError, ValueError, AttributeError):
        return False
