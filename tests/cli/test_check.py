"""The main job from end to end: a web and an archive that tests stage, and what a user gets to see."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import msgspec
import pytest

from linkcheck.render.json import schema
from tests.archive_server import Capture
from tests.archive_server import serving as archive
from tests.cli.conftest import Run
from tests.web import Page, StagedWeb, staged

STORY = "paper.org/2017/02/14/the-advisor-resigns"
ARTICLE = """\
# The Advisor Resigns

February 14, 2017

[According to CNN](#), he said so himself. [The report]({report}) has more, and [the agency]({moved}) agrees.

**Related article:** [The advisor is accused]({gone})

**Related article:** [Another story]({home})

[A wall]({wall}), [a slow one]({broken}), [nobody]({nobody}), [mail](mailto:desk@paper.org), [part]({report}#nowhere).

Original url:

<{original}>
"""


def write(tmp_path: Path, text: str, name: str = "article.md") -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def article(web: StagedWeb) -> str:
    """Write the article of the main job, with links to a staged web."""
    return ARTICLE.format(
        report=web.url("paper.org/report"),
        moved=web.url("agency.org/old"),
        gone=web.url("paper.org/2017/02/11/the-advisor-is-accused"),
        home=web.url("paper.org/2017/02/10/another-story"),
        wall=web.url("wall.org/page"),
        broken=web.url("broken.org/page"),
        nobody="http://nobody.invalid/",
        original=web.url(STORY),
    )


ACCUSED = (
    b"<title>The Advisor is Accused</title><h1>The Advisor is Accused</h1>"
    b"<p>Nine officials told the paper that he had spoken of sanctions with the ambassador."
)
PAGES = {
    STORY: Page(),
    "paper.org/": Page(),
    "paper.org/report": Page(),
    "agency.org/old": Page(301, headers={"location": "/new"}),
    "agency.org/new": Page(),
    "paper.org/2017/02/10/another-story": Page(302, headers={"location": "/"}),
    "wall.org/page": Page(403),
    "broken.org/page": Page(500),
}


def test_the_main_job(tmp_path: Path, run: Run) -> None:
    with staged(PAGES) as web, archive([]) as wayback:
        gone = web.url("paper.org/2017/02/11/the-advisor-is-accused")
        original = web.url(STORY)
        wayback.captures += [
            Capture("20160101000000", gone, body=ACCUSED),
            Capture("20170211080000", gone, body=ACCUSED),
            Capture("20200101000000", gone, status=404),
            Capture("20170214021100", original, body=ACCUSED.replace(b"is Accused", b"Resigns")),
        ]
        write(tmp_path, article(web))
        write(
            tmp_path,
            f"[linkcheck.archives.wayback]\n{toml(wayback.endpoints)}",
            "staged.toml",
        )
        result = run(
            "article.md",
            *("--config", "staged.toml", "--archive-order", "wayback"),
            *web.options("paper.org", "agency.org", "wall.org", "broken.org"),
            *("--format", "json", "--retries", "0", "--output", "markdown=out/{name}.md", "--no-store"),
        )

    report = result.report
    jsonschema.validate(report, schema())
    verdicts = [(one["text"][:14], one["role"], one["verdict"]) for one in report["references"]]
    assert verdicts == [
        ("According to C", "citation", "placeholder"),
        ("The report", "citation", "alive"),
        ("the agency", "citation", "moved"),
        ("The advisor is", "related", "dead"),
        ("Another story", "related", "soft-404"),
        ("A wall", "citation", "blocked"),
        ("a slow one", "citation", "unreachable"),
        ("nobody", "citation", "dead"),
        ("mail", "citation", "skipped"),
        ("part", "citation", "alive"),
        (original[:14], "original", "alive"),
    ]
    assert result.code == 1
    assert "Traceback" not in result.err
    by_text = {one["text"]: one for one in report["references"]}
    dead = by_text["The advisor is accused"]
    assert dead["mementos"][0]["datetime"] == "2017-02-11T08:00:00Z"
    assert dead["mementos"][0]["target"] == "2017-02-14"
    assert dead["mementos"][0]["distance_days"] == -3
    assert "date line" in dead["mementos"][0]["target_basis"]
    assert dead["rescues"][0]["uri_m"] in dead["findings"][0]["next"]
    assert [one["rule"] for one in by_text["part"]["findings"]] == ["missing-fragment"]
    assert by_text["the agency"]["rescues"][0]["url"] == web.url("agency.org/new")
    links = {one["url"]: one for one in report["links"]}
    assert len(links) == 8
    hops = links[web.url("agency.org/old")]["check"]["hops"]
    assert [(hop["status"], hop["address"]) for hop in hops] == [(301, "127.0.0.1"), (200, "127.0.0.1")]
    assert web.asked.count("paper.org/2017/02/11/the-advisor-is-accused") == 2
    assert report["run"]["complete"]
    assert report["documents"][0]["original"] == original
    assert report["documents"][0]["published"] == "2017-02-14"
    assert report["summary"]["undecided"] == 2
    assert report["summary"]["by_design"] == 1
    markdown = (tmp_path / "out" / "article.md").read_text()
    assert dead["rescues"][0]["uri_m"] in markdown
    assert list((tmp_path / "out").iterdir()) == [tmp_path / "out" / "article.md"]


def toml(endpoints: dict[str, str]) -> str:
    return "".join(f'{name} = "{url}"\n' for name, url in endpoints.items())


def test_without_network_nothing_is_dead_and_the_run_says_so(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[a](https://nowhere.linkcheck-test.zz/) [b](#)\n")
    write(tmp_path, 'control-hosts = ["control.invalid"]', "linkcheck.toml")

    result = run("article.md", "--format", "json", "--no-store")

    assert result.code == 3
    assert [one["verdict"] for one in result.report["references"]] == ["skipped", "placeholder"]
    assert result.report["references"][0]["reason"]["code"] == "network"
    assert not result.report["run"]["complete"]
    assert "no network" in result.report["run"]["notes"][0]


def test_offline_is_a_complete_run_that_checks_what_it_can(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "# Here\n\n[a](https://a.org/) [b](other.md#there) [c](#here) [d](gone.md) [e](#nowhere)\n")
    write(tmp_path, "# There\n", "other.md")

    result = run("article.md", "--offline", "--format", "json", "--no-store")

    assert [one["verdict"] for one in result.report["references"]] == ["skipped", "alive", "alive", "dead", "alive"]
    assert result.report["run"]["complete"]
    assert result.code == 1
    rules = [finding["rule"] for one in result.report["references"] for finding in one["findings"]]
    assert rules == ["dead", "missing-file", "missing-fragment"]
    assert {one["url"] for one in result.report["links"]} == {"https://a.org/", "file:///other.md", "file:///gone.md"}


def test_the_sample_of_the_readme(run: Run) -> None:
    sample = Path(__file__).parents[1] / "sample" / "article.md"

    result = run(str(sample), "--offline", "--no-store")

    assert result.code == 1
    assert "2 of 7 links have lost their target" in result.out
    assert "minutes-of-the-first-reading.md" in result.out


def test_a_page_is_a_source_and_its_own_first_link(run: Run) -> None:
    html = '<title>T</title><nav><a href="/nav">n</a></nav><main><a href="/a">a</a> <a href="/gone">b</a></main>'
    pages = {"paper.org/story": Page(body=html), "paper.org/a": Page(), "paper.org/nav": Page()}
    with staged(pages) as web, archive([]) as wayback:
        settings = ("--format", "json", "--no-store", "--no-archive", *web.options("paper.org"))
        result = run(web.url("paper.org/story"), *settings)
        navigation = run(web.url("paper.org/story"), *settings, "--role", "navigation")
    assert wayback.asked == []
    assert [(one["element"], one["verdict"]) for one in result.report["references"]] == [
        ("source", "alive"),
        ("a", "skipped"),
        ("a", "alive"),
        ("a", "dead"),
    ]
    assert result.report["references"][1]["reason"]["code"] == "navigation"
    assert [one["verdict"] for one in navigation.report["references"]] == ["skipped", "alive", "skipped", "skipped"]


def test_a_folder_shares_one_report_and_named_files_have_their_own(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#)\n", "docs/a.md")
    write(tmp_path, "[x](#)\n", "docs/sub/b.md")
    write(tmp_path, 'outputs = ["markdown=reports/{name}.md"]', "linkcheck.toml")

    run("docs", "--offline", "--no-store")
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["linkcheck.md"]

    run("docs/a.md", "docs/sub/b.md", "--offline", "--no-store")
    assert {path.name for path in (tmp_path / "reports").iterdir()} == {"linkcheck.md", "docs--a.md", "docs--sub--b.md"}

    again = run(".", "--offline", "--format", "json", "--no-store")
    assert {one["path"] for one in again.report["documents"]} == {"docs/a.md", "docs/sub/b.md"}


def test_a_stored_run_is_shown_again(tmp_path: Path, run: Run) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, "[x](#)\n")

    first = run("article.md", "--offline", "--format", "json")
    again = run("report", "last", "--format", "json")

    assert first.report == again.report
    assert (tmp_path / ".linkcheck" / "history.sqlite").exists()
    assert run("report", "nope").code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "needs something to check"),
        (("none.md",), "there is no such file"),
        (("article.md", "--format", "jsn"), "no render plug-in 'jsn'"),
        (("article.md", "--fail-on", "eror"), "'eror'"),
        (("article.md", "--timeout", "soon"), "--timeout"),
        (("article.md", "--exclude", "("), "no regular expression"),
        (("article.md", "--role", "friend"), "friend"),
        (("article.md", "--resolve", "nonsense"), "nonsense"),
        (("article.md", "--as", "odt"), "odt"),
        (("article.md", "--config", "none.toml"), "none.toml"),
        (("article.md", "--published", "yesterday"), "yesterday"),
        (("article.md", "--base-url", "docs/"), "docs/"),
        (("article.md", "--frobnicate"), "frobnicate"),
        (("article.md", "--output", "json"), "FORMAT=PATH"),
        (("explain", "nonsense"), "nonsense"),
    ],
)
def test_wrong_usage_is_said_in_a_sentence(tmp_path: Path, run: Run, arguments: tuple[str, ...], words: str) -> None:
    write(tmp_path, "[x](https://x.invalid/)\n")

    result = run(*arguments, *(("--no-store", "--no-archive") if "article.md" in arguments else ()))

    assert result.code == 2
    assert words in result.err + result.out
    assert "Traceback" not in result.err


def test_a_report_that_cannot_be_written_is_said_and_the_others_are(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#)\n")
    write(tmp_path, "in the way", "folder")

    result = run("article.md", "--offline", "--no-store", "--output", "json=folder/x.json", "--output", "json=y.json")

    assert result.code == 2
    assert "folder/x.json: cannot be written" in result.err
    assert "lost their target" in result.out or "lost its target" in result.out
    assert (tmp_path / "y.json").exists()


def test_some_sources_unreadable_is_incomplete_and_the_others_are_checked(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#top)\n")
    (tmp_path / "binary.md").write_bytes(b"\x00\x01\x02" * 100)

    result = run("article.md", "binary.md", "none.md", "--offline", "--format", "json", "--no-store")

    assert result.code == 3
    assert [one["path"] for one in result.report["documents"]] == ["article.md"]
    assert "binary.md" in result.err
    assert "none.md" in result.err


def test_an_empty_file_is_fine(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "")

    assert run("article.md", "--no-store").code == 0


def test_an_unwritable_history_is_a_warning(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#top)\n")
    write(tmp_path, "in the way", "folder")

    result = run("article.md", "--offline", "--store", "folder/history.sqlite")

    assert result.code == 0
    assert "this run is not kept" in result.err


def test_a_found_config_may_not_write_elsewhere(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#top)\n")
    write(tmp_path, 'outputs = ["json=../stolen.json"]', "linkcheck.toml")

    result = run("article.md", "--offline", "--no-store")

    assert result.code == 0
    assert "left out: outputs" in result.err
    assert not (tmp_path.parent / "stolen.json").exists()


def test_fail_on_names_severities_verdicts_and_rules(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#) [y](#nope)\n")

    def code(fail_on: str) -> int:
        return run("article.md", "--offline", "--no-store", "--fail-on", fail_on).code

    assert [code(one) for one in ("error", "placeholder", "missing-fragment", "note", "dead,moved", "never")] == [
        1, 1, 1, 1, 0, 0,
    ]  # fmt: skip


@pytest.mark.parametrize("option", [("--role", "image"), ("--exclude", "paper")])
def test_what_is_not_wanted_is_not_accused(tmp_path: Path, run: Run, option: tuple[str, str]) -> None:
    story = "https://paper.org/2019/03/09/council-keeps-the-old-lighthouse-lit"
    text = f"# Council Keeps the Old Lighthouse Lit\n\n**Related article:** [Mast Cannot Replace Any Lamp]({story})\n"
    write(tmp_path, f"{text}\nOriginal url:\n\n<{story}>\n")

    assert run("article.md", "--offline", "--no-store").code == 1
    assert run("article.md", "--offline", "--no-store", *option, "--fail-on", "note").code == 0


def test_a_bug_is_not_taken_for_findings(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "[x](#)\n")

    async def broken(_: object) -> None:
        raise ValueError("boom")

    monkeypatch.setattr("linkcheck.pipeline.run", broken)

    result = run("article.md", "--offline", "--no-store")

    assert result.code == 2
    assert "this is a bug in linkcheck" in result.err


def test_the_severity_of_a_rule_that_is_none_is_refused(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#)\n")
    write(tmp_path, '[linkcheck.severity]\nmising-fragment = "note"', "linkcheck.toml")

    result = run("article.md", "--offline", "--no-store")

    assert result.code == 2
    assert "did you mean `missing-fragment`?" in result.err


def test_max_time_ends_with_a_partial_report(tmp_path: Path, run: Run) -> None:
    with staged({"a.org/": Page()}) as web:
        write(tmp_path, f"[a]({web.url('a.org/')}) [b](#)\n")

        result = run(
            "article.md", "--no-store", "--no-archive", "--max-time", "0s", "--format", "json", *web.options("a.org")
        )

    assert result.code == 3
    assert [one["verdict"] for one in result.report["references"]] == ["skipped", "placeholder"]
    assert result.report["references"][0]["reason"]["code"] == "not-asked"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_ctrl_c_writes_what_is_known(tmp_path: Path) -> None:
    with staged({"a.org/": Page()}) as web:
        text = f"[a]({web.url('a.org/')}) [b](#) [c](http://10.255.255.1:81/)\n"
        write(tmp_path, text)
        command = [sys.executable, "-m", "linkcheck", "article.md", "--no-store", "--no-archive", "--format", "json"]
        command += ["--allow-private", "--connect-timeout", "30", "--output", "markdown=r.md", *web.options("a.org")]
        process = subprocess.Popen(
            command,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        )
        while not web.asked:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)

    report = msgspec.json.decode(out)
    assert process.returncode == 130, err.decode()
    assert [one["verdict"] for one in report["references"]][1] == "placeholder"
    assert not report["run"]["complete"]
    assert "interrupted" in report["run"]["notes"][0]
    assert (tmp_path / "r.md").exists()
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["extract", "article.md"], ["check", "--help"], ["article.md", "--offline", "--no-store"]],
)
def test_what_needs_no_network_loads_no_network(tmp_path: Path, arguments: list[str]) -> None:
    write(tmp_path, "[x](#top)\n")
    code = (
        "import sys; from linkcheck.cli.app import main; code = main(sys.argv[1:]);"
        "print('LOADED', sorted({'textual', 'httpx', 'dns', 'wreq'} & set(sys.modules))); sys.exit(code)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip

    assert "LOADED []" in done.stdout


@pytest.mark.parametrize("form", ["text", "json", "markdown", "csv", "html"])
def test_no_report_shows_a_password(tmp_path: Path, run: Run, form: str) -> None:
    url = "https://me:hunter2@paper.org/"
    write(tmp_path, f"---\noriginal: {url}a\n---\n\n[x]({url}) <{url}b> [y](ftp://me:hunter2@paper.org/)\n")

    for command in (("check",), ("extract",)) if form in {"text", "json"} else (("check",),):
        offline = ("--offline", "--no-store") if command == ("check",) else ()
        result = run(*command, "article.md", *offline, "--format", form)
        assert "paper.org" in result.out
        assert "hunter2" not in result.out + result.err


@pytest.mark.parametrize("option", ["--include", "--exclude"])
def test_a_catastrophic_pattern_is_an_error_and_no_hang(tmp_path: Path, run: Run, option: str) -> None:
    write(tmp_path, f"[x](https://paper.org/{'a' * 60}!)\n")

    result = run("article.md", "--offline", "--no-store", option, r"^https://paper.org/(a|aa|a+)+$")

    assert result.code == 2
    assert "takes for ever" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize("name", ["remap", ".lycheeignore"])
def test_nor_may_a_pattern_in_a_file_take_for_ever(tmp_path: Path, run: Run, name: str) -> None:
    write(tmp_path, f"[x](https://paper.org/{'a' * 60}!)\n")
    pattern = "^https://paper.org/(a|aa|a+)+$"
    if name == "remap":
        (tmp_path / "linkcheck.toml").write_text(f'remap = [["{pattern}", "./x.md"]]\n')
    else:
        (tmp_path / ".lycheeignore").write_text(f"{pattern}\n")

    result = run("article.md", "--offline", "--no-store")

    assert result.code == 2
    assert f"{name}: '{pattern}' takes for ever" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize("pattern", ["(", "a" * 5000, "[", "(?<name", "a{99999999999999999999}"])
def test_a_pattern_that_means_nothing_is_said(tmp_path: Path, run: Run, pattern: str) -> None:
    write(tmp_path, "[x](https://paper.org/)\n")

    result = run("article.md", "--offline", "--no-store", "--exclude", pattern)

    assert result.code == 2
    assert "--include/--exclude" in result.err
    assert "Traceback" not in result.err


def test_a_page_that_is_kept_away_from_makes_an_offline_run_no_less_complete(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#top)\n")
    page = "https://paper.org/story"

    beside = run("article.md", page, "--offline", "--no-store", "--format", "json")
    assert beside.code == 0
    assert beside.report["run"]["complete"]
    assert any("--offline keeps away" in note for note in beside.report["run"]["notes"])
    assert beside.report["summary"]["undecided"] == 1
    assert run(page, "--offline", "--no-store").code == 2  # nothing was read


@pytest.mark.parametrize(("sources", "code"), [(("paper.org/none",), 2), (("paper.org/none", "paper.org/"), 3)])
def test_a_page_that_is_not_there_was_not_read(run: Run, sources: tuple[str, ...], code: int) -> None:
    with staged(PAGES) as web:
        result = run(
            *map(web.url, sources), *web.options("paper.org"), "--no-store", "--no-archive", "--format", "json",
        )  # fmt: skip

    assert result.code == code
    assert result.report["references"][0]["verdict"] == "dead"
