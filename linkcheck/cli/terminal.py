"""What the terminal can do, and what the person wants of it."""

import errno
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import TextIO

from linkcheck.render.api import Style


def style_for(stream: TextIO, *, color: str, verbose: int, environ: Mapping[str, str] = os.environ) -> Style:
    """Choose width and colour for a stream: 80 columns where it is no terminal and COLUMNS does not say otherwise."""
    width = shutil.get_terminal_size((80, 24)).columns if stream.isatty() or environ.get("COLUMNS") else 80
    return Style(width=min(max(width, 40), 160), colour=has_colour(stream, color, environ), verbose=verbose)


def has_colour(stream: TextIO, color: str, environ: Mapping[str, str]) -> bool:
    """Decide about colour: the option, then NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM, then the stream itself."""
    if color != "auto":
        return color == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in {"", "0"} or environ.get("CLICOLOR_FORCE", "0") not in {"", "0"}:
        return True
    return environ.get("TERM") != "dumb" and stream.isatty()


def is_attended(stream: TextIO, environ: Mapping[str, str] = os.environ) -> bool:
    """Return True if a person watches the progress: a terminal, and no CI, some of which give programs one."""
    return stream.isatty() and environ.get("CI", "").casefold() in {"", "0", "false"}


def as_utf8(stream: TextIO) -> None:
    """Make a stream that programs read speak UTF-8, whatever the locale says, and not write row by row.

    PYTHONUNBUFFERED, which many containers set, is for logs that somebody watches.
    """
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace", write_through=False)


@contextmanager
def while_read(stream: TextIO) -> Iterator[None]:
    """Write as long as somebody reads: who has seen enough, as `| head` has, changes nothing about the result."""
    try:
        yield
    except OSError as error:
        if not is_gone(error, stream):
            raise
        give_up(stream)


def is_gone(error: OSError, stream: TextIO) -> bool:
    """Return whether nobody can read what was written: a pipe without a reader, or a terminal that was closed."""
    if isinstance(error, BrokenPipeError):
        return True
    try:
        return error.errno == errno.EIO and stat.S_ISCHR(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def give_up(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere, so that the last flush does not fail again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
