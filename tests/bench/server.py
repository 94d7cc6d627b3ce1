"""Servers that are no bottleneck, each a process of its own, on all addresses of 127/8.

`/page/...` is a page, `/gone/...` a 404, `/moved/...` a permanent redirect to `/page/...`. Without a delay nginx
answers, where it is installed.
"""

import asyncio
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAGE = b"<!doctype html><html lang=en><title>A page</title><h1>A page</h1><p>Some words that are plainly here.</p>"

_NGINX = """
daemon off; pid {folder}/pid; error_log stderr crit; worker_processes 1;
events {{ worker_connections 8192; }}
http {{
  access_log off; keepalive_requests 10000000; default_type text/html;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{
    listen 0.0.0.0:{port} backlog=8192;
    location /page/ {{ return 200 "{page}"; }}
    location ~ ^/moved/(.*) {{ absolute_redirect off; return 301 /page/$1; }}
    location / {{ return 404; }}
  }}
}}
"""


@contextmanager
def answering(folder: Path, delay: float = 0.0) -> Iterator[int]:
    """Serve the three kinds of page, each answer `delay` seconds late; gives the port."""
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin:/usr/bin")
    if nginx and not delay:
        port = _free_port()
        config = folder / "nginx.conf"
        page = PAGE.decode().replace("A page", "The page $uri")
        config.write_text(_NGINX.format(folder=folder, port=port, page=page))
        with _running([nginx, "-e", "stderr", "-c", str(config)]):
            _wait_for(port)
            yield port
    else:
        with _running([sys.executable, "-m", "tests.bench.server", str(delay)]) as process:
            assert process.stdout
            yield int(process.stdout.readline())


@contextmanager
def _running(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, patience: float = 5.0) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError(f"nobody listens on port {port}")


class _Server(asyncio.Protocol):
    """Answers heads as they come, late by `delay`; just enough HTTP/1.1 for keep-alive, HEAD and pipelining."""

    delay = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._pending = b""

    def data_received(self, data: bytes) -> None:
        *heads, self._pending = (self._pending + data).split(b"\r\n\r\n")
        for head in heads:
            answer = _answer(head)
            if self.delay:
                asyncio.get_running_loop().call_later(self.delay, self._transport.write, answer)
            else:
                self._transport.write(answer)


def _answer(head: bytes) -> bytes:
    method, target, _ = head.split(b" ", 2)
    status, extra, body = b"404 Not Found", b"", b"<h1>Not Found</h1>"
    if target.startswith(b"/page/"):
        status, body = b"200 OK", PAGE
    elif target.startswith(b"/moved/"):
        status, extra, body = b"301 Moved Permanently", b"location: /page/" + target[7:] + b"\r\n", b""
    written = b"HTTP/1.1 %b\r\ncontent-type: text/html\r\ncontent-length: %d\r\n%b\r\n" % (status, len(body), extra)
    return written if method == b"HEAD" else written + body


async def _serve(delay: float) -> None:
    _Server.delay = delay
    server = await asyncio.get_running_loop().create_server(_Server, "0.0.0.0", 0, backlog=8192)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))
