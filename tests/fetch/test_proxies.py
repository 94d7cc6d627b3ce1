import pytest

from linkcheck.errors import ConfigError
from linkcheck.fetch.proxies import environment_proxies, proxy_of

PROXIES = {"http": "http://proxy.test:3128", "no": "localhost, .intern.test, other.test:8080, 192.0.2.7"}


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("http://a.test/", "http://proxy.test:3128"),
        ("https://a.test/", None),
        ("http://localhost/", None),
        ("http://www.intern.test/", None),
        ("http://intern.test/", None),
        ("http://notintern.test/", "http://proxy.test:3128"),
        ("http://other.test:8080/", None),
        ("http://other.test/", "http://proxy.test:3128"),
        ("http://192.0.2.7/", None),
        ("nonsense", None),
    ],
)
def test_a_request_goes_through_the_proxy_of_its_scheme(url: str, proxy: str | None) -> None:
    assert proxy_of(url, PROXIES) == proxy


def test_all_covers_what_has_no_proxy_of_its_own() -> None:
    assert proxy_of("https://a.test/", {"all": "http://p.test:1"}) == "http://p.test:1"


def test_a_star_exempts_everything() -> None:
    assert proxy_of("http://a.test/", {"http": "http://p.test:1", "no": "*"}) is None


def test_the_environment_may_leave_the_scheme_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "proxy.test:3128")
    monkeypatch.setenv("no_proxy", "a.test")

    found = environment_proxies()

    assert (found["https"], found["no"]) == ("http://proxy.test:3128", "a.test")


@pytest.mark.parametrize("address", ["socks5://proxy.test:1080", "http://", "http://[", "ftp://x.test"])
def test_a_proxy_that_cannot_be_used_is_named(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", address)

    with pytest.raises(ConfigError, match="http_proxy"):
        environment_proxies()
