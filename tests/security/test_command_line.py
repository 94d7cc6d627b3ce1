"""A file that is called like an option is a file."""

import os
import shutil
from pathlib import Path

import pytest

from linkcheck.cli import app
from tests.cli.conftest import Run

NAMES = ["--config=evil.md", "--output=article=x.md", "-q.md", "--", "--help", "-V", "--store=x.sqlite.md", "-"]


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Give a folder with a file that would be another's config."""
    (tmp_path / "evil.md").write_text('[linkcheck]\noutputs = ["article=owned"]\n')
    (tmp_path / "a.md").write_text("[x](#)\n")
    return tmp_path


@pytest.mark.parametrize("command", ["check", "extract", None])
@pytest.mark.parametrize("name", [name for name in NAMES if name != "-"])
def test_what_follows_two_hyphens_is_a_file(hostile: Path, run: Run, name: str, command: str | None) -> None:
    (hostile / name).write_text("[y](#)\n")
    first = [] if command is None else [command]
    options = [] if command == "extract" else ["--offline"]

    told = run(*first, *options, "--", "a.md", name)

    # A name without a suffix that is known cannot be read, and is named.
    assert f"{name}:1:" in told.out or f"linkcheck: {name}: " in told.err
    assert not (hostile / "owned").exists()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"-", "--"}])
@pytest.mark.parametrize("place", [0, 1])
def test_without_them_it_is_refused(hostile: Path, run: Run, name: str, place: int) -> None:
    (hostile / name).write_text("[y](#)\n")
    words = ["a.md"]
    words.insert(place, name)

    told = run("check", "--offline", *words)

    assert told.code == 2
    assert f"write ./{name} for the file, or --" in told.err
    assert told.out == ""
    assert not (hostile / "owned").exists()


def test_a_file_called_like_the_two_hyphens_vouches_for_no_option(hostile: Path, run: Run) -> None:
    """`linkcheck *.md *` gives an option of a stranger's making, and then the file `--`."""
    for name in ("--config=evil.md", "--"):
        (hostile / name).write_text("[y](#)\n")

    told = run("--config=evil.md", "a.md", "--", "--config=evil.md", "a.md")

    assert told.code == 2
    assert not (hostile / "owned").exists()
    assert "--config=evil.md" in run("check", "--offline", "--", "--config=evil.md", "--").out


def test_a_folder_called_like_an_option_is_refused_too(hostile: Path, run: Run) -> None:
    (hostile / "--config=docs").mkdir()
    (hostile / "--config=docs" / "evil.md").write_text("[y](#)\n")

    assert run("--config=docs/evil.md").code == 2
    assert run("--offline", "./--config=docs/evil.md").code == 1


def test_an_option_that_is_no_file_is_an_option(hostile: Path, run: Run) -> None:
    (hostile / "-v.md").write_text("[y](#)\n")

    assert run("--offline", "-v", "a.md").code == 1


def test_options_before_two_hyphens_are_the_callers(hostile: Path, run: Run) -> None:
    (hostile / "--offline").write_text("")

    assert run("check", "--offline", "--", "a.md").code == 1


@pytest.mark.parametrize("path", [".", "", "bin", "./bin"])
def test_no_program_is_taken_from_the_working_directory(
    hostile: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    (hostile / "bin").mkdir()
    for folder in (hostile, hostile / "bin"):
        (folder / "xdg-open").write_text("#!/bin/sh\n")
        (folder / "xdg-open").chmod(0o755)
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("PATH", f"{path}{os.pathsep}/nowhere{os.pathsep}{path}")
    monkeypatch.setenv("NODEFAULTCURRENTDIRECTORYINEXEPATH", "")
    monkeypatch.setattr("sys.argv", ["linkcheck", "--version"])

    with pytest.raises(SystemExit) as ended:
        app.run()

    assert ended.value.code == 0
    assert os.environ["PATH"] == "/nowhere"
    assert shutil.which("xdg-open") is None
