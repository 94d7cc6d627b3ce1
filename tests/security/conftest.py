"""Hostile repositories in a temporary folder, made with the real git."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import run

__all__ = ["Git", "git", "repository", "run"]

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Give a function that runs the real git in a folder, with no config of whoever runs the tests."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    for name, value in {"NAME": "A", "EMAIL": "a@a.test"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def git(*arguments: str, cwd: Path = tmp_path, stdin: str = "") -> str:
        done = subprocess.run(["git", *arguments], cwd=cwd, check=True, input=stdin, capture_output=True, text=True)
        return done.stdout.strip()

    return git


@pytest.fixture
def repository(tmp_path: Path, git: Git) -> Path:
    """Give a repository with two commits, the first of them tagged."""
    top = tmp_path / "project"
    (top / "docs").mkdir(parents=True)
    git("init", "-q", "-b", "main", cwd=top)
    (top / "docs" / "a.md").write_text("first\n")
    git("add", ".", cwd=top)
    git("commit", "-qm", "first", cwd=top)
    git("tag", "-am", "a tag", "v1", cwd=top)
    (top / "docs" / "a.md").write_text("second\n")
    git("commit", "-qam", "second", cwd=top)
    return top
