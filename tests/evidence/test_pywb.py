"""The evidence opens in a web archive that others made: pywb, run as a process.

It is found through `PYWB_PROGRAMS` (a folder with `wayback` and `wb-manager`), beside this Python, or on the PATH;
`python -m venv V && V/bin/pip install 'setuptools<81' pywb` makes one.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Run, run
from tests.cli.test_evidence import record, warc_of, world

__all__ = ["run"]


def program(name: str) -> str:
    places = [os.environ.get("PYWB_PROGRAMS", ""), str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    found = shutil.which(name, path=os.pathsep.join(filter(None, places)))
    if found is None:
        pytest.skip("pywb is not here; PYWB_PROGRAMS names the folder of its programs")
    return found


@contextmanager
def viewing(warc: Path, folder: Path) -> Iterator[str]:
    """Show a WARC in pywb; give the address of its collection."""
    manager = program("wb-manager")
    folder.mkdir()
    for command in (["init", "kept"], ["add", "kept", str(warc)]):
        subprocess.run([manager, *command], cwd=folder, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen(
        [program("wayback"), "-b", "127.0.0.1", "-p", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}/kept"
        finally:
            process.terminate()


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail("pywb ended at once")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)  # nothing tells when another process listens
    pytest.fail("pywb does not listen")


def test_pywb_shows_every_answer(tmp_path: Path, run: Run) -> None:
    program("wayback")
    with world(tmp_path) as web:
        result = record(run, web, "--format", "json")

    with viewing(warc_of(tmp_path), tmp_path / "pywb") as kept, httpx.Client(timeout=30) as client:
        shown = {}
        for link in result.report["links"]:
            check = link["check"]
            if not check or not link["url"].startswith("http") or check["status"] is None:
                continue
            for hop in check["hops"]:
                shown[hop["url"]] = (hop["status"], client.get(f"{kept}/mp_/{hop['url']}").status_code)
        page = client.get(f"{kept}/id_/{web.url('paper.org/report')}")

    assert len(shown) >= 8
    assert {url: now for url, (then, now) in shown.items() if then != now} == {}
    assert page.text.startswith("<!doctype html><title>A page</title>")
    assert "Memento-Datetime" in page.headers
