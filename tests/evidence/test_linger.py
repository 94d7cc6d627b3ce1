"""A run in which single links were looked at again, as the terminal UI does."""

from io import StringIO
from pathlib import Path

import anyio

from linkcheck import pipeline
from linkcheck.clock import Clock
from linkcheck.config import Config
from linkcheck.events import Event, Finished
from linkcheck.evidence.recorder import WARC, Recorder
from linkcheck.evidence.recording import Recording
from linkcheck.evidence.replayer import Replayer
from linkcheck.render.api import Style
from linkcheck.render.json import render
from linkcheck.store import Journal, StoredReport
from tests.web import Page, staged


def written(report: StoredReport) -> str:
    out = StringIO()
    render(report, out, Style())
    return out.getvalue()


def test_what_was_looked_at_again_is_in_the_replay(tmp_path: Path) -> None:
    commands = pipeline.Commands()
    pages = {"paper.org/a": Page(404, "gone")}
    recorder = Recorder(tmp_path / "evidence", Clock())
    first = Journal(None)
    with staged(pages) as web:
        url = web.url("paper.org/a")
        (tmp_path / "a.md").write_text(f"[a]({url})\n")
        config = Config(
            sources=("a.md",), resolve=(f"paper.org:{web.port}:127.0.0.1",), archive=False, retries=0, no_store=True
        )

        def emit(event: Event) -> None:
            if isinstance(event, Finished):
                if pages["paper.org/a"].status == 404:
                    pages["paper.org/a"] = Page()
                    commands.recheck(url)
                else:
                    commands.end()

        job = pipeline.Job(
            config=config, journal=first, directory=tmp_path, emit=emit, commands=commands, does_linger=True,
            tape=recorder,
        )  # fmt: skip
        then = written(anyio.run(pipeline.run, job).report)
    first.close()
    assert '"verdict":"alive"' in then

    tape = Replayer(Recording(recorder.folder / WARC))
    again = Journal(None)
    job = pipeline.Job(config=tape.recording.config, journal=again, directory=tmp_path, tape=tape)
    assert written(anyio.run(pipeline.run, job).report) == then
    again.close()
