"""A run that is kept, and run again from what was kept: offline, and the same to the byte."""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.archive_server import Capture
from tests.archive_server import serving as archive
from tests.cli.conftest import Result, Run
from tests.cli.test_check import PAGES, STORY, article, toml, write
from tests.cli.test_streams import surroundings
from tests.web import Page, StagedWeb, staged

HOSTS = ("paper.org", "agency.org", "wall.org", "broken.org")
LOOP = {
    "paper.org/cookie": Page(302, headers={"location": "/cookie", "set-cookie": "session=s3cr3t-cookie; Path=/"}),
    "paper.org/chunked": Page(body="<title>x</title>" * 100),
}


@contextmanager
def world(tmp_path: Path) -> Iterator[StagedWeb]:
    """The web and the archive of the main job, with an article and settings for them."""
    with staged({**PAGES, **LOOP}) as web, archive([]) as wayback:
        gone = web.url("paper.org/2017/02/11/the-advisor-is-accused")
        wayback.captures += [Capture("20170211080000", gone), Capture("20170214021100", web.url(STORY))]
        more = f"\n[c]({web.url('paper.org/cookie')}) [d]({web.url('paper.org/chunked')}) [local](there.md#part)"
        write(tmp_path, article(web) + more + " [missing](nowhere.md)\n\n[lost][label]\n")
        write(tmp_path, "# Part\n", "there.md")
        write(tmp_path, f"[linkcheck.archives.wayback]\n{toml(wayback.endpoints)}", "staged.toml")
        yield web


def record(run: Run, web: StagedWeb, *arguments: str) -> Result:
    return run(
        "article.md", "--config", "staged.toml", "--archive-order", "wayback", *web.options(*HOSTS), "--no-store",
        "--retries", "1", "--evidence", "evidence", *arguments,
    )  # fmt: skip


def warc_of(tmp_path: Path) -> Path:
    (folder,) = (tmp_path / "evidence").iterdir()
    return folder / "run.warc.gz"


@pytest.fixture
def recorded(tmp_path: Path, run: Run) -> tuple[Path, Result]:
    """The main job, kept; the web that it was asked of is gone, and so are the documents."""
    with world(tmp_path) as web:
        result = record(run, web, "--format", "json", "--output", "markdown=report.md")
    for name in ("article.md", "there.md", "staged.toml"):
        (tmp_path / name).unlink()
    return warc_of(tmp_path), result


@pytest.mark.parametrize("form", ["json", "text", "markdown", "html", "sarif"])
def test_the_replay_is_the_same_to_the_byte(tmp_path: Path, run: Run, form: str) -> None:
    with world(tmp_path) as web:
        first = record(run, web, "--format", form, "--verbose")
    for name in ("article.md", "there.md", "staged.toml"):
        (tmp_path / name).unlink()

    again = run("--replay", str(warc_of(tmp_path)), "--verbose")

    assert first.code == again.code == 1, again.err
    assert again.out == first.out
    assert "is the recorded one, byte for byte" in again.err


def test_a_page_that_browsers_alone_get_is_replayed_as_it_came(tmp_path: Path, run: Run) -> None:
    """One that shows a wall to the headers of a browser was asked for a third time: that is replayed, too."""
    shy, walled = iter([Page(404), Page()]), iter([Page(404), Page(403), Page(404)])
    with staged({"paper.org/shy": lambda: next(shy), "paper.org/walled": lambda: next(walled)}) as web:
        write(tmp_path, f"[a]({web.url('paper.org/shy')}) [b]({web.url('paper.org/walled')})")
        options = ("--no-archive", "--no-store", "--retries", "0", "--evidence", "evidence", "--format", "json")
        first = run("article.md", *web.options("paper.org"), *options)

    again = run("--replay", str(warc_of(tmp_path)), "--format", "json")

    assert first.code == again.code == 1, again.err
    assert again.out == first.out
    verdicts = {link["url"].rpartition("/")[2]: link["verdict"] for link in json.loads(again.out)["links"]}
    assert verdicts == {"shy": "alive", "walled": "dead"}


def test_nothing_is_asked_of_the_web_again(tmp_path: Path, run: Run) -> None:
    with world(tmp_path) as web:
        record(run, web)
        asked = list(web.asked)
        assert run("--replay", str(warc_of(tmp_path)), "--format", "json").code == 1

    assert web.asked == asked


def test_a_replay_writes_other_reports_of_the_same_run(tmp_path: Path, run: Run, recorded: tuple[Path, Result]) -> None:
    warc, first = recorded
    (tmp_path / "report.md").rename(tmp_path / "then.md")

    again = run("--replay", str(warc), "--output", "markdown=report.md", "--output", "csv=report.csv")

    assert again.out == first.out
    assert (tmp_path / "report.md").read_bytes() == (tmp_path / "then.md").read_bytes()
    assert (tmp_path / "report.csv").read_text().startswith("document,")


def test_the_manifest_says_what_there_is(tmp_path: Path, recorded: tuple[Path, Result]) -> None:
    warc, result = recorded
    manifest = json.loads((warc.parent / "manifest.json").read_text())

    def digest(path: Path) -> str:
        return sha256(path.read_bytes()).hexdigest()

    assert manifest["warc"]["sha256"] == digest(warc)
    assert {one["file"]: one["sha256"] for one in manifest["reports"]} == {
        "report.json": digest(warc.parent / "report.json"),
        "report.md": digest(tmp_path / "report.md"),
    }
    assert json.loads((warc.parent / "report.json").read_text()) == result.report
    assert manifest["run"] == result.report["run"]["id"] == warc.parent.name
    assert manifest["exit_code"] == 1
    assert manifest["config_sha256"] in {
        sha256(record["content"]).hexdigest() for record in records(warc) if record["url"] == "urn:linkcheck:config"
    }


def records(warc: Path) -> list[dict[str, Any]]:
    found = []
    with warc.open("rb") as file:
        iterator = ArchiveIterator(file, check_digests="raise")
        for one in iterator:
            headers = one.rec_headers
            found.append(
                {
                    "type": one.rec_type,
                    "version": headers.protocol,
                    "url": headers.get_header("WARC-Target-URI"),
                    "status": one.http_headers.get_statuscode()
                    if one.http_headers and one.rec_type == "response"
                    else None,
                    "content": one.raw_stream.read(),
                }
            )
        assert not iterator.err_count
    return found


def test_everything_that_was_asked_and_answered_is_there(recorded: tuple[Path, Result]) -> None:
    warc, result = recorded
    found = records(warc)
    kinds = [one["type"] for one in found]
    metadata = b"".join(one["content"] for one in found if (one["url"] or "").startswith("urn:linkcheck:lookup:"))

    assert {one["version"] for one in found} == {"WARC/1.1"}
    assert kinds[0] == "warcinfo"
    assert kinds.count("request") == result.report["run"]["requests"]
    statuses = {one["url"]: one["status"] for one in found if one["type"] == "response"}
    for hop in (hop for link in result.report["links"] if link["check"] for hop in link["check"]["hops"]):
        assert statuses[hop["url"]] == str(hop["status"])
    assert any(url.endswith("article.md") for url in (one["url"] for one in found if one["type"] == "resource"))
    assert b'"answer":"none"' in metadata


def test_refusals_are_metadata(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[a](http://127.0.0.1:1/x)\n")
    run("article.md", "--no-store", "--no-archive", "--allow-private", "--retries", "0", "--evidence", "evidence")
    metadata = {one["url"]: one["content"] for one in records(warc_of(tmp_path)) if one["type"] == "metadata"}

    assert json.loads(metadata["urn:linkcheck:failure:http://127.0.0.1:1/x"])["failure"]["kind"] == "refused"
    assert run("--replay", str(warc_of(tmp_path)), "--format", "json").code == 0


def test_no_secret_is_kept(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKCHECK_SECRET_A", "s3cr3t-token")
    monkeypatch.setenv("http_proxy", "")
    pages = {
        "paper.org/a": Page(302, headers={"location": "/b", "set-cookie": "sid=s3cr3t-cookie"}),
        "paper.org/b": Page(),
    }
    with staged(pages) as web:
        write(tmp_path, f"[a]({web.url('paper.org/a')}) [b](b)\n")
        hosts = f'[linkcheck.hosts."paper.org:{web.port}"]\nheaders = {{ x-key = "open-s3cr3t" }}\n'
        write(tmp_path, hosts, "own.toml")
        source = web.url("paper.org/b").replace("http://", "http://me:s3cr3t-password@")
        first = run(
            "article.md", source, "--config", "own.toml", *web.options("paper.org"), "--no-store", "--no-archive",
            "--evidence", "evidence", "--format", "json", "--base-url", f"http://me:s3cr3t-base@paper.org:{web.port}/",
        )  # fmt: skip
    kept = gzip.decompress(warc_of(tmp_path).read_bytes()) + (warc_of(tmp_path).parent / "report.json").read_bytes()

    for secret in (b"s3cr3t-token", b"s3cr3t-cookie", b"s3cr3t-password", b"s3cr3t-base"):
        assert secret not in kept
    again = run("--replay", str(warc_of(tmp_path)))
    assert again.out == first.out, again.err


def test_who_keeps_nothing_loads_nothing_for_it(tmp_path: Path) -> None:
    write(tmp_path, "[x](#)\n")
    script = (
        "import sys\nfrom linkcheck.cli.app import main\nmain(['article.md', '--offline', '--no-store'])\n"
        "print(sorted({'warcio', 'regex'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=surroundings(tmp_path, {}), capture_output=True, text=True,
        check=True,
    )  # fmt: skip

    assert done.stderr.splitlines()[-1] == "[]"
