"""Formats that other programs read: well formed whatever the links say, and complete."""

import csv
import json
import re
from collections import Counter
from io import StringIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from linkcheck import registry
from linkcheck.model import Finding, Rescue, RescueKind, Severity, Verdict
from linkcheck.render import github
from linkcheck.render.api import Style
from linkcheck.render.diagnostics import diagnostics
from linkcheck.render.triage import main_finding
from tests.render.approval import approved, rendered
from tests.render.staged import OK, REPORTS, StagedReport, placeholder, reference, repository

FORMATS = {
    "csv": "csv",
    "html": "html",
    "jsonl": "jsonl",
    "github": "txt",
    "gitlab": "json",
    "checkstyle": "xml",
    "junit": "xml",
    "rdjson": "json",
    "sarif": "sarif",
    "prov": "json",
}
SITUATIONS = {**REPORTS}


@pytest.mark.parametrize("name", FORMATS)
def test_it_reads_as_approved(name: str) -> None:
    for situation in ("mistaken", "repository", "rescued"):
        actual = rendered(name, REPORTS[situation]())

        assert actual == approved(f"{situation}-{name}.{FORMATS[name]}", actual)


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("name", FORMATS)
def test_it_is_well_formed(situation: str, name: str) -> None:
    text = rendered(name, SITUATIONS[situation]())

    match name:
        case "gitlab" | "rdjson" | "sarif" | "prov":
            json.loads(text)
        case "jsonl":
            assert {json.loads(line)["kind"] for line in text.splitlines()} >= {"tool", "run", "summary"}
        case "checkstyle" | "junit":
            ET.fromstring(text)
        case "csv":
            assert len({len(row) for row in csv.reader(StringIO(text, newline=""))}) == 1
        case "github":
            assert all(re.match(r"::(error|warning|notice) ", line) for line in text.split("\n")[:-1])
        case _:
            assert text.startswith("<!doctype html>")
    assert not set(text) & set("\x00\x07\x1b\x9b\u202e\u2066")


def evil(text: str) -> StagedReport:
    return replace(
        StagedReport(),
        document_rows=repository().document_rows[:1],
        reference_rows=(placeholder("1:1", text=text, document=repository().document_rows[0].path, raw=text),),
    )


def test_a_url_is_no_command_of_github() -> None:
    report = evil("http://a.test/%0A::error::x,y\r\n::set-output name=a::b")
    command, answer, end = rendered("github", report).split("\n")

    assert command.startswith("::error file=")
    assert "http://a.test/%250A::error::x,y ::set-output" in command
    assert answer.startswith("::notice")
    assert not end


def test_properties_are_escaped_as_github_reads_them() -> None:
    assert github.value("a%b:c,d\ne") == "a%25b%3Ac%2Cd%0Ae"


def test_github_is_given_what_it_shows_and_told_of_the_rest() -> None:
    path = repository().document_rows[0].path
    rows = tuple(placeholder(f"{line}:1", document=path) for line in range(1, 31))
    report = StagedReport(document_rows=repository().document_rows[:1], reference_rows=rows)
    lines = rendered("github", report).splitlines()

    assert Counter(line.split(" ")[0] for line in lines) == {"::error": github.MOST, "::notice": 1}
    assert "20 more annotations" in lines[-1]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"])
def test_a_spreadsheet_calculates_nothing(formula: str) -> None:
    rows = list(csv.DictReader(StringIO(rendered("csv", evil(formula)), newline="")))

    assert rows[0]["text"] == rows[0]["destination"] == "'" + formula.strip()


def test_html_runs_nothing_and_loads_nothing() -> None:
    report = evil("<script>alert(1)</script>")
    js = reference("1:1", "javascript:alert(1)", Verdict.INVALID, OK, url="javascript:alert(1)")
    path = report.document_rows[0].path
    text = rendered("html", replace(report, reference_rows=(*report.reference_rows, replace(js, document=path))))

    assert not re.search(r"<script|<img|<link|<iframe| on\w+=|src=", text)
    assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', text))
    assert "default-src 'none'" in text


def test_html_shows_the_words_that_differ_from_the_original() -> None:
    text = rendered("html", REPORTS["altered"]())

    assert "<th scope=row>Copy</th><td>98 % of the text; 1 paragraph missing, 1 altered" in text
    assert "<li><strong>After line 13</strong>, missing: <del>The White House did not respond" in text
    assert "altered: I have <del>deeply</del> <ins>sincerely</ins> apologized to the President" in text


def test_html_has_every_reference() -> None:
    report = repository()

    assert rendered("html", report).count("<tr class=") == sum(1 for _ in report.references())


def sarif(report: StagedReport) -> Any:
    (run,) = json.loads(rendered("sarif", report))["runs"]
    return run


@pytest.mark.parametrize("situation", SITUATIONS)
def test_sarif_is_consistent(situation: str) -> None:
    report = SITUATIONS[situation]()
    run = sarif(report)
    rules = run["tool"]["driver"]["rules"]
    results = run["results"]

    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in results)
    assert {rule["id"] for rule in rules} == {one["ruleId"] for one in results}
    prints = [one["partialFingerprints"]["primaryLocationLineHash"] for one in results]
    assert len(set(prints)) == len(prints)
    said = [row for row in report.references() if main_finding(row)]
    assert len(results) == len(said) + sum(len(one.findings) for one in report.documents())


def test_a_fingerprint_survives_the_moving_of_the_line() -> None:
    def shifted(by: int) -> set[str]:
        report = repository()
        rows = tuple(replace(row, line=row.line + by, start=row.start + by) for row in report.reference_rows)
        return {one.fingerprint for one in diagnostics(replace(report, reference_rows=rows), Style())}

    assert shifted(0) == shifted(7)


@pytest.mark.parametrize(
    ("path", "address"), [("docs/50%.md", "docs/50%25.md"), ("a?b.md", "a%3Fb.md"), ("https://a.test/?b=%20", None)]
)
def test_sarif_escapes_the_names_of_files(path: str, address: str | None) -> None:
    document = replace(repository().document_rows[0], path=path)
    report = StagedReport(document_rows=(document,), reference_rows=(replace(placeholder("1:1"), document=path),))

    found = re.findall(r'"uri":"([^"]+)"', rendered("sarif", report))

    assert found == [address or path]


def test_sarif_mends_no_bytes_of_what_is_packed() -> None:
    finding = Finding(rule="placeholder", severity=Severity.ERROR, message="lost", next="Put it back.")
    rescue = Rescue(kind=RescueKind.RECOVERED, url="http://a.test/", confidence=0.95, message="the original says so")
    row = replace(
        placeholder("1:1"), document="a.docx", start=0, end=0, raw="#", findings=(finding,), rescues=(rescue,)
    )
    document = replace(repository().document_rows[0], path="a.docx")

    (result,) = json.loads(rendered("sarif", StagedReport(document_rows=(document,), reference_rows=(row,))))["runs"][
        0
    ]["results"]

    assert "fixes" not in result


@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_has_no_character_that_xml_forbids(name: str) -> None:
    forbidden = replace(placeholder("1:1"), raw="a\uffff", text="b\ufffe\x0b", document="c\uffff.md")
    report = StagedReport(
        document_rows=(replace(repository().document_rows[0], path="c\uffff.md"),), reference_rows=(forbidden,)
    )

    ET.fromstring(rendered(name, report))


def test_junit_counts_its_tests_and_names_each_once() -> None:
    for suite in ET.fromstring(rendered("junit", repository())):
        cases = list(suite)
        assert int(suite.attrib["tests"]) == len(cases) == len({case.attrib["name"] for case in cases})
        assert int(suite.attrib["failures"]) == sum(case.find("failure") is not None for case in cases)
        assert int(suite.attrib["skipped"]) == sum(case.find("skipped") is not None for case in cases)


def test_junit_fails_for_errors_alone() -> None:
    failures = sum(
        any(one.severity is Severity.ERROR for one in row.findings) for row in repository().references()
    ) + sum(one.severity is Severity.ERROR for document in repository().documents() for one in document.findings)

    assert rendered("junit", repository()).count("<failure ") == failures


def test_every_format_is_a_plug_in_with_a_suffix() -> None:
    assert set(FORMATS) < set(registry.names("render"))
    for name in FORMATS:
        assert registry.load("render", name).suffix.startswith(".")


@pytest.mark.parametrize("situation", SITUATIONS)
def test_prov_speaks_of_nothing_that_it_does_not_declare(situation: str) -> None:
    prov = json.loads(rendered("prov", SITUATIONS[situation]()))
    declared = {**prov["entity"], **prov["activity"], **prov["agent"]}
    related = [
        (kind, one)
        for kind in prov
        if kind not in {"prefix", "entity", "activity", "agent"}
        for one in prov[kind].values()
    ]

    for _, one in related:
        ends = [value for name, value in one.items() if name in ENDS]
        assert len(ends) == 2
        assert all(end in declared for end in ends)
    prefixes = {*prov["prefix"], "prov", "xsd", "_"}
    assert all(name.partition(":")[0] in prefixes for kind in prov.values() for name in kind if ":" in name)


ENDS = {
    f"prov:{name}"
    for name in [
        "entity",
        "activity",
        "agent",
        "generatedEntity",
        "usedEntity",
        "influencee",
        "influencer",
        "specificEntity",
        "generalEntity",
        "alternate1",
        "alternate2",
    ]
}


def test_prov_says_where_the_article_comes_from() -> None:
    prov = json.loads(rendered("prov", REPORTS["mistaken"]()))
    (copied,) = (one for one in prov["wasDerivedFrom"].values() if one.get("prov:type"))

    assert copied["prov:type"]["$"] == "prov:PrimarySource"
    assert prov["entity"][copied["prov:usedEntity"]]["prov:location"].startswith("https://www.themoscowtimes.com/")
    assert {one["foaf:name"] for one in prov["agent"].values()} >= {"linkcheck"}
