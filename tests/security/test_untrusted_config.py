"""A config that was found in a stranger's folder: what it tries, and what becomes of it."""

import json
import sys
from pathlib import Path

import pytest

from tests.security.hostile import SECRET, linkcheck, recording


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Give a stranger's checkout, beside it a file that is none of his business."""
    (tmp_path / "private.csv").write_text(f"url\n{SECRET}\n")
    folder = tmp_path / "theirs"
    (folder / ".git" / "hooks").mkdir(parents=True)
    (folder / "a.md").write_text("[x](#there)\n\n# There\n")
    return folder


@pytest.mark.parametrize("name", ["linkcheck.toml", "pyproject.toml", "config.toml"])
def test_it_cannot_carry_away_a_file_of_this_machine(tree: Path, tmp_path: Path, name: str) -> None:
    """A source outside, read as a table, on a base URL of the stranger: every line would be asked for there."""
    with recording(tmp_path / "server") as server:
        head = {"linkcheck.toml": "", "pyproject.toml": "[tool.linkcheck]\n"}.get(name, "[linkcheck]\n")
        (tree / name).write_text(
            f'{head}sources = ["../private.csv", "a.md"]\nas = "csv"\ncolumn = "url"\nroot-dir = ".."\n'
            f'base-url = "http://127.0.0.1:{server.port}/"\n'
        )

        result = linkcheck("--no-store", "--no-archive", "--allow-private", "--format", "json", cwd=tree)

        assert SECRET not in server.heard + result.stdout
        assert "left out: sources, as, column, root-dir. " in result.stderr


def test_nor_a_table_that_lies_in_the_folder(tree: Path, tmp_path: Path) -> None:
    """Such as one that the user's own program has left in his clone."""
    with recording(tmp_path / "server") as server:
        (tree / "private.csv").write_text(f"url\n{SECRET}\n")
        (tree / "b.md").write_text("[x](page)\n")
        config = f'sources = ["private.csv", "b.md"]\nbase-url = "http://127.0.0.1:{server.port}/"\n'
        (tree / "linkcheck.toml").write_text(config)
        options = ["--no-store", "--no-archive", "--allow-private", "--format", "json"]

        linkcheck(*options, cwd=tree)

        assert "GET /page" in server.heard  # a base URL counts for documents
        assert SECRET not in server.heard
        linkcheck(*options, "--config", "linkcheck.toml", cwd=tree)
        assert SECRET in server.heard  # as the user wants it


def test_a_replay_stands_on_the_same_base_as_the_run(tree: Path, tmp_path: Path) -> None:
    with recording(tmp_path / "server") as server:
        (tree / "private.csv").write_text("url\npage\n")
        (tree / "b.md").write_text("[x](page)\n")
        config = f'sources = ["private.csv", "b.md"]\nbase-url = "http://127.0.0.1:{server.port}/"\n'
        (tree / "linkcheck.toml").write_text(config)
        options = ["--no-store", "--no-archive", "--allow-private", "--evidence", "../evidence"]
        linkcheck(*options, cwd=tree)
        warc = next((tmp_path / "evidence").glob("*/run.warc.gz"))

    (tree / "linkcheck.toml").unlink()
    again = linkcheck("--replay", str(warc), cwd=tree)

    assert "the JSON report is the recorded one, byte for byte" in again.stderr


def test_it_sends_no_secret(tree: Path, tmp_path: Path) -> None:
    with recording(tmp_path / "server", "evil.test") as server:
        (tree / "linkcheck.toml").write_text(
            f'[hosts."evil.test:{server.port}"]\nheaders = {{ x = "${{LINKCHECK_SECRET_TOKEN}}" }}\n'
        )
        (tree / "a.md").write_text(f"[x](https://evil.test:{server.port}/page)\n")

        result = linkcheck("a.md", "--no-store", *server.options("evil.test"), cwd=tree, LINKCHECK_SECRET_TOKEN=SECRET)

        assert "GET /page" in server.heard
        assert SECRET not in server.heard
        assert f"left out: hosts.evil.test:{server.port}.headers. " in result.stderr


def test_it_cannot_call_a_dead_link_alive(tree: Path, tmp_path: Path) -> None:
    with recording(tmp_path / "server") as server:
        (tree / "linkcheck.toml").write_text(f'[hosts."127.0.0.1:{server.port}"]\naccept = [404]\n')
        (tree / "a.md").write_text(f"[x](http://127.0.0.1:{server.port}/gone)\n")
        options = ["a.md", "--no-store", "--no-archive", "--allow-private", "--format", "json"]

        result = linkcheck(*options, cwd=tree)

        assert [one["verdict"] for one in json.loads(result.stdout)["references"]] == ["dead"]
        assert result.returncode == 1


@pytest.mark.parametrize(
    "output",
    ["json=.git/hooks/post-checkout", "json=a.json", "json=../a.json", "json=reports/../.git/config", "json=/{name}"],
)
def test_it_writes_below_reports_alone(tree: Path, output: str) -> None:
    (tree / "linkcheck.toml").write_text(f'outputs = ["{output}", "json=reports/{{name}}.json"]\n')
    before = {path for path in tree.parent.rglob("*") if path.is_file()}

    result = linkcheck("a.md", "--offline", "--no-store", cwd=tree)

    after = {path for path in tree.parent.rglob("*") if path.is_file()}
    assert result.returncode == 0
    assert after - before == {tree / "reports" / "a.json"}


def test_an_ignore_file_that_is_a_link_shows_nothing_of_what_it_leads_to(tree: Path, tmp_path: Path) -> None:
    """Each line that is no regular expression was repeated on stderr, which CI shows to everybody."""
    (tmp_path / "private.txt").write_text(f"machine a.test password ({SECRET}\n")
    (tree / ".lycheeignore").symlink_to("../private.txt")

    for command in ("check", "extract"):
        result = linkcheck(command, "a.md", *(["--offline", "--no-store"] if command == "check" else []), cwd=tree)
        assert SECRET not in result.stderr + result.stdout


def test_the_run_goes_on_with_one_warning_that_names_both_ways_out(tree: Path) -> None:
    (tree / "linkcheck.toml").write_text('store = "x.sqlite"\nuser-agent = "theirs"\nexclude-path = ["b.md"]\n')
    (tree / "b.md").write_text("[x](#)\n")

    result = linkcheck(".", "--offline", cwd=tree)

    assert result.returncode == 0
    assert result.stderr == (
        f"linkcheck: {tree}/linkcheck.toml: nobody vouches for this config, so it may not set everything; left out:"
        f" store, user-agent. If you trust it, name it (--config {tree}/linkcheck.toml), or a commit that has it"
        " (--config-from REV). `linkcheck config show --untrusted` says why\n"
    )
    assert not (tree / "x.sqlite").exists()


@pytest.mark.parametrize("command", ["check", "extract"])
def test_strict_config_ends_the_run_instead(tree: Path, command: str) -> None:
    (tree / "linkcheck.toml").write_text('store = "x.sqlite"\n')

    result = linkcheck(command, "a.md", "--strict-config", cwd=tree)

    assert (result.returncode, result.stdout) == (2, "")
    assert "left out: store. " in result.stderr


def test_a_name_cannot_forge_the_warning(tree: Path) -> None:
    (tree / "linkcheck.toml").write_text('store = "x"\n')
    evil = tree / "\x1b]8;;x\x07\nlinkcheck: all is well"
    evil.mkdir()
    (evil / "linkcheck.toml").write_text('store = "x"\n')

    result = linkcheck("../a.md", "--offline", "--no-store", cwd=evil)

    assert "\x1b" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_config_show_says_what_counts_of_the_config_of_a_folder(tree: Path) -> None:
    (tree / "linkcheck.toml").write_text('store = "x.sqlite"\nretries = 0\nsources = ["a.md", ".."]\n')
    (tree / "docs").mkdir()

    result = linkcheck("config", "show", "--untrusted", "theirs/docs", cwd=tree.parent)

    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[1:5] == [
        'store "x.sqlite" never left out: only a trusted config may set it',
        "retries 0 no more than the default counts",
        'sources "a.md" inside the folder counts',
        'sources ".." inside the folder left out: leads out of the folder',
    ]
    assert result.stderr == ""
    nothing = linkcheck("config", "show", "--untrusted", cwd=tree.parent)
    assert nothing.stdout == "There is no config here that a run would find.\n"


def test_a_baseline_is_never_picked_up_by_its_name(tree: Path) -> None:
    (tree / "a.md").write_text("[x](#)\n")
    assert linkcheck("a.md", "--offline", "--store", "../history.sqlite", cwd=tree).returncode == 1
    linkcheck("baseline", "create", "--store", "../history.sqlite", cwd=tree)
    assert (tree / "linkcheck-baseline.json").is_file()

    assert linkcheck("a.md", "--offline", "--no-store", cwd=tree).returncode == 1


@pytest.mark.parametrize(
    "files",
    [
        {"msgspec.py": "raise SystemExit('ran')"},
        {"cyclopts/__init__.py": "raise SystemExit('ran')"},
        {
            "evil-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n",
            "evil-1.0.dist-info/entry_points.txt": "[linkcheck.render]\nevil = evil\n[linkcheck.detect]\nevil = evil\n",
            "evil.py": "raise SystemExit('ran')",
        },
    ],
)
def test_the_module_runs_nothing_of_the_working_directory(tree: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (tree / name).parent.mkdir(exist_ok=True)
        (tree / name).write_text(text)

    result = linkcheck("a.md", "--offline", "--no-store", cwd=tree)

    assert "ran" not in result.stderr.split()
    assert result.returncode == 0, sys.version


@pytest.mark.parametrize("number", ["9" * 200_000, "0x" + "f" * 200_000, "-" + "9" * 5_000])
def test_a_number_of_any_length_is_an_error_in_words(tree: Path, number: str) -> None:
    (tree / "linkcheck.toml").write_text(f"concurrency = {number}\n")

    done = linkcheck("a.md", "--offline", cwd=tree)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert len(done.stderr) < 1000
    assert "linkcheck.toml" in done.stderr
