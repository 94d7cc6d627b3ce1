"""Finds plug-ins by looking in a family's folder; `render/csv.py` is enough for `--format csv` to exist.

A plug-in is a module with a top-level `PLUGIN = ...`. Third parties offer theirs through the entry point group
`linkcheck.<family>`; a name of ours cannot be taken over.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.resources import files
from typing import Any

from linkcheck.errors import UsageError
from linkcheck.hints import hint


@cache
def names(family: str) -> tuple[str, ...]:
    """Give the names of a family's plug-ins (`render`, `detect` ...), sorted, without importing any."""
    return tuple(sorted({*_own(family), *_foreign(family)}))


def load(family: str, name: str) -> Any:
    """Import one plug-in and give its value; UsageError, with the nearest names, when there is none."""
    if name in _own(family):
        return import_module(f"linkcheck.{family}.{name.replace('-', '_')}").PLUGIN
    if name in (foreign := _foreign(family)):
        return foreign[name].load()
    raise UsageError(f"there is no {family} plug-in {name!r}; {hint(name, names(family))}")


def load_all(family: str) -> Iterator[tuple[str, Any]]:
    """Import every plug-in of a family, in the order of their names."""
    for name in names(family):
        yield name, load(family, name)


def has_foreign(family: str) -> bool:
    """Tell whether third parties offer plug-ins of a family."""
    return bool(_foreign(family))


@cache
def _own(family: str) -> frozenset[str]:
    folder = files("linkcheck") / family
    return frozenset(
        entry.name.removesuffix(".py").replace("_", "-")
        for entry in folder.iterdir()
        if entry.name.endswith(".py") and b"\nPLUGIN" in entry.read_bytes()
    )


@cache
def _foreign(family: str) -> dict[str, Any]:
    return {point.name: point for point in _offered().select(group=f"linkcheck.{family}")}


@cache
def _offered() -> Any:  # Python 3.11 has another class for them than later ones
    """Give what all that is installed offers, which is written in many files: they are read once."""
    return entry_points()
