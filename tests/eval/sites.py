"""Serves real sites, each on a loopback address of its own, whose error page answers 200 for what there is not."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, unquote

import anyio
from msgspec import Struct

from linkcheck import config, pipeline
from linkcheck.model import LinkRow
from linkcheck.store import Journal
from tests.web import listening


class Item(Struct, frozen=True):
    """One page of a site."""

    label: str
    """`error` or `content`."""
    path: str
    body: bytes


class Case(Struct, frozen=True):
    """One link, and what it is."""

    site: str
    label: str
    path: str
    url: str


def read(folder: Path) -> dict[str, list[Item]]:
    """Give the pages by site."""
    sites: dict[str, list[Item]] = defaultdict(list)
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        sites[entry["repo"]].append(Item(entry["label"], "/" + entry["path"], (folder / entry["file"]).read_bytes()))
    return sites


def judged(sites: dict[str, list[Item]], *, is_direct: bool) -> list[tuple[Case, LinkRow]]:
    """Check every page in one run.

    An error page is linked by its own address (`is_direct`), or by one beside it that the site does not have.
    """
    with ExitStack() as stack, TemporaryDirectory() as name:
        cases: list[Case] = []
        for number, (site, items) in enumerate(sites.items(), start=1):
            host = stack.enter_context(_serving(items, f"127.0.1.{number}"))
            for index, item in enumerate(items):
                is_missing = item.label == "error" and not is_direct
                path = f"{item.path.rpartition('/')[0]}/story-{index}-gone" if is_missing else item.path
                cases.append(Case(site, item.label, item.path, f"http://{host}{quote(path)}"))
        Path(name, "links.md").write_text("\n\n".join(f"<{case.url}>" for case in cases), encoding="utf-8")
        return _run(Path(name), cases)


def _run(folder: Path, cases: Sequence[Case]) -> list[tuple[Case, LinkRow]]:
    journal = Journal(None)
    options = {"sources": ["links.md"], "archive": False, "retries": 0, "allow-private": True, "host-interval": 0}
    try:
        settings = config.read(options, environ={}, directory=folder).config
        job = pipeline.Job(config=settings, journal=journal, directory=folder)
        report = anyio.run(pipeline.run, job).report
        links = {link.url: link for link in report.links()}
        rows = [row.link or "" for row in report.references()]
        return [(case, links[url]) for case, url in zip(cases, rows, strict=True)]
    finally:
        journal.close()


@contextmanager
def _serving(items: Sequence[Item], address: str) -> Iterator[str]:
    known = {item.path: item.body for item in items if item.label == "content"}
    errors = {item.path.rpartition("/")[0]: item.body for item in items if item.label == "error"}
    own = {item.path: item.body for item in items}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(self.path.partition("?")[0])
            body = known.get(path) or own.get(path) or _nearest(path, errors)
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with listening(Handler, address) as port:
        yield f"{address}:{port}"


def _nearest(path: str, errors: dict[str, bytes]) -> bytes:
    """Give the error page of the nearest folder above; of a site without one there, any."""
    folder = path.rpartition("/")[0]
    while folder and folder not in errors:
        folder = folder.rpartition("/")[0]
    return errors.get(folder) or next(iter(errors.values()), b"")


def by_site(judgements: Sequence[tuple[Case, LinkRow]]) -> Iterator[str]:
    """Give a line for each site: how many of its pages got which word."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for case, link in judgements:
        counts[case.site][f"{case.label} {link.verdict}"] += 1
    for site, words in counts.items():
        yield f"    {site:45} {', '.join(f'{many} {word}' for word, many in sorted(words.items()))}"
