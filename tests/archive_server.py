"""A small web archive on loopback that answers as the Wayback Machine does, with the faults that it has."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")


class Held(NamedTuple):
    """One capture that the archive holds, as its index writes it."""

    timestamp: str
    original: str
    status: str = "200"
    digest: str = "HT2DYGA5UKZCPBSFVCV3JOBXGW2G5UUA"
    media_type: str = "text/html"
    length: str = "1792"


class Fault(StrEnum):
    """What goes wrong."""

    RATE_LIMIT = "429, without Retry-After"
    EXCLUDED = "403, the block of a site that does not want to be archived"
    EMPTY = "the index says that there is nothing"
    PAGE = "200, but a page instead of the index"
    ERROR = "503"
    NO_INDEX = "503 from the index alone"
    NO_AVAILABILITY = "the Availability API says that there is nothing"


class Archive:
    """The archive while it serves. The faults can be changed meanwhile."""

    def __init__(self, base: str, captures: Sequence[Held]) -> None:
        self.base = base
        self.captures = list(captures)
        self.faults: set[Fault] = set()
        self.asked: list[str] = []
        """Path and query of every request, in order."""

    @property
    def endpoints(self) -> dict[str, str]:
        """What to write below `[linkcheck.archives.wayback]`."""
        return {
            "cdx": f"{self.base}/cdx/search/cdx",
            "availability": f"{self.base}/wayback/available",
            "replay": f"{self.base}/web",
        }

    def answer(self, target: str) -> tuple[int, str, str]:
        """Give status, media type and body for a path with its query."""
        self.asked.append(target)
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        terms = {name: values[0] for name, values in query.items()}
        if Fault.RATE_LIMIT in self.faults:
            return 429, "text/html", "<html><body><h1>429 Too Many Requests</h1>You have sent too many</body></html>"
        if Fault.ERROR in self.faults:
            return 503, "text/html", "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>"
        match path:
            case "/cdx/search/cdx":
                return self._index(terms)
            case "/wayback/available":
                return 200, "application/json", json.dumps(self._available(terms))
            case _:
                return 404, "text/html", "<html><body>The Wayback Machine has not archived that URL.</body></html>"

    def _index(self, terms: dict[str, str]) -> tuple[int, str, str]:
        if Fault.EXCLUDED in self.faults:
            return 403, "text/plain", BLOCKED
        if Fault.PAGE in self.faults:
            return 200, "text/html", "<!DOCTYPE html><html><body>Wayback Machine</body></html>"
        if Fault.NO_INDEX in self.faults:
            return 503, "text/html", "<html><body>503</body></html>"
        rows = [] if Fault.EMPTY in self.faults else self._find(terms)
        fields = terms.get("fl", ",".join(FIELDS)).split(",")
        cells = [[_cell(held, field) for field in fields] for held in rows]
        return 200, "application/json", json.dumps([fields, *cells] if cells else [])

    def _find(self, terms: dict[str, str]) -> list[Held]:
        """Select as the index does: by a key without scheme, `www` and case, in the order of time or of distance."""
        found = sorted(held for held in self.captures if key(held.original) == key(terms["url"]))
        if wanted := terms.get("filter", "").removeprefix("statuscode:"):
            found = [held for held in found if re.fullmatch(wanted, held.status)]
        limit = int(terms.get("limit", "0"))
        if limit < 0:
            return found[limit:]
        if terms.get("sort") == "closest":
            target = _seconds(terms["closest"])
            found.sort(key=lambda held: abs(_seconds(held.timestamp) - target))
        return found[: limit or None]

    def _available(self, terms: dict[str, str]) -> dict[str, object]:
        latest = {"sort": "closest", "closest": terms.get("timestamp", "20991231235959")}
        found = self._find({"url": terms["url"], "filter": "statuscode:20.", **latest})
        if not found or Fault.NO_AVAILABILITY in self.faults:
            return {"url": terms["url"], "archived_snapshots": {}}
        best = found[0]
        url = f"http://web.archive.org/web/{best.timestamp}/{best.original}"
        closest = {"status": best.status, "available": True, "url": url, "timestamp": best.timestamp}
        return {"url": terms["url"], "archived_snapshots": {"closest": closest}}


BLOCKED = (
    "org.archive.util.io.RuntimeIOException: "
    "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error\n"
)


def key(url: str) -> str:
    """Give what the index finds a URL under."""
    return re.sub(r"^https?://(?:www\d*\.)?([^/:]*)(?::(?:80|443))?", r"\1", url.lower()).rstrip("/")


def _cell(held: Held, field: str) -> str:
    row = (key(held.original), held.timestamp, held.original, held.media_type, held.status, held.digest, held.length)
    return dict(zip(FIELDS, row, strict=True)).get(field, "-")


def _seconds(timestamp: str) -> float:
    return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp()


@contextmanager
def serving(captures: Sequence[Held], *faults: Fault) -> Iterator[Archive]:
    """Serve captures on a free port of 127.0.0.1 for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, media_type, text = archive.answer(self.path)
            body = text.encode()
            self.send_response(status, HTTPStatus(status).phrase)
            self.send_header("Content-Type", f"{media_type};charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        archive = Archive(f"http://127.0.0.1:{server.server_port}", captures)
        archive.faults.update(faults)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield archive
        finally:
            server.shutdown()
            thread.join()
