"""The action's own steps, as a runner runs them, in the checkout of a stranger's pull request."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.security.conftest import Git

PROJECT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="the action runs in bash")

MODULES = "venv pip msgspec sitecustomize usercustomize linkcheck runpy ensurepip anyio json re".split()
PROGRAMS = "git python3 python pip head linkcheck cd bash".split()


class Runner:
    """What of GitHub's runner the action needs: expressions, environment files, one step after the other."""

    def __init__(self, folder: Path, workspace: Path, context: Mapping[str, str]) -> None:
        self.temp, self.workspace, self.context = folder / "runner temp", workspace, context
        self.temp.mkdir()
        self.output, self.summary = folder / "output", folder / "summary"
        self.log = ""
        action = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
        self.steps: Sequence[dict[str, Any]] = action["runs"]["steps"]
        self.inputs = {name: about["default"] for name, about in action["inputs"].items()}

    def run(self, **inputs: str) -> int:
        """Run the steps up to the first that fails, and give its code; without a `version` what is tested is there."""
        self.inputs |= inputs
        if not self.inputs["version"]:
            self._put_there()
        for step in self.steps:
            is_install = step["name"] == "Install" and not self.inputs["version"]
            if is_install or ("if" in step and not self._is_wanted()):
                continue
            env = {name: self._value(str(text)) for name, text in step.get("env", {}).items()}
            done = subprocess.run(
                ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=self.workspace, env=self._environment | env, capture_output=True, text=True, check=False,
            )  # fmt: skip
            self.log += done.stdout + done.stderr
            if done.returncode:
                return done.returncode
        return 0

    def _put_there(self) -> None:
        """Do in no time what the step Install takes seconds for."""
        for name in ("python", "linkcheck"):
            program = self.temp / "linkcheck" / "bin" / name
            program.parent.mkdir(parents=True, exist_ok=True)
            module = "-m linkcheck" if name == "linkcheck" else ""
            program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {module} "$@"\n')
            program.chmod(0o755)

    @property
    def code(self) -> str:
        """The output `exit-code`, which must be all of that file."""
        found = re.fullmatch(r"exit-code=(\d+)\n", self.output.read_text())
        assert found
        return found[1]

    @property
    def _environment(self) -> dict[str, str]:
        return {
            "PATH": f".:{os.environ['PATH']}:",
            "PYTHONPATH": f".:{self.workspace}",
            "HOME": str(self.temp),
            "XDG_STATE_HOME": str(self.temp / "state"),
            "PIP_NO_INDEX": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }

    def _is_wanted(self) -> bool:
        return self.inputs["fail"] == "true" and self.code != "0"

    def _value(self, text: str) -> str:
        return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda found: self._expression(found[1]), text)

    def _expression(self, words: str) -> str:
        values = (self._name(word) for word in words.split(" || "))
        return next((value for value in values if value), "")

    def _name(self, word: str) -> str:
        if word.startswith("inputs."):
            return self.inputs[word.removeprefix("inputs.")]
        return self.code if word == "steps.check.outputs.exit-code" else self.context.get(word, "")


@pytest.fixture
def wheel(tmp_path: Path) -> str:
    """Give a wheel that pip can install without a network: it leads to the package that is tested."""
    path = tmp_path / "linkcheck_provenance-0-py3-none-any.whl"
    places = [str(PROJECT), *(place for place in sys.path if place.endswith("site-packages"))]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("linkcheck_under_test.pth", "\n".join(places))
        about = "linkcheck_provenance-0.dist-info"
        archive.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: linkcheck-provenance\nVersion: 0\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")
    return str(path)


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return tmp_path / "canary"


@pytest.fixture
def pull_request(tmp_path: Path, git: Git, canary: Path) -> Mapping[str, str]:
    """Give what a runner knows of a pull request that a stranger has made, checked out as actions/checkout does."""
    ours = tmp_path / "ours"
    git("init", "-q", "-b", "main", str(ours))
    (ours / "docs").mkdir()
    (ours / "docs" / "a.md").write_text("[x](#)\n")
    (ours / "linkcheck.toml").write_text('fail-on = ["error"]\nsources = ["docs"]\n')
    (ours / "strict.toml").write_text('[linkcheck]\nfail-on = ["note"]\nsources = ["docs"]\n')
    git("add", ".", cwd=ours)
    git("commit", "-qm", "base", cwd=ours)
    base = git("rev-parse", "HEAD", cwd=ours)

    git("checkout", "-qb", "theirs", cwd=ours)
    for name in MODULES:
        (ours / f"{name}.py").write_text(f"open({str(canary)!r}, 'w').write({name!r})\nraise SystemExit(0)\n")
    for name in PROGRAMS:
        (ours / name).write_text(f"#!/bin/sh\necho {name} > {canary}\n")
        (ours / name).chmod(0o755)
    (ours / "pip.conf").write_text(f"[global]\nlog = {canary}\n")
    (ours / ".pydistutils.cfg").write_text(f"[install]\nroot = {canary}\n")
    (ours / "linkcheck.toml").write_text(f'fail-on = ["never"]\nsources = ["docs"]\noutputs = ["json={canary}"]\n')
    (ours / "strict.toml").write_text(f'[linkcheck]\nfail-on = ["never"]\noutputs = ["json={canary}"]\n')
    (ours / "added.toml").write_text(f'[linkcheck]\nfail-on = ["never"]\noutputs = ["json={canary}"]\n')
    (ours / "--config=added.toml.md").write_text("[y](#)\n")
    (ours / "docs" / "b.md").write_text("[z](#)\n::set-output name=exit-code::0\n")
    (ours / "docs" / "c\n::set-output name=exit-code::0\r::add-mask::1.md").write_text(
        "[t\n::add-path::.](<#\r\n::stop-commands::x>)\n[u\r::set-env name=PATH::.](missing%0A::set-env::1.md)\n"
    )
    git("add", "-f", ".", cwd=ours)
    git("commit", "-qm", "a stranger's", cwd=ours)
    git("checkout", "-q", "main", cwd=ours)
    git("merge", "-q", "--no-ff", "-m", "merge", "theirs", cwd=ours)
    merge = git("rev-parse", "HEAD", cwd=ours)
    git("update-ref", "refs/pull/1/merge", merge, cwd=ours)
    git("reset", "-q", "--hard", base, cwd=ours)

    workspace = tmp_path / "workspace"
    git("init", "-q", str(workspace))
    git("remote", "add", "origin", f"file://{ours}", cwd=workspace)
    git("fetch", "-q", "--depth=1", "--no-tags", "origin", f"+{merge}:refs/remotes/pull/1/merge", cwd=workspace)
    git("checkout", "-q", "--force", "refs/remotes/pull/1/merge", cwd=workspace)
    return {
        "github.event_name": "pull_request",
        "github.event.pull_request.base.sha": base,
        "github.sha": merge,
        "github.action_path": str(PROJECT),
    }


@pytest.fixture
def runner(tmp_path: Path, pull_request: Mapping[str, str]) -> Runner:
    return Runner(tmp_path, tmp_path / "workspace", pull_request)


def test_the_steps_run_nothing_of_the_workspace_and_take_the_bases_config(
    runner: Runner, wheel: str, canary: Path
) -> None:
    code = runner.run(version=wheel, arguments="--offline\n--no-store\n")

    assert (code, runner.code) == (1, "1"), runner.log  # fail-on is the base's
    assert not canary.exists()
    assert "file=docs/a.md" in runner.log
    assert "file=docs/b.md" in runner.log
    commands = [line for line in re.split(r"[\r\n]", runner.log) if line.lstrip().startswith(("::", "##["))]
    assert all(re.match(r"::(error|notice) (file=docs/|title=linkcheck::)", line) for line in commands)
    assert any("file=docs/c %3A%3Aset-output" in line for line in commands)
    assert "Link report" in runner.summary.read_text()


def test_a_named_config_is_the_bases_too(runner: Runner, canary: Path) -> None:
    runner.run(arguments="--offline\n--no-store\n", config="strict.toml")

    assert runner.code == "1", runner.log
    assert not canary.exists()


def test_a_config_that_the_base_does_not_have_does_not_count(runner: Runner, canary: Path) -> None:
    runner.run(arguments="--offline\n--no-store\n", config="added.toml", paths="docs")

    assert runner.code in {"1", "2"}, runner.log
    assert not canary.exists()


def test_a_file_called_like_an_option_is_a_file(runner: Runner, canary: Path) -> None:
    runner.run(arguments="--offline\n--no-store\n", paths="--config=added.toml.md\ndocs\n")

    assert runner.code == "1", runner.log
    assert "file=--config=added.toml.md" in runner.log
    assert not canary.exists()


def test_a_base_that_cannot_be_fetched_fails_closed(runner: Runner, canary: Path, tmp_path: Path) -> None:
    shutil.move(tmp_path / "ours", tmp_path / "gone")

    assert runner.run(arguments="--offline\n") == 2
    assert runner.code == "2"
    assert "fetch-depth: 0" in runner.log
    assert not canary.exists()


def test_a_report_is_not_written_where_a_link_of_the_checkout_leads(
    runner: Runner, canary: Path, tmp_path: Path
) -> None:
    (tmp_path / "workspace" / "linkcheck.sarif").symlink_to(canary)

    runner.run(arguments="--offline\n--no-store\n")

    assert not canary.exists()


def test_a_branch_of_our_own_has_its_own_config(runner: Runner, git: Git, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    base = runner.context["github.event.pull_request.base.sha"]
    git("fetch", "-q", "origin", "main", cwd=workspace)
    git("checkout", "-q", "--force", base, cwd=workspace)
    runner.context = {"github.event_name": "push", "github.sha": base}

    runner.run(arguments="--offline\n--no-store\n", config="strict.toml", fail="false")

    assert runner.code == "1", runner.log


def test_it_does_not_run_where_strangers_files_lie_beside_secrets(runner: Runner, canary: Path) -> None:
    runner.context = {**runner.context, "github.event_name": "pull_request_target"}

    assert runner.run(version="none") == 2
    assert "use pull_request" in runner.log
    assert not canary.exists()


@pytest.mark.parametrize("inputs", [{"config": "strict.toml"}, {"arguments": "--offline\n--baseline=known.json\n"}])
def test_without_a_checkout_nothing_is_vouched_for(
    runner: Runner, canary: Path, tmp_path: Path, inputs: Mapping[str, str]
) -> None:
    shutil.rmtree(tmp_path / "workspace" / ".git")

    assert runner.run(**inputs) == 2
    assert "need a Git checkout" in runner.log
    assert not canary.exists()


def test_without_a_checkout_what_is_found_is_a_strangers(runner: Runner, canary: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "workspace" / ".git")

    runner.run(arguments="--offline\n--no-store\n")

    assert runner.code == "0", runner.log  # a pull request may hide dead links, and do no more
    assert "linkcheck.toml" in runner.log
    assert not canary.exists()
