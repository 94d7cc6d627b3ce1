"""Nothing that a page, a document or a file name holds drives a terminal, a spreadsheet or the log of a CI."""

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from linkcheck import registry
from tests.web import Page, StagedWeb, staged

OSC8 = "\x1b]8;;http://evil.example/\x07click\x1b]8;;\x07"
HOSTILE = f"=1+1 {OSC8} \x1b[2J\x9b31m \x00\x07\x08\x7f \x85 \u202egnp.exe\u2066 \u200b\ufeff \U000e0041"
"""A formula, OSC 8, CSI in both forms, NUL, BEL, BS, DEL, NEL, bidi controls, zero width and a tag."""
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
PRINTED = sorted(set(registry.names("render")) - {"article", "html", "wikitext"})
"""What is read in terminals and logs; the other formats give documents, whose own text stays as it is."""
NAME = "\x1b]8;;http:evil\x07x\x9b31m\u202e=1.md"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows allows no such names")


@pytest.fixture
def web() -> Iterator[StagedWeb]:
    title = HOSTILE.replace("\x00", "").replace("=", "&equals;", 1)
    body = f"<!doctype html><title>{title}</title><h1>{title}</h1><p>Some words that are plainly here.</p>"
    pages = {
        "a.example/": Page(body=body),
        "b.example/": Page(404, body, {"content-type": "text/html; charset=utf-8", "server": "x\x9b31m"}),
        "c.example/": Page(302, "", {"location": "http://a.example:{port}/?\x9b31m=1"}),
    }
    with staged(pages) as opened:
        yield opened


@pytest.fixture
def tree(tmp_path: Path, web: StagedWeb) -> Path:
    """A repository whose document and its name are hostile."""
    folder = tmp_path / "tree"
    (folder / ".git").mkdir(parents=True)
    links = "\n\n".join(
        f"[{HOSTILE.replace(chr(0), '')}]({address})"
        for address in (*(web.url(f"{host}.example/") for host in "abc"), "#", "none\x1b[31m.md", "javascript:\x9b1")
    )
    (folder / NAME).write_text(f"# {HOSTILE}\n\n{links}\n".replace("\x00", ""))
    (folder / f"{NAME}.bin.md").write_bytes(b"\x00\x01\x02\x03" * 100)
    return folder


def run(tree: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run it in a pipe, where it writes no colours of its own."""
    return subprocess.run(
        [sys.executable, "-m", "linkcheck", *arguments],
        cwd=tree,
        env={**os.environ, "XDG_STATE_HOME": str(tree.parent / "state"), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=240,
        check=False,
    )


def check(tree: Path, web: StagedWeb, *arguments: str) -> "subprocess.CompletedProcess[str]":
    hosts = web.options("a.example", "b.example", "c.example")
    common = ("--allow-private", "--no-archive", "--retries", "0", "--host-interval", "0")
    return run(tree, "check", *hosts, *common, *arguments)


def assert_inert(text: str, what: str) -> None:
    found = FORBIDDEN.search(text)
    assert found is None, (what, text[max(0, found.start() - 80) : found.end() + 40])


def test_no_report_and_no_message_drives_a_terminal(tree: Path, web: StagedWeb) -> None:
    outputs = [part for name in PRINTED for part in ("--output", f"{name}=reports/{name}")]

    done = check(tree, web, ".", "-v", *outputs)

    assert done.returncode in {1, 3}, done.stderr
    assert_inert(done.stdout, "stdout")
    assert_inert(done.stderr, "stderr")
    for name in PRINTED:
        assert_inert((tree / "reports" / name).read_bytes().decode().replace("\r\n", "\n"), name)


def test_no_look_back_drives_a_terminal(tree: Path, web: StagedWeb) -> None:
    check(tree, web, ".")

    for command in (
        ["runs"],
        ["runs", "--format", "json"],
        ["report", "last"],
        ["report", "last", "--format", "json"],
        ["history", web.url("a.example/")],
        ["history", web.url("a.example/"), "--format", "json"],
        ["history", web.url("c.example/"), "--format", "json"],
        ["trends"],
        ["trends", "--format", "json"],
        ["trends", "--format", "csv"],
        ["export"],
        ["export", "--format", "jsonl"],
        ["extract", "."],
        ["extract", ".", "--format", "json"],
        ["baseline", "create"],
        ["config", "show"],
        ["check", f"{NAME}.none"],
        ["check", NAME, "--output", f"json=.{NAME}"],
        [f"{NAME}"[:5]],
        ["--store", NAME, "prune", "--keep-days", "1"],
        ["merge", NAME, f"{NAME}.bin.md", "-o", "x"],
    ):
        done = run(tree, *command)
        assert_inert(done.stdout, f"{command}: stdout")
        assert_inert(done.stderr, f"{command}: stderr")
    assert_inert((tree / "linkcheck-baseline.json").read_text(), "baseline")


def test_no_message_and_no_list_is_a_command_to_a_ci(tree: Path) -> None:
    """GitHub obeys `::name::` at a line's start, and `##[name]` anywhere (actions/runner, ActionCommand.cs)."""
    name = "##[stop-commands]x ::stop-commands::x.md"
    (tree / "::stop-commands::x.md").write_text(f"[{name}](none.md)\n")
    (tree / name).write_bytes(b"\x00\x01\x02\x03" * 100)
    (tree / ".lycheeignore").write_text(f"({name}\n")
    config = tree / "linkcheck.toml"
    told = ""

    for table in (f'[hosts."{name}"]', f'[severity]\n"{name}" = "error"', ""):
        config.write_text(table)
        for command in (["extract", "."], ["check", "--offline", "."], [name[:17]], ["history", "file:///none.md"]):
            done = run(tree, *command)
            told += done.stdout + done.stderr

    assert "stop-commands" in told
    assert not re.search(r"^\s*::|##\[", told, re.MULTILINE)


def test_an_export_is_no_formula_and_json_gives_titles_as_they_are(tree: Path, web: StagedWeb) -> None:
    check(tree, web, ".")

    rows = list(csv.DictReader(StringIO(run(tree, "export").stdout)))
    titles = [row["title"] for row in rows if row["title"]]
    assert any(title.startswith("'=1+1") for title in titles)
    assert not any(title.startswith("=") for title in titles)
    told = [json.loads(line) for line in run(tree, "export", "--format", "jsonl").stdout.splitlines()]
    assert any("\u202e" in (row["title"] or "") for row in told)


def test_a_parquet_file_holds_no_controls(tree: Path, web: StagedWeb) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    check(tree, web, ".")

    run(tree, "export", "--format", "parquet", "-o", "checks.parquet")

    titles = [title for title in parquet.read_table(tree / "checks.parquet")["title"].to_pylist() if title]
    assert titles
    for title in titles:
        assert_inert(title, "parquet")


def test_a_crash_shows_no_text_as_it_came(tree: Path) -> None:
    """The message of an exception may hold what a document says."""
    code = (
        "import sys; from linkcheck.cli import app, runs\n"
        "def fail(*_, **__): raise RuntimeError('\\x1b]8;;http:evil\\x07\\x9b31m\\u202e')\n"
        "runs.past_runs = fail; sys.exit(app.main(['runs']))"
    )
    run(tree, NAME, "--offline")

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tree,
        env={**os.environ, "XDG_STATE_HOME": str(tree.parent / "state"), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert "this is a bug in linkcheck" in done.stderr
    assert_inert(done.stderr, "stderr")
