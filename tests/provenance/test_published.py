"""The article's date: who says it, in which order, and what is no date."""

import pytest

from linkcheck.model import Claim
from linkcheck.provenance.published import claims, date_in_url


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://www.themoscowtimes.com/2017/02/14/trump-security-advisor-a57137", "2017-02-14"),
        ("https://www.theguardian.com/world/2017/feb/14/flynn", "2017-02-14"),
        ("https://a.test/2017/February/14/x", "2017-02-14"),
        ("https://a.test/news/20170214/x", "2017-02-14"),
        ("https://a.test/news/2017-02-14-flynn-resigns.html", "2017-02-14"),
        ("http://a.test/2017/2/4/", "2017-02-04"),
        ("https://a.test/1234/2017/13/45/2017/02/14/", "2017-02-14"),
        ("https://a.test/2017/02/30/x", None),
        ("https://a.test/2017/02/x", None),
        ("https://a.test/?date=2017/02/14", None),
        ("https://a.test/x#2017/02/14", None),
        ("https://a.test/120170214/", None),
        ("https://a.test/201702141530/", None),
        ("https://a.test/id-20170214", None),
        ("file:///2017/02/14/a.md", None),
        ("not a url", None),
    ],
)
def test_a_path_may_hold_the_day(url: str, day: str | None) -> None:
    assert date_in_url(url) == day


@pytest.mark.parametrize(
    "text",
    [
        "February 14, 2017",
        "Tuesday, February 14, 2017",
        "Published: 14 February 2017",
        "Published on February 14, 2017",
        "Veröffentlicht am 14. Februar 2017",
        "By Jane Doe, February 14, 2017",
        "By Jane Doe and John Roe | Feb. 14, 2017",
        "By JANE DOE — Published February 14, 2017",
        "Опубликовано 14 февраля 2017",
        "2017-02-14",
    ],
)
def test_a_date_line_says_when(text: str) -> None:
    assert claims((), [(1, "Headline"), (3, text)], ()) == (Claim("published", "2017-02-14", "date line", 3),)


@pytest.mark.parametrize(
    "text",
    [
        "Since February 14, 2017 nothing has happened.",
        "MOSCOW, February 14, 2017 - The minister resigned.",
        "By February 14, 2017",
        "By the end of it, on February 14, 2017, all was lost",
        "Updated February 14, 2017",
        "Last updated: February 14, 2017",
        "Since February 14, 2017",
        "02/03/2017",
        "February 2017",
        "By Jane Doe",
        "By " + "x, " * 100_000 + "February 14, 2017",
        "",
    ],
)
def test_running_text_is_no_date_line(text: str) -> None:
    assert claims((), [(3, text)], ()) == ()


def test_the_strongest_comes_first_and_conflicts_are_kept() -> None:
    said = (
        Claim("title", "T", "H1", 1),
        Claim("published", "2017-02-15T08:00:00+03:00", "JSON-LD", 2),
        Claim("published", "soon", "front matter", 3),
    )

    found = claims(said, [(5, "February 14, 2017")], ["https://a.test/2017/02/13/x"], stated="16 February 2017")

    assert [(claim.value, claim.said_by, claim.line) for claim in found] == [
        ("2017-02-16", "command line", None),
        ("2017-02-15", "JSON-LD", 2),
        ("2017-02-14", "date line", 5),
        ("2017-02-13", "URL path", None),
    ]


def test_two_urls_with_one_day_say_it_once() -> None:
    urls = ["https://a.test/2017/02/14/x", "https://b.test/2017/02/14/x"]

    assert claims((), (), urls) == (Claim("published", "2017-02-14", "URL path"),)
