"""What lies in a folder of evidence, each file with its SHA-256, so that a change shows."""

from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from linkcheck.errors import EvidenceError
from linkcheck.model import Excused

_LARGEST = 1 << 20


class Tool(Struct, frozen=True, kw_only=True):
    """Who made it."""

    name: str
    version: str


class Item(Struct, frozen=True, kw_only=True):
    """One file."""

    file: str
    """Its name in the folder, or the path of a report that was written elsewhere, as a person would type it."""
    bytes: int
    sha256: str


class Manifest(Struct, frozen=True, kw_only=True):
    """All of it. Times are the run's clock: UTC, ISO 8601."""

    schema: int = 1
    tool: Tool
    run: str
    started: str
    finished: str
    exit_code: int
    excused: Excused | None = None
    """What a baseline excused, if there was one: it is no part of the recording."""
    config_sha256: str
    """Of the settings as the WARC has them, in its record `urn:linkcheck:config`."""
    warc: Item
    reports: tuple[Item, ...]


def item(path: Path, name: str) -> Item:
    """Measure a file; EvidenceError when it cannot be read."""
    return Item(file=name, bytes=path.stat().st_size, sha256=digest(path))


def digest(path: Path) -> str:
    """Give the SHA-256 of a file, in hex; EvidenceError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return digest_of(file)
    except FileNotFoundError as error:
        raise EvidenceError(f"{path}: there is no such file") from error
    except (OSError, ValueError) as error:
        raise EvidenceError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error


def digest_of(file: BinaryIO) -> str:
    """Give the SHA-256 of what is left of a file, in hex."""
    found = sha256()
    while chunk := file.read(1 << 20):
        found.update(chunk)
    return found.hexdigest()


def read_manifest(path: Path) -> Manifest | None:
    """Read the manifest beside a recording; None where there is none, EvidenceError where it is not one."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except (OSError, ValueError):
        return None
    try:
        return msgspec.json.decode(content, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise EvidenceError(f"{path}: is no manifest of evidence ({error}); it was changed") from error
