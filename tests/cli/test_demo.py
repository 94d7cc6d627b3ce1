"""`linkcheck demo`, as somebody sees it who has just installed the tool."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import jsonschema
import msgspec
import pytest
from msgspec import structs

from linkcheck.cli import demo
from linkcheck.demo import WORLD
from linkcheck.model import Verdict
from linkcheck.render.json import schema
from tests.cli.conftest import Run

PROJECT = Path(__file__).parents[2]
GOLDENS = PROJECT / "tests" / "demo" / "goldens"


def settled(text: str) -> str:
    """Take out of a report what differs from run to run."""
    text = re.sub(r"checked \d{4}-\d\d-\d\d \d\d:\d\dZ", "checked 2026-11-24 12:00Z", text)
    return re.sub(r"requests in [\d.]+ m?s\b", "requests in 0 ms", text)


def approved(name: str, actual: str) -> str:
    """`UPDATE_GOLDENS=1` approves what comes now."""
    path = GOLDENS / name
    if os.environ.get("UPDATE_GOLDENS"):
        path.write_text(actual, encoding="utf-8")
    return path.read_text(encoding="utf-8")


def test_all_that_a_newcomer_sees(run: Run, tmp_path: Path) -> None:
    result = run("demo")

    assert result.code == 0
    assert settled(result.out) == approved("demo.txt", settled(result.out))
    assert result.err == ""
    kept = tmp_path / "reports" / "demo"
    assert (kept / "article.md").read_text(encoding="utf-8") == WORLD.article
    assert "# Link report: Keeper's Logbook" in (kept / "report.md").read_text(encoding="utf-8")
    jsonschema.validate(msgspec.json.decode((kept / "report.json").read_bytes()), schema())


def test_the_report_is_the_one_that_the_pipeline_gives(run: Run) -> None:
    report = (GOLDENS / "report.txt").read_text(encoding="utf-8")

    assert report in settled(run("demo").out)


def test_the_readme_shows_what_is_seen() -> None:
    readme, seen = PROJECT / "README.md", (GOLDENS / "demo.txt").read_text(encoding="utf-8")
    before, start, rest = readme.read_text(encoding="utf-8").partition("## What you see\n")
    about, opening, shown = rest.partition("```text\n")
    shown, closing, after = shown.partition("```\n")
    excerpt = "...\n".join(seen[seen.index(first) : seen.index(last, seen.index(first))] for first, last in CUTS)
    if os.environ.get("UPDATE_GOLDENS"):
        readme.write_text(before + start + about + opening + excerpt + closing + after, encoding="utf-8")
        return

    assert shown == excerpt


CUTS = (
    ("article.md  ", " 2 !"),
    (" 7 ✗", "10 ✗"),
    ("14 ✗", "15 ✗"),
    (" 9 ?", "11 ?"),
    ("All 21 references", "The article and"),
)
"""What the README shows of the demo: from where to where."""


def test_a_later_check_of_the_folder_does_not_take_the_article_for_its_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("[x](#top)\n")
    run("demo")

    result = run("check", ".", "--offline", "--no-store", "--format", "json")

    assert [one["path"] for one in result.report["documents"]] == ["mine.md"]


def test_where_nothing_can_be_written_the_demo_goes_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("in the way")

    result = run("demo")

    assert result.code == 0
    assert "reports/demo cannot be written" in result.err
    assert "All 21 references were judged as staged." in result.out
    assert "are kept" not in result.out
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that bind this user")
def test_a_read_only_folder_is_said(run: Run, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        result = run("demo")
    finally:
        tmp_path.chmod(0o700)

    assert result.code == 0
    assert "reports/demo cannot be written (Permission denied)" in result.err


def test_a_proxy_is_never_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)

    assert run("demo").code == 0
    assert "no_proxy" not in os.environ


def test_what_is_not_judged_as_staged_is_exit_code_1_with_the_differences(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *rest = WORLD.truths
    doubted = structs.replace(WORLD, truths=(structs.replace(first, verdict=Verdict.USURPED), *rest))
    monkeypatch.setattr(demo, "WORLD", doubted)

    result = run("demo")

    assert result.code == 1
    assert "Not judged as staged, which is a bug in linkcheck (1):" in result.out
    assert "verdict should be usurped, and is alive" in " ".join(result.out.split())


def test_the_readme_s_first_command_is_the_demo() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")

    assert "linkcheck demo" in readme.partition("```sh\n")[2].partition("```")[0]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PROJECT)}


def test_it_works_where_there_is_nothing_but_loopback(tmp_path: Path) -> None:
    isolated = ["unshare", "--user", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*isolated, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system does not let its users make a network of their own")
    command = f"ip link set lo up && exec {sys.executable} -m linkcheck demo"

    done = subprocess.run(
        [*isolated, "sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=240,
        check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    assert "All 21 references were judged as staged." in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_ctrl_c_ends_it_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    code = dedent("""\
        import signal
        import sys
        from msgspec import structs
        from linkcheck.cli import app, demo
        from linkcheck.demo import WORLD, staged

        signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run in the background ignore it

        def slow():
            print("staged", flush=True)
            return staged(structs.replace(WORLD, pages={url: structs.replace(page, delay=3600)
                                                        for url, page in WORLD.pages.items()}))

        demo.staged = slow
        sys.exit(app.main(["demo"]))
        """)
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stdout.readline() == b"staged\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)

    assert process.returncode == 130
    assert (out, err) == (b"", b"")
    assert list(tmp_path.iterdir()) == []
