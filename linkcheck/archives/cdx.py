"""Reads what a CDX server answers: one row a capture.

Two dialects: the Wayback Machine's (https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server), in JSON
or plain text, and pywb's, an object a line (https://pywb.readthedocs.io/en/latest/manual/cdxserver_api.html), which
Arquivo.pt and Common Crawl speak, too. The rows come from thirty years of crawlers; what cannot be trusted is skipped
and counted, and nothing raises.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct

from linkcheck import uri
from linkcheck.inflate import unfolded

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
"""The columns of an answer in plain text, which has no header."""


class Capture(Struct, frozen=True, kw_only=True):
    """One row of the index: an archived state of a URL."""

    at: datetime
    """When it was captured; UTC."""
    original: str
    """The URL that was captured, WHATWG-serialised; not always the URL that was asked for."""
    media_type: str | None = None
    status: int | None = None
    """None where the index does not say, as for a revisit."""
    digest: str | None = None
    """Of the payload (base32 SHA-1), so that equal captures have equal digests."""
    length: int | None = None
    """Bytes of the compressed record."""
    place: str | None = None
    """Where the record lies, `FILE OFFSET`, where the index says."""


class Rows(Struct, frozen=True, kw_only=True):
    """An answer that was one: `captures` + `skipped` + `folded` rows."""

    captures: tuple[Capture, ...] = ()
    """In the order of the answer."""
    skipped: int = 0
    """Rows that mean nothing: no such date, not a web address, cells missing."""
    folded: int = 0
    """Rows that said again what another one had said."""


class Refusal(Struct, frozen=True):
    """An answer that was none."""

    reason: str
    """To follow the archive's name in a sentence."""
    is_exclusion: bool = False
    """The archive will not speak about this URL; asking it in another way would not help."""


def read(body: bytes) -> Rows | Refusal:
    """Read an answer in JSON (an array of arrays, header first; or an object a line) or in plain text.

    An empty one has no captures. One that is compressed, and does not say so, is unfolded.
    """
    plain = unfolded(body, _LARGEST)[0].strip()
    if error := _ERROR.search(plain):
        return next((refusal for name, refusal in _EXCLUSIONS.items() if name in error[0]), _OTHER_ERROR)
    match plain[:1]:
        case b"":
            return Rows()
        case b"[":
            return _read_json(plain)
        case b"<":
            return Refusal("sent a page instead of its index")
        case b"{":
            return _read_objects(plain)
        case _:
            lines = plain.decode("utf-8", "replace").split("\n")
            return _collect(FIELDS, (line.split() for line in lines if line.strip()))


def timestamp(instant: datetime) -> str:
    """Write an instant in the 14 digits that archives use."""
    utc = instant.astimezone(UTC)
    return f"{utc.year:04}{utc:%m%d%H%M%S}"


def instant(digits: str) -> datetime | None:
    """Read 14 digits; None where they are no instant.

    Rows of the year 2000 have a `00` pushed in before the month or the day, so that the seconds fell off the end.
    """
    if not _FOURTEEN.fullmatch(digits):
        return None
    for place in (4, 6):
        if digits[place : place + 2] == "00":
            digits = digits[:place] + digits[place + 2 :] + "00"
    try:
        return datetime.fromisoformat(f"{digits[:8]}T{digits[8:]}Z")
    except ValueError:
        return None


def _read_json(body: bytes) -> Rows | Refusal:
    try:
        header, *rows = msgspec.json.decode(body, type=list[msgspec.Raw]) or [_NO_HEADER]
        fields = msgspec.json.decode(header, type=list[str])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Refusal("sent JSON that cannot be read")
    if not rows and not fields:
        return Rows()
    if not {"timestamp", "original"} <= set(fields):
        return Refusal("sent JSON that is no index")
    return _collect(fields, map(_cells, rows))


def _read_objects(body: bytes) -> Rows | Refusal:
    """Read pywb's dialect; a lone object that is no row is a message, such as that there are no captures."""
    rows = [_object(line) for line in body.split(b"\n") if line.strip()]
    if len(rows) == 1 and "timestamp" not in rows[0]:
        said = rows[0].get("message", rows[0].get("error", ""))
        return Rows() if _NO_CAPTURES.match(said) else Refusal("sent a message instead of its index")
    fields = (*FIELDS, "place")
    return _collect(fields, ([_cell(row, field) for field in fields] if row else () for row in rows))


def _object(line: bytes) -> Mapping[str, str]:
    try:
        found = msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return {name: str(value) for name, value in found.items() if isinstance(value, str | int)}


def _cell(row: Mapping[str, str], field: str) -> str:
    if field == "place":
        return f"{row['filename']} {row['offset']}" if {"filename", "offset"} <= row.keys() else "-"
    return row.get(_PYWB.get(field, field), "-")


def _cells(row: msgspec.Raw) -> Sequence[str]:
    try:
        return msgspec.json.decode(row, type=list[str])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ()


def _collect(fields: Sequence[str], rows: Iterable[Sequence[str]]) -> Rows:
    found: dict[Capture, None] = {}
    total = skipped = 0
    for capture in _captures(fields, rows):
        total += 1
        if capture is None:
            skipped += 1
        else:
            found.setdefault(capture)
    return Rows(captures=tuple(found), skipped=skipped, folded=total - skipped - len(found))


def _captures(fields: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Capture | None]:
    for cells in rows:
        yield _capture(dict(zip(fields, cells, strict=True))) if len(cells) == len(fields) else None


def _capture(row: Mapping[str, str]) -> Capture | None:
    at = instant(row["timestamp"])
    original = _web_address(row["original"])
    status = row.get("statuscode", "-")
    if at is None or original is None or not (status == "-" or _STATUS.fullmatch(status)):
        return None
    length = row.get("length", "-")
    return Capture(
        at=at,
        original=original,
        media_type=_said(row.get("mimetype", "-")),
        status=int(status) if status != "-" else None,
        digest=_said(row.get("digest", "-")),
        length=int(length) if _LENGTH.fullmatch(length) else None,
        place=_said(row.get("place", "-")),
    )


def _web_address(original: str) -> str | None:
    """Give the request URL; None for junk such as `http://mailto:somebody@a.test/`."""
    parts = uri.parse(original)
    return parts.href if parts and parts.scheme in uri.WEB and not _USER.match(parts.href) else None


def _said(cell: str) -> str | None:
    return None if cell in _UNSAID else cell


_LARGEST = 64 << 20
"""Bytes of an index that came compressed: some ten times what is read of one that did not."""
_PYWB = {"original": "url", "mimetype": "mime", "statuscode": "status"}
_NO_CAPTURES = re.compile(r"no captures? found", re.IGNORECASE)
_NO_HEADER = msgspec.Raw(b"[]")
_FOURTEEN = re.compile(r"[0-9]{14}")
_STATUS = re.compile(r"[1-9][0-9]{2}")
_LENGTH = re.compile(r"[0-9]{1,15}")
_USER = re.compile(r"https?://[^/?#]*@")
_UNSAID = frozenset({"", "-", "unk"})
_ERROR = re.compile(rb'^[\["]{0,3}org\.archive\.[^\n]{0,500}', re.MULTILINE)
"""A Java exception where a row should be; a row itself begins with `org,archive)`."""
_OTHER_ERROR = Refusal("answered with an error of its own")
_EXCLUSIONS = {
    b"AdministrativeAccessControlException": Refusal("does not serve this URL (excluded)", is_exclusion=True),
    b"RobotAccessControlException": Refusal("does not serve this URL (its robots.txt forbids it)", is_exclusion=True),
}
