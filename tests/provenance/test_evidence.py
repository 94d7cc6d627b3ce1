"""What a page that shows the article says about the links that the article has lost."""

import pytest

from linkcheck.model import Memento
from linkcheck.provenance.api import Article, Source
from linkcheck.provenance.evidence import Candidate, from_sources
from tests.provenance.pages import ORIGINAL, article, context, html, response

NEAR, FAR = "20170215000000", "20170301000000"


def source(*blocks: str, stamp: str | None = None, head: str = "") -> Source:
    read = context().read(response(html(*blocks, head=head)))
    assert read
    memento = None
    if stamp:
        at = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T00:00:00Z"
        memento = Memento(archive="wayback", uri_m=f"https://web.archive.org/web/{stamp}/{ORIGINAL}", datetime=at)
    return Source(url=ORIGINAL, text=read, memento=memento, share=1.0)


def found(ours: Article, *sources: Source) -> list[tuple[Candidate, ...]]:
    by_reference = from_sources(ours, sources, ours.lost, context())
    return [by_reference.get(lost.reference, ()) for lost in ours.lost]


def urls(candidates: tuple[Candidate, ...]) -> list[str]:
    return [one.url for one in candidates]


def test_the_same_words_in_the_same_place_have_the_same_target() -> None:
    ours = article('<a href="#">According to the Herald</a>, he wrote the letter himself on Monday night.')
    theirs = source(
        '<a href="http://herald.test/a">According to the Herald</a>, he wrote the letter himself on Monday night.'
    )

    ((best,),) = found(ours, theirs)

    assert (best.url, best.confidence) == ("http://herald.test/a", 0.97)


def test_two_links_with_one_text_in_one_paragraph_find_their_own_targets() -> None:
    words = "Read it {0} if you like tariffs, and read the other one {1} if you prefer ambassadors to ministers."
    ours = article(words.format('<a href="#">here</a>', '<a href="#">here</a>'))
    theirs = source(words.format('<a href="http://a.test/1">here</a>', '<a href="http://a.test/2">here</a>'))

    assert [urls(one) for one in found(ours, theirs)] == [["http://a.test/1"], ["http://a.test/2"]]


def test_paragraphs_in_another_order_do_no_harm() -> None:
    blocks = [
        f"In the {place} paper somebody wrote of it {{}} at great length, as was to be expected." for place in "abc"
    ]
    ours = article(*(block.format('<a href="#">yesterday</a>') for block in reversed(blocks)))
    theirs = source(*(b.format(f'<a href="http://a.test/{i}">yesterday</a>') for i, b in enumerate(blocks)))

    assert [urls(one)[:1] for one in found(ours, theirs)] == [
        ["http://a.test/2"],
        ["http://a.test/1"],
        ["http://a.test/0"],
    ]


def test_what_cannot_be_told_apart_is_never_sure() -> None:
    ours = article('<a href="#">More</a>')
    theirs = source('<a href="http://a.test/1">More</a>', '<a href="http://a.test/2">More</a>')

    (candidates,) = found(ours, theirs)

    assert candidates
    assert all(one.confidence < 0.9 for one in candidates)


def test_a_corrected_headline_is_still_the_same_link() -> None:
    ours = article('Related article: <a href="#">Ministers wife sells the house by the lake</a>')
    theirs = source("Related article: <a href=/house>Minister's wife sells the house by the lake</a>")

    ((best,),) = found(ours, theirs)

    assert best.url == "http://paper.test/house"


def test_placeholders_and_links_to_the_article_itself_are_no_evidence() -> None:
    ours = article(*(f'<a href="#">The {name} report in full length</a>' for name in ("first", "second", "third")))
    theirs = source(
        '<a href="#">The first report in full length</a>',
        f'<a href="{ORIGINAL}?utm_source=x#top">The second report in full length</a>',
        '<a href="javascript:void(0)">The third report in full length</a>',
    )

    assert found(ours, theirs) == [(), (), ()]


def test_captures_that_agree_are_believed_more_and_are_both_named() -> None:
    block = '<a href="{}">The whole report of the committee</a>'
    ours = article(block.format("#"))
    one, two = source(block.format("http://a.test/r"), stamp=NEAR), source(block.format("http://a.test/r"), stamp=FAR)

    ((alone,),), ((both,),) = found(ours, one), found(ours, one, two)

    assert both.confidence > alone.confidence
    assert both.said_by == ("the 2017-02-15 capture of the original", "the 2017-03-01 capture of the original")


def test_captures_that_differ_are_ranked_and_neither_is_sure() -> None:
    block = '<a href="{}">The whole report of the committee</a>'
    ours = article(block.format("#"))

    (candidates,) = found(
        ours,
        source(block.format("http://a.test/old"), stamp=NEAR),
        source(block.format("http://a.test/new"), stamp=FAR),
    )

    assert urls(candidates) == ["http://a.test/old", "http://a.test/new"]
    assert candidates[0].confidence < 0.9


def test_an_archived_copy_that_the_original_cites_stays_and_a_fragment_comes_along() -> None:
    copy = "https://web.archive.org/web/20150304050607/http://b.test/r1"
    ours = article(*(f'<a href="#">The {name} report in full length</a>' for name in ("first", "second")))
    theirs = source(
        f'<a href="{copy}">The first report in full length</a>',
        '<a href="http://b.test/r2#part-3">The second report in full length</a>',
    )

    assert [urls(one) for one in found(ours, theirs)] == [[copy], ["http://b.test/r2#part-3"]]


def test_the_base_of_the_page_counts_and_replay_addresses_are_looked_through() -> None:
    ours = article(*(f'<a href="#">The {name} report in full length</a>' for name in ("first", "second", "third")))
    theirs = source(
        "<a href=r1>The first report in full length</a>",
        '<a href="/web/20170215000000/http://b.test/r2">The second report in full length</a>',
        '<a href="https://web.archive.org/web/20170215000000/http://b.test/r3">The third report in full length</a>',
        '<a href="http://arc.test/all/20170215000000mp_/http://b.test/r4">Four</a>',
        '<a href="http://arc.test/all/20170215000000mp_/http://b.test/r5">Five</a>',
        head="<base href='http://paper.test/base/'>",
    )

    assert [urls(one) for one in found(ours, theirs)] == [
        ["http://paper.test/base/r1"], ["http://b.test/r2"], ["http://b.test/r3"],
    ]  # fmt: skip


def test_the_only_other_link_of_the_same_paragraph_is_offered_and_never_sure() -> None:
    told = "he had briefed the vice president with incomplete information on his calls with the ambassador."
    ours = article(f'<a href="#">According to the news outlet Radio One</a>, {told}')
    theirs = source(f'<a href="http://b.test/radio">According to</a> the news outlet Radio One, {told}')

    ((candidate,),) = found(ours, theirs)

    assert candidate.url == "http://b.test/radio"
    assert candidate.is_beside
    assert candidate.confidence < 0.9


@pytest.mark.parametrize(
    "theirs",
    [
        "<a href=http://b.test/1>He had</a> briefed the <a href=http://b.test/2>president</a> with incomplete news.",
        'In another paragraph <a href="http://b.test/1">somebody else</a> said that the weather would be fine.',
    ],
)
def test_of_several_links_or_in_another_paragraph_nothing_is_guessed(theirs: str) -> None:
    ours = article('He had briefed the vice president with incomplete <a href="#">information of his</a> on it.')

    assert found(ours, source(theirs)) == [()]
