"""Another site where the cited one stood: only its past can tell."""

import pytest
from msgspec import structs

from linkcheck.detect.api import Citation
from linkcheck.detect.usurped_domain import detect, probe, when
from linkcheck.model import Cited, Confidence, Finding, Role, Severity
from tests.detect.answers import seen
from tests.detect.test_content_drift import AT, PARAGRAPHS, capture, cited, found, story
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


TITLE = "Council votes to keep the lighthouse lit"
APPS = (
    "<title>Farm Village MOD APK v9.1 (Unlimited Money)</title><h1>Download APK</h1><p>Mod menu, unlimited gems, "
    "premium unlocked. Install it today."
)
KASINO = (
    "<title>Nettikasinot 2026</title><h1>Parhaat nettikasinot</h1><p>Kasinobonus, kolikkopelit ja vedonly\u00f6nti."
)


@pytest.mark.parametrize("body", [CASINO, APPS, KASINO])
def test_spam_with_nothing_of_the_title_that_is_cited_is_an_error(body: str) -> None:
    check, context = cited(body)
    one = Citation(role=Role.CITATION, cited=Cited(title=TITLE))
    (finding,) = detect(check, structs.replace(context, citations=lambda: (one,)))

    assert (finding.severity, finding.confidence) == (Severity.ERROR, Confidence.MEDIUM)
    assert TITLE in finding.message


def test_spam_with_nothing_of_the_slug_is_an_error() -> None:
    (finding,) = detect(*seen(CASINO, url="https://paper.org/2017/council-votes-to-keep-the-lighthouse-lit"))

    assert finding.severity is Severity.ERROR
    assert "council votes" in finding.message


def test_a_host_that_is_called_so_is_no_excuse_where_another_page_is_cited() -> None:
    check, context = seen(CASINO, url="https://casinotheatre.org/programme")

    def of(text: str) -> tuple[Finding, ...]:
        one = Citation(role=Role.RELATED, text=text)
        return tuple(detect(check, structs.replace(context, citations=lambda: (one,))))

    assert of("Spring programme of the municipal theatre announced")[0].severity is Severity.ERROR
    assert of("programme") == ()
    assert of("The best online casino guide of the year") == ()


@pytest.mark.parametrize(
    ("url", "title", "text"),
    [
        (
            "https://casinoguide.org/reviews",
            "Online casino reviews",
            "Slots, roulette, blackjack and jackpots compared.",
        ),
        ("https://essex.org/history/archive", "Essex County Archive", "Records of Essex, Sussex and Middlesex."),
        ("https://viagra-history-museum.org/", "Viagra History Museum", "From sildenafil and tadalafil to Cialis."),
        ("https://games.org/apk", "Chess for Android", "Download APK. Free software, without trackers."),
    ],
)
def test_a_site_of_that_name_may_be_about_it(url: str, title: str, text: str) -> None:
    check, context = seen(f"<title>{title}</title><h1>{title}</h1><p>{text}", url=url)

    assert list(detect(check, context)) == []


def test_spam_that_was_there_when_it_was_cited_is_a_note() -> None:
    check, context = cited(CASINO)
    one = Citation(role=Role.CITATION, cited=Cited(title=TITLE), at=AT)
    context = structs.replace(context, citations=lambda: (one,))
    (finding,) = play(probe(check, context), [found(), capture(CASINO)])

    assert finding.severity is Severity.NOTE


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
