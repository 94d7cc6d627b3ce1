from typing import Any

import pytest

from linkcheck.model import ArchiveAnswer, Claim, Lookup, Memento, PlacedFinding
from linkcheck.provenance import against
from linkcheck.provenance.api import Article, Source, Text
from linkcheck.provenance.recover import Consulted
from linkcheck.provenance.sources import Look
from tests.provenance.pages import NOWHERE, ORIGINAL, article, context, html, response

CAPTURE = Memento(
    archive="wayback", uri_m=f"https://web.archive.org/web/20170215/{ORIGINAL}", datetime="2017-02-15T00:00:00Z"
)


def said(ours: Article, *blocks: str, head: str = "", **more: Any) -> list[PlacedFinding]:
    text = context().read(response(html(*blocks, head=head, **more)))
    assert text
    source = Source(url=ORIGINAL, text=text, share=1.0)
    return list(against.findings(ours, Consulted(live=(Look(ORIGINAL, source, text),), sources=(source,))))


def with_claims(*claims: Claim) -> Article:
    ours = article()
    return Article(passages=ours.passages, claims=(*claims, *ours.claims))


def test_where_all_agrees_nothing_is_said() -> None:
    head = (
        f"<link rel=canonical href='{ORIGINAL}?utm_source=a'><meta name=author content='Ann Smith'>"
        "<meta property=article:published_time content=2017-02-14T23:00:00Z>"
    )

    assert said(with_claims(Claim("author", "Ann Smith", "byline", 3)), head=head) == []


@pytest.mark.parametrize(
    ("head", "title", "rule"),
    [
        ("<meta property=article:published_time content=2017-03-20>", None, "date-conflict"),
        ("<meta name=author content='Ben Brown'>", None, "author-differs"),
        (
            "<link rel=canonical href=http://paper.test/politics/minister-resigns-over-talks>",
            None,
            "canonical-mismatch",
        ),
        ("<meta name=original-source content=http://agency.test/story/1>", None, "republished-elsewhere"),
        ("<link rel=canonical href=http://agency.test/story/1>", None, "republished-elsewhere"),
        ("", "Ambassador Denies Everything About Tariff Plot", "title-differs"),
    ],
)
def test_one_thing_that_differs_is_one_finding(head: str, title: str | None, rule: str) -> None:
    more = {"title": title} if title else {}

    found = said(with_claims(Claim("author", "Ann Smith", "byline", 3)), head=head, **more)

    assert [one.rule for one in found] == [rule]
    assert found[0].next.endswith((".", "test/politics/minister-resigns-over-talks", "agency.test/story/1"))


@pytest.mark.parametrize(
    "head",
    [
        "<link rel=canonical href=/>",
        "<link rel=canonical href=https://www.paper.test/2017/02/14/minister-resigns-over-secret-talks/>",
        "<meta property=article:published_time content=2017-02-15T00:30:00Z>",
        "<meta name=author content='A. Smith'>",
        "<meta property=article:published_time content=nonsense>",
        "<link rel=canonical href=http://paper.test/politics/>",  # a section
        "<link rel=canonical href=http://paper.test/api/content/7a60c3fe-7d1a>",  # an address of the system
        "<meta name=author content=paper.test>",
        "<meta name=author content=b.brown>",
        "<meta name=author content='Reuters Staff'>",
        "<meta property=article:published_time content=2017-03-20>"  # noqa: ISC004 - one head
        "<meta property=article:modified_time content=2017-02-14>",
        """<script type=application/ld+json>{"@type": "NewsArticle", "headline": "Minister Resigns",
        "mainEntityOfPage": {"@id": "https://google.com/article"}}</script>""",  # as the handbook has it
    ],
)
def test_what_may_be_the_same_is_not_accused(head: str) -> None:
    assert said(with_claims(Claim("author", "Ann Smith", "byline", 3)), head=head) == []


@pytest.mark.parametrize(
    ("head", "shown", "ours"),
    [
        ("<meta name=author content='Ben Brown'>", "Text: Ann Smith", Claim("author", "Ann Smith", "byline", 3)),
        ("<meta property=article:published_time content=2017-03-20>", "First printed on February 14, 2017", None),
    ],
)
def test_what_the_page_itself_shows_is_not_accused(head: str, shown: str, ours: Claim | None) -> None:
    article = with_claims(*([ours] if ours else []))

    assert said(article, head=head)
    assert said(article, f"<p>{shown}</p>", head=head) == []


def look(body: bytes) -> Look:
    return Look(ORIGINAL, text=context().read(response(body)), why="it does not show this article")


def archived() -> Source:
    text = context().read(response(html()))
    assert text
    return Source(url=ORIGINAL, text=text, memento=CAPTURE, share=1.0)


def test_another_story_under_the_same_address_has_drifted() -> None:
    words = b"".join(
        b"<p>Cows of the %d. farm were shown to him all day long, and he praised every one.</p>" % n for n in range(40)
    )
    consulted = Consulted(live=(look(b"<h1>Football Results From All Divisions</h1>" + words),), sources=(archived(),))

    (found,) = against.findings(article(), consulted)

    assert found.rule == "original-drifted"
    assert CAPTURE.uri_m in found.next


def test_a_wall_has_not_drifted() -> None:
    consulted = Consulted(live=(look(b"<h1>Subscribe Now To Read On</h1><p>It costs little."),), sources=(archived(),))

    assert list(against.findings(article(), consulted)) == []


def test_an_original_that_nobody_has_is_a_note() -> None:
    consulted = Consulted(live=(Look(ORIGINAL, why="no such host"),), lookups=((ORIGINAL, NOWHERE),))

    (found,) = against.findings(article(), consulted)

    assert (found.rule, found.severity.value) == ("original-unreachable", "note")
    assert "no such host" in found.message


@pytest.mark.parametrize(
    ("answer", "copies", "then"),
    [
        (ArchiveAnswer.NONE, "no archive that was asked holds a capture of it", "Compare the article"),
        (ArchiveAnswer.FOUND, "no capture of it that shows the article", "Compare the article"),
        (ArchiveAnswer.FAILED, "not every archive has answered", "Run again"),
        (ArchiveAnswer.NOT_ASKED, "not every archive has answered", "Run again"),
    ],
)
def test_archives_are_only_said_to_have_nothing_when_they_said_so(
    answer: ArchiveAnswer, copies: str, then: str
) -> None:
    lookups = ((ORIGINAL, (Lookup(archive="wayback", answer=answer),)),)

    (found,) = against.findings(article(), Consulted(live=(Look(ORIGINAL, why="no such host"),), lookups=lookups))

    assert found.message.endswith(copies)
    assert found.next.startswith(then)


def test_claims_of_the_original_are_kept_with_who_says_so() -> None:
    text = Text(
        passages=(), base=ORIGINAL, claims=(Claim("author", "Ann", "JSON-LD"), Claim("author", "Ben", "byline"))
    )

    assert list(against.claims([Source(url=ORIGINAL, text=text, memento=CAPTURE)])) == [
        Claim("author", "Ann", "the 2017-02-15 capture of the original (JSON-LD)")
    ]
