"""What lies in a checked folder cannot make linkcheck write elsewhere: no link is followed, no dotted name is used."""

import ast
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows lets few users make links")
pytestmark = POSIX


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The person's own folder, with something to lose in it."""
    folder = tmp_path / "home"
    (folder / ".ssh").mkdir(parents=True)
    (folder / ".ssh" / "config").write_text("mine")
    (folder / ".cache").mkdir()
    return folder


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A stranger's checkout."""
    folder = tmp_path / "home" / "src" / "theirs"
    (folder / ".git" / "hooks").mkdir(parents=True)
    (folder / "config.md").write_text("[x](#)\n")
    return folder


def linkcheck(*arguments: str, cwd: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    """Run it as a person does in a terminal."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINKCHECK_", "XDG_"))}
    return subprocess.run(
        [sys.executable, "-m", "linkcheck", *arguments],
        cwd=cwd,
        env={**kept, "HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def check(tree: Path, home: Path, output: str, *more: str) -> "subprocess.CompletedProcess[str]":
    """Check the document that is there, and write one report."""
    return linkcheck("config.md", "--offline", "--no-store", "--output", output, *more, cwd=tree, home=home)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder that is not the checkout."""
    files = (path for path in folder.rglob("*") if path.is_file() and "theirs" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    ("links", "output"),
    [
        ({"reports": "../../.ssh"}, "text=reports/new"),
        ({"reports": "../../.ssh"}, "text=reports/config"),
        ({"reports": "../../.ssh"}, "text=reports/{name}"),
        ({"a/b": "../../../.ssh"}, "text=a/b/{name}/x"),
        ({"report.json": "../../.ssh/config"}, "json=report.json"),
        ({"report.json": "../../.ssh/new"}, "json=report.json"),
        ({"out/config": "../../../.ssh"}, "text=out/{name}/config"),
        ({"here": "."}, "text=here/report.txt"),
    ],
)
def test_no_report_goes_through_a_link_of_the_tree(tree: Path, home: Path, links: dict[str, str], output: str) -> None:
    for name, target in links.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).symlink_to(target)
    before = contents(home)

    done = check(tree, home, output)

    assert contents(home) == before
    assert "is a symbolic link, and none is followed in a project" in done.stderr
    assert done.returncode == 2


@pytest.mark.parametrize(
    "output",
    [
        "text=.git/hooks/pre-commit",
        "text=.git/hooks/{name}",
        "text=.github/workflows/x.yml",
        "text=docs/.hidden/x",
        "text=.envrc",
        "text=.{name}",
        "text=x/../.git/hooks/pre-commit",
        "text={tree}/.git/hooks/pre-commit",
    ],
)
def test_nothing_is_written_below_a_name_with_a_dot(tree: Path, home: Path, output: str) -> None:
    before = set(tree.rglob("*"))

    done = check(tree, home, output.replace("{tree}", str(tree)))

    assert set(tree.rglob("*")) == before
    assert "begins with a dot" in done.stderr
    assert done.returncode == 2


def test_its_own_folder_may_begin_with_a_dot_and_is_ignored_by_git(tree: Path, home: Path) -> None:
    check(tree, home, "json=.linkcheck/report.json")

    assert (tree / ".linkcheck" / "report.json").is_file()
    assert (tree / ".linkcheck" / ".gitignore").read_text() == "*\n"


def test_a_path_of_the_users_own_may_have_dots_and_links(tree: Path, home: Path) -> None:
    (home / "shortcut").symlink_to(home / ".cache")

    for output in (f"json={home}/.cache/x.json", f"json={home}/shortcut/y.json"):
        assert check(tree, home, output).returncode == 1

    assert {path.name for path in (home / ".cache").iterdir()} == {"x.json", "y.json"}


def test_a_link_above_the_project_is_the_users_own(tree: Path, home: Path) -> None:
    (home / "work").symlink_to(tree.parent)

    done = check(home / "work" / "theirs", home, f"text={home}/work/theirs/reports/x.txt")

    assert done.returncode == 1, done.stderr
    assert (tree / "reports" / "x.txt").is_file()


def test_a_tree_that_is_checked_from_elsewhere_is_a_strangers_too(tree: Path, home: Path) -> None:
    (tree / "reports").symlink_to(home / ".ssh")
    before = contents(home)

    done = linkcheck(
        str(tree / "config.md"), "--offline", "--no-store", "--output", f"text={tree}/reports/config",
        cwd=home, home=home,
    )  # fmt: skip

    assert contents(home) == before
    assert done.returncode == 2


def test_evidence_does_not_go_through_a_link(tree: Path, home: Path) -> None:
    (tree / "evidence").symlink_to(home / ".ssh")
    before = contents(home)

    done = linkcheck("config.md", "--offline", "--no-store", "--evidence", "evidence", cwd=tree, home=home)

    assert contents(home) == before
    assert "is a symbolic link" in done.stderr


def test_the_history_the_baseline_an_export_a_merge_and_the_demo_go_through_no_link(tree: Path, home: Path) -> None:
    own = home / "own"
    own.mkdir()
    for name in ("a", "b"):
        linkcheck("config.md", "--offline", "--store", str(own / name), cwd=tree, home=home)
    (tree / "out").symlink_to(home / ".ssh")
    (tree / ".linkcheck").symlink_to(home / ".ssh")
    (tree / "reports").symlink_to(home / ".ssh")
    before = contents(home / ".ssh")

    for command in (
        ["config.md", "--offline"],
        ["baseline", "create", "--store", str(own / "a"), "--file", "out/known.json"],
        ["export", "--store", str(own / "a"), "--output", "out/checks.csv"],
        ["merge", str(own / "a"), str(own / "b"), "--output", "out/both.sqlite"],
        ["demo"],
    ):
        done = linkcheck(*command, cwd=tree, home=home)
        assert "link" in done.stderr, command

    assert contents(home / ".ssh") == before


def test_a_pipe_that_a_person_names_is_written_as_it_comes(tree: Path, home: Path) -> None:
    os.mkfifo(tree / "pipe")
    reader = subprocess.Popen(["cat", str(tree / "pipe")], stdout=subprocess.PIPE, text=True)

    done = check(tree, home, "json=pipe")

    assert done.returncode == 1, done.stderr
    assert reader.communicate(timeout=60)[0].startswith('{"schema": 1')


_WRITERS = {
    "writing.py": "it is what all others use",
    "store/database.py": "SQLite takes names; the place is checked before",
    "store/merging.py": "likewise",
    "store/known.py": "the user's own state folder",
    "cli/since.py": "a file in a temporary folder",
    "sources/git/process.py": "likewise",
    "cli/app.py": "os.devnull",
    "cli/terminal.py": "os.devnull",
}
_CALLS = {"write_text", "write_bytes", "mkdir", "makedirs", "rename", "replace", "symlink_to", "touch", "copymode"}


def test_nothing_else_in_the_package_opens_a_file_for_writing() -> None:
    package = Path(__file__).parents[2] / "linkcheck"

    found = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _is_writing(node)
    }

    assert found - set(_WRITERS) == set()


def _is_writing(call: ast.Call) -> bool:
    """True for `open(..., "w")` and calls that make or move files; a `replace` of text has two arguments."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in {"open", "fdopen"}:
        words = [
            one.value for one in (*call.args, *(word.value for word in call.keywords)) if isinstance(one, ast.Constant)
        ]
        return any(isinstance(word, str) and set(word) <= set("wxabt+r") and set(word) & set("wxa+") for word in words)
    if name == "replace":
        return len(call.args) == 1 and not call.keywords
    return name in _CALLS


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_a_report_takes_no_set_user_id_over_from_the_file_that_it_replaces(tree: Path, home: Path) -> None:
    report = tree / "reports" / "r.json"
    report.parent.mkdir()
    report.write_text("{}")
    report.chmod(0o6755)

    check(tree, home, "json=reports/r.json")

    assert report.stat().st_size > 2
    assert stat.S_IMODE(report.stat().st_mode) == 0o755
