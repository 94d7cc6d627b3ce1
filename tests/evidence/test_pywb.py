"""The evidence opens in a web archive that others made: pywb, run as a process."""

from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Run, run
from tests.cli.test_evidence import record, warc_of, world
from tests.pywb_server import installed, serving

__all__ = ["run"]


def test_pywb_shows_every_answer(tmp_path: Path, run: Run, request: pytest.FixtureRequest) -> None:
    programs = installed(request.config.cache.mkdir("pywb"))
    with world(tmp_path) as web:
        result = record(run, web, "--format", "json")

    folder = tmp_path / "pywb"
    folder.mkdir()
    with serving(programs, folder, [warc_of(tmp_path)], config="") as kept, httpx.Client(timeout=30) as client:
        shown = {}
        for link in result.report["links"]:
            check = link["check"]
            if not check or not link["url"].startswith("http") or check["status"] is None:
                continue
            for hop in check["hops"]:
                shown[hop["url"]] = (hop["status"], client.get(f"{kept.base}/mp_/{hop['url']}").status_code)
        page = client.get(f"{kept.base}/id_/{web.url('paper.org/report')}")

    assert len(shown) >= 8
    assert {url: now for url, (then, now) in shown.items() if then != now} == {}
    assert page.text.startswith("<!doctype html><title>A page</title>")
    assert "Memento-Datetime" in page.headers
