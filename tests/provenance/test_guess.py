"""Searches for an original that nobody states, played from lists: what is asked, what is guessed, what is left open."""

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec import structs

from linkcheck.model import (
    ArchiveAnswer,
    Captures,
    Claim,
    Conversation,
    Failure,
    FailureKind,
    Lookup,
    Observe,
    Request,
    Response,
    Role,
)
from linkcheck.provenance import unstated
from linkcheck.provenance.api import Address, Article, Found, Search
from linkcheck.provenance.guess import LOOKS, Guessed, guess, is_stated
from tests.play import play
from tests.provenance.pages import HTML, NOWHERE, ORIGINAL, article, captures, context, html, response, seen

HEADLINE = "Minister Resigns Over Secret Talks"
PAPER = Claim("publisher", "paper.test", "meta application-name")
OTHER = ORIGINAL.replace("/2017/02/14/", "/archive/")
DOWN = (Lookup(archive="wayback", answer=ArchiveAnswer.FAILED, reason="503"),)
GONE = seen(status=404)
NONE = Response("http://paper.test/", 404, HTML, b"")
COWS = "".join(f"<p>Cows were shown to {n} people all day long in {n} fields.</p>" for n in range(30))


def ours(*claims: Claim, url: str | None = None) -> Article:
    bare = article("He was <a href='#'>warned</a>.", originals=())
    return structs.replace(bare, claims=(*bare.claims, *claims), url=url)


def to(url: str, text: str = "here", role: Role = Role.CITATION, *titles: str) -> Address:
    return Address(url=url, text=text, role=role, titles=titles)


def listing(*urls: str, asked: list[tuple[str, tuple[str, ...]]] | None = None) -> Search:
    def search(host: str, _at: Any, words: tuple[str, ...]) -> Conversation[tuple[Found, ...] | None]:
        yield from ()
        if asked is not None:
            asked.append((host, words))
        return tuple(Found(url, by="the index of the Wayback Machine") for url in urls)

    return search


def silent(_host: str, _at: Any, _words: tuple[str, ...]) -> Conversation[tuple[Found, ...] | None]:
    yield from ()
    return None


def another(title: str) -> Response:
    """Answer with a page that has a text of its own."""
    return response(f"<title>{title}</title><h1>{title}</h1>{COWS}".encode())


def asked(
    mine: Article, addresses: Sequence[Address], *answers: Any, searches: tuple[Search, ...] = ()
) -> tuple[Guessed, list[Any]]:
    questions: list[Any] = []
    return play(guess(mine, addresses, context(*searches)), answers, asked=questions), questions


def urls_of(found: Guessed) -> list[str]:
    return [one.url for one in found.others]


@pytest.mark.parametrize(
    ("address", "basis"),
    [
        (to(ORIGINAL), "the article cites it, and its address has the words of the headline"),
        (to("http://paper.test/a57137", HEADLINE), "the article cites it by the headline"),
        (
            to("http://paper.test/a57137", "here", Role.RELATED, f"{HEADLINE} | Paper"),
            "the article cites it, and its title is the headline",
        ),
        (
            to(f"https://web.archive.org/web/20170215000000/{ORIGINAL}"),
            "the article cites it, and its address has the words of the headline",
        ),
    ],
    ids=["by its address", "by its words", "by its title", "by an archived copy"],
)
def test_what_the_article_cites_is_read_first_and_nothing_else_is_asked(address: Address, basis: str) -> None:
    url = ORIGINAL if "archive.org" in address.url else address.url

    found, questions = asked(ours(PAPER), [to("http://a.test/b"), address], seen("x"), response(html(), url))

    assert found.best
    assert (found.best.url, found.best.basis, found.best.is_shown) == (url, basis, True)
    assert found.best.said == "it shows 100 % of the text under this headline"
    assert questions == [Observe(url), Request(url, read=questions[1].read)]
    assert (found.others, found.sites) == ((), ())


def test_a_copy_that_was_read_from_an_archive_is_one_of_what_its_address_names() -> None:
    mine = ours(url=f"https://web.archive.org/web/20170215000000/{ORIGINAL}")

    found, _ = asked(mine, [], GONE, captures("20170215000000"), response(html()))

    assert found.best
    assert found.best.url == ORIGINAL
    assert found.best.said.endswith("in its capture of 2017-02-15")


def test_one_search_of_the_publishers_site_finds_a_page_that_is_read_in_its_capture() -> None:
    searched: list[tuple[str, tuple[str, ...]]] = []

    found, questions = asked(
        ours(PAPER), [], GONE, captures("20170215000000"), response(html()),
        searches=(listing(ORIGINAL, "http://paper.test/weather", asked=searched),),
    )  # fmt: skip

    assert searched == [("paper.test", ("minister", "resigns", "secret", "talks"))]
    assert found.best
    assert found.best.memento
    assert (found.best.url, found.best.share) == (ORIGINAL, 1.0)
    assert [type(one) for one in questions] == [Observe, Captures, Request]
    said = unstated.finding(found)
    assert said.message == (
        "links have lost their target, and nothing says where the article first stood; one page seems"
        " to be it: the index of the Wayback Machine has it under the words of the headline, and it shows 100 % of the"
        " text under this headline in its capture of 2017-02-15"
    )
    assert said.next == f"If it is, state it in a line `Original url: <...>`, and check again: {ORIGINAL}"
    assert said.evidence["searched"] == [
        {"site": "paper.test", "basis": "the publisher is called so (meta application-name)"}
    ]


def test_a_sitemap_then_a_feed_that_the_home_page_names_are_read() -> None:
    home = response(b"<link rel=alternate type=application/rss+xml href=/rss>", "http://paper.test/")
    feed = f"<rss><item><title>{HEADLINE}</title><link>http://paper.test/a57137</link></item></rss>"

    found, questions = asked(
        ours(PAPER), [], NONE, home, response(feed.encode()), seen("x"), response(html(), "http://paper.test/a57137"),
    )  # fmt: skip

    assert found.best
    assert (found.best.url, found.best.is_shown) == ("http://paper.test/a57137", True)
    assert [one.url for one in questions[:3]] == [
        "http://paper.test/sitemap.xml", "http://paper.test/", "http://paper.test/rss",
    ]  # fmt: skip


def test_two_pages_that_show_the_article_are_left_to_a_person() -> None:
    found, _ = asked(
        ours(PAPER), [], seen("x"), response(html()), seen("x"), response(html(), OTHER),
        searches=(listing(ORIGINAL, OTHER),),
    )  # fmt: skip

    assert found.best is None
    assert urls_of(found) == [ORIGINAL, OTHER]
    said = unstated.finding(found)
    assert said.next == (
        f"Look which of them it is, state that in a line `Original url: <...>`, and check again: {ORIGINAL} {OTHER}"
    )
    assert "2 pages may be it, and it cannot be told which" in said.message
    assert "guess" not in said.evidence
    assert [one["url"] for one in said.evidence["candidates"]] == [ORIGINAL, OTHER]


@pytest.mark.parametrize("is_named", [True, False])
def test_a_version_to_print_is_no_rival(*, is_named: bool) -> None:
    version = OTHER if is_named else f"{ORIGINAL}/print"
    head = f"<link rel=canonical href='{ORIGINAL}'>" if is_named else ""

    found, _ = asked(
        ours(PAPER), [], seen("x"), response(html()), seen("x"), response(html(head=head), version),
        searches=(listing(ORIGINAL, version),),
    )  # fmt: skip

    assert found.best
    assert found.best.url == ORIGINAL


@pytest.mark.parametrize(("is_there", "best"), [(True, "http://agency.test/minister-resigns"), (False, None)])
def test_a_copy_that_says_that_it_is_one_is_not_the_original(*, is_there: bool, best: str | None) -> None:
    agency = "http://agency.test/minister-resigns"
    head = f"<link rel=syndication-source href='{agency}'>"
    answers = [seen("x"), response(html(), agency)] if is_there else [GONE, NOWHERE]

    found, _ = asked(ours(), [to(ORIGINAL)], seen("x"), response(html(head=head)), *answers)

    assert (found.best.url if found.best else None) == best
    assert urls_of(found) == ([] if is_there else [agency, ORIGINAL])


@pytest.mark.parametrize(
    "page",
    [
        another("Minister Visits Farm in the Hills"),
        another(f"{HEADLINE}, Part Two"),
        another(HEADLINE),
        another("Ministerin tritt wegen geheimer Gespräche zurück"),
        response(html(title="Ambassador Denies Everything About Tariff Plot")),
    ],
    ids=["another article", "of the same series", "under the same headline", "another language", "another title"],
)
def test_a_captured_page_that_is_another_one_is_no_guess(page: Response) -> None:
    found, _ = asked(ours(PAPER), [], GONE, captures("20170215000000"), page, searches=(listing(ORIGINAL),))

    assert found.best is None
    assert [one.said for one in found.others] in ([], ["it shows 100 % of the text under another title"])


@pytest.mark.parametrize(
    "url",
    ["http://paper.test/", "http://paper.test/tag/minister-resigns-over-secret-talks/", "ftp://paper.test/minister"],
)
def test_home_pages_and_lists_of_stories_are_never_looked_at(url: str) -> None:
    found, questions = asked(ours(), [to(url, HEADLINE)], searches=())

    assert (found.best, found.others, questions) == (None, (), [])


@pytest.mark.parametrize("title", [HEADLINE, f"{HEADLINE} - Paper"])
def test_a_wall_under_the_headline_may_be_it_and_nothing_is_sure(title: str) -> None:
    wall = response(f"<title>{title}</title><p>Subscribe to read on.".encode())

    found, _ = asked(ours(), [to(ORIGINAL)], seen(title), wall, NOWHERE)

    assert found.best
    assert not found.best.is_shown
    said = unstated.finding(found)
    assert said.confidence.value == "low"
    assert "one page may be it: the article cites it" in said.message


@pytest.mark.parametrize("title", ["Just a moment...", f"{HEADLINE}, Part Two", "Minister Resigns"])
def test_a_wall_under_another_title_is_no_guess(title: str) -> None:
    wall = response(f"<title>{title}</title><p>Subscribe to read on.".encode())

    found, _ = asked(ours(), [to(ORIGINAL)], seen(title), wall, NOWHERE)

    assert found.best is None
    assert [one.said for one in found.others] == ["it could not be read: it shows hardly any text"]
    said = unstated.finding(found)
    assert said.next.startswith("Look at it; if it is, state it in a line")
    assert said.next.endswith(f": {ORIGINAL}")


def test_a_short_text_of_its_own_under_the_headline_is_no_guess() -> None:
    brief = response(f"<title>{HEADLINE}</title>{COWS[:400]}".encode())

    found, _ = asked(ours(), [to(ORIGINAL)], GONE, captures("20170215000000"), brief)

    assert found.best is None
    assert urls_of(found) == [ORIGINAL]


def test_an_archive_that_is_down_is_said_and_nothing_is_guessed() -> None:
    found, _ = asked(ours(PAPER), [], Failure(FailureKind.REFUSED, "no"), NONE, searches=(silent,))

    assert (found.best, found.others, found.was_heard) == (None, (), False)
    said = unstated.finding(found)
    assert said.message.endswith("; not everybody who may know of paper.test has answered")
    assert said.next == "Run again; or state it in a line `Original url: <...>`, and check again."


def test_a_page_that_the_archive_cannot_show_today_is_no_guess() -> None:
    found, _ = asked(ours(PAPER), [], GONE, DOWN, searches=(listing(ORIGINAL),))

    assert found.best is None
    assert [one.said for one in found.others] == ["it could not be read: it answered with status 404"]
    assert not found.was_heard


def test_without_a_publisher_nothing_is_searched() -> None:
    found, questions = asked(ours(), [to("http://a.test/report")], searches=(listing(ORIGINAL),))

    assert questions == []
    said = unstated.finding(found)
    assert said.message.endswith(", nor on which site and by which words to look")
    assert said.next.startswith("Find out who published it, state the original in a line")


def test_a_title_of_two_words_is_not_searched_for() -> None:
    mine = ours(PAPER)
    short = structs.replace(mine, claims=(Claim("title", "The Minister", "H1", 1), PAPER))

    found, questions = asked(short, [], searches=(listing(ORIGINAL),))

    assert (questions, found.sites) == ([], ())


def test_what_was_searched_in_vain_is_said() -> None:
    found, _ = asked(ours(PAPER), [], NONE, NONE, searches=(listing(),))

    said = unstated.finding(found, is_page=True)
    assert said.message.endswith("; paper.test was searched for its headline in vain")
    assert '`<link rel="syndication-source" href="...">` in its head' in said.next


def test_looks_are_few() -> None:
    many = [f"http://paper{number}.test/minister-resigns-over-secret-talks" for number in range(20)]

    found, questions = asked(ours(), [to(url) for url in many], *[GONE, NOWHERE] * LOOKS)

    assert len(questions) == 2 * LOOKS
    assert len(found.others) == LOOKS
    assert unstated.finding(found).next.count("http://") == unstated.SHOWN


@pytest.mark.parametrize(("url", "stated"), [(ORIGINAL, True), ("http://paper.test/", False)])
def test_a_site_alone_states_no_original(url: str, *, stated: bool) -> None:
    assert is_stated([Claim("original", url, "original link", 9)]) is stated
