"""A source that the user names in a stranger's repository does not lead out of it by a link."""

import os
from pathlib import Path

import pytest

from tests.security.hostile import SECRET, linkcheck

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows lets few users make links")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Give a stranger's checkout with links to what is the user's own."""
    private = tmp_path / "private"
    private.mkdir()
    (private / "a.md").write_text(f"[x](http://a.test/{SECRET})\n")
    folder = tmp_path / "theirs"
    (folder / ".git").mkdir(parents=True)
    (folder / "real").mkdir()
    (folder / "real" / "a.md").write_text("[x](/private/a.md) [y](#)\n")
    (folder / "docs").symlink_to("../private")
    (folder / "a.md").symlink_to("../private/a.md")
    (folder / "inner").symlink_to("real")
    return folder


@pytest.mark.parametrize(
    "source", ["docs", "docs/", "docs/a.md", "docs/*.md", "a.md", "real/../docs", "docs/../private"]
)
@pytest.mark.parametrize("where", [".", ".."])
def test_a_link_out_of_the_repository_is_not_followed(tree: Path, source: str, where: str) -> None:
    named = source if where == "." else f"theirs/{source}"

    result = linkcheck("extract", named, cwd=(tree / where).resolve())

    assert SECRET not in result.stdout + result.stderr
    assert "leads out of its repository by a symbolic link" in result.stderr
    assert result.returncode == 2


def test_nor_does_it_widen_what_the_others_may_look_at(tree: Path) -> None:
    """The root was the folder that holds all sources: then a local link could tell which files this machine has."""
    result = linkcheck("check", "real/a.md", "docs", "--offline", "--no-store", "--format", "csv", cwd=tree)

    assert "/private/a.md" in result.stdout
    assert ",dead," in result.stdout
    assert result.returncode != 0


def test_nor_is_it_a_root(tree: Path) -> None:
    result = linkcheck("check", "real/a.md", "--root-dir", "docs", "--offline", "--no-store", cwd=tree)

    assert result.returncode == 2
    assert "--root-dir: 'docs' leads out of its repository by a symbolic link" in result.stderr


def test_a_link_within_the_repository_and_one_of_the_user_are_followed(tree: Path) -> None:
    (tree.parent / "mine").symlink_to("private")

    assert "2 references" in linkcheck("extract", "inner", cwd=tree).stderr
    assert SECRET in linkcheck("extract", "mine", cwd=tree.parent).stdout
    assert SECRET in linkcheck("extract", "../mine/a.md", cwd=tree).stdout
