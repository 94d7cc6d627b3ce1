"""Whatever stdin, stdout, stderr and the outputs are: no traceback, nothing lost."""

import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from io import FileIO, TextIOWrapper
from pathlib import Path

import pytest

from linkcheck.cli.terminal import as_utf8
from tests.cli.conftest import Run

POSIX = pytest.mark.skipif(os.name != "posix", reason="is about POSIX streams and signals")
ARTICLE = "# Ünïcode ✗\n\n[x](#) [\N{GRINNING FACE}](http://127.0.0.1:1/)\n"


def shell(folder: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `linkcheck ...` in a shell as a user would."""
    line = command.replace("linkcheck ", f"{sys.executable} -m linkcheck ")
    return subprocess.run(
        ["/bin/bash", "-c", line],
        cwd=folder,
        capture_output=True,
        text=True,
        env=surroundings(folder, environment),
        check=False,
    )


def surroundings(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path.cwd()), "XDG_STATE_HOME": str(folder / "state"), **more}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


@POSIX
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("linkcheck a.md --offline --no-store > /dev/full", 2),
        ("linkcheck extract a.md > /dev/full", 2),
        ("linkcheck plugins > /dev/full", 2),
        ("linkcheck --version > /dev/full", 2),
        ("linkcheck a.md --offline --no-store >&-", 1),
        ("linkcheck a.md --offline --no-store 2>&-", 1),
        ("linkcheck a.md none.md --offline --no-store 2>/dev/full", 3),
        ("linkcheck - --offline --no-store <&-", 0),
        ("linkcheck a.md --offline --no-store | head -1; exit ${PIPESTATUS[0]}", 1),
        ("linkcheck a.md --offline --no-store | true; exit ${PIPESTATUS[0]}", 1),
        ("linkcheck a.md none.md --offline --no-store | true; exit ${PIPESTATUS[0]}", 3),
        ("linkcheck many.md --offline --no-store --format json | head -1; exit ${PIPESTATUS[0]}", 1),
        ("linkcheck extract a.md --format json | true; exit ${PIPESTATUS[0]}", 0),
    ],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_streams_that_are_closed_or_full_are_no_crash(folder: Path, command: str, code: int, unbuffered: str) -> None:
    (folder / "many.md").write_text("[x](#)\n\n" * 2000)
    done = shell(folder, command, PYTHONUNBUFFERED=unbuffered)

    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr


@POSIX
@pytest.mark.parametrize("name", ["text", "json", "markdown"])
def test_an_encoding_that_cannot_write_everything_is_no_crash(folder: Path, name: str) -> None:
    done = shell(folder, f"linkcheck a.md --offline --no-store --format {name}", PYTHONIOENCODING="ascii")

    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "placeholder" in done.stdout


@POSIX
def test_names_that_are_not_utf8_are_read_and_shown(folder: Path) -> None:
    (folder / "a.md").rename(folder / os.fsdecode(b"b\xff.md"))

    done = shell(folder, "linkcheck $'b\\xff.md' --offline --no-store --output $'json=o\\xff.json'")

    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / os.fsdecode(b"o\xff.json")).exists()


@POSIX
def test_nothing_in_an_error_steers_the_terminal(folder: Path) -> None:
    for command in (
        "linkcheck $'\\e[31mx.md' --offline",
        "linkcheck a.md --nope$'\\e[31m'",
        "linkcheck a.md --config $'\\e[31mx'",
    ):
        done = shell(folder, command)
        assert done.returncode == 2
        assert "\x1b" not in done.stderr


@POSIX
def test_standard_input_that_never_ends_can_be_interrupted(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "linkcheck", "-", "--no-store"], cwd=folder, env=surroundings(folder, {}),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin
        process.stdin.write(b"[x](#)\n")
        process.stdin.flush()
        while _is_starting(process.pid):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=120)
        assert process.stderr
        assert b"Traceback" not in process.stderr.read()

    assert code == 130


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_pipe_that_nobody_writes_to_can_be_interrupted(number: signal.Signals, folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")
    with subprocess.Popen(
        [sys.executable, "-m", "linkcheck", "pipe.md", "--no-store"], cwd=folder, env=surroundings(folder, {}),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        while _is_starting(process.pid):
            time.sleep(0.01)
        process.send_signal(number)
        code = process.wait(timeout=120)
        assert process.stderr
        assert b"Traceback" not in process.stderr.read()

    assert code == 130


@POSIX
def test_a_pipe_is_read_when_somebody_writes_and_its_file_in_a_folder_is_passed_over(folder: Path, run: Run) -> None:
    os.mkfifo(folder / "pipe.md")
    writer = threading.Thread(target=(folder / "pipe.md").write_text, args=("[x](#) [y](#)\n",))
    writer.start()
    result = run("pipe.md", "--offline", "--no-store", "--format", "json")
    writer.join()

    assert [row["document"] for row in json.loads(result.out)["references"]] == ["pipe.md"] * 2
    folder_run = json.loads(run(".", "--offline", "--no-store", "--format", "json").out)
    assert "pipe.md" not in [row["path"] for row in folder_run["documents"]]


@POSIX
@pytest.mark.parametrize("text", ["[x](#)", ""])
def test_what_a_shell_substitutes_is_read_also_after_its_writer_has_gone(text: str, folder: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    done = subprocess.run(
        [sys.executable, "-m", "linkcheck", f"/dev/fd/{reading}", "--offline", "--no-store", "--format", "json"],
        cwd=folder, env=surroundings(folder, {}), pass_fds=[reading], capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    os.close(reading)

    assert len(json.loads(done.stdout)["references"]) == (1 if text else 0), done.stderr


def _is_starting(pid: int) -> bool:
    """Tell whether a process has not yet said that it wants to hear SIGINT itself (Linux), for at most a moment."""
    try:
        caught = next(
            line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("SigCgt")
        )
    except OSError:
        return False
    return not int(caught.split()[1], 16) & (1 << (signal.SIGTERM - 1))


@POSIX
def test_outputs_follow_links_outside_of_the_project_keep_devices_and_honour_the_umask(
    folder: Path, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own = tmp_path_factory.mktemp("own")
    (own / "real.json").write_text("old")
    (own / "link.json").symlink_to("real.json")
    before = os.umask(0o077)
    try:
        result = run(
            "a.md",
            "--offline",
            "--no-store",
            "--output",
            f"json={own}/link.json",
            "--output",
            "json=/dev/null",
            "--output",
            "json=new.json",
        )
    finally:
        os.umask(before)

    assert result.code == 1
    assert (own / "link.json").is_symlink()
    assert (own / "real.json").read_text().startswith('{"schema": 1')
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert stat.S_IMODE((folder / "new.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("output", ["markdown=a.md", "markdown=./docs/b.md", "text=a.md"])
def test_a_report_never_replaces_what_is_checked(folder: Path, run: Run, output: str) -> None:
    (folder / "docs").mkdir()
    (folder / "docs" / "b.md").write_text("# Using linkcheck\n")

    result = run("a.md", "docs", "--offline", "--no-store", "--output", output)

    assert result.code == 2
    assert "would replace it" in result.err
    assert (folder / "a.md").read_text(encoding="utf-8") == ARTICLE
    assert (folder / "docs" / "b.md").read_text() == "# Using linkcheck\n"


def test_a_report_replaces_an_older_report_in_a_folder_that_is_checked(folder: Path, run: Run) -> None:
    assert [path.name for path in folder.iterdir()] == ["a.md"]
    for _ in range(2):
        result = run(
            ".",
            "--offline",
            "--no-store",
            "--format",
            "json",
            "--output",
            "markdown=links.md",
            "--output",
            "text=links.txt",
        )
        assert result.code == 1
        assert [one["path"] for one in result.report["documents"]] == ["a.md"]


class Written(FileIO):
    """A file that counts how often it is written to."""

    times = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]  # typeshed wants any buffer
        self.times += 1
        return super().write(data)


def test_rows_are_written_together_also_where_python_is_to_buffer_nothing(tmp_path: Path) -> None:
    rows = [f'{{"row": {number}}}\n' for number in range(1000)]
    with Written(tmp_path / "out", "w") as raw, TextIOWrapper(raw, "latin-1", write_through=True) as stream:  # type: ignore[type-var]  # as `python -u` has it
        as_utf8(stream)
        stream.writelines(rows)
        stream.flush()

        assert raw.times < 10
    assert (tmp_path / "out").read_text(encoding="utf-8") == "".join(rows)
