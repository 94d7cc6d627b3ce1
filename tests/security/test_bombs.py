"""Small files that unfold to much, or lead in circles: each ends in a value in the report, in little memory.

Every file is read in a process of its own, whose address space and CPU time the system bounds: without bounds of our
own it would be killed, or say that it has no memory.
"""

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web import Page, staged

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="address spaces are bounded by Linux alone")

MEMORY, SECONDS = 900 << 20, 60
LIMITED = f"""
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
sys.argv[0] = "linkcheck"
runpy.run_module("linkcheck", run_name="__main__")
"""


def checked(folder: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    """Run a check under limits; return its exit code and its report."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "check", *arguments, "--no-store", "--format", "json"],
        cwd=folder, capture_output=True, check=False, timeout=600,
        env={**os.environ, "PYTHONPATH": str(Path.cwd()), "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert b"MemoryError" not in done.stderr + done.stdout
    return done.returncode, json.loads(done.stdout)


def test_the_limits_would_be_felt(tmp_path: Path) -> None:
    script = LIMITED.partition("sys.argv")[0] + f"bytearray({MEMORY})"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, cwd=tmp_path)

    assert b"MemoryError" in done.stderr


def docx(**parts: Callable[[Any], None]) -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, write in parts.items():
            with archive.open(f"word/{name}.xml", "w") as part:
                write(part)
    return stored.getvalue()


def blanks(part: Any) -> None:
    part.write(b"<w:document xmlns:w='w'>")
    for _ in range(300):
        part.write(b" " * (1 << 20))


def paragraphs(part: Any) -> None:
    part.write(b"<w:document xmlns:w='w'>")
    for _ in range(100):
        part.write(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 20_000)
    part.write(b"</w:document>")


def laughs(part: Any) -> None:
    entities = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 12))
    part.write(f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><w:document xmlns:w="w">&a11;</w:document>'.encode())


def deep(part: Any) -> None:
    part.write(b"<a>" * 2_000_000)


def many_parts() -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("word/document.xml", "<w:document xmlns:w='w'/>")
        for number in range(20_000):
            archive.writestr(f"{number}", b"")
    return stored.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("blanks", lambda: docx(document=blanks), "holds more than"),
        ("paragraphs", lambda: docx(document=paragraphs), "holds more than"),
        ("laughs", lambda: docx(document=laughs), "declares entities"),
        ("deep", lambda: docx(document=deep), "nests too deep"),
        ("headers", lambda: docx(document=laughs, **{f"header{n}": blanks for n in range(5)}), "holds more than"),
        ("parts", many_parts, "more than 10,000 parts"),
    ],
)
def test_a_word_file_that_unfolds_to_much_is_a_finding(
    tmp_path: Path, name: str, make: Callable[[], bytes], words: str
) -> None:
    (tmp_path / "a.docx").write_bytes(make())

    _, report = checked(tmp_path, "a.docx", "--offline")

    assert (tmp_path / "a.docx").stat().st_size < 4 << 20, name
    findings = report["documents"][0]["findings"]
    assert any(words in one["message"] for one in findings), findings
    assert {one["rule"] for one in findings} == {"damaged-document"}


def folded(piece: bytes, megabytes: int, times: int = 1) -> bytes:
    """Return a PDF stream that unfolds to so much."""
    packer = zlib.compressobj(9)
    block = piece * ((1 << 20) // len(piece))
    data = b"".join([*(packer.compress(block) for _ in range(megabytes)), packer.flush()])
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter[%s]" % (b"/FlateDecode" * times))


def stream(data: bytes, said: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), said, data)


def pdf(*objects: bytes) -> bytes:
    body, places = b"%PDF-1.5\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, end)


CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>>>"
)
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def kids(*pages: int) -> bytes:
    return b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"".join(b"%d 0 R " % one for one in pages), len(pages))


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("gigabyte", lambda: pdf(CATALOG, PAGES, PAGE, folded(b"0 ", 1024), FONT), "1 of 1 pages cannot be read"),
        ("twice", lambda: pdf(CATALOG, PAGES, PAGE, folded(b"0 ", 1024, 2), FONT), "1 of 1 pages cannot be read"),
        ("words", lambda: pdf(CATALOG, PAGES, PAGE, folded(b"(a) Tj\n", 64), FONT), "1 of 1 pages cannot be read"),
        ("shared", lambda: pdf(CATALOG, kids(*[3] * 2000), PAGE, folded(b"(a) Tj\n", 1), FONT), "pages cannot be read"),
        ("loop", lambda: pdf(CATALOG, kids(2, 2, 2)), "no PDF that can be read"),
        (
            "tree",
            lambda: pdf(CATALOG, *(kids(*[level + 1] * 10) for level in range(2, 20)), PAGE),
            "no PDF that can be read",
        ),
        ("count", lambda: pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 999999999>>", PAGE, stream(b"")), ""),
        ("arrays", lambda: pdf(CATALOG, PAGES, b"[" * 100_000 + b"]" * 100_000), "no PDF that can be read"),
        ("contents", lambda: pdf(CATALOG, PAGES, PAGE, stream(b"BT " + b"[" * 100_000), FONT), ""),
        (
            "forms",
            lambda: pdf(
                CATALOG, PAGES, PAGE, stream(b"/X Do"), FONT,
                stream(b"/X Do /X Do", b"/Subtype/Form/Resources<</XObject<</X 6 0 R>>>>"),
            ),
            "",
        ),
    ],
)  # fmt: skip
def test_a_pdf_that_unfolds_to_much_or_leads_in_circles_is_a_finding(
    tmp_path: Path, name: str, make: Callable[[], bytes], words: str
) -> None:
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(make())

    code, report = checked(tmp_path, "a.pdf", "--offline")

    assert (tmp_path / "a.pdf").stat().st_size < 4 << 20, name
    findings = report["documents"][0]["findings"]
    assert code == 0
    assert [words in one["message"] for one in findings] == [True] if words else findings == []


def packed(piece: bytes, megabytes: int) -> bytes:
    stored = io.BytesIO()
    with gzip.GzipFile(fileobj=stored, mode="wb") as file:
        for _ in range(megabytes):
            file.write(piece * ((1 << 20) // len(piece)))
    return stored.getvalue()


def test_a_sitemap_that_unfolds_to_much_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xml.gz").write_bytes(packed(b"<urlset>", 1000))

    code, report = checked(tmp_path, "a.xml.gz", "--offline")

    assert code == 2
    assert "is damaged, or larger than 50 MB once unfolded" in report["run"]["notes"][0]


def test_a_sitemap_of_more_entries_than_the_protocol_allows_is_cut(tmp_path: Path) -> None:
    row = b"<url><loc>http://a.test/</loc></url>"
    (tmp_path / "a.xml").write_bytes(b"<urlset>" + row * 300_000 + b"</urlset>")

    code, report = checked(tmp_path, "a.xml", "--as", "sitemap", "--offline")

    assert code == 0
    assert len(report["references"]) == 50_000
    assert [one["rule"] for one in report["documents"][0]["findings"]] == ["list-cut"]


def test_sitemaps_that_name_each_other_are_read_once(tmp_path: Path) -> None:
    def index(*urls: str) -> Page:
        rows = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
        return Page(body=f"<sitemapindex>{rows}</sitemapindex>", headers={"content-type": "application/xml"})

    pages: dict[str, Page] = {}
    with staged(pages) as web:
        one, other = (web.url(f"a.org/{name}.xml") for name in ("one", "other"))
        pages |= {"a.org/one.xml": index(one, other), "a.org/other.xml": index(other, one)}
        code, _ = checked(tmp_path, one, *web.options("a.org"), "--no-archive")
        asked = [path for path in web.asked if path.endswith(".xml")]

    assert code == 0
    assert len(asked) <= 4


def test_a_recording_that_unfolds_to_much_is_refused(tmp_path: Path) -> None:
    size = 1000 << 20
    head = (
        f"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:a>\r\nWARC-Target-URI: urn:linkcheck:tape\r\n"
        f"WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Length: {size}\r\n\r\n"
    )
    stored = io.BytesIO()
    with gzip.GzipFile(fileobj=stored, mode="wb") as file:
        file.write(head.encode())
        for _ in range(1000):
            file.write(b" " * (1 << 20))
    (tmp_path / "run.warc.gz").write_bytes(stored.getvalue())

    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "check", "--replay", "run.warc.gz"],
        cwd=tmp_path, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip

    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"run.warc.gz: holds a record of more than" in done.stderr
