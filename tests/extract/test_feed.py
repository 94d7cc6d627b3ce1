"""Feeds: the pages of their entries, in their exact place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.feed import PLUGIN
from linkcheck.model import Document
from linkcheck.sources import formats

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>A paper</title><link>https://a.test/</link>
<atom:link href="https://a.test/feed" rel="self"/>
<item><title>The &amp; story</title><link>https://a.test/1?a=1&amp;b=2</link>
<description>&lt;a href="https://b.test/"&gt;x&lt;/a&gt;</description>
<guid isPermaLink="true">https://a.test/?p=1</guid><enclosure url="https://a.test/1.mp3" type="audio/mpeg"/></item>
<item><link><![CDATA[https://a.test/2]]></link><guid>tag:2</guid></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.test/blog/">
<title>B</title><link href="/" rel="alternate"/><link href="feed" rel="self"/><link href="https://hub.test/" rel="hub"/>
<entry><title>One</title><link href="one"/><link rel="enclosure" href="one.mp3"/><link rel="replies" href="c"/></entry>
</feed>"""

RDF = """<rdf:RDF><channel><link>https://a.test/</link><items/></channel>
<item rdf:about="x"><link>https://a.test/1</link></item></rdf:RDF>"""


def read(text: str) -> tuple[Extraction, bytes]:
    source = text.encode()
    document = Document(name="feed", url="https://a.test/feed", media_type=formats.FEED, source=source, text=text)
    return PLUGIN.extract(document, Wanted()), source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            RSS,
            [
                ("link", "https://a.test/"),
                ("entry", "https://a.test/1?a=1&b=2"),
                ("entry", "https://a.test/?p=1"),
                ("enclosure", "https://a.test/1.mp3"),
                ("entry", "https://a.test/2"),
            ],
        ),
        (ATOM, [("link", "/"), ("entry", "one"), ("enclosure", "one.mp3")]),
        (RDF, [("link", "https://a.test/"), ("entry", "https://a.test/1")]),
        ("<rss><item><link/><enclosure/><guid isPermaLink='true'></guid>", []),
    ],
)
def test_the_pages_of_entries(text: str, expected: list[tuple[str, str]]) -> None:
    extraction, source = read(text)

    assert [(one.element, PLUGIN.decoded(one.raw, one.element)) for one in extraction.references] == expected
    for one in extraction.references:
        assert source[one.span.start : one.span.end].decode() == one.raw


def test_an_entry_is_called_by_its_title_and_stands_on_its_base() -> None:
    (story, *_), _ = [one for one in read(RSS)[0].references if one.element == "entry"], None
    (entry,) = (one for one in read(ATOM)[0].references if one.element == "entry")

    assert story.text == "The & story"
    assert (entry.text, entry.base) == ("One", "https://a.test/blog/")


PIECES = ["<item>", "<link>", "</link>", "<link href='x'/>", "<title>", "</title>", "ü", "<![CDATA["]


@given(st.lists(st.sampled_from(PIECES)))
def test_spans_point_at_the_raw_text_and_nothing_raises(pieces: list[str]) -> None:
    extraction, source = read("<rss>" + "".join(pieces))

    for one in extraction.references:
        assert source[one.span.start : one.span.end].decode() == one.raw
