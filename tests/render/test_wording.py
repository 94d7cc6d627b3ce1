"""What is said of a capture and of a document."""

from typing import Any

import pytest
from msgspec.structs import replace

from linkcheck.model import ArchiveAnswer, ArchiveRow, Claim, DocumentRow, Memento, Reason, ReasonCode, Verdict
from linkcheck.render.wording import capture, capture_of, proof, published, slug_agreement
from tests.render.staged import reference

URL = "https://a.example.org/"
DEAD = reference("1:1", URL, Verdict.DEAD, Reason(ReasonCode.HTTP_GONE, "410 Gone on GET, asked twice"))
DOCUMENT = DocumentRow(path="a.md", media_type="text/markdown")


@pytest.mark.parametrize(
    ("days", "validated", "words"),
    [
        (0.2, True, "2017-02-14, 0 days off, validated"),
        (1.0, None, "2017-02-14, 1 day later, not validated"),
        (-3.4, False, "2017-02-14, 3 days earlier, shows something else"),
        (None, None, "2017-02-14, not validated"),
    ],
)
def test_a_capture_says_how_near_and_how_sure(days: float | None, validated: bool | None, words: str) -> None:
    memento = Memento(
        archive="wayback", uri_m=URL, datetime="2017-02-14T00:00:00Z", distance_days=days, validated=validated
    )

    assert capture(memento) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, None),
        (
            {"target": "2017-02-14T00:00:00Z", "target_basis": "the article's date"},
            "chosen for 2017-02-14, the article's date",
        ),
        ({"validated": False, "note": "is a wall"}, "it is a wall"),
        ({"target": "2017-02-14", "note": "not looked at"}, "chosen for 2017-02-14, as asked; not looked at"),
    ],
)
def test_what_a_capture_was_chosen_for_and_what_was_seen_of_it(said: dict[str, Any], words: str | None) -> None:
    assert proof(Memento(archive="wayback", uri_m=URL, datetime="2017-02-14T00:00:00Z", **said)) == words


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (ArchiveAnswer.NONE, "no capture (wayback: empty)"),
        (ArchiveAnswer.FAILED, "captures unknown: the archive did not answer (wayback: empty)"),
        (ArchiveAnswer.NOT_ASKED, "captures unknown: the archive was not asked (wayback: empty)"),
    ],
)
def test_no_capture_is_three_different_things(answer: ArchiveAnswer, words: str) -> None:
    row = replace(DEAD, archives=(ArchiveRow(archive="wayback", answer=answer, reason="empty"),))

    assert capture_of(row) == words
    assert capture_of(DEAD) is None


def test_a_date_comes_with_who_says_so_and_who_does_not() -> None:
    claims = (
        Claim("published", "2017-02-14", "date line", 5),
        Claim("published", "2017-02-14", "URL path"),
        Claim("published", "2017-02-15", "JSON-LD"),
    )

    assert (
        published(replace(DOCUMENT, claims=claims)) == "2017-02-14  (line 5; URL path agrees; JSON-LD says 2017-02-15)"
    )
    assert published(DOCUMENT) is None


@pytest.mark.parametrize(("value", "words"), [("agrees", "agree"), ("contradicts", "differ"), ("silent", None)])
def test_headline_and_slug_agree_or_differ(value: str, words: str | None) -> None:
    assert slug_agreement(replace(DOCUMENT, claims=(Claim("slug", value, "H1, URL path", 3),))) == words
    assert slug_agreement(DOCUMENT) is None
