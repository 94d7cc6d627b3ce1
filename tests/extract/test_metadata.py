"""What pages say of themselves, in all the ways in which they do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.heads import _METAS
from linkcheck.extract.metadata import opening, read
from tests.cost import is_linear


def said(text: str, field: str) -> list[tuple[str, str]]:
    return [(one.value, one.said_by) for one in read(text) if one.field == field]


BODY = "<body><h1>Story</h1><p>Text."


@pytest.mark.parametrize(
    ("markup", "field", "value"),
    [
        ("<meta property='og:title' content=\"It's > that\">", "title", "It's > that"),
        ("<meta name=citation_title content=Paper>", "title", "Paper"),
        ("<meta content=2017-02-14 property=article:published_time>", "published", "2017-02-14"),
        ("<META NAME='DC.Date.Issued' CONTENT='2017-02-14'>", "published", "2017-02-14"),
        ("<meta name=dcterms:created content=2017-02-14>", "published", "2017-02-14"),
        ("<meta name=citation_publication_date content=2017/02/14>", "published", "2017/02/14"),
        ("<meta itemprop=datePublished content=2017-02-14>", "published", "2017-02-14"),
        ("<meta property=article:modified_time content=2017-02-15>", "modified", "2017-02-15"),
        ("<meta name=citation_author content='Smith, Ann'>", "author", "Smith, Ann"),
        ("<meta property=og:site_name content='The &amp; Paper'>", "publisher", "The & Paper"),
        ("<meta name=original-source content=http://b.test/s>", "original", "http://b.test/s"),
        ("<link rel=syndication-source href=http://b.test/s>", "original", "http://b.test/s"),
        ("<link rel='canonical' href=http://a.test/s>", "canonical", "http://a.test/s"),
        ("<link rel=cite-as href=https://doi.org/10.1/x>", "canonical", "https://doi.org/10.1/x"),
        ("<html lang=de>", "language", "de"),
    ],
)
def test_the_head_is_read(markup: str, field: str, value: str) -> None:
    assert value in [one for one, _ in said(f"<head>{markup}</head>{BODY}", field)]


@pytest.mark.parametrize(
    ("markup", "field", "value"),
    [
        ("<span itemprop=author>Ann Smith</span>", "author", "Ann Smith"),
        ("<a rel=author href=/ann>Ann Smith</a>", "author", "Ann Smith"),
        ("<p class='post byline'>Von Ann Smith</p>", "author", "Ann Smith"),
        ("<span class='entry-author'>Written by <b>Ann Smith</b></span>", "author", "Ann Smith"),
        ("<time class=entry-date datetime=2017-02-14T10:00>today</time>", "published", "2017-02-14T10:00"),
        ("<time>14 February 2017</time>", "published", "2017-02-14"),
        ("<div class=date>Written: 2017-02-14 15:03:30</div>", "published", "2017-02-14"),
        ("<p>Paddy | February 14, 2017 | 7 comments</p>", "published", "2017-02-14"),
        ("<span class=meta__date>14.02.17</span>", "published", "2017-02-14"),
        ('<script>{"datePublished":"2017-02-14T10:00"}</script>', "published", "2017-02-14T10:00"),
    ],
)
def test_the_text_near_the_headline_is_read(markup: str, field: str, value: str) -> None:
    assert value in [one for one, _ in said(f"<head></head><body><h1>Story</h1>{markup}<p>Text.", field)]


@pytest.mark.parametrize(
    ("markup", "field"),
    [
        ("<!-- <meta property=article:published_time content=2017-02-14> -->", "published"),
        ("<span class=updated>Updated 14 February 2017</span>", "published"),
        ("<footer>© 2017 The Paper, 1 January 2017</footer>", "published"),
        ("<input class=author placeholder=Name><label class=author>Name *</label>", "author"),
        ("<div id=comments><b class=fn>Troll</b></div>", "author"),
        ("<p class=byline>14.02.2017</p>", "author"),
    ],
)
def test_what_is_not_said_is_not_read(markup: str, field: str) -> None:
    assert said(f"<head>{markup}</head><body><h1>Story</h1>{markup}<p>Text.", field) == []


@pytest.mark.parametrize(
    "script",
    [
        '[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"Story","author":[{"name":"Ann"},{"name":"Ben"}]}]',
        '{"@graph":[{"@type":["Article"],"headline":"Story","author":{"name":"Ann"}},{"@type":"Person","name":"Cy"}],}',
        '/* made by a plug-in */ {"@type":"Article", "headline":"Story", "author":"Ann",, }',
    ],
    ids=["a list", "a graph, and a trailing comma", "comments and commas"],
)
def test_json_ld_is_read_however_dirty(script: str) -> None:
    text = f"<script type='application/ld+json'>{script}</script>{BODY}"

    assert ("Story", "JSON-LD") in said(text, "title")
    assert said(text, "author")[0] == ("Ann", "JSON-LD")


def test_the_opening_is_the_text_around_the_headline() -> None:
    text = "<body><div>Politics</div><h1>Story</h1><p>By <b>Ann</b></p><script>x</script><p>14 May 2017</p>"

    assert [line for _, line in opening(text)] == ["Politics", "Story", "By Ann", "14 May 2017"]


@given(st.text(st.sampled_from("<>/metaprohnl=1'\" !-itemauthorclass@{}[]:,\n2017"), max_size=400))
def test_no_page_makes_it_raise(text: str) -> None:
    read(text)
    opening(text)


@pytest.mark.parametrize(
    "piece",
    ["<meta ", "<h1>", "<!--", "<time ", "itemprop=author ", "<script>", 'class="author ', "<a href='", "2017 ", "<"],
)
def test_time_is_linear_in_the_length_of_hostile_pages(piece: str) -> None:
    assert is_linear(lambda size: read(piece * (size // len(piece))), 400_000)


@pytest.mark.parametrize(
    "idle",
    [
        "<meta name='description' content=\"A > b\">",
        "<meta property=\"og:image\" content='x'>",
        '<meta name="twitter:title" content="It\'s">',
        "<link rel='stylesheet' title=\"<meta name=author content='Not this'>\">",
        "<link rel=\"shortcut icon\" href='x'>",
    ],
)
def test_what_is_passed_over_hides_nothing_that_follows(idle: str) -> None:
    text = f"<head>{idle}<meta name=author content='Ann Bee'><link rel=canonical href=http://a.test/s></head>{BODY}"

    assert said(text, "author") == [("Ann Bee", "meta author")]
    assert said(text, "canonical") == [("http://a.test/s", "rel=canonical")]


def test_no_name_that_says_something_is_passed_over() -> None:
    for name, (field, said_by) in _METAS.items():
        for quote in "'\"":
            text = f"<head><meta property={quote}{name}{quote} content='Words'></head>{BODY}"
            assert ("Words", said_by) in said(text, field)


def test_a_tag_that_calls_its_author_twice_names_one() -> None:
    text = "<body><h1>Story</h1><a class='author' rel='author'>Ann Bee</a><p>Text."

    assert said(text, "author") == [("Ann Bee", "byline")]


def test_a_page_that_is_cut_off_anywhere_says_nothing_that_the_whole_does_not() -> None:
    page = """<html lang="en-GB"><head><title>The mayor said it all | The Star</title>
<meta property="og:title" content="The mayor said it all"><meta name=author content='Ann Smith'>
<meta property="article:published_time" content="2017-02-14T10:00:00Z"><link rel="canonical" href="https://a.test/s">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"The mayor said it all",
"datePublished":"2017-02-14T10:00:00Z","author":[{"name":"Ann Smith"}],"publisher":{"name":"The Star"}}</script>
<script>window.__DATA__={"publishedAt":"2017-02-14T10:00:00Z"}</script></head>
<body><h1 class="headline">The mayor said it all</h1><p class="byline">By <a rel="author" href="/ann">Ann Smith</a></p>
<time datetime="2017-02-14" itemprop="datePublished">14 February 2017</time><p>Some text.</p></body></html>"""
    whole = {(one.field, one.value) for one in read(page)}

    for cut in range(len(page)):
        assert {(one.field, one.value) for one in read(page[:cut])} <= whole
