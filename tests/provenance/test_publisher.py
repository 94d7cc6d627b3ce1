"""Where the article appeared."""

from linkcheck.model import Claim
from linkcheck.provenance.publisher import claims


def test_metadata_say_it() -> None:
    said = [Claim("publisher", "Phys.org", "JSON-LD", 3), Claim("publisher", " ", "og:site_name", 4)]

    assert claims(said) == (said[0],)


def test_what_the_page_title_has_besides_the_headline_is_the_name() -> None:
    said = [
        Claim("title", "Flynn Resigns", "H1", 9),
        Claim("title", "Flynn resigns | The Moscow Times", "<title>", 2),
    ]

    assert claims(said) == (Claim("publisher", "The Moscow Times", "<title>", 2),)


def test_a_title_of_two_parts_alone_says_nothing() -> None:
    assert claims([Claim("title", "Flynn - a Portrait", "<title>", 2), Claim("title", "Portrait", "H1", 9)]) == ()
