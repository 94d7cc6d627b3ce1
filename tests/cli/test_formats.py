"""Other formats at the command line: what a person sees, and the exit code."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.archive_server import Capture
from tests.archive_server import serving as archive
from tests.cli.conftest import Run
from tests.web import Page, staged


def test_lycheeignore_leaves_urls_out_and_says_so(tmp_path: Path, run: Run) -> None:
    (tmp_path / ".lycheeignore").write_text("^https://a\\.invalid/\n[broken\n")
    (tmp_path / "a.md").write_text("[a](https://a.invalid/x)\n")

    result = run("check", "a.md", "--format", "json", "--no-store", "--offline")

    (row,) = json.loads(result.out)["references"]
    assert row["verdict"] == "skipped"
    assert row["reason"] == {"code": "excluded", "text": ".lycheeignore: ^https://a\\.invalid/"}
    assert ".lycheeignore:2: '[broken' is no regular expression" in result.err
    assert result.code == 0


def test_lycheeignore_counts_for_extract_too(tmp_path: Path, run: Run) -> None:
    (tmp_path / ".lycheeignore").write_text("^https://a\\.invalid/\n[broken\n")
    (tmp_path / "a.md").write_text("[a](https://a.invalid/x) [b](https://b.invalid/x) [c](c.md)\n")

    result = run("extract", "a.md")

    assert [line.split()[3] for line in result.out.splitlines()] == ["https://b.invalid/x", "c.md"]
    assert "2 references in 1 document" in result.err
    assert ".lycheeignore:2: '[broken' is no regular expression" in result.err
    assert result.code == 0


def piped(monkeypatch: pytest.MonkeyPatch, source: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(source), isatty=lambda: False))


@pytest.mark.parametrize(
    ("read_as", "source", "expected"),
    [
        ("urls", b"http://a.test/\n# no\nb.test/x\n", ["http://a.test/", "b.test/x"]),
        ("csv", b"title,url\nA,http://a.test/\n", ["http://a.test/"]),
        ("jsonl", b'{"url":"http://a.test/"}\n', ["http://a.test/"]),
        ("har", b'{"log":{"entries":[{"request":{"url":"http://a.test/"}}]}}', ["http://a.test/"]),
        ("bookmarks", b'<DT><A HREF="http://a.test/">A</A>', ["http://a.test/"]),
        ("rst", b"`a <http://a.test/>`_", ["http://a.test/"]),
        ("wikitext", b"[http://a.test/ A]", ["http://a.test/"]),
        ("notebook", b'{"cells":[{"cell_type":"markdown","source":"<http://a.test/>"}]}', ["http://a.test/"]),
        ("latex", b"\\url{http://a.test/}", ["http://a.test/"]),
        ("bibtex", b"@misc{a, url={http://a.test/}}", ["http://a.test/"]),
        ("org", b"[[http://a.test/][A]]", ["http://a.test/"]),
        ("asciidoc", b"http://a.test/[A]", ["http://a.test/"]),
        ("mdx", b"<Link to='/x' />", ["/x"]),
    ],
)
def test_standard_input_is_read_as_any_format(
    run: Run, monkeypatch: pytest.MonkeyPatch, read_as: str, source: bytes, expected: list[str]
) -> None:
    piped(monkeypatch, source)

    result = run("extract", "-", "--as", read_as, "--format", "json")

    assert [one["raw"] for one in json.loads(result.out)["references"]] == expected
    assert result.code == 0


def test_a_column_is_named_on_the_command_line(tmp_path: Path, run: Run) -> None:
    (tmp_path / "x.csv").write_text("old,new\nhttp://a.test/,http://b.test/\n")

    assert "http://b.test/" in run("extract", "x.csv", "--column", "new").out
    assert "http://a.test/" not in run("extract", "x.csv", "--column", "new").out
    assert (
        "Name one that is there: old, new." in run("check", "x.csv", "--column", "neu", "--offline", "--no-store").out
    )


def test_folders_are_searched_for_documents_and_not_for_data(tmp_path: Path, run: Run) -> None:
    taken = ["a.md", "a.markdown", "a.qmd", "a.Rmd", "a.mdx", "a.rst", "a.adoc", "a.tex", "a.bib", "a.ipynb", "a.org"]
    taken += ["a.html", "a.txt", "a.wiki"]
    for name in [*taken, "a.csv", "a.jsonl", "a.har", "a.urls", "a.pdf", "a.docx"]:
        (tmp_path / name).write_text("http://a.test/\n")

    report = run("check", ".", "--offline", "--no-store", "--format", "json").report

    assert sorted(one["path"] for one in report["documents"]) == sorted(taken)


def test_what_is_no_pdf_is_named_and_the_rest_is_done(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.pdf").write_text("<html>log in first</html>")
    (tmp_path / "a.md").write_text("[a](b.md)\n")
    (tmp_path / "b.md").write_text("b\n")

    result = run("check", "a.pdf", "a.md", "--offline", "--no-store")

    assert "a.pdf: is not what its name says (application/pdf)" in result.err
    assert result.code == 3


def test_without_the_extra_a_pdf_says_what_to_install(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linkcheck.sources.formats.find_spec", lambda _: None)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")

    result = run("extract", "a.pdf")

    assert "pip install 'linkcheck-provenance[pdf]'" in result.err
    assert result.code == 2


def test_a_text_that_speaks_of_formats_is_a_text(tmp_path: Path, run: Run) -> None:
    (tmp_path / "notes").write_text("PK means ZIP, %PDF- begins a PDF: http://a.test/\n")

    assert "http://a.test/" in run("extract", "notes").out


def test_a_missing_file_in_other_formats_is_missing(tmp_path: Path, run: Run) -> None:
    (tmp_path / "there.txt").write_text("x")
    (tmp_path / "a.rst").write_text("`a <there.txt>`_ `b <gone.txt>`_\n")
    (tmp_path / "a.org").write_text("[[file:there.txt][a]] [[file:gone.txt][b]]\n")
    (tmp_path / "a.adoc").write_text("link:there.txt[a] include::gone.txt[]\n")

    report = run("check", ".", "--offline", "--no-store", "--format", "json").report

    verdicts = {(one["document"], one["raw"]): one["verdict"] for one in report["references"]}
    assert verdicts == {
        ("a.adoc", "there.txt"): "alive",
        ("a.adoc", "gone.txt"): "dead",
        ("a.org", "file:there.txt"): "alive",
        ("a.org", "file:gone.txt"): "dead",
        ("a.rst", "there.txt"): "alive",
        ("a.rst", "gone.txt"): "dead",
    }


def test_a_wikipedia_page_gets_its_citations_corrected(tmp_path: Path, run: Run) -> None:
    with staged({"paper.org/there": Page(), "wall.org/x": Page(403)}) as web, archive([]) as wayback:
        gone, there, wall = (web.url(name) for name in ("paper.org/gone", "paper.org/there", "wall.org/x"))
        body = b"<title>The Story</title><h1>The Story</h1><p>Nine officials told the paper what they had heard of it."
        wayback.captures.append(Capture("20170213080000", gone, body=body))
        (tmp_path / "page.wiki").write_text(
            "{{Use mdy dates|date=May 2020}}\n"
            f"<ref>{{{{cite news |url={gone} |title=The Story |access-date=February 14, 2017}}}}</ref>\n"
            f"<ref>{{{{cite news |url={there} |title=There}}}}</ref>\n"
            f"<ref>{{{{cite news |url={wall} |title=Wall}}}}</ref>\n"
        )
        endpoints = "".join(f'{name} = "{url}"\n' for name, url in wayback.endpoints.items())
        (tmp_path / "staged.toml").write_text(f"[linkcheck.archives.wayback]\n{endpoints}")
        result = run(
            "page.wiki",
            *("--config", "staged.toml", "--archive-order", "wayback", "--no-store", "--retries", "0"),
            *("--format", "wikitext", *web.options("paper.org", "wall.org")),
        )

    corrected = (
        f"{{{{cite news |url={gone} |title=The Story |access-date=February 14, 2017 "
        f"|archive-url={wayback.base}/web/20170213080000/{gone} |archive-date=February 13, 2017 |url-status=dead}}}}"
    )
    assert corrected in result.out
    assert "line 4: blocked: " in result.out
    assert there not in result.out
    assert result.code == 1
