"""`linkcheck tui` as a person has it: in a real terminal, which a test holds the other end of."""

import fcntl
import os
import pty
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import anyio
import pytest
from textual.pilot import Pilot

from linkcheck import config, pipeline
from linkcheck.cli.app import main
from linkcheck.cli.tui import settle_colour
from linkcheck.store import Journal, report
from linkcheck.tui.app import LinkcheckApp
from linkcheck.tui.session import Ending, interact
from tests.web import Page, staged

LEAVES = b"\x1b[?1049l"
"""What gives the terminal back as it was."""


class Terminal:
    """A program in a terminal."""

    def __init__(self, process: subprocess.Popen[bytes], end: int) -> None:
        self.process = process
        self._end = end
        self.seen = b""

    def read_until(self, wanted: bytes) -> None:
        """Read until it has been written; where it never is, the deadline is the failure."""
        deadline = monotonic() + 120
        while wanted not in self.seen:
            assert monotonic() < deadline, self.seen[-2_000:]
            if select.select([self._end], [], [], 1)[0]:
                self.seen += self._read()

    def type(self, keys: bytes) -> None:
        os.write(self._end, keys)

    def exit_code(self) -> int:
        deadline = monotonic() + 120
        while self.process.poll() is None or select.select([self._end], [], [], 0)[0]:
            assert monotonic() < deadline, self.seen[-2_000:]
            if select.select([self._end], [], [], 0.05)[0]:
                more = self._read()
                self.seen += more
                if not more and self.process.poll() is not None:
                    break
        return self.process.returncode

    def _read(self) -> bytes:
        try:
            return os.read(self._end, 1 << 16)
        except OSError:  # the program's end is closed
            return b""


@contextmanager
def terminal(folder: Path, *arguments: str, environ: Mapping[str, str] = {}) -> Iterator[Terminal]:
    """Run linkcheck in a terminal of 100 x 30."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "linkcheck", *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd()), "TERM": "xterm-256color", **environ},
    )
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_a_run_is_watched_left_and_kept(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("# A title\n\n[lost](#) [here](#a-title)\n")
    arguments = ("tui", "x.md", "--offline", "--store", "h.sqlite", "--output", "markdown=r.md")
    with terminal(tmp_path, *arguments) as screen:
        screen.read_until(b"placeholder")
        screen.read_until(b"Do not publish")
        screen.type(b"q")
        code = screen.exit_code()

    assert code == 1
    assert LEAVES in screen.seen
    assert b"the run is through; its result is kept" in screen.seen
    assert b"report: r.md" in screen.seen
    assert b"Traceback" not in screen.seen
    assert "lost" in (tmp_path / "r.md").read_text()


@pytest.mark.parametrize("how", ["key", "signal"])
def test_ctrl_c_before_the_run_is_through_keeps_what_is_known(tmp_path: Path, how: str) -> None:
    with staged({"a.org/": Page()}) as web, socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        (tmp_path / "x.md").write_text(f"[a]({web.url('a.org/')}) [b](#) [c]({url})\n")
        options = (*web.options("a.org"), "--allow-private", "--no-archive")
        with terminal(tmp_path, "tui", "x.md", "--store", "h.sqlite", *options) as screen:
            screen.read_until(b"checked 1 of 2")
            if how == "key":
                screen.type(b"\x03")
            else:
                screen.process.send_signal(signal.SIGINT)
            code = screen.exit_code()

    assert code == 130
    assert LEAVES in screen.seen
    assert b"was ended early; what is known is kept" in screen.seen
    assert b"Traceback" not in screen.seen


def test_a_config_that_cannot_be_used_is_said_on_the_restored_terminal(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("[a](#)\n")
    with terminal(tmp_path, "tui", "x.md", "--no-store", "--role", "nonsense") as screen:
        code = screen.exit_code()

    assert code == 2
    assert b"there is no role" in screen.seen
    assert b"Traceback" not in screen.seen


def test_a_dumb_terminal_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("[a](#)\n")
    with terminal(tmp_path, "tui", "x.md", environ={"TERM": "dumb"}) as screen:
        code = screen.exit_code()

    assert code == 2
    assert b"TERM is dumb" in screen.seen
    assert LEAVES not in screen.seen


def test_without_a_terminal_a_sentence_says_what_does_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.md").write_text("[a](#)\n")

    assert main(["tui", "x.md"]) == 2
    assert main(["tui"]) == 2
    assert main(["tui", "-"]) == 2
    out, err = capsys.readouterr()
    assert "needs a terminal" in err
    assert "linkcheck check" in err
    assert "keyboard" in err
    assert out == ""
    assert not (tmp_path / ".linkcheck").exists()


@pytest.mark.parametrize(
    ("color", "before", "after"),
    [
        ("auto", {}, {}),
        ("auto", {"NO_COLOR": ""}, {}),
        ("auto", {"NO_COLOR": "1"}, {"NO_COLOR": "1"}),
        ("never", {}, {"NO_COLOR": "1"}),
        ("always", {"NO_COLOR": "1"}, {}),
    ],
)
def test_an_empty_no_color_means_nothing(color: str, before: dict[str, str], after: dict[str, str]) -> None:
    settle_colour(color, before)

    assert before == after


def played(
    monkeypatch: pytest.MonkeyPatch, job: pipeline.Job, *, until: bytes = b"", press: tuple[str, ...] = ("q",)
) -> Ending:
    """Play a session without a terminal."""
    run_async = LinkcheckApp.run_async

    async def pilot(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, LinkcheckApp)
        while app.is_running and until.decode() not in repr(app._board.__dict__.get("error") or app._board.stage):
            await pilot.pause(0.01)
        await pilot.press(*press)

    async def headless(app: LinkcheckApp) -> None:
        await run_async(app, headless=True, size=(80, 24), auto_pilot=pilot)

    monkeypatch.setattr(LinkcheckApp, "run_async", headless)
    return anyio.run(interact, job)


def test_an_error_of_the_engine_half_way_is_in_the_ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.md").write_text("[a](#) [b](y.md)\n")
    journal = Journal(None)

    def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(journal, "observe", fail)
    settings = config.read({"sources": ["x.md"], "offline": True}, environ={}).config
    ending = played(
        monkeypatch,
        pipeline.Job(config=settings, journal=journal, directory=tmp_path),
        until=b"disk is full",
        press=("j", "enter", "escape", "q"),
    )
    journal.close()

    assert ending.outcome is None
    assert "the disk is full" in ending.error


def test_a_session_that_is_left_gives_the_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.md").write_text("[a](#)\n")
    journal = Journal(None)
    settings = config.read({"sources": ["x.md"], "offline": True}, environ={}).config
    job = pipeline.Job(config=settings, journal=journal, directory=tmp_path)
    ending = played(monkeypatch, job, until=b"THROUGH")

    assert ending.outcome is not None
    assert not ending.outcome.is_interrupted
    assert [row.verdict.value for row in report(journal.database, "last").references()] == ["placeholder"]
    journal.close()


def test_the_demo_can_be_watched(tmp_path: Path) -> None:
    with terminal(tmp_path, "demo", "--tui") as screen:
        screen.read_until(b"Keeper's Logbook")
        screen.read_until(b"Do not republish yet")
        screen.type(b"q")
        code = screen.exit_code()

    assert code == 0
    assert LEAVES in screen.seen
    assert b"Traceback" not in screen.seen
