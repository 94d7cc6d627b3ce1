"""Reads standard input without deafening the run: a pipe that is not closed yet can still be interrupted."""

import os
import stat
from io import BytesIO
from typing import BinaryIO

import anyio

from linkcheck.sources.read import LARGEST

_CHUNK = 1 << 16


async def read_to_end(stream: BinaryIO | None) -> BinaryIO | None:
    """Give what a stream holds, as far as a source may be large; can be cancelled where the system can wait."""
    if stream is None or not _can_wait(stream):
        return stream
    held, number = bytearray(), stream.fileno()
    while len(held) <= LARGEST:
        await anyio.wait_readable(number)
        chunk = os.read(number, _CHUNK)
        if not chunk:
            break
        held += chunk
    return BytesIO(bytes(held))


def _can_wait(stream: BinaryIO) -> bool:
    """Tell a pipe or terminal from a file, which never makes anybody wait, and from what has no descriptor."""
    try:
        mode = os.fstat(stream.fileno()).st_mode
        return os.name == "posix" and (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stream.isatty())
    except (OSError, ValueError, AttributeError):
        return False
