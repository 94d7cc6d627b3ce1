import pytest

from linkcheck.fetch.policy import Policy, guarding
from linkcheck.fetch.resolve import Resolver
from linkcheck.model import Failure, FailureKind, ReasonCode, Request, Response
from tests.fetch.fakes import FakeExchange, answer
from tests.fetch.test_resolve import NXDOMAIN, FakeLookUp

pytestmark = pytest.mark.anyio

PUBLIC = ("93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c")


async def ask(
    url: str, addresses: tuple[str, ...] | Failure = PUBLIC, **policy: object
) -> tuple[Response | Failure, list[Request]]:
    wire = FakeExchange(answer())
    overrides = {("pinned.test", 80): ("127.0.0.1",)}
    exchange = guarding(wire, Resolver(FakeLookUp(addresses), overrides=overrides), Policy(**policy))
    return await exchange(Request(url)), wire.asked


async def test_requests_go_to_exactly_the_checked_addresses() -> None:
    _, asked = await ask("http://a.test/")

    assert [request.addresses for request in asked] == [PUBLIC]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3/",
    ],
)
async def test_private_hosts_are_refused_however_they_are_written(url: str) -> None:
    refused, asked = await ask(url)

    assert isinstance(refused, Failure)
    assert refused.kind is FailureKind.POLICY
    assert refused.message.startswith("private address ")
    assert asked == []


async def test_one_private_address_among_public_ones_is_enough() -> None:
    refused, asked = await ask("http://rebinding.test/", (*PUBLIC, "127.0.0.1"))

    assert refused == Failure(
        FailureKind.POLICY,
        "private address 127.0.0.1",
        url="http://rebinding.test/",
        reason=ReasonCode.PRIVATE_ADDRESS,
    )
    assert asked == []


async def test_private_hosts_are_asked_when_they_are_allowed() -> None:
    _, asked = await ask("http://127.0.0.1:8080/", allow_private=True)

    assert asked[0].addresses == ("127.0.0.1",)


async def test_an_override_may_lead_anywhere_but_only_for_its_port() -> None:
    _, asked = await ask("http://pinned.test/")
    refused, _ = await ask("http://pinned.test:81/", ("127.0.0.1",))

    assert asked[0].addresses == ("127.0.0.1",)
    assert isinstance(refused, Failure)


async def test_an_archive_may_be_anywhere_but_only_at_its_origin() -> None:
    trusted = frozenset({"http://127.0.0.1:8080"})

    _, asked = await ask("http://127.0.0.1:8080/cdx", trusted_origins=trusted)
    refused, _ = await ask("http://127.0.0.1:8081/", trusted_origins=trusted)

    assert len(asked) == 1
    assert isinstance(refused, Failure)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.test/", "data:,x", "nonsense", "http://", ""])
async def test_only_the_web_is_asked(url: str) -> None:
    refused, asked = await ask(url)

    assert isinstance(refused, Failure)
    assert (refused.kind, asked) == (FailureKind.POLICY, [])


async def test_a_host_that_does_not_resolve_is_not_asked() -> None:
    failed, asked = await ask("http://x.test/page", NXDOMAIN)

    assert failed == Failure(FailureKind.DNS_NXDOMAIN, "x does not exist", url="http://x.test/page")
    assert asked == []


PROXIES = {"http": "http://proxy.test:3128"}


async def test_a_proxy_resolves_for_itself() -> None:
    wire = FakeExchange(answer())
    look_up = FakeLookUp(NXDOMAIN)
    resolver = Resolver(look_up)

    await guarding(wire, resolver, Policy(proxies=PROXIES))(Request("http://a.test/"))

    assert (wire.asked[0].addresses, look_up.asked, resolver.worked) == ((), [], 1)


async def test_behind_a_proxy_private_literals_are_refused_all_the_same() -> None:
    refused, asked = await ask("http://127.0.0.1/", proxies=PROXIES)

    assert isinstance(refused, Failure)
    assert asked == []


async def test_a_name_that_never_exists_is_not_sent_to_the_proxy() -> None:
    refused, asked = await ask("http://a.invalid/", proxies=PROXIES)

    assert isinstance(refused, Failure)
    assert (refused.kind, refused.url, asked) == (FailureKind.DNS_NXDOMAIN, "http://a.invalid/", [])


async def test_overrides_and_allowed_private_hosts_are_not_sent_to_the_proxy() -> None:
    _, pinned = await ask("http://pinned.test/", proxies=PROXIES)
    _, private = await ask("http://10.0.0.1/", proxies=PROXIES, allow_private=True)

    assert pinned[0].addresses == ("127.0.0.1",)
    assert private[0].addresses == ("10.0.0.1",)


async def test_a_proxy_that_fails_vouches_for_nothing() -> None:
    resolver = Resolver(FakeLookUp(PUBLIC))
    wire = FakeExchange(Failure(FailureKind.PROXY, "the proxy could not be reached"))

    await guarding(wire, resolver, Policy(proxies=PROXIES))(Request("http://a.test/"))

    assert resolver.worked == 0


class NamesHere:
    """Name servers of this side of a proxy; what they do not know does not exist."""

    def __init__(self, names: dict[str, tuple[str, ...]]) -> None:
        self.names = names
        self.asked: list[str] = []

    async def __call__(self, host: str) -> tuple[str, ...] | Failure:
        self.asked.append(host)
        return self.names.get(host, NXDOMAIN)


async def through_proxy(
    names: dict[str, tuple[str, ...]], *urls: str, **policy: object
) -> tuple[list[str], NamesHere, Resolver]:
    """Ask for URLs behind a proxy; return those that reached it."""
    wire, here = FakeExchange(answer()), NamesHere(names)
    resolver = Resolver(here)
    exchange = guarding(wire, resolver, Policy(proxies=PROXIES, control_hosts=("down.test", "control.test"), **policy))
    for url in urls:
        await exchange(Request(url))
    return [request.url for request in wire.asked], here, resolver


async def test_a_name_that_is_private_here_is_not_sent_to_the_proxy() -> None:
    names = {"control.test": PUBLIC, "intern.test": ("10.0.0.1",), "mixed.test": (*PUBLIC, "127.0.0.1")}
    urls = ("http://intern.test/", "http://mixed.test/", "http://unknown.test/")

    sent, _, resolver = await through_proxy(names, *urls)

    assert sent == ["http://unknown.test/"]
    assert (resolver.worked, resolver.failed) == (1, 0), "what is looked up here says nothing of the proxy"


@pytest.mark.parametrize("control", [{}, {"control.test": ("10.0.0.9",)}])
async def test_where_no_public_name_is_resolved_here_names_are_the_business_of_the_proxy(
    control: dict[str, tuple[str, ...]],
) -> None:
    sent, here, _ = await through_proxy({**control, "a.test": ("10.0.0.9",)}, "http://a.test/", "http://b.test/")

    assert sent == ["http://a.test/", "http://b.test/"]
    assert set(here.asked) == {"down.test", "control.test"}, "and they are not waited for"


async def test_a_private_name_is_sent_to_the_proxy_where_private_hosts_are_allowed() -> None:
    names = {"control.test": PUBLIC, "intern.test": ("10.0.0.1",)}

    sent, here, _ = await through_proxy(names, "http://intern.test/", allow_private=True)

    assert sent == ["http://intern.test/"]
    assert here.asked == []
