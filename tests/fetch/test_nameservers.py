from pathlib import Path
from typing import Any

import anyio
import dns.asyncresolver
import dns.message
import dns.name
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from linkcheck.fetch import nameservers
from linkcheck.fetch.denial import Grade, denial_of
from linkcheck.fetch.nameservers import asking
from linkcheck.model import Failure, FailureKind
from tests.servers import Denying, Zone, naming

pytestmark = pytest.mark.anyio

ZONE: Zone = {
    "both.test": {"A": ("192.0.2.1", "192.0.2.2"), "AAAA": ("2001:db8::1",)},
    "v6.test": {"AAAA": ("2001:db8::1",)},
    "nodata.test": {},
    "servfail.test": "SERVFAIL",
    "refused.test": "REFUSED",
    "silent.test": "silence",
}


class Everything(dict[str, Any]):
    """A zone in which all names have the same."""

    def __init__(self, word: Any) -> None:
        super().__init__()
        self.word = word

    def get(self, _: object, __: object = None) -> Any:
        return self.word


async def look_up(host: str) -> tuple[str, ...] | Failure:
    async with naming(ZONE) as server:
        return await asking(["127.0.0.1"], server.port, deadline=0.1 if "silent" in host else 5)(host)


async def test_addresses_come_ipv4_first() -> None:
    *ipv4, ipv6 = await look_up("both.test")

    assert (sorted(ipv4), ipv6) == (["192.0.2.1", "192.0.2.2"], "2001:db8::1")


async def test_a_host_may_have_ipv6_only() -> None:
    assert await look_up("v6.test") == ("2001:db8::1",)


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("gone.test", FailureKind.DNS_NXDOMAIN),
        ("nodata.test", FailureKind.DNS_TEMPORARY),
        ("servfail.test", FailureKind.DNS_TEMPORARY),
        ("refused.test", FailureKind.DNS_TEMPORARY),
        ("silent.test", FailureKind.DNS_TEMPORARY),
        ("a" * 64 + ".test", FailureKind.DNS_NXDOMAIN),
        ("a." * 200 + "test", FailureKind.DNS_NXDOMAIN),
        ("a..test", FailureKind.DNS_NXDOMAIN),
    ],
)
async def test_answer_codes_are_told_apart(host: str, kind: FailureKind) -> None:
    answer = await look_up(host)

    assert isinstance(answer, Failure)
    assert answer.kind is kind
    assert host[:10] in answer.message


async def test_both_kinds_of_address_are_asked_for_the_name_itself_only() -> None:
    async with naming(ZONE) as server:
        await asking(["127.0.0.1"], server.port)("gone.test")

    assert sorted(server.asked) == ["gone.test A", "gone.test AAAA", "gone.test SOA"]


@pytest.mark.parametrize(
    ("denying", "kind", "said"),
    [
        (Denying(), FailureKind.DNS_NXDOMAIN, "no name server knows gone.news.test"),
        (Denying("test."), FailureKind.DNS_NXDOMAIN, "no name server knows"),
        (Denying(once=True), FailureKind.DNS_NXDOMAIN, "no name server knows"),
        (Denying(None), FailureKind.DNS_UNPROVEN, "name no zone that would hold it"),
        (Denying("."), FailureKind.DNS_UNPROVEN, "know no top-level domain .test"),
        (Denying("gone.news.test."), FailureKind.DNS_UNPROVEN, "which is not responsible"),
        (Denying("blocklist.example."), FailureKind.DNS_UNPROVEN, "for blocklist.example, which is not responsible"),
        (Denying("s.test."), FailureKind.DNS_UNPROVEN, "which is not responsible"),
        (Denying(None, policy="rpz.example."), FailureKind.DNS_UNPROVEN, "(policy zone rpz.example)"),
        (Denying("test.", policy="rpz.example."), FailureKind.DNS_UNPROVEN, "(policy zone rpz.example)"),
        (Denying("test.", error=15), FailureKind.DNS_UNPROVEN, "(Blocked: by order[31m)"),
        (Denying("test.", error=16), FailureKind.DNS_UNPROVEN, "(Censored"),
        (Denying("test.", error=17), FailureKind.DNS_UNPROVEN, "(Filtered"),
        (Denying("test.", error=18), FailureKind.DNS_UNPROVEN, "(Prohibited"),
        (Denying("test.", error=22), FailureKind.DNS_NXDOMAIN, "no name server knows"),
    ],
)
async def test_a_denial_counts_if_it_comes_from_the_zone_that_would_hold_the_name(
    denying: Denying, kind: FailureKind, said: str
) -> None:
    async with naming({}, denying) as server:
        answer = await asking(["127.0.0.1"], server.port)("gone.news.test")

    assert isinstance(answer, Failure)
    assert answer.kind is kind
    assert said in answer.message


async def test_a_name_that_is_denied_for_addresses_alone_is_not_denied() -> None:
    """As filters do that know nothing but A and AAAA."""

    class Filter(dict[str, Any]):
        def get(self, _: object, __: object = None) -> Any:
            return "NXDOMAIN" if not server.asked[-1].endswith("SOA") else {}

    async with naming(Filter()) as server:
        answer = await asking(["127.0.0.1"], server.port)("blocked.test")

    assert isinstance(answer, Failure)
    assert answer.kind is FailureKind.DNS_UNPROVEN


async def test_servers_that_do_not_know_edns_may_deny_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests import servers  # noqa: PLC0415 - only here is a server taught to forget EDNS

    resolve = servers._resolve

    def old(data: bytes, zone: Zone, asked: list[str], denying: Denying) -> bytes | None:
        query = dns.message.from_wire(data)
        if query.edns >= 0:
            answer = dns.message.make_response(query)
            answer.set_rcode(dns.rcode.FORMERR)
            return answer.to_wire()
        return resolve(data, zone, asked, denying)

    monkeypatch.setattr(servers, "_resolve", old)
    async with naming({}) as server:
        answer = await asking(["127.0.0.1"], server.port)("gone.test")

    assert isinstance(answer, Failure)
    assert answer.kind is FailureKind.DNS_NXDOMAIN


async def test_a_chain_of_aliases_is_denied_where_it_ends() -> None:
    query = dns.message.make_query("www.paper.test", "A")
    answer = dns.message.make_response(query)
    answer.set_rcode(dns.rcode.NXDOMAIN)
    answer.answer.append(dns.rrset.from_text("www.paper.test.", 60, "IN", "CNAME", "gone.cdn.example."))
    name = dns.name.from_text("www.paper.test.")
    record = "ns.test. hostmaster.test. 1 7200 900 1209600 86400"

    answer.authority.append(dns.rrset.from_text("cdn.example.", 60, "IN", "SOA", record))
    assert denial_of(dns.message.from_wire(answer.to_wire()), name).grade is Grade.OWNED

    answer.authority[:] = [dns.rrset.from_text("test.", 60, "IN", "SOA", record)]
    assert denial_of(dns.message.from_wire(answer.to_wire()), name).grade is Grade.REFUSED


async def test_servers_that_are_silent_are_not_waited_for_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[tuple[str, float]] = []

    async def resolve(_: object, name: dns.name.Name, kind: str, *, lifetime: float, **more: object) -> Any:
        waits.append((name.to_text(omit_final_dot=True), lifetime))
        if "silent" in name.to_text():
            raise dns.resolver.LifetimeTimeout(timeout=lifetime, errors=[])
        return await original(resolver, name, kind, lifetime=lifetime, **more)

    async with naming(ZONE) as server:
        resolver = dns.asyncresolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], server.port
        original = dns.asyncresolver.Resolver.resolve
        monkeypatch.setattr(dns.asyncresolver.Resolver, "resolve", resolve)
        look_up = asking(["127.0.0.1"], server.port, deadline=30)
        for host in ("silent.test", "silent.test", "both.test", "silent.test"):
            await look_up(host)

    first, *_, after = waits[::2]
    assert waits[2:4] == [("silent.test", 1.0)] * 2
    assert waits[4:6] == [("both.test", 1.0)] * 2
    assert (first, after) == (("silent.test", 30), ("silent.test", 30))


async def test_a_server_that_is_not_there_proves_nothing() -> None:
    async with naming(ZONE) as server:
        pass

    answer = await asking(["127.0.0.5"], server.port, deadline=0.1)("both.test")

    assert isinstance(answer, Failure)
    assert answer.kind is FailureKind.DNS_TEMPORARY


async def test_ipv4_does_not_wait_long_for_ipv6(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests import servers  # noqa: PLC0415 - only here is a server taught to forget half of the questions

    resolve = servers._resolve

    def half_deaf(data: bytes, zone: Zone, asked: list[str], denying: Denying) -> bytes | None:
        response = resolve(data, zone, asked, denying)
        return None if asked[-1].endswith("AAAA") else response

    monkeypatch.setattr(servers, "_resolve", half_deaf)
    async with naming(ZONE) as server:
        with anyio.fail_after(20):
            answer = await asking(["127.0.0.1"], server.port, deadline=30)("both.test")

    assert sorted(answer) == ["192.0.2.1", "192.0.2.2"]


async def test_a_machine_without_name_servers_is_fine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def read_resolv_conf(self: dns.resolver.BaseResolver, _: object) -> None:
        original(self, str(tmp_path / "none"))

    original = dns.resolver.BaseResolver.read_resolv_conf
    monkeypatch.setattr(dns.resolver.BaseResolver, "read_resolv_conf", read_resolv_conf)

    answer = await asking()("both.test")

    assert isinstance(answer, Failure)
    assert answer.kind is FailureKind.DNS_TEMPORARY


async def test_servers_that_never_answer_cost_no_time_out_for_every_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nameservers, "_ENOUGH", 3)
    async with naming(Everything("silence")) as server:
        look_up = asking(["127.0.0.1"], server.port, deadline=0.05)
        said = []

        async def ask(number: int) -> None:
            said.append(await look_up(f"host-{number}.net"))

        for number in range(nameservers._ENOUGH):
            await ask(number)
        before = len(server.asked)
        async with anyio.create_task_group() as group:
            for number in range(500):
                group.start_soon(ask, 1000 + number)
        names = {asked.split()[0] for asked in server.asked[before:]}

    assert {answer.kind for answer in said if isinstance(answer, Failure)} == {FailureKind.DNS_TEMPORARY}
    assert len(said) == nameservers._ENOUGH + 500
    assert len(names) == 1


async def test_servers_that_answer_again_are_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nameservers, "_ENOUGH", 3)
    zone = Everything("silence")
    async with naming(zone) as server:
        look_up = asking(["127.0.0.1"], server.port, deadline=0.2)
        for number in range(nameservers._ENOUGH):
            await look_up(f"host-{number}.net")
        zone.word = {"A": ("192.0.2.7",), "AAAA": ("2001:db8::7",)}
        for number in range(1000):  # the servers' time is short, and this machine may be slow
            if not isinstance(answer := await look_up(f"again-{number}.net"), Failure):
                break
        async with anyio.create_task_group() as group:
            for number in range(3):
                group.start_soon(look_up, f"other-{number}.net")

    assert isinstance(answer, tuple)
    assert {f"other-{number}.net A" for number in range(3)} <= set(server.asked)
