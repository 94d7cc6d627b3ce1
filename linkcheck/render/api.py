"""What a renderer is: one output format, written to a stream."""

from collections.abc import Callable
from typing import TextIO

from msgspec import Struct

from linkcheck.model import Report


class Style(Struct, frozen=True):
    """How the reader wants it."""

    width: int = 80
    colour: bool = False
    verbose: int = 0
    """-1 quiet, 0 normal, 1 with everything."""
    report_path: str | None = None
    """Where another report of this run has been written, to be named at the end."""
    exit_code: int | None = None
    """What the process will exit with, where the format says so."""


class Renderer(Struct, frozen=True, kw_only=True):
    """A plug-in of this family."""

    media_type: str
    suffix: str
    render: Callable[[Report, TextIO, Style], None]
