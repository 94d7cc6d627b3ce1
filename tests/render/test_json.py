"""The contract with programs: schema 1."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from msgspec import structs

import linkcheck.render
from linkcheck.model import PageFacts, RunInfo
from linkcheck.render.json import encoded, schema
from tests.render.approval import approved, rendered
from tests.render.staged import PATH, REPORTS, article, hostile, repository, rescued

ALL = {**REPORTS, "hostile": hostile}

CONTRACT = {
    "": "schema tool run summary documents references links",
    "tool": "name version",
    "run": "id started finished complete offline engine user_agent config_digest",
    "summary": "documents references links reference_verdicts link_verdicts findings undecided by_design",
    "documents": "path media_type title author published claims original findings",
    "claims": "field value said_by line",
    "references": (
        "document line column start end raw url link text element role cited verdict reason findings archives mementos "
        "rescues fingerprint"
    ),
    "cited": "title author published accessed quote archive_url archive_date url_status",
    "reason": "code text",
    "archives": "archive answer reason at",
    "mementos": "archive uri_m datetime status validated target target_basis distance_days note",
    "rescues": "kind url uri_m confidence evidence message",
    "links": "url verdict reason standing strikes check findings",
    "check": ("at method hops status failure final_url media_type title bytes elapsed_ms attempts inferred"),
    "hops": "url status location elapsed_ms address",
    "findings": "rule severity confidence message next evidence",
}
"""What schema 1 promises, by the name of the field that holds it."""


def read(name: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(rendered("json", ALL[name]()))
    return report


def test_the_committed_schema_is_the_generated_one() -> None:
    generated = f"{json.dumps(schema(), indent=2)}\n"
    path = Path(linkcheck.render.__file__).with_name("report.schema.json")

    assert generated == approved(path, generated)


@pytest.mark.parametrize("name", ALL)
def test_every_report_is_valid(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(read(name), schema())


@pytest.mark.parametrize("name", ["article", "repository"])
def test_the_report_reads_as_approved(name: str) -> None:
    actual = rendered("json", REPORTS[name]())

    assert actual == approved(f"{name}.json", actual)


def test_every_field_of_the_contract_is_there_and_in_order() -> None:
    seen: dict[str, tuple[str, ...]] = {}

    def walk(value: Any, name: str) -> None:
        if isinstance(value, list):
            for one in value:
                walk(one, name)
        elif isinstance(value, dict) and name in CONTRACT:
            seen[name] = tuple(value)
            for key, inner in value.items():
                walk(inner, key)

    for name in ALL:
        walk(read(name), "")

    for name, fields in CONTRACT.items():
        promised = fields.split()
        assert [field for field in seen[name] if field in promised] == promised, name
    assert {"line", "column"} <= set(read("doubtful")["documents"][0]["findings"][0])


def test_an_unknown_value_is_null_rather_than_missing() -> None:
    reference = read("article")["references"][0]

    assert (reference["url"], reference["link"], reference["cited"]) == (None, None, None)


def test_the_order_is_the_documents_order() -> None:
    report = read("article")

    assert [row["raw"][:5] for row in report["references"]] == ["#", "#", "#", "https", "https"]
    assert [row["role"] for row in report["references"]] == ["citation", "related", "related", "related", "original"]
    assert {row["document"] for row in report["references"]} == {PATH}


def test_a_row_is_a_line_so_that_reports_can_be_compared() -> None:
    lines = rendered("json", repository()).splitlines()

    assert sum(line.startswith('{"document":') for line in lines) == repository().summary.references


def test_references_join_to_links() -> None:
    report = read("article")

    assert {row["link"] for row in report["references"]} - {None} == {row["url"] for row in report["links"]}


def test_what_utf8_cannot_hold_is_replaced() -> None:
    text = rendered("json", hostile())

    assert text.encode()
    assert "\N{REPLACEMENT CHARACTER}" in json.loads(text)["documents"][0]["title"]


def test_missing_a_field_or_adding_a_verdict_breaks_the_schema() -> None:
    report = read("article")
    for spoil in ({"verdict": "resting"}, {"line": "5"}):
        spoiled = report | {"references": [report["references"][0] | spoil]}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(spoiled, schema())
    del report["references"][0]["fingerprint"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, schema())


def test_a_field_more_does_not_break_the_schema() -> None:
    jsonschema.validate(read("article") | {"mood": "calm"}, schema())


def test_rescues_keep_their_rank() -> None:
    assert [row["rescues"][0]["kind"] for row in json.loads(rendered("json", rescued()))["references"][:2]] == [
        "recovered",
        "memento",
    ]
    assert article().summary.references == 5


@pytest.mark.parametrize("unseen", ["\x1b[2J", "\x7f", "\x9b31m", "\u202e", "\u2066", "\u200b", "\ufeff", "\U000e0041"])
def test_what_could_drive_a_terminal_is_written_as_an_escape(unseen: str) -> None:
    report = structs.replace(article(), run=RunInfo(id=f"a{unseen}b", started="2026-11-24T14:02:00Z"))

    written = rendered("json", report)

    assert unseen not in written
    assert json.loads(written)["run"]["id"] == f"a{unseen}b"


def test_what_people_write_is_left_readable() -> None:
    report = structs.replace(article(), run=RunInfo(id="Zürich, 東京 🗞", started="2026-11-24T14:02:00Z"))

    assert "Zürich, 東京 🗞" in rendered("json", report)


def test_a_simhash_survives_readers_that_have_no_integers_of_64_bits() -> None:
    text = '"simhash":7 \\"simhash\\":7'

    assert json.loads(encoded({"facts": PageFacts(simhash=2**64 - 1), "text": text})) == {
        "facts": msgspec.to_builtins(PageFacts()) | {"simhash": "ffffffffffffffff"},
        "text": text,
    }
    assert json.loads(encoded(PageFacts(simhash=5)))["simhash"] == "0000000000000005"
    assert json.loads(encoded(PageFacts()))["simhash"] is None
