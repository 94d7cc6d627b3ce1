import pytest

from linkcheck.archives.unwrap import unwrap
from linkcheck.provenance.target import is_same_page, target_of, within, without_tracking


def original_of(url: str) -> str | None:
    copy = unwrap(url)
    return copy.original if copy else None


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("/b", "http://a.test/b"),
        (" b ", "http://a.test/x/b"),
        ("//b.test/", "http://b.test/"),
        ("http://b.test/?utm_source=a&id=1&fbclid=2", "http://b.test/?id=1"),
        ("http://b.test/?utm_source=a#part", "http://b.test/#part"),
        ("https://web.archive.org/web/20170214000000/http://b.test/s", "http://b.test/s"),
        ("https://web.archive.org/web/2015/http://b.test/s#p", "https://web.archive.org/web/2015/http://b.test/s#p"),
        (
            "https://arc.test/all/20151231235959mp_/http://b.test/s",
            "https://arc.test/all/20151231235959mp_/http://b.test/s",
        ),
        ("https://archive.ph/2015.02.14-120000/http://b.test/", "https://archive.ph/2015.02.14-120000/http://b.test/"),
        ("https://web.archive.org/web/http://b.test/s", "http://b.test/s"),
        ("/web/*/http://b.test/s", "http://b.test/s"),
        ("http://archive.test/all/2017*/http://b.test/s", "http://b.test/s"),
        ("/web/20170214000000im_/http://b.test/s", "http://b.test/s"),
        ("https://l.facebook.com/l.php?u=http%3A%2F%2Fb.test%2Fs%3Fid%3D1&h=x", "http://b.test/s?id=1"),
        ("https://www.google.com/url?q=https://b.test/&sa=D", "https://b.test/"),
        ("http://a.test/redirect?url=http%3A%2F%2Fb.test%2F", "http://b.test/"),
        ("http://share.test/intent?url=http%3A%2F%2Fb.test%2F", "http://share.test/intent?url=http%3A%2F%2Fb.test%2F"),
        ("http://user:secret@b.test/", "http://b.test/"),
        ("mailto:a@b.test", None),
        ("javascript:void(0)", None),
        ("http://[", None),
    ],
)
def test_the_true_address_behind_an_href(href: str, target: str | None) -> None:
    """The page was rewritten under the timestamp 20170214000000; an archived copy of another is what it cites."""
    assert target_of(href, "http://a.test/x/y", original_of, {"20170214000000"}) == target


@pytest.mark.parametrize(
    ("url", "inner"),
    [
        ("https://proxy.test/-----http://b.test/s?id=1", "http://b.test/s?id=1"),
        ("https://check.test/nu/?doc=http://b.test/s", "https://check.test/nu/?doc=http://b.test/s"),
        ("/web/20170214000000/http://b.test/s", "/web/20170214000000/http://b.test/s"),
        ("http://b.test/http:/s", "http://b.test/http:/s"),
    ],
)
def test_the_address_within_the_path_of_another(url: str, inner: str) -> None:
    assert within(url) == inner


def test_only_tracking_is_left_out() -> None:
    assert without_tracking("http://a.test/?a=%20b&c&utm_medium=x") == "http://a.test/?a=%20b&c"
    assert without_tracking("http://a.test/?utmost=1") == "http://a.test/?utmost=1"


def test_one_page_has_many_addresses() -> None:
    assert is_same_page("http://www.a.test/s/", "https://a.test/s?utm_source=x#y")
    assert not is_same_page("http://a.test/s?id=1", "http://a.test/s?id=2")
