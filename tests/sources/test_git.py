"""Commits of a repository as values: real repositories of every kind, and the real git beside ours."""

import os
import sys
from pathlib import Path

import pytest

from linkcheck.errors import GitError, RepositoryError
from linkcheck.sources.git import Repository
from linkcheck.sources.git.process import find_git
from tests.security.conftest import Git, git, repository

__all__ = ["git", "repository"]


def opened(folder: Path) -> Repository:
    found = Repository.find(folder)
    assert found
    return found


def test_the_nearest_repository_is_found_from_a_folder_in_it(repository: Path) -> None:
    assert opened(repository / "docs").top == repository


def test_outside_of_a_repository_there_is_none(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()  # git passes over it, too

    assert Repository.find(tmp_path) is None


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize(
    "revision",
    "HEAD @ HEAD~1 HEAD^ HEAD^^{commit} HEAD~1^0 main heads/main refs/heads/main v1 tags/v1 v1^{} v1^{commit} topic/x"
    " origin/main origin nowhere HEAD~9 HEAD^2 ORIG_HEAD main.lock".split(),
)
def test_revisions_mean_what_they_mean_to_git(repository: Path, git: Git, revision: str, *, is_packed: bool) -> None:
    git("branch", "topic/x", "HEAD~1", cwd=repository)
    git("update-ref", "refs/remotes/origin/main", "HEAD~1", cwd=repository)
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main", cwd=repository)
    git("update-ref", "ORIG_HEAD", "HEAD~1", cwd=repository)
    if is_packed:
        git("pack-refs", "--all", cwd=repository)

    with opened(repository) as ours:
        found = ours.commit_of(revision)

    theirs = git("rev-parse", "--verify", "-q", revision + "^{commit}", "--", cwd=repository) if found else None
    assert found == (theirs.removesuffix("\n--") if theirs else None)
    assert (found is None) == (revision in {"nowhere", "HEAD~9", "HEAD^2", "main.lock"})


def test_a_hash_may_be_short_or_in_capitals(repository: Path, git: Git) -> None:
    full = git("rev-parse", "HEAD", cwd=repository)
    with opened(repository) as ours:
        assert ours.commit_of(full) == ours.commit_of(full[:7]) == ours.commit_of(full.upper()) == full
        assert ours.commit_of("0" * 40) is None
        assert ours.commit_of(git("rev-parse", "HEAD:docs", cwd=repository)) is None


@pytest.mark.parametrize(
    "revision",
    [
        "", "--all", "-h", "../../HEAD", "/etc/passwd", "refs/../HEAD", ".git/HEAD", "HEAD:docs/a.md", ":/first",
        "main@{1}", "a b", "a\nb", "a\0b", "^main", "main..HEAD", "config", "description", "refs", "refs/heads",
    ],
)  # fmt: skip
def test_what_is_no_name_of_a_commit_means_none(repository: Path, revision: str) -> None:
    with opened(repository) as ours:
        assert ours.commit_of(revision) is None


def test_files_are_read_as_they_are_at_a_commit(repository: Path, git: Git) -> None:
    (repository / 'ä "\n" b.md').write_text("difficult")
    (repository / "link.md").symlink_to("docs/a.md")
    git("add", ".", cwd=repository)
    git("commit", "-qm", "third", cwd=repository)
    with opened(repository) as ours:
        first, last = ours.commit_of("v1"), ours.commit_of("HEAD")
        assert first
        assert last
        assert ours.read(first, "docs/a.md", 100) == b"first\n"
        assert ours.read(last, "docs/a.md", 100) == b"second\n"
        assert ours.read(last, 'ä "\n" b.md', 100) == b"difficult"
        for path in (
            "docs",
            "docs/",
            "docs/b.md",
            "docs/a.md/x",
            "",
            "../x",
            "/docs/a.md",
            "link.md",
            "docs/../docs/a.md",
        ):
            assert ours.read(last, path, 100) is None
        assert list(ours.paths(first)) == ["docs/a.md"]
        assert sorted(ours.paths(last)) == ["docs/a.md", "link.md", 'ä "\n" b.md']
        with pytest.raises(RepositoryError, match="larger than 5 bytes"):
            ours.read(last, "docs/a.md", 5)
        assert ours.read(last, "docs/a.md", 7) == b"second\n"


def test_where_two_commits_parted(repository: Path, git: Git) -> None:
    git("checkout", "-qb", "topic", "v1", cwd=repository)
    git("commit", "-qm", "other", "--allow-empty", cwd=repository)
    with opened(repository) as ours:
        one, other = ours.commit_of("main"), ours.head
        assert one
        assert other
        assert ours.merge_base(one, other) == ours.commit_of("v1")


def test_a_repository_of_sha256(tmp_path: Path, git: Git) -> None:
    git("init", "-q", "--object-format=sha256", "-b", "main")
    (tmp_path / "a.md").write_text("words")
    git("add", ".")
    git("commit", "-qm", "first")
    with opened(tmp_path) as ours:
        head = ours.commit_of("main")
        assert head
        assert len(head) == 64
        assert ours.read(head, "a.md", 10) == b"words"


def test_a_linked_work_tree_has_its_own_head(repository: Path, git: Git, tmp_path: Path) -> None:
    git("worktree", "add", "-q", "-b", "topic", str(tmp_path / "tree"), "v1", cwd=repository)
    with opened(tmp_path / "tree") as ours:
        assert ours.top == tmp_path / "tree"
        assert ours.head == ours.commit_of("HEAD") == ours.commit_of("topic") == ours.commit_of("main~1")


def test_a_submodule_is_a_repository_of_its_own(repository: Path, git: Git, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    git("init", "-q", str(outer))
    git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repository), "inner", cwd=outer)
    git("commit", "-qm", "outer", cwd=outer)
    with opened(outer / "inner") as inner:
        assert inner.top == outer / "inner"
        head = inner.head
        assert head
        assert inner.read(head, "docs/a.md", 10) == b"second\n"
    with opened(outer) as ours:
        last = ours.head
        assert last
        assert list(ours.paths(last)) == [".gitmodules"]
        assert ours.read(last, "inner/docs/a.md", 10) is None
        found = ours.entry(last, "inner")
        assert found
        assert found.is_submodule
        assert found.hash == head


def test_objects_may_be_borrowed(repository: Path, git: Git, tmp_path: Path) -> None:
    git("clone", "-q", "--shared", str(repository), str(tmp_path / "shared"))
    with opened(tmp_path / "shared") as ours:
        head = ours.commit_of("origin/main")
        assert head
        assert ours.read(head, "docs/a.md", 10) == b"second\n"


def test_a_shallow_clone_knows_that_it_is_one(repository: Path, git: Git, tmp_path: Path) -> None:
    git("clone", "-q", "--depth=1", f"file://{repository}", str(tmp_path / "shallow"))
    with opened(tmp_path / "shallow") as ours:
        assert ours.is_shallow
        assert ours.commit_of("HEAD")
        assert ours.commit_of("HEAD~1") is None
    assert not opened(repository).is_shallow


def test_a_partial_clone_says_what_it_lacks(repository: Path, git: Git, tmp_path: Path) -> None:
    git("config", "uploadpack.allowFilter", "true", cwd=repository)
    git("clone", "-q", "--filter=blob:none", f"file://{repository}", str(tmp_path / "partial"))
    with opened(tmp_path / "partial") as ours:
        first, last = ours.commit_of("v1"), ours.head
        assert first
        assert last
        assert ours.read(last, "docs/a.md", 10) == b"second\n"  # was fetched to check it out
        with pytest.raises(RepositoryError, match="is partial, and lacks the blob"):
            ours.read(first, "docs/a.md", 10)


def test_a_repository_without_a_commit(tmp_path: Path, git: Git) -> None:
    git("init", "-q")
    with opened(tmp_path) as ours:
        assert ours.head is None
        assert ours.commit_of("HEAD") is None


def test_references_in_a_reftable_are_not_guessed(repository: Path) -> None:
    (repository / ".git" / "reftable").mkdir()
    with opened(repository) as ours, pytest.raises(RepositoryError, match="reftable"):
        ours.commit_of("main")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[core]\n\trepositoryformatversion = 2\n", "format"),
        ("[extensions]\n\tsurprise = true\n", "surprise"),
        ("[extensions]\n\tobjectFormat = sha3\n", "sha3"),
    ],
)
def test_a_format_of_the_future_is_not_read(repository: Path, line: str, why: str) -> None:
    (repository / ".git" / "config").write_text(line)

    with pytest.raises(RepositoryError, match=why):
        Repository.find(repository)


def program(folder: Path, said: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "git"
    path.write_text(f"#!/bin/sh\ntouch {folder}/ran\necho '{said}'\n")
    path.chmod(0o755)
    return path


@pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")
def test_without_git_or_with_an_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    with pytest.raises(GitError, match="there is no `git` on PATH"):
        find_git(tmp_path / "checked")

    program(tmp_path / "old", "git version 2.17.1")
    monkeypatch.setenv("PATH", str(tmp_path / "old"))
    with pytest.raises(GitError, match=r"is Git 2\.17, and 2\.30 or newer is needed"):
        find_git(tmp_path / "checked")

    new = program(tmp_path / "new", "git version 2.50.1 (Apple Git-155)")
    monkeypatch.setenv("PATH", str(new.parent))
    assert find_git(tmp_path / "checked") == str(new)


@pytest.mark.skipif(os.name != "posix", reason="the programs are shell scripts")
@pytest.mark.parametrize("path", ["{top}/bin", "bin", ".", "", "{elsewhere}"])
def test_no_git_of_the_checked_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    top = tmp_path / "checked"
    for folder in (top, top / "bin"):
        program(folder, "git version 2.50.0")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "git").symlink_to(top / "bin" / "git")
    monkeypatch.chdir(top)
    monkeypatch.setenv("PATH", path.format(top=top, elsewhere=tmp_path / "elsewhere"))

    with pytest.raises(GitError):
        find_git(top)
    assert not list(top.rglob("ran"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_somebody_else_is_read_only_when_vouched_for(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    os.chown(repository / ".git", 4321, -1)
    with pytest.raises(RepositoryError, match="belongs to another user"):
        Repository.find(repository)

    monkeypatch.setenv("SUDO_UID", "4321")
    assert Repository.find(repository)
    monkeypatch.delenv("SUDO_UID")

    config = tmp_path / "config"
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    for value, is_read in ((repository, True), (f"{tmp_path}/*", True), ("*", True), ("/elsewhere", False)):
        config.write_text(f"[safe]\n\tdirectory = {value}\n")
        if is_read:
            assert Repository.find(repository)
        else:
            with pytest.raises(RepositoryError):
                Repository.find(repository)
    config.write_text(f"[safe]\n\tdirectory = {repository}\n\tdirectory =\n")
    with pytest.raises(RepositoryError):
        Repository.find(repository)


def test_a_repository_cannot_vouch_for_itself(repository: Path, monkeypatch: pytest.MonkeyPatch, git: Git) -> None:
    git("config", "safe.directory", "*", cwd=repository)
    monkeypatch.chdir(repository)
    monkeypatch.setattr("linkcheck.sources.git.layout.is_owned", lambda _: False)

    with pytest.raises(RepositoryError, match="belongs to another user"):
        Repository.find(repository)


@pytest.mark.skipif(os.name != "posix", reason="signals to groups of processes")
def test_it_outlives_the_signal_that_ends_a_run(repository: Path) -> None:
    with opened(repository) as ours:
        head = ours.head
        assert head
        assert ours.read(head, "docs/a.md", 10) == b"second\n"
        (child,) = ours._git._children
        assert os.getpgid(child.pid) != os.getpgid(0)

        child.kill()
        child.wait()
        assert ours.read(head, "docs/a.md", 10) == b"second\n"


def test_a_commit_is_named_by_its_hash_alone(repository: Path) -> None:
    with opened(repository) as ours:
        for name in ("HEAD", "", "a\nb", "0" * 39, f"{'0' * 40}\n"):
            with pytest.raises(ValueError, match="not the hash"):
                ours.read(name, "docs/a.md", 10)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text(repository: Path, git: Git) -> None:
    name = os.fsdecode(b"\xff.md")
    (repository / name).write_text("x")
    git("add", ".", cwd=repository)
    git("commit", "-qm", "third", cwd=repository)
    with opened(repository) as ours:
        head = ours.head
        assert head
        assert ours.read(head, name, 10) == b"x"
        assert name in list(ours.paths(head))


@pytest.mark.parametrize("kind", ["object", "pack"])
def test_damage_is_said(repository: Path, git: Git, kind: str) -> None:
    blob = git("rev-parse", "HEAD:docs/a.md", cwd=repository)
    with opened(repository) as ours:
        head = ours.head
        assert head
        if kind == "pack":
            git("gc", "-q", cwd=repository)
            for path in (repository / ".git" / "objects" / "pack").iterdir():
                path.chmod(0o600)
                path.write_bytes(path.read_bytes()[:100])
        else:
            path = repository / ".git" / "objects" / blob[:2] / blob[2:]
            path.chmod(0o600)
            path.write_bytes(b"x")
        with pytest.raises(RepositoryError):
            ours.read(head, "docs/a.md", 10)
