"""What there is, and what it means."""

import pytest

from linkcheck import registry
from linkcheck.model import Verdict
from tests.cli.conftest import Run


def test_all_families_are_listed(run: Run) -> None:
    result = run("plugins")

    assert result.code == 0
    for name in ("markdown", "missing-file", "wayback", "json"):
        assert f"  {name}" in result.out


@pytest.mark.parametrize("name", [*registry.names("detect"), *(verdict.value for verdict in Verdict)])
def test_every_rule_and_verdict_is_explained(run: Run, name: str) -> None:
    result = run("explain", name)

    assert result.code == 0
    assert result.out.startswith(f"{name}: ")


def test_an_unknown_rule_gets_a_suggestion(run: Run) -> None:
    result = run("explain", "missing-fil")

    assert result.code == 2
    assert "did you mean `missing-file`?" in result.err


def test_the_settings_tell_where_they_come_from(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKCHECK_RETRIES", "5")

    result = run("config", "show")

    assert "retries" in result.out
    assert "5  (LINKCHECK_RETRIES)" in result.out
    assert run("config", "schema").out.startswith("{")


def test_a_mistyped_command_gets_a_suggestion(run: Run) -> None:
    result = run("expalin", "dead")

    assert result.code == 2
    assert "did you mean `linkcheck explain`?" in result.err
    assert run("-V").out == run("--version").out
