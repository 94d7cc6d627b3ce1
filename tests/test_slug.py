"""What a slug says beside a headline, and when it says nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.slug import Agreement, compare, content_words, is_alike, slugs_of

MOSCOW = (
    "https://www.themoscowtimes.com/2017/02/14/trump-security-advisor-michael-flynn-resigns-amid-claims-of-"
    "inappropriate-talks-with-russian-ambassador-a57137"
)
HEADLINE = "Trump Security Advisor Michael Flynn Resigns Amid Claims of 'Inappropriate' Talks With Russian Ambassador"


@pytest.mark.parametrize(
    ("headline", "url"),
    [
        (HEADLINE, MOSCOW),
        ("Michael Flynn’s Resignation: the Claims, the Talks", MOSCOW),  # noqa: RUF001 - as papers set it
        ("U.S. Council Votes on Sanctions", "https://a.test/u-s-council-votes-on-sanctions"),
        ("Grüner Wasserstoff: das Schlüsselelement", "https://a.test/gruener-wasserstoff-schluesselelement.html"),
        ("Être ou ne pas être à l'école française", "https://a.test/a/etre-ecole-francaise-123456"),
        ("Советник Флинн подал в отставку", "https://a.test/советник-флинн-подал-в-отставку"),
        ("Council Votes to Keep the Lighthouse", "https://a.test/local_news_today/council_votes_lighthouse"),
        ("Council Votes to Keep the Lighthouse", "https://a.test/council-votes-lighthouse/print-this"),
    ],
)
def test_a_slug_made_of_the_headline_agrees(headline: str, url: str) -> None:
    assert compare(headline, url).agreement is Agreement.AGREES


def test_a_slug_that_agrees_with_the_other_headline_contradicts_this_one() -> None:
    found = compare("Top Russian Officials Call Flynn Resignation 'Russophobic Paranoia'", MOSCOW, other=HEADLINE)

    assert found.agreement is Agreement.CONTRADICTS
    assert found.shared == ("russian", "flynn", "resignation")
    assert found.only_headline == ("top", "officials", "call", "russophobic", "paranoia")
    assert "ambassador" in found.only_slug


def test_a_slug_of_the_same_language_without_a_common_word_contradicts() -> None:
    url = "https://a.test/2018/11/council-postpones-the-vote-on-the-lighthouse"

    assert compare("What the Fishermen Say of the New Radar Mast on the Cliff", url).agreement is Agreement.CONTRADICTS


@pytest.mark.parametrize(
    ("headline", "url"),
    [
        ("Top Russian Officials Call Flynn Resignation Paranoia", MOSCOW),  # common words, and no other headline
        ("Top Russian Officials Call Flynn Resignation Paranoia", "https://a.test/57137"),
        ("Top Russian Officials Call Flynn Resignation Paranoia", "https://a.test/?p=57137"),
        ("Top Russian Officials Call Flynn Resignation Paranoia", "https://a.test/the-harbour-council"),
        (
            "Top Russian Officials Call Flynn Resignation Paranoia",
            "https://a.test/c90d406b-2b41-4e98-b9cd-4aa661e512b2",
        ),
        (
            "Das passiert mit Ihrem Gehirn, wenn Sie Angst haben",
            "https://a.test/this-is-what-happens-to-your-brain-and-body",
        ),
        ("Подольски завершил карьеру в сборной Германии", "https://a.test/podolski-zavershil-kareru-v-sbornojj"),
        (
            "What the Fishermen Say of the Industrial Harbour",
            "https://a.test/vote-on-the-industry-tax-for-towns-and-people",
        ),
        (
            "Habeck und BDI dringen auf raschen Strompreis für alle",
            "https://a.test/der-industriestrompreis-und-die-debatte-ohne-ende",
        ),
        ("One Two", MOSCOW),
        ("", MOSCOW),
        (HEADLINE, "not a url"),
        (HEADLINE, "file:///a.md"),
    ],
)
def test_who_is_in_doubt_is_silent(headline: str, url: str) -> None:
    assert compare(headline, url).agreement is Agreement.SILENT


@pytest.mark.parametrize("url", ["https://a.test/" + "a-" * 100_000, "https://a.test/" + "/a-b" * 100_000])
def test_endless_paths_are_not_read(url: str) -> None:
    assert slugs_of(url) == ()


def test_words_that_say_nothing_of_a_story_are_left_out() -> None:
    assert content_words("Read the full story of the 35 lighthouses on our website") == ("lighthouses",)
    assert content_words("Flynn's U.S. talks, Flynn’s U.S. talks") == ("flynn", "talks")  # noqa: RUF001 - as set


def test_headlines_of_one_story_are_alike() -> None:
    assert is_alike(HEADLINE, "Michael Flynn Resigns Amid Claims")
    assert not is_alike(HEADLINE, "Top Russian Officials Call Flynn Resignation 'Russophobic Paranoia'")
    assert not is_alike("", HEADLINE)


@given(st.text(), st.text(), st.text())
def test_any_texts_can_be_compared(headline: str, path: str, other: str) -> None:
    found = compare(headline, f"https://a.test/{path}", other=other)

    assert not set(found.shared) & set(found.only_headline)


@given(
    st.lists(
        st.sampled_from(["harbour", "council", "lighthouse", "radar", "fishermen", "minister"]),
        min_size=3,
        unique=True,
    )
)
def test_a_slug_agrees_with_the_words_it_was_made_of(words: list[str]) -> None:
    assert compare(" ".join(words).title(), f"https://a.test/2017/{'-'.join(words)}-a1").agreement is Agreement.AGREES
