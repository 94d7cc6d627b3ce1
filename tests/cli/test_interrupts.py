import signal
import sys
from pathlib import Path

import pytest
from msgspec import Struct

from linkcheck.cli.interrupts import Interrupts
from linkcheck.model import ReferenceRow
from linkcheck.pipeline import Commands
from linkcheck.render import json
from tests.cli.conftest import Run


def test_a_signal_that_is_delivered_twice_is_one_wish() -> None:
    commands, now = Commands(), iter([0.0, 0.4])
    interrupts = Interrupts(commands, stopwatch=lambda: next(now))

    with interrupts.heard():
        signal.raise_signal(signal.SIGINT)
        assert commands.stop.is_set()
        signal.raise_signal(signal.SIGINT)

    assert interrupts.was_heard


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGHUP")
def test_a_run_under_nohup_outlives_its_terminal() -> None:
    commands, before = Commands(), signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Interrupts(commands).heard():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)

    assert not commands.stop.is_set()


def test_a_second_wish_ends_at_once_even_where_tasks_have_heard_it() -> None:
    now = iter([0.0, 3.0])

    def hear_again() -> None:
        try:
            signal.raise_signal(signal.SIGTERM)
        except KeyboardInterrupt as second:
            raise BaseExceptionGroup("tasks", [second]) from None

    def hear_twice() -> None:
        with Interrupts(Commands(), stopwatch=lambda: next(now)).heard():
            signal.raise_signal(signal.SIGINT)
            hear_again()

    with pytest.raises(KeyboardInterrupt):
        hear_twice()


def test_what_tasks_raise_otherwise_goes_on() -> None:
    def fail() -> None:
        with Interrupts(Commands()).heard():
            raise ExceptionGroup("tasks", [ValueError()])

    with pytest.raises(ExceptionGroup, match="tasks"):
        fail()


@pytest.mark.parametrize("output", ["stdout", "file"])
def test_a_report_that_takes_long_can_be_left_and_shown_later(
    output: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("[x](#)\n" * 5)
    encoded = json.encoded
    rows = []

    def slow(value: Struct) -> str:
        if isinstance(value, ReferenceRow):
            rows.append(value)
            signal.raise_signal(signal.SIGINT)
        return encoded(value)

    with monkeypatch.context() as patched:
        patched.setattr(json, "encoded", slow)
        options = ["--format", "json"] if output == "stdout" else ["--output", "json=out.json"]
        told = run("a.md", "--store", "history.sqlite", *options)

    assert told.code == 130
    assert len(rows) == 1
    assert "the report was broken off; the run is through, and `linkcheck report` shows it" in told.err
    assert not list(tmp_path.glob("*out.json*"))
    assert len(run("report", "--store", "history.sqlite", "--format", "json").report["references"]) == 5
    assert "was broken off; --resume" not in run("a.md", "--store", "history.sqlite").err


def test_what_would_be_lost_is_written_to_its_end(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("[x](#)\n" * 5)
    encoded = json.encoded

    def slow(value: Struct) -> str:
        if isinstance(value, ReferenceRow) and value.line == 2:
            signal.raise_signal(signal.SIGINT)
        return encoded(value)

    monkeypatch.setattr(json, "encoded", slow)
    told = run("a.md", "--no-store", "--format", "json")

    assert told.code == 130
    assert len(told.report["references"]) == 5
