"""A stored run shown again, as the settings say."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    (tmp_path / "a.md").write_text("[x](#)\n")
    (tmp_path / "linkcheck.toml").write_text('offline = true\nformat = "json"\ncolor = "always"\n')
    assert run("a.md").code == 1
    return tmp_path


def test_the_settings_say_how_a_run_is_shown(folder: Path, run: Run) -> None:
    assert json.loads(run("report").out)["summary"]["references"] == 1
    assert "\x1b[" in run("report", "--format", "text").out


def test_options_count_more_than_the_settings(folder: Path, run: Run) -> None:
    shown = run("report", "last", "--format", "text", "--color", "never").out

    assert "placeholder" in shown
    assert "\x1b[" not in shown
