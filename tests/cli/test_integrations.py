"""What others run of us: the GitHub action's own script, and the hooks' entries."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_streams import surroundings

PROJECT = Path(__file__).parents[2]


def script_of(step: str) -> str:
    """Give the shell script of a step of the action."""
    action = (PROJECT / "action.yml").read_text(encoding="utf-8")
    block = action.partition(f"- name: {step}\n")[2].partition("\n    - name:")[0]
    return re.sub(r"^ {8}", "", block.partition("run: |\n")[2], flags=re.MULTILINE)


@pytest.mark.skipif(os.name != "posix", reason="the action runs in bash")
def test_the_action_annotates_summarises_and_takes_inputs_as_data(tmp_path: Path) -> None:
    (tmp_path / "a b.md").write_text("[x](#)\n")
    program = tmp_path / "runner" / "linkcheck" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
    program.chmod(0o755)
    inputs = {
        "PATHS": "a b.md\n$(touch owned)\n`touch owned`; touch owned\n",
        "ARGUMENTS": "--offline\n--no-store\n",
        "CONFIG": "",
        "SARIF": "linkcheck.sarif",
        "RUNNER_TEMP": str(tmp_path / "runner"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
    }
    done = subprocess.run(
        ["/bin/bash", "-eo", "pipefail", "-c", script_of("Check")],
        cwd=tmp_path, env=surroundings(tmp_path, inputs), capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "::error file=a b.md,line=1,col=1,title=linkcheck%3A placeholder::" in done.stdout
    assert (tmp_path / "output").read_text() == "exit-code=3\n"  # two sources are not there
    assert "Link report" in (tmp_path / "summary").read_text()
    assert json.loads((tmp_path / "linkcheck.sarif").read_text())["runs"][0]["results"]
    assert not (tmp_path / "owned").exists()


def test_the_hooks_entries_are_commands(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.md").write_text("[x](#)\n")
    hooks = (PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"^  entry: python -I -m linkcheck (.*)$", hooks, re.MULTILINE)

    assert len(entries) == 2
    for entry in entries:
        assert run(*shlex.split(entry), "--", "a.md").code == 1
