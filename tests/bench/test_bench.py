"""The benchmark measures what it says it does. How fast anything is, is not tested."""

from collections import Counter
from pathlib import Path

import pytest

from tests.bench import nights, tools, world
from tests.bench.__main__ import compare, staged
from tests.bench.measure import measure
from tests.bench.tools import Tool
from tests.bench.world import Fate


def ours(competitors: list[Tool]) -> list[Tool]:
    return [tool for tool in competitors if tool.name == "linkcheck"]


def test_the_rotten_web_is_as_rotten_as_it_says() -> None:
    made = world.rotten(2_000, 80, 81)

    assert Counter(made.values()) == {"page": 1400, "gone": 200, "moved": 100, "silent": 140, "nowhere": 160}
    hosts = {fate: {url.split("/")[2] for url, one in made.items() if one is fate} for fate in Fate}
    assert {fate: len(names) for fate, names in hosts.items()} == {
        Fate.OK: 200,
        Fate.GONE: 200,
        Fate.MOVED: 100,
        Fate.SILENT: 20,
        Fate.NOWHERE: 60,
    }


@pytest.mark.parametrize("case", ["raw", "extract"])
def test_a_case_runs_and_its_verdicts_are_read(case: str, tmp_path: Path) -> None:
    competitors = tools.extractors() if case == "extract" else tools.checkers("auto", polite=False)

    with staged(case, 20, tmp_path) as staging:
        runs = compare(ours(competitors), staging, tmp_path, repeat=1)

    (run,) = runs["linkcheck"]
    assert not run.wrong
    assert run.cost.code == 0
    assert run.cost.wall > 0
    assert 10 < run.cost.rss < 1000


def test_a_wrong_word_is_counted_as_what_it_is(tmp_path: Path) -> None:
    (tool,) = ours(tools.checkers("auto", polite=False))
    report = tmp_path / "out"
    report.write_text(
        '"links": [\n{"url":"http://a.test/","verdict":"dead"},\n{"url":"http://b.test/","verdict":"alive"}]}\n'
    )

    wrong = tool.wrong(report, {"http://a.test/": Fate.OK, "http://b.test/": Fate.OK, "http://c.test/": Fate.OK})

    assert wrong == {"page called dead": 1, "page called None": 1}


def test_the_cost_of_a_command_is_its_own(tmp_path: Path) -> None:
    ballast = bytearray(200 << 20)

    cost = measure(["sh", "-c", "exit 3"], tmp_path / "out")

    assert (cost.code, cost.rss < 100, len(ballast)) == (3, True, 200 << 20)


def test_all_that_is_planted_on_a_site_is_found_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nights.show(40, tmp_path, only=["night"], engine="auto")

    lines = [line for line in capsys.readouterr().out.splitlines() if "night" in line]
    assert [line.endswith("exit 1  all right") for line in lines] == [True, True]
    first, second = (int(line.partition(" MB")[2].split()[0]) for line in lines)
    assert second < 0.1 * first


def test_a_tool_is_found_as_the_environment_names_it_and_missed_aloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "any-name"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("BENCH_LYCHEE", str(program))
    monkeypatch.setenv("BENCH_LINKINATOR", str(tmp_path / "nowhere"))

    found = {tool.name: tool.command[0] for tool in tools.checkers("auto", polite=True)}

    assert found["lychee"] == str(program)
    assert "linkinator" not in found
    (missing,) = tools.missing()
    assert missing == (
        f"linkinator is not here: {tools.INSTALL['linkinator']}, then put its folder in PATH or name the program in"
        " BENCH_LINKINATOR"
    )
