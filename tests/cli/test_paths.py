"""Paths of a config file start at its folder, wherever we stand."""

import json
from pathlib import Path

import pytest

from linkcheck import config
from linkcheck.cli.configured import from_here
from tests.cli.conftest import Run

CONFIG = 'sources = ["docs"]\nroot-dir = "docs"\nexclude-path = ["docs/old/*.md", "!docs/old/kept.md", "draft.md"]\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("a.md", "draft.md", "old/b.md", "old/kept.md", "sub/draft.md", "sub/c.md"):
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("[x](/a.md)\n")
    (tmp_path / "linkcheck.toml").write_text(CONFIG)
    return tmp_path


@pytest.mark.parametrize("here", [".", "docs", "docs/sub", "docs/old"])
def test_the_same_is_read_from_wherever_we_stand(
    project: Path, run: Run, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / here)

    checked = run("check", "--offline", "--no-store", "--format", "json")
    listed = json.loads(run("extract", "--format", "json").out)

    names = [Path(here, one["path"]) for one in checked.report["documents"]]
    found = sorted(str((project / name).resolve().relative_to(project / "docs")) for name in names)
    assert found == ["a.md", "old/kept.md", "sub/c.md"]
    assert checked.code == 0  # /a.md stands on the root that the file names
    assert len(listed["references"]) == 3


@pytest.mark.parametrize(
    ("pattern", "here", "moved"),
    [
        ("*.md", "docs", "*.md"),
        ("old/", "docs", "old/"),
        ("**/old/x", "docs", "**/old/x"),
        ("/a.md", ".", "/a.md"),
        ("/docs/a.md", "docs", "/a.md"),
        ("docs/old/", "docs", "/old/"),
        ("docs/old/*.md", "docs/sub", "/../old/*.md"),
        ("/docs", "docs/sub", "*"),
        ("!docs/a.md", "docs", "!/a.md"),
    ],
)
def test_a_pattern_means_the_same_files(
    project: Path, pattern: str, here: str, moved: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "linkcheck.toml").write_text(f'exclude-path = ["{pattern}"]\n')
    monkeypatch.chdir(project / here)

    assert from_here(config.read({}, environ={})).config.exclude_path == (moved,)


def test_paths_of_the_command_line_start_where_we_stand(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "docs")
    said = {"sources": ["a.md"], "root-dir": "sub", "exclude-path": ["old/b.md"]}

    read = from_here(config.read(said, environ={})).config
    assert (read.sources, read.root_dir, read.exclude_path) == (("a.md",), "sub", ("old/b.md",))
