"""A domain that was registered after it was cited makes surer what its page says, and is no proof by itself."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkcheck.detect import parked_domain, usurped_domain
from linkcheck.detect.api import Context
from linkcheck.detect.registration import registered, registered_later
from linkcheck.model import Check, Confidence, Failure, FailureKind, Once, Response, Role, Severity
from tests.detect.test_content_drift import PARAGRAPHS, capture, cited, found, story
from tests.detect.test_usurped_domain import CASINO
from tests.play import play

PARKED = "<title>paper.org</title><h1>This domain is for sale</h1><p>Buy this domain."


def rdap(date: str = "2021-05-06T07:08:09Z", action: str = "registration", name: str = "PAPER.ORG") -> Response:
    events = [{"eventAction": "last changed", "eventDate": "2026-01-01T00:00:00Z"}]
    events.append({"eventAction": action, "eventDate": date})
    told = {"objectClassName": "domain", "ldhName": name, "events": events, "entities": [{"handle": "1"}]}
    return Response(
        "https://rdap.example/domain/paper.org",
        200,
        (("content-type", "application/rdap+json"),),
        json.dumps(told).encode(),
    )


def asking(body: str, **said: str) -> tuple[Check, Context]:
    check, context = cited(body, Role.CITATION, **said)
    return check, structs.replace(context, rdap="https://rdap.example/", has_archives=False)


def test_a_parked_domain_that_was_registered_after_the_citation_is_surer() -> None:
    check, context = asking(PARKED)
    first = tuple(parked_domain.detect(check, context))
    questions: list[Any] = []

    assert parked_domain.when(first, check, context)
    (finding,) = play(parked_domain.probe(check, context), [rdap()], asked=questions)

    assert isinstance(questions[0], Once)
    assert questions[0].request.url == "https://rdap.example/domain/paper.org"
    assert (first[0].severity, finding.severity) == (Severity.ERROR, Severity.ERROR)
    assert finding.confidence is Confidence.HIGH
    assert finding.message.endswith("; paper.org was registered on 2021-05-06, after it was cited (2017-02-14)")
    assert finding.evidence["registered"] == "2021-05-06"


@pytest.mark.parametrize(
    "answer",
    [
        rdap("2003-01-01T00:00:00Z"),
        rdap("2017-02-14T23:00:00Z"),
        rdap(name="other.org"),
        rdap("soon"),
        rdap(action="expiration"),
        Response("https://rdap.example/domain/paper.org", 404),
        Response("https://rdap.example/domain/paper.org", 200, body=b"<html>" * 100),
        Response("https://rdap.example/domain/paper.org", 200, body=b"[" * 100_000),
        Response("https://rdap.example/domain/paper.org", 200, body=b'{"ldhName": "paper.org"}'),
        Failure(FailureKind.BUDGET, "no time is left"),
    ],
)
def test_an_older_registration_or_none_changes_nothing(answer: Response | Failure) -> None:
    assert play(parked_domain.probe(*asking(PARKED)), [answer]) == ()
    assert play(usurped_domain.probe(*asking(CASINO)), [answer]) == ()


def test_a_domain_that_came_back_counts_from_its_last_registration() -> None:
    body = rdap(action="reregistration").body

    assert registered(body, "paper.org") == datetime(2021, 5, 6, 7, 8, 9, tzinfo=UTC)


def test_spam_on_a_domain_that_is_not_the_one_that_was_cited_is_usurped() -> None:
    check, context = asking(CASINO)
    notes = tuple(usurped_domain.detect(check, context))

    assert usurped_domain.when(notes, check, context)
    (finding,) = play(usurped_domain.probe(check, context), [rdap()])

    assert (finding.severity, finding.confidence) == (Severity.ERROR, Confidence.MEDIUM)
    assert "it speaks of gambling" in finding.message
    assert "registered on 2021-05-06" in finding.message


def test_a_capture_that_clears_the_page_is_not_overruled_by_a_date() -> None:
    check, context = asking(CASINO)
    context = structs.replace(context, has_archives=True)

    assert play(usurped_domain.probe(check, context), [found(), capture(CASINO)]) == ()


def test_a_date_alone_is_never_asked_for_and_never_a_finding() -> None:
    check, context = asking(story(PARAGRAPHS))

    assert not parked_domain.when((), check, context)
    assert not usurped_domain.when((), check, context)
    assert play(usurped_domain.probe(check, context), []) == ()


def test_nobody_is_asked_unless_the_config_wants_it_nor_about_addresses_and_undated_citations() -> None:
    check, context = asking(PARKED)
    off = structs.replace(context, rdap="")

    assert not parked_domain.when(tuple(parked_domain.detect(check, off)), check, off)
    for one in (
        off,
        structs.replace(context, url="http://192.0.2.1/x"),
        structs.replace(context, url="http://intranet/x"),
        structs.replace(context, citations=tuple),
    ):
        assert play(registered_later(one), []) is None


@given(st.binary(max_size=300) | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(json.dumps))
def test_whatever_a_service_says_is_read_or_passed_over(told: bytes | str) -> None:
    body = told.encode() if isinstance(told, str) else told

    assert registered(body, "paper.org") is None
