import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from linkcheck.model import Check, Finding, Hop, Severity, Trouble, Verdict
from linkcheck.model.http import FailureKind
from linkcheck.tui.entry import judged
from linkcheck.tui.facts import Fact, facts, sheet
from tests.render import staged

AT = "2026-11-24T14:02:31Z"
DEAD = judged(staged.rescued().reference_rows[1])


def test_the_answer_comes_first_then_why_then_what_to_do() -> None:
    labels = [fact.label for fact in facts(DEAD, None) if fact.label]

    assert [one for one in labels if one not in {"text", "link"}] == ["why", "do", "instead", "place"]
    assert next(facts(DEAD, None)).text == "✗ dead"


def test_the_replacement_stands_there_exactly_and_whole() -> None:
    shown = sheet(facts(DEAD, None), 40).plain
    folded = "".join(line[10:].strip() for line in shown.splitlines())

    assert DEAD.replacement
    assert DEAD.replacement in folded


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        ({"standing": "persisting", "strikes": 2, "strikes_of": 3}, "persisting 2/3, since 2026-11-03"),
        ({"standing": "confirmed", "strikes": 3, "strikes_of": 3}, "confirmed, since 2026-11-03"),
        ({"standing": "recovered"}, "recovered, since 2026-11-03"),
        ({"standing": "steady"}, "steady, since 2026-11-03"),
        ({"standing": "new"}, "new"),
        ({}, None),
    ],
)
def test_it_says_where_a_link_stands(standing: dict[str, object], says: str | None) -> None:
    row = replace(staged.rescued().reference_rows[1], since="2026-11-03T12:00:00Z", **standing)
    said = [fact.text for fact in facts(judged(row), None) if fact.label == "stands"]

    assert said == ([says] if says else [])


def test_captures_are_listed_unless_they_are_proposed_anyway() -> None:
    alive = judged(staged.article().reference_rows[4])
    said = [fact.text for fact in facts(alive, None)]

    assert "wayback: 2017-02-14, 0 days off, not validated" in said
    assert staged.CAPTURE in said
    assert "captures" not in [fact.label for fact in facts(DEAD, None)]


def test_a_redirect_chain_is_numbered() -> None:
    hops = (Hop("http://a.org/", 301, "/b"), Hop("http://a.org/b", 302, "/c"), Hop("http://a.org/c", 404))
    check = Check(at=AT, hops=hops, status=404, media_type="text/html", elapsed_ms=1234, confirmed=True, title="Gone")
    said = [fact.text for fact in facts(DEAD, check)]

    assert "1. 301  http://a.org/" in said
    assert "2. 302  http://a.org/b" in said
    assert "3. 404  http://a.org/c" in said
    assert "404, text/html, 1.2 s, asked twice (2026-11-24T14:02:31Z)" in said
    assert "title: Gone" in said


def test_a_failure_is_said_in_its_own_words() -> None:
    check = Check(at=AT, failure=Trouble(FailureKind.REFUSED, "nobody listens on a.org:80"), elapsed_ms=3)

    assert "nobody listens on a.org:80, 3 ms (2026-11-24T14:02:31Z)" in [fact.text for fact in facts(DEAD, check)]


@given(st.lists(st.tuples(st.sampled_from(["", "why", "captures"]), st.text(max_size=200))), st.integers(1, 120))
def test_a_sheet_keeps_to_its_width(pairs: list[tuple[str, str]], width: int) -> None:
    content = sheet([Fact(label, text) for label, text in pairs], width)

    assert all(line.cell_length <= max(width, 20) for line in content.split("\n"))


def test_of_a_wrong_page_nothing_is_said_that_is_only_true_of_that_page() -> None:
    rows = staged.mistaken().reference_rows
    row = next(row for row in rows if any(one.rule == "self-reference" for one in row.findings))
    gone = Finding(rule="dead", severity=Severity.ERROR, message="404 Not Found", next="Replace it.", evidence={"x": 1})
    never = replace(gone, rule="never-archived", message="no archive has a copy")
    shown = list(facts(judged(replace(row, verdict=Verdict.DEAD, findings=(gone, never, *row.findings))), None))

    said = " ".join(fact.text for fact in shown)
    assert "names another story" in said
    assert not [word for word in ("404", "no archive has", "Replace it.", "x: 1") if word in said]
