"""Numbers in words: plurals, lists, instants, durations."""

from collections.abc import Mapping, Sequence

from linkcheck.render.escape import plain

_NAMES = {
    "private-address": ("private address", "private addresses"),
    "example-address": ("example address", "example addresses"),
    "template": ("template", "templates"),
    "outside-root": ("outside the root", "outside the root"),
    "no-base": ("relative without a base", "relative without a base"),
    "scheme": ("other scheme", "other schemes"),
}


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """Give `1 link`, `14,212 links`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def listed(parts: Sequence[str]) -> str:
    """Give `a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def counts(counter: Mapping[str, int]) -> str:
    """Give `118 blocked, 9 unreachable`, most first."""
    ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count:,} {_name(key, count)}" for key, count in ranked if count)


def minute(instant: str) -> str:
    """Give an ISO 8601 instant in UTC as `2026-11-24 14:02Z`."""
    return f"{plain(instant[:16].replace('T', ' '))}Z"


def duration(milliseconds: float) -> str:
    """Give `41 ms`, `6.1 s`, `71 s`, `12 min 5 s`."""
    seconds = milliseconds / 1000
    if seconds < 1:
        return f"{milliseconds:.0f} ms"
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    return f"{whole} s" if whole < 120 else f"{whole // 60:,} min {whole % 60} s"


def _name(key: str, count: int) -> str:
    one, many = _NAMES.get(key, (key, key))
    return one if count == 1 else many
