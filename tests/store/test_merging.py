"""Two histories become one that knows what both know, whichever is named first."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.errors import StoreError
from linkcheck.judge import LinkOpinion, ReferenceOpinion
from linkcheck.model import (
    ArchiveAnswer,
    Check,
    DocumentRow,
    Judgement,
    Lookup,
    Mark,
    Reason,
    ReasonCode,
    Reference,
    RunInfo,
    Sighting,
    Span,
    Summary,
    Verdict,
)
from linkcheck.plan import Plan
from linkcheck.standing import Rule, remember, standing_of
from linkcheck.store import Database, Journal, Planned, Seen, report
from linkcheck.store.lookback import checks_of, past_runs
from linkcheck.store.merging import merge

SAID = {
    200: Judgement(Verdict.ALIVE, Reason(ReasonCode.ANSWERED, "200 OK")),
    503: Judgement(Verdict.UNREACHABLE, Reason(ReasonCode.SERVER_ERROR, "503")),
    404: Judgement(Verdict.DEAD, Reason(ReasonCode.HTTP_NOT_FOUND, "404 Not Found")),
}


def run(path: Path, day: int, links: dict[str, int], *, name: str = "", is_done: bool = True) -> None:
    """Write a run of that day: what each link answered; 0 for one that is carried forward where that can be."""
    at = f"2026-03-{day:02d}T12:00:00Z"
    with closing(Journal(path)) as journal:
        info = journal.begin(RunInfo(id=f"202603{day:02d}{name}", started=at), task="t", manner="m")
        planned = [
            Planned(Reference(raw=url, span=Span(0, 1, 1, 1), element="link"), Plan(url=url, link=url)) for url in links
        ]
        journal.add(DocumentRow(path="a.md", media_type="text/markdown"), planned, digest="d")
        journal.close_plan()
        carried = [
            known for link in journal.web_links() if not links[link.url] and (known := journal.memory.remembered(link))
        ]
        journal.carry(carried)
        for link in journal.web_links():
            status = links[link.url] or 200
            if status == 404:
                journal.observe([Seen(link.id, Check(at=at, status=status), is_final=False)])
            journal.observe([Seen(link.id, Check(at=at, status=status))])
            journal.look_up(link.id, "", Lookup(archive="wayback", answer=ArchiveAnswer.NONE, at=at))
        if not is_done:
            return
        opinions = []
        for asked in journal.asked():
            assert asked.check
            judgement, record = SAID[asked.check.status or 0], journal.memory.record(asked.link.id)
            if not asked.is_carried:
                record = remember(record, Sighting(at=at, verdict=judgement.verdict, code=judgement.reason.code))
            assert record
            opinion = LinkOpinion(judgement=judgement, record=record, standing=standing_of(record))
            opinions.append((asked.link.id, opinion))
        journal.conclude_links(opinions)
        journal.conclude_references(
            (met, ReferenceOpinion(judgement=SAID[200], fingerprint=f"{met.seq}")) for met in journal.references()
        )
        journal.finish(info, Summary(documents=1, links=len(links)))


def told(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give everything that a history holds."""
    with closing(sqlite3.connect(path)) as sql:
        tables = [name for (name,) in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        told = set(tables) - {"identity"}  # each file has its own
        return {name: sorted(sql.execute(f"SELECT * FROM {name}"), key=repr) for name in told}


def merged(folder: Path, *sources: Path, rule: Rule = Rule()) -> Path:  # noqa: B008 - a frozen value
    out = folder / f"{'-'.join(source.stem for source in sources)}-{rule.strikes}.merged.sqlite"
    merge(sources, out, rule)
    return out


def standings(path: Path, url: str) -> list[str]:
    with closing(Database(path)) as database:
        return [str(one.standing) for one in checks_of(database, url)]


def test_a_merged_history_knows_what_both_know(tmp_path: Path) -> None:
    a, b = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    run(a, 1, {"https://z.org/": 404, "https://b.org/": 200})
    run(b, 2, {"https://a.org/": 200, "https://z.org/": 404})
    run(a, 3, {"https://z.org/": 404, "https://b.org/": 0})
    with closing(Journal(b)) as journal:
        journal.memory.say("https://a.org/", Mark(at="2026-03-02T13:00:00Z", verdict=Verdict.DEAD))

    out = merged(tmp_path, a, b)

    with closing(Database(out)) as database:
        assert [one.info.id for one in past_runs(database)] == ["20260303", "20260302", "20260301"]
        assert [one.at[:10] for one in checks_of(database, "https://b.org/")] == ["2026-03-01"]
        shown = {row.url: row.check for row in report(database, "20260303").links()}
    carried = shown["https://b.org/"]
    assert carried
    assert carried.at == "2026-03-01T12:00:00Z"
    assert standings(out, "https://z.org/") == ["new", "persisting 2/3", "confirmed"]
    assert standings(a, "https://z.org/") == ["new", "persisting 2/3"]
    assert len(told(out)["mark"]) == 1
    assert len(told(out)["lookup"]) == 5


@pytest.mark.parametrize(("rule", "last"), [(Rule(strikes=5), "persisting 4/5"), (Rule(strikes=2), "confirmed")])
def test_what_both_have_checked_is_counted_by_the_rule_that_is_given(tmp_path: Path, rule: Rule, last: str) -> None:
    a, b = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    for day, path in enumerate((a, b, a, b)):
        run(path, 1 + 4 * day, {"https://z.org/": 503}, name=path.stem)

    ab, ba = (merged(tmp_path, *sources, rule=rule) for sources in ((a, b), (b, a)))

    assert standings(ab, "https://z.org/")[-1] == last
    assert told(ab) == told(ba)


LINKS = st.dictionaries(
    st.sampled_from([f"https://{name}.org/" for name in "abcd"]), st.sampled_from([0, 200, 404]), min_size=1
)
RUNS = st.dictionaries(st.integers(1, 9), st.tuples(LINKS, st.booleans()), max_size=4)


@settings(max_examples=25)
@given(RUNS, RUNS, RUNS)
def test_the_order_does_not_matter(
    shared: dict[int, tuple[dict[str, int], bool]],
    one: dict[int, tuple[dict[str, int], bool]],
    other: dict[int, tuple[dict[str, int], bool]],
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        a, b = folder / "a.sqlite", folder / "b.sqlite"
        Journal(a).close()
        write(a, shared)
        copy(a, b)
        write(a, one, name="-a", later=10)
        write(b, other, name="-b", later=10)
        before = told(a), told(b)

        ab, ba = merged(folder, a, b), merged(folder, b, a)

        assert told(ab) == told(ba)
        assert (told(a), told(b)) == before
        runs = {row[0] for row in before[0]["run"]} | {row[0] for row in before[1]["run"]}
        assert {row[0] for row in told(ab)["run"]} == runs
        assert len(told(ab)["observation"]) == sum(len(told(path)["observation"]) for path in (a, b)) - looks_of(
            a, shared
        )
        again = merged(folder, ab, ab)
        assert told(again) == told(ab)


def write(path: Path, runs: dict[int, tuple[dict[str, int], bool]], *, name: str = "", later: int = 0) -> None:
    for day, (links, is_done) in sorted(runs.items()):
        run(path, day + later, links, name=name, is_done=is_done)


def looks_of(path: Path, runs: dict[int, tuple[dict[str, int], bool]]) -> int:
    names = [f"202603{day:02d}" for day in runs]
    with closing(sqlite3.connect(path)) as sql:
        marks = ", ".join("?" * len(names))
        (count,) = sql.execute(f"SELECT count(*) FROM observation WHERE run IN ({marks})", names).fetchone()
    return int(count)


def test_a_run_that_both_have_is_taken_from_the_one_that_knows_more(tmp_path: Path) -> None:
    a, b = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    run(a, 1, {"https://a.org/": 200, "https://b.org/": 404}, is_done=False)
    run(b, 1, {"https://a.org/": 200, "https://b.org/": 404})

    for sources in ((a, b), (b, a)):
        out = merged(tmp_path, *sources)
        assert len(told(out)["conclusion"]) == 1
        assert len(told(out)["observation"]) == 3


def test_what_a_later_run_has_repeated_is_kept_where_the_other_side_knows_better(tmp_path: Path) -> None:
    """One side has repeated what a run had said when it was broken off; the other has gone on with that run."""
    a, b, url = tmp_path / "a.sqlite", tmp_path / "b.sqlite", "https://a.org/"
    run(a, 1, {url: 503})
    copy(a, b)
    run(b, 2, {url: 0})
    with closing(Database(a)) as one, closing(Database(b)) as other:
        assert other.all("SELECT as_of FROM link_word WHERE run = '20260302'") == [("20260301",)]
        expected = other.all("SELECT value FROM judged_link WHERE run = '20260302'")
        with one.writing() as sql:
            sql.execute("INSERT INTO observation SELECT NULL, run, link, is_final, value, findings FROM observation")
            sql.execute("UPDATE link_word SET value = CAST(replace(CAST(value AS TEXT), '503', '502') AS BLOB)")

    for sources in ((a, b), (b, a)):
        with closing(Database(merged(tmp_path, *sources))) as database:
            ((first,),) = database.all("SELECT CAST(value AS TEXT) FROM judged_link WHERE run = '20260301'")
            assert '"502"' in first
            assert database.all("SELECT value FROM judged_link WHERE run = '20260302'") == expected


def refused(sources: Sequence[Path], out: Path) -> str:
    with pytest.raises(StoreError) as caught:
        merge(sources, out)
    return str(caught.value)


def test_what_cannot_be_merged_is_named(tmp_path: Path) -> None:
    a, out = tmp_path / "a.sqlite", tmp_path / "out.sqlite"
    run(a, 1, {"https://a.org/": 200})
    (tmp_path / "text").write_text("no database, but long enough to be taken for one" * 30)

    assert "there is no such history" in refused([a, tmp_path / "none"], out)
    assert "cannot be used as history" in refused([a, tmp_path / "text"], out)
    assert not out.exists()
    out.write_text("mine")
    assert "is there already" in refused([a, a], out)
    assert out.read_text() == "mine"
    left = {path.name for path in tmp_path.iterdir() if not path.name.endswith(("-shm", "-wal"))}
    assert left == {"a.sqlite", "out.sqlite", "text"}


def test_what_a_killed_merge_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    run(tmp_path / "one.sqlite", 1, {"http://a.test/": 200})
    run(tmp_path / "other.sqlite", 2, {"http://b.test/": 200})
    script = (
        "import os, sys; from pathlib import Path; from linkcheck.store import merging\n"
        "merging._merge = lambda *_: os.kill(os.getpid(), 9)\n"
        "merging.merge([Path('one.sqlite'), Path('other.sqlite')], Path('out.sqlite'))"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, check=False, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
    )
    assert killed.returncode != 0
    assert len(list(tmp_path.glob(".linkcheck-*"))) == 1

    merge([tmp_path / "one.sqlite", tmp_path / "other.sqlite"], tmp_path / "out.sqlite")

    assert list(tmp_path.glob(".linkcheck-*")) == []


def test_a_merge_leaves_alone_what_another_is_making(tmp_path: Path) -> None:
    run(tmp_path / "one.sqlite", 1, {"http://a.test/": 200})
    run(tmp_path / "other.sqlite", 2, {"http://b.test/": 200})
    script = (
        "import sys; from pathlib import Path; from linkcheck.store.merging import _workshop\n"
        "with _workshop(Path()) as folder:\n    print(folder, flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    ) as other:  # fmt: skip
        assert other.stdout
        folder = tmp_path / other.stdout.readline().strip()
        (tmp_path / ".linkcheck-merge-notes").mkdir()
        merge([tmp_path / "one.sqlite", tmp_path / "other.sqlite"], tmp_path / "out.sqlite")
        is_there = folder.is_dir()
        other.communicate("")

    assert is_there
    assert not folder.exists()
    assert (tmp_path / ".linkcheck-merge-notes").is_dir()
