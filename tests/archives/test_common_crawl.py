import gzip
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linkcheck.archives.common_crawl import PLUGIN, look_up
from linkcheck.model import ArchiveAnswer, Lookup, Request, Response, Trust
from tests.play import play

URL = "https://www.commoncrawl.org/"
CRAWLS = [
    {"id": f"CC-MAIN-{year}-{week}", "from": f"{year}-{month}-02T22:09:07", "to": f"{year}-{month}-15T23:42:38"}
    for year, week, month in (("2025", "33", "08"), ("2025", "08", "02"), ("2021", "04", "01"), ("2017", "09", "02"))
]
ROW = {
    "urlkey": "org,commoncrawl)/",
    "timestamp": "20250804103329",
    "url": URL,
    "mime": "text/html",
    "status": "200",
    "digest": "FAPY",
    "length": "7063",
    "offset": "667474763",
    "filename": "crawl-data/CC-MAIN-2025-33/warc/a.warc.gz",
}
NONE = Response("", 404, body=b'{"message": "No Captures found for: https://www.commoncrawl.org/"}')


def says(value: object, status: int = 200) -> Response:
    return Response("", status, body=json.dumps(value).encode())


def looked_up(*answers: object, at: datetime | None = None, asked: list[Request] | None = None) -> Lookup:
    return play(look_up(URL, at, PLUGIN.endpoints), answers, asked=asked)


def test_a_record_proves_that_the_page_was_there_and_is_no_page_to_open() -> None:
    found = looked_up(says(CRAWLS), says(ROW))

    (memento,) = found.mementos
    assert (memento.datetime, memento.status, memento.trust) == ("2025-08-04T10:33:29Z", 200, Trust.PROOF)
    assert (memento.uri_raw, memento.validated) == (None, None)
    assert memento.uri_m == "https://data.commoncrawl.org/crawl-data/CC-MAIN-2025-33/warc/a.warc.gz"
    assert "byte 667474763" in (memento.note or "")


def test_the_crawls_nearest_the_instant_are_asked() -> None:
    asked: list[Request] = []
    found = looked_up(says(CRAWLS), NONE, NONE, NONE, at=datetime(2017, 2, 14, tzinfo=UTC), asked=asked)

    assert [request.url.partition("?")[0].rpartition("/")[2] for request in asked] == [
        "collinfo.json",
        "CC-MAIN-2017-09-index",
        "CC-MAIN-2021-04-index",
        "CC-MAIN-2025-08-index",
    ]
    assert found.answer is ArchiveAnswer.NONE


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([says("x")], ArchiveAnswer.FAILED),
        ([says([])], ArchiveAnswer.FAILED),
        ([says([{"id": "../x", "from": "2025-01-01", "to": "2025-01-02"}])], ArchiveAnswer.FAILED),
        ([Response("", 200, body=b"<html>")], ArchiveAnswer.FAILED),
        ([Response("", 429)], ArchiveAnswer.NOT_ASKED),
        ([says(CRAWLS), Response("", 503)], ArchiveAnswer.FAILED),
        ([says(CRAWLS), Response("", 404, body=b"<h1>404</h1>")], ArchiveAnswer.FAILED),
    ],
)
def test_trouble_is_never_none(answers: list[Response], expected: ArchiveAnswer) -> None:
    assert looked_up(*answers).answer is expected


def test_recorded_answers_are_understood(cases: Path) -> None:
    """As cdx_toolkit recorded them in 2025: the list of crawls, and an index without and with captures."""
    lists = rows = 0
    with tarfile.open(cases / "archive" / "cdx_toolkit.tar.xz") as tar:
        for member in tar.getmembers():
            if not member.name.endswith(".jsonl.gz") or (file := tar.extractfile(member)) is None:
                continue
            for line in gzip.decompress(file.read()).splitlines():
                record = json.loads(line)
                body = (record["response_text"] or "").encode()
                if record["url"].endswith("collinfo.json"):
                    lists += looked_up(Response("", 200, body=body), NONE, NONE, NONE).answer is ArchiveAnswer.NONE
                elif "index.commoncrawl.org" in record["url"] and b'"timestamp"' in body:
                    url = json.loads(body.splitlines()[0])["url"]
                    found = play(look_up(url, None, PLUGIN.endpoints), [says(CRAWLS[:1]), Response("", 200, body=body)])
                    rows += found.answer is ArchiveAnswer.FOUND

    assert lists
    assert rows
