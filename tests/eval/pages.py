"""The 809 pages of trafilatura's evaluation, as stored, with what people read in them."""

import json
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

PAGES = Path("pages") / "trafilatura-eval-meta.tar.xz"


class Page(NamedTuple):
    """One page as stored, and what people read in it."""

    url: str
    name: str
    source: bytes
    expected: dict[str, Any]

    @property
    def is_seen(self) -> bool:
        """Tell the half that was looked at while rules were made from the half that was kept apart."""
        return sha256(self.name.encode()).digest()[0] % 2 == 0


def pages(cases: Path) -> Iterator[Page]:
    """Give the pages in the order of the archive."""
    with tarfile.open(cases / PAGES) as archive:
        listed = archive.extractfile("evaldata.json")
        assert listed, "the expectations are a file"
        known = {facts["file"]: (url, facts) for url, facts in json.load(listed).items()}
        for member in archive:
            name = member.name.removeprefix("html/")
            if name in known and (file := archive.extractfile(member)):
                yield Page(known[name][0], name, file.read(), known[name][1])
