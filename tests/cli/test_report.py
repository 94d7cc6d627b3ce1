"""A stored run shown again, as the settings say."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.md").write_text("[x](#)\n")
    (tmp_path / "linkcheck.toml").write_text('format = "json"\n')
    assert run("a.md", "--offline").code == 1


def test_the_settings_say_how_a_run_is_shown(run: Run) -> None:
    assert json.loads(run("report").out)["summary"]["references"] == 1
    assert "\x1b[" in run("report", "--format", "text", "--color", "always").out


def test_options_count_more_than_the_settings(run: Run) -> None:
    shown = run("report", "last", "--format", "text", "--color", "never").out

    assert "placeholder" in shown
    assert "\x1b[" not in shown


def test_only_a_run_that_is_kept_is_said_to_be_repeatable(run: Run) -> None:
    assert "repeat: `linkcheck report" in run("a.md", "--offline", "--format", "markdown").out
    assert "linkcheck report" not in run("a.md", "--offline", "--format", "markdown", "--no-store").out
