"""The straight line as its front doors use it: events out, commands in, and a report that can be read again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import pytest

from linkcheck import config, pipeline, registry
from linkcheck.config import Config
from linkcheck.detect.api import Detector
from linkcheck.errors import ConfigError
from linkcheck.events import Checked, Doubted, Event, Extracted, Finished, Planned, Warned
from linkcheck.model import Finding, Severity, Verdict
from linkcheck.store import Journal, report
from tests.web import Page, StagedWeb, staged


class Ear:
    """Hears the events of a run, and lets a scenario wait for them."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self._news = anyio.Event()

    def __call__(self, event: Event) -> None:
        self.heard.append(event)
        self._news.set()

    def of(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.heard if isinstance(event, kind)]

    async def wait_for(self, kind: type[Event], times: int = 1) -> None:
        while len(self.of(kind)) < times:
            self._news = anyio.Event()
            await self._news.wait()


def settings(web: StagedWeb | None, *sources: str, **more: object) -> Config:
    resolve = [f"a.org:{web.port}:127.0.0.1"] if web else []
    options = {"sources": list(sources), "resolve": resolve, "archive": False, "retries": 0, **more}
    return config.read(options, environ={}).config


Make = Callable[..., pipeline.Job]


@pytest.fixture
def job(tmp_path: Path) -> Iterator[Make]:
    journals: list[Journal] = []

    def make(wanted: Config, ear: Ear | None = None, **more: object) -> pipeline.Job:
        journals.append(Journal(None))
        return pipeline.Job(config=wanted, journal=journals[-1], emit=ear or Ear(), directory=tmp_path, **more)  # type: ignore[arg-type]  # test shorthand

    yield make
    for journal in journals:
        journal.close()


def words(one: pipeline.Job) -> list[str]:
    return [row.verdict.value for row in report(one.journal.database, "last").references()]


def test_events_tell_how_far_the_run_is(tmp_path: Path, job: Make) -> None:
    ear = Ear()
    with staged({"a.org/": Page()}) as web:
        (tmp_path / "x.md").write_text(f"[a]({web.url('a.org/')}) [b]({web.url('a.org/gone')}) [c](y.md) [d](#)")
        outcome = anyio.run(pipeline.run, job(settings(web, "x.md", "none.md"), ear))

    kinds = [Extracted, Warned, Planned, Checked, Checked, Doubted, Checked, Finished]
    assert [type(event) for event in ear.heard] == kinds
    assert ear.of(Planned) == [Planned(documents=1, references=4, links=3, to_fetch=2)]
    (doubted,) = (event for event in ear.heard if isinstance(event, Doubted))
    assert (doubted.on, doubted.url, doubted.doubtful) == ("a.org", web.url("a.org/gone"), 1)
    checked = [event for event in ear.heard if isinstance(event, Checked)]
    assert [(event.done, event.total) for event in checked] == [(1, 3), (2, 3), (3, 3)]
    assert {event.verdict for event in checked} == {Verdict.DEAD, Verdict.ALIVE}
    assert not outcome.report.run.complete
    assert not outcome.is_interrupted


def test_a_run_that_lingers_looks_again_when_it_is_asked(tmp_path: Path, job: Make) -> None:
    ear = Ear()
    pages = {"a.org/": Page(404)}

    async def scenario(one: pipeline.Job) -> list[list[str]]:
        async with anyio.create_task_group() as group:
            group.start_soon(pipeline.run, one)
            await ear.wait_for(Finished)
            first = words(one)
            pages["a.org/"] = Page()
            one.commands.recheck(web.url("a.org/"))
            await ear.wait_for(Finished, 2)
            second = words(one)
            one.commands.end()
        return [first, second]

    with staged(pages) as web:
        (tmp_path / "x.md").write_text(f"[a]({web.url('a.org/')}) [b]({web.url('a.org/')}#nope) [c](#)")
        one = job(settings(web, "x.md"), ear, does_linger=True)
        seen = anyio.run(scenario, one)

    assert seen == [["dead", "dead", "placeholder"], ["alive", "alive", "placeholder"]]
    final = report(one.journal.database, "last")
    assert final.run.complete
    assert final.summary.references == 3
    assert final.summary.link_verdicts == {"alive": 1}
    assert final.summary.findings == {"error": 1, "warning": 1}


def test_a_paused_run_asks_nothing_and_goes_on_when_told(tmp_path: Path, job: Make) -> None:
    ear = Ear()

    async def scenario(one: pipeline.Job) -> None:
        one.commands.pause()
        async with anyio.create_task_group() as group:
            group.start_soon(pipeline.run, one)
            await ear.wait_for(Planned)
            await anyio.wait_all_tasks_blocked()
            assert web.asked == []
            assert one.commands.is_paused
            one.commands.resume()

    with staged({"a.org/": Page()}) as web:
        (tmp_path / "x.md").write_text(f"[a]({web.url('a.org/')})")
        one = job(settings(web, "x.md"), ear)
        anyio.run(scenario, one)

    assert words(one) == ["alive"]


def test_a_paused_run_can_be_ended(tmp_path: Path, job: Make) -> None:
    async def scenario(one: pipeline.Job) -> pipeline.Outcome:
        async def end() -> None:
            await anyio.wait_all_tasks_blocked()
            one.commands.end()

        one.commands.pause()
        async with pipeline.beside(end):
            return await pipeline.run(one)

    with staged({"a.org/": Page()}) as web:
        (tmp_path / "x.md").write_text(f"[a]({web.url('a.org/')})")
        outcome = anyio.run(scenario, job(settings(web, "x.md")))

    assert outcome.is_interrupted
    assert [row.verdict for row in outcome.report.references()] == [Verdict.SKIPPED]


@pytest.mark.parametrize(
    ("archives", "words"),
    [
        ({"wayforward": {}}, "there is no archive `wayforward`"),
        ({"wayback": {"cdz": "https://x.org"}}, "no endpoint `cdz`; did you mean `cdx`"),
    ],
)
def test_archives_that_are_not_there_are_an_error_before_anything_is_asked(
    tmp_path: Path, job: Make, archives: dict[str, dict[str, str]], words: str
) -> None:
    (tmp_path / "x.md").write_text("[a](https://a.org/)")
    wanted = settings(None, "x.md", archives=archives, archive=True)

    with pytest.raises(ConfigError, match=words):
        anyio.run(pipeline.run, job(wanted))


def test_links_of_two_folders_are_told_apart(tmp_path: Path, job: Make) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text("[b](b.md)")
    (tmp_path / "two" / "b.md").write_text("here")

    outcome = anyio.run(pipeline.run, job(settings(None, "one", "two/a.md", offline=True)))

    assert [row.verdict for row in outcome.report.references()] == [Verdict.DEAD, Verdict.ALIVE]


def test_links_of_a_published_folder_stand_where_their_document_is_published(tmp_path: Path, job: Make) -> None:
    pages = {"a.org/docs/sub/c.md": Page(), "a.org/docs/d.md": Page(), "a.org/x": Page()}
    (tmp_path / "docs" / "sub").mkdir(parents=True)
    (tmp_path / "docs" / "sub" / "b.md").write_text("[c](c.md) [d](../d.md) [x](/x)")
    (tmp_path / "docs" / "d.md").write_text("[b](sub/c.md)")

    with staged(pages) as web:
        wanted = settings(web, "docs", **{"base-url": web.url("a.org/docs/")})
        outcome = anyio.run(pipeline.run, job(wanted))

    assert [row.verdict for row in outcome.report.references()] == [Verdict.ALIVE] * 4


def test_a_plugin_that_fails_is_named_and_the_run_goes_on(
    tmp_path: Path, job: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Iterator[Finding]:
        raise KeyError("oh")

    theirs = [
        Detector(rule=name, severity=Severity.NOTE, about="Fails.", **{name: broken}) for name in ("detect", "mention")
    ]
    load_all = registry.load_all
    monkeypatch.setattr(
        registry, "load_all", lambda family: [(d.rule, d) for d in theirs] if family == "detect" else load_all(family)
    )
    ear = Ear()
    (tmp_path / "x.md").write_text("[a](x.md) [b](#) [c](x.md)")

    outcome = anyio.run(pipeline.run, job(settings(None, "x.md", offline=True), ear))

    assert [row.verdict.value for row in outcome.report.references()] == ["alive", "placeholder", "alive"]
    assert outcome.report.run.notes == (
        "the plug-in detect failed and was passed over: KeyError: 'oh'",
        "the plug-in mention failed and was passed over: KeyError: 'oh'",
    )
    assert len(ear.of(Warned)) == 2


def test_what_is_wrongly_asked_for_leaves_no_run_behind(tmp_path: Path, job: Make) -> None:
    (tmp_path / "x.md").write_text("[a](#)")
    one = job(settings(None, "x.md", role=["friend"]))

    with pytest.raises(ConfigError, match="friend"):
        anyio.run(pipeline.run, one)
    assert one.journal.run == ""


def test_offline_a_lost_target_whose_original_is_known_is_to_be_checked_again_with_network(
    tmp_path: Path, job: Make
) -> None:
    (tmp_path / "a.md").write_text("# Storm\n\n[lost](#)\n\nOriginal url: <https://paper.example/storm>\n")
    (tmp_path / "b.md").write_text("# Storm\n\n[lost](#)\n")

    outcome = anyio.run(pipeline.run, job(settings(None, "a.md", "b.md", offline=True)))

    steps = {row.document: row.findings[0].next for row in outcome.report.references() if row.raw == "#"}
    assert steps["a.md"] == "Check again without --offline: then the original is read for what the link led to."
    assert steps["b.md"].startswith("Find what the link pointed to")
