"""What the article is called."""

import pytest

from linkcheck.model import Claim
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
