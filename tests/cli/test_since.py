"""`--since` lets count what a change added, and what it broke elsewhere."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.cli.since import added_lines
from tests.cli.conftest import Run

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    for name, value in {"NAME": "A", "EMAIL": "a@a.test"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")

    def git(*arguments: str, cwd: Path = tmp_path) -> str:
        return subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True, text=True).stdout

    return git


@pytest.fixture
def repository(tmp_path: Path, git: Git) -> Path:
    git("init", "-b", "main")
    (tmp_path / "a.md").write_text("# A\n\n[old](none.md)\n\n[b](b.md#title) [here](#part)\n\n## Part\n\nEnd.\n")
    (tmp_path / "b.md").write_text("# Title\n\nWords of b that are here, and more of them, and more.\n")
    (tmp_path / ".gitignore").write_text("state\n.linkcheck\n")
    git("add", ".")
    git("commit", "-m", "first")
    return tmp_path


def code(run: Run, ref: str = "main", *options: str) -> int:
    return run(".", "--offline", "--since", ref, *options).code


@pytest.mark.usefixtures("repository")
def test_what_was_there_before_does_not_count(run: Run) -> None:
    assert run(".", "--offline").code == 1
    assert code(run) == 0


def test_what_is_added_counts_committed_or_not(run: Run, repository: Path, git: Git) -> None:
    git("checkout", "-b", "topic")
    path = repository / "a.md"
    path.write_text(path.read_text() + "\nA [new one](missing.md).\n")
    assert code(run) == 1
    git("commit", "-am", "second")

    assert code(run) == 1
    assert code(run, "topic") == 0


def test_a_new_file_counts_before_git_knows_it(run: Run, repository: Path) -> None:
    (repository / "c.md").write_text("[new](missing.md)")

    assert code(run) == 1


def test_a_destination_below_its_text_counts(run: Run, repository: Path, git: Git) -> None:
    path = repository / "a.md"
    path.write_text("# A\n\n[a text\nover lines](b.md)\n\n## Part\n")
    git("commit", "-am", "second")
    path.write_text("# A\n\n[a text\nover lines](missing.md)\n\n## Part\n")

    assert code(run, "HEAD") == 1


def test_what_others_did_since_does_not_count(run: Run, repository: Path, git: Git) -> None:
    git("checkout", "-b", "topic")
    git("checkout", "main")
    (repository / "other.md").write_text("[theirs](missing.md)")
    git("add", ".")
    git("commit", "-m", "on main")
    git("checkout", "topic")

    assert code(run) == 0


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("move", ["rename", "delete"])
def test_a_file_that_the_change_took_away_counts_where_it_is_linked(run: Run, git: Git, move: str) -> None:
    if move == "rename":
        git("mv", "b.md", "c.md")
    else:
        git("rm", "b.md")

    assert code(run, "HEAD") == 1


def test_a_heading_that_the_change_renamed_counts_where_it_is_linked(run: Run, repository: Path) -> None:
    path = repository / "b.md"
    path.write_text(path.read_text().replace("# Title", "# Another"))
    assert code(run, "HEAD") == 1

    path.write_text("# Title\n\nOther words.\n")
    assert code(run, "HEAD") == 0


def test_a_heading_of_the_document_itself(run: Run, repository: Path) -> None:
    path = repository / "a.md"
    path.write_text(path.read_text().replace("## Part", "## Piece"))

    assert code(run, "HEAD") == 1


def test_a_file_with_a_difficult_name(run: Run, repository: Path, git: Git) -> None:
    path = repository / 'ä "quoted" +++ b.md'
    path.write_text("# A\n\n+++ b/a.md\n@@ -1 +1 @@\n[old](none.md)\n")
    git("add", ".")
    git("commit", "-m", "difficult")
    assert code(run, "HEAD") == 0

    path.write_text(path.read_text() + "[new](missing.md)\n")
    assert code(run, "HEAD") == 1


@pytest.mark.usefixtures("repository")
def test_a_commit_that_is_not_there(run: Run) -> None:
    told = run(".", "--offline", "--since", "nowhere")

    assert told.code == 2
    assert "Git knows no commit 'nowhere'" in told.err
    assert run(".", "--offline", "--since", "--upload-pack=x").code == 2


def test_a_shallow_clone_says_what_to_do(
    run: Run, repository: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("checkout", "-b", "topic")
    git("commit", "--allow-empty", "-m", "second")
    git("clone", "--depth", "1", f"file://{repository}", str(tmp_path / "state" / "shallow"))
    monkeypatch.chdir(tmp_path / "state" / "shallow")

    told = run(".", "--offline", "--since", "origin/main")

    assert told.code == 2
    assert "shallow" in told.err
    assert "fetch-depth: 0" in told.err


def test_outside_of_a_repository(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("[a](#)")

    assert "is not in a Git repository" in run("x.md", "--offline", "--since", "main").err


def test_a_file_that_was_renamed_and_changed_keeps_its_old_lines(run: Run, repository: Path, git: Git) -> None:
    git("mv", "a.md", "c.md")
    path = repository / "c.md"
    path.write_text(path.read_text().replace("End.", "The end."))
    assert code(run, "HEAD") == 0

    path.write_text(path.read_text() + "\n[new](missing.md)\n")
    assert code(run, "HEAD") == 1


def test_a_line_that_was_moved_is_not_new(run: Run, repository: Path) -> None:
    path = repository / "a.md"
    path.write_text("# A\n\n[b](b.md#title) [here](#part)\n\n## Part\n\nEnd.\n\n[old](none.md)\n")
    assert code(run, "HEAD") == 0

    path.write_text(path.read_text() + "\n[old](none.md)\n")  # once more is new
    assert code(run, "HEAD") == 1


def test_other_ends_of_lines_are_no_change(run: Run, repository: Path) -> None:
    path = repository / "a.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert code(run, "HEAD") == 0

    path.write_bytes(path.read_bytes() + b"\r\n[new](missing.md)\r\n")
    assert code(run, "HEAD") == 1


def test_what_is_ignored_counts_only_once_it_was_committed(run: Run, repository: Path, git: Git) -> None:
    (repository / "state").mkdir(exist_ok=True)
    (repository / "state" / "x.md").write_text("[new](missing.md)\n")
    assert run("state/x.md", "--offline", "--since", "HEAD").code == 0

    git("add", "-f", "state/x.md")
    git("commit", "-m", "forced")
    assert run("state/x.md", "--offline", "--since", "HEAD~1").code == 1


def test_a_submodule_is_not_this_repositorys_change(run: Run, repository: Path, git: Git, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    git("init", "-b", "main", str(inner))
    (inner / "x.md").write_text("[theirs](missing.md)\n")

    assert run("a.md", "inner/x.md", "--root-dir", str(repository), "--offline", "--since", "HEAD").code == 0


def test_what_a_sparse_checkout_leaves_out_was_not_taken_away(run: Run, repository: Path, git: Git) -> None:
    (repository / "far").mkdir()
    (repository / "far" / "x.md").write_text("# X\n")
    (repository / "near").mkdir()
    (repository / "near" / "y.md").write_text("[x](../far/x.md)\n")
    git("add", ".")
    git("commit", "-m", "two folders")
    git("sparse-checkout", "set", "near")
    assert run("near", "--offline").code == 1
    assert run("near", "--offline", "--since", "HEAD").code == 0

    git("rm", "--sparse", "far/x.md")
    git("commit", "-m", "one folder")
    assert run("near", "--offline", "--since", "HEAD~1").code == 1


def test_a_folder_that_the_change_took_away_counts_where_it_is_linked(run: Run, repository: Path, git: Git) -> None:
    (repository / "far").mkdir()
    (repository / "far" / "x.md").write_text("# X\n")
    (repository / "c.md").write_text("[far](far/)\n")
    git("add", ".")
    git("commit", "-m", "a folder")
    assert code(run, "HEAD") == 0

    git("rm", "-r", "far")
    assert code(run, "HEAD") == 1


@pytest.mark.parametrize("kind", ["work tree", "sha256", "shared"])
def test_other_kinds_of_repositories(
    run: Run, repository: Path, git: Git, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = repository / "state" / "there"
    if kind == "work tree":
        git("worktree", "add", "-b", "topic", str(there))
    elif kind == "shared":
        git("clone", "--shared", str(repository), str(there))
    else:
        git("init", "--object-format=sha256", "-b", "main", str(there))
        for name in ("a.md", "b.md"):
            (there / name).write_bytes((repository / name).read_bytes())
        git("add", ".", cwd=there)
        git("commit", "-m", "first", cwd=there)
    monkeypatch.chdir(there)
    assert code(run, "HEAD") == 0

    (there / "a.md").write_text((there / "a.md").read_text() + "\n[new](missing.md)\n")
    assert code(run, "HEAD") == 1


def test_a_partial_clone_says_what_to_do(run: Run, repository: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    there = repository / "state" / "partial"
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "--filter=blob:none", f"file://{repository}", str(there))
    monkeypatch.chdir(there)

    told = run(".", "--offline", "--since", "HEAD")

    assert told.code == 2
    assert "this clone is partial" in told.err


def test_a_heading_that_a_folders_page_never_had(run: Run, repository: Path, git: Git) -> None:
    (repository / "far").mkdir()
    (repository / "far" / "index.md").write_text("# X\n")
    (repository / "c.md").write_text("[far](far/#none)\n")
    git("add", ".")
    git("commit", "-m", "a folder")
    assert run("c.md", "--offline", "--fail-on", "warning").code == 1
    assert run("c.md", "--offline", "--fail-on", "warning", "--since", "HEAD").code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text(run: Run, repository: Path, git: Git) -> None:
    path = repository / os.fsdecode(b"\xff.md")
    path.write_text("[old](none.md)\n")
    git("add", ".")
    git("commit", "-m", "difficult")
    assert code(run, "HEAD") == 0

    path.write_text("[old](none.md)\n[new](missing.md)\n")
    assert code(run, "HEAD") == 1


LINES = st.lists(st.sampled_from([b"", b"a", b"b", b"c", b"d", b"e"]), max_size=30)


@given(LINES, LINES)
def test_of_equal_lines_as_many_are_new_as_there_are_more(before: list[bytes], now: list[bytes]) -> None:
    added = Counter(now[number - 1] for number in added_lines(before, now))

    assert added == Counter(now) - Counter(before)


@given(LINES, st.integers(0, 30), LINES)
def test_what_is_put_in_at_one_place_is_what_is_new(before: list[bytes], at: int, new: list[bytes]) -> None:
    at = min(at, len(before))
    marked = [b"new " + line for line in new]

    added = list(added_lines(before, before[:at] + marked + before[at:]))

    assert added == list(range(at + 1, at + len(new) + 1))


def test_many_lines_take_no_more_than_their_share() -> None:
    before, now = [b"a", b"b"] * 100_000, [b"b", b"b", b"a"] * 70_000

    assert len(list(added_lines(before, now))) == 40_000
