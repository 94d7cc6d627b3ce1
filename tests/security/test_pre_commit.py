"""The hooks, run by the real pre-commit in the checkout of a stranger.

pre-commit would install this package, and what it needs, from an index. Here the manifest is the real one but for
`language: system`, so that the package that is tested is what runs. With TEST_REAL_INSTALL, as `.ci/run` has it,
the hooks come from the last commit of this project, and pre-commit installs them.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.security.conftest import Git

PROJECT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stranger's programs are shell scripts")


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return tmp_path / "canary"


@pytest.fixture
def hooks(tmp_path: Path, git: Git) -> str:
    """Give a repository of our hooks, and its revision."""
    folder = tmp_path / "hooks"
    if os.environ.get("TEST_REAL_INSTALL"):
        git("clone", "-q", str(PROJECT), str(folder))
        return git("rev-parse", "HEAD", cwd=folder)
    git("init", "-q", str(folder))
    manifest = (PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert manifest.count("  language: python\n") == 2
    (folder / ".pre-commit-hooks.yaml").write_text(
        manifest.replace("  language: python\n", "  language: system\n"), encoding="utf-8"
    )
    git("add", ".", cwd=folder)
    git("commit", "-qm", "hooks", cwd=folder)
    return git("rev-parse", "HEAD", cwd=folder)


@pytest.fixture
def checkout(tmp_path: Path, git: Git, canary: Path) -> Path:
    """Give a repository whose files are a stranger's, all of them staged."""
    top = tmp_path / "checkout"
    git("init", "-q", str(top))
    for name in ("msgspec", "sitecustomize", "runpy", "linkcheck", "anyio", "venv", "pip"):
        (top / f"{name}.py").write_text(f"open({str(canary)!r}, 'w').write({name!r})\nraise SystemExit(0)\n")
    for name in ("git", "python", "linkcheck"):
        (top / name).write_text(f"#!/bin/sh\necho {name} > {canary}\n")
        (top / name).chmod(0o755)
    (top / "evil.md").write_text(f'[linkcheck]\noutputs = ["json={canary}"]\nfail-on = ["never"]\n')
    (top / "linkcheck.toml").write_text(f'outputs = ["json={canary}"]\n')
    (top / "--config=evil.md").write_text("[a](#)\n")
    (top / "--config=docs").mkdir()
    (top / "--config=docs" / "evil.md").write_text("[b](#)\n")
    (top / "a.md").write_text("[c](#)\n")
    git("add", "-f", ".", cwd=top)
    return top


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Give the environment of whoever commits."""
    program = tmp_path / "bin" / "python"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
    program.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }


def ran(checkout: Path, environment: dict[str, str], hooks: str, *, hook: str = "", stage: str) -> str:
    """Run the hooks of a stage on every file, and give what they say."""
    (checkout / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {checkout.parent / 'hooks'}\n  rev: {hooks}\n  hooks:\n{hook}"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-m", "pre_commit", "run", "--all-files", "--hook-stage", stage, "--verbose"],
        cwd=checkout, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def test_the_files_of_a_commit_are_files(checkout: Path, environment: dict[str, str], hooks: str, canary: Path) -> None:
    said = ran(checkout, environment, hooks, hook="  - id: linkcheck-offline\n", stage="pre-commit")

    assert "exit code: 1" in said
    for name in ("a.md", "--config=evil.md", "--config=docs/evil.md"):
        assert re.search(rf"^{re.escape(name)}:1:", said, re.MULTILINE)
    assert not canary.exists()


def test_so_they_are_before_a_push(checkout: Path, environment: dict[str, str], hooks: str, canary: Path) -> None:
    hook = "  - id: linkcheck\n    args: [--offline, --no-store, --]\n"

    said = ran(checkout, environment, hooks, hook=hook, stage="pre-push")

    assert "exit code: 1" in said
    assert re.search(r"^--config=evil\.md:1:", said, re.MULTILINE)
    assert not canary.exists()


def test_arguments_without_two_hyphens_are_refused(
    checkout: Path, environment: dict[str, str], hooks: str, canary: Path
) -> None:
    hook = "  - id: linkcheck-offline\n    args: [--no-provenance]\n"

    said = ran(checkout, environment, hooks, hook=hook, stage="pre-commit")

    assert "exit code: 2" in said
    assert "or -- before the names of files" in said
    assert not canary.exists()
