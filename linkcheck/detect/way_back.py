"""Finds, in the address of a gate, the one that was asked for: gates carry it along to send visitors back. Pure."""

import re
from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

from linkcheck import uri


def way_back(start: uri.Parts, end: uri.Parts) -> str | None:
    """Return the name of the parameter of `end` that carries `start`; None where none does.

    The value may be the whole address or its path, percent-encoded up to three times, in base64, or within another
    address that is carried. In a path segment only base64 counts: `/old/story` within `/new/old/story` is no way back.
    """
    path = unquote(start.path)
    if not path.strip("/"):
        return None  # every address carries `/`
    wanted = unquote(path + (f"?{start.query}" if start.query else ""))
    for name, value in _values(end):
        if name.lower() not in _OF_ERRORS and any(_is_there(wanted, start.host, form) for form in _forms(value)):
            return name
    return None


def _values(end: uri.Parts) -> Iterator[tuple[str, str]]:
    yield from parse_qsl(end.query[:_MOST])[:_MOST_PARAMETERS]
    yield from (("path", decoded) for segment in end.path[:_MOST].split("/") if (decoded := _of_base64(segment)))


def _forms(value: str) -> Iterator[str]:
    """Yield a value as it stands, decoded up to three times, and out of base64."""
    for _ in range(_ENCODED):
        yield value
        if "%" not in value:
            break
        value = unquote(value)
    if decoded := _of_base64(value):
        yield unquote(decoded)


def _is_there(wanted: str, host: str, form: str) -> bool:
    if form == wanted or f"{host}{wanted}" in form:
        return True
    return len(wanted) >= _TELLING and wanted in form


def _of_base64(text: str) -> str | None:
    text = text.rstrip("=,~")  # as Magento and others end it
    if not _BASE64.fullmatch(text):
        return None
    try:
        decoded = urlsafe_b64decode(text.replace("+", "-").replace("/", "_") + "=" * (-len(text) % 4)).decode()
    except (Error, ValueError):
        return None
    return decoded if decoded.startswith(("/", "http")) and decoded.isprintable() else None


_MOST, _MOST_PARAMETERS = 8_192, 50
_ENCODED = 3
_TELLING = 8
"""Characters of a path that stands in another address by chance no more."""
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,4096}")
_OF_ERRORS = frozenset(
    "aspxerrorpath error_url errorurl requested requestedurl requested_url failedurl notfound missing 404 q query "
    "search s keyword keywords referer referrer ref oldurl old from utm_source utm_campaign".split()
)
"""What error pages, searches and statistics call the address that was asked for."""
