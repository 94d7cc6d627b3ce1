"""The article's date: who says it, in which order, and what is no date."""

import pytest

from linkcheck.model import Claim
from linkcheck.provenance.agreement import findings, slug_claims
from linkcheck.provenance.origin import provenance_of
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


def first(
    *said: tuple[str, str, str], urls: tuple[str, ...] = (), opening: tuple[tuple[int, str], ...] = ()
) -> str | None:
    found = claims([Claim(*one) for one in said], opening, urls)
    return next((one.value for one in found if one.field == "published"), None)


def test_of_one_instant_the_local_day_counts() -> None:
    assert (
        first(
            ("published", "2019-10-18T22:04:00Z", "JSON-LD"),
            ("published", "Sat, 19 Oct 2019 00:04:00 +0200", "meta date"),
        )
        == "2019-10-19"
    )


def test_what_readers_see_counts_before_a_day_in_utc_beside_it_and_not_before_one_further_off() -> None:
    in_utc = ("published", "2022-05-04T00:25:56Z", "JSON-LD")

    assert first(in_utc, ("published", "3 May 2022", "<time>")) == "2022-05-03"
    assert first(in_utc, ("published", "1 May 2022", "<time>")) == "2022-05-04"


def test_a_speaker_alone_gives_way_to_metadata_and_sight_together() -> None:
    assert (
        first(
            ("published", "2023-11-03T10:25:56+01:00", "JSON-LD"),
            ("published", "2023-11-06T14:25:00+01:00", "article:published_time"),
            ("published", "2023-11-06", "<time>"),
        )
        == "2023-11-06"
    )


def test_a_stamp_of_rendering_gives_way_to_what_readers_see() -> None:
    assert (
        first(
            ("published", "2022-11-17T10:33:13Z", "article:published_time"),
            ("modified", "2022-11-17T10:32:18Z", "meta modified"),
            ("published", "2022-03-09", "<time>"),
            opening=((3, "9 March 2022"),),
        )
        == "2022-03-09"
    )


def test_an_update_is_the_best_that_is_known_where_nothing_else_is() -> None:
    found = claims([Claim("modified", "2017-02-14", "meta modified")], (), ())

    assert [(one.field, one.value, one.said_by) for one in found] == [
        ("published", "2017-02-14", "meta modified of an update"),
        ("modified", "2017-02-14", "meta modified"),
    ]


def test_a_file_that_was_touched_says_nothing_of_the_publication() -> None:
    found = claims([Claim("modified", "2017-02-14", "Last-Modified header")], (), ())

    assert [one.field for one in found] == ["modified"]


def test_a_day_of_two_readings_is_told_by_another_day_of_the_page_or_its_country() -> None:
    twofold = ("published", "10/05/2022 05:22 pm", "meta date")

    assert first(twofold) is None
    assert first(twofold, ("modified", "2022-05-10T17:36:11Z", "meta modified")) == "2022-05-10"
    assert first(twofold, urls=("https://a.co.uk/s",)) == "2022-05-10"
    assert first(twofold, ("language", "en-US", "<html lang>")) == "2022-10-05"


@pytest.mark.parametrize("path", ["/2020-02/19/c_1.htm", "/2020/0219/c1.html", "/202002/19/t1.html", "/20200219/"])
def test_addresses_write_days_in_more_ways(path: str) -> None:
    assert date_in_url(f"http://a.test{path}") == "2020-02-19"


def test_a_day_from_elsewhere_on_the_page_is_no_match_for_its_address_and_no_conflict() -> None:
    found = provenance_of(
        [Claim("published", "2019-01-01", "date elsewhere")], [], [], address="https://a.test/2017/02/14/s"
    )

    assert [one.value for one in found.claims if one.field == "published"] == ["2017-02-14", "2019-01-01"]
    assert list(findings(found)) == []


def test_of_titles_the_first_that_agrees_with_the_slug_is_named() -> None:
    titles = [
        Claim("title", "Storm hits the coast", "H1"),
        Claim("title", "x", "y"),
        Claim("title", "Storm hits the coast", "z"),
    ]

    [claim] = slug_claims(titles, ["https://a.test/storm-hits-the-coast"])
    assert claim.said_by == "H1, URL path"


@pytest.mark.parametrize(
    ("language", "url", "written", "expected"),
    [
        ("de", "https://zeitung.test/rat", "2024-08-26T22:30:00Z", "2024-08-27"),
        ("de", "https://zeitung.test/rat", "2024-08-26T21:30:00Z", "2024-08-26"),
        ("ja", "https://shimbun.test/a", "2025-01-13T16:00:00+00:00", "2025-01-14"),
        ("", "https://shimbun.jp/a", "2025-01-13T16:00:00Z", "2025-01-14"),
        ("en", "https://paper.test/a", "2025-01-13T23:00:00Z", "2025-01-13"),
        ("en-US", "https://paper.test/a", "2025-01-13T03:00:00Z", "2025-01-13"),
        ("pt-BR", "https://jornal.test/a", "2025-01-13T01:00:00Z", "2025-01-13"),
        ("de", "https://zeitung.test/rat", "2024-08-26T22:30:00+02:00", "2024-08-26"),
        ("de", "https://zeitung.test/2024/08/26/rat", "2024-08-26T22:30:00Z", "2024-08-26"),
    ],
)
def test_the_day_of_an_instant_in_utc_is_that_of_the_readers(
    language: str, url: str, written: str, expected: str
) -> None:
    said = (Claim("language", language, "html"), Claim("published", written, "JSON-LD"))

    assert claims(said, (), [url])[0].value == expected
