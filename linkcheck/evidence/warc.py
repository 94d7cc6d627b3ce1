"""Writes WARC 1.1 (ISO 28500:2017): every exchange as it was on the wire, and what there is no HTTP of as metadata.

A message whose transfer coding has been undone says so: the header stands under another name, since readers would undo
it again. Content codings are as they came.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from linkcheck.evidence.step import as_kept
from linkcheck.model import Request, Response

Headers = Sequence[tuple[str, str]]

_RUNS = UUID("8d7a2f0e-5b1c-5d7e-9a53-6c696e6b2121")
"""Namespace of record ids (RFC 9562 5.5)."""
JSON = "application/json"


class WarcFile:
    """One file being written, record by record; OSError when it cannot be."""

    def __init__(self, file: BinaryIO, name: str, run: str, software: str) -> None:
        """Begin an empty file with a `warcinfo` record. Ids follow from the run's."""
        self._run = run
        self._count = 0
        self._file = file
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
        fields = {
            "software": software,
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "description": f"what linkcheck asked and was answered in run {run}",
        }
        content = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
        self._write("", "warcinfo", content, "application/warc-fields", datetime.now(UTC), {"WARC-Filename": name})

    def request(self, request: Request, headers: Headers, url: str, at: datetime, *, answer: str) -> str:
        """Write what was asked; `answer` is the id of the record with what came."""
        target, authority = _target(url)
        message = StatusAndHeaders(
            f"{request.method} {target} HTTP/1.1", [("host", authority), *headers], is_http_request=True
        )
        return self._write(url, "request", b"", None, at, {"WARC-Concurrent-To": answer}, message)

    def response(self, response: Response, headers: Headers, url: str, at: datetime) -> str:
        """Write what came, body as it was sent."""
        status = f"{response.status} {_phrase(response.status)}"
        address = response.hops[-1].address if response.hops else None
        more = {"WARC-IP-Address": address} if address else {}
        if response.truncated:
            more["WARC-Truncated"] = "length"
        message = StatusAndHeaders(status, as_kept(headers), protocol="HTTP/1.1")
        return self._write(url, "response", response.body, None, at, more, message)

    def metadata(self, url: str, content: bytes, at: datetime, *, content_type: str = JSON) -> str:
        """Write what is no message: a failure, a name's answer, what an archive said."""
        return self._write(url, "metadata", content, content_type, at, {})

    def resource(self, url: str, content: bytes, at: datetime, *, content_type: str) -> str:
        """Write a document."""
        return self._write(url, "resource", content, content_type, at, {})

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _write(  # noqa: PLR0913, PLR0917 - what a record is made of
        self,
        url: str,
        kind: str,
        content: bytes,
        content_type: str | None,
        at: datetime,
        more: Mapping[str, str],
        message: Any = None,
    ) -> str:
        self._count += 1
        name = f"<urn:uuid:{uuid5(_RUNS, f'{self._run}/{self._count}')}>"
        headers = {"WARC-Record-ID": name, "WARC-Date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}", **more}
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(content),
            length=len(content),
            warc_content_type=content_type or "",
            warc_headers_dict=headers,
            http_headers=message,
        )
        self._writer.write_record(record)
        return name


def _target(url: str) -> tuple[str, str]:
    """Give the path with its query, and the authority, of an absolute URL."""
    authority, slash, path = url.partition("//")[2].partition("/")
    return slash + path or "/", authority.rpartition("@")[2]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
