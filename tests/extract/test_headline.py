"""The headline is the heading that the page is called by, not just the first one."""

import pytest

from linkcheck.extract.headline import Headline, headline_of, letters_of


def found(body: str, *titles: str, names: tuple[str, ...] = ()) -> Headline:
    return headline_of(body, 0, titles, names)


@pytest.mark.parametrize(
    ("body", "titles", "headline"),
    [
        ("<h1>Storm hits coast</h1>", ("Storm hits coast - The Paper",), ("Storm hits coast", 1)),
        ("<h1>The Paper</h1><h2>Storm hits coast</h2>", ("Storm hits coast | The Paper",), ("Storm hits coast", 2)),
        ("<h1>Menu</h1><h1>Storm <i>hits</i> coast</h1>", ("Storm hits coast",), ("Storm hits coast", 1)),
        ("<h1>Skip to content</h1><h3>Storm hits coast</h3>", ("Storm hits coast",), ("Storm hits coast", 3)),
        ("<h1></h1><h1>Storm</h1>", (), ("Storm", 1)),
        ("<h2>Related</h2><h1>A new headline</h1>", ("Storm hits coast",), ("A new headline", 1)),
        ("<h1>Storm<script>x</script> hits coast</h1>", ("Storm hits coast",), ("Storm hits coast", 1)),
        ("<H1 CLASS=x>Storm hits coast</H1>", ("Storm hits coast",), ("Storm hits coast", 1)),
        ("<p>No heading", ("Storm hits coast",), ("", 0)),
    ],
)
def test_the_heading_that_has_the_titles_words_is_chosen(
    body: str, titles: tuple[str, ...], headline: tuple[str, int]
) -> None:
    one = found(body, *titles)

    assert (one.text, one.level) == headline


def test_a_heading_that_is_the_sites_name_is_not_the_headline() -> None:
    body = "<h1>Daily Planet News</h1><h2>Storm hits coast</h2>"

    assert found(body, "Daily Planet News | Storm hits coast", names=("Daily Planet News",)).level == 2


def test_where_there_is_no_heading_the_titles_words_are_the_place() -> None:
    body = "<p>x</p><td><font size=5>Storm hits the coast</font></td>"

    assert found(body, "Storm hits the coast") == Headline(body.index("<font"))


def test_letters_are_what_two_titles_have_in_common() -> None:
    assert letters_of("“Storm”, hits – coast!") == letters_of("Storm hits coast")  # noqa: RUF001 - as titles are set
