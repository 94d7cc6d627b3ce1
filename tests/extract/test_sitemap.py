"""Sitemaps: every address in its exact place, whatever stands around it, and an end to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.listing import MOST
from linkcheck.extract.sitemap import PLUGIN
from linkcheck.model import Document, Role
from linkcheck.sources import formats


def read(text: str, encoding: str = "utf-8") -> tuple[Extraction, bytes]:
    source = text.encode(encoding)
    document = Document(name="sitemap.xml", media_type=formats.SITEMAP, source=source, text=text, encoding=encoding)
    return PLUGIN.extract(document, Wanted()), source


def found(text: str) -> list[tuple[str, str]]:
    return [(one.element, PLUGIN.decoded(one.raw, one.element)) for one in read(text)[0].references]


def test_a_sitemap_as_the_protocol_shows_it() -> None:
    text = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
   <url>
      <loc>http://www.example.com/catalog?item=12&amp;desc=vacation_hawaii</loc>
      <changefreq>weekly</changefreq>
   </url>
   <url><loc> http://www.example.com/ümlat.html
   </loc><lastmod>2004-12-23</lastmod></url>
</urlset>"""

    extraction, source = read(text)

    assert found(text) == [
        ("loc", "http://www.example.com/catalog?item=12&desc=vacation_hawaii"),
        ("loc", "http://www.example.com/ümlat.html"),
    ]
    for one in extraction.references:
        assert source[one.span.start : one.span.end].decode() == one.raw
    assert [(one.span.line, one.span.column) for one in extraction.references] == [(4, 7), (7, 9)]


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("2026-11-24", "2026-11-24"),
        (" 2026-11-24T10:00:00+02:00 ", "2026-11-24T08:00:00Z"),
        ("2026-11-24T10:00Z", "2026-11-24T10:00:00Z"),
        ("2026-11-24T10:00:00.123Z", "2026-11-24T10:00:00Z"),
        ("2026-11", None),
        ("yesterday, at noon", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("is_before", [False, True])
def test_a_sitemap_says_when_a_page_has_changed(said: str, changed: str | None, is_before: bool) -> None:
    loc, lastmod = "<loc>https://a.test/</loc>", f"<lastmod>{said}</lastmod>"
    image = "<image:image><image:loc>/i.png</image:loc></image:image>"
    entry = lastmod + loc if is_before else loc + image + lastmod

    extraction, _ = read(f"<url>{entry}</url><url><loc>https://b.test/</loc></url>")

    assert [one.changed for one in extraction.references if one.element == "loc"] == [changed, None]


def test_an_index_names_sitemaps() -> None:
    text = "<sitemapindex><sitemap><loc>https://a.test/1.xml.gz</loc></sitemap></sitemapindex>"

    assert found(text) == [("sitemap", "https://a.test/1.xml.gz")]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<url><loc><![CDATA[ https://a.test/?a=1&b=2 ]]></loc></url>", [("loc", "https://a.test/?a=1&b=2")]),
        ("<sm:url><sm:loc>https://a.test/</sm:loc></sm:url>", [("loc", "https://a.test/")]),
        (
            "<url><loc>/x</loc><image:image><image:loc>/i.png</image:loc></image:image></url>",
            [("loc", "/x"), ("image:loc", "/i.png")],
        ),
        ("<url><loc/></url><url><loc></loc></url><url><loc>  </loc></url>", []),
        ("<!-- <url><loc>/x</loc></url> -->", []),
        ("<url><loc>/cut", []),
        ("<url><loc>/&unknown;</loc></url>", [("loc", "/&unknown;")]),
        ("<url><video:player_loc>/x</video:player_loc></url>", []),
    ],
)
def test_what_stands_in_sitemaps(inner: str, expected: list[tuple[str, str]]) -> None:
    assert found(f"<urlset>{inner}") == expected


def test_entities_do_not_grow() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>/&b;</loc></url></urlset>'

    assert found(bomb) == [("loc", "/&b;")]


def test_more_addresses_than_a_sitemap_may_name_are_cut_and_named() -> None:
    text = "<urlset>" + "<url><loc>/x</loc></url>\n" * (MOST + 10)

    extraction, _ = read(text)

    assert len(extraction.references) == MOST
    (finding,) = extraction.findings
    assert (finding.rule, finding.line) == ("list-cut", MOST + 1)


def test_images_are_images() -> None:
    extraction, _ = read("<urlset><url><image:loc>/i.png</image:loc></url></urlset>")

    assert [one.role for one in extraction.references] == [Role.IMAGE]


PIECES = ["<url>", "</url>", "<loc>", "</loc>", "<sitemap>", "<![CDATA[", "]]>", "ü&amp;x", "<!--", ">", " "]


@given(st.lists(st.sampled_from(PIECES)))
def test_spans_point_at_the_raw_text_and_nothing_raises(pieces: list[str]) -> None:
    text = "<urlset>" + "".join(pieces)

    for encoding in ("utf-8", "utf-16-le"):
        extraction, source = read(text, encoding)
        for one in extraction.references:
            assert source[one.span.start : one.span.end].decode(encoding) == one.raw


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("<urlset>", formats.SITEMAP),
        (
            '<?xml version="1.0"?>\n<?xml-stylesheet href="x"?>\n<!-- made -->\n<sitemapindex xmlns="x">',
            formats.SITEMAP,
        ),
        ("<sm:urlset xmlns:sm='x'>", formats.SITEMAP),
        ("<rss version='2.0'>", formats.FEED),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", formats.FEED),
        ("<rdf:RDF>", formats.FEED),
        ("<urlsets>", formats.PLAIN),
        ("<svg><feed/></svg>", formats.PLAIN),
        ("<!doctype html><rss>", formats.HTML),
    ],
)
def test_lists_are_known_by_their_looks(text: str, media_type: str) -> None:
    assert formats.by_looks(text) == media_type
