"""Values as people write them, in the form that converts; ValueError for what cannot be."""

import re
from datetime import date
from typing import Any

from linkcheck import uri
from linkcheck.config.headers import check_header
from linkcheck.config.keys import LONGEST, keys

DURATION = re.compile(r"\s*(\d{1,9}(?:\.\d+)?)\s*(ms|s|m|h|d|)\s*")

SIZE = re.compile(r"\s*(\d{1,15})\s*([kKmMgG]i?[bB]|[bB]|)\s*")

_BYTES = {"b": 1, "": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30}

_SECONDS = {"ms": 0.001, "s": 1.0, "": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}

HOST_DURATIONS = ("interval", "timeout")
"""Settings of one host that are durations."""


def plain(key: str, value: Any) -> Any:
    """Give a value without what TOML or people dress it in; ValueError where it cannot be."""
    if keys()[key].is_duration and value is not None and value not in keys()[key].choices:
        return _seconds(value)
    if keys()[key].is_size:
        return _bytes(value)
    if key == "hosts":
        return _hosts(value)
    if key == "remap" and isinstance(value, list | tuple):
        return [_pair(item) if isinstance(item, str) else item for item in value]
    if key == "published" and isinstance(value, date):
        return value.isoformat()[:10]
    if key == "user-agent" and not str(value).isprintable():
        raise ValueError("expected one line of printable text")
    return value


def _seconds(value: Any) -> float:
    found = DURATION.fullmatch(str(value)) if isinstance(value, str | int | float) else None
    if found is None or isinstance(value, bool):
        raise ValueError('expected a duration such as 30, "30s", "500ms" or "2m"')
    return float(found[1]) * _SECONDS[found[2]]


def _bytes(value: Any) -> int:
    found = SIZE.fullmatch(str(value)) if isinstance(value, str | int) else None
    if found is None or isinstance(value, bool):
        raise ValueError('expected a size such as "64MiB", "10MB" or 1000000 (bytes)')
    return int(found[1]) * _BYTES[found[2].lower()]


def size_text(size: int) -> str:
    """Return a size as people write it, in the largest binary unit that gives a whole number."""
    shift, unit = next(((shift, unit) for shift, unit in _UNITS if size and not size % (1 << shift)), (0, "bytes"))
    return f"{size >> shift:,} {unit}"


_UNITS = ((30, "GiB"), (20, "MiB"), (10, "KiB"))


def _pair(text: str) -> list[str]:
    """Split what the command line can only say in one word."""
    pair = text.split()
    if len(pair) != 2:
        raise ValueError("expected a regular expression and a target, with a space between them")
    return pair


def _hosts(table: Any) -> Any:
    """Give the table of hosts with plain durations; ValueError for what is no host, or would give a secret away."""
    found = {}
    for name, settings in table.items() if isinstance(table, dict) else ():
        parts = uri.parse(f"https://{name}/")
        if parts is None or name not in {parts.host, f"{parts.host}:{parts.port}"}:
            raise ValueError(f"`{name[:LONGEST]}` is no HOST or HOST:PORT, in lower case")
        if not isinstance(settings, dict):
            raise ValueError(f"expected a table under `{name}`")  # noqa: TRY004 - as all that is wrong with a value
        found[name] = settings | {key: _seconds(settings[key]) for key in HOST_DURATIONS if key in settings}
        headers = settings.get("headers")
        for header, value in headers.items() if isinstance(headers, dict) else ():
            check_header(header, value)
    return found if isinstance(table, dict) else table
