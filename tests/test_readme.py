"""The README says what is true: its tables come from the plug-ins, its commands are there."""

import os
import re
from pathlib import Path

import pytest

from linkcheck import registry
from linkcheck.cli.app import app
from linkcheck.model import Role, Verdict

README = Path(__file__).parents[1] / "README.md"


def rules() -> str:
    rows = ["| rule | severity | speaks for | says |", "|---|---|---|---|"]
    for name, plugin in registry.load_all("detect"):
        rows.append(f"| `{name}` | {plugin.severity} | {plugin.suggests or '-'} | {plugin.about} |")
    return "\n".join(rows)


def formats() -> str:
    rows = ["| `--as` | files | in folders | what is read |", "|---|---|---|---|"]
    for name, plugin in registry.load_all("extract"):
        files = " ".join(f"`{suffix}`" for suffix in plugin.suffixes) or "-"
        extra = f" (the extra `{plugin.extra}`)" if plugin.extra else ""
        rows.append(f"| `{name}` | {files} | {'yes' if plugin.in_folders else '-'} | {plugin.about}{extra} |")
    return "\n".join(rows)


@pytest.mark.parametrize(("name", "table"), [("rules", rules()), ("formats", formats())])
def test_generated_tables_are_fresh(name: str, table: str) -> None:
    """Write them anew with UPDATE_GOLDENS=1."""
    text = README.read_text(encoding="utf-8")
    block = re.compile(rf"(<!-- generated: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    fresh = block.sub(lambda found: f"{found[1]}{table}\n{found[2]}", text)
    if os.environ.get("UPDATE_GOLDENS"):
        README.write_text(fresh, encoding="utf-8")

    assert block.search(text)
    assert README.read_text(encoding="utf-8") == fresh


def test_every_command_verdict_and_role_is_named() -> None:
    text = README.read_text(encoding="utf-8")
    commands = {name for name in app if not name.startswith("-")}

    assert [name for name in commands if f"linkcheck {name}" not in text and f"`{name}" not in text] == []
    assert [verdict.value for verdict in Verdict if f"`{verdict.value}`" not in text] == []
    assert [role.value for role in Role if f"`{role.value}`" not in text] == []


def test_there_are_exactly_two_commands_to_start_with() -> None:
    commands = re.findall(r"<!-- command: (\w+) -->\n```sh\n([^\n]+)\n```", README.read_text(encoding="utf-8"))

    assert [name for name, _ in commands] == ["try", "test"]
    assert all(line.startswith("python3 -m venv ") for _, line in commands)
