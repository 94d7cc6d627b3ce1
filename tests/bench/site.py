"""A generated site with planted rot, served on loopback by a process of its own: `python -m tests.bench.site PAGES`.

Every page is a story with a menu, twelve links in its text and a picture. The plan of what is rotten, and where, is
made from numbers alone, so that server, tools and judge agree on it without talking to each other.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from tests.bench.world import Fate, World

LINKS = 12
"""Links in the text of each page."""
_WORDS = ("harbour", "keeper", "light", "vessel", "storm", "signal", "chart", "island", "pilot", "anchor", "tide")


def plan(pages: int) -> list[list[str]]:
    """Give the paths that each page cites: mostly other pages, some of them gone, moved or in trouble."""
    made = []
    for number in range(pages):
        random = Random(number)
        children = [f"/story/{child}" for child in (2 * number + 1, 2 * number + 2) if child < pages]
        others = [_cited(random, number, slot, pages) for slot in range(LINKS - len(children))]
        made.append(children + others)
    return made


def world(pages: int, origin: str) -> World:
    """Give what is true of every link of the site."""
    paths = ["/", "/menu", "/menu-gone", "/style.css", *(path for page in plan(pages) for path in page)]
    paths += [f"/picture/{number}.png" for number in range(pages)]
    return {f"{origin}{path}": fate_of(path) for path in dict.fromkeys(paths)}


def fate_of(path: str) -> Fate:
    """Say what is true of a path."""
    if path.startswith("/gone/") or path == "/menu-gone" or (path.startswith("/picture/") and path.endswith("77.png")):
        return Fate.GONE
    return Fate.MOVED if path.startswith("/moved/") else Fate.OK


def answer(path: str, pages: list[list[str]]) -> tuple[str, str, str]:
    """Give the status line's end, a further header, and the body."""
    fate = fate_of(path)
    if fate is Fate.GONE or "robots" in path:
        return "404 Not Found", "", "<title>Not found</title><h1>Not found</h1>"
    if fate is Fate.MOVED:
        return "301 Moved Permanently", f"location: /story/{path.rpartition('/')[2]}\r\n", ""
    if path.startswith("/picture/"):
        return "200 OK", "", "picture"
    number = int(path.rpartition("/")[2]) if path.startswith("/story/") else 0
    return "200 OK", "", _page(number, pages[number]) if path != "/menu" else _page(-1, ["/"])


def _cited(random: Random, number: int, slot: int, pages: int) -> str:
    chance = random.random()
    if chance < 0.005:
        return f"/gone/{number}-{slot}"
    if chance < 0.01:
        return f"/moved/{random.randrange(pages)}"
    return f"/story/{random.randrange(pages)}"


def _page(number: int, cited: list[str]) -> str:
    random = Random(number)
    text = " ".join(random.choices(_WORDS, k=80))
    title = f"The {random.choice(_WORDS)} of the {random.choice(_WORDS)} {number}"
    links = "\n".join(f'<li>As <a href="{path}">the report {path.strip("/")}</a> of that year says.' for path in cited)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title><link rel=stylesheet href=/style.css></head><body>"
        '<nav><a href="/">Home</a> <a href="/menu">Menu</a> <a href="/menu-gone">Old menu</a></nav>'
        f"<h1>{title}</h1><p>{text}</p><ul>{links}</ul><img src=/picture/{max(number, 0)}.png alt=picture>"
    )


@contextmanager
def serving(pages: int) -> Iterator[str]:
    """Serve a site of so many pages; gives its origin."""
    command = [sys.executable, "-m", "tests.bench.site", str(pages)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


class _Server(asyncio.Protocol):
    """Just enough HTTP/1.1 for keep-alive and HEAD; `/count` says how many requests there were, and begins anew."""

    pages: list[list[str]]
    requests = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._pending = b""

    def data_received(self, data: bytes) -> None:
        *heads, self._pending = (self._pending + data).split(b"\r\n\r\n")
        for head in heads:
            method, target, _ = head.decode("latin-1").split(" ", 2)
            path = target.partition("?")[0]
            if path == "/count":
                status, extra, body = "200 OK", "", str(_Server.requests)
                _Server.requests = 0
            else:
                _Server.requests += 1
                status, extra, body = answer(path, self.pages)
            kind = "image/png" if path.startswith("/picture") else "text/css" if path.endswith("css") else "text/html"
            lines = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n{extra}\r\n"
            self._transport.write((lines + ("" if method == "HEAD" else body)).encode())


async def _serve(pages: int) -> None:
    _Server.pages = plan(pages)
    server = await asyncio.get_running_loop().create_server(_Server, "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
