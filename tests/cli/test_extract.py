"""References listed without network: as text for people, as JSON for programs."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_every_reference_is_a_line_with_its_place(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.md").write_text("**Related article:** [x](#)\n\n![i](i.png)\n")

    result = run("extract", "a.md")

    assert result.code == 0
    assert result.out.splitlines() == ["a.md:1:22  related  link  #  x", "a.md:3:1  image  image  i.png  i"]
    assert "2 references in 1 document\n" in result.err


def test_json_has_the_exact_bytes(tmp_path: Path, run: Run) -> None:
    text = "\N{BOM}é [x](<a b> 't')\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")

    (one,) = json.loads(run("extract", "a.md", "--format", "json").out)["references"]

    assert (tmp_path / "a.md").read_bytes()[one["start"] : one["end"]].decode() == one["raw"] == "a b"


@pytest.mark.parametrize("name", ["text", "json"])
def test_nothing_in_a_document_steers_the_terminal(tmp_path: Path, run: Run, name: str) -> None:
    (tmp_path / "a.md").write_text("[a][\x9b31m\u202enope] [b\u202e\x9b](x\u202e.md)\n", encoding="utf-8")

    out = run("extract", "a.md", "--format", name).out

    assert not set(out) & {"\x9b", "\u202e", "\x1b"}


def test_pages_are_left_to_check(run: Run) -> None:
    result = run("extract", "https://paper.org/")

    assert result.code == 2
    assert "`linkcheck check` reads pages" in result.err


def test_another_format_is_refused(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.md").write_text("x")

    assert "writes text or json" in run("extract", "a.md", "--format", "markdown").err


def test_json_lists_what_is_wrong_with_the_document_itself(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.md").write_text("[x][nowhere]\n\n[y][gone]\n")
    (tmp_path / "b.md").write_text("[z](z.md)\n")

    listed = json.loads(run("extract", "a.md", "b.md", "--format", "json").out)

    assert [(one["document"], one["line"], one["rule"]) for one in listed["findings"]] == [
        ("a.md", 1, "undefined-reference"),
        ("a.md", 3, "undefined-reference"),
    ]
    assert [one["raw"] for one in listed["references"]] == ["z.md"]
