import re

import pytest

from linkcheck.fetch.network import is_closed, is_network_there, known_names, look_up_nonsense, unproven_denials
from linkcheck.fetch.resolve import Resolver
from linkcheck.model import Failure, FailureKind
from tests.fetch.test_resolve import FOUND, NXDOMAIN, TEMPORARY, FakeLookUp

pytestmark = pytest.mark.anyio


async def test_a_look_up_that_worked_is_proof() -> None:
    look_up = FakeLookUp(FOUND, NXDOMAIN)
    resolver = Resolver(look_up)
    await resolver.resolve("a.test", 80)

    assert await is_network_there(resolver, ["control.test"])
    assert look_up.asked == ["a.test"]


async def test_else_one_control_host_is_enough() -> None:
    assert await is_network_there(Resolver(FakeLookUp(TEMPORARY, FOUND)), ["one.test", "two.test"])


@pytest.mark.parametrize("answer", [NXDOMAIN, TEMPORARY])
async def test_without_any_there_is_no_network(answer: object) -> None:
    assert not await is_network_there(Resolver(FakeLookUp(answer)), ["one.test", "two.test"])


async def test_what_is_settled_proves_nothing() -> None:
    resolver = Resolver(
        FakeLookUp(TEMPORARY), overrides={("one.test", 443): ("192.0.2.1",)}, hosts={"two.test": ("192.0.2.2",)}
    )

    assert not await is_network_there(resolver, ["one.test", "two.test", "127.0.0.1", "localhost"])


async def test_without_control_hosts_nothing_is_known() -> None:
    assert not await is_network_there(Resolver(FakeLookUp(FOUND)), [])


@pytest.mark.parametrize("answer", [FOUND, NXDOMAIN, TEMPORARY])
async def test_nonsense_is_a_name_of_the_real_web_that_no_cache_knows(answer: object) -> None:
    look_up = FakeLookUp(answer)
    resolver = Resolver(look_up)

    assert await look_up_nonsense(resolver, "run 1") == answer
    await look_up_nonsense(resolver, "run 2")

    names = set(look_up.asked)
    assert len(names) == 2
    assert all(re.fullmatch("[0-9a-f]{24}[.]com", name) for name in names)


DENIED = Failure(FailureKind.DNS_UNPROVEN, "denied without SOA")


def network(*known: str, otherwise: tuple[str, ...] | Failure = NXDOMAIN, at: tuple[str, ...] = FOUND) -> Resolver:
    async def look_up(host: str) -> tuple[str, ...] | Failure:
        return at if host in known else otherwise

    return Resolver(look_up)


async def test_a_domain_is_answered_for_where_one_of_its_old_names_is_known_and_one_that_nobody_has_is_not() -> None:
    assert await unproven_denials(network("example.com", "nic.bank"), ["com", "bank"], "run") == {}


@pytest.mark.parametrize(
    ("resolver", "said"),
    [
        (network("a.com", "example.org"), "does not know example.com or verisign.com either"),
        (network("example.com", at=("10.0.0.1",)), "does not know example.com"),
        (network("example.com", otherwise=("93.184.215.14",)), "an address to names of .com that do not exist"),
        (network("example.com", otherwise=DENIED), "does not say of names that nobody has"),
        (network("example.com", otherwise=TEMPORARY), "does not say of names that nobody has"),
    ],
)
async def test_else_its_denials_prove_nothing(resolver: Resolver, said: str) -> None:
    await resolver.resolve("a.com", 443)

    unproven = await unproven_denials(resolver, ["com"], "run")

    assert said in unproven["com"]


async def test_a_domain_that_is_not_listed_is_known_by_names_of_this_run() -> None:
    resolver = network("shop.bank")
    assert "nic.bank" in (await unproven_denials(resolver, ["bank"], "run"))["bank"]

    await resolver.resolve("shop.bank", 443)
    assert await unproven_denials(resolver, ["bank"], "run") == {}


async def test_a_network_is_closed_that_knows_no_name_of_com_and_org() -> None:
    assert await is_closed(network("mirror.corp"))
    assert not await is_closed(network("icann.org"))


def test_every_listed_name_is_of_its_domain() -> None:
    from linkcheck.fetch import network as module  # noqa: PLC0415 - the list itself is what is tested

    for domain, names in module._listed().items():
        assert known_names(domain) == names
        assert len(names) >= 2
        assert all(name.endswith(f".{domain}") for name in names)


async def test_what_the_config_vouches_for_is_a_known_name_too() -> None:
    resolver = network("control.corp.com")

    assert await is_closed(resolver)
    assert not await is_closed(resolver, ["control.corp.com"])
    assert await unproven_denials(resolver, ["com"], "run", ["control.corp.com", "other.org"]) == {}
