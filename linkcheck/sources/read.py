"""Reads what was found into documents: bytes, bounded, and then text."""

import os
import re
import stat
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE
from pathlib import Path
from typing import BinaryIO

from linkcheck.config.values import size_text
from linkcheck.errors import SizeError, SourceError
from linkcheck.extract.decode import decode
from linkcheck.inflate import GZIP, unfolded
from linkcheck.model import Document
from linkcheck.sources import formats
from linkcheck.sources.api import Found
from linkcheck.sources.inside import open_regular

LARGEST = 64 << 20
"""Bytes; a larger file is hardly an article. The default of `max-file-size`."""
LARGEST_LIST = 50 << 20
"""Bytes of a sitemap, unfolded (https://www.sitemaps.org/protocol.html)."""


def read(
    found: Found, *, read_as: str | None = None, stdin: BinaryIO | None = None, largest: int = LARGEST
) -> Document:
    """Read a file, or `stdin` where there is no path. SourceError names it and the remedy; UsageError for `read_as`."""
    return as_document(contents(found, stdin=stdin, largest=largest), found, read_as=read_as)


def contents(
    found: Found, *, stdin: BinaryIO | None = None, pipe: BinaryIO | None = None, largest: int = LARGEST
) -> bytes:
    """Return the bytes of a file, of `stdin` where there is no path, or of a pipe that was read already.

    SizeError for more than `largest` bytes; SourceError names the source and the remedy.
    """
    assert found.path or not found.url, "a page of the web is fetched"
    if found.path and pipe is None:
        return _from_file(found, found.path, largest)
    return _from_stream(pipe or stdin, found.name, largest)


def as_document(source: bytes, found: Found, *, read_as: str | None = None) -> Document:
    """Make a document of what a file holds. SourceError when it is no text; UsageError for `read_as`."""
    media_type = formats.named(read_as) if read_as else formats.by_suffix(found.path) if found.path else None
    return document(source, found, media_type=media_type, is_certain=read_as is not None)


def document(
    source: bytes,
    found: Found,
    *,
    media_type: str | None,
    is_certain: bool = False,
    charset: str | None = None,
) -> Document:
    """Make a document of bytes; unless `is_certain`, a media type that says little gives way to the looks of the text.

    SourceError when the bytes are no text.
    """
    if source.startswith(GZIP):
        source, media_type = _unfolded(source, found.name, media_type if is_certain else None)
        is_certain = True
    if binary := formats.binary_of(media_type, source):
        if extra := formats.missing(binary):
            how = f"pip install 'linkcheck-provenance[{extra}]'"
            raise SourceError(f"{found.name}: needs the extra {extra!r} to be read; install it: {how}")
        return Document(
            name=found.name, url=found.url, media_type=binary.media_types[0], source=source, text="", encoding="binary"
        )
    if (named := formats.extractor_of(media_type or "")) and named.signature:
        raise SourceError(f"{found.name}: is not what its name says ({media_type}); name the document it was made from")
    if b"\0" in source[:_HEAD] and not source.startswith(_WIDE):
        raise _binary(found.name)
    decoded = decode(source, media_type=media_type or formats.PLAIN, declared=charset)
    settled = media_type if media_type and is_certain else formats.suited(media_type, decoded.text)
    if settled != media_type:
        decoded = decode(source, media_type=settled, declared=charset)
    head = decoded.text[:_HEAD]
    if len(_NO_TEXT.findall(head)) > _MOST_NOISE * len(head):
        raise _binary(found.name)
    return Document(
        name=found.name,
        url=found.url,
        media_type=settled,
        source=source,
        text=decoded.text,
        encoding=decoded.encoding,
        encoding_basis=decoded.basis,
    )


def _unfolded(source: bytes, name: str, media_type: str | None) -> tuple[bytes, str]:
    """Unfold a compressed sitemap or feed, which is what is published so; SourceError for anything else."""
    body, is_whole = unfolded(source, LARGEST_LIST)
    if not is_whole:
        raise SourceError(
            f"{name}: is damaged, or larger than {LARGEST_LIST >> 20} MB once unfolded; unfold it yourself"
        )
    media_type = media_type or formats.by_looks(decode(body[:_HEAD], media_type=formats.PLAIN).text)
    if media_type not in formats.LISTS:
        raise _binary(name)
    return body, media_type


def _binary(name: str) -> SourceError:
    return SourceError(f"{name}: is a binary file, not text; name the document it was made from")


def _from_file(found: Found, path: Path, largest: int) -> bytes:
    """Read a file; a pipe only where a person has named it."""
    name = found.name
    try:
        with path.open("rb") if found.is_named else open_regular(path, found.root) as file:
            about = os.fstat(file.fileno())
            if stat.S_ISREG(about.st_mode) and about.st_size > largest:
                raise too_large(name, largest)
            if stat.S_ISREG(about.st_mode) or stat.S_ISFIFO(about.st_mode):
                return _bounded(file, name, largest)
    except IsADirectoryError as error:
        raise SourceError(f"{name}: is a folder; name it as a source of its own") from error
    except FileNotFoundError as error:
        raise SourceError(f"{name}: is no longer there; run again") from error
    except PermissionError as error:
        raise SourceError(f"{name}: may not be read; give this user the right to read it") from error
    except (OSError, ValueError) as error:
        raise SourceError(f"{name}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    raise SourceError(f"{name}: is not a regular file; copy what it gives into one")


def _from_stream(stdin: BinaryIO | None, name: str, largest: int) -> bytes:
    if stdin is None:
        raise SourceError(f"{name}: there is no standard input; name a file")
    try:
        return _bounded(stdin, name, largest)
    except OSError as error:
        raise SourceError(f"{name}: standard input cannot be read: {error}") from error


def _bounded(file: BinaryIO, name: str, largest: int) -> bytes:
    source = file.read(largest + 1)
    if len(source) > largest:
        raise too_large(name, largest)
    return source


def too_large(name: str, largest: int) -> SizeError:
    """Return the error for a source of more bytes than `max-file-size` allows."""
    return SizeError(f"{name}: is larger than {size_text(largest)}; split it, or raise --max-file-size")


_HEAD = 8192
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
"""Controls that no text is laid out with, and what stands for bytes that cannot be decoded."""
_MOST_NOISE = 0.3
"""The part of a text's beginning that may be such; a damaged text has less, a binary file has more."""
_WIDE = (BOM_UTF16_LE, BOM_UTF16_BE, BOM_UTF32_BE)
"""BOMs of encodings in which text has NUL bytes; UTF-32 in little endian begins with that of UTF-16."""
