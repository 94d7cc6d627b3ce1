"""What belongs to a site, and what its addresses have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import uri
from linkcheck.territory import Stop, Territory, identity, is_repeating, shape, territory_of, why_not

SITE = Territory().around("https://www.a.test/start")

STEPS = st.lists(st.text("abcxyz019-._~", min_size=1, max_size=8), max_size=6)
ADDRESSES = st.builds(
    lambda steps, query: "https://a.test/" + "/".join(steps) + (f"?{query}" if query else ""),
    STEPS,
    st.text("abc=&019", max_size=12),
)


@pytest.mark.parametrize(
    ("url", "holds"),
    [
        ("https://www.a.test/x", True),
        ("https://a.test/x", True),
        ("http://a.test:8080/x", True),
        ("https://docs.a.test/x", False),
        ("https://nota.test/x", False),
        ("https://a.test.evil.test/x", False),
        ("https://evil.test/?https://a.test/", False),
        ("https://a.test@evil.test/", False),
        ("ftp://a.test/x", False),
        ("mailto:x@a.test", False),
        ("nothing", False),
    ],
)
def test_without_a_word_the_border_goes_around_the_hosts_of_the_sources(url: str, holds: bool) -> None:
    assert SITE.holds(url) is holds


@pytest.mark.parametrize(
    ("border", "inside", "outside"),
    [
        ("a.test", ["https://a.test/", "https://docs.a.test/"], ["https://b.test/", "https://xa.test/"]),
        ("https://a.test/docs", ["https://a.test/docs", "https://a.test/docs/x", "https://a.test/docs?x=1"], []),
        ("https://a.test/docs", [], ["https://a.test/docs-old", "https://a.test/", "http://a.test/docs"]),
        ("https://a.test/docs/", ["https://a.test/docs/x"], ["https://a.test/docs", "https://a.test/doc"]),
        ("https://a.test", ["https://a.test/x"], ["https://a.test.evil.test/x"]),
        ("münchen.test", ["https://www.xn--mnchen-3ya.test/"], ["https://a.test/"]),
    ],
)
def test_a_border_is_a_host_or_the_beginning_of_an_address(border: str, inside: list[str], outside: list[str]) -> None:
    drawn = territory_of([border])

    assert all(drawn.holds(url) for url in inside)
    assert not any(drawn.holds(url) for url in outside)
    assert drawn.around("https://c.test/") == drawn


@pytest.mark.parametrize(
    "border", ["", "a b", "a.test/docs", "https://", "ftp://a.test/", "a.test:8080", "https:///x y"]
)
def test_what_is_no_border_is_named(border: str) -> None:
    with pytest.raises(ValueError, match="^" + border.replace(".", r"\.") + "$"):
        territory_of([border])


@pytest.mark.parametrize(
    ("url", "depth", "limit", "stop"),
    [
        ("https://a.test/x", 3, 3, None),
        ("https://a.test/x", 4, 3, Stop.DEPTH),
        ("https://a.test/x", 400, None, None),
        ("https://b.test/x", 0, None, Stop.OUTSIDE),
        ("https://a.test/" + "x" * 2000, 0, None, Stop.LONG),
        ("https://a.test/a/b/a/b/a/b/", 0, None, Stop.REPEATING),
    ],
)
def test_an_address_may_say_that_it_is_not_followed(url: str, depth: int, limit: int | None, stop: Stop | None) -> None:
    assert why_not(url, SITE, depth=depth, limit=limit) is stop


@pytest.mark.parametrize(
    ("path", "repeats"),
    [
        ("/a/a/a/", True),
        ("/x/a/b/a/b/a/b/y", True),
        ("/a/a/b/b/", False),
        ("/a/b/c/a/b/c", False),
        ("/2011/11/11/", False),
        ("/1/1/1/1", False),
        ("/" + "/".join(map(str, range(50))), True),
        ("/", False),
    ],
)
def test_folders_that_go_round_in_circles(path: str, repeats: bool) -> None:
    assert is_repeating(f"https://a.test{path}") is repeats


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/2017/03/", "/2018/11/"),
        ("/?page=2", "/?page=3"),
        ("/cal?y=2026&m=11", "/cal?m=1&y=3000"),
        ("/calendar/2026/november", "/calendar/2031/may"),
        ("/cal/2026-11-24", "/cal/2026-12-01"),
        ("/s/8f3ac19b02dd/a", "/s/77ab01ff93ce/a"),
        ("/a;jsessionid=1", "/a;jsessionid=2"),
        ("/(S(lit3py55t21z5v55vlm25s55))/a", "/(S(b3ulrj55kxvd4x45yzwtlm45))/a"),
        ("/?x81=1", "/?x82=1"),
        ("/3f2504e0-4f89-11d3-9a0c-0305e82c3301", "/9b2504e0-4f89-11d3-9a0c-0305e82c3301"),
    ],
)
def test_addresses_of_one_template_have_one_shape(one: str, other: str) -> None:
    assert shape(f"https://a.test{one}") == shape(f"https://a.test{other}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/about", "/contact"),
        ("/about", "/about?x=1"),
        ("/about", "/about/"),
        ("/feedface", "/deadbeef"),
        ("/international-relations", "/internationalisation"),
        ("/a/1", "/b/1"),
        ("/mayor", "/maybe"),
    ],
)
def test_other_addresses_have_other_shapes(one: str, other: str) -> None:
    assert shape(f"https://a.test{one}") != shape(f"https://a.test{other}")


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("/x?utm_source=feed&a=1", "/x?a=1"),
        ("/x?b=2&a=1", "/x?a=1&b=2"),
        ("/x?PHPSESSID=abc", "/x"),
        ("/x;jsessionid=0A1B2C3D?a=1", "/x?a=1"),
        ("/(S(lit3py55t21z5v55vlm25s55))/x", "/x"),
        ("/x?sid=0a1b2c3d4e5f6a7b", "/x"),
        ("/x?sid=17", "/x?sid=17"),
        ("/x?", "/x"),
    ],
)
def test_session_ids_are_not_part_of_an_identity(url: str, same: str) -> None:
    assert identity(f"https://a.test{url}") == f"https://a.test{same}"


@given(ADDRESSES)
def test_an_identity_is_its_own_and_has_the_same_host_and_border(url: str) -> None:
    known = uri.key(url) or url
    found = identity(known)

    assert identity(found) == found
    assert uri.host_of(found) == uri.host_of(known)
    assert SITE.holds(found) == SITE.holds(known)


@given(ADDRESSES, st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_number_more_or_less_does_not_change_the_shape(url: str, one: int, other: int) -> None:
    mark = "&" if "?" in url else "?"

    assert shape(f"{url}{mark}n={one}") == shape(f"{url}{mark}n={other}")


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    url = f"https://a.test/{text}"

    shape(url), identity(url), is_repeating(url), why_not(url, SITE, depth=0, limit=None)
    shape(text), identity(text), is_repeating(text), why_not(text, SITE, depth=0, limit=None)
    try:
        territory_of([text])
    except ValueError as error:
        assert str(error) == text  # noqa: PT017 - most texts are no border
