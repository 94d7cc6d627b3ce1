"""Whether what is said of an article fits together."""

import pytest

from linkcheck.model import Claim, Provenance, Severity
from linkcheck.provenance.agreement import findings, slug_claims

URL = "https://paper.test/2017/02/14/the-advisor-resigns-amid-claims-of-talks-a57137"
TITLE = Claim("title", "The Advisor Resigns Amid Claims of Talks", "H1", 3)
IN_URL = Claim("published", "2017-02-14", "URL path")


def dated(*days: str) -> Provenance:
    return Provenance((*(Claim("published", day, "date line", 5) for day in days), IN_URL))


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        ("2017-02-13", Severity.NOTE),
        ("2017-02-15", Severity.NOTE),
        ("2017-02-16", Severity.WARNING),
        ("2016-02-14", Severity.WARNING),
    ],
)
def test_a_day_apart_is_a_note_and_more_a_warning(day: str, severity: Severity) -> None:
    (finding,) = findings(dated(day))

    assert (finding.rule, finding.severity, finding.line) == ("date-conflict", severity, 5)
    assert finding.evidence["stated"] == day
    assert finding.evidence["in_url"] == "2017-02-14"


def test_the_strongest_statement_is_compared() -> None:
    assert list(findings(dated("2017-02-14", "2015-01-01"))) == []
    assert len(list(findings(dated("2015-01-01", "2017-02-14")))) == 1


def test_with_one_side_alone_there_is_no_conflict() -> None:
    assert list(findings(Provenance((IN_URL,)))) == []
    assert list(findings(Provenance((Claim("published", "2017-02-14", "H1"),)))) == []


def test_the_headline_that_the_slug_was_made_of_is_found() -> None:
    other = Claim("title", "A Man Goes", "<title>", 1)

    assert slug_claims([other, TITLE], [URL]) == (Claim("slug", "agrees", "H1, URL path", 3),)


def test_another_headline_is_a_note_with_the_words() -> None:
    title = Claim("title", "Harbour Council Votes to Keep the Old Lighthouse", "H1", 3)
    claims = (title, Claim("original", URL, "original link", 45), *slug_claims([title], [URL]))

    (finding,) = findings(Provenance(claims))

    assert (finding.rule, finding.severity, finding.line) == ("headline-slug-mismatch", Severity.NOTE, 3)
    assert finding.evidence["slug"] == ["advisor", "resigns", "claims", "talks"]
    assert "lighthouse" in finding.evidence["headline"]


@pytest.mark.parametrize(
    "url", ["https://paper.test/57137", "https://paper.test/advisor-resigns", "https://paper.test/"]
)
def test_an_id_or_a_shortened_slug_claims_nothing(url: str) -> None:
    assert slug_claims([Claim("title", "Harbour Council Votes to Keep the Old Lighthouse", "H1", 3)], [url]) == ()
