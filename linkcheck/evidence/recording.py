"""Reads a recording back: a file from outside, so that what is cut, changed or foreign is refused in a sentence."""

import contextlib
from collections import defaultdict, deque
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct

from linkcheck.config import Config
from linkcheck.errors import EvidenceError
from linkcheck.evidence.step import as_sent
from linkcheck.evidence.tape import CONFIG, END, SCHEMA, TAPE

_REMEDY = "repeat it from a copy whose SHA-256 is that in manifest.json"
_LARGEST = 256 << 20
"""Bytes of one record's content; no document, page or part of the tape is larger."""
_HEADERS = 8 << 20
"""Bytes of one record's headers, those of HTTP included."""


class End(Struct):
    """What the last record says."""

    schema: int
    version: str
    run: str
    entries: int


class Recording:
    """A recording that is whole: the tape in memory, and where in the file each record begins."""

    def __init__(self, path: Path) -> None:
        """Read the file through once, checking every digest; EvidenceError says what is wrong with it."""
        self.path = path
        self.entries: dict[tuple[str, str], deque[msgspec.Raw]] = defaultdict(deque)
        """By who asked what: the answers, in the order in which they were given."""
        self._offsets: dict[str, int] = {}
        self._count = 0
        config: bytes | None = None
        end: End | None = None
        for kind, url, name, offset, content in _records(path):
            if kind in {"response", "resource"}:
                self._offsets[name] = offset
            elif url == CONFIG:
                config = content
            elif url == TAPE:
                self._take(content)
            elif url == END:
                end = _decoded(path, content, End)
        if config is None:
            raise EvidenceError(f"{path}: is a WARC, but no recording of linkcheck; nothing in it can be run again")
        if end is None or end.entries != self._count:
            raise EvidenceError(f"{path}: the recording breaks off; {_REMEDY}")
        if end.schema != SCHEMA:
            raise EvidenceError(f"{path}: was recorded by linkcheck {end.version}; replay it with that version")
        self.version = end.version
        try:
            self.config = msgspec.json.decode(config, type=Config)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise EvidenceError(f"{path}: has settings that linkcheck {end.version} knew ({error})") from error

    def content(self, name: str) -> bytes:
        """Give what a `resource` record holds."""
        return b"".join(part for _, part in self._read(name))

    def response(self, name: str) -> tuple[tuple[tuple[str, str], ...], bytes]:
        """Give the headers and the body, as sent, of a `response` record."""
        ((headers, body),) = self._read(name)
        return as_sent([(key, value) for key, value in headers]), body

    def _read(self, name: str) -> Iterator[tuple[Any, bytes]]:
        offset = self._offsets.get(name)
        if offset is None:
            raise EvidenceError(f"{self.path}: a record that the tape speaks of is missing")
        try:
            with self.path.open("rb") as file, contextlib.redirect_stderr(StringIO()):
                file.seek(offset)
                record = next(iter(_iterator(file)))
                yield record.http_headers.headers if record.http_headers else (), _bounded(record, self.path)
        except EvidenceError:
            raise
        except Exception as error:
            raise EvidenceError(f"{self.path}: cannot be read ({_said(error)})") from error

    def _take(self, content: bytes) -> None:
        for line in content.split(b"\n"):
            asker, kind, value = _decoded(self.path, line, tuple[str, str, msgspec.Raw])
            self.entries[asker, kind].append(value.copy())
            self._count += 1


def _records(path: Path) -> Iterator[tuple[str, str, str, int, bytes]]:
    """Give type, target, id, place and, where it is the tape's, the content of each record."""
    try:
        with path.open("rb") as file, contextlib.redirect_stderr(StringIO()):
            iterator = _iterator(file, check_digests="raise")
            for record in iterator:
                headers = record.rec_headers
                url, name = headers.get_header("WARC-Target-URI") or "", headers.get_header("WARC-Record-ID") or ""
                is_ours = record.rec_type == "metadata" and url in {CONFIG, TAPE, END}
                content = _bounded(record, path) if is_ours else b""
                iterator.read_to_end()
                iterator.reader.lines = 0
                yield record.rec_type, url if is_ours else "", name, iterator.get_record_offset(), content
            errors = iterator.err_count
    except EvidenceError:
        raise
    except FileNotFoundError as error:
        raise EvidenceError(f"{path}: there is no such file") from error
    except Exception as error:
        raise EvidenceError(f"{path}: cannot be read as a WARC file ({_said(error)})") from error
    if errors:
        raise EvidenceError(f"{path}: is damaged; {_REMEDY}")


def _iterator(file: BinaryIO, **options: str) -> Any:
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - few runs are replays

    iterator = ArchiveIterator(file, **options)
    iterator.reader = _Headers(iterator.reader)
    return iterator


class _Headers:
    """What warcio reads from; the lines of one record's headers, which it takes as they come, have an end here."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.lines = 0
        """Bytes that were read as lines."""

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = self._reader.readline(min(length or _HEADERS, _HEADERS))
        self.lines += len(line)
        if self.lines >= _HEADERS:
            raise ValueError(f"it holds a record whose headers take more than {_HEADERS >> 20} MB")
        return line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)


def _bounded(record: Any, path: Path) -> bytes:
    content: bytes = record.raw_stream.read(_LARGEST + 1)
    while len(content) <= _LARGEST and (more := record.raw_stream.read(_LARGEST + 1 - len(content))):
        content += more
    if len(content) > _LARGEST:
        raise EvidenceError(f"{path}: holds a record of more than {_LARGEST >> 20} MB, which no run writes")
    return content


def _decoded(path: Path, content: bytes, type_: Any) -> Any:
    try:
        return msgspec.json.decode(content, type=type_)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise EvidenceError(
            f"{path}: its tape cannot be read ({error}); it was changed, or is of another version"
        ) from error


def _said(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__)[:200]
