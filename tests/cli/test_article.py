"""`--output article=PATH`: the article with its recovered targets."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_an_article_without_recovered_targets_is_the_same_to_the_byte(tmp_path: Path, run: Run) -> None:
    source = b"\xef\xbb\xbf# \xc3\x84\r\n[x](#)\r\n\xff"
    (tmp_path / "a.md").write_bytes(source)

    for _ in range(2):  # its older output may be replaced
        assert run("a.md", "--offline", "--no-store", "--output", "article=fixed.md").code == 1
    assert (tmp_path / "fixed.md").read_bytes() == source


def test_it_is_written_to_stdout_as_bytes(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.md").write_bytes(b"[x](#)\r\n")

    assert run("a.md", "--offline", "--no-store", "--format", "article").out == "[x](#)\r\n"


def test_the_article_itself_and_other_documents_are_never_replaced(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.md").write_text("[x](#)\n")
    (tmp_path / "b.md").write_text("# Another\n")

    assert run("a.md", "--offline", "--no-store", "--output", "article=a.md").code == 2
    assert run("a.md", "--offline", "--no-store", "--output", "article=b.md").code == 2
    assert (tmp_path / "a.md").read_text() == "[x](#)\n"
    assert (tmp_path / "b.md").read_text() == "# Another\n"


def test_each_document_of_a_folder_has_its_own(tmp_path: Path, run: Run) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "docs" / name).write_text(f"[{name}](#)\n")

    result = run("docs", "--offline", "--no-store", "--output", "article=out/{name}.md")
    assert result.code == 1
    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == {
        "docs--a.md": "[a.md](#)\n",
        "docs--b.md": "[b.md](#)\n",
    }

    refused = run("docs", "--offline", "--no-store", "--output", "article=one.md")
    assert refused.code == 2
    assert "put {name} into the path" in refused.err


def test_a_stored_run_says_when_it_kept_no_text(tmp_path: Path, run: Run) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text("[x](#)\n")
    run("a.md", "--offline")
    refused = run("report", "--format", "article")
    assert refused.code == 2
    assert "was not kept" in refused.err

    run("a.md", "--offline", "--output", "article=fixed.md")
    assert run("report", "--format", "article").out == "[x](#)\n"


def test_a_folder_with_one_document_still_shares_a_report(tmp_path: Path, run: Run) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("[x](#)\n")

    run("docs", "--offline", "--no-store", "--output", "json=out/{name}.json")
    run("docs/a.md", "docs/a.md", "--offline", "--no-store", "--output", "json=out/{name}.json")

    assert {path.name for path in (tmp_path / "out").iterdir()} == {"linkcheck.json", "docs--a.json"}


@pytest.mark.parametrize("format_", ["markdown", "html", "csv", "jsonl", "text", "wikitext"])
def test_a_report_of_ours_is_written_again(tmp_path: Path, run: Run, format_: str) -> None:
    (tmp_path / "a.md").write_text("# Title\n\n[x](#)\n")
    path = {"markdown": "r.md", "html": "r.html", "csv": "r.csv", "jsonl": "r.jsonl", "text": "r.txt"}.get(
        format_, "r.wiki"
    )

    codes = [run("check", "a.md", "--offline", "--no-store", "--output", f"{format_}={path}").code for _ in range(2)]

    assert codes == [1, 1]
