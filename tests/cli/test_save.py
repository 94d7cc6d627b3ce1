"""`linkcheck save` as a user meets it, with an archive and a Save Page Now on loopback."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.archive_server import Archive, Capture
from tests.archive_server import serving as archive
from tests.cli.conftest import Run
from tests.spn_server import Spn, saving
from tests.web import Page, StagedWeb, staged

WORDS = "<title>A page</title><h1>A page</h1><p>Some words that are plainly here, and some more of them."


class World(NamedTuple):
    web: StagedWeb
    wayback: Archive
    spn: Spn
    options: list[str]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    pages = {"a.org/fresh": Page(body=WORDS), "a.org/old": Page(body=WORDS), "a.org/new": Page(body=WORDS)}
    with staged(pages) as web, archive([]) as wayback, saving() as spn:
        ago = [(datetime.now(UTC) - timedelta(days=days)).strftime("%Y%m%d%H%M%S") for days in (3, 400)]
        wayback.captures += [
            Capture(ago[0], web.url("a.org/fresh"), body=WORDS.encode()),
            Capture("20190302000000", web.url("a.org/old"), body=WORDS.encode()),
        ]
        links = " ".join(f"[{name}]({web.url(f'a.org/{name}')})" for name in ("fresh", "old", "new", "gone"))
        (tmp_path / "a.md").write_text(f"{links} [mail](mailto:a@a.org) [lost](#)\n")
        endpoints = wayback.endpoints | {"save": spn.base, "save-status": f"{spn.base}/status"}
        table = "".join(f'{name} = "{url}"\n' for name, url in endpoints.items())
        (tmp_path / "staged.toml").write_text(f"[linkcheck.archives.wayback]\n{table}")
        for name in ("ACCESS", "SECRET"):
            monkeypatch.delenv(f"LINKCHECK_SECRET_IA_{name}", raising=False)
        options = ["--config", "staged.toml", "--no-store", *web.options("a.org")]
        yield World(web, wayback, spn, options)


def test_without_yes_the_plan_is_printed_and_nothing_is_saved(world: World, run: Run) -> None:
    result = run("save", "a.md", *world.options)

    assert result.code == 0
    assert result.out.splitlines() == [
        "Of 3 links that are alive 2 have no good capture of the last 90 days:",
        f"  {world.web.url('a.org/old')}  (last captured on 2019-03-02)",
        f"  {world.web.url('a.org/new')}  (no capture)",
        "Nothing was saved. The same with --yes asks the Wayback Machine to save them.",
    ]
    assert world.spn.submitted == []


def test_what_could_not_be_judged_is_said_and_makes_the_plan_incomplete(world: World, run: Run) -> None:
    result = run("save", "a.md", "nothere.md", *world.options)

    assert result.code == 3
    assert "nothere.md: there is no such file or folder" in result.err
    assert "Of 3 links that are alive 2 have no good capture" in result.out


def test_where_nothing_can_be_read_there_is_no_plan(world: World, run: Run) -> None:
    result = run("save", "nothere.md", *world.options)

    assert (result.code, result.out) == (2, "")


def test_without_keys_nothing_is_asked_at_all(world: World, run: Run) -> None:
    result = run("save", "a.md", "--yes", *world.options)

    assert result.code == 2
    assert "LINKCHECK_SECRET_IA_ACCESS" in result.err
    assert (world.web.asked, world.wayback.asked) == ([], [])


@pytest.fixture
def keys(world: World, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - after the world, which has none
    monkeypatch.setenv("LINKCHECK_SECRET_IA_ACCESS", "someone")
    monkeypatch.setenv("LINKCHECK_SECRET_IA_SECRET", "s3cret")


@pytest.mark.usefixtures("keys")
def test_with_yes_each_is_saved_and_its_memento_named(world: World, run: Run) -> None:
    world.spn.pending = 0
    (new, old) = (world.web.url(f"a.org/{name}") for name in ("new", "old"))
    world.spn.refusals[new] = {
        "status": "error",
        "status_ext": "error:too-many-daily-captures",
        "message": "This URL has been already captured 5 times today.",
    }
    result = run("save", "a.md", "--yes", *world.options)

    assert [form["url"] for form in world.spn.submitted] == [old, new]
    assert world.spn.keys == {"LOW someone:s3cret"}
    assert f"saved      {old}\n           {world.wayback.base}/web/20261124120000/{old}\n" in result.out
    assert f"not saved  {new}\n           This URL has been already captured 5 times today." in result.out
    assert result.out.endswith("1 of 2 saved.\n")
    assert result.code == 3
    assert "s3cret" not in result.out + result.err


@pytest.mark.usefixtures("keys")
def test_an_archive_that_had_enough_is_asked_for_nothing_more(world: World, run: Run) -> None:
    world.spn.refusals[world.web.url("a.org/old")] = {"status_code": 429}
    result = run("save", "a.md", "--yes", *world.options, "--retries", "0")

    assert len(world.spn.submitted) == 1
    assert "not asked: the archive asked us to wait (429)" in result.out
    assert result.code == 3


@pytest.mark.usefixtures("keys")
def test_keys_are_sent_to_nobody_who_could_be_overheard(world: World, run: Run, tmp_path: Path) -> None:
    config = tmp_path / "staged.toml"
    config.write_text(config.read_text().replace(world.spn.base, "http://archive.test/save"))
    result = run("save", "a.md", "--yes", *world.options)

    assert result.code == 2
    assert "must be https" in result.err
    assert world.web.asked == []
    assert world.spn.submitted == []
