"""Unfolds what is compressed with gzip or deflate (RFC 1950 to 1952), piece by piece under an exact limit."""

import zlib
from collections.abc import Iterator

GZIP = b"\x1f\x8b"
"""What a gzip file begins with (RFC 1952 2.3.1)."""
_PIECE = 4096
"""Bytes fed at once: a stream of empty gzip members copies what follows each of them, so that must be short."""


def unfolded(body: bytes, limit: int) -> tuple[bytes, bool]:
    """Unfold a body that is itself a gzip file (RFC 1952); False when that is cut, damaged or longer than the limit.

    Sitemaps are such, and some bodies of the Wayback Machine, without a header that says so
    (https://github.com/edgi-govdata-archiving/wayback/blob/main/src/wayback/_client.py). Anything else comes back as it
    is, and so does a file of which nothing can be unfolded: whoever reads it shall not take it for an empty one.
    """
    if not body.startswith(GZIP):
        return body, True
    unfolded_body, is_whole = inflate(body, limit, wbits=31)
    return unfolded_body if unfolded_body or is_whole else body, is_whole


def inflate(body: bytes, limit: int, wbits: int) -> tuple[bytes, bool]:
    """Unfold a stream of one or more members; one byte beyond the limit is asked for, to know whether there is one."""
    output = bytearray()
    inflator = zlib.decompressobj(wbits)
    try:
        for piece in _pieces(body):
            data = piece
            while data:
                if inflator.eof:
                    if not data.startswith(b"\x1f"):
                        return bytes(output), True  # padding behind the last member
                    inflator = zlib.decompressobj(wbits)
                output += inflator.decompress(data, limit + 1 - len(output))
                if len(output) > limit:
                    return bytes(output[:limit]), False
                data = inflator.unused_data if inflator.eof else inflator.unconsumed_tail
    except zlib.error:
        return bytes(output), False
    return bytes(output), inflator.eof


def _pieces(body: bytes) -> Iterator[bytes]:
    return (body[start : start + _PIECE] for start in range(0, len(body), _PIECE))
