"""Takes user names and passwords of URLs out of a document that is to be kept, so that it can still be read as before.

The copy has the same length (packed formats: the same parts) and the same structure: a replay finds in it the same
references at the same places.
"""

import gzip
import re
import zipfile
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from io import BytesIO

from linkcheck.inflate import GZIP, unfolded
from linkcheck.userinfo import blanked

_ZIP, _PDF = b"PK\x03\x04", b"%PDF-"
_LARGEST = 64 << 20
"""Bytes of what is unpacked, of one part or stream."""
_MOST = 4096
"""Parts of a packed document."""
_STREAM = re.compile(rb"\bstream\r?\n")
_WIDE = {BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}


def blanked_source(content: bytes) -> bytes | None:
    """Return the copy; the content itself where it tells nothing, None where what it tells cannot be taken out."""
    if content.startswith(_ZIP):
        return _blanked_zip(content)
    if content.startswith(GZIP):
        body, is_whole = unfolded(content, _LARGEST)
        clean = blanked(body)
        return content if clean == body else gzip.compress(clean, mtime=0) if is_whole else None
    if content.startswith(_PDF):
        return None if _is_told_in_streams(content) else blanked(content)
    for mark, encoding in _WIDE.items():
        if content.startswith(mark):
            return _blanked_wide(content, encoding)
    return blanked(content)


def _blanked_zip(content: bytes) -> bytes | None:
    """Pack the parts again where one of them tells something."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST or sum(part.file_size for part in parts) > _LARGEST:
                return None
            bodies = [packed.read(part) for part in parts]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        return content  # which no extractor reads either
    clean = [blanked(body) for body in bodies]
    if clean == bodies:
        return content
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packing:
        for part, body in zip(parts, clean, strict=True):
            packing.writestr(zipfile.ZipInfo(part.filename, part.date_time), body, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _is_told_in_streams(content: bytes) -> bool:
    """Return whether a compressed stream of a PDF holds userinfo; to change one, the file would be written anew."""
    left = _LARGEST
    for found in _STREAM.finditer(content):
        try:
            body = zlib.decompressobj().decompress(content[found.end() : found.end() + left], left)
        except zlib.error:
            continue
        left -= len(body)
        if blanked(body) != body or left <= 0:
            return True
    return False


def _blanked_wide(content: bytes, encoding: str) -> bytes:
    """Blank UTF-16 as UTF-8, and take over what has changed: characters stay as many, and as wide."""
    text = content.decode(encoding, "surrogatepass")
    clean = blanked(text.encode("utf-8", "surrogatepass"))
    made = clean.decode("utf-8", "surrogatepass").encode(encoding, "surrogatepass")
    return made if len(made) == len(content) else content
