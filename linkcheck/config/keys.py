"""Every setting as the outside knows it: how TOML, the command line and the environment spell it."""

from functools import cache
from typing import Any, get_args

import msgspec
from msgspec import Meta, Struct

from linkcheck.config.config import Config
from linkcheck.config.trust import Trust

PREFIX = "LINKCHECK_"

LONGEST = 100
"""Characters of a name that an error repeats."""

_SPELT = {"outputs": "output"}
"""Options that are called otherwise than their keys: each use gives one item."""


class Key(Struct, frozen=True):
    """One setting, as other modules need to know it."""

    name: str
    """As TOML spells it."""
    option: str
    """As the command line spells it, `--` included."""
    variable: str
    """As the environment spells it."""
    field: str
    about: str
    default: Any
    is_list: bool
    is_flag: bool
    is_duration: bool
    is_size: bool
    choices: tuple[str, ...] = ()
    """What it may say, where that is a closed list."""
    bound: Any = None
    """The value that an untrusted config may not exceed, or fall below; the default where that is a number."""
    trust: Trust = Trust.NEVER
    """What an untrusted config may say of it."""


@cache
def keys() -> dict[str, Key]:
    """Give every setting by its name in TOML."""
    defaults = Config()
    found = {}
    for field in msgspec.structs.fields(Config):
        extra, about, choices = _meta(field.type)
        default = getattr(defaults, field.name)
        found[field.encode_name] = Key(
            name=field.encode_name,
            option=f"--{_SPELT.get(field.encode_name, field.encode_name)}",
            variable=f"{PREFIX}{field.encode_name.replace('-', '_').upper()}",
            field=field.name,
            about=about,
            default=default,
            is_list=isinstance(default, tuple),
            is_flag=isinstance(default, bool) or field.name == "progress",
            is_duration=bool(extra.get("is_duration")),
            is_size=bool(extra.get("is_size")),
            choices=choices,
            bound=extra.get("bound", default),
            trust=trust_of(field.type),
        )
    return found


def trust_of(annotated: Any) -> Trust:
    """Return the trust class that a field declares; NEVER where it declares none."""
    return next((one for one in getattr(annotated, "__metadata__", ()) if isinstance(one, Trust)), Trust.NEVER)


def _meta(annotated: Any) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """Collect what `Meta` says about a field, nested annotations included, and what its literals are."""
    extra: dict[str, Any] = {}
    about, choices = "", list[str]()
    pending = [annotated]
    while pending:
        kind = pending.pop()
        for meta in (one for one in getattr(kind, "__metadata__", ()) if isinstance(one, Meta)):
            extra |= meta.extra or {}
            about = meta.description or about
        choices += [kind] if isinstance(kind, str) and not isinstance(kind, Trust) else []
        pending.extend(reversed(get_args(kind)))
    return extra, about, tuple(choices)
