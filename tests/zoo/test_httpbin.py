"""The same words from a server that nobody here wrote: httpbin, in an environment of its own.

It is run where HTTPBIN_PYTHON names an interpreter that has httpbin (https://pypi.org/project/httpbin/).
"""

import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from msgspec import structs

from tests.zoo.row import Place, Row
from tests.zoo.tour import ENGINES, Tour, tour
from tests.zoo.words import (
    ALIVE,
    GONE,
    LEGAL,
    LIMITED,
    NOT_FOUND,
    READ_TIMEOUT,
    REDIRECTED,
    REFUSED,
    SERVER,
    TOO_FAR,
    WALL,
    alive_but,
    walled,
)

_SERVE = """
from httpbin import app
from werkzeug.serving import make_server
server = make_server("127.0.0.1", 0, app, threaded=True)
print(server.server_port, flush=True)
server.serve_forever()
"""

ROWS = (
    Row("front", None, ALIVE, "/"),
    Row("html", None, ALIVE, "/html"),
    Row("status-204", None, ALIVE, "/status/204"),
    Row("status-401", None, walled("login-wall"), "/status/401"),
    Row("status-402", None, walled("paywall"), "/status/402"),
    Row("status-403", None, WALL, "/status/403"),
    Row("status-404", None, NOT_FOUND, "/status/404"),
    Row("status-406", None, REFUSED, "/status/406"),
    Row("status-410", None, GONE, "/status/410"),
    Row("status-418", None, REFUSED, "/status/418"),
    Row("status-429", None, LIMITED, "/status/429"),
    Row("status-451", None, LEGAL, "/status/451"),
    Row("status-500", None, SERVER, "/status/500"),
    Row("status-503", None, SERVER, "/status/503"),
    Row("relative-redirect", None, REDIRECTED, "/relative-redirect/3"),
    Row("absolute-redirect", None, REDIRECTED, "/absolute-redirect/3"),
    Row("redirect-20", None, TOO_FAR, "/redirect/20"),
    Row("redirect-to-gone", None, NOT_FOUND, "/redirect-to?url=/status/404"),
    Row("redirect-for-a-cookie", None, REDIRECTED, "/cookies/set?a=b"),
    Row("basic-auth", None, walled("login-wall"), "/basic-auth/user/password"),
    Row("hidden-basic-auth", None, NOT_FOUND, "/hidden-basic-auth/user/password"),
    Row("bearer", None, walled("login-wall"), "/bearer"),
    Row("delay", None, READ_TIMEOUT, "/delay/5"),
    Row("drip", None, ALIVE, "/drip?duration=5&numbytes=5&delay=0"),
    Row("stream", None, ALIVE, "/stream/100"),
    Row("stream-bytes", None, ALIVE, "/stream-bytes/100000"),
    Row("gzip", None, ALIVE, "/gzip"),
    Row("deflate", None, ALIVE, "/deflate"),
    Row("brotli", None, ALIVE, "/brotli"),
    Row("utf-8", None, ALIVE, "/encoding/utf8"),
    Row("etag", None, ALIVE, "/etag/x"),
    Row("image", None, ALIVE, "/image/png"),
    Row("range", None, ALIVE, "/range/1024"),
    Row("method", None, REFUSED, "/post"),
    Row("no-route", None, NOT_FOUND, "/no-such-route"),
    Row("fragment", None, alive_but("missing-fragment"), "/html#chapter-2"),
)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    python = os.environ.get("HTTPBIN_PYTHON")
    if not python:
        pytest.skip("HTTPBIN_PYTHON names no interpreter that has httpbin")
    with subprocess.Popen(
        [python, "-c", _SERVE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


@pytest.fixture(scope="module", params=ENGINES)
def seen(request: pytest.FixtureRequest, port: int, tmp_path_factory: pytest.TempPathFactory) -> Tour:
    @asynccontextmanager
    async def den(_: Place) -> AsyncIterator[int]:
        yield port

    rows = [structs.replace(row, den=den, url=f"http://{{host}}{row.url}") for row in ROWS]
    return tour(rows, tmp_path_factory.mktemp("httpbin"), request.param)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_httpbin_gets_its_words(row: Row, seen: Tour) -> None:
    assert str(seen[row.name]) == str(row.word)
