"""A person who has had enough waits for nothing that can be left: what is known is reported, the rest named."""

import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from io import StringIO
from itertools import count
from pathlib import Path

import anyio
import pytest

from linkcheck import config, pipeline, uri
from linkcheck.cli.interrupts import Interrupts
from linkcheck.events import Checked, Event, Extracted, Judging, Planned
from linkcheck.model import Verdict
from linkcheck.pipeline import Commands, Outcome, hurrying, reading
from linkcheck.pipeline.commands import CutShort
from linkcheck.registry import load
from linkcheck.render.api import Style
from linkcheck.store import Database, Journal, report

OPENED: list[Journal] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Close the histories that reports are read from."""
    yield
    while OPENED:
        OPENED.pop().close()


def run(folder: Path, commands: Commands, emit: Callable[[Event], None] = lambda _: None, **more: object) -> Outcome:
    options = {"sources": ["a.md"], "archive": False, "concurrency": 1, **more}
    settings = config.read(options, environ={}, directory=folder).config
    OPENED.append(Journal(folder / "history.sqlite"))
    job = pipeline.Job(config=settings, journal=OPENED[-1], commands=commands, emit=emit, directory=folder)
    return anyio.run(pipeline.run, job)


def article(folder: Path, links: int, more: str = "") -> None:
    cited = "".join(f"- [{number}](http://host-{number}.invalid/)\n" for number in range(links))
    (folder / "a.md").write_text(f"[lost](#) {more}\n\n{cited}")


def test_a_document_is_not_read_to_its_end_for_somebody_who_has_had_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article(tmp_path, 3)
    commands = Commands()
    read_on = []

    def understood(*_: object) -> object:
        signal.raise_signal(signal.SIGINT)
        read_on.append(True)
        raise AssertionError

    monkeypatch.setattr(reading, "understood", understood)
    with Interrupts(commands).heard():
        outcome = run(tmp_path, commands)

    assert outcome.is_interrupted
    assert read_on == []
    assert "a.md: was not read, since the run was interrupted meanwhile" in outcome.report.run.notes
    assert outcome.report.summary.documents == 0


def test_a_document_that_is_being_written_down_is_left_out_and_a_resumed_run_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article(tmp_path, 3)
    commands = Commands()
    host_of = uri.host_of

    def slow(url: str) -> str:
        if not commands.is_heard:
            signal.raise_signal(signal.SIGINT)
        return host_of(url)

    with Interrupts(commands).heard(), monkeypatch.context() as patched:
        patched.setattr("linkcheck.store.documents.uri.host_of", slow)
        outcome = run(tmp_path, commands)

    assert outcome.is_interrupted
    assert outcome.report.summary.documents == outcome.report.summary.references == 0
    assert run(tmp_path, Commands(), resume=True).report.summary.references == 4


def test_originals_of_copies_are_not_looked_for_by_who_has_had_enough(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[copy](https://web.archive.org/web/2017/http://host.invalid/)")
    commands = Commands()

    def emit(event: Event) -> None:
        if isinstance(event, Extracted):
            commands.end()

    assert [row.url for row in run(tmp_path, commands, emit).report.links()] == [
        "https://web.archive.org/web/2017/http://host.invalid/"
    ]


def test_only_what_may_be_cut_is_cut() -> None:
    commands = Commands()
    commands.cut()
    with pytest.raises(CutShort), commands.cuttable():
        commands.cut()
    commands.cut()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such timer on Windows")
def test_a_time_ends_what_holds_the_loop_and_leaves_no_timer() -> None:
    commands = Commands()
    with pytest.raises(CutShort), commands.cuttable(within=0.01):
        any(number < 0 for number in count())  # which never ends
    assert not commands.is_heard
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such timer on Windows")
def test_a_timer_of_somebody_else_is_left_alone() -> None:
    before = signal.signal(signal.SIGALRM, lambda *_: None)
    try:
        with Commands().cuttable(within=0.001):
            assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    finally:
        signal.signal(signal.SIGALRM, before)


def until(kind: type[Event], *, times: int = 1) -> Callable[[Event], None]:
    """Interrupt the process for good when so many events of a kind have come."""
    seen = []

    def emit(event: Event) -> None:
        if isinstance(event, kind):
            seen.append(event)
            if len(seen) == times:
                signal.raise_signal(signal.SIGINT)

    return emit


@pytest.mark.parametrize("many", [5, 10_000])
def test_what_was_not_asked_is_told_the_same_one_by_one_and_all_at_once(
    many: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hurrying, "AT_ONCE", many)
    article(tmp_path, 20)
    commands = Commands()
    with Interrupts(commands).heard():
        part = run(tmp_path, commands, until(Planned)).report
    report = part.whole()

    assert [row.verdict for row in report.references()] == [Verdict.PLACEHOLDER] + [Verdict.SKIPPED] * 20
    assert {row.reason.text for row in report.links()} == {"not asked: the run ended before its turn"}
    assert len({row.fingerprint for row in report.references()}) == 21
    assert report.summary.reference_verdicts == {"placeholder": 1, "skipped": 20}
    assert report.summary.link_verdicts == {"skipped": 20}
    assert (report.summary.links, report.summary.references, report.summary.undecided) == (20, 21, 20)
    assert len(list(part.references())) == 21 - part.summary.not_reached == (1 if many == 5 else 21)


def test_what_was_asked_is_judged_and_what_was_known_before_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hurrying, "AT_ONCE", 10)
    article(tmp_path, 2)
    run(tmp_path, Commands())
    article(tmp_path, 20)
    commands = Commands()
    with Interrupts(commands).heard():
        report = run(tmp_path, commands, until(Planned), fresh=True).report

    texts = [row.reason.text for row in report.whole().links()]
    assert all("when last checked" in text for text in texts[:2]), texts
    assert set(texts[2:]) == {"not asked: the run ended before its turn"}
    assert len(list(report.links())) == 2


def test_what_looked_bad_is_judged_before_all_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hurrying, "AT_ONCE", 3)
    for number in range(20):
        (tmp_path / f"{number}.txt").touch()
    here = "".join(f"[{number}]({number}.txt) " for number in range(20))
    (tmp_path / "a.md").write_text(f"{here} [gone](gone.txt)")
    commands = Commands()
    with Interrupts(commands).heard():
        report = run(tmp_path, commands, until(Checked, times=21)).report

    assert [row.raw for row in report.references()] == ["0.txt", "1.txt", "gone.txt"]
    others = [row for row in report.whole().links() if row.verdict is Verdict.SKIPPED]
    assert {row.reason.text for row in others} == {"asked, but not judged: the run was interrupted before"}
    assert all(row.check for row in others)
    assert report.summary.reference_verdicts == {"alive": 2, "dead": 1, "skipped": 18}
    assert report.summary.not_reached == 18
    assert report.only("a.md").summary.reference_verdicts == report.summary.reference_verdicts
    assert (
        "18 of 21 references are not judged, and listed by json, jsonl and csv alone; `--resume` goes on with it"
        in report.run.notes[0]
    )
    out = StringIO()
    load("render", "text").render(report, out, Style())
    assert "18 could not be checked (not asked, or not judged)" in " ".join(out.getvalue().split())


def test_what_was_heard_by_then_is_in_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hurrying, "AT_ONCE", 200)
    article(tmp_path, 300, "[gone](http://gone.invalid/)")
    commands = Commands()
    heard = []

    def emit(event: Event) -> None:
        if isinstance(event, Checked):
            heard.append(event.url)
            commands.end()

    report = run(tmp_path, commands, emit, **{"no-store": True}).report.whole()
    verdicts = {row.url: row.verdict for row in report.links()}

    assert heard
    assert all(verdicts[url] is not Verdict.SKIPPED for url in heard)
    assert len(verdicts) == 301


@pytest.mark.parametrize("what", ["links", "references"])
def test_judging_ends_at_once_and_all_is_counted(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hurrying, "AT_ONCE", 6)
    monkeypatch.setattr("linkcheck.pipeline.concluding._BATCH", 5)
    article(tmp_path, 30)
    commands = Commands()

    def emit(event: Event) -> None:
        if isinstance(event, Judging) and event.what == what and not commands.is_heard:
            signal.raise_signal(signal.SIGINT)

    with Interrupts(commands).heard():
        report = run(tmp_path, commands, emit).report
    listed = list(report.references())

    assert 5 <= len(listed) < 31
    assert report.summary.not_reached == 31 - len(listed)
    assert sum(report.summary.reference_verdicts.values()) == report.summary.references == 31
    assert sum(report.summary.link_verdicts.values()) == report.summary.links == 30
    whole = Counter(row.verdict.value for row in report.whole().references())
    assert whole == report.summary.reference_verdicts
    assert Counter(row.verdict.value for row in report.whole().links()) == report.summary.link_verdicts


@pytest.mark.parametrize("kind", [Extracted, Planned, Checked, Judging])
def test_a_resumed_run_asks_the_rest_and_no_more(
    kind: type[Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hurrying, "AT_ONCE", 6)
    monkeypatch.setattr("linkcheck.pipeline.concluding._BATCH", 5)
    article(tmp_path, 30)
    (tmp_path / "b.md").write_text("[more](http://more.invalid/)")
    commands = Commands()
    checked = []
    interrupt = until(kind)

    def emit(event: Event) -> None:
        if isinstance(event, Checked):
            checked.append(event.url)
        if not commands.is_heard:
            interrupt(event)

    with Interrupts(commands).heard():
        first = run(tmp_path, commands, emit, sources=["a.md", "b.md"]).report
    second = run(tmp_path, Commands(), emit, sources=["a.md", "b.md"], resume=True)

    assert second.report.run.id == first.run.id
    assert second.report.run.interrupted is None
    assert second.report.summary.documents == 2
    assert second.report.summary.not_reached == 0
    assert {row.reason.text for row in second.report.links()}.isdisjoint(
        {"not asked: the run ended before its turn", "asked, but not judged: the run was interrupted before"}
    )
    assert sorted(checked) == sorted(row.url for row in second.report.links())
    assert len(checked) == 31


def test_what_an_interrupted_run_has_said_stays_said_when_its_sources_have_changed(tmp_path: Path) -> None:
    article(tmp_path, 3)
    commands = Commands()
    with Interrupts(commands).heard():
        first = run(tmp_path, commands, until(Checked)).report
    said = [list(first.references()), list(first.links())]
    article(tmp_path, 4)

    second = run(tmp_path, Commands(), resume=True).report

    assert second.run.id != first.run.id
    assert second.summary.links == 4
    with closing(Database(tmp_path / "history.sqlite")) as database:
        kept = report(database, first.run.id)
        assert kept.run == first.run
        assert [list(kept.references()), list(kept.links())] == said


def test_wishes_of_which_it_cannot_be_told_are_not_called_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hurrying, "AT_ONCE", 2)
    article(tmp_path, 5, "<!-- linkcheck: ignore dead - we know -->")
    commands = Commands()
    with Interrupts(commands).heard():
        report = run(tmp_path, commands, until(Planned)).report

    assert [finding.rule for row in report.documents() for finding in row.findings] == []


def test_the_person_hears_at_once_that_it_was_heard(capfd: pytest.CaptureFixture[str]) -> None:
    with Interrupts(Commands(), tells=True).heard():
        signal.raise_signal(signal.SIGINT)
        said = capfd.readouterr().err

    assert "stopping; a report of what is known follows. Ctrl-C again ends it now" in said
