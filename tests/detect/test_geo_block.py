import tomllib
from importlib.resources import files

import pytest

from linkcheck.detect import geo_block
from linkcheck.model import Confidence, Finding
from tests.detect.answers import seen

WORDS = tomllib.loads((files("linkcheck.detect") / "words" / "regions.toml").read_text(encoding="utf-8"))["closed"]
MENU = "<p>" + "The council met again on Tuesday to speak of the harbour and its old pier. " * 40


def found(body: str, status: int = 404) -> list[Finding]:
    return list(geo_block.detect(*seen(body, status=status)))


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("language", WORDS)
def test_a_page_that_is_closed_to_a_region_says_so_in_many_languages(language: str, status: int) -> None:
    for said in WORDS[language]:
        (finding,) = found(f"<title>TV</title><h1>Oh</h1><p>{said.title()}.", status)
        assert finding.confidence is Confidence.HIGH
        assert str(status) in finding.message


def test_the_heading_tells_even_where_the_page_has_many_words() -> None:
    assert found(f"<title>TV</title><h1>This video is not available in your country</h1>{MENU}")
    assert not found(f"<title>404</title><h1>Page not found</h1>{MENU}<p>Some shows are not available in your country.")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("<title>404 Not Found</title><h1>Not Found</h1>", 404),
        ("<title>404</title><p>This page is not available in your language.", 404),
        ("<title>404</title><p>The product is not available any more. Find shops in your country.", 404),
        ("<title>TV</title><h1>This video is not available in your country</h1>", 200),
    ],
)
def test_what_says_nothing_of_it_and_what_is_no_404_is_left_to_others(body: str, status: int) -> None:
    assert found(body, status) == []
