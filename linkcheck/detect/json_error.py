"""Reads what an API says in JSON when it has nothing to give, which some answer with 200. Pure.

The names are those of RFC 9457 (`status`, `detail`) and of common frameworks; searched are a small object and the
objects directly in it.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from linkcheck.detect.api import Page


def is_json(page: Page) -> bool:
    """Return True if a page is declared as JSON."""
    declared = next((value for name, value in page.headers if name == "content-type"), "")
    return declared.partition(";")[0].strip().lower().endswith(("/json", "+json"))


def json_error(page: Page) -> tuple[str, str] | None:
    """Return the status (`404`) that an error object tells and the member that tells it; None for anything else."""
    body = page.body.strip()
    if not (body.startswith(b"{") and body.endswith(b"}") and len(body) <= _LONGEST):
        return None
    try:
        told = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    members = list(_members(told))
    if len(members) > _MOST:
        return None
    for name, value in members:
        if name in _STATUS and _ERROR.fullmatch(str(value)):
            return str(value), f'"{name}": {value}'
    for name, value in members:
        if (name in _MESSAGE and isinstance(value, str) and _LOST.search(value)) or (
            name == "found" and value is False
        ):
            return "404", f'"{name}": "{value}"'[:_SHOWN]
    return None


def _members(told: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the members of an object and of those directly in it."""
    for name, value in told.items():
        yield name.lower(), value
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, dict):
            yield from ((within.lower(), one) for within, one in inner.items())


_LONGEST = 4096
_MOST = 16
_SHOWN = 100
_STATUS = frozenset(
    {"status", "statuscode", "status_code", "code", "error_code", "errorcode", "http_status", "httpstatus"}
)
_MESSAGE = frozenset({"error", "errors", "message", "msg", "detail", "details", "reason", "error_description"})
_ERROR = re.compile(r"[45]\d\d")
_LOST = re.compile(
    r"(?i)^\W*(?:\w+\W+){0,6}?not[ _-]?found(?:\W+\w+){0,3}\W*\Z|\bdoes not exist\b|\bno such\b"
    r"|^cannot get\b|^no route\b"
)
