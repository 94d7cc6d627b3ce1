"""Unfolds bodies that are compressed though no header says so.

The Wayback Machine sends such (https://github.com/edgi-govdata-archiving/wayback/blob/main/src/wayback/_client.py).
"""

import zlib

GZIP = b"\x1f\x8b\x08"


def unzipped(body: bytes, limit: int) -> bytes:
    """Give the body unfolded, at most `limit` bytes of it; as it is where it is no gzip, or a damaged one."""
    if not body.startswith(GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, limit)
    except zlib.error:
        return body
