"""What fragments may name in a local file."""

from collections.abc import Callable, Collection
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeAlias

from linkcheck.errors import SourceError
from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.fragments import Anchors
from linkcheck.sources import formats
from linkcheck.sources.api import Found
from linkcheck.sources.read import LARGEST, read

AnchorsOf: TypeAlias = Callable[[Path], Collection[str] | None]
"""A file's anchors, quick to look up; None where it is in a format that has none, or cannot be read."""
Hear: TypeAlias = Callable[[str, Callable[[], Extraction]], Extraction | None]
"""Takes what an extractor says, by its name, and gives None for one that fails."""


def plainly(_plugin: str, answer: Callable[[], Extraction]) -> Extraction | None:
    """Take what an extractor says; what it raises is raised."""
    return answer()


def anchors_in(path: Path, hear: Hear = plainly, largest: int = LARGEST) -> Collection[str] | None:
    """Read a file's anchors."""
    if formats.by_suffix(path) is None:
        return None
    try:
        document = read(Found(name=path.name, path=path), largest=largest)
    except SourceError:
        return None
    extractor = formats.extractor_of(document.media_type)
    if extractor is None or not extractor.knows_anchors:
        return None
    extraction = hear(document.media_type, partial(extractor.extract, document, Wanted()))
    return Anchors(dict.fromkeys(extraction.anchors)) if extraction else None


def anchor_reader(hear: Hear = plainly, most: int = 256, largest: int = LARGEST) -> AnchorsOf:
    """Give an `anchors_in` that remembers the files asked for last, for one run."""
    return lru_cache(most)(partial(anchors_in, hear=hear, largest=largest))
