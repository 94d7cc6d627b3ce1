"""Takes from an untrusted config what its trust classes allow, and names the rest with the reason.

Everything here is decided by the value, the folder of the config, and what the user has set. A value that equals the
default changes nothing and is always taken.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

import msgspec
from msgspec import Struct

from linkcheck import uri
from linkcheck.config.config import Config, HostSettings
from linkcheck.config.keys import keys, trust_of
from linkcheck.config.trust import Trust

REPORTS = "reports"
"""The folder beside an untrusted config below which it may have reports written."""

_NOT_TRUSTED = "only a trusted config may set it"
_MAGIC = frozenset("*?[")
"""What makes a source a pattern."""


class Ruling(Struct, frozen=True, kw_only=True):
    """What became of one value of an untrusted config: of a setting, or of one item of it."""

    path: tuple[str, ...]
    """The setting as TOML spells it; of `hosts` also the host, and the setting of that."""
    trust: Trust
    value: Any
    why: str = ""
    """Why it was refused; empty where it was taken."""

    @property
    def name(self) -> str:
        """The setting for people."""
        return ".".join(self.path)


class Ground(Struct, frozen=True):
    """What an untrusted config is judged by."""

    folder: Path
    """Where the config lies."""
    config: Config
    """The settings without it: what the user has set, else the defaults."""


def admitted(table: Mapping[str, Any], ground: Ground) -> tuple[dict[str, Any], tuple[Ruling, ...]]:
    """Return what counts of a table of converted values, keyed as TOML, and the ruling on each part of it."""
    taken: dict[str, Any] = {}
    rulings: list[Ruling] = []
    for key, value in table.items():
        found = list(_rulings(key, value, ground))
        rulings += found
        kept = [one for one in found if not one.why]
        if not kept:
            continue
        if kept[0].path != (key,):
            taken[key] = _joined(kept)
        else:
            is_by_item = keys()[key].is_list and value != keys()[key].default
            taken[key] = [one.value for one in kept] if is_by_item else kept[0].value
    return taken, tuple(rulings)


def _rulings(key: str, value: Any, ground: Ground) -> Iterator[Ruling]:
    trust = keys()[key].trust
    if value == keys()[key].default:
        yield Ruling(path=(key,), trust=trust, value=value)
    elif trust is Trust.HOSTS:
        for host, settings in value.items():
            yield from _host_rulings(key, host, settings, ground)
    else:
        items: Sequence[Any] = value if keys()[key].is_list and trust is not Trust.NEVER else [value]
        for item in items:
            yield Ruling(path=(key,), trust=trust, value=item, why=_refusal(key, trust, item, ground))


def _refusal(key: str, trust: Trust, value: Any, ground: Ground) -> str:
    """Return why a value is refused; empty where it may be taken."""
    match trust:
        case Trust.FREE:
            return ""
        case Trust.AT_MOST | Trust.AT_LEAST:
            return "" if value == keys()[key].default else _bound_refusal(trust, value, keys()[key].bound)
        case Trust.INSIDE:
            return _source_refusal(value, ground.folder) if key == "sources" else _path_refusal(value, ground.folder)
        case Trust.REPORTS:
            return _report_refusal(value, ground.folder)
        case Trust.REMAP:
            return _target_refusal(value[1])
        case Trust.BASE_URL:
            return _base_refusal(value, ground.config)
        case _:
            return _NOT_TRUSTED


def _host_rulings(key: str, host: str, settings: HostSettings, ground: Ground) -> Iterator[Ruling]:
    """Yield a ruling on each setting of one host; what holds without the config is its bound."""
    usual: dict[str, float] = {
        "concurrency": ground.config.host_concurrency,
        "interval": ground.config.host_interval,
        "timeout": ground.config.timeout,
    }
    for field in msgspec.structs.fields(HostSettings):
        value = getattr(settings, field.name)
        if not value and value != 0:
            continue
        trust = trust_of(field.type)
        is_bounded = trust in {Trust.AT_MOST, Trust.AT_LEAST} and field.name in usual
        why = _bound_refusal(trust, value, usual[field.name]) if is_bounded else _NOT_TRUSTED
        yield Ruling(path=(key, host, field.encode_name), trust=trust, value=value, why=why)


def _joined(rulings: Iterable[Ruling]) -> dict[str, dict[str, Any]]:
    """Return the table of `hosts` that its parts make."""
    hosts: dict[str, dict[str, Any]] = {}
    for ruling in rulings:
        _, host, setting = ruling.path
        hosts.setdefault(host, {})[setting] = ruling.value
    return hosts


def _bound_refusal(trust: Trust, value: float, bound: float | None) -> str:
    if bound is None or (value <= bound if trust is Trust.AT_MOST else value >= bound):
        return ""
    return f"may be {'at most' if trust is Trust.AT_MOST else 'at least'} {bound:g}"


def _source_refusal(source: str, folder: Path) -> str:
    """Return why a source is refused: it must be a file, folder or pattern inside the folder."""
    if source == "-":
        return "standard input is not in the folder"
    if uri.scheme_of(source) in uri.WEB or "://" in source:
        return "a web address is not in the folder"
    parts = PurePath(source).parts
    fixed = next((at for at, part in enumerate(parts) if _MAGIC.intersection(part)), len(parts))
    if ".." in parts[fixed:]:
        return "leads out of the folder"
    return _path_refusal(str(PurePath(*parts[:fixed])), folder) or _path_refusal(source, folder)


def _path_refusal(path: str, folder: Path) -> str:
    if not _is_inside(path, folder, folder):
        return "leads out of the folder"
    place = folder / path
    is_special = place.exists() and not (place.is_file() or place.is_dir())
    return "is a pipe or a device, which could keep us waiting" if is_special else ""


def _report_refusal(output: str, folder: Path) -> str:
    """Return why a report is refused; what `{name}` will stand for is a single part without a leading dot."""
    path = PurePath(output.partition("=")[2].replace("\\", "/"))
    if any(part.startswith(".") for part in path.parts):
        return "a part of its path begins with a dot"
    if path.parts in {(), (REPORTS,)} or not _is_inside(str(path), folder, folder / REPORTS):
        return f"does not lie below {REPORTS}/"
    return ""


def _is_inside(path: str, folder: Path, root: Path) -> bool:
    """Return whether a path from the folder, symbolic links resolved, leads to the root or below it.

    The root itself must be no link: only the folder's own path is resolved.
    """
    real = Path(os.path.realpath(folder)) / root.relative_to(folder)
    try:
        return Path(os.path.realpath(folder / path)).is_relative_to(real)
    except (OSError, ValueError):  # such as a NUL byte
        return False


def _target_refusal(target: str) -> str:
    """Return why a target of `remap` is refused; groups that are filled in later are confined by the plan."""
    parts = PurePath(target.replace("\\", "/")).parts
    if uri.scheme_of(target) is not None or target.startswith(("/", "\\")) or ".." in parts:
        return "its target is no relative path inside the folder"
    return ""


def _base_refusal(url: str, config: Config) -> str:
    if uri.scheme_of(uri.resolve(url, None) or "") not in uri.WEB:
        return "is no http(s) URL"
    if config.read_as is not None or config.column is not None:
        return "not together with `as` or `column`, which make links of whole lines"
    return ""
