"""URLs: WHATWG's own vectors first, then the laws of the key."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linkcheck import uri


def test_parsing_agrees_with_whatwg(cases: Path) -> None:
    vectors = [one for one in json.loads((cases / "url" / "urltestdata.json").read_text()) if isinstance(one, dict)]

    wrong = [one for one in vectors if uri.resolve(one["input"], one.get("base")) != one.get("href")]

    assert len(vectors) == 891
    assert wrong == []


def test_parts_agree_with_whatwg(cases: Path) -> None:
    vectors = json.loads((cases / "url" / "urltestdata.json").read_text())
    for one in vectors:
        if isinstance(one, dict) and not one.get("failure"):
            parts = uri.parse(one["input"], one.get("base"))
            assert parts is not None
            assert parts.scheme == one["protocol"].removesuffix(":")
            assert parts.host == one["hostname"]
            assert parts.path == one["pathname"]
            assert parts.query == one["search"].removeprefix("?")
            assert parts.fragment == one["hash"].removeprefix("#")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("HTTP://Example.ORG:80/%7euser/../a#b", "http://example.org/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/%7Euser", "https://example.org/~user"),
        ("https://example.org/a%2fb%c3%a9", "https://example.org/a%2Fb%C3%A9"),
        ("https://example.org/?b=2&a=1", "https://example.org/?b=2&a=1"),
        ("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
    ],
)
def test_a_key_is_the_canonical_url(url: str, key: str) -> None:
    assert uri.key(url) == key


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    key = uri.key(f"https://example.org/{text}")

    assert key is not None
    assert uri.key(key) == key


@given(st.text())
def test_nothing_a_document_says_makes_parsing_raise(text: str) -> None:
    uri.parse(text)
    uri.parse(text, "https://example.org/a/")
    uri.key(text)
    uri.scheme_of(text)
    uri.local_path(text)


@given(st.text(alphabet="htps:/\\\\@?#.\t\n []%aA1x0_-é\u00ad", max_size=40))
@example("http:////a/b")
@example("ht\ttp:/\n/a/b")
@example("http:/a/b/c/d")
@example("http://u:p@a@b/c@d/")
def test_a_place_is_what_parsing_gives(text: str) -> None:
    for url in (text, f"http:{text}", f"https://{text}"):
        parts = uri.parse(url)

        assert uri.host_of(url) == (parts.host if parts else "")
        origin = f"{parts.scheme}://{parts.host}:{parts.port}" if parts and parts.host else None
        assert uri.origin_of(url) == origin


def test_places_agree_with_whatwg(cases: Path) -> None:
    for one in json.loads((cases / "url" / "urltestdata.json").read_text()):
        if isinstance(one, dict) and not one.get("failure"):
            assert uri.host_of(one["href"]) == one["hostname"]


def test_what_is_long_is_not_remembered() -> None:
    before = uri._parse.cache_info().currsize

    assert uri.host_of(f"http://a.test?{'x' * 70_000}") == "a.test"
    parts = uri.parse(f"http://a.test/{'x' * 70_000}")

    assert parts is not None
    assert len(parts.path) == 70_001
    assert uri._parse.cache_info().currsize == before


@pytest.mark.parametrize("url", ["http://0x7f.1/", "http://2130706433/", "http://0177.1/", "http://127.1/"])
def test_odd_spellings_of_loopback_are_seen_through(url: str) -> None:
    assert uri.host_of(url) == "127.0.0.1"


def test_an_origin_has_its_effective_port() -> None:
    assert uri.origin_of("https://Example.org/x") == "https://example.org:443"
    assert uri.origin_of("mailto:a@b.c") is None


def test_a_domain_holds_itself_and_what_is_below_it() -> None:
    domains = frozenset({"example.com", "test"})

    assert uri.is_within("example.com", domains)
    assert uri.is_within("www.example.com.", domains)
    assert uri.is_within("a.b.test", domains)
    assert not uri.is_within("notexample.com", domains)
