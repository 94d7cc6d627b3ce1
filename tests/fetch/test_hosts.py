import pytest

from linkcheck.config import HostSettings
from linkcheck.errors import ConfigError
from linkcheck.fetch.hosts import sending_own_headers, settings_of
from linkcheck.model import Request
from tests.fetch.fakes import FakeExchange, answer

pytestmark = pytest.mark.anyio

ENVIRON = {"LINKCHECK_SECRET_A": "s3cret"}
OPEN = {"x-who": "us"}
SECRET = {"Authorization": "Bearer ${LINKCHECK_SECRET_A}"}


async def headers_to(url: str, hosts: dict[str, dict[str, str]], **own: str) -> dict[str, str]:
    below = FakeExchange(answer())
    table = {name: HostSettings(headers=headers) for name, headers in hosts.items()}
    await sending_own_headers(below, table, ENVIRON)(Request(url, headers=tuple(own.items())))
    return dict(below.asked[0].headers)


@pytest.mark.parametrize(
    ("url", "is_open", "is_secret"),
    [
        ("https://a.test/x", True, True),
        ("http://a.test/x", True, False),
        ("https://a.test:8443/x", True, False),
        ("https://sub.a.test/", False, False),
        ("https://b.test/?a.test", False, False),
        ("https://a.test@b.test/", False, False),
        ("https://A.test:443/", True, True),
        ("nonsense", False, False),
    ],
)
async def test_a_host_is_sent_its_headers_and_secrets_only_to_their_exact_origin(
    url: str, is_open: bool, is_secret: bool
) -> None:
    sent = await headers_to(url, {"a.test": OPEN | SECRET})

    assert sent == ({"x-who": "us"} if is_open else {}) | ({"authorization": "Bearer s3cret"} if is_secret else {})


async def test_a_port_that_is_named_is_the_origin() -> None:
    hosts = {"a.test:8443": SECRET, "a.test": OPEN}

    assert await headers_to("https://a.test:8443/", hosts) == {"authorization": "Bearer s3cret"}
    assert await headers_to("http://a.test:8443/", hosts) == {}
    assert await headers_to("https://a.test/", hosts) == {"x-who": "us"}


async def test_what_the_config_says_replaces_what_was_asked() -> None:
    assert await headers_to("http://a.test/", {"a.test": OPEN}, **{"X-Who": "me", "accept": "*/*"}) == {
        "accept": "*/*",
        "x-who": "us",
    }


def test_without_headers_there_is_no_layer() -> None:
    below = FakeExchange(answer())

    assert sending_own_headers(below, {"a.test": HostSettings(timeout=1)}, {}) is below


@pytest.mark.parametrize("environ", [{}, {"LINKCHECK_SECRET_A": ""}, {"LINKCHECK_SECRET_A": "a\r\nx-evil: 1"}])
def test_a_secret_that_is_not_there_is_named_and_not_said(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match=r"`Authorization` for a\.test needs \$LINKCHECK_SECRET_A") as said:
        sending_own_headers(FakeExchange(answer()), {"a.test": HostSettings(headers=SECRET)}, environ)

    assert "evil" not in str(said.value)


def test_settings_are_found_by_host_and_port_first() -> None:
    hosts = {"a.test": HostSettings(timeout=1), "a.test:8080": HostSettings(timeout=2)}

    assert [settings_of(url, hosts) for url in ("http://a.test/", "http://a.test:8080/x", "http://b.test/", "x")] == [
        hosts["a.test"],
        hosts["a.test:8080"],
        None,
        None,
    ]
