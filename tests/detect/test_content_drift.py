"""How a page is compared with its capture, and when an archive is asked at all."""

from datetime import UTC, datetime

import pytest
from msgspec import structs

from linkcheck.detect.api import Citation, Context
from linkcheck.detect.comparison import Band, compare
from linkcheck.detect.content_drift import probe, when
from linkcheck.fetch.observe import page_of
from linkcheck.model import (
    ArchiveAnswer,
    Captures,
    Check,
    Confidence,
    Failure,
    FailureKind,
    Finding,
    Lookup,
    Memento,
    Once,
    Response,
    Role,
    Severity,
)
from tests.detect.answers import URL, seen
from tests.play import play

AT = datetime(2017, 2, 14, tzinfo=UTC)
PARAGRAPHS = [
    "The harbour council voted on Saturday to keep the lamp of the old lighthouse burning for another year.",
    "Eleven years ago the port authority had announced that it would be switched off for good, and was laughed at.",
    "The mast sees ships, said its engineer, but it does not show them the way, which is what a lamp is for.",
    "Fourteen fishermen had come to the session in their boots, and nobody asked them to wait outside.",
    "The keeper's logbook, which was believed lost, turned up in the harbour office on the same afternoon.",
]
OTHER = [
    "Cheap flights to twelve sunny islands leave every morning from an airport that you have never heard of.",
    "Compare ninety airlines with one click and save up to seventy percent of what your neighbours have paid.",
    "Subscribe to our newsletter now and win a suitcase with four wheels and a lock that really opens.",
]


def story(paragraphs: list[str], title: str = "Council keeps the lighthouse lit") -> str:
    words = "".join(f"<p>{one}</p>" for one in paragraphs)
    navigation = "<nav>" + "<a href=/x>Sports</a> <a href=/y>Weather</a> " * 20 + "</nav>"
    return f"<title>{title}</title>{navigation}<main><h1>{title}</h1>{words}</main>"


def page(body: str):  # noqa: ANN201 - a page
    return page_of(Response(URL, 200, (("content-type", "text/html"),), body.encode()))


def cited(body: str, role: Role = Role.ORIGINAL, **said: str) -> tuple[Check, Context]:
    check, context = seen(body, **said)
    one = Citation(role=role, at=AT)
    return check, structs.replace(context, citations=lambda: (one,), has_archives=True)


def found(*, validated: bool | None = True) -> tuple[Lookup, ...]:
    memento = Memento(
        archive="wayback",
        uri_m="https://web.archive.org/web/20170215000000/x",
        uri_raw="https://web.archive.org/web/20170215000000id_/x",
        datetime="2017-02-15T00:00:00Z",
        validated=validated,
    )
    return (Lookup(archive="wayback", answer=ArchiveAnswer.FOUND, mementos=(memento,)),)


def capture(body: str, status: int = 200) -> Response:
    return Response("https://web.archive.org/x", status, (("content-type", "text/html"),), body.encode())


@pytest.mark.parametrize(
    ("now", "title", "band", "gone"),
    [
        (PARAGRAPHS, "Council keeps the lighthouse lit", Band.SAME, 0),
        (PARAGRAPHS, "Lighthouse: council decides", Band.SAME, 1),
        (PARAGRAPHS[:4], "Council keeps the lighthouse lit", Band.EDITED, 1),
        (PARAGRAPHS[:2], "Council keeps the lighthouse lit", Band.DRIFTED, 3),
        (OTHER, "Council keeps the lighthouse lit", Band.DRIFTED, 5),
        (OTHER, "Cheap flights", Band.REPLACED, 6),
    ],
)
def test_bands_and_paragraphs(now: list[str], title: str, band: Band, gone: int) -> None:
    compared = compare(page(story(now, title)), page(story(PARAGRAPHS)))

    assert (compared.band, compared.gone, compared.paragraphs) == (band, gone, 6)  # the heading is one


def test_what_went_is_said_in_one_line_with_its_numbers() -> None:
    compared = compare(page(story(PARAGRAPHS[:2])), page(story(PARAGRAPHS)))

    assert compared.summary == "3 of 6 paragraphs are gone"  # the heading is one
    assert compared.numbers["first_gone"] == PARAGRAPHS[2].lower().replace(",", "").replace(".", "")
    assert compared.numbers["band"] == "drifted"


def test_other_markup_around_the_same_words_is_no_change() -> None:
    then = f"<title>x</title><table><tr><td>{'<br>'.join(PARAGRAPHS)}</table>"
    now = f"<title>x</title><p>{' '.join(PARAGRAPHS)}"

    assert compare(page(now), page(then)).band is Band.SAME


def test_another_navigation_is_no_change() -> None:
    now = story(PARAGRAPHS).replace("Sports", "Crosswords and recipes")

    assert compare(page(now), page(story(PARAGRAPHS))).band is Band.SAME


def test_too_few_words_cannot_be_compared() -> None:
    assert compare(page(story(PARAGRAPHS)), page("<p>Hello")).band is Band.UNKNOWN


def test_a_drifted_original_is_found_with_its_capture() -> None:
    check, context = cited(story(PARAGRAPHS[:2]))
    questions: list[object] = []

    assert when((), check, context)
    (finding,) = play(probe(check, context), [found(), capture(story(PARAGRAPHS))], asked=questions)

    assert questions[0] == Captures(URL, AT)
    assert isinstance(questions[1], Once)
    assert questions[1].request.url.endswith("id_/x")
    assert (finding.severity, finding.confidence) == (Severity.WARNING, Confidence.HIGH)
    assert finding.message.startswith("3 of 6 paragraphs are gone since the capture of 2017-02-15 (drifted: ")
    assert finding.evidence["capture"] == "https://web.archive.org/web/20170215000000/x"


def test_another_title_is_said_with_both() -> None:
    check, context = cited(story(OTHER, "Cheap flights"))

    (finding,) = play(probe(check, context), [found(), capture(story(PARAGRAPHS))])

    assert finding.message.endswith(
        '; it was called "Council keeps the lighthouse lit", and is called "Cheap flights" now'
    )


def test_a_capture_that_nobody_validated_says_less() -> None:
    check, context = cited(story(PARAGRAPHS[:2]))

    (finding,) = play(probe(check, context), [found(validated=None), capture(story(PARAGRAPHS))])

    assert finding.confidence is Confidence.MEDIUM


def test_an_edited_page_is_a_note() -> None:
    check, context = cited(story(PARAGRAPHS[:4]))

    (finding,) = play(probe(check, context), [found(), capture(story(PARAGRAPHS))])

    assert (finding.severity, finding.confidence) == (Severity.NOTE, Confidence.LOW)


@pytest.mark.parametrize(
    "answers",
    [
        [()],
        [found(validated=False)],
        [found(), capture("", 404)],
        [found(), Failure(FailureKind.BUDGET, "the archive budget ended")],
        [found(), capture("<title>Not found</title><h1>Page not found</h1>")],
        [found(), capture(story(PARAGRAPHS))],
    ],
)
def test_without_a_capture_or_a_difference_nothing_is_said(answers: list[object]) -> None:
    check, context = cited(story(PARAGRAPHS))

    assert play(probe(check, context), answers) == ()


def test_only_originals_and_doubtful_links_are_compared_unless_all_are_wanted() -> None:
    check, context = cited(story(PARAGRAPHS), Role.CITATION)

    assert not when((), check, context)
    assert when((), check, structs.replace(context, is_deep=True))
    assert not when((), check, structs.replace(context, is_deep=True, has_archives=False))


def test_another_host_is_doubtful_and_a_subdomain_is_not() -> None:
    assert when((), *cited(story(PARAGRAPHS), Role.CITATION, end="https://flights.example/2017/story"))
    assert not when((), *cited(story(PARAGRAPHS), Role.CITATION, end="https://www.paper.org/2017/story"))


def test_a_page_that_is_not_called_what_the_text_says_is_doubtful() -> None:
    check, context = cited(story(OTHER, "The best of the cheap flights to the islands of the south"), Role.RELATED)
    one = Citation(role=Role.RELATED, text="The council votes on the lamp of the old lighthouse in winter", at=AT)

    assert when((), check, structs.replace(context, citations=lambda: (one,)))


def test_pages_that_are_meant_to_change_and_walls_are_left_alone() -> None:
    for url in (
        "https://paper.org/",
        "https://paper.org/news/",
        "https://paper.org/tag/harbour",
        "https://paper.org/live",
    ):
        assert not when((), *cited(story(PARAGRAPHS), url=url))
    wall = Finding(rule="paywall", severity=Severity.WARNING, message="", next="")
    assert not when((wall,), *cited(story(PARAGRAPHS)))


@pytest.mark.parametrize(
    ("said", "title", "paragraphs", "is_compared"),
    [
        ("Council keeps the lighthouse lit", "Cheap flights to twelve islands", OTHER, True),
        ("Council keeps the lighthouse lit", "Council keeps the lighthouse lit", PARAGRAPHS, False),
        ("Council keeps lamp burning", "Lighthouse stays lit", PARAGRAPHS, False),
        ("according to the council", "Cheap flights to twelve islands", OTHER, False),
        ("Council keeps old lighthouse lit after eleven long years", "Harbour news of the week", PARAGRAPHS, True),
    ],
)
def test_a_title_that_is_linked_in_running_text_and_of_which_the_page_has_little_makes_it_compared(
    said: str, title: str, paragraphs: list[str], *, is_compared: bool
) -> None:
    check, context = cited(story(paragraphs, title))
    one = Citation(role=Role.CITATION, text=said, at=AT)

    assert when((), check, structs.replace(context, citations=lambda: (one,))) is is_compared
