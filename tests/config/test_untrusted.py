"""What counts of a config that nobody vouches for: by the trust class of each setting."""

import os
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from linkcheck.config import Config, HostSettings, read
from linkcheck.config.keys import keys, trust_of
from linkcheck.config.trust import MEANING, Trust
from linkcheck.errors import ConfigError
from tests.config.making import write

CLASSES = {
    Trust.FREE: "format published include exclude exclude-path role include-code fail-on severity",
    Trust.AT_MOST: "archive-budget concurrency host-concurrency timeout connect-timeout max-time max-file-size retries",
    Trust.AT_LEAST: "host-interval",
    Trust.INSIDE: "sources root-dir baseline",
    Trust.REPORTS: "outputs",
    Trust.REMAP: "remap",
    Trust.BASE_URL: "base-url",
    Trust.HOSTS: "hosts",
}
"""Every other setting is NEVER."""


def test_each_setting_has_the_class_that_was_decided_on() -> None:
    found: dict[Trust, list[str]] = {}
    for name, key in keys().items():
        found.setdefault(key.trust, []).append(name)
    never = found.pop(Trust.NEVER)

    assert {trust: sorted(names) for trust, names in found.items()} == {
        trust: sorted(names.split()) for trust, names in CLASSES.items()
    }
    assert set(never) == keys().keys() - set(" ".join(CLASSES.values()).split())
    assert MEANING.keys() == set(Trust)


@pytest.mark.parametrize("struct", [Config, HostSettings])
def test_each_setting_declares_its_class_beside_its_definition(struct: type[msgspec.Struct]) -> None:
    for field in msgspec.structs.fields(struct):
        declared = [one for one in getattr(field.type, "__metadata__", ()) if isinstance(one, Trust)]
        assert len(declared) == 1, field.name


def test_a_setting_without_a_class_is_refused() -> None:
    assert trust_of(str) is Trust.NEVER


def found(tmp_path: Path, text: str, options: dict[str, Any] | None = None) -> Any:
    write(tmp_path / "project" / "linkcheck.toml", text)
    return read(options or {}, environ={}, directory=tmp_path / "project")


@pytest.mark.parametrize(
    "text",
    [
        'format = "json"',
        'include = ["a"]',
        'exclude = ["a"]',
        'exclude-path = ["old/"]',
        'role = ["image"]',
        'fail-on = ["never"]',
        "include-code = true",
        "published = 2020-01-01",
        '[severity]\nmissing-fragment = "note"',
        'timeout = "5s"',
        "concurrency = 2",
        "host-concurrency = 1",
        "retries = 0",
        'max-time = "1h"',
        'host-interval = "1s"',
        'archive-budget = "1s"',
        'sources = ["docs", "docs/**/*.md", "./a.md"]',
        'root-dir = "docs"',
        'root-dir = "."',
        'baseline = "known/baseline.json"',
        'outputs = ["markdown=reports/{name}.md", "json=./reports/deep/links.json"]',
        'remap = [["^https://docs.example.org/(.*)$", "./docs/$1.md"]]',
        'base-url = "https://docs.example.org/"',
        '[hosts."a.test"]\nconcurrency = 1\ninterval = "2s"\ntimeout = "3s"',
    ],
)
def test_what_the_classes_allow_counts(tmp_path: Path, text: str) -> None:
    (tmp_path / "project" / "docs").mkdir(parents=True)

    settings = found(tmp_path, text)
    named = read({}, environ={}, named=str(tmp_path / "project" / "linkcheck.toml"))

    assert settings.warning == ""
    assert settings.config == named.config != Config()
    assert len(settings.untrusted) == 1
    assert named.untrusted == frozenset()


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("allow-private = true", "allow-private"),
        ('resolve = ["a.test:80:127.0.0.1"]', "resolve"),
        ('[archives.wayback]\ncdx = "http://127.0.0.1/"', "archives"),
        ('rdap-service = "http://127.0.0.1"', "rdap-service"),
        ('ca-file = "authority.pem"', "ca-file"),
        ('store = "history.sqlite"', "store"),
        ('evidence = "evidence"', "evidence"),
        ('since = "HEAD"', "since"),
        ('as = "csv"', "as"),
        ('column = "1"', "column"),
        ('user-agent = "another"', "user-agent"),
        ('control-hosts = ["a.test"]', "control-hosts"),
        ('robots = "ignore"', "robots"),
        ("recurse = true", "recurse"),
        ("offline = true", "offline"),
        ("no-store = true", "no-store"),
        ('fail-when = "new"', "fail-when"),
        ('timeout = "31s"', "timeout"),
        ("concurrency = 65", "concurrency"),
        ("retries = 3", "retries"),
        ("host-interval = 0", "host-interval"),
        ('archive-budget = "61s"', "archive-budget"),
        ('sources = ["/etc/passwd"]', "sources"),
        ('sources = ["../secret.md"]', "sources"),
        ('sources = ["../*.md"]', "sources"),
        ('sources = ["docs/*/../../../*.md"]', "sources"),
        ('sources = ["out/secret.md"]', "sources"),
        ('sources = ["out"]', "sources"),
        ('sources = ["out/*.md"]', "sources"),
        ('sources = ["-"]', "sources"),
        ('sources = ["https://a.test/"]', "sources"),
        ('sources = ["file:///etc/passwd"]', "sources"),
        ('sources = ["a\\u0000b"]', "sources"),
        ('root-dir = "/"', "root-dir"),
        ('root-dir = ".."', "root-dir"),
        ('root-dir = "out"', "root-dir"),
        ('baseline = "../known.json"', "baseline"),
        ('baseline = "out/known.json"', "baseline"),
        ('outputs = ["json=links.json"]', "outputs"),
        ('outputs = ["json=reports"]', "outputs"),
        ('outputs = ["json=/tmp/links.json"]', "outputs"),
        ('outputs = ["json=reports/../links.json"]', "outputs"),
        ('outputs = ["json=reports/.git/config"]', "outputs"),
        ('outputs = ["json=reports/out/links.json"]', "outputs"),
        ('outputs = ["json=reports/out.json"]', "outputs"),
        ('outputs = ["json=reports\\\\..\\\\links.json"]', "outputs"),
        ('remap = [["^https://a.test/", "http://127.0.0.1/"]]', "remap"),
        ('remap = [["^https://a.test/", "../secret.md"]]', "remap"),
        ('remap = [["^https://a.test/", "/etc/passwd"]]', "remap"),
        ('remap = [["^https://a.test/", "file:///etc/passwd"]]', "remap"),
        ('base-url = "file:///"', "base-url"),
        ('base-url = "docs/"', "base-url"),
        ('[hosts."a.test"]\nheaders = { x-token = "${LINKCHECK_SECRET_A}" }', "hosts.a.test.headers"),
        ('[hosts."a.test"]\naccept = [404]', "hosts.a.test.accept"),
        ('[hosts."a.test"]\ninterval = 0', "hosts.a.test.interval"),
        ('[hosts."a.test"]\nconcurrency = 11', "hosts.a.test.concurrency"),
        ('[hosts."a.test"]\ntimeout = "31s"', "hosts.a.test.timeout"),
    ],
)
def test_what_they_do_not_allow_is_left_out_with_one_warning(tmp_path: Path, text: str, left_out: str) -> None:
    project = tmp_path / "project"
    (project / "docs").mkdir(parents=True)
    (project / "reports").mkdir()
    for link in (project / "out", project / "reports" / "out", project / "reports" / "out.json"):
        link.symlink_to(tmp_path)

    settings = found(tmp_path, text)

    assert settings.config == Config()
    assert f"left out: {left_out}. " in settings.warning
    assert f"--config {project / 'linkcheck.toml'}" in settings.warning
    assert "--config-from REV" in settings.warning
    assert settings.untrusted == frozenset()
    named = read({}, environ={}, named=str(project / "linkcheck.toml"))
    assert (named.config == Config(), named.warning) == (False, "")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes on Windows")
@pytest.mark.parametrize("text", ['sources = ["pipe"]', 'baseline = "pipe"'])
def test_a_pipe_that_would_be_waited_for_is_left_out(tmp_path: Path, text: str) -> None:
    (tmp_path / "project").mkdir()
    os.mkfifo(tmp_path / "project" / "pipe")

    assert found(tmp_path, text).config == Config()


def test_a_folder_of_reports_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "reports").symlink_to(tmp_path)

    assert found(tmp_path, 'outputs = ["json=reports/links.json"]').config.outputs == ()


def test_the_rest_of_a_list_and_of_a_host_counts(tmp_path: Path) -> None:
    settings = found(
        tmp_path,
        'sources = ["docs", "/etc"]\nstore = "x"\n[hosts."a.test"]\ninterval = 2\nheaders = { x-who = "us" }',
    )

    assert settings.config.sources == ("docs",)
    assert settings.config.hosts == {"a.test": HostSettings(interval=2)}
    assert "left out: sources, store, hosts.a.test.headers. " in settings.warning


def test_a_value_that_holds_anyway_needs_no_trust(tmp_path: Path) -> None:
    settings = found(tmp_path, "allow-private = false\nresolve = []\nstrikes = 3")

    assert (settings.config, settings.warning) == (Config(), "")


def test_the_user_comes_before_the_config_and_bounds_it(tmp_path: Path) -> None:
    text = 'base-url = "https://a.test/"\nroot-dir = "docs"\n[hosts."a.test"]\ntimeout = "20s"'
    said = {"as": "csv", "timeout": "10s", "root-dir": "elsewhere"}

    settings = found(tmp_path, text, said)

    assert settings.config == read(said, environ={}, directory=tmp_path).config
    assert "left out: base-url, hosts.a.test.timeout. " in settings.warning
    assert settings.untrusted == frozenset()


def test_a_malformed_value_is_an_error_all_the_same(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="`store` cannot be 3"):
        found(tmp_path, "store = 3")
    with pytest.raises(ConfigError, match="there is no setting `stroe`"):
        found(tmp_path, 'stroe = "x"')


def test_a_warning_names_ten(tmp_path: Path) -> None:
    hosts = "".join(f'[hosts."h{at}.test"]\naccept = [403]\n' for at in range(30))

    assert "hosts.h9.test.accept and 20 more. " in found(tmp_path, hosts).warning
