"""Git itself says what its ignore files mean."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.sources.files import find
from linkcheck.sources.ignore import Layer, is_ignored, rules_of, urls_ignored

GIT = shutil.which("git")
NAMES = (
    "a.md",
    "b.md",
    "a/a.md",
    "a/b.md",
    "a/b/a.md",
    "a/b/c/b.md",
    "b/a/a.md",
    "b/c.md",
    "c d/a.md",
    "#x/a.md",
    "!y.md",
)
PATTERNS = (
    "a", "/a", "a/", "/a/", "*", "*.md", "!*.md", "!a.md", "a.md", "/a.md", "b/*", "a/b", "/a/b/", "**/b", "a/**",
    "!a/**", "**/b/**", "a/**/b.md", "!b/", "!/a/b/", "c d/", "c\\ d/", "\\#x", "\\!y.md", "#x", "[ab].md", "[!a].md",
    "?.md", "b.md ", "b.md\\ ", "a//b", "/", "!", "**", "***", "a/*/a.md", "\\a.md", "[", "!*/", "*/", "[a-c].*", "*\\",
    "[]a].md", "[^b].md", "[b-a].md", "a*d", "*a*.*d", "/**", "/*/", "**/", "!**/b.md",
)  # fmt: skip
RULES = st.lists(st.sampled_from(PATTERNS), max_size=5)


@pytest.mark.skipif(GIT is None, reason="git is not installed")
@settings(max_examples=60)
@given(RULES, RULES, RULES)
def test_a_folder_gives_what_git_does_not_ignore(top: list[str], nested: list[str], private: list[str]) -> None:
    assert GIT is not None
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        subprocess.run([GIT, "init", "-q", "."], cwd=folder, check=True, timeout=60)
        for document in NAMES:
            (folder / document).parent.mkdir(parents=True, exist_ok=True)
            (folder / document).touch()
        for place, rules in ((".gitignore", top), ("a/.gitignore", nested), (".git/info/exclude", private)):
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_text("\n".join(rules), encoding="utf-8")
        listing = [GIT, "-c", "core.excludesFile=", "ls-files", "--others", "--exclude-standard", "-z"]
        kept = subprocess.run(listing, cwd=folder, check=True, capture_output=True, text=True, timeout=60).stdout

        found = [each.name for each in find(["."], directory=folder) if each.name != "."]

    assert sorted(found) == sorted(each for each in kept.split("\0") if each.endswith(".md"))


@given(st.lists(st.text(max_size=10), max_size=5), st.booleans())
def test_no_line_raises(lines: list[str], is_folder: bool) -> None:
    is_ignored(("docs", "a.md"), (Layer(0, rules_of(lines)),), is_folder=is_folder)


def test_a_hostile_line_takes_no_time() -> None:
    rules = rules_of(["*a" * 100 + "b", "**/" * 100 + "b", "**/" * 100 + "*a*b", "[" * 100_000, " " * 1_000_000])

    assert not is_ignored(("a" * 255,) * 100, (Layer(0, rules),), is_folder=True)


class TestLycheeIgnore:
    def test_the_nearest_file_up_to_the_repository_counts(self, tmp_path: Path) -> None:
        docs = tmp_path / "repo" / "docs"
        docs.mkdir(parents=True)
        (tmp_path / ".lycheeignore").write_text("outside")
        assert urls_ignored(docs, tmp_path / "repo") == ([], [])

        (tmp_path / "repo" / ".lycheeignore").write_text("# a comment\n\n ^https://a\\.test/ \r\n#b\nc.test\n")
        assert [pattern.text for pattern in urls_ignored(docs, tmp_path / "repo")[0]] == [
            "^https://a\\.test/",
            "c.test",
        ]

        (docs / ".lycheeignore").write_text("nearer")
        assert [pattern.text for pattern in urls_ignored(docs, tmp_path / "repo")[0]] == ["nearer"]

    def test_outside_of_repositories_only_the_folder_itself_counts(self, tmp_path: Path) -> None:
        (tmp_path / ".lycheeignore").write_text("x")
        (tmp_path / "docs").mkdir()

        assert [pattern.text for pattern in urls_ignored(tmp_path, None)[0]] == ["x"]
        assert urls_ignored(tmp_path / "docs", None) == ([], [])

    def test_what_is_no_expression_is_named_and_the_rest_counts(self, tmp_path: Path) -> None:
        (tmp_path / ".lycheeignore").write_bytes(b"[a\nok\n\xff(\n")
        found, problems = urls_ignored(tmp_path, None)

        assert [pattern.text for pattern in found] == ["ok"]
        assert [problem.partition(": ")[0] for problem in problems] == [".lycheeignore:1", ".lycheeignore:3"]
