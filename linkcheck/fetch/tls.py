"""Whom TLS trusts, and what a certificate that it does not trust says of itself.

Both wires trust the same authorities. A wire says what is wrong with a certificate; a second look at the same address,
one that trusts anybody and asks for nothing, brings the evidence: its names and its dates.
"""

import os
import ssl
from pathlib import Path

import anyio
import certifi
from anyio.streams.tls import TLSAttribute
from msgspec import structs

from linkcheck import uri
from linkcheck.errors import ConfigError
from linkcheck.fetch.certificate import Certificate, read_certificate
from linkcheck.fetch.wire import Exchange, endpoint
from linkcheck.model import Failure, FailureKind, Request, Response

_DOUBTED = frozenset({FailureKind.TLS_EXPIRED, FailureKind.TLS_HOSTNAME, FailureKind.TLS_UNTRUSTED})
"""What a certificate can be doubted for; of other failures none has been seen."""
_SHOWN = 3
"""Names; some certificates have hundreds."""
_LONGEST_NAME = 80


def trusting(ca_file: str | None = None) -> ssl.SSLContext:
    """Trust the usual authorities, and those of a PEM file where one is named; ConfigError if it cannot be read.

    The usual ones are Mozilla's, or those of `SSL_CERT_FILE` and `SSL_CERT_DIR`, as for other programs.
    """
    file, folders = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    try:
        if folders and not file:
            context = ssl.create_default_context(cadata=_all_in(folders))
        else:
            context = ssl.create_default_context(cafile=file or certifi.where())
    except (OSError, ValueError) as error:
        raise ConfigError(f"environment: SSL_CERT_FILE or _DIR cannot be read: {_said(error)}") from error
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ValueError) as error:
            raise ConfigError(f"--ca-file: {ca_file} cannot be read as certificates in PEM: {_said(error)}") from error
    return context


def usual_authorities() -> bytes | None:
    """Give Mozilla's authorities in PEM; None where the environment names others, which `trusting` reads.

    A wire that reads PEM itself is spared the 15 ms that OpenSSL takes for them.
    """
    is_named = os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR")
    return None if is_named else Path(certifi.where()).read_bytes()


def _all_in(folders: str) -> str:
    """Read all certificates in folders: OpenSSL would only look for single ones there, and has none to tell wreq of."""
    files = (path for folder in folders.split(os.pathsep) for path in Path(folder).iterdir() if path.is_file())
    texts = (path.read_text(encoding="ascii", errors="ignore") for path in files)
    return "\n".join(dict.fromkeys(text for text in texts if "-----BEGIN CERTIFICATE-----" in text))


def showing_certificates(exchange: Exchange, *, timeout: float) -> Exchange:
    """Wrap an exchange so that doubts about a certificate come with what it says of itself.

    Only for hosts that we connect to ourselves; the second look takes no longer than `timeout` seconds.
    """

    async def shown(request: Request) -> Response | Failure:
        answer = await exchange(request)
        if isinstance(answer, Response) or answer.kind not in _DOUBTED or not request.addresses:
            return answer
        with anyio.move_on_after(timeout):
            if certificate := await _seen(request):
                return structs.replace(answer, message=f"{answer.message} ({_evidence(certificate)})")
        return answer

    return shown


async def _seen(request: Request) -> Certificate | None:
    """Shake hands with whoever is there, for the certificate; nothing is sent that way."""
    parts = uri.parse(request.url)
    if parts is None:
        return None
    address, port = endpoint(request.addresses[0], parts.port)
    host = parts.host.strip("[]").rstrip(".")
    try:
        async with await anyio.connect_tcp(
            address, port, ssl_context=_trusting_anybody(), tls_hostname=host, tls_standard_compatible=False
        ) as stream:
            der = stream.extra_attributes[TLSAttribute.peer_certificate_binary]()
            return read_certificate(der or b"")
    except (OSError, ValueError, anyio.BrokenResourceError, anyio.EndOfStream):
        return None


def _trusting_anybody() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _evidence(certificate: Certificate) -> str:
    names = [name[:_LONGEST_NAME] for name in certificate.names[:_SHOWN]]
    more = ["..."] if len(certificate.names) > _SHOWN else []
    named = ", ".join(names + more) or "no host"
    return f"for {named}; valid from {certificate.begins:%Y-%m-%d} to {certificate.ends:%Y-%m-%d}"


def _said(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
