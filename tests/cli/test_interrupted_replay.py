"""A run that is ended early at any of its moments: its replay ends at the same one, and says the same."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from linkcheck.evidence.tape import END, TAPE
from linkcheck.pipeline import concluding, hurrying
from linkcheck.store import Journal
from tests.archive_server import Capture
from tests.archive_server import serving as archive
from tests.cli.conftest import Run
from tests.cli.test_check import toml, write
from tests.cli.test_evidence import warc_of
from tests.web import Page, StagedWeb, staged

pytestmark = pytest.mark.skipif(os.name != "posix", reason="is about signals")

_LINKS = 24
_LOCAL = "".join(f"[here](one.md#{n}) [nowhere]({n}.md)\n\n" for n in range(4))


@contextmanager
def world(tmp_path: Path) -> Iterator[StagedWeb]:
    """Two documents, whose links are there, gone, moved or walled off, and an archive that has some of them."""
    pages = {f"paper.org/{n}": Page() for n in range(0, _LINKS, 2)}
    pages |= {f"paper.org/{n}": Page(301, headers={"location": f"/{n - 1}"}) for n in range(1, _LINKS, 6)}
    pages |= {f"paper.org/{n}": Page(503) for n in range(3, _LINKS, 6)}
    with staged(pages) as web, archive([]) as wayback:
        wayback.captures += [Capture("20170211080000", web.url(f"paper.org/{n}")) for n in range(5, _LINKS, 6)]
        for half, name in enumerate(("one.md", "two.md")):
            urls = [web.url(f"paper.org/{n}") for n in range(half, _LINKS, 2)]
            write(tmp_path, "".join(f"[x]({url}) and [y]({url}#part)\n\n" for url in urls) + _LOCAL, name)
        write(tmp_path, f"[linkcheck.archives.wayback]\n{toml(wayback.endpoints)}", "staged.toml")
        yield web


def interrupting(monkeypatch: pytest.MonkeyPatch, method: str, nth: int) -> None:
    """Send SIGINT when a method of the journal is called for the nth time; 1 is the first."""
    called, whole = 0, getattr(Journal, method)

    def wrapped(*arguments: Any, **options: Any) -> Any:
        nonlocal called
        called += 1
        if called == nth:
            os.kill(os.getpid(), signal.SIGINT)
        return whole(*arguments, **options)

    monkeypatch.setattr(Journal, method, wrapped)


@pytest.mark.parametrize("at_once", [10, 4_000], ids=["long", "short"])
@pytest.mark.parametrize("moment", [
    ("add", 1), ("add", 2), ("close_plan", 1), ("local_links", 1), ("web_links", 1), ("observe", 1),
    ("glances", 1), ("conclude_links", 1), ("conclude_links", 3), ("look_up_all", 2), ("references", 1),
    ("conclude_references", 1), ("conclude_references", 4), ("finish", 1),
], ids=lambda moment: "-".join(map(str, moment)))  # fmt: skip
def test_a_replay_ends_where_the_run_was_ended(
    moment: tuple[str, int], at_once: int, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hurrying, "AT_ONCE", at_once)
    monkeypatch.setattr(concluding, "_BATCH", 8)
    with world(tmp_path) as web, monkeypatch.context() as patched:
        interrupting(patched, *moment)
        first = run(
            "one.md", "two.md", "--config", "staged.toml", "--archive-order", "wayback", *web.options("paper.org"),
            "--no-store", "--retries", "0", "--host-interval", "0", "--evidence", "evidence", "--format", "json",
        )  # fmt: skip
    assert first.code == 130, first.err

    again = run("--replay", str(warc_of(tmp_path)))

    assert again.out == first.out
    assert "byte for byte" in again.err
    if moment[0] != "finish":  # then all had been said, and only the exit code tells of it
        assert again.code == 130


def changed(path: Path, change: Callable[[list[bytes]], None]) -> str:
    """Write a recording anew, with other lines on its tape, and all digests right."""
    out = path.with_name("changed.warc.gz")
    with path.open("rb") as file, out.open("wb") as stream:
        writer, entries = WARCWriter(stream, gzip=True, warc_version="1.1"), 0
        for record in ArchiveIterator(file):
            url, content = record.rec_headers.get_header("WARC-Target-URI"), record.raw_stream.read()
            if url == TAPE:
                lines = content.split(b"\n")
                change(lines)
                content, entries = b"\n".join(lines), entries + len(lines)
            if url == END:
                content = json.dumps({**json.loads(content), "entries": entries}).encode()
            kept = {"WARC-Record-ID": record.rec_headers.get_header("WARC-Record-ID")}
            writer.write_record(
                writer.create_warc_record(
                    url,
                    record.rec_type,
                    payload=BytesIO(content),
                    length=len(content),
                    warc_content_type=record.rec_headers.get_header("Content-Type"),
                    warc_headers_dict=kept,
                    http_headers=record.http_headers,
                )
            )
    return str(out)


def test_a_tape_of_an_interrupted_run_that_was_changed_ends_in_a_sentence(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with staged({"paper.org/1": Page()}) as web, monkeypatch.context() as patched:
        write(tmp_path, f"[x]({web.url('paper.org/1')})\n")
        interrupting(patched, "conclude_references", 1)
        first = run(
            "article.md", *web.options("paper.org"), "--no-store", "--no-archive", "--evidence", "evidence",
        )  # fmt: skip
    assert first.code == 130, first.err

    def without_measures(lines: list[bytes]) -> None:
        lines[:] = [line for line in lines if b'"measured"' not in line]

    less = run("--replay", changed(warc_of(tmp_path), without_measures))
    more = run("--replay", changed(warc_of(tmp_path), lambda lines: lines.append(b'["run","over at reading",true]')))

    assert less.code == 2
    assert "has no 'measured' for 'run'; it was changed" in less.err
    assert more.code == 130
