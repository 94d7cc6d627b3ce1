"""On which sites an unknown original is looked for."""

import pytest

from linkcheck.archives.unwrap import unwrap
from linkcheck.model import Anchor, Claim, Passage, Role
from linkcheck.provenance.api import Address, Article
from linkcheck.provenance.site import is_home, sites_of

MANY = "http://c.test/3"


def cites(*urls: str, role: Role = Role.CITATION) -> list[Address]:
    return [Address(url=url, text="x", role=role) for url in urls]


def unwrapped(url: str) -> str | None:
    copy = unwrap(url)
    return copy.original if copy else None


def hosts(article: Article, addresses: list[Address]) -> list[str]:
    return [site.host for site in sites_of(article, addresses, unwrapped)]


def says(text: str) -> Article:
    return Article(passages=(Passage("Some words that are long before it.", (), 1), Passage(text, (), 2)))


@pytest.mark.parametrize("name", ["paper.test", "Paper.test", "https://www.paper.test/"])
def test_a_publisher_that_is_called_by_its_domain(name: str) -> None:
    assert hosts(Article(passages=(), claims=(Claim("publisher", name, "front matter"),)), []) == ["paper.test"]


@pytest.mark.parametrize(
    ("field", "name", "url"),
    [
        ("publisher", "The Moscow Times", "https://www.themoscowtimes.com/2017/a"),
        ("publisher", "Moscow Times", "https://www.themoscowtimes.com/2017/a"),
        ("publisher", "Harbour Gazette", "http://gazette.example/a"),
        ("photo", "Ines Varga / Harbour Gazette", "http://gazette.example/a"),
    ],
)
def test_a_cited_site_that_is_called_as_the_publication_is(field: str, name: str, url: str) -> None:
    mine = Article(passages=(), claims=(Claim(field, name, "x"),))

    assert [
        site.url for site in sites_of(mine, cites("http://other.test/a", url, "http://other.test/b"), unwrapped)
    ] == [url]


@pytest.mark.parametrize(
    "text",
    [
        "Originally published at gazette.example.",
        "This story first appeared on www.gazette.example on Tuesday.",
        "Zuerst erschienen bei gazette.example",
        "Впервые опубликовано на сайте gazette.example",
        "Jane Doe, jane.doe@gazette.example",
    ],
)
def test_a_domain_in_the_articles_own_words(text: str) -> None:
    assert hosts(says(text), []) == ["gazette.example"]


@pytest.mark.parametrize(
    ("before", "is_one"),
    [
        ("This article first appeared in the ", True),
        ("Source: ", True),
        ("Via ", True),
        ("He spoke to the ", False),
        ("He was the first. He spoke to the ", False),
    ],
)
def test_a_link_that_a_sentence_calls_the_first_place(before: str, *, is_one: bool) -> None:
    anchor = Anchor(len(before), len(before) + 7, "http://gazette.example/", 0)
    mine = Article(passages=(Passage(f"{before}Gazette", (anchor,), 2),))

    assert hosts(mine, []) == (["gazette.example"] if is_one else [])


@pytest.mark.parametrize(
    "text",
    [
        "See node.js and readme.md for details.",
        "He said it first. In v1.two.three things changed.",
        "Write to jane.doe@gmail.com",
        "Originally published in The Times",
        "Originally published at " + "x" * 400 + " gazette.example",
    ],
)
def test_words_that_name_no_site(text: str) -> None:
    assert hosts(says(text), []) == []


def test_the_sites_of_related_stories_the_most_cited_first_and_no_more_than_two() -> None:
    related = cites("http://a.test/1", "http://b.test/2", "http://b.test/1", MANY, MANY, MANY, role=Role.RELATED)

    assert hosts(Article(passages=()), [*related, *cites("http://d.test/1")]) == ["c.test", "b.test"]


def test_the_site_where_a_copy_was_read_and_addresses_without_names_are_none() -> None:
    mine = Article(passages=(), url="http://www.copies.test/story")

    assert hosts(mine, cites("http://copies.test/1", "http://127.0.0.1/2", "http://here/3", role=Role.RELATED)) == []


def test_the_site_that_the_article_names_comes_first() -> None:
    home = Claim("original", "http://gazette.example/", "original link", 3)
    mine = Article(passages=(), claims=(Claim("publisher", "paper.test", "x"), home))

    assert hosts(mine, []) == ["gazette.example", "paper.test"]


def test_an_archive_is_nobodys_publisher() -> None:
    copy = "https://web.archive.org/web/20170214000000/http://gazette.example/"
    anchor = Anchor(4, 11, copy, 0)

    assert hosts(Article(passages=(), url=f"{copy}story"), []) == ["gazette.example"]
    assert hosts(Article(passages=(Passage("Via Gazette", (anchor,), 2),)), []) == ["gazette.example"]


@pytest.mark.parametrize(
    ("url", "is_one"),
    [("http://a.test", True), ("http://a.test/?p=1", False), ("http://a.test/b", False), ("http://[", False)],
)
def test_a_home_page_is_told_from_a_page(url: str, *, is_one: bool) -> None:
    assert is_home(url) is is_one
