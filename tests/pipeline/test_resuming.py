"""A run that was broken off is gone on with, where that is wanted and its sources are the same."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import anyio
import pytest

from linkcheck import config, pipeline
from linkcheck.events import Event, Warned
from linkcheck.model import Check, FailureKind, Hop, Trouble
from linkcheck.pipeline import asking
from linkcheck.pipeline.resuming import sent
from linkcheck.store import Journal, StoredReport
from tests.web import Page, StagedWeb, staged


class Crash(BaseException):
    """Ends a run as a kill would: nothing is concluded."""


class Scene:
    """A document, a web, and one history over several runs."""

    def __init__(self, folder: Path, web: StagedWeb) -> None:
        self.folder, self.web = folder, web
        self.warned: list[str] = []

    def hear(self, event: Event) -> None:
        if isinstance(event, Warned):
            self.warned.append(event.message)

    def run(self, **options: object) -> StoredReport:
        self.warned.clear()
        self.web.asked.clear()
        settings = {
            "sources": ["x.md", "y.md"],
            "resolve": [f"{host}:{self.web.port}:127.0.0.1" for host in ("a.org", "b.org")],
            "archive": False,
            "retries": 0,
            "concurrency": 1,
            **options,
        }
        with closing(Journal(self.folder / "history.sqlite")) as journal:
            wanted = config.read(settings, environ={}, directory=self.folder).config
            job = pipeline.Job(config=wanted, journal=journal, directory=self.folder, emit=self.hear)
            report = anyio.run(pipeline.run, job).report
            self.verdicts = [row.verdict.value for row in report.references()]
            self.documents = [row.path for row in report.documents()]
            return report


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    pages = {"a.org/1": Page(), "a.org/2": Page(), "b.org/3": Page()}
    with staged(pages) as web:
        urls = [web.url(path) for path in ("a.org/1", "a.org/2", "b.org/3", "b.org/gone")]
        (tmp_path / "x.md").write_text(" ".join(f"[x]({url})" for url in urls[:2]))
        (tmp_path / "y.md").write_text(" ".join(f"[x]({url})" for url in urls[2:]) + " [lost](#) [no](none.md)")
        yield Scene(tmp_path, web)


WHOLE = ["alive", "alive", "alive", "dead", "placeholder", "dead"]


@pytest.fixture
def crash(monkeypatch: pytest.MonkeyPatch) -> Callable[[object, str, int], None]:
    def crash(owner: object, name: str, after: int) -> None:
        """Let a run break off when something is called for the so-manieth time."""
        whole, calls = getattr(owner, name), 0

        def breaking(*args: object, **kwargs: object) -> object:
            nonlocal calls
            calls += 1
            if calls == after:
                monkeypatch.setattr(owner, name, whole)
                raise Crash
            return whole(*args, **kwargs)

        monkeypatch.setattr(owner, name, breaking)

    return crash


def test_what_was_asked_is_not_asked_again(scene: Scene, crash: Callable[..., None]) -> None:
    crash(asking, "observing", 1)
    with pytest.raises(Crash):
        scene.run()
    assert scene.web.asked == []
    crash(asking.Notebook, "add", 3)
    with pytest.raises(Crash):
        scene.run(resume=True)
    heard = list(scene.web.asked)

    report = scene.run(resume=True)

    assert len(heard) >= 3
    assert sorted({*heard[:2], *scene.web.asked}) == ["a.org/1", "a.org/2", "b.org/3", "b.org/gone"]
    assert not set(heard[:2]) & set(scene.web.asked)
    assert scene.verdicts == WHOLE
    assert report.summary.references == 6
    assert report.summary.documents == 2
    assert report.run.complete


def test_a_run_that_has_not_read_everything_reads_the_rest(scene: Scene, crash: Callable[..., None]) -> None:
    crash(Journal, "add", 2)
    with pytest.raises(Crash):
        scene.run()

    scene.run(resume=True)

    assert scene.verdicts == WHOLE
    assert scene.documents == ["x.md", "y.md"]


def test_a_run_that_had_only_to_be_concluded_asks_nothing(scene: Scene, crash: Callable[..., None]) -> None:
    crash(Journal, "conclude_links", 1)
    with pytest.raises(Crash):
        scene.run()

    scene.run(resume=True)

    assert scene.web.asked == []
    assert scene.verdicts == WHOLE


def test_resuming_is_offered_and_not_forced(scene: Scene, crash: Callable[..., None]) -> None:
    crash(Journal, "conclude_links", 1)
    with pytest.raises(Crash):
        scene.run()

    scene.run()

    assert "was broken off; --resume goes on with it" in scene.warned[0]
    assert len(scene.web.asked) == 5
    scene.run(resume=True)
    assert scene.warned[0] == "no run of these sources was broken off, so this one begins anew"


def test_other_sources_are_another_run(scene: Scene, crash: Callable[..., None]) -> None:
    crash(Journal, "conclude_links", 1)
    with pytest.raises(Crash):
        scene.run()

    scene.run(resume=True, sources=["x.md"])

    assert scene.warned[0] == "no run of these sources was broken off, so this one begins anew"


@pytest.mark.parametrize("change", ["x.md", "y.md"])
def test_sources_that_have_changed_are_read_anew(scene: Scene, crash: Callable[..., None], change: str) -> None:
    crash(Journal, "conclude_links", 1)
    with pytest.raises(Crash):
        scene.run()
    path = scene.folder / change
    path.write_text(path.read_text() + " [more](#)")

    scene.run(resume=True)

    assert scene.warned[0] == "the sources have changed since the run was broken off, so this one begins anew"
    assert scene.verdicts.count("placeholder") == 2


AT = "2026-11-24T12:00:00Z"
HOP = Hop("http://paper.org/", 302)


@pytest.mark.parametrize(
    ("check", "requests"),
    [
        (Check(at=AT, status=200, hops=(HOP, HOP)), 2),
        (Check(at=AT, status=503, hops=(HOP,), attempts=3), 3),
        (Check(at=AT, failure=Trouble(FailureKind.REFUSED, ""), attempts=3), 3),
        (Check(at=AT, failure=Trouble(FailureKind.DNS_NXDOMAIN, "")), 0),
        (Check(at=AT, failure=Trouble(FailureKind.DNS_TEMPORARY, ""), attempts=3), 0),
        (Check(at=AT, failure=Trouble(FailureKind.POLICY, "private address"), hops=(HOP,)), 1),
        (Check(at=AT, failure=Trouble(FailureKind.TIMEOUT_CONNECT, ""), attempts=0, inferred=True), 0),
        (Check(at=AT, status=429, hops=(HOP,), attempts=0, inferred=True), 0),
        (Check(at=AT, exists=False), 0),
    ],
)
def test_only_what_went_over_the_wire_is_counted_as_sent(check: Check, requests: int) -> None:
    assert sent(check) == requests
