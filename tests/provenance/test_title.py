"""What the article is called."""

import pytest

from linkcheck.model import Claim
from linkcheck.provenance.publisher import Names
from linkcheck.provenance.title import claims


def test_what_the_document_says_counts_in_its_order() -> None:
    said = (
        Claim("title", "A", "front matter", 2),
        Claim("author", "B", "front matter", 3),
        Claim("title", "C", "H1", 9),
    )

    assert claims(said, [(1, "first"), (2, "second")]) == (said[0], said[2])


def test_the_first_line_of_a_plain_text_is_its_title() -> None:
    assert claims((), [(2, "Flynn Resigns"), (4, "Text.")]) == (Claim("title", "Flynn Resigns", "first line", 2),)


@pytest.mark.parametrize("opening", [(), [(1, "alone")], [(1, "x" * 201), (2, "b")], [(1, "14 May 2017"), (2, "b")]])
def test_not_every_first_line_is_a_title(opening: list[tuple[int, str]]) -> None:
    assert claims((), opening) == ()


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Flynn Resigns | The Moscow Times", "Flynn Resigns"),
        ("Flynn Resigns - themoscowtimes.com", "Flynn Resigns"),
        ("The Moscow Times » Flynn Resigns", "Flynn Resigns"),
        ("Flynn - a Portrait | Opinion", "Flynn - a Portrait | Opinion"),
        ("Moscow-Times reporter arrested", "Moscow-Times reporter arrested"),
        ("The Moscow Times", "The Moscow Times"),
    ],
)
def test_the_name_of_the_publication_is_no_part_of_a_title(title: str, headline: str) -> None:
    names = Names(["The Moscow Times"], ["https://www.themoscowtimes.com/2017/02/14/x"])

    assert claims([Claim("title", title, "<title>", 1)], (), names) == (Claim("title", headline, "<title>", 1),)


def test_a_heading_that_is_the_site_gives_way_to_a_title() -> None:
    said = [Claim("title", "The Moscow Times", "H1", 9), Claim("title", "Flynn Resigns", "<title>", 1)]

    assert claims(said, (), Names(["The Moscow Times"])) == (said[1],)


def test_what_others_contain_is_what_they_agree_on() -> None:
    said = [
        Claim("title", "Politics: The Advisor Resigns", "JSON-LD", 1),
        Claim("title", "Politics: The Advisor Resigns", "og:title", 2),
        Claim("title", "The Advisor Resigns", "H1", 3),
    ]

    assert [claim.said_by for claim in claims(said, ())] == ["H1", "JSON-LD", "og:title"]


def test_front_matter_is_believed_before_all() -> None:
    said = [Claim("title", "The Advisor Resigns at Last", "front matter", 1), Claim("title", "The Advisor", "H1", 3)]

    assert claims(said, ())[0] == said[0]
