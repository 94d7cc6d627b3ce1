import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.archives.identity import identity, variants, without_tracking
from linkcheck.archives.replay import place_of, raw_of


@pytest.mark.parametrize(
    "other", ["http://a.test/x", "https://www.a.test/x/", "http://www2.a.test:80/x", "https://a.test:443/x#part"]
)
def test_scheme_www_port_slash_and_fragment_do_not_make_another_page(other: str) -> None:
    assert identity(other) == identity("https://a.test/x")


@pytest.mark.parametrize(
    "other", ["https://a.test/X", "https://a.test:8080/x", "https://a.test/x?a=1", "https://b.test/x"]
)
def test_everything_else_does(other: str) -> None:
    assert identity(other) != identity("https://a.test/x")


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://a.test/x?utm_source=a&id=7&fbclid=b", "https://a.test/x?id=7"),
        ("https://a.test/x?UTM_Medium=a", "https://a.test/x"),
        ("https://a.test/x?gclid=1#part", "https://a.test/x"),
        ("https://a.test/x?id=7", None),
        ("https://a.test/x", None),
    ],
)
def test_tracking_is_left_out_and_nothing_else(url: str, bare: str | None) -> None:
    assert without_tracking(url) == bare


urls = st.from_regex(
    r"https?://(www\.)?[a-z]{1,5}\.test(:8080)?(/[a-z]{0,3}){0,3}(\?(id|utm_id)=[a-z]{1,2})?", fullmatch=True
)


@given(urls)
def test_variants_are_other_addresses_of_the_same_page(url: str) -> None:
    found = list(variants(url))

    assert url not in found
    assert len(found) == len(set(found)) <= 4
    wanted = {identity(url), identity(without_tracking(url) or url)}
    assert {identity(one) for one in found} <= wanted


@pytest.mark.parametrize(
    ("address", "raw"),
    [
        ("https://web.archive.org/web/20170214021100/https://a.test/?q=/1/", "https://web.archive.org/web/20170214021100id_/https://a.test/?q=/1/"),
        ("http://127.0.0.1:8080/my/20140127171200mp_/http://e.com/", "http://127.0.0.1:8080/my/20140127171200id_/http://e.com/"),
        ("https://arquivo.pt/noFrame/replay/20140127171200/http://e.com/", "https://arquivo.pt/noFrame/replay/20140127171200id_/http://e.com/"),
        ("https://perma.cc/85LS-BXV7", None),
        ("https://a.test/2017/02/14/story", None),
    ],
)  # fmt: skip
def test_the_raw_address_is_read_from_the_other_one(address: str, raw: str | None) -> None:
    assert raw_of(address) == raw
    assert (place_of(address) is None) is (raw is None)
