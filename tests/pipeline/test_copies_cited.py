"""A lost link beside which an archived copy is cited: the copy is named, and who leads readers to it is not accused."""

import pytest
from msgspec import structs

from linkcheck.judge import ReferenceOpinion
from linkcheck.model import Cited, Finding, Judgement, Reason, ReasonCode, Severity, Verdict
from linkcheck.pipeline.copies_cited import with_own_copy

COPY = "https://web.archive.org/web/20170214000000/http://a.test/"
CITED = Cited(archive_url=COPY, url_status="dead", citation="{{cite web}}")


def opinion(verdict: Verdict = Verdict.DEAD) -> ReferenceOpinion:
    findings = (
        Finding(rule=verdict.value, severity=Severity.ERROR, message="404", next="Look for an archived copy."),
        Finding(rule="http-upgrade", severity=Severity.NOTE, message="https", next="Use https."),
    )
    return ReferenceOpinion(judgement=Judgement(verdict, Reason(ReasonCode.HTTP_NOT_FOUND, "404")), findings=findings)


@pytest.mark.parametrize("status", ["dead", "usurped", "deviated", None])
def test_a_citation_that_leads_readers_to_its_copy_is_a_note(status: str | None) -> None:
    told, other = with_own_copy(opinion(), structs.replace(CITED, url_status=status), is_set=False).findings

    assert (told.severity, told.next.startswith("Keep the citation"), COPY in told.next) == (Severity.NOTE, True, True)
    assert other == opinion().findings[1]


def test_a_citation_that_calls_the_page_live_is_to_be_corrected() -> None:
    told, _ = with_own_copy(opinion(), structs.replace(CITED, url_status="live"), is_set=False).findings

    assert (told.severity, told.next.startswith("Set url-status to dead")) == (Severity.ERROR, True)


def test_a_copy_that_prose_names_is_to_be_looked_at_first() -> None:
    told, _ = with_own_copy(opinion(), Cited(archive_url=COPY), is_set=False).findings

    assert told.severity is Severity.ERROR
    assert told.next.endswith(f"{COPY} - otherwise: Look for an archived copy.")


def test_what_the_config_says_of_severity_stays() -> None:
    told, _ = with_own_copy(opinion(), CITED, is_set=True).findings

    assert told.severity is Severity.ERROR


@pytest.mark.parametrize("cited", [None, Cited(title="T", url_status="dead")])
def test_without_a_copy_nothing_changes(cited: Cited | None) -> None:
    assert with_own_copy(opinion(), cited, is_set=False) == opinion()


@pytest.mark.parametrize("verdict", [Verdict.ALIVE, Verdict.MOVED, Verdict.BLOCKED, Verdict.UNREACHABLE])
def test_what_is_not_lost_needs_no_copy(verdict: Verdict) -> None:
    assert with_own_copy(opinion(verdict), CITED, is_set=False) == opinion(verdict)
