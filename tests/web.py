"""A staged web on loopback: several named hosts on one port, as a table of pages."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple


class Page(NamedTuple):
    """What one address answers."""

    status: int = 200
    body: str = "<!doctype html><title>A page</title><h1>A page</h1><p>Some words that are plainly here.</p>"
    headers: Mapping[str, str] = {}


class StagedWeb:
    """The web while it is served."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[str] = []
        """`HOST/PATH` of every request, in order."""

    def url(self, host_and_path: str) -> str:
        """Give the address at which a page of the table stands."""
        host, _, path = host_and_path.partition("/")
        return f"http://{host}:{self.port}/{path}"

    def options(self, *hosts: str) -> list[str]:
        """Give the options that lead linkcheck to these hosts, past its guard."""
        return [part for host in hosts for part in ("--resolve", f"{host}:{self.port}:127.0.0.1")]


@contextmanager
def staged(pages: Mapping[str, Page | Callable[[], Page]]) -> Iterator[StagedWeb]:
    """Serve pages by `HOST/PATH`; what is not in the table is 404, and what its reader has is 304.

    `{port}` in a header is filled in; the body of an `application/gzip` is sent as such a file.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = (self.headers["host"] or "").partition(":")[0]
            web.asked.append(f"{host}{self.path}")
            found = pages.get(f"{host}{self.path}", Page(404, "<title>Not found</title>"))
            page = found() if callable(found) else found
            body = page.body.encode()
            if page.headers.get("content-type") == "application/gzip":
                body = gzip.compress(body)
            if "etag" in page.headers and self.headers["if-none-match"] == page.headers["etag"]:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(page.status)
            for name, value in {"content-type": "text/html; charset=utf-8", **page.headers}.items():
                self.send_header(name, value.replace("{port}", str(web.port)))
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    with listening(Handler) as port:
        web = StagedWeb(port)
        yield web


class _Server(ThreadingHTTPServer):
    """A server that takes as many connections at once as linkcheck makes; by default only five may wait."""

    request_queue_size = 256
    daemon_threads = True


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler], address: str = "127.0.0.1") -> Iterator[int]:
    """Serve in threads on a free port for as long as the block lasts."""
    server = _Server((address, 0), handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
