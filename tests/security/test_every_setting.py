"""Whatever an untrusted config says, nothing outside of its folder is read, written, connected to or executed.

A law over every setting, with values as hostile as its type allows. The same values in a config that the user names do
reach outside, so that the watch is known to notice.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from linkcheck.config.keys import keys
from tests.security.conftest import Git
from tests.security.hostile import ROOT, recording

HOSTILE = {
    "sources": [
        '["{outside}/secret.md"]', '["../outside"]', '["../outside/*.md"]', '["link.md"]', '["linked"]',
        '["linked/*.md"]', '["linked/secret.md"]',
        '["*/../../outside/*.md"]', '["http://127.0.0.1:{trap}/"]', '["-"]', '["/etc/passwd"]',
    ],
    "format": ['"html"', '"article"', '"sarif"'],
    "outputs": [
        '["json={outside}/new.json"]', '["json=../outside/secret.md"]', '["json=linked/new.json"]',
        '["json=reports/linked/{{name}}.json"]', '["json=reports/../../outside/new.json"]', '["json=link.md"]',
    ],
    "min-confidence": ["0"],
    "evidence": ['"{outside}/evidence"', '"linked/evidence"', '"../evidence"'],
    "as": ['"csv"'],
    "column": ['"1"'],
    "base-url": ['"http://127.0.0.1:{trap}/"', '"file:///{outside}/"'],
    "root-dir": ['"{outside}"', '".."', '"linked"', '"/"'],
    "published": ['"1999-01-01"'],
    "include": ['["(a|aa)+$"]', '["."]'],
    "exclude": ['["(x+x+)+y"]'],
    "exclude-path": ['["../outside/**"]', '["/etc/*"]'],
    "remap": [
        '[["^http://127.0.0.1:[0-9]+/", "http://127.0.0.1:{trap}/"]]', '[[".*", "{outside}/secret.md"]]',
        '[[".*", "../outside/secret.md"]]', '[[".*", "file://{outside}/secret.md"]]', '[["(.*)", "$1/../../x"]]',
    ],
    "recurse": ["true"],
    "depth": ["0", "1000000"],
    "max-pages": ["1000000000"],
    "scope": ['["127.0.0.1:{trap}"]', '["http://127.0.0.1:{trap}/"]'],
    "robots": ['"ignore"', '"obey"'],
    "role": ['["citation"]'],
    "shard": ['"2/2"'],
    "max-file-size": ["1099511627776", "1"],
    "include-code": ["true"],
    "fresh": ["true"],
    "resume": ["true"],
    "offline": ["true"],
    "resolve": ['["here.test:{ours}:127.0.0.1:{trap}"]'],
    "allow-private": ["true"],
    "archive": ["false"],
    "provenance": ["false"],
    "archive-budget": ['"365d"', "0"],
    "archive-order": ['["theirs"]', '["archive-today", "perma"]'],
    "deep": ["true"],
    "rdap": ["true"],
    "rdap-service": ['"http://127.0.0.1:{trap}"'],
    "archives": [
        '{{ wayback = {{ cdx = "http://127.0.0.1:{trap}/cdx" }} }}',
        '{{ theirs = {{ timemap = "http://127.0.0.1:{trap}/map" }} }}',
    ],
    "store": ['"{outside}/history.sqlite"', '"../outside/secret.md"', '"linked/history.sqlite"'],
    "no-store": ["true"],
    "fail-on": ['["never"]'],
    "fail-when": ['"confirmed"'],
    "strikes": ["100"],
    "strike-days": ["365"],
    "since": ['"HEAD"', '"--output=../outside/secret.md"'],
    "baseline": ['"{outside}/known.json"', '"../outside/known.json"', '"linked/known.json"'],
    "severity": ['{{ missing-fragment = "note" }}'],
    "concurrency": ["1000"],
    "host-concurrency": ["100"],
    "host-interval": ["0"],
    "host-patience": ['"365d"'],
    "timeout": ['"365d"', '"1ms"'],
    "connect-timeout": ['"365d"'],
    "max-time": ['"365d"', "0"],
    "retries": ["10"],
    "engine": ['"wreq"'],
    "ca-file": ['"{outside}/ca.pem"', '"linked/ca.pem"', '"/etc/passwd"'],
    "user-agent": ['"theirs"'],
    "hosts": [
        '{{ "127.0.0.1" = {{ headers = {{ x-theirs = "1" }} }} }}',
        '{{ "127.0.0.1" = {{ interval = 0, concurrency = 100, accept = [404], timeout = "1d" }} }}',
    ],
    "control-hosts": ['["localhost"]'],
    "progress": ["true"],
    "color": ['"always"'],
}  # fmt: skip
"""TOML values by setting; where a value holds a brace of its own, it is doubled."""

REACHING = frozenset("sources outputs evidence base-url remap resolve archives store since baseline".split())
"""Settings of which a value above reaches outside of the folder as soon as the config is trusted.

Not `ca-file`: OpenSSL opens that itself, which no audit event tells (`tests/config/test_untrusted.py` has it).
"""


class Case(NamedTuple):
    """One value of one setting, in a checkout of its own."""

    key: str
    value: str
    folder: Path


class Found(NamedTuple):
    """What came of all cases."""

    touches: dict[str, list[str]]
    """By setting and value: what was touched outside of the folder that a run without config does not touch."""
    heard: str
    """What the server of the document was sent."""
    trapped: str
    """What another server was sent."""
    changed: list[str]
    """Files outside of the checkouts that are new, gone or different; an event of what is opened through a folder's
    handle has only the name."""


def test_every_setting_has_a_hostile_value() -> None:
    assert HOSTILE.keys() == keys().keys(), "add the worst values of a new setting to HOSTILE"


def test_untrusted_it_reaches_nothing_outside(tmp_path: Path, git: Git) -> None:
    found = run_all(tmp_path, git, HOSTILE, named=False)

    base_url = 'base-url = "http://127.0.0.1:{trap}/"'
    assert found.touches.keys() == {base_url}  # a web address, as a document may name it, too: it carries nothing away
    assert len(found.touches[base_url]) == 1
    assert [line for line in found.trapped.splitlines() if "HTTP/" in line] == ["GET /b.md HTTP/1.1"]
    assert "x-theirs" not in found.heard
    assert found.changed == []


def test_trusted_the_same_values_reach_outside(tmp_path: Path, git: Git) -> None:
    """The watch is able to notice: else the law above would mean nothing."""
    found = run_all(tmp_path, git, {*REACHING, "hosts"}, named=True)

    assert {case.partition(" = ")[0] for case in found.touches} >= REACHING
    assert "x-theirs" in found.heard
    assert "GET " in found.trapped
    assert found.changed != []


def run_all(here: Path, git: Git, settings: Collection[str], *, named: bool) -> Found:
    """Run linkcheck once for every value of some settings, as the config that was found in a checkout, or `named`."""
    with recording(here / "ours") as ours, recording(here / "trap") as trap:
        outside = _outside(here)
        first = _checkout(here, git, ours.port)
        cases = []
        for key in settings:
            for value in HOSTILE[key]:
                folder = here / f"case-{len(cases)}"
                shutil.copytree(first, folder, symlinks=True)
                filled = value.format(outside=outside, trap=trap.port, ours=ours.port)
                (folder / "linkcheck.toml").write_text(f"{key} = {filled}\n")
                cases.append(Case(key, value, folder))
        before = _contents(outside)
        trust = ["--config", "linkcheck.toml"] if named else []
        options = ["--allow-private", "--retries", "0", *trust]
        shutil.copytree(first, here / "control", symlinks=True)
        alone = ["a.md", "--allow-private", "--retries", "0"]
        runs = [{"folder": str(folder), "arguments": alone} for folder in (first, here / "control")]
        runs += [
            {"folder": str(case.folder), "arguments": options if case.key == "sources" else ["a.md", *options]}
            for case in cases
        ]
        _, control, *touched = _watched(runs, here)
        after = _contents(outside)
    usual = set(control)
    return Found(
        touches={
            f"{case.key} = {case.value}": new
            for case, all_ in zip(cases, touched, strict=True)
            if (new := sorted(set(all_) - usual))
        },
        heard=ours.heard,
        trapped=trap.heard,
        changed=sorted(str(path) for path in before.keys() | after.keys() if before.get(path) != after.get(path)),
    )


def _outside(here: Path) -> Path:
    """Make the files of the user that are none of the stranger's business."""
    outside = here / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("[x](http://secret.test/)\n")
    (outside / "known.json").write_text('{"linkcheck-baseline": 1, "known": []}')
    shutil.copy(here / "ours" / "ca.pem", outside / "ca.pem")
    return outside


def _checkout(here: Path, git: Git, port: int) -> Path:
    """Make a stranger's repository, with links that lead out of it."""
    folder = here / "first"
    (folder / "reports").mkdir(parents=True)
    (folder / "a.md").write_text(
        f"[a](http://127.0.0.1:{port}/page) [b](http://127.0.0.1:{port}/gone) [c](b.md) [d](http://here.test:{port}/)\n"
    )
    (folder / "b.md").write_text("# A page\n")
    (folder / "linked").symlink_to("../outside")
    (folder / "link.md").symlink_to("../outside/secret.md")
    (folder / "reports" / "linked").symlink_to("../../outside")
    git("init", "-q", cwd=folder)
    git("add", "-A", cwd=folder)
    git("commit", "-qm", "theirs", cwd=folder)
    return folder


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _watched(runs: list[dict[str, object]], here: Path) -> list[list[str]]:
    """Return what each run touches outside of its folder."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("LINKCHECK_", "XDG_"))}
    for name in ("home", "tmp"):
        (here / name).mkdir()
    environ |= {"HOME": str(here / "home"), "TMPDIR": str(here / "tmp")}
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "security" / "watching.py")],
        input=json.dumps(runs),
        env=environ | {"PYTHONPATH": os.environ.get("TESTED_TREE", str(ROOT)), "LINKCHECK_ENGINE": "httpx"},
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    return [one["touches"] for one in json.loads(done.stdout)]
