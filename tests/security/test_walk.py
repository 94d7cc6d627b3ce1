"""A folder is walked within its root: no link leads out, and no pipe, device or socket is read."""

import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from linkcheck.errors import SourceError
from linkcheck.sources import inside
from linkcheck.sources.api import Found
from linkcheck.sources.read import read

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs links, pipes and sockets in folders")
SECRET = "[secret](https://canary.example/)\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository, and a secret beside it."""
    folder = tmp_path / "tree"
    (folder / ".git").mkdir(parents=True)
    (folder / "docs").mkdir()
    (folder / "docs" / "a.md").write_text("[x](#)\n")
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "secret.md").write_text(SECRET)
    return folder


def linkcheck(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "linkcheck", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_no_link_of_a_folder_leads_out_of_the_root(tree: Path) -> None:
    (tree / "docs" / "b.md").symlink_to("../../private/secret.md")
    (tree / "docs" / "c.md").symlink_to(tree.parent / "private" / "secret.md")
    (tree / "docs" / "more").symlink_to("../../private")
    (tree / "docs" / "chain.md").symlink_to("b.md")
    (tree / "docs" / "loop.md").symlink_to("loop.md")

    for pattern in ("docs", "docs/**/*.md", "."):
        done = linkcheck(pattern, "--offline", "--no-store", "--format", "json", cwd=tree)
        assert "canary" not in done.stdout + done.stderr
        assert '"path":"docs/a.md"' in done.stdout


@pytest.mark.parametrize("hidden", [".git", ".linkcheck"])
def test_no_link_of_a_folder_leads_into_a_folder_that_holds_no_documents(tree: Path, hidden: str) -> None:
    """`.git/config` holds the address of the remote and, in CI, a token."""
    (tree / hidden).mkdir(exist_ok=True)
    (tree / hidden / "config").write_text(SECRET)
    (tree / "docs" / "b.md").symlink_to(f"../{hidden}/config")

    for pattern in ("docs", "docs/*.md", "docs/b.md", "."):
        done = linkcheck("extract", pattern, cwd=tree)
        assert "canary" not in done.stdout + done.stderr


def test_a_link_to_a_file_elsewhere_below_the_root_is_read(tree: Path) -> None:
    (tree / "shared.md").write_text("[inside](#)\n")
    (tree / "docs" / "b.md").symlink_to("../shared.md")

    assert '"path":"docs/b.md"' in linkcheck("docs", "--offline", "--no-store", "--format", "json", cwd=tree).stdout


def test_pipes_and_sockets_of_a_folder_are_counted_and_not_read(tree: Path) -> None:
    os.mkfifo(tree / "docs" / "pipe.md")
    os.mkfifo(tree / "docs" / "other.bin")
    os.mkfifo(tree / ".gitignore")
    os.mkfifo(tree / ".lycheeignore")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(tree / "docs")  # a socket's path is short
        try:
            server.bind("socket.md")
        finally:
            os.chdir(here)

        done = linkcheck("docs", "--offline", "--no-store", "--format", "json", cwd=tree)

    said = "2 pipes, devices or sockets were not read, as always unless named: docs/pipe.md, docs/socket.md"
    assert said in done.stdout, done.stdout[:1200]
    assert done.returncode == 1
    assert "docs/pipe.md: is a pipe" in linkcheck("extract", "docs", cwd=tree).stderr


def test_a_pipe_that_is_named_is_read(tree: Path) -> None:
    os.mkfifo(tree / "pipe.md")
    writer = threading.Thread(target=lambda: (tree / "pipe.md").write_text("[x](#y)\n"), daemon=True)
    writer.start()

    done = linkcheck("pipe.md", "--offline", "--no-store", "--format", "json", cwd=tree)

    assert '"path":"pipe.md"' in done.stdout, done.stderr
    writer.join(10)


def test_a_target_that_is_a_pipe_keeps_nobody_waiting(tree: Path) -> None:
    os.mkfifo(tree / "docs" / "pipe.md")
    (tree / "docs" / "a.md").write_text("[x](pipe.md#there)\n")

    assert linkcheck("docs/a.md", "--offline", "--no-store", cwd=tree).returncode in {0, 1}


@pytest.mark.parametrize("swap", ["pipe", "link", "folder", "folder above"])
def test_what_takes_the_place_of_a_file_after_it_was_met_is_not_read(tree: Path, swap: str) -> None:
    """The walk has met a regular file; whoever changes it before it is read gains nothing."""
    path = tree / "docs" / "a.md"
    found = Found(name="docs/a.md", path=path, root=tree, below="a.md")
    path.unlink()
    match swap:
        case "pipe":
            os.mkfifo(path)
        case "link":
            path.symlink_to(tree.parent / "private" / "secret.md")
        case "folder":
            path.mkdir()
        case "folder above":
            (tree / "docs").rmdir()
            (tree.parent / "private" / "secret.md").rename(tree.parent / "private" / "a.md")
            (tree / "docs").symlink_to(tree.parent / "private")

    with pytest.raises(SourceError):
        read(found)


def test_no_descriptor_is_left_open(tree: Path) -> None:
    os.mkfifo(tree / "docs" / "pipe.md")
    before = len(list(Path("/dev/fd").iterdir()))

    for name in ("a.md", "pipe.md", "none.md"):
        with suppress(OSError):
            inside.open_regular(tree / "docs" / name, tree).close()

    assert len(list(Path("/dev/fd").iterdir())) == before
