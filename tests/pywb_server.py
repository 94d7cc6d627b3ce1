"""A real pywb over WARCs that tests write: started as a process on loopback, asked through our own client.

pywb is GPL and only ever a process. It lives in an environment of its own, which the first test that needs it makes
below pytest's cache, since it brings a top-level package `tests`. Where it cannot be installed tests that need it are
skipped, and fail in CI.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import venv
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PYWB = ("pywb==2.10.0", "setuptools<81")
"""It still imports pkg_resources."""
COLLECTION = "ours"
CONFIG = "framed_replay: false\nredirect_to_exact: true\n"
"""So that it answers as other archives do: no frame around a capture, and a redirect to the exact one."""


class Record(NamedTuple):
    """One capture."""

    at: str
    """ISO 8601."""
    url: str
    status: str = "200 OK"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    is_revisit: bool = False
    """The payload is that of an earlier capture, and only named."""


class Pywb(NamedTuple):
    """The archive while it serves."""

    base: str

    @property
    def endpoints(self) -> dict[str, str]:
        """What to write below `[linkcheck.archives.ours]`."""
        return {
            "cdx": f"{self.base}/cdx",
            "timemap": f"{self.base}/timemap/link",
            "timegate": self.base,
            "replay": self.base,
        }


def write_warc(path: Path, records: Sequence[Record]) -> Path:
    """Write captures to a WARC."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # warcio leaves its buffers to be collected
        _write(path, records)
    return path


def _write(path: Path, records: Sequence[Record]) -> None:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for one in records:
            http = StatusAndHeaders(one.status, list(one.headers), protocol="HTTP/1.1")
            when = {"WARC-Date": one.at}
            if one.is_revisit:
                digest = writer.create_warc_record(one.url, "response", payload=BytesIO(one.body), http_headers=http)
                writer.ensure_digest(digest, block=False, payload=True)
                record = writer.create_revisit_record(
                    one.url,
                    digest=digest.rec_headers.get_header("WARC-Payload-Digest"),
                    refers_to_uri=one.url,
                    refers_to_date=_first_with(one, records),
                    http_headers=http,
                    warc_headers_dict=when,
                )
            else:
                record = writer.create_warc_record(
                    one.url, "response", payload=BytesIO(one.body), http_headers=http, warc_headers_dict=when
                )
            writer.write_record(record)


def _first_with(revisit: Record, records: Sequence[Record]) -> str:
    return next(one.at for one in records if (one.url, one.body) == (revisit.url, revisit.body))


def installed(cache: Path) -> Path:
    """Give the folder of pywb's programs; it is installed into the cache where it is not there yet."""
    home = cache / f"{PYWB[0]}-{sys.version_info.major}.{sys.version_info.minor}"
    programs, mark = home / ("Scripts" if os.name == "nt" else "bin"), home / "installed"
    if not mark.exists():
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home, with_pip=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PYWB]
        made = subprocess.run(pip, check=False, capture_output=True, text=True, timeout=600)
        if made.returncode:
            why = f"pywb cannot be installed here: {made.stderr.strip()[-500:]}"
            pytest.fail(why) if os.environ.get("CI") else pytest.skip(why)
        mark.touch()
    return programs


@contextmanager
def serving(programs: Path, folder: Path, warcs: Sequence[Path], *, config: str = CONFIG) -> Iterator[Pywb]:
    """Serve WARCs on a free port of 127.0.0.1 for as long as the block lasts."""
    wayback, manager = str(programs / "wayback"), str(programs / "wb-manager")
    subprocess.run([manager, "init", COLLECTION], cwd=folder, check=True, capture_output=True, timeout=60)
    added = [str(path.absolute()) for path in warcs]
    subprocess.run([manager, "add", COLLECTION, *added], cwd=folder, check=True, capture_output=True, timeout=60)
    (folder / "config.yaml").write_text(config)
    port = _free_port()
    log = folder / "pywb.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [wayback, "-p", str(port), "-b", "127.0.0.1", "-d", "."], cwd=folder, stdout=out, stderr=out
        )
        try:
            base = f"http://127.0.0.1:{port}/{COLLECTION}"
            _await(f"{base}/cdx?url=http://nobody.invalid/", process, log)
            yield Pywb(base)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(errors="replace")
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"pywb did not start: {log.read_text(errors='replace')}")
