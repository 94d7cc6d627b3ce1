"""linkcheck run as a program in a stranger's folder, and a server that records what reaches it."""

import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import trustme

ROOT = Path(__file__).parents[2]
SECRET = "s3cr3t-of-the-user"


def linkcheck(*arguments: str, cwd: Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    """Run it as a user does in a terminal, with nothing of this machine's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINKCHECK_", "XDG_"))}
    home = cwd.parent / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "linkcheck", *arguments],
        cwd=cwd,
        env={**kept, "HOME": str(home), "PYTHONPATH": os.environ.get("TESTED_TREE", str(ROOT)), **environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


class Recorder:
    """A server that is running."""

    def __init__(self, port: int, ca_file: Path) -> None:
        self.port = port
        self.ca_file = ca_file
        """The authority that signed its certificates."""
        self.requests: list[str] = []
        """Request line and headers of all that came, as text."""

    def options(self, *hosts: str) -> list[str]:
        """Return the options by which a user's run reaches it under these names."""
        resolved = [part for host in hosts for part in ("--resolve", f"{host}:{self.port}:127.0.0.1")]
        return ["--ca-file", str(self.ca_file), *resolved, "--no-archive", "--no-provenance", "--retries", "0"]

    @property
    def heard(self) -> str:
        """All that it was sent."""
        return "\n".join(self.requests)


@contextmanager
def recording(folder: Path, *hosts: str) -> Iterator[Recorder]:
    """Serve a page under every path, over TLS for these hosts, on a free port; without hosts over plain HTTP."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            recorder.requests.append(f"{self.requestline}\n{self.headers}")
            body = b"<!doctype html><title>A page</title><h1>A page</h1><p>Some words that are plainly here.</p>"
            self.send_response(404 if self.path.startswith("/gone") else 200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    folder.mkdir(parents=True, exist_ok=True)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if hosts:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*hosts).configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    recorder = Recorder(server.server_port, folder / "ca.pem")
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield recorder
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
