"""JSON-LD says where it leads and what it is about."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract.linked_data import read, unescaped
from linkcheck.model import Role


def addresses(text: str) -> list[tuple[str, Role]]:
    return [(text[found.start : found.end], found.role) for found in read(text).addresses]


@pytest.mark.parametrize(
    "cut",
    ['"headline": "The may', '"author": {"name": "Ann Sm', '"datePublished": "2017-02-1', '"url": "https://a.test/s'],
)
def test_what_is_cut_off_says_nothing(cut: str) -> None:
    found = read('{"@type": "NewsArticle", "publisher": "The Star", ' + cut)

    assert [(one.field, one.value) for one in found.statements] == [("publisher", "The Star")]
    assert found.addresses == ()


def test_an_article_names_itself_its_images_and_its_sources() -> None:
    text = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": {"@type": "WebPage", "@id": "https://a.test/story"},
            "url": "https://a.test/story",
            "image": ["https://a.test/1.png", {"@type": "ImageObject", "url": "/2.png"}],
            "isBasedOn": "https://b.test/source",
            "citation": {"@id": "https://c.test/source"},
            "author": {"name": "Ann", "url": "https://a.test/ann", "sameAs": ["https://social.test/ann"]},
            "publisher": {"@id": "https://a.test/#org", "logo": {"url": "https://a.test/logo.png"}},
        }
    )

    assert addresses(text) == [
        ("https://a.test/story", Role.CANONICAL),
        ("https://a.test/story", Role.CANONICAL),
        ("https://a.test/1.png", Role.IMAGE),
        ("/2.png", Role.IMAGE),
        ("https://b.test/source", Role.CITATION),
        ("https://c.test/source", Role.CITATION),
        ("https://a.test/ann", Role.NAVIGATION),
        ("https://social.test/ann", Role.NAVIGATION),
        ("https://a.test/logo.png", Role.IMAGE),
    ]


def test_an_id_with_a_fragment_names_a_node_of_the_graph_and_is_no_place() -> None:
    assert addresses('{"@type": "Article", "image": {"@id": "https://a.test/#image"}, "@id": "https://a.test/"}') == []


def test_the_url_of_another_thing_is_not_canonical() -> None:
    text = '[{"url": "https://a.test/", "@type": "Organization"}, {"url": "https://a.test/s", "@type": "Article"}]'

    assert addresses(text) == [("https://a.test/", Role.NAVIGATION), ("https://a.test/s", Role.CANONICAL)]


def test_escapes_stay_as_written_and_can_be_decoded() -> None:
    [(raw, _)] = addresses(r'{"url": "https:\/\/a.test\/\u00fc"}')

    assert raw == r"https:\/\/a.test\/\u00fc"
    assert unescaped(raw) == "https://a.test/ü"


@pytest.mark.parametrize("raw", ["\\", "\\x", "\\ud800", 'a\\"b\\', "\\u12"])
def test_what_is_no_json_stays_as_it_is_or_is_decoded_but_never_raises(raw: str) -> None:
    assert isinstance(unescaped(raw), str)


def test_an_article_in_a_graph_says_title_authors_and_date() -> None:
    text = """<!-- {"@graph": [{"@type": "WebPage", "headline": "Not this"},
        {"@type": ["Article", "BlogPosting"], "headline": "A \\u201cstory\\u201d", "datePublished": "2017-02-14",
         "author": [{"name": "Ann"}, "Bob", "https://a.test/eve"], "comment": {"author": {"name": "Troll"}},}, ] }"""

    said = [(found.field, found.value) for found in read(text).statements]

    assert said == [("title", "A “story”"), ("published", "2017-02-14"), ("author", "Ann"), ("author", "Bob")]


@given(st.text(alphabet='{}[]",:\\u@ idtypeurlh/') | st.text())
def test_no_text_makes_it_raise_and_places_lie_within(text: str) -> None:
    for found in read(text).addresses:
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("piece", ["{", "[", '"', '"\\"', '{"url":', '["url",', "}", '{"url":"https://a.test/",'])
def test_a_million_hostile_characters_are_read_at_once(piece: str) -> None:
    assert len(read(piece * (1_000_000 // len(piece))).addresses) <= 100_000
