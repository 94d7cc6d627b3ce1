"""The report as GitHub shows it."""

import html
import re

import pyromark
import pytest
from msgspec.structs import replace

from linkcheck.model import DocumentRow
from linkcheck.render.escape import plain
from tests.render.approval import approved, rendered
from tests.render.staged import (
    EVIL,
    REPORTS,
    StagedReport,
    article,
    clean,
    doubtful,
    hostile,
    incomplete,
    placeholder,
    repository,
    rescued,
)

GFM = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_GFM

OURS = {"h1", "h2", "p", "strong", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "a", "ol", "ul", "li"}
OURS |= {"code", "pre", "details", "summary"}


def page(report: StagedReport) -> str:
    return pyromark.html(rendered("markdown", report), options=GFM)


def headings(report: StagedReport) -> list[str]:
    return re.findall("<h2>(.*?)</h2>", page(report))


@pytest.mark.parametrize("name", REPORTS)
def test_the_report_reads_as_approved(name: str) -> None:
    actual = rendered("markdown", REPORTS[name]())

    assert actual == approved(f"{name}.md", actual)


def test_a_section_without_content_is_left_out() -> None:
    assert headings(article()) == ["Do now", "Everything", "How it was checked"]
    assert headings(doubtful()) == ["Decide", "Notes", "Everything", "How it was checked"]
    assert headings(rescued()) == ["Do now", "Paste this", "Robust links", "Everything", "How it was checked"]
    assert headings(clean()) == ["Paste this", "Everything", "How it was checked"]
    assert headings(StagedReport()) == ["How it was checked"]


def test_the_table_of_everything_has_a_row_a_reference() -> None:
    table = page(rescued()).partition("<h2>Everything</h2>")[2]

    assert table.count("<tr><td") == 5
    assert table.count("<td") == 5 * 6


def test_the_answer_leads_and_an_incomplete_run_says_so() -> None:
    lines = rendered("markdown", incomplete()).splitlines()

    assert lines[2].startswith("**Not ready to republish.** 3 of 5 links have lost their target. ")
    assert lines[4].startswith("> **Incomplete:** no network")


def test_a_capture_that_nobody_looked_at_says_so_and_can_be_followed() -> None:
    shown = page(rescued())

    assert re.search(
        r'Use <a href="https://web\.archive\.org/[^"]+">capture 2011-03-05, 3 days earlier, not validated</a>', shown
    )


def test_replacements_can_be_pasted_as_they_are() -> None:
    pasted = re.search("```diff\n(.*?)\n```", rendered("markdown", rescued()), re.DOTALL)
    assert pasted is not None
    first, second = (line[1:] for line in pasted[1].splitlines() if line.startswith("+"))

    assert pyromark.html(first) == (
        '<p><a href="http://edition.cnn.com/2017/02/13/politics/michael-flynn/index.html">'
        "According to U.S. news outlet CNN</a></p>\n"
    )
    assert ">the [final] report</a>" in pyromark.html(second)


def test_in_html_only_the_address_is_pasted() -> None:
    report = rescued()
    report = replace(report, document_rows=(replace(report.document_rows[0], media_type="text/html"),))

    assert "\n-#\n+http://edition.cnn.com/2017/02/13/politics/michael-flynn/index.html\n" in rendered(
        "markdown", report
    )


def test_details_of_the_tenth_item_still_belong_to_it() -> None:
    rows = tuple(placeholder(f"{line}:1", document="a.md", text="x") for line in range(1, 13))
    document = DocumentRow(path="a.md", media_type="text/markdown")
    shown = page(StagedReport(document_rows=(document,), reference_rows=rows))

    assert shown.count("<ol>") == 1
    assert len(re.findall(r"lost target\s*<ul>", shown)) == 12


def test_evidence_is_folded_away() -> None:
    shown = page(rescued())

    assert shown.count("<details><summary>Evidence</summary>") == shown.count("</details>") == 4
    assert "<li>wayback: none, at 2026-11-24 14:02Z</li>" in shown


def test_many_documents_share_one_report_with_a_section_for_each_that_has_something_to_say() -> None:
    fine = DocumentRow(path="docs/fine.md", media_type="text/markdown")
    report = repository()
    report = replace(report, document_rows=(*report.document_rows, fine))

    assert headings(report) == [
        *(f"docs/{name}.md" for name in ("api", "guide", "a", "b", "c", "d", "e")),
        "How it was checked",
    ]


def test_a_vast_report_stays_readable() -> None:
    paths = [f"{number}.md" for number in range(30)]
    report = StagedReport(
        document_rows=tuple(DocumentRow(path=path, media_type="text/markdown") for path in paths),
        reference_rows=tuple(placeholder(f"{line}:1", document=path) for path in paths for line in range(1, 101)),
    )
    text = rendered("markdown", report)

    assert text.count("\n- **") == 1000
    assert text.count("And 50 more") == 20
    assert "And 1,000 more in further files" in text


@pytest.mark.parametrize("documents", [1, 2])
def test_nothing_from_outside_becomes_markup(documents: int) -> None:
    report = hostile()
    shown = page(replace(report, document_rows=report.document_rows * documents))

    assert set(re.findall(r"<([a-z0-9]+)", shown)) <= OURS
    assert not re.search(r'href="(?!https://)', shown)
    assert "@me" not in re.sub(r'<(code|pre).*?</\1>|href="[^"]*"', "", shown, flags=re.DOTALL)
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", shown)


def test_a_hostile_title_is_shown_as_it_is() -> None:
    heading = re.search("<h1>(.*?)</h1>", page(hostile()))

    assert heading is not None
    assert html.unescape(heading[1]).replace("\u200b", "") == f"Link report: {plain(EVIL)}"


def test_a_run_that_is_not_kept_cannot_be_shown_again() -> None:
    report = REPORTS["article"]()

    assert "linkcheck report" in rendered("markdown", report)
    assert "linkcheck report" not in rendered("markdown", replace(report, run=replace(report.run, kept=False)))
