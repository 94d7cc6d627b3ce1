"""`--since` in a repository that a stranger packed: no program of his is run, and nothing waits for him.

Each test has the real git make the repository, arms it, and looks for a file that only the stranger's program writes.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.security.conftest import Git

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stranger's programs are shell scripts")


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """Give the file that the stranger's program makes."""
    return tmp_path / "canary"


@pytest.fixture
def program(tmp_path: Path, canary: Path) -> Path:
    """Give a program that leaves a trace, and passes on what it is given."""
    path = tmp_path / "stranger"
    path.write_text(f"#!/bin/sh\ntouch {canary}\nexec cat\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def checkout(repository: Path, git: Git, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """Give a repository whose attributes ask for what its config may define, with a change that is not committed."""
    assert run
    (repository / ".gitattributes").write_text("* filter=x diff=x merge=x\n")
    (repository / "docs" / "old.md").write_text("[old](none.md)\n")
    git("add", ".", cwd=repository)
    git("commit", "-qm", "third", cwd=repository)
    (repository / "docs" / "a.md").write_text("second\n\n[new](missing.md)\n")
    monkeypatch.chdir(repository)
    return repository


CONFIGS = {
    "clean": '[filter "x"]\n\tclean = {program}\n\trequired = true\n',
    "smudge": '[filter "x"]\n\tsmudge = {program}\n',
    "process": '[filter "x"]\n\tprocess = {program}\n',
    "fsmonitor": "[core]\n\tfsmonitor = {program}\n",
    "hooks": "[core]\n\thooksPath = {hooks}\n",
    "ssh": '[core]\n\tsshCommand = {program}\n[remote "origin"]\n\turl = ssh://evil.test/x\n\tpromisor = true\n',
    "external": "[diff]\n\texternal = {program}\n",
    "command": '[diff "x"]\n\tcommand = {program}\n',
    "textconv": '[diff "x"]\n\ttextconv = {program}\n',
    "pager": "[core]\n\tpager = {program}\n[pager]\n\tcat-file = {program}\n\trev-parse = {program}\n",
    "alias": "[alias]\n\tcat-file = !{program}\n\trev-parse = !{program}\n\tmerge-base = !{program}\n",
    "editor": "[core]\n\teditor = {program}\n\taskPass = {program}\n[credential]\n\thelper = {program}\n",
    "include": "[include]\n\tpath = {included}\n",
    "alternates": "[core]\n\talternateRefsCommand = {program}\n",
    "gpg": "[gpg]\n\tprogram = {program}\n[log]\n\tshowSignature = true\n",
    "trailer": '[trailer "x"]\n\tcommand = {program}\n',
}  # fmt: skip


@pytest.mark.parametrize("attack", CONFIGS)
def test_the_config_of_a_repository_runs_nothing(
    checkout: Path, program: Path, canary: Path, run: Run, attack: str
) -> None:
    hooks = program.parent / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "post-checkout", "reference-transaction", "pre-auto-gc"):
        shutil.copy(program, hooks / name)
    included = program.parent / "included"
    included.write_text(f'[filter "x"]\n\tclean = {program}\n')
    with (checkout / ".git" / "config").open("a") as config:
        config.write(CONFIGS[attack].format(program=program, hooks=hooks, included=included))

    told = run(".", "--offline", "--since", "HEAD")

    assert told.code == 1
    assert not canary.exists()


def stolen(checkout: Path, folder: Path, program: Path) -> Path:
    """Turn a folder of a checkout into a bare repository, as commits can hold one."""
    for name in ("HEAD", "objects", "refs", "index"):
        source = checkout / ".git" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    (folder / "config").write_text(
        f'[core]\n\tbare = false\n\tworktree = {checkout}\n[filter "x"]\n\tclean = {program}\n'
    )
    return folder


def test_a_bare_repository_in_the_checkout_is_no_repository(
    checkout: Path, program: Path, canary: Path, run: Run
) -> None:
    stolen(checkout, checkout / "docs", program)

    told = run("docs/a.md", "--offline", "--since", "HEAD", "--root-dir", "docs")

    assert told.code == 1
    assert not canary.exists()


def test_a_bare_repository_alone_is_no_repository(checkout: Path, program: Path, canary: Path, run: Run) -> None:
    stolen(checkout, checkout / "docs", program)
    shutil.rmtree(checkout / ".git")

    assert "is not in a Git repository" in run("docs/a.md", "--offline", "--since", "HEAD").err
    assert not canary.exists()


def test_a_git_file_that_leads_to_a_bare_repository_runs_nothing_of_it(
    checkout: Path, program: Path, canary: Path, run: Run
) -> None:
    stolen(checkout, checkout / "docs", program)
    shutil.rmtree(checkout / ".git")
    (checkout / ".git").write_text("gitdir: docs\n")

    assert run("docs/a.md", "--offline", "--since", "HEAD").code == 1
    assert not canary.exists()


def test_a_work_tree_elsewhere_is_not_looked_at(checkout: Path, run: Run, tmp_path: Path, git: Git) -> None:
    (tmp_path / "elsewhere").mkdir()
    git("config", "core.worktree", str(tmp_path / "elsewhere"), cwd=checkout)

    assert run("docs/old.md", "--offline", "--since", "HEAD").code == 0
    assert run("docs/a.md", "--offline", "--since", "HEAD").code == 1


def test_objects_that_are_missing_are_fetched_from_nobody(checkout: Path, canary: Path, run: Run, git: Git) -> None:
    blob = git("rev-parse", "HEAD:docs/a.md", cwd=checkout)
    (checkout / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with (checkout / ".git" / "config").open("a") as config:
        config.write(
            f'[protocol "ext"]\n\tallow = always\n[remote "origin"]\n\turl = ext::touch {canary}\n\tpromisor = true\n'
            "\tpartialclonefilter = blob:none\n[extensions]\n\tpartialClone = origin\n"
        )

    told = run("docs", "--offline", "--since", "HEAD")

    assert told.code == 2
    assert "this clone is partial" in told.err
    assert not canary.exists()


def test_a_damaged_repository_costs_no_report(checkout: Path, run: Run, git: Git) -> None:
    blob = git("rev-parse", "HEAD:docs/a.md", cwd=checkout)
    (checkout / ".git" / "objects" / blob[:2] / blob[2:]).unlink()

    told = run("docs", "--offline", "--since", "HEAD", "--output", "json=links.json")

    assert told.code == 2
    assert f"lacks the blob {blob}" in told.err
    assert "docs/a.md:3:1" in told.out
    assert (checkout / "links.json").is_file()


@pytest.mark.parametrize("where", ["", "bin"])
def test_a_git_in_the_checkout_is_not_run(
    checkout: Path, program: Path, canary: Path, run: Run, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    (checkout / "bin").mkdir()
    for folder in (checkout, checkout / "bin"):
        shutil.copy(program, folder / "git")
    monkeypatch.setenv("PATH", os.pathsep.join([str(checkout / where) if where else ".", os.environ["PATH"]]))

    assert run("docs", "--offline", "--since", "HEAD").code == 1
    assert not canary.exists()


@pytest.mark.parametrize(
    "name", ["--upload-pack=x", "-h", "x y", "x\ny", "$(touch canary)", "HEAD.lock", "refs/heads/../../config"]
)
def test_the_names_of_references_are_data(checkout: Path, run: Run, git: Git, name: str) -> None:
    head = git("rev-parse", "HEAD", cwd=checkout)
    with (checkout / ".git" / "packed-refs").open("a") as refs:
        refs.write(f"{head} refs/heads/{name}\n{head} {name}\n{head} refs/heads/good\n")

    assert run("docs", "--offline", f"--since={name}").code == 2
    assert run("docs", "--offline", "--since", "good").code == 1
    assert not list(checkout.rglob("canary"))


@pytest.mark.parametrize(
    "content", ["ref: ../../secret\n", "ref: refs/heads/../../../secret\n", "ref: refs/heads/loop\n", "x"]
)
def test_a_reference_leads_to_no_other_file(checkout: Path, run: Run, content: str) -> None:
    (checkout / "secret").write_text("0" * 40)
    (checkout / ".git" / "refs" / "heads" / "loop").write_text(content)

    told = run("docs", "--offline", "--since", "loop")

    assert told.code == 2
    assert "Git knows no commit 'loop'" in told.err


FIFOS: dict[str, Callable[[Path], Path]] = {
    "ref": lambda git: git / "refs" / "heads" / "pipe",
    "packed": lambda git: git / "packed-refs",
    "config": lambda git: git / "config",
    "commondir": lambda git: git / "commondir",
    "shallow": lambda git: git / "shallow",
    "exclude": lambda git: git / "info" / "exclude",
    "alternates": lambda git: git / "objects" / "info" / "alternates",
}


@pytest.mark.parametrize("which", FIFOS)
def test_a_pipe_in_a_repository_keeps_nobody_waiting(checkout: Path, run: Run, which: str) -> None:
    path = FIFOS[which](checkout / ".git")
    path.unlink(missing_ok=True)
    os.mkfifo(path)

    assert run("docs", "--offline", "--since", "pipe").code == 2


def test_borrowed_objects_are_the_users_own(checkout: Path, run: Run, tmp_path: Path, git: Git) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    git("clone", "-q", "--shared", str(checkout), str(tmp_path / "foreign"))
    os.chown(tmp_path / "foreign" / ".git" / "objects", 4321, -1)
    (checkout / ".git" / "objects" / "info" / "alternates").write_text(f"{tmp_path}/foreign/.git/objects\n")

    assert "borrows objects" in run("docs", "--offline", "--since", "HEAD").err

    (checkout / ".git" / "objects" / "info" / "alternates").write_text(f'"{tmp_path}/foreign/.git/objects"\n')
    assert "in quotes" in run("docs", "--offline", "--since", "HEAD").err


def test_history_is_not_rewritten_by_grafts_or_replacements(checkout: Path, run: Run, git: Git) -> None:
    (checkout / "docs" / "a.md").write_text("second\n")
    git("checkout", "-qb", "topic", cwd=checkout)
    (checkout / "docs" / "new.md").write_text("[new](missing.md)\n")
    git("add", ".", cwd=checkout)
    git("commit", "-qm", "bad", cwd=checkout)
    head, main = git("rev-parse", "HEAD", cwd=checkout), git("rev-parse", "main", cwd=checkout)
    assert run("docs", "--offline", "--since", "main").code == 1

    git("replace", main, head, cwd=checkout)
    (checkout / ".git" / "info" / "grafts").write_text(f"{main} {head}\n")

    assert run("docs", "--offline", "--since", "main").code == 1


def test_the_index_is_not_believed(checkout: Path, run: Run, git: Git) -> None:
    git("update-index", "--assume-unchanged", "docs/a.md", cwd=checkout)
    assert run("docs", "--offline", "--since", "HEAD").code == 1

    git("update-index", "--no-assume-unchanged", "--skip-worktree", "docs/a.md", cwd=checkout)
    assert run("docs", "--offline", "--since", "HEAD").code == 1


def test_attributes_hide_no_change(checkout: Path, run: Run) -> None:
    (checkout / ".gitattributes").write_text("* binary -diff export-ignore linguist-generated\n")
    (checkout / ".git" / "info" / "attributes").write_text("* binary -diff\n")

    assert run("docs", "--offline", "--since", "HEAD").code == 1


@pytest.mark.usefixtures("checkout")
def test_a_hook_of_git_may_call_it(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))

    assert run("docs/old.md", "--offline", "--since", "HEAD").code == 0
    assert run("docs/a.md", "--offline", "--since", "HEAD").code == 1


def test_a_commit_of_more_files_than_a_disk_holds_is_not_gone_through(tmp_path: Path, git: Git, run: Run) -> None:
    top = tmp_path / "bomb"
    git("init", "-q", str(top))
    (top / "x").write_text("x\n")
    blob = git("hash-object", "-w", "x", cwd=top)
    lines = "".join(f"100644 blob {blob}\t{number}\n" for number in range(50))
    for _ in range(8):
        tree = git("mktree", cwd=top, stdin=lines)
        lines = "".join(f"040000 tree {tree}\t{number}\n" for number in range(50))
    commit = git("commit-tree", "-m", "bomb", tree, cwd=top)
    git("update-ref", "HEAD", commit, cwd=top)
    (top / "new.md").write_text("[new](missing.md)\n")

    told = run(str(top / "new.md"), "--offline", "--since", "HEAD")

    assert told.code == 2
    assert "more files than can be gone through" in told.err
