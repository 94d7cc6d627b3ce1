"""Undoes Content-Encoding, bounded, in one place for all wires.

gzip and deflate are what the standard library can undo piece by piece under an exact limit, so they are all we offer;
a few kilobytes of another coding could unfold to gigabytes before anyone could stop it.
"""

from msgspec import structs

from linkcheck.fetch.wire import Exchange
from linkcheck.inflate import inflate
from linkcheck.model import Failure, Request, Response

ENCODINGS = "gzip, deflate"
"""What requests offer in Accept-Encoding."""

_GZIP = frozenset({"gzip", "x-gzip"})
_NOTHING = frozenset({"", "identity"})
_MAX_CODINGS = 4


def decompressing(exchange: Exchange) -> Exchange:
    """Wrap an exchange so that bodies come decompressed, at most `request.read.limit` bytes of them."""

    async def decompressed_exchange(request: Request) -> Response | Failure:
        answer = await exchange(request)
        return decompressed(answer, request.read.limit) if isinstance(answer, Response) else answer

    return decompressed_exchange


def decompressed(response: Response, limit: int) -> Response:
    """Undo the codings that the headers name, last one first (RFC 9110 8.4).

    Damaged data is kept as far as it could be read; of a coding that was not offered nothing is kept. Both come back
    `truncated`. The headers stay as they were sent.
    """
    codings = [
        coding
        for name, value in response.headers
        if name == "content-encoding"
        for part in value.split(",")
        if (coding := part.strip().lower()) not in _NOTHING
    ]
    if not codings or not response.body:
        return response
    if len(codings) > _MAX_CODINGS:
        return structs.replace(response, body=b"", truncated=True)
    body, is_whole = response.body, not response.truncated
    for coding in reversed(codings):
        body, is_intact = _undo(coding, body, limit)
        is_whole = is_whole and is_intact
    return structs.replace(response, body=body, truncated=not is_whole)


def _undo(coding: str, body: bytes, limit: int) -> tuple[bytes, bool]:
    """Undo one coding; False when the data is cut, damaged or longer than the limit."""
    if coding in _GZIP:
        if not body.startswith(b"\x1f\x8b"):
            return body[:limit], len(body) <= limit  # plain text with a wrong label, a common slip of static hosts
        return inflate(body, limit, wbits=31)
    if coding == "deflate":
        return inflate(body, limit, wbits=15 if _has_zlib_header(body) else -15)
    return b"", False


def _has_zlib_header(body: bytes) -> bool:
    """Tell zlib (RFC 1950), which "deflate" means, from the raw deflate that some servers send."""
    return len(body) >= 2 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
