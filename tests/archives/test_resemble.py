import pytest
from msgspec import structs

from linkcheck.archives.api import Shown
from linkcheck.archives.resemble import Sought, resemblance
from linkcheck.extract.page import read
from linkcheck.model import Response

URL = "https://a.test/n/4711"
TEXT = "The harbour council has voted to keep the lamp of the old lighthouse burning for another year. " * 3


def page(title: str, text: str = TEXT) -> Shown:
    body = f"<title>{title}</title><h1>{title}</h1><p>{text}</p>".encode()
    reading = read(Response(URL, 200, body=body, headers=(("content-type", "text/html"),)))
    return Shown(facts=reading.facts, text=reading.text)


VOTE = page("Council Votes to Keep the Old Lighthouse Lit")


@pytest.mark.parametrize(
    ("sought", "expected", "words"),
    [
        (Sought(url=URL, titles=("Harbour Council votes to keep old lighthouse lit",)), True, "shows"),
        (Sought(url=f"{URL}/council-votes-to-keep-the-old-lighthouse-lit"), True, "as its URL says"),
        (Sought(url=URL, texts=("keep the lamp of the old lighthouse burning",)), True, "has the words"),
        (Sought(url=URL, texts=("their votes on that old lighthouse",)), True, "has the"),
        (Sought(url=URL), True, "nothing is said of it"),
        (Sought(url=URL, texts=("here",)), True, "nothing is said of it"),
        (Sought(url=URL, texts=("readings of the weather station",)), None, "not on it"),
        (Sought(url=URL, titles=("Marta Osei will not stand again for mayor",)), False, "not"),
        (Sought(url=URL, titles=("Marta Osei will not stand again for mayor", "Old lighthouse lit")), True, "shows"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_page_is_held_against_it(sought: Sought, expected: bool | None, words: str) -> None:
    found = resemblance(VOTE, sought)

    assert found.is_it is expected
    assert words in found.why


GERMAN = page(
    "Der Rat lässt den alten Leuchtturm brennen",
    "Der Rat hat in der Nacht für die Lampe gestimmt und nicht dagegen. " * 4,
)
RUSSIAN = page("Совет оставил старый маяк", "Совет проголосовал за то, чтобы лампа маяка горела ещё один год. " * 4)


@pytest.mark.parametrize("foreign", [GERMAN, RUSSIAN])
def test_a_translated_title_says_nothing_against_a_foreign_page(foreign: Shown) -> None:
    sought = Sought(url=URL, titles=("The council and its plans for the lamp of the old harbour tower",))

    assert resemblance(foreign, sought).is_it is None


def test_the_live_page_speaks_for_a_capture_and_never_against_it() -> None:
    same, other = VOTE.facts, page("Cheap flights", "Book now and pay later, wherever you go. " * 9).facts
    texts = ("readings of the weather station",)

    assert resemblance(VOTE, Sought(url=URL, texts=texts, live=same)).is_it is True
    assert resemblance(VOTE, Sought(url=URL, texts=texts, live=other)).is_it is None
    assert resemblance(VOTE, Sought(url=URL, live=other)).is_it is True


def test_a_page_with_moving_parts_is_still_as_live() -> None:
    long = page("Story 7", TEXT * 20)
    live = structs.replace(long.facts, text_digest="other", simhash=(long.facts.simhash or 0) ^ 0b101)

    assert resemblance(long, Sought(url=URL, texts=("readings of a station",), live=live)).is_it is True
