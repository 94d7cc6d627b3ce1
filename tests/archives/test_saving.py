import json
from typing import Any
from urllib.parse import parse_qs

import pytest

from linkcheck.archives.saving import POLLS, NotSaved, Saved, save
from linkcheck.archives.wayback import PLUGIN
from linkcheck.model import Failure, FailureKind, Request, Response
from tests.play import play

URL = "https://a.test/story?x=1&y=2"
JOB = "spn2-0123456789abcdef0123456789abcdef01234567"
KEYS = "LOW access:secret"


def says(status: int = 200, **told: Any) -> Response:
    return Response("https://web.archive.org/save", status, body=json.dumps(told).encode())


ACCEPTED = says(url=URL, job_id=JOB)


def saved(*answers: Response | Failure, asked: list[Request] | None = None) -> Saved | NotSaved:
    return play(save(URL, PLUGIN.endpoints, KEYS), answers, asked=asked)


def pending(**told: Any) -> Response:
    return Response("", 200, body=json.dumps({"status": "pending", **told}).encode())


def ended(**told: Any) -> Response:
    return Response("", 200, body=json.dumps({"status": "error", "job_id": JOB, **told}).encode())


def test_a_page_is_submitted_polled_and_its_memento_named() -> None:
    asked: list[Request] = []
    outcome = saved(ACCEPTED, pending(), pending(), _success(), asked=asked)

    assert outcome == Saved(
        url=URL, uri_m=f"https://web.archive.org/web/20240315120000/{URL}", datetime="2024-03-15T12:00:00Z"
    )
    submitted, *polls = asked
    assert (submitted.method, submitted.url) == ("POST", "https://web.archive.org/save")
    form = {name: values[0] for name, values in parse_qs(submitted.content.decode()).items()}
    assert (form["url"], form["skip_first_archive"], form["if_not_archived_within"]) == (URL, "1", "86400")
    assert {request.url for request in polls} == {f"https://web.archive.org/save/status/{JOB}"}
    assert all(("authorization", KEYS) in request.headers and not request.follow for request in asked)


def test_a_capture_of_minutes_ago_is_as_good() -> None:
    message = "The same snapshot had been made 2 minutes ago. You can make new capture of this URL after 1 hour."
    outcome = saved(says(url=URL, job_id=JOB, message=message), _success())

    assert isinstance(outcome, Saved)
    assert outcome.note == message


@pytest.mark.parametrize(
    ("code", "is_passing", "is_for_all"),
    [
        ("too-many-daily-captures", True, False),
        ("user-session-limit", True, True),
        ("service-unavailable", True, False),
        ("not-found", False, False),
        ("blocked-url", False, False),
        ("blocked-client-ip", True, True),
        ("unauthorized", False, True),
    ],
)
def test_errors_come_with_status_200(code: str, is_passing: bool, is_for_all: bool) -> None:
    said = {"status": "error", "status_ext": f"error:{code}", "message": "This URL has been already captured."}
    at_once = saved(Response("", 200, body=json.dumps(said).encode()))
    later = saved(ACCEPTED, pending(), ended(status_ext=f"error:{code}", message="This URL has been already captured."))

    for outcome in (at_once, later):
        assert outcome == NotSaved(
            url=URL,
            reason=f"This URL has been already captured. ({code})",
            is_passing=is_passing,
            is_for_all=is_for_all,
        )


@pytest.mark.parametrize(
    ("answer", "words", "is_for_all"),
    [
        (says(429), "wait (429)", True),
        (says(401), "refuses the keys", True),
        (Response("", 200, body=b"<html>Too many"), "no JSON", False),
        (Response("", 200, body=b"[" * 9999), "no JSON", False),
        (Response("", 502, body=b""), "status 502", False),
        (says(job_id="../../etc"), "did not say why", False),
        (says(job_id=17, message=["x"]), "did not say why", False),
        (Failure(FailureKind.BUDGET, "an archive may take 60 s"), "60 s", True),
        (Failure(FailureKind.TIMEOUT_READ, "no answer"), "no answer", False),
    ],
)
def test_what_is_no_answer_is_a_sentence(answer: Response | Failure, words: str, is_for_all: bool) -> None:
    outcome = saved(answer)

    assert isinstance(outcome, NotSaved)
    assert words in outcome.reason
    assert outcome.is_for_all is is_for_all


def test_a_job_that_never_ends_is_left_alone() -> None:
    outcome = saved(ACCEPTED, *([pending()] * POLLS))

    assert isinstance(outcome, NotSaved)
    assert "not done yet" in outcome.reason


def test_a_job_that_can_no_longer_be_asked_about_may_have_ended_well() -> None:
    outcome = saved(ACCEPTED, Failure(FailureKind.BUDGET, "the time is up"))

    assert isinstance(outcome, NotSaved)
    assert outcome.reason == "the time is up; the job was accepted and may end well"


def _success() -> Response:
    told = {"status": "success", "job_id": JOB, "original_url": URL, "timestamp": "20240315120000"}
    return Response("", 200, body=json.dumps(told).encode())
