"""Whatever lies in a folder, a run ends: by time, by size, by a signal; and says what it has not read."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.cli.conftest import Result, Run, run
from tests.web import Page, staged

__all__ = ["run"]

OFFLINE = ("--offline", "--no-store", "--format", "json")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes with names are of POSIX")


def notes(result: Result) -> str:
    return " / ".join(result.report["run"]["notes"])


def test_a_named_file_that_is_too_large_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[x](#)\n" * 200)
    (tmp_path / "b.md").write_text("[y](#)\n")

    result = run("a.md", "b.md", "--max-file-size", "1KiB", *OFFLINE)

    assert result.code == 3
    assert "a.md: is larger than 1 KiB; split it, or raise --max-file-size" in notes(result)
    assert [one["path"] for one in result.report["documents"]] == ["b.md"]


def test_files_of_a_folder_that_are_too_large_are_counted_and_named_once(run: Run, tmp_path: Path) -> None:
    for name in "abcdefg":
        (tmp_path / f"{name}.md").write_text("[x](#)\n" * 200)
    (tmp_path / "small.md").write_text("[y](b.md)\n")
    (tmp_path / "linkcheck.toml").write_text('max-file-size = "1KiB"')

    result = run(".", *OFFLINE)

    assert result.code == 0
    assert notes(result) == (
        "7 files were not read, being larger than --max-file-size (1 KiB): a.md, b.md, c.md, d.md, e.md and 2 more"
    )
    assert [one["path"] for one in result.report["documents"]] == ["small.md"]


def test_a_sparse_file_is_refused_unread(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(1 << 40)

    result = run("a.md", *OFFLINE)

    assert result.code == 3
    assert "a.md: is larger than 64 MiB" in notes(result)


def test_standard_input_is_bounded(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "linkcheck", "-", "--max-file-size", "10kB", *OFFLINE]

    done = subprocess.run(
        command, input=b"x" * 10_001, cwd=tmp_path, capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip

    assert done.returncode == 3
    assert b"-: is larger than 10,000 bytes" in done.stderr


def test_extract_keeps_to_the_size_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[x](#)\n" * 200)

    result = run("extract", "a.md", "--max-file-size", "1KiB")

    assert result.code == 2
    assert "a.md: is larger than 1 KiB" in result.err


def test_a_page_is_bounded_by_the_size_too(run: Run) -> None:
    with staged({"a.org/": Page(body="<p>" + "word " * 1000)}) as web:
        result = run(
            web.url("a.org/"), *web.options("a.org"), "--no-store", "--no-archive", "--format", "json",
            "--max-file-size", "1KiB",
        )  # fmt: skip

    assert result.code == 3
    assert "is larger than 1 KiB; save the page and name the file" in notes(result)


@POSIX
def test_max_time_ends_the_wait_for_a_pipe_that_nobody_writes_to(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[x](#)\n")
    os.mkfifo(tmp_path / "b.md")
    (tmp_path / "c.md").write_text("[y](#)\n")

    result = run("a.md", "b.md", "c.md", "--max-time", "1s", *OFFLINE)

    assert result.code == 3
    assert notes(result) == "--max-time ended the reading: 2 sources were not read, from b.md on"
    assert [one["path"] for one in result.report["documents"]] == ["a.md"]


@POSIX
def test_max_time_ends_the_reading_of_one_large_document(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("w") as file:
        file.writelines(f"[a](http://a.test/{number}) *b* `c`\n" for number in range(1_000_000))
    (tmp_path / "b.md").write_text("[y](#)\n")

    result = run(".", "--max-time", "1s", *OFFLINE)

    assert result.code == 3
    assert notes(result) == "--max-time ended the reading: 2 sources were not read, from a.md on"


@POSIX
@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_the_run_with_a_report_of_what_is_known(tmp_path: Path, number: str) -> None:
    with staged({"a.org/": Page()}) as web:
        (tmp_path / "a.md").write_text(f"[a]({web.url('a.org/')}) [b](#) [c](http://10.255.255.1:81/)\n")
        command = [sys.executable, "-m", "linkcheck", "a.md", "--no-store", "--no-archive", "--format", "json"]
        command += ["--allow-private", "--connect-timeout", "30", "--output", "markdown=r.md", *web.options("a.org")]
        process = subprocess.Popen(
            command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        )  # fmt: skip
        while not web.asked:
            assert process.poll() is None
        process.send_signal(getattr(signal, number))
        out, err = process.communicate(timeout=120)

    assert process.returncode == 130, err.decode()
    assert "interrupted" in msgspec.json.decode(out)["run"]["notes"][0]
    assert (tmp_path / "r.md").exists()


@POSIX
def test_the_report_is_written_when_the_terminal_is_gone(tmp_path: Path) -> None:
    """A terminal that closes sends SIGHUP, and every write to it fails from then on."""
    with staged({"a.org/": Page()}) as web:
        (tmp_path / "a.md").write_text(f"[a]({web.url('a.org/')}) [b](#) [c](http://10.255.255.1:81/)\n")
        command = [sys.executable, "-m", "linkcheck", "a.md", "--no-store", "--no-archive"]
        command += ["--allow-private", "--connect-timeout", "30", "--output", "json=r.json", *web.options("a.org")]
        ours, theirs = os.openpty()
        process = subprocess.Popen(
            command, cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        )  # fmt: skip
        os.close(theirs)
        while not web.asked:
            assert process.poll() is None
        os.close(ours)
        process.send_signal(signal.SIGHUP)
        process.wait(timeout=120)

    assert "interrupted" in msgspec.json.decode((tmp_path / "r.json").read_bytes())["run"]["notes"][0]
    assert process.returncode == 130


def test_parts_of_reports_that_killed_runs_left_are_cleared(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[x](#)\n")
    old, fresh, others = (tmp_path / f".{name}.part" for name in ("r.md.4711", "r.md.4712", "x.md.4711"))
    for part in (old, fresh, others):
        part.write_text("half a rep")
    for part in (old, others):
        os.utime(part, (0, 0))

    run("a.md", "--output", "markdown=r.md", *OFFLINE)

    assert not old.exists()
    assert fresh.exists()
    assert others.exists()
