"""A repository as values: commits by name, files and folders by path."""

import os
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from msgspec import Struct

from linkcheck.errors import RepositoryError
from linkcheck.sources.git import refs
from linkcheck.sources.git.layout import Layout, read_regular
from linkcheck.sources.git.process import Object, Plumbing, TooLargeError, find_git, is_vouched_for

_TREE = 32 << 20
"""Bytes of one folder's listing: some 500,000 names."""
_COMMIT = 1 << 20
_TREES = 512
"""Listings that are kept."""
_MOST = 1_000_000
"""Files of a commit; a few objects can stand for more than any disk holds."""
_DEEPEST = 512
_SHALLOW = 16 << 20
_HASH = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FILE, _LINK, _FOLDER, _SUBMODULE = 0o100000, 0o120000, 0o040000, 0o160000


class Entry(Struct, frozen=True):
    """What a commit has at a path."""

    mode: int
    hash: str

    @property
    def is_file(self) -> bool:
        """True for a regular file, executable or not."""
        return self.mode & 0o170000 == _FILE

    @property
    def is_link(self) -> bool:
        """True for a symbolic link, whose content is the path that it leads to."""
        return self.mode & 0o170000 == _LINK

    @property
    def is_folder(self) -> bool:
        """True for a folder."""
        return self.mode & 0o170000 == _FOLDER

    @property
    def is_submodule(self) -> bool:
        """True for a commit of another repository; its hash is in none of ours."""
        return self.mode & 0o170000 == _SUBMODULE


class Repository:
    """The commits of the repository that a folder lies in; nothing of its config counts.

    Every method may raise GitError, where there is no git that can be run, and RepositoryError, where the repository is
    damaged, lacks objects (a partial clone), or cannot be read safely; each says what to do.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._plumbing: Plumbing | None = None
        self._turn = Lock()
        self._trees: OrderedDict[str, Mapping[str, Entry]] = OrderedDict()
        self._roots: dict[str, Mapping[str, Entry]] = {}

    @classmethod
    def find(cls, folder: Path) -> Self | None:
        """Return the repository of the nearest `.git` at or above a folder; None outside of repositories."""
        layout = Layout.nearest(folder, is_vouched_for)
        return cls(layout) if layout else None

    @property
    def top(self) -> Path:
        """The folder that holds `.git`, links resolved."""
        return self._layout.top

    @property
    def is_shallow(self) -> bool:
        """True if history was cut off when the repository was cloned."""
        return bool(self._shallow)

    @property
    def is_partial(self) -> bool:
        """True if objects were left out when the repository was cloned."""
        return self._layout.is_partial

    @property
    def is_sparse(self) -> bool:
        """True if files of a commit may be left out of the work tree."""
        return self._layout.is_sparse

    @property
    def object_format(self) -> str:
        """How objects are hashed: `sha1` or `sha256`."""
        return self._layout.object_format

    @property
    def head(self) -> str | None:
        """The commit that is checked out; None where there is none yet."""
        return refs.head(self._layout)

    def commit_of(self, revision: str) -> str | None:
        """Return the full hash of the commit that a branch, tag, hash or `HEAD~1` means; None where it means none."""
        named = refs.resolved(revision, self._layout)
        if named is None:
            return None
        found = self._git.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{named}^{{commit}}")
        return found.decode().strip() if found else None

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the commit at which two parted; None where they have none in common, or history is cut off before."""
        found = self._git.run("merge-base", _checked(one), _checked(other))
        return found.decode().split()[0] if found else None

    def entry(self, commit: str, path: str) -> Entry | None:
        """Return what a commit has at a path relative to the top, with `/`; None where it has nothing there."""
        entries = self._root(commit)
        *folders, name = path.split("/")
        for folder in folders:
            found = entries.get(folder)
            if found is None or not found.is_folder:
                return None
            entries = self._tree(found.hash)
        return entries.get(name)

    def blob(self, entry: Entry, limit: int) -> bytes:
        """Return the content of a file, or the path in a link; RepositoryError where it is larger than a limit."""
        return self._object(entry.hash, "blob", limit).content

    def read(self, commit: str, path: str, limit: int) -> bytes | None:
        """Return a file's bytes as they are at a commit; None where there is no regular file of that path.

        RepositoryError where it has more than `limit` bytes.
        """
        entry = self.entry(commit, path)
        return self.blob(entry, limit) if entry and entry.is_file else None

    def paths(self, commit: str) -> Iterator[str]:
        """Yield the path of every file and link of a commit."""
        return (path for path, _ in self.files(commit))

    def files(self, commit: str) -> Iterator[tuple[str, Entry]]:
        """Yield every file and link of a commit with its path; RepositoryError where they are too many."""
        waiting = [("", self._root(commit))]
        count = 0
        while waiting:
            above, entries = waiting.pop()
            for name, entry in entries.items():
                count += 1
                if count > _MOST or above.count("/") > _DEEPEST:
                    raise RepositoryError(f"{self.top}: the commit {commit} holds more files than can be gone through")
                if entry.is_folder:
                    waiting.append((f"{above}{name}/", self._tree(entry.hash)))
                elif not entry.is_submodule:
                    yield f"{above}{name}", entry

    def close(self) -> None:
        """End what runs for it; it may be used again all the same."""
        if self._plumbing:
            self._plumbing.close()
            self._plumbing = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _git(self) -> Plumbing:
        if self._plumbing is None:
            layout = self._layout
            self._plumbing = Plumbing(
                find_git(layout.top), layout.objects, object_format=layout.object_format, shallow=self._shallow
            )
        return self._plumbing

    @property
    def _shallow(self) -> bytes:
        """The commits whose parents were left behind, as git's file `shallow` has them."""
        lines = (read_regular(self._layout.common / "shallow", _SHALLOW) or b"").split()
        return b"".join(line + b"\n" for line in lines if _HASH.fullmatch(line))

    def _root(self, commit: str) -> Mapping[str, Entry]:
        if commit not in self._roots:
            tree = self._object(f"{_checked(commit)}^{{tree}}", "tree", _TREE)
            self._roots[commit] = _parsed(tree)
        return self._roots[commit]

    def _tree(self, name: str) -> Mapping[str, Entry]:
        with self._turn:  # threads read ignore files
            if name in self._trees:
                self._trees.move_to_end(name)
                return self._trees[name]
            found = self._trees[name] = _parsed(self._object(name, "tree", _TREE))
            if len(self._trees) > _TREES:
                self._trees.popitem(last=False)
            return found

    def _object(self, name: str, kind: str, limit: int) -> Object:
        try:
            found = self._git.object(name, limit)
        except TooLargeError:
            raise RepositoryError(f"{self.top}: the {kind} {name} is larger than {limit:,} bytes") from None
        if found is None and self._layout.is_partial:
            raise RepositoryError(
                f"{self.top}: this clone is partial, and lacks the {kind} {name}; linkcheck fetches nothing by itself:"
                " clone without --filter"
            )
        if found is None or found.kind != kind:
            raise RepositoryError(f"{self.top}: the repository lacks the {kind} {name}; see git fsck")
        return found


def _checked(commit: str) -> str:
    """Return a commit's hash, such as `commit_of` gives; ValueError for what is none, which git could take for more."""
    if not _HASH.fullmatch(commit.encode()):
        raise ValueError(f"not the hash of a commit: {commit!r}")
    return commit


def _parsed(tree: Object) -> Mapping[str, Entry]:
    """Return the entries of a tree object; RepositoryError where it is damaged.

    Names that no file system has, or that lead elsewhere (`..`, `.git`), are left out: git refuses to check them out.
    """
    width = len(tree.hash) // 2
    entries: dict[str, Entry] = {}
    at, content = 0, tree.content
    while at < len(content):
        end = content.find(b"\0", at)
        mode, space, name = content[at:end].partition(b" ")
        hashed = content[end + 1 : end + 1 + width]
        if end < 0 or not space or len(hashed) < width or not re.fullmatch(rb"[0-7]{5,6}", mode):
            raise RepositoryError(f"the tree {tree.hash} is damaged; see git fsck")
        if name and b"/" not in name and name not in {b".", b".."} and name.lower() != b".git":
            entries[os.fsdecode(name)] = Entry(int(mode, 8), hashed.hex())
        at = end + 1 + width
    return entries
