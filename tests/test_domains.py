"""Sites are what the Public Suffix List says they are, and every site falls to one share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.domains import is_public, registrable, share_of


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("www.example.com", "example.com"),
        ("WWW.EXAMPLE.COM.", "example.com"),
        ("someone.github.io", "someone.github.io"),
        ("a.b.c.kobe.jp", "b.c.kobe.jp"),
        ("www.city.kobe.jp", "city.kobe.jp"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("", ""),
    ],
)
def test_the_site_of_a_host(host: str, site: str) -> None:
    assert registrable(host) == site


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("bbc.co.uk", True),
        ("BBC.co.uk", True),
        ("co.uk", False),
        ("a.unheard", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_what_ends_in_a_known_suffix_is_public(host: str, *, expected: bool) -> None:
    assert is_public(host) is expected


@given(
    st.sampled_from(["a.org", "b.co.uk", "c.io", "10.0.0.1"]), st.sampled_from(["", "www.", "x.y."]), st.integers(1, 9)
)
def test_hosts_of_a_site_fall_to_one_share(site: str, prefix: str, shares: int) -> None:
    host = site if site[0].isdigit() else prefix + site

    assert 1 <= share_of(host, shares) <= shares
    assert share_of(host, shares) == share_of(site, shares)
