import asyncio
import ssl
from pathlib import Path

import anyio
import pytest
import trustme

from linkcheck.errors import ConfigError
from linkcheck.fetch.tls import showing_certificates, trusting, usual_authorities
from linkcheck.model import Failure, FailureKind, Request
from tests.fetch.fakes import FakeExchange, answer
from tests.fetch.test_wires import closed_port, silence
from tests.servers import authority, http, serving

pytestmark = pytest.mark.anyio

DOUBT = Failure(FailureKind.TLS_HOSTNAME, "certificate: wrong host")


async def shown(port: int, said: Failure = DOUBT, *, host: str = "a.test", limit: float = 5) -> str:
    exchange = showing_certificates(FakeExchange(said), timeout=limit)
    failure = await exchange(Request(f"https://{host}:{port}/", addresses=("127.0.0.1",)))
    assert isinstance(failure, Failure)
    assert failure.kind is said.kind
    return failure.message


async def test_a_doubted_certificate_is_shown() -> None:
    server_side, _ = authority("other.test", "127.0.0.9", expired=True)
    async with serving({"/": http()}, tls=server_side) as server:
        message = await shown(server.port)

    assert message.startswith("certificate: wrong host (for other.test, 127.0.0.9; valid from ")
    assert message.endswith(" to 2020-01-01)")


async def test_of_many_names_a_few_are_shown() -> None:
    server_side, _ = authority(*(f"{letter}.test" for letter in "abcdef"))
    async with serving({"/": http()}, tls=server_side) as server:
        assert "(for a.test, b.test, c.test, ...; valid" in await shown(server.port, host="127.0.0.1")


async def test_where_it_cannot_be_seen_the_doubt_stays() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(http(400))
        await reader.read()

    async with serving(plain) as loud, serving(silence) as silent:
        ports = closed_port(), loud.port, silent.port
        with anyio.fail_after(60):
            messages = [await shown(port, limit=0.05) for port in ports]

    assert messages == [DOUBT.message] * 3


@pytest.mark.parametrize("kind", [FailureKind.TLS_OTHER, FailureKind.REFUSED, FailureKind.DNS_NXDOMAIN])
async def test_other_failures_are_not_looked_into(kind: FailureKind) -> None:
    server_side, _ = authority("other.test")
    async with serving({"/": http()}, tls=server_side) as server:
        assert await shown(server.port, Failure(kind, "so it is")) == "so it is"

    assert server.connections == 0


async def test_behind_a_proxy_nobody_looks() -> None:
    exchange = showing_certificates(FakeExchange(DOUBT), timeout=5)

    assert await exchange(Request(f"https://127.0.0.1:{closed_port()}/")) is DOUBT


async def test_answers_pass() -> None:
    response = answer()

    assert await showing_certificates(FakeExchange(response), timeout=5)(Request("https://a.test/")) is response


def subjects(context: ssl.SSLContext) -> set[bytes]:
    return set(context.get_ca_certs(binary_form=True))


def test_a_file_adds_to_the_usual_authorities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    path = tmp_path / "authority.pem"
    trustme.CA().cert_pem.write_to_path(str(path))

    usual, more = subjects(trusting()), subjects(trusting(str(path)))

    assert len(usual) > 50
    assert usual < more
    assert len(more - usual) == 1


def test_who_reads_the_usual_authorities_in_pem_trusts_the_same_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    pem = usual_authorities()

    assert pem is not None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=pem.decode())
    assert subjects(context) == subjects(trusting())


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
def test_the_environment_may_name_other_authorities(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    path = tmp_path / "authority.pem"
    trustme.CA().cert_pem.write_to_path(str(path))
    (tmp_path / "README").write_bytes(b"no certificate \xff")
    monkeypatch.setenv(variable, str(path if variable == "SSL_CERT_FILE" else tmp_path))

    assert len(subjects(trusting())) == 1
    assert usual_authorities() is None


@pytest.mark.parametrize("content", [b"nonsense", b"", b"\xff\xfe"])
def test_a_file_that_holds_no_certificates_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.pem"
    path.write_bytes(content)

    with pytest.raises(ConfigError, match=r"--ca-file: .*x\.pem cannot be read"):
        trusting(str(path))
    with pytest.raises(ConfigError, match=r"--ca-file: .*No such file"):
        trusting(str(tmp_path / "none.pem"))


def test_authorities_of_the_environment_that_cannot_be_read_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    for variable in ("SSL_CERT_DIR", "SSL_CERT_FILE"):
        monkeypatch.setenv(variable, "/nowhere")
        with pytest.raises(ConfigError, match="SSL_CERT_FILE or _DIR"):
            trusting()
