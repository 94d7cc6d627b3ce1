"""User names and passwords of URLs are kept nowhere: not in the history, evidence, reports, nor in what is printed."""

import gzip
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from linkcheck import registry, userinfo
from linkcheck.blanking import blanked_source
from tests.web import Page, StagedWeb, staged

CANARY, USER = "s3cr3tcanary", "usercanary"
TOKEN = "ghpcanary0123"
ARTICLE = """---
title: A page of https://{u}@meta.example/
canonical: https://{u}@meta.example/a
original: {web}
---

# Read https://{u}@heading.example/ first

Bare https://{u}@bare.example/x and <https://{u}@auto.example/> and [text https://{u}@text.example/]({web}?a=1).
A token https://{t}@token.example/, one without user http://:{c}@nouser.example/, and http:{u}@noslash.example/.

[ref]: https://{u}@reference.example/ "title https://{u}@title.example/"
[use][ref] ![image](https://{u}@image.example/i.png) [lost](#) [query](http://a.example:{port}/?u=https://{u}@h.example/)
[encoded](http://a.example:{port}/?v=https%3A%2F%2Fuser%3A{c}%40h.example%2F)
[archived](https://web.archive.org/web/20200101000000/https://{u}@archived.example/)
[ftp](ftp://{u}@ftp.example/f) [escaped](https://user:{c}\\@escaped.example/) [entity](https://user:{c}&#64;entity.example/)

<a href="https://{u}@html.example/" title="https://{u}@attr.example/">link</a> <!-- https://{u}@comment.example/ -->

    code https://{u}@code.example/

> "A quotation" (https://{u}@quote.example/)

[next](none.md) and the last word.
"""


@pytest.fixture
def web() -> Iterator[StagedWeb]:
    body = (
        f"<!doctype html><title>Page</title><link rel=canonical href='http://{USER}:{CANARY}@a.example/c'>"
        "<h1>A page</h1><p>Some words that are plainly here.</p>"
    )
    pages = {
        "a.example/": Page(302, "", {"location": f"http://{USER}:{CANARY}@a.example:{{port}}/there"}),
        "a.example/there": Page(body=body.replace(f"{USER}:{CANARY}@", "")),
    }
    with staged(pages) as opened:
        yield opened


@pytest.fixture
def tree(tmp_path: Path, web: StagedWeb) -> Path:
    """A repository with the canaries wherever a document can hold them."""
    folder = tmp_path / "tree"
    (folder / ".git").mkdir(parents=True)
    (folder / "a.md").write_text(filled(ARTICLE, web))
    return folder


def filled(text: str, web: StagedWeb) -> str:
    own = f"http://{USER}:{CANARY}@a.example:{web.port}/"
    return (
        text.replace("{u}", f"{USER}:{CANARY}").replace("{t}", TOKEN).replace("{c}", CANARY)
        .replace("{web}", own).replace("{port}", str(web.port))
    )  # fmt: skip


def run(tree: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "linkcheck", *arguments],
        cwd=tree,
        env={**os.environ, "XDG_STATE_HOME": str(tree.parent / "state"), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def check(tree: Path, web: StagedWeb, *arguments: str) -> "subprocess.CompletedProcess[str]":
    common = ("--allow-private", "--no-archive", "--retries", "0", "--host-interval", "0", "--timeout", "5s")
    return run(tree, "check", *web.options("a.example"), *common, *arguments)


def unpacked(path: Path) -> bytes:
    """Return what a file holds, compressed members and values of SQLite included."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content += gzip.decompress(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            content += b"".join(packed.read(name) for name in packed.namelist())
    return content


def assert_kept_nowhere(tree: Path, *but: str) -> None:
    for path in sorted(tree.parent.rglob("*")):
        if path.is_file() and path.name not in but:
            content = unpacked(path)
            for canary in (CANARY, USER, TOKEN):
                at = content.find(canary.encode())
                assert at < 0, (str(path), content[max(0, at - 200) : at + 60])


def assert_said_nowhere(done: "subprocess.CompletedProcess[str]") -> None:
    for canary in (CANARY, USER, TOKEN):
        assert canary not in done.stdout + done.stderr, (done.args, canary)


def test_no_canary_is_kept_or_printed_and_a_replay_is_the_run_to_the_byte(tree: Path, web: StagedWeb) -> None:
    names = sorted(set(registry.names("render")) - {"article", "wikitext"})  # which give the document back
    outputs = [part for name in names for part in ("--output", f"{name}=reports/{name}")]

    done = check(tree, web, "a.md", "--evidence", "evidence", "--format", "json", "-v", *outputs)

    assert done.returncode in {1, 3}, done.stderr
    assert "heading.example" in done.stdout
    assert "entity.example" in done.stdout
    assert_said_nowhere(done)
    assert_kept_nowhere(tree, "a.md")
    (recording,) = (tree / "evidence").glob("*/run.warc.gz")
    (tree / "a.md").unlink()
    again = run(tree, "check", "--replay", str(recording), "--format", "json")
    assert "is the recorded one, byte for byte" in again.stderr
    assert again.stdout == done.stdout
    assert_said_nowhere(again)
    (tree / "a.md").write_text(filled(ARTICLE, web))
    for command in (
        ["extract", "a.md"],
        ["extract", "a.md", "--format", "json"],
        ["report", "last", "-v"],
        ["report", "last", "--format", "json"],
        ["export"],
        ["runs"],
    ):
        assert_said_nowhere(run(tree, *command))


def test_a_run_that_is_killed_leaves_no_canary_in_the_log_of_the_history(tree: Path, web: StagedWeb) -> None:
    """What is in the `-wal` has not gone through a clean end."""
    code = (
        "import os, sys; from linkcheck.store import Journal; from linkcheck.cli.app import main\n"
        "Journal.close = lambda self: os._exit(9)\nmain(sys.argv[1:])"
    )
    common = ("check", *web.options("a.example"), "--allow-private", "--no-archive", "--retries", "0")
    subprocess.run(
        [sys.executable, "-c", code, *common, "a.md", "--output", "article=reports/x.md"],
        cwd=tree,
        env={**os.environ, "XDG_STATE_HOME": str(tree.parent / "state"), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        timeout=240,
        check=False,
    )

    assert list((tree / ".linkcheck").glob("*-wal"))
    assert_kept_nowhere(tree, "a.md", "x.md")


def test_the_corrected_article_has_its_passwords_and_the_history_has_not(tree: Path, web: StagedWeb) -> None:
    check(tree, web, "a.md", "--output", "article=reports/corrected.md")

    assert f"https://{USER}:{CANARY}@html.example/" in (tree / "reports" / "corrected.md").read_text()
    assert_kept_nowhere(tree, "a.md", "corrected.md")
    later = run(tree, "report", "last", "--format", "article")
    assert "was not kept" in later.stderr


def test_what_stands_on_the_command_line_and_in_a_config_is_not_kept(tree: Path, web: StagedWeb) -> None:
    (tree / "a.md").write_text("[x](y)\n")
    (tree / "own.toml").write_text(
        f'[linkcheck]\nexclude = ["https://{USER}:{CANARY}@x/"]\n'
        f'[linkcheck.hosts."a.example"]\nheaders = {{"X-Api-Key" = "{CANARY}"}}\n'
    )

    done = check(
        tree, web, "a.md", f"http://{USER}:{CANARY}@a.example:{web.port}/", "--config", "own.toml",
        "--base-url", f"https://{USER}:{CANARY}@base.example/", "--evidence", "evidence", "--format", "json",
    )  # fmt: skip

    assert_said_nowhere(done)
    assert_kept_nowhere(tree, "own.toml")
    (recording,) = (tree / "evidence").glob("*/run.warc.gz")
    assert "byte for byte" in run(tree, "check", "--replay", str(recording)).stderr
    assert_said_nowhere(check(tree, web, f"ftp://{USER}:{CANARY}@ftp.example/"))
    assert_said_nowhere(check(tree, web, "a.md", "--base-url", f"ftp://{USER}:{CANARY}@ftp.example/"))


PACKED = "word/document.xml"


def docx(text: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packing:
        packing.writestr(PACKED, text)
    return made.getvalue()


def pdf(text: str) -> bytes:
    import zlib  # noqa: PLC0415 - here alone

    return b"%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode>>\nstream\n" + zlib.compress(text.encode()) + b"\nendstream\n"


URL = f"see https://{USER}:{CANARY}@h.example/ and more"


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (URL.encode(), lambda kept: kept),
        (URL.encode("utf-16"), lambda kept: kept.decode("utf-16").encode()),
        (gzip.compress(URL.encode()), gzip.decompress),
        (docx(URL), lambda kept: zipfile.ZipFile(BytesIO(kept)).read(PACKED)),
    ],
    ids=["plain", "UTF-16", "gzip", "docx"],
)
def test_a_copy_reads_alike(content: bytes, read: Callable[[bytes], bytes]) -> None:
    kept = blanked_source(content)

    assert kept is not None
    assert read(kept).decode() == "see https://aaaaaaaaaa:a0aa0aaaaaaa@h.example/ and more"


def test_a_pdf_that_tells_one_in_a_compressed_stream_is_not_kept() -> None:
    assert blanked_source(pdf(URL)) is None
    assert blanked_source(pdf("see https://h.example/")) == pdf("see https://h.example/")


@pytest.mark.parametrize(
    "text",
    [
        "[https://a.org](mailto:me@b.org)", "https://a.org,me@b.org", "mail me@b.org", "https://medium.com/@me",
        "git clone ssh://git@github.com/a/b", "https://a.org/?q=me@b.org", "https://a.org/#me@b.org", "// TODO @me",
        "xmpp:me@b.org", "https://a.org/x@2x.png", "<https://a.org> me@b.org", '"https://a.org","me@b.org"',
    ],
)  # fmt: skip
def test_what_is_no_userinfo_stays(text: str) -> None:
    assert userinfo.hidden(text) == text
    assert userinfo.blanked(text.encode()) == text.encode()
