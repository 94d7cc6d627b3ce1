from pathlib import Path

import anyio
import pytest

from linkcheck.errors import ConfigError
from linkcheck.fetch.resolve import Resolver, overrides, system_hosts
from linkcheck.model import Failure, FailureKind

NXDOMAIN = Failure(FailureKind.DNS_NXDOMAIN, "x does not exist")
TEMPORARY = Failure(FailureKind.DNS_TEMPORARY, "no answer")
FOUND = ("93.184.215.14",)


class FakeLookUp:
    """Name servers that answer from a list, its last answer for ever."""

    def __init__(self, *answers: tuple[str, ...] | Failure, turns: int = 0) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.turns = turns

    async def __call__(self, host: str) -> tuple[str, ...] | Failure:
        self.asked.append(host)
        for _ in range(self.turns):
            await anyio.lowlevel.checkpoint()
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.mark.anyio
@pytest.mark.parametrize("found", [("10.0.0.1",), ("93.184.215.14", "127.0.0.1"), ("fec0::1",)])
async def test_a_look_up_that_ends_at_a_private_address_did_not_work(found: tuple[str, ...]) -> None:
    resolver = Resolver(FakeLookUp(found))

    assert await resolver.resolve("mirror.corp", 443) == found
    assert (resolver.worked, resolver.stayed, resolver.failed, resolver.domains) == (0, 1, 0, set())


@pytest.mark.anyio
async def test_a_name_is_looked_up_once_a_run() -> None:
    look_up = FakeLookUp(FOUND)
    resolver = Resolver(look_up)

    assert [await resolver.resolve("a.test", port) for port in (80, 443, 80)] == [FOUND] * 3
    assert look_up.asked == ["a.test"]
    assert (resolver.worked, resolver.failed, resolver.domains) == (1, 0, {"test"})


@pytest.mark.anyio
async def test_askers_at_the_same_time_share_one_look_up() -> None:
    look_up = FakeLookUp(TEMPORARY, turns=5)
    resolver = Resolver(look_up)
    answers = []

    async def ask() -> None:
        answers.append(await resolver.resolve("a.test", 80))

    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(ask)

    assert answers == [TEMPORARY] * 5
    assert look_up.asked == ["a.test"]


@pytest.mark.anyio
async def test_a_look_up_that_is_cancelled_is_taken_over() -> None:
    resolver = Resolver(FakeLookUp(FOUND, turns=50))
    answers = []

    async def ask() -> None:
        answers.append(await resolver.resolve("a.test", 80))

    async with anyio.create_task_group() as others, anyio.create_task_group() as group:
        group.start_soon(ask)
        await anyio.lowlevel.checkpoint()
        others.start_soon(ask)
        await anyio.lowlevel.checkpoint()
        group.cancel_scope.cancel()

    assert answers == [FOUND]


@pytest.mark.anyio
async def test_nxdomain_is_believed_when_it_comes_twice() -> None:
    look_up = FakeLookUp(NXDOMAIN)
    resolver = Resolver(look_up)

    assert await resolver.resolve("x.test", 80) == NXDOMAIN
    assert await resolver.resolve("x.test", 80) == NXDOMAIN
    assert look_up.asked == ["x.test"] * 2
    assert (resolver.worked, resolver.failed) == (0, 1)


@pytest.mark.anyio
@pytest.mark.parametrize("second", [FOUND, TEMPORARY])
async def test_nxdomain_once_is_nothing(second: tuple[str, ...] | Failure) -> None:
    assert await Resolver(FakeLookUp(NXDOMAIN, second)).resolve("x.test", 80) == second


@pytest.mark.anyio
async def test_a_temporary_failure_is_asked_for_again() -> None:
    resolver = Resolver(FakeLookUp(TEMPORARY, FOUND))

    assert await resolver.resolve("a.test", 80) == TEMPORARY
    assert await resolver.resolve("a.test", 80) == FOUND


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("host", "port", "answer"),
    [
        ("pinned.test", 443, ("192.0.2.9", "::1")),
        ("192.0.2.3", 80, ("192.0.2.3",)),
        ("[2001:db8::1]", 80, ("2001:db8::1",)),
        ("localhost", 80, ("127.0.0.1", "::1")),
        ("localhost.", 80, ("127.0.0.1", "::1")),
        ("deep.localhost", 80, ("127.0.0.1", "::1")),
        ("printer", 80, ("10.0.0.7",)),
    ],
)
async def test_what_is_settled_is_not_looked_up_and_counts_for_nothing(
    host: str, port: int, answer: tuple[str, ...]
) -> None:
    look_up = FakeLookUp(NXDOMAIN)
    resolver = Resolver(
        look_up, overrides={("pinned.test", 443): ("192.0.2.9", "::1")}, hosts={"printer": ("10.0.0.7",)}
    )

    assert await resolver.resolve(host, port) == answer
    assert (look_up.asked, resolver.worked, resolver.failed) == ([], 0, 0)


@pytest.mark.anyio
@pytest.mark.parametrize("host", ["invalid", "gone.invalid", "gone.invalid."])
async def test_invalid_never_exists(host: str) -> None:
    look_up = FakeLookUp(FOUND)
    resolver = Resolver(look_up)

    answer = await resolver.resolve(host, 80)

    assert isinstance(answer, Failure)
    assert answer.kind is FailureKind.DNS_NXDOMAIN
    assert (look_up.asked, resolver.failed) == ([], 0)


@pytest.mark.anyio
async def test_an_override_is_for_one_port() -> None:
    resolver = Resolver(FakeLookUp(FOUND), overrides={("a.test", 443): ("127.0.0.1",)})

    assert await resolver.resolve("a.test", 80) == FOUND


@pytest.mark.anyio
async def test_memory_does_not_grow_with_the_number_of_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.fetch.resolve._REMEMBERED", 10)
    resolver = Resolver(FakeLookUp(FOUND))

    for n in range(100):
        await resolver.resolve(f"h{n}.test", 80)

    assert len(resolver._known) == 10


def test_overrides_are_read_as_curl_reads_them() -> None:
    values = ["Example.ORG:443:192.0.2.1", "a.test:80:[::1]", "a.test:80:127.0.0.1,192.0.2.2", "b.test:8080:::1"]

    assert overrides(values) == {
        ("example.org", 443): ("192.0.2.1",),
        ("a.test", 80): ("::1", "127.0.0.1", "192.0.2.2"),
        ("b.test", 8080): ("::1",),
    }


@pytest.mark.parametrize(
    ("value", "address"),
    [("a.org:80:127.0.0.1:8080", "127.0.0.1:8080"), ("a.org:80:[::1]:8080", "[::1]:8080"), ("a.org:80:::1", "::1")],
)
def test_an_override_may_name_another_port(value: str, address: str) -> None:
    assert overrides([value]) == {("a.org", 80): (address,)}


def test_an_override_may_name_a_host_in_its_own_script() -> None:
    assert overrides(["b\u00fccher.test:80:192.0.2.1"]) == {("xn--bcher-kva.test", 80): ("192.0.2.1",)}


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a.test",
        "a.test:80",
        "a.test:80:",
        "a.test:0:::1",
        "a.test:99999:::1",
        "a.test:x:::1",
        "a.test:80:b.test",
        "a.test:80:1.2.3",
        "a.test:80:127.0.0.1,",
        ":80:127.0.0.1",
        "a b:80:::1",
        "a/b:80:::1",
        "x" * 9999,
    ],
)
def test_nonsense_is_named(value: str) -> None:
    with pytest.raises(ConfigError, match="--resolve"):
        overrides([value])


def test_the_hosts_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "hosts"
    path.write_bytes(
        b"# comment\n::1 Printer\n10.0.0.7\tprinter  printer.intern.test # mine\n"
        b"nonsense name\n\xff\xfe\n10.0.0.7 printer\n"
    )

    assert system_hosts(path) == {"printer": ("10.0.0.7", "::1"), "printer.intern.test": ("10.0.0.7",)}


def test_a_machine_without_hosts_file_is_fine(tmp_path: Path) -> None:
    assert system_hosts(tmp_path / "none") == {}
