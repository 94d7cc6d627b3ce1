"""The text of a page in order, with its links."""

from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.api import Wanted
from linkcheck.extract.html import extract as extract_html
from linkcheck.extract.markdown import extract as extract_markdown
from linkcheck.extract.passages import paragraphs, passages
from linkcheck.model import Passage
from linkcheck.sources.api import Found
from linkcheck.sources.read import document


def links(found: tuple[Passage, ...]) -> list[tuple[str, str]]:
    return [(one.text[anchor.start : anchor.end], anchor.href) for one in found for anchor in one.anchors]


def test_each_block_is_a_passage_with_its_links_and_the_heading_above() -> None:
    found = passages(
        "<h2>News</h2><p>One <a href=/x>two <b>three</b></a> four<p><a href='#'>Z</a> end<ul><li>a<li>b</ul>"
    )

    assert [one.text for one in found] == ["News", "One two three four", "Z end", "a", "b"]
    assert [one.heading for one in found] == ["", "News", "News", "News", "News"]
    assert [one.is_heading for one in found] == [True, False, False, False, False]
    assert links(found) == [("two three", "/x"), ("Z", "#")]


def test_neighbours_in_one_element_have_one_holder() -> None:
    a, b, c, d = passages("<div><p>a</p><p>b</p><div><p>c</p></div><p>d</p></div>")

    assert a.holder == b.holder == d.holder
    assert c.holder != a.holder


def test_menus_are_navigation_and_scripts_are_nothing() -> None:
    found = passages("<nav><a href=/>Home</a></nav><script>x</script><noscript>y</noscript><style>z</style><p>text")

    assert [(one.text, one.is_navigation) for one in found] == [("Home", True), ("text", False)]


def test_a_drawing_that_is_never_closed_hides_no_text() -> None:
    assert [one.text for one in passages("<p>a<svg><title>x</title><!-- </svg> --></p><p>b <a href=/c>c</a></p>")] == [
        "a",
        "b c",
    ]


def test_a_link_around_several_blocks_is_in_each_of_them_and_an_image_says_its_alternative() -> None:
    found = passages("<a href=/x><h3>Title</h3><p>Teaser</p></a><a href=/y><img alt='A picture'></a>")

    assert links(found) == [("Title", "/x"), ("Teaser", "/x"), ("A picture", "/y")]


def test_links_of_documents_are_joined_to_their_references() -> None:
    markdown = "# T\n\nSee [one](a.md) and [two][ref], <http://c.test/>.\n\n[ref]: #\n\n> quoted [three](#)\n"
    html = "<h1>T</h1>\n<p>See <a href=a.md>one</a>, <img src=i.png><a href='#'>two</a></p>"

    for text, extract, kind in ((markdown, extract_markdown, "text/markdown"), (html, extract_html, "text/html")):
        read = document(text.encode(), Found(name="x"), media_type=kind, is_certain=True)
        found = extract(read, Wanted(passages=True))
        joined = [
            (one.text[anchor.start : anchor.end], found.references[anchor.reference or 0])
            for one in found.passages
            for anchor in one.anchors
        ]
        assert joined
        assert all(words == reference.text for words, reference in joined)
        assert found.passages[1].line == text[: text.index("See")].count("\n") + 1
        assert extract(read, Wanted()).passages == ()


def test_plain_text_is_parted_by_empty_lines() -> None:
    assert paragraphs("a\nb\n\n\nc\n") == (Passage("a b", line=1), Passage("c", line=5))


@given(st.text(st.sampled_from("<>/ap=h1'\" !-svgdivtexr\n"), max_size=300))
def test_no_page_makes_it_raise_and_links_lie_within_their_text(text: str) -> None:
    for one in passages(text):
        assert one.text == " ".join(one.text.split())
        for anchor in one.anchors:
            assert 0 <= anchor.start < anchor.end <= len(one.text)
