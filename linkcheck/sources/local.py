"""Looks a local link up: there or not, spelt exactly so on every system, and never outside the root.

A web server and a Linux machine tell `Guide.md` from `guide.md` where Windows and macOS do not, so that names are
compared with what folders list. A folder stands for the page that is shown for it.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from linkcheck import uri
from linkcheck.extract.fragments import match
from linkcheck.model import Check, FailureKind, FragmentAnswer, ReasonCode, Trouble
from linkcheck.sources import formats
from linkcheck.sources.anchors import AnchorsOf, anchors_in
from linkcheck.sources.files import url_of
from linkcheck.sources.nearest import Names

INDEXES = ("README.md", "index.html", "index.md")
"""The pages that stand for a folder, the first that is there."""


class Kind(Enum):
    """What a name in a folder is."""

    FILE = "file"
    FOLDER = "folder"
    OUTSIDE = "outside"
    """A link that leads out of the root."""


class Folders:
    """The folders below a root, each listed once, and made ready to be searched once."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self._listed: dict[Path, Mapping[str, Kind]] = {}
        self._likely: dict[tuple[Path, bool], Names] = {}
        self._pages: dict[Path, Path | None] = {}
        self._searched = Counter[Path]()

    def names(self, folder: Path) -> Mapping[str, Kind]:
        """Give what a folder holds, sorted; OSError where it cannot be listed.

        A link that leads nowhere is not there.
        """
        if folder not in self._listed:
            with os.scandir(folder) as listing:
                kinds = {entry.name: self._kind(entry) for entry in listing}
            self._listed[folder] = {name: kind for name, kind in sorted(kinds.items()) if kind}
        return self._listed[folder]

    def likely(self, folder: Path, *, only_folders: bool) -> Names:
        """Give the names in a folder that a missing one may mean."""
        key = (folder, only_folders)
        if key not in self._likely:
            kinds = {Kind.FOLDER} if only_folders else {Kind.FOLDER, Kind.FILE}
            self._likely[key] = Names([name for name, kind in self.names(folder).items() if kind in kinds])
        return self._likely[key]

    def page(self, folder: Path) -> Path | None:
        """Give the page that is shown for a folder."""
        if folder not in self._pages:
            names = self.names(folder)
            by_case = {name.casefold(): name for name, kind in names.items() if kind is Kind.FILE}
            found = next((by_case[index.casefold()] for index in INDEXES if index.casefold() in by_case), None)
            self._pages[folder] = folder / found if found else None
        return self._pages[folder]

    def may_search(self, folder: Path) -> bool:
        """Tell whether one more name that a folder lacks is worth a search; where very many are missing, none is."""
        self._searched[folder] += 1
        return self._searched[folder] <= _SEARCHED

    def _kind(self, entry: "os.DirEntry[str]") -> Kind | None:
        try:
            if entry.is_symlink() and not Path(os.path.realpath(entry.path)).is_relative_to(self.root):
                return Kind.OUTSIDE
            return Kind.FOLDER if entry.is_dir() else Kind.FILE if entry.is_file() else None
        except OSError:
            return None


class _Place(NamedTuple):
    """How far a path leads."""

    path: Path
    kind: Kind | None
    """What the whole path is; None where it is not there."""
    rest: Sequence[str] = ()
    """What is not there: the missing name and those after it."""


def look(
    url: str,
    *,
    root: Path,
    at: str,
    fragments: Sequence[str] = (),
    anchors_of: AnchorsOf = anchors_in,
    folders: Folders | None = None,
) -> Check:
    """Check a `file:` URL, whose path is one from the root. Never raises on what it names.

    `exists` is None, with a `policy` failure, where the path leads outside the root or must not be looked at.
    `nearest` is a path from the root with its slash, as in `/docs/token.md`, decoded. `folders` (of the same root) and
    `anchors_of` may remember for a run.
    """
    folders = folders or Folders(root)
    steps = uri.local_path(url).split("/")
    try:
        place = _place([step for step in steps if step] + ([""] if steps[-1] == "" else []), folders)
        if place.kind is Kind.OUTSIDE:
            why = "leads outside the root folder; widen it with --root-dir to have it checked"
            return _not_told(at, why, ReasonCode.OUTSIDE_ROOT)
        if place.kind is None:
            return Check(at=at, exists=False, nearest=_nearest(place, folders))
        document = folders.page(place.path) if place.kind is Kind.FOLDER else place.path
    except OSError as error:
        return _not_told(at, f"cannot be looked up: {error.strerror or error}")
    anchors = anchors_of(document) if document and fragments else None
    return Check(
        at=at,
        exists=True,
        final_url=url_of(document or place.path, folders.root),
        media_type=formats.by_suffix(document) if document else None,
        fragments={fragment: _answer(fragment, anchors) for fragment in fragments},
    )


def _place(parts: Sequence[str], folders: Folders) -> _Place:
    """Follow a path by the names that folders list; the last part is empty where it must be a folder."""
    path, kind = folders.root, Kind.FOLDER
    for at, part in enumerate(parts):
        if kind is not Kind.FOLDER:
            return _Place(path, None, parts[at:])
        if part in {"", "."}:
            continue
        if part == "..":
            if path == folders.root:
                return _Place(path, Kind.OUTSIDE, parts[at:])
            path = path.parent
            continue
        found = folders.names(path).get(part)
        if found in {None, Kind.OUTSIDE}:
            return _Place(path, found, parts[at:])
        path, kind = path / part, found
    return _Place(path, kind)


def _nearest(place: _Place, folders: Folders) -> str | None:
    """Give the path that may be meant: the same with names put right, else the same name in a folder nearby."""
    if not folders.may_search(place.path):
        return None
    try:
        found = _corrected(place, folders) or _elsewhere(place, folders)
    except OSError:
        return None
    shown = f"/{found.relative_to(folders.root).as_posix()}" if found else None
    return shown if shown and shown.isprintable() else None


def _corrected(place: _Place, folders: Folders) -> Path | None:
    path, kind = place.path, Kind.FOLDER if place.path.is_dir() else Kind.FILE
    for at, part in enumerate(place.rest):
        if kind is Kind.FILE:
            return path if part == "" else None
        if part == "":
            continue
        is_last = not any(place.rest[at + 1 :])
        names = folders.names(path)
        is_fitting = names.get(part) is Kind.FOLDER or (is_last and names.get(part) is Kind.FILE)
        near = part if is_fitting else folders.likely(path, only_folders=not is_last).nearest(part)
        if near is None:
            return None
        path, kind = path / near, names[near]
    return path


def _elsewhere(place: _Place, folders: Folders) -> Path | None:
    name = next((part for part in reversed(place.rest) if part), "")
    if name in INDEXES or not place.path.is_dir():
        return None
    for folder in islice(_nearby(place.path, folders), _NEARBY):
        try:
            if folders.names(folder).get(name) is Kind.FILE:
                return folder / name
        except OSError:
            continue
    return None


def _nearby(folder: Path, folders: Folders) -> Iterator[Path]:
    """Give a folder, those in it, the one above, and those beside it."""
    for each in (folder, folder.parent) if folder != folders.root else (folder,):
        yield each
        yield from (each / name for name, kind in folders.names(each).items() if kind is Kind.FOLDER)


def _answer(fragment: str, anchors: Collection[str] | None) -> FragmentAnswer:
    if anchors is None:
        return FragmentAnswer(None, note="nothing is known of what this file has for fragments to name")
    return match(fragment, anchors, is_complete=True, is_local=True)


def _not_told(at: str, why: str, reason: ReasonCode = ReasonCode.POLICY) -> Check:
    return Check(at=at, failure=Trouble(FailureKind.POLICY, why, reason))


_SEARCHED = 200
"""Missing names of one folder for which another is sought."""

_NEARBY = 200
"""Folders in which a missing name is sought."""
