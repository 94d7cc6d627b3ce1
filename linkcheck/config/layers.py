"""Defaults, file, environment and command line, brought together; what is wrong is said with its place."""

import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from linkcheck.config.config import Config
from linkcheck.config.files import Snapshot, found_file
from linkcheck.config.headers import SECRETS
from linkcheck.config.keys import LONGEST, PREFIX, keys
from linkcheck.config.settings import Settings
from linkcheck.config.untrusted import Ground, Ruling, admitted
from linkcheck.config.values import plain
from linkcheck.errors import ConfigError
from linkcheck.hints import hint

_UNSPEAKABLE = frozenset({"hosts"})
"""What may hold a password that somebody wrote out; errors do not repeat it."""


def read(
    options: Mapping[str, Any],
    *,
    named: str | None = None,
    snapshot: Snapshot | None = None,
    environ: Mapping[str, str] = os.environ,
    directory: Path | None = None,
) -> Settings:
    """Bring the layers together. `options` is keyed as TOML; ConfigError names the place and the remedy.

    A config that nobody vouches for counts as far as its trust classes go; `warning` says what was left out.
    """
    directory = directory or Path.cwd()
    file = found_file(named, directory, snapshot)
    given = _checked_layer(file.table, file.place) if file else {}
    values: dict[str, Any] = {}
    origins = dict.fromkeys(keys(), "default")
    for origin, layer in (("environment", _environment(environ)), ("command line", options)):
        values |= _checked_layer(layer, origin)
        origins |= {key: _place(origin, key) for key in layer}
    warning = f"{named}: {_NOT_COMMITTED.format(snapshot.name)}" if named and snapshot and file is None else ""
    if file and not file.is_trusted:
        ground = Ground(file.path.absolute().parent, msgspec.convert(values, Config, strict=False))
        given, rulings = admitted(_converted(given), ground)
        warning = warning_of(file.path, rulings)
    if file:
        origins |= {key: file.place for key in given if key not in values}
    config = msgspec.convert(given | values, Config, strict=False)
    settings = (
        Settings(config, origins, file.path, file.place, file.is_trusted, warning)
        if file
        else Settings(config, origins, warning=warning)
    )
    if config.ca_file is None or not settings.is_from_file("ca-file"):
        return settings
    place = str(settings.path_of("ca-file", config.ca_file, directory))
    return msgspec.structs.replace(settings, config=msgspec.structs.replace(config, ca_file=place))


def rulings_of(directory: Path) -> tuple[Path | None, tuple[Ruling, ...]]:
    """Return the config that is found from a folder, and what would count of it while nobody vouches for it."""
    file = found_file(None, directory, None)
    if file is None:
        return None, ()
    given = _converted(_checked_layer(file.table, file.place))
    return file.path, admitted(given, Ground(file.path.absolute().parent, Config()))[1]


def warning_of(file: Path, rulings: Sequence[Ruling]) -> str:
    """Return the sentence on what was refused, with both ways out; empty where nothing was."""
    names = list(dict.fromkeys(one.name for one in rulings if one.why))
    if not names:
        return ""
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return (
        f"{file}: nobody vouches for this config, so it may not set everything; left out: {', '.join(names[:_NAMED])}"
        f"{more}. If you trust it, name it (--config {shlex.quote(str(file))}), or a commit that has it"
        " (--config-from REV). `linkcheck config show --untrusted` says why"
    )


def _checked_layer(layer: Mapping[str, Any], origin: str) -> dict[str, Any]:
    """Return the values of one layer in the form that converts; ConfigError with the place of what is wrong."""
    found = {}
    for key, value in layer.items():
        _check_known(key, origin)
        found[key] = _checked(key, value, _place(origin, key))
    return found


def _converted(given: Mapping[str, Any]) -> dict[str, Any]:
    config = msgspec.convert(given, Config, strict=False)
    return {key: getattr(config, keys()[key].field) for key in given}


def _environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Read the variables; one that is empty, as a shell or CI leaves it, says nothing."""
    names = {key.variable: key for key in keys().values()}
    found: dict[str, Any] = {}
    for variable, text in environ.items():
        if not variable.startswith(PREFIX) or variable.startswith(SECRETS):
            continue
        if variable not in names:
            raise ConfigError(f"environment: there is no setting {variable}; {hint(variable, names)}")
        key = names[variable]
        value = [part for item in text.split(",") if (part := item.strip())] if key.is_list else text.strip()
        if value:
            found[key.name] = value
    return found


def _place(origin: str, key: str) -> str:
    match origin:
        case "environment":
            return keys()[key].variable
        case "command line":
            return keys()[key].option
        case _:
            return origin


def _check_known(key: str, place: str) -> None:
    if key not in keys():
        raise ConfigError(f"{place}: there is no setting `{key}`; {hint(key, keys())}")


def _checked(key: str, value: Any, place: str) -> Any:
    """Give the value in the form that converts, or say what is wrong with it, and where it stands."""
    try:
        given = plain(key, value)
        msgspec.convert({key: given}, Config, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        said = str(error).partition(" - at `$")[0]
        if keys()[key].choices and isinstance(value, str):
            said = hint(value, keys()[key].choices)
        shown = "what is written there" if key in _UNSPEAKABLE else _shown(value)
        raise ConfigError(f"{place}: `{key}` cannot be {shown}: {said}") from error
    return given


def _shown(value: Any) -> str:
    """Return a value for a message, cut where it is long; a hexadecimal number may be too long for decimal digits."""
    if isinstance(value, int) and value.bit_length() > LONGEST:
        return "so large a number"
    shown = repr(value)
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}..."


_NAMED = 10
"""Settings that a warning names."""

_NOT_COMMITTED = "is not in {}, so no config counts; what the work tree holds under that name is not read"
