"""The words by which articles say why a link is there, from `labels.toml`, in the form they are looked up in.

`SIGNS` and `PHRASES` give a role by its words; `LED`, `LEADS`, `GENERIC` and `KEYS` are described in the file.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import product
from unicodedata import normalize

from linkcheck.model import Role


def _spread(pattern: str) -> Iterator[str]:
    """Yield every text that a pattern with alternatives stands for: `{read|see} also`."""
    parts = [part.split("|") for part in re.split(r"[{}]", normalize("NFKC", pattern).casefold())]
    return (" ".join("".join(chosen).split()) for chosen in product(*parts))


def _texts(patterns: Iterable[str]) -> Iterator[str]:
    return (text for pattern in patterns for text in _spread(pattern))


def _roles(by_role: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[str, Role]:
    return {
        text: Role(role)
        for role, by_language in by_role.items()
        for patterns in by_language.values()
        for text in _texts(patterns)
    }


_DATA = tomllib.loads(files("linkcheck.extract").joinpath("labels.toml").read_text(encoding="utf-8"))

SIGNS = _roles(_DATA["signs"])
PHRASES = _roles(_DATA["phrases"])
LED = frozenset(text for patterns in _DATA["led"].values() for text in _texts(patterns))
LEADS = tuple(text for patterns in _DATA["leads"].values() for text in _texts(patterns))
GENERIC = frozenset(text for patterns in _DATA["generic"].values() for text in _texts(patterns))
KEYS = {key: Role(role) for role, keys in _DATA["keys"].items() for key in keys}
