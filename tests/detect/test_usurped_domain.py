"""Another site where the cited one stood: only its past can tell."""

import pytest
from msgspec import structs

from linkcheck.detect.api import Citation
from linkcheck.detect.usurped_domain import detect, probe, when
from linkcheck.model import Confidence, Role, Severity
from tests.detect.answers import seen
from tests.detect.test_content_drift import PARAGRAPHS, capture, cited, found, story
from tests.play import play

CASINO = "<html lang=id><title>Situs Slot Gacor Online</title><h1>Daftar slot gacor</h1><p>" + (
    "Slot online terpercaya dengan jackpot dan bonus new member, judi bola dan live casino setiap hari. " * 4
)
LINKS = "".join(f"<a href=https://{name}.org/>{name}</a> " for name in ("harbour", "museum", "council", "school"))
OTHERS = "".join(f"<a href=https://{name}.club/>{name}</a> " for name in ("spin", "win", "bet", "gold"))


def test_spam_where_those_who_cite_it_speak_of_no_such_thing_is_a_note() -> None:
    (finding,) = detect(*cited(CASINO, Role.CITATION))

    assert (finding.severity, finding.confidence) == (Severity.NOTE, Confidence.LOW)
    assert finding.evidence["kind"] == "gambling"


def test_who_cites_a_casino_means_a_casino() -> None:
    check, context = cited(CASINO)
    one = Citation(role=Role.CITATION, text="the page of the casino")

    assert list(detect(check, structs.replace(context, citations=lambda: (one,)))) == []


@pytest.mark.parametrize(
    "body",
    [
        story(PARAGRAPHS),
        story([*PARAGRAPHS, "The casino in the old town hall lost its licence, and the lottery its director."]),
        "<title>Casino closes</title><p>" + " ".join(PARAGRAPHS),
        "",
    ],
)
def test_news_are_no_spam(body: str) -> None:
    assert list(detect(*cited(body, Role.CITATION))) == []


def test_another_site_than_in_the_capture_is_usurped() -> None:
    check, context = cited(CASINO + OTHERS)
    then = "<html lang=en>" + story(PARAGRAPHS, "Friends of the lighthouse") + LINKS
    notes = tuple(detect(check, context))

    assert when(notes, check, context)
    (finding,) = play(probe(check, context), [found(), capture(then)])

    assert (finding.severity, finding.confidence) == (Severity.ERROR, Confidence.HIGH)
    assert "it speaks of gambling now" in finding.message
    assert "its language was en and is id" in finding.message
    assert "it links to none of the sites that it linked to" in finding.message


def test_a_site_that_was_always_so_is_not() -> None:
    check, context = cited(CASINO)

    assert play(probe(check, context), [found(), capture(CASINO)]) == ()
    assert play(probe(check, context), [()]) == ()


def test_a_story_that_changed_is_drift_and_no_usurpation() -> None:
    check, context = cited(story(PARAGRAPHS[:1]))

    assert play(probe(check, context), [found(), capture(story(PARAGRAPHS))]) == ()


def test_without_suspicion_and_without_archives_nothing_is_asked() -> None:
    check, context = cited(story(PARAGRAPHS), Role.CITATION)

    assert not when((), check, context)
    assert not when(tuple(detect(*cited(CASINO))), *seen(CASINO))
