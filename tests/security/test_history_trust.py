"""A history that a repository brings along is not used unless a person names it, and nothing in a file runs."""

import ast
import os
import shutil
import sqlite3
import stat
import struct
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from linkcheck.errors import StoreError
from linkcheck.store import Database, Journal, database
from linkcheck.store.known import Known
from linkcheck.store.merging import merge
from tests.web import Page, staged

STRANGE = "was not begun by you on this machine, and is not used"


def linkcheck(*arguments: str, cwd: Path, state: Path) -> "subprocess.CompletedProcess[str]":
    """Run it as a person does, with a state folder of their own."""
    return subprocess.run(
        [sys.executable, "-m", "linkcheck", *arguments],
        cwd=cwd,
        env={**os.environ, "XDG_STATE_HOME": str(state), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with a document."""
    folder = tmp_path / "tree"
    (folder / ".git").mkdir(parents=True)
    (folder / "a.md").write_text("[gone](none.md)\n")
    return folder


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    return tmp_path / "theirs"


def history_of(tree: Path) -> Path:
    return tree / ".linkcheck" / "history.sqlite"


def test_a_history_of_ones_own_is_used_again(tree: Path, mine: Path) -> None:
    for _ in range(2):
        assert linkcheck("a.md", "--offline", cwd=tree, state=mine).stderr == ""

    assert linkcheck("runs", cwd=tree, state=mine).stdout.count("\n") == 2


def test_a_history_that_somebody_else_began_is_neither_used_nor_changed(tree: Path, mine: Path, theirs: Path) -> None:
    linkcheck("a.md", "--offline", cwd=tree, state=theirs)
    before = history_of(tree).read_bytes()

    done = linkcheck("a.md", "--offline", "--format", "json", cwd=tree, state=mine)

    assert done.returncode == 1
    assert STRANGE in done.stderr
    assert f"if it is yours, name it once: --store {history_of(tree)}; else delete it; this run is not kept" in (
        done.stderr
    )
    assert '"standing":null' in done.stdout
    assert history_of(tree).read_bytes() == before
    for command in (["runs"], ["report"], ["export"], ["trends"], ["mark", "https://a.org/", "alive"]):
        told = linkcheck(*command, cwd=tree, state=mine)
        assert (told.returncode, STRANGE in told.stderr) == (2, True), command


def test_it_is_used_once_it_is_named_and_from_then_on(tree: Path, mine: Path, theirs: Path) -> None:
    linkcheck("a.md", "--offline", cwd=tree, state=theirs)

    for options in (["--store", str(history_of(tree))], []):
        assert linkcheck("a.md", "--offline", *options, cwd=tree, state=mine).stderr == ""

    assert linkcheck("runs", cwd=tree, state=mine).stdout.count("\n") == 3


def test_a_poisoned_history_hides_no_dead_link(tree: Path, mine: Path, theirs: Path) -> None:
    """What was fine a minute ago is not due, and not asked; a stranger's history says so of a page that is gone."""
    pages = {"a.example/": Page()}
    with staged(pages) as web:
        (tree / "a.md").write_text(f"[x]({web.url('a.example/')})\n")
        common = ("a.md", *web.options("a.example"), "--allow-private", "--no-archive", "--host-interval", "0")
        for _ in range(3):  # so that it is due in days alone
            assert linkcheck(*common, cwd=tree, state=theirs).returncode == 0
        pages["a.example/"] = Page(410, "<title>Gone</title>")
        web.asked.clear()

        done = linkcheck(*common, cwd=tree, state=mine)

        assert web.asked
        assert STRANGE in done.stderr
        assert done.returncode == 1


def test_a_merged_history_is_the_users_own(tree: Path, mine: Path, theirs: Path) -> None:
    (tree / ".linkcheck").mkdir()
    for name in ("a.sqlite", "b.sqlite"):
        linkcheck("a.md", "--offline", "--store", name, cwd=tree, state=theirs)

    linkcheck("merge", "a.sqlite", "b.sqlite", "-o", ".linkcheck/history.sqlite", cwd=tree, state=mine)

    assert linkcheck("a.md", "--offline", cwd=tree, state=mine).stderr == ""
    assert stat.S_IMODE(history_of(tree).stat().st_mode) == 0o600 or os.name != "posix"


def test_a_history_of_an_earlier_version_has_no_id_and_must_be_named_once(
    tree: Path, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = database._steps()
    with monkeypatch.context() as earlier:
        earlier.setattr("linkcheck.store.database._steps", lambda: forms[:8])
        Journal(history_of(tree)).close()

    assert STRANGE in linkcheck("a.md", "--offline", cwd=tree, state=mine).stderr
    for options in (["--store", str(history_of(tree))], []):
        assert linkcheck("a.md", "--offline", *options, cwd=tree, state=mine).stderr == ""


def test_a_store_that_a_found_config_names_is_a_strangers_too(tree: Path, mine: Path, theirs: Path) -> None:
    linkcheck("a.md", "--offline", "--store", "other.sqlite", cwd=tree, state=theirs)
    before = (tree / "other.sqlite").read_bytes()
    (tree / "linkcheck.toml").write_text('store = "other.sqlite"\n')

    linkcheck("a.md", "--offline", cwd=tree, state=mine)

    assert (tree / "other.sqlite").read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_a_journal_that_is_laid_beside_ones_own_history_is_not_read(tree: Path, mine: Path, ending: str) -> None:
    """SQLite lays what a `-wal` holds over the file, and deletes files that a `-journal` names."""
    linkcheck("a.md", "--offline", cwd=tree, state=mine)
    planted = history_of(tree).with_name(f"history.sqlite{ending}")
    planted.write_bytes(b"a stranger's")
    planted.chmod(0o644)

    done = linkcheck("a.md", "--offline", cwd=tree, state=mine)

    assert f"history.sqlite{ending}: was not written by linkcheck" in done.stderr
    assert planted.read_bytes() == b"a stranger's"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
@pytest.mark.parametrize("command", ["check", "report", "merge"])
def test_a_journal_beside_a_named_history_deletes_no_file(tree: Path, mine: Path, tmp_path: Path, command: str) -> None:
    """Undoing what a journal says was broken off, SQLite deletes the super-journal that it names."""
    linkcheck("a.md", "--offline", cwd=tree, state=tmp_path / "theirs")
    history = tmp_path / "theirs.sqlite"
    shutil.copy(history_of(tree), history)
    precious = tmp_path / "precious"
    precious.write_text("of the user")
    magic, name = bytes.fromhex("d9d505f920a163d7"), os.fsencode(precious)
    pages = history.stat().st_size // 4096
    head = magic + struct.pack(">5I", 0, 0, pages, 512, 4096)
    tail = struct.pack(">I", (1 << 30) // 4096 + 1) + name + struct.pack(">2I", len(name), sum(name)) + magic
    (tmp_path / "theirs.sqlite-journal").write_bytes(head.ljust(512, b"\0") + tail)

    done = {
        "check": lambda: linkcheck("a.md", "--offline", "--store", str(history), cwd=tree, state=mine),
        "report": lambda: linkcheck("report", "last", "--store", str(history), cwd=tree, state=mine),
        "merge": lambda: linkcheck("merge", str(history), str(history), "-o", "both", cwd=tree, state=mine),
    }[command]()

    assert precious.exists()
    assert f"delete {history}-journal" in done.stderr


def test_only_its_owner_can_read_a_history(tree: Path, mine: Path) -> None:
    for _ in range(2):
        linkcheck("a.md", "--offline", cwd=tree, state=mine)
        assert stat.S_IMODE(history_of(tree).stat().st_mode) == 0o600
        assert stat.S_IMODE(history_of(tree).parent.stat().st_mode) == 0o700
        assert (history_of(tree).parent / ".gitignore").read_text() == "*\n"
        for path in (history_of(tree), history_of(tree).parent):  # as an earlier version has left them
            path.chmod(0o755)
    with closing(Journal(history_of(tree))):
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in history_of(tree).parent.glob("*.sqlite*")}
    assert modes == dict.fromkeys(["history.sqlite", "history.sqlite-wal", "history.sqlite-shm"], 0o600)
    assert stat.S_IMODE((mine / "linkcheck").stat().st_mode) == 0o700


FOREIGN = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM link; END",
    "view": "CREATE VIEW extra AS SELECT load_extension('evil') FROM run",
    "another view of that name": "DROP VIEW judged_link; CREATE VIEW judged_link AS SELECT * FROM link_word",
    "generated column": "ALTER TABLE mark ADD COLUMN x TEXT AS (upper(url)) VIRTUAL",
    "virtual table": "CREATE VIRTUAL TABLE ft USING fts5(x)",
    "index of an expression": "CREATE INDEX i ON link (lower(url))",
    "default": "ALTER TABLE mark ADD COLUMN y TEXT DEFAULT (hex(randomblob(9)))",
    "table": "CREATE TABLE more (a)",
}


@pytest.mark.parametrize("statement", FOREIGN.values(), ids=FOREIGN)
def test_what_our_migrations_have_not_made_is_refused(tmp_path: Path, statement: str) -> None:
    path, other = tmp_path / "h.sqlite", tmp_path / "o.sqlite"
    for each in (path, other):
        Database(each).close()
    with closing(sqlite3.connect(path)) as sql:
        sql.executescript(statement)
    before = path.read_bytes()

    for open_it in (
        lambda: Database(path),
        lambda: Database(path, is_read_only=True),
        lambda: merge([other, path], tmp_path / "both.sqlite"),
    ):
        with pytest.raises(StoreError, match="that linkcheck has not made, and is not used"):
            open_it()

    assert path.read_bytes() == before


def test_a_named_history_with_a_trigger_is_refused_by_the_command_line(tree: Path, mine: Path) -> None:
    Database(tree / "h.sqlite").close()
    with closing(sqlite3.connect(tree / "h.sqlite")) as sql:
        sql.executescript(FOREIGN["trigger"])

    done = linkcheck("a.md", "--offline", "--store", "h.sqlite", cwd=tree, state=mine)

    assert "holds a trigger 't' that linkcheck has not made" in done.stderr
    assert done.returncode == 1


def test_a_connection_trusts_no_schema(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "h.sqlite")) as database:
        answers = {name: database.all(f"PRAGMA {name}")[0][0] for name in ("trusted_schema", "cell_size_check")}

    assert answers == {"trusted_schema": 0, "cell_size_check": 1}


def test_a_copy_of_ones_own_repository_keeps_its_history(tree: Path, mine: Path, tmp_path: Path) -> None:
    linkcheck("a.md", "--offline", cwd=tree, state=mine)
    shutil.copytree(tree, tmp_path / "moved")

    assert linkcheck("a.md", "--offline", cwd=tmp_path / "moved", state=mine).stderr == ""


def test_a_state_folder_that_cannot_be_written_is_said(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    done = linkcheck("a.md", "--offline", cwd=tree, state=tmp_path / "file")

    assert done.returncode == 1
    assert "so the next run will not know this history again; name it then: --store" in done.stderr


def test_a_state_folder_that_cannot_be_read_is_trouble_and_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> bool:
        raise PermissionError(13, "Permission denied")

    known = Known(tmp_path)
    monkeypatch.setattr(Path, "is_file", refuse)
    monkeypatch.setattr(Path, "mkdir", refuse)

    known.add("0" * 32)

    assert not known.has("0" * 32)
    assert isinstance(known.trouble, PermissionError)


_UNSAFE = {"pickle", "cPickle", "dill", "marshal", "shelve", "jsonpickle", "joblib"}


def test_nothing_in_the_package_unpickles_or_evaluates_data() -> None:
    """Data that becomes code: the modules, `eval`, `exec`, `compile` to run, and YAML with tags."""
    package = Path(__file__).parents[2] / "linkcheck"
    found = [
        f"{path.relative_to(package)}:{node.lineno}"
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _is_unsafe(node)
    ]

    assert found == []


def _is_unsafe(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names):
            return any(name.name.partition(".")[0] in _UNSAFE for name in names)
        case ast.ImportFrom(module=str(module)):
            return module.partition(".")[0] in _UNSAFE
        case ast.Call(func=ast.Name(id="eval" | "exec" | "compile" | "__import__")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="yaml"), attr="load" | "load_all" | "unsafe_load")):
            return True
    return False
