"""Only what the baseline does not know fails the run, and it says when it is out of date."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.cli.baseline_file import Baseline, Entry, read_baseline
from linkcheck.errors import ConfigError
from tests.cli.conftest import Run

FILE = "linkcheck-baseline.json"


def check(run: Run, *options: str) -> int:
    return run("docs", "--offline", "--baseline", FILE, *options).code


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\n[gone](none.md) and [lost](#)\n")
    (folder / "b.md").write_text("# B\n\n[no](a.md#nowhere) [fine](a.md)\n")
    return folder


def test_what_is_known_does_not_fail_the_run(run: Run, docs: Path) -> None:
    assert run("docs", "--offline").code == 1
    made = run("baseline", "create")

    assert (made.code, made.out) == (0, "")
    assert "3 known failures" in made.err
    assert check(run) == 0
    told = run("docs", "--offline", "--baseline", FILE)
    assert f"{FILE}: 3 known and not counted" in told.err
    assert "baseline: 3 known and not counted" in told.out
    summary = run("docs", "--offline", "--baseline", FILE, "--format", "json").report["summary"]
    assert summary["baseline"] == {"known": 3, "stale": 0, "expired": 0}
    assert run("docs", "--offline", "--format", "json").report["summary"]["baseline"] is None

    (docs / "b.md").write_text((docs / "b.md").read_text() + "\n[new](missing.md)\n")
    assert check(run) == 1
    assert run("baseline", "update").code == 0
    assert check(run) == 0


@pytest.mark.parametrize("format_", ["text", "github", "gitlab", "sarif", "checkstyle", "rdjson"])
def test_what_is_new_is_told_alone(run: Run, docs: Path, format_: str) -> None:
    run("docs", "--offline")
    run("baseline", "create")
    (docs / "b.md").write_text((docs / "b.md").read_text() + "\n[new](missing.md)\n")

    told = run("docs", "--offline", "--baseline", FILE, "--format", format_)

    assert told.code == 1
    assert "missing.md" in told.out
    assert "none.md" not in told.out


def test_the_terminal_counts_what_counts_and_lists_the_rest_when_asked(run: Run, docs: Path) -> None:
    run("docs", "--offline")
    run("baseline", "create")
    (docs / "b.md").write_text((docs / "b.md").read_text() + "\n[new](missing.md)\n")

    told = run("docs", "--offline", "--baseline", FILE).out

    assert "FAIL  1 error " in told
    assert "not counted: 3, and not listed (-v lists all)" in told
    assert "none.md" in run("docs", "--offline", "--baseline", FILE, "-v").out


def test_junit_skips_what_is_known(run: Run, docs: Path) -> None:
    run("docs", "--offline")
    run("baseline", "create")
    (docs / "b.md").write_text((docs / "b.md").read_text() + "\n[new](missing.md)\n")

    told = run("docs", "--offline", "--baseline", FILE, "--format", "junit").out

    assert (told.count("<failure "), told.count('<skipped message="not counted: ')) == (1, 3)


def test_findings_of_documents_are_known_too(run: Run, docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKCHECK_FAIL_ON", "undefined-reference")
    (docs / "a.md").write_text("# A\n\n[text][nowhere] and\n")
    (docs / "b.md").unlink()
    options = ("docs", "--offline")
    assert run(*options).code == 1
    run("baseline", "create")

    told = run(*options, "--baseline", FILE, "--format", "checkstyle")

    assert told.code == 0
    assert "undefined-reference" not in told.out


def test_the_moving_of_a_line_renames_nothing(run: Run, docs: Path) -> None:
    run("docs", "--offline")
    run("baseline", "create")
    before = Path(FILE).read_text()

    (docs / "a.md").write_text("# A\n\nMore.\n\nMore.\n\n" + (docs / "a.md").read_text())

    assert check(run) == 0
    run("baseline", "update")
    assert Path(FILE).read_text() == before


def test_what_was_mended_is_stale_and_can_be_pruned(run: Run, docs: Path) -> None:
    run("docs", "--offline")
    run("baseline", "create")
    (docs / "none.md").write_text("here")

    told = run("docs", "--offline", "--baseline", FILE)

    assert told.code == 0
    assert "2 known and not counted and 1 entry stale; `linkcheck baseline prune` removes them" in told.err
    assert "docs/a.md: none.md: no longer fails" in told.err
    assert "1 removed, 2 left" in run("baseline", "prune").err
    assert "stale" not in run("docs", "--offline", "--baseline", FILE).err


@pytest.mark.usefixtures("docs")
def test_nothing_is_pruned_by_a_run_that_did_not_come_to_all(run: Run) -> None:
    run("docs", "--offline")
    run("baseline", "create")
    before = Path(FILE).read_text()
    Path("bad.md").write_bytes(b"\0\1\2")
    assert run("docs", "bad.md", "--offline").code == 3

    told = run("baseline", "prune")

    assert told.code == 2
    assert "is not whole (bad.md: is a binary file" in told.err
    assert Path(FILE).read_text() == before


@pytest.mark.usefixtures("docs")
def test_a_part_of_the_documents_makes_no_other_entries_stale(run: Run) -> None:
    run("docs", "--offline")
    run("baseline", "create")

    told = run("docs/a.md", "--offline", "--baseline", FILE)

    assert told.code == 0
    assert "stale" not in told.err


@pytest.mark.usefixtures("docs")
def test_an_entry_counts_again_when_its_day_has_come(run: Run) -> None:
    run("docs", "--offline")
    run("baseline", "create", "--until", "2020-01-01")

    told = run("docs", "--offline", "--baseline", FILE)

    assert told.code == 1
    assert "0 known and not counted and 3 entries expired" in told.err
    assert "3 removed, 0 left" in run("baseline", "prune").err


@pytest.mark.usefixtures("docs")
def test_create_replaces_nothing_and_says_what_does(run: Run) -> None:
    run("docs", "--offline")
    run("baseline", "create")

    assert "`linkcheck baseline update` adds to it" in run("baseline", "create").err
    assert "--until: 'soon' is no date" in run("baseline", "create", "-o", "other.json", "--until", "soon").err


@pytest.mark.usefixtures("docs")
@pytest.mark.parametrize("content", ["", "[]", '{"known": []}', '{"linkcheck-baseline": 2, "known": []}', "\x00"])
def test_a_file_that_is_no_baseline_is_named(run: Run, content: str) -> None:
    Path(FILE).write_text(content)

    told = run("docs", "--offline", "--baseline", FILE)

    assert told.code == 2
    assert "is no baseline of linkcheck" in told.err


@pytest.mark.usefixtures("docs")
def test_a_baseline_that_is_not_there_is_named(run: Run) -> None:
    assert "there is no such baseline; `linkcheck baseline create` makes one" in run("docs", "--baseline", "no").err


TEXT = st.text(max_size=5)
ENTRIES = st.lists(
    st.builds(
        Entry,
        document=TEXT,
        what=TEXT,
        is_=st.sampled_from(["dead", "placeholder"]),
        since=st.just("2026-11-24"),
        until=st.none() | st.just("2027-01-01"),
        fingerprint=st.text("0123456789abcdef", min_size=1, max_size=3),
    ),
    unique_by=lambda entry: entry.fingerprint,
)


@given(ENTRIES, st.randoms())
def test_the_file_is_sorted_and_reads_back(entries: list[Entry], random: object) -> None:
    written = Baseline(entries).written()
    random.shuffle(entries)  # type: ignore[attr-defined]  # a random.Random

    assert Baseline(entries).written() == written
    known = json.loads(written)["known"]
    assert len(known) == len(entries)
    assert len(written.split("\n")) == len(entries) + 3


def test_it_reads_what_it_writes(tmp_path: Path) -> None:
    entry = Entry(document="a.md", what="x", is_="dead", since="2026-11-24", note="a person's", fingerprint="f")
    path = tmp_path / FILE
    path.write_text(Baseline([entry]).written())

    assert read_baseline(path).entries == {"f": entry}
    updated = read_baseline(path).updated([Entry(document="b.md", what="y", is_="dead", since="2027", fingerprint="f")])
    assert updated.entries["f"].note == "a person's"
    assert updated.entries["f"].since == "2026-11-24"
    assert updated.entries["f"].document == "b.md"
    with pytest.raises(ConfigError, match="there is no such baseline"):
        read_baseline(tmp_path / "none")


def test_what_was_not_judged_is_not_stale(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[gone](http://gone.invalid/) [file](none.md)")
    run("a.md", "--no-archive")
    run("baseline", "create")

    late = run("a.md", "--no-archive", "--max-time", "0", "--fresh", "--baseline", FILE)
    offline = run("a.md", "--offline", "--baseline", FILE)

    assert late.code == 3
    assert "stale" not in late.err
    assert "stale" not in offline.err
    assert "0 removed, 2 left" in run("baseline", "prune").err
