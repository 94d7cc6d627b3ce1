"""Options made from the settings: a key of `Config` is an option of `linkcheck check` by itself."""

from collections.abc import Iterable
from dataclasses import field, fields, make_dataclass
from typing import Annotated, Any

from cyclopts import Group, Parameter

from linkcheck.cli.usage import STDIN
from linkcheck.config.keys import Key, keys
from linkcheck.config.values import size_text

_SPLIT = frozenset({"fail-on", "role", "archive-order", "scope"})
"""Lists that may be written with commas; commas in patterns belong to them."""
_GROUPS = {
    "What to read": (
        "as",
        "column",
        "base-url",
        "root-dir",
        "published",
        "exclude-path",
        "max-file-size",
        "include-code",
    ),
    "What to check": (
        "include",
        "exclude",
        "role",
        "remap",
        "fresh",
        "resume",
        "offline",
        "shard",
        "allow-private",
        "resolve",
    ),
    "Whole sites": ("recurse", "depth", "max-pages", "scope", "robots"),
    "Archives": ("archive", "archive-order", "archive-budget", "deep", "provenance", "rdap", "rdap-service"),
    "Reports": (
        "format",
        "outputs",
        "min-confidence",
        "evidence",
        "fail-on",
        "fail-when",
        "baseline",
        "since",
        "strikes",
        "strike-days",
        "color",
        "progress",
        "store",
        "no-store",
    ),
    "Manners": (
        "concurrency",
        "host-concurrency",
        "host-interval",
        "host-patience",
        "timeout",
        "connect-timeout",
        "max-time",
        "retries",
        "engine",
        "ca-file",
        "user-agent",
        "control-hosts",
    ),
}


def _made(name: str, wanted: Iterable[tuple[str, str]]) -> Any:
    groups: dict[str, Group] = {}
    columns = []
    for key, title in wanted:
        group = groups.setdefault(title, Group(title, sort_key=len(groups)))
        columns.append(_option(keys()[key], group))
    return make_dataclass(name, columns, frozen=True, namespace={"__module__": __name__})


def _option(key: Key, group: Group) -> tuple[str, Any, Any]:
    kind: Any = list[str] if key.is_list else bool if key.is_flag else str
    has_negative = key.is_flag and not key.name.startswith("no-")
    show = Parameter(
        name=key.option,
        help=key.about + _default(key),
        negative=None if has_negative else "",
        show_default=False,
        group=group,
    )
    return key.field, Annotated[kind | None, show], field(default=None)


def _default(key: Key) -> str:
    if key.default in (None, (), False) or key.name == "user-agent":
        return ""
    shown = (
        ", ".join(key.default)
        if key.is_list
        else "yes"
        if key.is_flag
        else f"{key.default:g} s"
        if key.is_duration and key.default not in key.choices
        else size_text(key.default)
        if key.is_size
        else key.default
    )
    return f" [default: {shown}]"


Checking = _made("Checking", ((key, title) for title, names in _GROUPS.items() for key in names))
"""Every setting that the command line can give."""
Extracting = _made(
    "Extracting",
    (
        (key, "Options")
        for key in ("as", "column", "root-dir", "exclude-path", "max-file-size", "include-code", "format")
    ),
)
"""What matters when nothing is checked."""


def layer(options: Any, sources: tuple[str, ...]) -> dict[str, Any]:
    """Give what the command line says, keyed as the settings are."""
    named = ["-" if source == STDIN else source for source in sources]
    said: dict[str, Any] = {"sources": named} if named else {}
    names = {key.field: key.name for key in keys().values()}
    for one in fields(options) if options else ():
        value = getattr(options, one.name)
        if value is not None:
            name = names[one.name]
            said[name] = (
                [part.strip() for item in value for part in item.split(",") if part.strip()]
                if name in _SPLIT
                else value
            )
    return said
