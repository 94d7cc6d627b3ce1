"""Whatever happens to the history, the run's report is whole, and somebody is told."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import anyio
import pytest

from linkcheck import config, pipeline
from linkcheck.cli.history import opened
from linkcheck.cli.prune import prune
from linkcheck.errors import StoreError
from linkcheck.events import Event, Planned
from linkcheck.model import RunInfo
from linkcheck.store import Database, Journal, database
from linkcheck.store.lookback import past_runs
from tests.cli.conftest import Run

LINKS = 400


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\n" + "\n".join(f"[{n}](a.md?{n}) [{n}](none-{n}.md)" for n in range(LINKS)))
    return folder


def run_with(folder: Path, trouble: Callable[[Journal], None], store: Path) -> tuple[list[str], list[str]]:
    """Run over the documents while a trouble comes up once they have been read; give verdicts, and what was told."""
    told: list[str] = []
    with closing(Journal(store)) as journal:
        journal.tell = told.append

        def hear(event: Event) -> None:
            if isinstance(event, Planned):
                trouble(journal)

        settings = config.read({"sources": ["docs"], "offline": True}, environ={}, directory=folder).config
        job = pipeline.Job(config=settings, journal=journal, directory=folder, emit=hear)
        report = anyio.run(pipeline.run, job).report
        verdicts = [row.verdict.value for row in report.references()]
    if holder := getattr(journal, "holder", None):
        holder.close()
    return verdicts, told


WHOLE = ["alive", "dead"] * LINKS


def full(journal: Journal) -> None:
    (pages,) = journal.database.all("PRAGMA page_count")[0]
    journal.database.all(f"PRAGMA max_page_count = {pages + 2}")


def locked(journal: Journal) -> None:
    other = sqlite3.connect(journal.database.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    journal.database.all("PRAGMA busy_timeout = 1")
    journal.holder = other  # type: ignore[attr-defined]  # so that it lives as long as the run


def read_only(journal: Journal) -> None:
    journal.database.all("PRAGMA query_only = 1")


def deleted(journal: Journal) -> None:
    for path in journal.database.path.parent.glob("history.sqlite*"):
        path.unlink()


def replaced(journal: Journal) -> None:
    deleted(journal)
    Journal(journal.database.path).close()


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        (full, "cannot be written (database or disk is full); the run goes on, and is not kept"),
        (locked, "cannot be written (database is locked); the run goes on, and is not kept"),
        (read_only, "cannot be written (attempt to write a readonly database); the run goes on, and is not kept"),
        (deleted, "was taken away while the run went on, so this run is not kept"),
        (replaced, "was taken away while the run went on, so this run is not kept"),
    ],
)
def test_trouble_while_the_run_goes_on(
    tmp_path: Path, docs: Path, trouble: Callable[[Journal], None], says: str
) -> None:
    store = tmp_path / "history.sqlite"
    assert run_with(docs.parent, lambda _: None, store) == (WHOLE, [])

    verdicts, told = run_with(docs.parent, trouble, store)

    assert verdicts == WHOLE
    assert len(told) == 1
    assert told[0].endswith(says)
    if trouble not in {deleted, replaced}:
        with closing(Database(store)) as kept:
            assert [one.summary is not None for one in past_runs(kept)] == [False, True]
            assert kept.all("PRAGMA integrity_check") == [("ok",)]


def test_standing_is_still_known_after_a_retreat(tmp_path: Path, docs: Path) -> None:
    store = tmp_path / "history.sqlite"
    run_with(docs.parent, lambda _: None, store)
    with closing(Journal(store)) as journal:
        settings = config.read({"sources": ["docs"], "offline": True}, environ={}, directory=docs.parent).config

        def hear(event: Event) -> None:
            if isinstance(event, Planned):
                full(journal)

        job = pipeline.Job(config=settings, journal=journal, directory=docs.parent, emit=hear)
        report = anyio.run(pipeline.run, job).report
        assert all(row.standing for row in report.links())


@pytest.mark.skipif(os.name != "posix", reason="limits of files are POSIX")
def test_a_disk_that_is_full_for_every_file(tmp_path: Path, docs: Path) -> None:
    """No file may grow beyond 300 kB, the temporary one neither: the run ends in memory."""
    arguments = ["check", "docs", "--offline", "--store", "h.sqlite", "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "linkcheck", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (300_000, 300_000)),
    )

    assert done.returncode == 1, done.stderr
    assert [row["verdict"] for row in json.loads(done.stdout)["references"]] == WHOLE
    assert done.stderr.count("the run goes on, and is not kept") in {1, 2}
    assert docs.exists()


@pytest.mark.skipif(os.name != "posix", reason="limits of files are POSIX")
def test_a_disk_without_any_room(tmp_path: Path, docs: Path) -> None:
    """Neither a history nor a temporary file can be made, and evidence ends early: there is a report all the same."""
    arguments = ["check", "docs", "--offline", "--store", "h.sqlite", "--evidence", "evidence", "--format", "json"]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "linkcheck", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (10_000, 10_000)),
    )

    assert [row["verdict"] for row in json.loads(done.stdout)["references"]] == WHOLE
    assert done.returncode == 2
    first, second = done.stderr.splitlines()
    assert first.endswith("name another with --store; this run is not kept")
    assert "rollback" not in first
    assert second.endswith("the evidence is not whole (File too large); choose another --evidence")
    assert docs.exists()


def test_two_runs_at_once_are_both_kept(tmp_path: Path, docs: Path) -> None:
    store, barrier, seen = tmp_path / "history.sqlite", Barrier(2, timeout=120), []

    def go() -> None:
        seen.append(run_with(docs.parent, lambda _: barrier.wait() and None, store))

    threads = [Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [(WHOLE, []), (WHOLE, [])]
    with closing(Database(store)) as kept:
        assert [one.summary is not None for one in past_runs(kept)] == [True, True]


def test_a_clock_that_jumps_back_puts_no_run_before_another(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "history.sqlite")) as journal:
        told: list[str] = []
        journal.tell = told.append
        ids = [journal.begin(RunInfo(id=name, started="2026-01-01T00:00:00Z")).id for name in "ccbad"]
        assert len(told) == 2  # who begins at the same moment as another has not gone back

        journal.begin(RunInfo(id="e0260101T120000.500Z-ffff", started="2026-01-01T12:00:00Z"))
        journal.begin(RunInfo(id="e0260101T120000.499Z-0000", started="2026-01-01T12:00:00Z"))

    assert ids == ["c", "c+000001", "c+000002", "c+000003", "d"]
    assert ids == sorted(ids)
    assert len(told) == 2


def damage(path: Path, start: int, length: int = 2000) -> bytes:
    content = bytearray(path.read_bytes())
    content[start : start + length] = os.urandom(len(content[start : start + length]))
    path.write_bytes(content)
    return bytes(content)


@pytest.mark.parametrize("start", [0, 100, 4096, 40_000])
def test_a_damaged_history_is_set_aside(run: Run, docs: Path, tmp_path: Path, start: int) -> None:
    store = tmp_path / ".linkcheck" / "history.sqlite"
    (tmp_path / ".git").mkdir()
    run("docs", "--offline")
    broken = damage(store, start)

    told = run("docs", "--offline", "--format", "json")

    assert told.code == 1
    assert [row["verdict"] for row in told.report["references"]] == WHOLE
    assert "was damaged; it is kept as history.sqlite.damaged-1, and a new one begun" in told.err
    assert (store.parent / "history.sqlite.damaged-1").read_bytes() == broken
    assert run("runs").out.count("\n") == 1
    assert docs.exists()


def test_damage_deep_inside_a_history_that_is_too_big_to_be_looked_over(
    run: Run, docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "h.sqlite"
    for _ in range(2):
        run("docs", "--offline", "--store", str(store))
    whole = store.read_bytes()
    monkeypatch.setattr(database, "_LOOKED_OVER", -1)
    asides = 0
    for part in range(1, 12):
        for old in tmp_path.glob("h.sqlite*"):
            old.unlink()
        store.write_bytes(whole)
        damage(store, len(whole) * part // 12, 40_000)

        told = run("docs", "--offline", "--store", str(store), "--format", "json")

        assert told.code == 1, told.err
        assert [row["verdict"] for row in told.report["references"]] == WHOLE
        assert told.report["run"]["complete"]
        if (aside := tmp_path / "h.sqlite.damaged-1").exists():
            asides += 1
            went_on = "kept as h.sqlite.damaged-1); the run goes on, and is not kept\n"
            began_anew = "it is kept as h.sqlite.damaged-1, and the run begins anew\n"
            at_once = "h.sqlite: was damaged; it is kept as h.sqlite.damaged-1, and a new one begun\n"
            assert told.err.endswith((went_on, began_anew, at_once))
            assert "h.sqlite: is damaged" in told.err or told.err.endswith(at_once)
            assert store.exists() == told.err.endswith((began_anew, at_once))
            assert aside.stat().st_size >= len(whole) // 2
    assert asides
    assert docs.exists()


@pytest.mark.usefixtures("docs")
def test_a_newer_history_is_left_alone(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "h.sqlite"
    run("docs", "--offline", "--store", str(store))
    with closing(sqlite3.connect(store)) as sql:
        sql.execute("PRAGMA user_version = 99")
    before = store.read_bytes()

    told = run("docs", "--offline", "--store", str(store))

    assert told.code == 1
    assert "was written by a newer linkcheck; update linkcheck, or name another with --store; this run is not kept" in (
        told.err
    )
    assert store.read_bytes() == before
    assert "newer linkcheck" in run("runs", "--store", str(store)).err


@pytest.mark.usefixtures("docs")
def test_a_history_that_cannot_be_made(run: Run) -> None:
    told = run("docs", "--offline", "--store", "docs/a.md/h.sqlite")

    assert told.code == 1
    assert "this run is not kept" in told.err
    assert "799 dead" not in told.out


@pytest.mark.usefixtures("docs")
def test_a_history_that_cannot_be_written_can_be_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "h.sqlite"
    run("docs", "--offline", "--store", str(store))
    monkeypatch.setattr(database, "_PRAGMAS", ("query_only=1",))

    assert run("runs", "--store", str(store)).out.count("\n") == 1
    assert run("report", "last", "--store", str(store)).code == 0
    with pytest.raises(StoreError):
        Database(store)


@pytest.mark.parametrize("name", [".linkcheck", ".linkcheck/history.sqlite", ".linkcheck/history.sqlite-wal"])
def test_a_history_that_a_repository_leads_elsewhere_is_not_written(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text("[gone](none.md)")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere / "here" if "/" in name else elsewhere)

    told = run("a.md")

    assert told.code == 1
    assert f"{link}: is a link to {elsewhere}" in told.err
    assert "is not followed; name the file with --store; this run is not kept" in told.err
    assert list(elsewhere.iterdir()) == []
    assert run("report").code == 2
    assert run("a.md", "--store", "mine.sqlite").err.count("is a link") == 0


@pytest.mark.parametrize(
    ("option", "value", "meant"),
    [("--fail-on", "eror", "error"), ("--format", "markdwon", "markdown"), ("--role", "cittion", "citation")],
)
def test_a_misspelt_name_is_told_the_nearest(option: str, value: str, meant: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[x](#)")
    told = run("a.md", "--no-store", option, value)

    assert told.code == 2
    assert f"did you mean `{meant}`?" in told.err


def test_a_history_of_an_earlier_form_that_cannot_be_written_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, forms = tmp_path / "history.sqlite", database._steps()
    with monkeypatch.context() as earlier:
        earlier.setattr("linkcheck.store.database._steps", lambda: forms[:-1])
        with closing(Journal(path)) as journal:
            journal.begin(RunInfo(id="r1", started="2026-11-24T12:00:00Z"))
    before = path.read_bytes()
    monkeypatch.setattr("linkcheck.store.database._PRAGMAS", ("busy_timeout=1",))

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with opened(str(path)) as history:
            assert [one.info.id for one in past_runs(history)] == ["r1"]
            copy = history.path

    assert copy != path
    assert not copy.exists()
    assert path.read_bytes() == before


def test_no_copy_is_pruned_in_place_of_a_history_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, forms = tmp_path / "history.sqlite", database._steps()
    with monkeypatch.context() as earlier:
        earlier.setattr("linkcheck.store.database._steps", lambda: forms[:-1])
        with closing(Journal(path)) as journal:
            journal.begin(RunInfo(id="r1", started="2026-11-24T12:00:00Z"))
    monkeypatch.setattr("linkcheck.store.database._PRAGMAS", ("busy_timeout=1",))

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is being written by another process"):
            prune(keep_days=0, store=str(path))

    assert capsys.readouterr().err == ""
