"""What a server says beside a page is a claim, too, and a weak one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model import Claim, Response
from linkcheck.pipeline.elsewhere import read_claims
from linkcheck.provenance import headers
from linkcheck.provenance.origin import provenance_of
from linkcheck.sources.beside import claims_beside

STORY = b"<html lang=en><title>Story of the day</title><h1>Story of the day</h1><p>Text."


def beside(*said: tuple[str, str], url: str = "https://a.test/story") -> list[tuple[str, str, str]]:
    return [(one.field, one.value, one.said_by) for one in claims_beside(Response(url, 200, said))]


@pytest.mark.parametrize(
    ("header", "value", "claim"),
    [
        ("last-modified", "Tue, 14 Feb 2017 10:00:00 GMT", ("modified", "2017-02-14", "Last-Modified header")),
        ("content-language", "de-CH", ("language", "de-CH", "Content-Language header")),
        ("link", '</s>; rel="canonical"', ("canonical", "https://a.test/s", "Link header, rel=canonical")),
        (
            "link",
            "<https://doi.org/10.1/x>;rel=cite-as",
            ("canonical", "https://doi.org/10.1/x", "Link header, rel=cite-as"),
        ),
        (
            "link",
            '<https://orcid.org/0>; rel="author"',
            ("author-url", "https://orcid.org/0", "Link header, rel=author"),
        ),
        (
            "link",
            '</m.json>; rel=describedby; type="a/b"',
            ("described-by", "https://a.test/m.json", "Link header, rel=describedby"),
        ),
        (
            "link",
            '<https://schema.org/Dataset>; rel="type"',
            ("type", "https://schema.org/Dataset", "Link header, rel=type"),
        ),
        ("link", "<https://cc.test/by>; rel=license", ("license", "https://cc.test/by", "Link header, rel=license")),
    ],
)
def test_headers_are_claims_with_who_says_so(header: str, value: str, claim: tuple[str, str, str]) -> None:
    assert beside((header, value)) == [claim]


def test_several_links_in_several_headers_are_all_read() -> None:
    said = beside(("link", '<x>; rel="canonical", <y>; rel="license type"'), ("link", "<z>; rel=author"))

    assert [(field, value) for field, value, _ in said] == [
        ("canonical", "https://a.test/x"),
        ("license", "https://a.test/y"),
        ("type", "https://a.test/y"),
        ("author-url", "https://a.test/z"),
    ]


def test_a_link_that_starts_from_something_else_says_nothing_of_the_page() -> None:
    assert beside(("link", '<https://b.test/>; rel="canonical"; anchor="https://c.test/"')) == []


def test_an_archive_speaks_of_its_original_by_other_names() -> None:
    said = beside(
        ("last-modified", "Wed, 15 Feb 2023 10:00:00 GMT"),
        ("x-archive-orig-last-modified", "Tue, 14 Feb 2017 10:00:00 GMT"),
        ("link", '<https://a.test/>; rel="canonical"'),
        url="https://web.archive.org/web/20170214000000/http://a.test/story",
    )

    assert said == [("modified", "2017-02-14", "Last-Modified header")]


def test_a_server_is_believed_after_the_page_and_never_of_the_publication() -> None:
    answer = Response(
        "https://a.test/story",
        200,
        (("last-modified", "Tue, 14 Feb 2017 10:00:00 GMT"), ("content-language", "fr")),
        STORY,
    )
    found = read_claims(answer)

    assert [one.value for one in found if one.field == "published"] == []
    assert [(one.value, one.said_by) for one in found if one.field == "language"] == [
        ("en", "<html lang>"),
        ("fr", "Content-Language header"),
    ]
    assert Claim("modified", "2017-02-14", "Last-Modified header") in found


def test_links_in_the_head_are_signposts_too() -> None:
    page = b'<head><link rel="license" href="/by"><link rel=author href="https://orcid.org/0"></head>' + STORY
    found = read_claims(Response("https://a.test/story", 200, (("content-type", "text/html"),), page))

    assert Claim("license", "https://a.test/by", "rel=license") in found
    assert Claim("author-url", "https://orcid.org/0", "rel=author") in found


def test_what_is_no_address_or_language_is_left_out() -> None:
    odd = [Claim("license", "javascript:alert(1)", "x"), Claim("language", "<script>", "x"), Claim("language", "", "x")]

    assert provenance_of(odd, [], [], address="https://a.test/").claims == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(["link", "last-modified", "content-language"]), st.text(max_size=200)), max_size=5
    )
)
def test_no_header_makes_it_raise(said: list[tuple[str, str]]) -> None:
    assert len(claims_beside(Response("https://a.test/", 200, tuple(said)))) <= 100


def test_a_thousand_links_are_cut() -> None:
    assert len(beside(("link", ", ".join(f"<https://b.test/{n}>; rel=author" for n in range(1000))))) <= 20


def test_fields_are_those_of_signposting() -> None:
    assert headers.FIELDS == ("author-url", "license", "described-by", "type")
