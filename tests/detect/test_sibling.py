"""Addresses of pages that cannot exist, and how alike two texts are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import uri
from linkcheck.detect.sibling import jaccard, likeness, shingles, sibling_of, words_without_address


@pytest.mark.parametrize(
    ("url", "start", "end", "is_digits"),
    [
        ("https://a.org/news/story", "https://a.org/news/", "", False),
        ("https://a.org/news/story.html", "https://a.org/news/", ".html", False),
        ("https://a.org/news/12345", "https://a.org/news/", "", True),
        ("https://a.org/news/12345.html", "https://a.org/news/", ".html", True),
        ("https://a.org/news/story/", "https://a.org/news/", "/", False),
        ("https://a.org:8080/x?lang=de", "https://a.org:8080/", "", False),
        ("https://a.org/show.php?id=17&lang=de", "https://a.org/show.php?id=", "&lang=de", True),
        ("https://a.org/?p=some-story", "https://a.org/?p=", "", False),
        ("https://a.org/version-1.2", "https://a.org/", "", False),
    ],
)
def test_it_stands_beside_in_the_same_shape(url: str, start: str, end: str, is_digits: bool) -> None:
    made = sibling_of(url, "seed")

    assert made is not None
    assert made.startswith(start)
    assert made.endswith(end)
    name = made[len(start) : len(made) - len(end)]
    assert len(name) >= 12
    assert name.isdecimal() is is_digits
    assert name.isalnum()


@pytest.mark.parametrize(
    "url", ["https://a.org/", "https://a.org", "https://a.org/?lang=de", "mailto:x@a.org", "nonsense"]
)
def test_a_root_has_none(url: str) -> None:
    assert sibling_of(url, "seed") is None


def test_all_links_of_a_directory_have_the_same() -> None:
    made = {sibling_of(f"https://a.org/news/{name}", "seed") for name in ("one", "two-three", "four_5", "A")}

    assert len(made) == 1
    assert made != {sibling_of("https://a.org/news/one", "another seed")}
    assert made != {sibling_of("https://a.org/sport/one", "seed")}


@given(st.from_regex(r"https?://[a-z]{1,5}\.org/[!-~]{0,60}", fullmatch=True))
def test_it_is_an_address_of_the_same_site_and_another_one(url: str) -> None:
    made = sibling_of(url, "seed")

    if made is not None:
        assert uri.parse(made) is not None
        assert uri.host_of(made) == uri.host_of(url)
        assert uri.key(made) != uri.key(url)


def test_likeness_is_that_of_runs_of_five_words() -> None:
    words = ["the", "sea", "took", "eleven", "metres", "of", "the", "pier", "in", "the", "night"]

    assert likeness(words, words) == 1.0
    assert likeness(words, [*words, "again"]) == pytest.approx(7 / 8)
    assert likeness(words, words[::-1]) == 0.0
    assert likeness([], []) == 1.0
    assert likeness(words, []) == 0.0
    assert len(shingles(words[:3], 5)) == 1
    assert jaccard(frozenset({1, 2}), frozenset({2, 3})) == pytest.approx(1 / 3)


def test_the_address_that_an_error_page_repeats_is_left_out() -> None:
    page = "The requested URL {} was not found"
    one = words_without_address(page.format("/news/a%20b"), "https://a.org/news/a%20b")
    two = words_without_address(page.format("/news/zzzz"), "https://a.org/news/zzzz")

    assert one == two
