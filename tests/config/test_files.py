"""The nearest file that is ours counts; a broken one is an error, not a silence."""

import os
import sys
from pathlib import Path

import pytest

from linkcheck.config import read
from linkcheck.errors import ConfigError
from tests.config.making import write


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("linkcheck.toml", "retries = 0"),
        ("linkcheck.toml", "[linkcheck]\nretries = 0"),
        ("pyproject.toml", "[tool.linkcheck]\nretries = 0"),
        ("config.toml", "[linkcheck]\nretries = 0"),
    ],
)
def test_the_nearest_file_is_found(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path / "config.toml", "[linkcheck]\nretries = 1")
    write(tmp_path / "project" / name, text)
    (tmp_path / "project" / "docs").mkdir()

    settings = read({}, environ={}, directory=tmp_path / "project" / "docs")

    assert settings.config.retries == 0
    assert settings.file == tmp_path / "project" / name
    assert not settings.is_trusted


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("config.toml", 'baseURL = "https://site.example"'),
        ("pyproject.toml", "[tool.ruff]"),
        ("config.toml", "= broken"),
        ("pyproject.toml", "a." * 100_000),
        ("config.toml", "x = " + "[" * 100_000),
    ],
)
def test_a_file_that_is_somebody_elses_is_left_alone(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path / name, text)

    assert read({}, environ={}, directory=tmp_path).file is None


def test_discovery_ends_at_the_repository(tmp_path: Path) -> None:
    write(tmp_path / "linkcheck.toml", "retries = 0")
    (tmp_path / "repo" / ".git").mkdir(parents=True)

    assert read({}, environ={}, directory=tmp_path / "repo").file is None


@pytest.mark.parametrize("name", ["pyproject.toml", "config.toml", "linkcheck.toml"])
@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("= broken", "cannot be read as TOML"),
        ("x = " + "[" * 100_000, "nested too deep"),
        ("a." * 50_000 + "b = 1", "nested too deep"),
        ('"a".' * 50_000 + "b = 1", "nested too deep"),
        ("#" * 300_000, "larger than 256 kB"),
    ],
)
def test_a_file_of_ours_that_is_broken_is_not_passed_over(tmp_path: Path, name: str, broken: str, words: str) -> None:
    write(tmp_path / name, f"# linkcheck\n{broken}")

    with pytest.raises(ConfigError, match=rf"{name}: .*{words}"):
        read({}, environ={}, directory=tmp_path)


def test_a_found_link_that_leaves_the_tree_is_no_config(tmp_path: Path) -> None:
    write(tmp_path / "secret.toml", "[linkcheck]\nretries = 0")
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "config.toml").symlink_to(tmp_path / "secret.toml")

    assert read({}, environ={}, directory=tmp_path / "repo").file is None

    (tmp_path / "repo" / "linkcheck.toml").symlink_to(tmp_path / "secret.toml")
    with pytest.raises(ConfigError, match="is a link out of its folder"):
        read({}, environ={}, directory=tmp_path / "repo")
    named = str(tmp_path / "repo" / "linkcheck.toml")
    assert read({}, environ={}, named=named).config.retries == 0


def test_a_found_link_within_the_tree_is_followed(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path / "shared" / "base.toml", "[linkcheck]\nretries = 0")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "linkcheck.toml").symlink_to("../shared/base.toml")

    assert read({}, environ={}, directory=tmp_path / "docs").config.retries == 0


def test_a_named_file_must_be_there_and_ours(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such config file"):
        read({}, named=str(tmp_path / "none.toml"), environ={})
    with pytest.raises(ConfigError, match=r"has no \[linkcheck\] table"):
        read({}, named=str(write(tmp_path / "other.toml", "x = 1")), environ={})
    with pytest.raises(ConfigError, match="cannot be read as TOML"):
        read({}, named=str(write(tmp_path / "broken.toml", "= 1")), environ={})
    with pytest.raises(ConfigError, match="is a folder; name the config file in it"):
        read({}, named=str(tmp_path), environ={})
    with pytest.raises(ConfigError, match="cannot be read"):
        read({}, named="a\0b", environ={})


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes on Windows")
def test_a_pipe_is_no_config_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")

    with pytest.raises(ConfigError, match="is not a regular file"):
        read({}, named=str(tmp_path / "pipe.toml"), environ={})
