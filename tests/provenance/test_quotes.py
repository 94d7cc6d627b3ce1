import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model import Passage
from linkcheck.provenance.quotes import Outcome, Words, quotations
from linkcheck.provenance.winnow import GUARANTEED, Seeds

SPEECH = (
    "It is with a heavy heart that I leave this office today. "
    "I have sincerely apologised to the President, and he has accepted my apology. "
    + "Other words went on and on. "
    * 60
) + "The measures would soon be lifted, I was told by everybody."
WORDS = Words([Passage("He read the letter aloud:"), Passage(SPEECH)])


@pytest.mark.parametrize(
    ("quotation", "outcome"),
    [
        ("I have sincerely apologised to the President", Outcome.EXACT),
        ("\u2018i have  sincerely apologised\u2019 to the President\u2026", Outcome.EXACT),
        ("heavy heart that I leave ... this office", Outcome.EXACT),
        ("[Flynn] have sincerely apologised to the President", Outcome.EXACT),
        ("I have sincerely apologised to the Vice President", Outcome.ALTERED),
        ("I have never apologised to the President", Outcome.ALTERED),
        ("nobody ever said anything like these few words", Outcome.MISSING),
        ("this office today ... The measures would soon be lifted", Outcome.MISSING),
        ("he has accepted my apology ... with a heavy heart that I leave", Outcome.MISSING),
    ],
)
def test_a_quotation_is_looked_for_word_by_word(quotation: str, outcome: Outcome) -> None:
    assert WORDS.trace(quotation).outcome is outcome


def test_an_alteration_shows_both_in_one() -> None:
    trace = WORDS.trace("I have sincerely apologised to the Vice President")

    assert trace.words == "i have sincerely apologised to the {+vice+} president"
    assert trace.nearest == "i have sincerely apologised to the president"


def test_words_from_places_far_apart_are_no_match() -> None:
    words = [f"w{number}" for number in range(400)]
    page = Words([Passage(" ".join(words))])
    stitched = " ".join(words[10:14] + words[200:204] + words[390:394])

    assert page.trace(stitched).outcome is Outcome.MISSING


def test_quotations_are_what_stands_in_marks_and_is_long_enough() -> None:
    passages = [
        Passage('He called it "a lie" and said: "It will all be clear by Monday morning."', line=3),
        Passage(
            "\u201cThe second one is in curly marks,\u201d she said, \u201eund die dritte in deutschen Zeichen\u201c.",
            line=5,
        ),
        Passage("\u00ab Et la quatri\u00e8me en fran\u00e7ais, bien s\u00fbr \u00bb", line=7),
        Passage('"Headlines are not quotations at all"', is_heading=True),
        Passage('a 6" pipe and a 12" pipe are no quotation of anybody'),
    ]

    assert [(one.text, one.line) for one in quotations(passages)] == [
        ("It will all be clear by Monday morning.", 3),
        ("The second one is in curly marks,", 5),
        ("und die dritte in deutschen Zeichen", 5),
        ("Et la quatri\u00e8me en fran\u00e7ais, bien s\u00fbr", 7),
    ]


@given(st.lists(st.sampled_from("abcdefghij"), min_size=GUARANTEED, max_size=60), st.data())
def test_every_run_of_five_words_is_found_where_it_stands(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - GUARANTEED))
    run = words[start : start + GUARANTEED]

    assert any(words[place : place + GUARANTEED] == run for place in Seeds(words).diagonals(run))


@given(st.text(max_size=200), st.text(max_size=100))
def test_no_text_makes_it_raise(text: str, quotation: str) -> None:
    Words([Passage(text)]).trace(quotation)
    list(quotations([Passage(text)]))


def test_omissions_that_the_original_itself_has_are_no_parts() -> None:
    said = "So\u2026 how did I die, then? They [37] never told me."
    words = Words([Passage("So it goes. " * 100), Passage("Other words went on and on. " * 60 + said)])

    assert words.trace("So\u2026 how did I die, then?").outcome is Outcome.EXACT
    assert words.trace("how did I die, then? They [37] never told me").outcome is Outcome.EXACT


def test_an_address_in_quotation_marks_is_no_quotation() -> None:
    passage = Passage('<iframe src="https://paper.test/video/embed/?pid=14030919&quality=high&autoplay=no">')

    assert list(quotations([passage])) == []


def test_an_alteration_is_shown_as_the_text_has_it() -> None:
    words = Words([Passage('He wrote: "I have deeply apologized to the President, and he has accepted it."')])

    trace = words.trace("I have sincerely apologized to the President, and he has accepted it.")

    assert trace.words == "I have [-deeply-] {+sincerely+} apologized to the President, and he has accepted it."


@pytest.mark.parametrize(
    ("quotation", "outcome"),
    [
        ("市民の安全を守るために全力を尽くします", Outcome.EXACT),
        ("市民の安全を守るために最善を尽くします", Outcome.ALTERED),
        ("昨日の試合では一点も取れませんでした", Outcome.MISSING),
    ],
)
def test_a_quotation_is_looked_for_in_scripts_without_spaces(quotation: str, outcome: Outcome) -> None:
    page = Words(
        [Passage("知事は会見で、市民の安全を守るために全力を尽くしますと述べた。" + "会議は三時間続いた。" * 9)]
    )

    assert page.trace(quotation).outcome is outcome


def test_japanese_quotation_marks_hold_quotations() -> None:
    passages = [Passage("知事は「市民の安全を守るために全力を尽くします」と述べ、「はい」と答えた。")]

    assert [one.text for one in quotations(passages)] == ["市民の安全を守るために全力を尽くします"]
