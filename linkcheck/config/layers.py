"""Defaults, file, environment and command line, brought together; what is wrong is said with its place."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from linkcheck.config.config import Config, HostSettings
from linkcheck.config.files import discover, table_of
from linkcheck.config.headers import SECRETS
from linkcheck.config.keys import PREFIX, keys
from linkcheck.config.settings import Settings
from linkcheck.config.values import plain
from linkcheck.errors import ConfigError
from linkcheck.hints import hint

_PERSONAL = ("allow-private", "resolve", "archives", "rdap-service", "ca-file")
"""What loosens our guard or sends us to strangers."""

_UNSPEAKABLE = frozenset({"hosts"})
"""What may hold a password that somebody wrote out; errors do not repeat it."""


def read(
    options: Mapping[str, Any],
    *,
    named: str | None = None,
    environ: Mapping[str, str] = os.environ,
    directory: Path | None = None,
) -> Settings:
    """Bring the layers together. `options` is keyed as TOML; ConfigError names the place and the remedy."""
    directory = directory or Path.cwd()
    if named:
        file: Path | None = Path(named)
        table = table_of(Path(named), must=True)
    else:
        file, table = discover(directory)
    layers: list[tuple[str, Mapping[str, Any]]] = [(str(file), table or {})] if file else []
    layers += [("environment", _environment(environ)), ("command line", options)]
    values: dict[str, Any] = {}
    origins = dict.fromkeys(keys(), "default")
    for origin, layer in layers:
        for key, value in layer.items():
            _check_known(key, origin)
            place = _place(origin, key)
            values[key] = _checked(key, value, place)
            origins[key] = place
    if file and not named:
        _check_safe(table or {}, file)
    settings = Settings(
        msgspec.convert(values, Config, strict=False), origins, file, is_discovered=bool(file and not named)
    )
    if (ca_file := settings.config.ca_file) is None or not settings.is_from_file("ca-file"):
        return settings
    place = str(settings.path_of("ca-file", ca_file, directory))
    return msgspec.structs.replace(settings, config=msgspec.structs.replace(settings.config, ca_file=place))


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


def _check_safe(table: Mapping[str, Any], file: Path) -> None:
    """Refuse what may be decided only by the person who runs us: a config that was found may be a stranger's."""
    for key in _PERSONAL:
        if key in table and table[key] not in (keys()[key].default, []):
            raise ConfigError(
                f"{file}: `{key}` may not be set by a config that was found; name it with --config {file}"
            )
    hosts = msgspec.convert(plain("hosts", table.get("hosts", {})), dict[str, HostSettings], strict=False)
    if any(host.headers for host in hosts.values()):
        raise ConfigError(
            f"{file}: `headers` of `hosts` may not be set by a config that was found; name it with --config {file}"
        )


def _checked(key: str, value: Any, place: str) -> Any:
    """Give the value in the form that converts, or say what is wrong with it, and where it stands."""
    try:
        given = plain(key, value)
        msgspec.convert({key: given}, Config, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        said = str(error).partition(" - at `$")[0]
        if keys()[key].choices and isinstance(value, str):
            said = hint(value, keys()[key].choices)
        shown = "what is written there" if key in _UNSPEAKABLE else repr(value)
        raise ConfigError(f"{place}: `{key}` cannot be {shown}: {said}") from error
    return given
