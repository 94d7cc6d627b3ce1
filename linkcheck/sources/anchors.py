"""What fragments may name in a local file."""

from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from linkcheck.errors import SourceError
from linkcheck.extract.api import Wanted
from linkcheck.extract.fragments import Anchors
from linkcheck.sources import formats
from linkcheck.sources.api import Found
from linkcheck.sources.read import read

AnchorsOf: TypeAlias = Callable[[Path], Collection[str] | None]
"""A file's anchors, quick to look up; None where it is in a format that has none, or cannot be read."""


def anchors_in(path: Path) -> Collection[str] | None:
    """Read a file's anchors."""
    if formats.by_suffix(path) is None:
        return None
    try:
        document = read(Found(name=path.name, path=path))
    except SourceError:
        return None
    extractor = formats.extractor_of(document.media_type)
    if extractor is None or not extractor.knows_anchors:
        return None
    return Anchors(dict.fromkeys(extractor.extract(document, Wanted()).anchors))


def anchor_reader(most: int = 256) -> AnchorsOf:
    """Give an `anchors_in` that remembers the files asked for last, for one run."""
    return lru_cache(most)(anchors_in)
