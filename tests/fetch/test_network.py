import re

import pytest

from linkcheck.fetch.network import is_network_there, look_up_nonsense
from linkcheck.fetch.resolve import Resolver
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
