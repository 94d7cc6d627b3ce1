"""What a change added and what it broke, compared with a commit: `--since REF`.

Git only hands out what the commit has. The files as they are now are compared here: `git diff` would run them through
the filters that the repository's config names, and would believe its index.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from msgspec import Struct

from linkcheck import uri
from linkcheck.cli.gate import Failing
from linkcheck.detect import missing_file, missing_fragment
from linkcheck.errors import GitError, RepositoryError, UsageError
from linkcheck.extract.fragments import match
from linkcheck.model import ReferenceRow
from linkcheck.sources.anchors import anchors_in
from linkcheck.sources.git import Entry, Repository
from linkcheck.sources.ignore import is_path_ignored

_LARGEST = 64 << 20
"""Bytes of a file that is compared; a larger one counts as new."""
_LINES = 1_000_000
"""Lines of one."""
_ALIKE = 0.5
"""Share of its bytes that a renamed file keeps, as in git (`--find-renames`)."""
_CANDIDATES = 200
"""Files that were taken away, among which the old name of a new one is looked for."""
_START = 8000
"""Bytes in which git looks for a NUL to tell binary files."""


class Difference(Struct, frozen=True):
    """How a file differs from what it was."""

    is_touched: bool = True
    is_new: bool = False
    """All of it counts as added."""
    added: frozenset[int] = frozenset()
    """Lines, the first of which is 1."""
    before: Entry | None = None

    def has_added(self, first: int, last: int) -> bool:
        """Return True if one of these lines was added."""
        return self.is_new or any(line in self.added for line in range(first, last + 1))


class Change:
    """The difference between a commit and the files as they are now."""

    def __init__(self, root: Path, repository: Repository, base: str) -> None:
        """Compare with `base`; `root` is what addresses of local files start from."""
        self._root, self._repository, self._base = root, repository, base
        self.trouble: GitError | RepositoryError | None = None
        """Why what follows counts, whatever it is."""
        self._top, self._head = repository.top, repository.head or base
        self._difference: Callable[[str], Difference] = lru_cache(4096)(self._compared)
        self._now: Callable[[str], bytes | None] = lru_cache(2)(self._content)
        self._signature = lru_cache(_CANDIDATES * 4)(self._counted)

    def concerns(self, one: Failing) -> bool:
        """Return True if the change added it, or broke what it leads to; what lies outside of the repository counts.

        All counts where the repository cannot be read (any more): the run is over, and its reports are worth having.
        """
        try:
            return self.trouble is not None or self._concerns(one)
        except (GitError, RepositoryError) as error:
            self.trouble = error
            return True

    def _concerns(self, one: Failing) -> bool:
        path = self._path_of(one.document.url)
        if path is None:
            return True
        found = self._difference(path)
        if one.row is None:
            line = one.finding.line if one.finding else None
            return found.is_touched if line is None else found.has_added(line, line)
        first, last = one.row.line, max(one.row.line, self._line_at(path, one.row.end))
        return found.has_added(first, last) or self._broke(one.row, path)

    def _broke(self, row: ReferenceRow, document: str) -> bool:
        """Return True if a local target was there before: the file, or the place in it."""
        target = self._path_of(row.link) if row.link else document
        if target is None or (row.link and not row.link.startswith("file:")):
            return False
        if any(finding.rule == missing_file.RULE for finding in row.findings):
            return self._is_taken_away(target)
        lost = [str(one.evidence.get("fragment")) for one in row.findings if one.rule == missing_fragment.RULE]
        found = self._difference(target) if lost else None
        return found is not None and found.is_touched and self._had(found.before, PurePosixPath(target).suffix, lost)

    def _had(self, before: Entry | None, suffix: str, fragments: Sequence[str]) -> bool:
        if before is None:
            return False
        with TemporaryDirectory(prefix="linkcheck-") as folder:
            copy = Path(folder, f"before{suffix}")
            copy.write_bytes(self._repository.blob(before, _LARGEST))
            anchors = anchors_in(copy)
        return anchors is not None and any(
            match(one, anchors, is_complete=True, is_local=True).found is True for one in fragments
        )

    def _compared(self, path: str) -> Difference:
        """Return how a file of the work tree differs from the commit's."""
        before, now = self._repository.entry(self._base, path), self._now(path)
        if now is None and before is not None and not (before.is_file or before.is_link):
            return Difference(is_touched=False)  # a folder or a submodule, there or not: what is in it has its own path
        if now is None:
            return Difference(is_touched=before is not None, is_new=self._is_there(path), before=before)
        if before is None:
            if self._is_unknown(path):
                return Difference(is_touched=False)
            before = self._renamed_from(path, now)
        if before is None or not (before.is_file or before.is_link):
            return Difference(is_new=True)
        if self._hash_of(now) == before.hash:
            return Difference(is_touched=False, before=before)
        old = self._repository.blob(before, _LARGEST)
        is_text = all(b"\0" not in one[:_START] and one.count(b"\n") < _LINES for one in (old, now))
        if before.is_link or not is_text:
            return Difference(is_new=True, before=before)
        lines, others = lines_of(old), lines_of(now)
        return Difference(is_touched=lines != others, added=frozenset(added_lines(lines, others)), before=before)

    def _is_unknown(self, path: str) -> bool:
        """Return True for what git leaves out: another repository's, and what is ignored and was never committed."""
        inner = PurePosixPath(path).parents
        if any((self._top / folder / ".git").exists() for folder in list(inner)[:-1]):
            return True
        return self._repository.entry(self._head, path) is None and is_path_ignored(self._top / path, self._top)

    def _is_taken_away(self, path: str) -> bool:
        """Return True if a file or folder of the commit is gone; a sparse checkout never had some of them."""
        if self._repository.entry(self._base, path) is None or self._is_there(path):
            return False
        return not self._repository.is_sparse or self._repository.entry(self._head, path) is None

    def _renamed_from(self, path: str, now: bytes) -> Entry | None:
        """Return what a new file was under another name: the same content, else the likest of what was taken away."""
        hashed, name = self._hash_of(now), PurePosixPath(path)
        for _, entry in self._taken_away:
            if entry.hash == hashed:
                return entry

        def distance(one: tuple[PurePosixPath, Entry]) -> tuple[bool, bool]:
            return one[0].name != name.name, one[0].suffix != name.suffix

        signature = signature_of(now)
        best: tuple[float, Entry | None] = (_ALIKE, None)
        for other, entry in islice(sorted(self._taken_away, key=distance), _CANDIDATES):
            likeness = likeness_of(self._signature(entry), signature)
            if likeness >= best[0] and (best[1] is None or likeness > best[0]):
                best = (likeness, entry)
            if best[1] is not None and other.name == name.name:
                break
        return best[1]

    @cached_property
    def _taken_away(self) -> Sequence[tuple[PurePosixPath, Entry]]:
        """The files of the commit that are gone."""
        gone = [
            (path, entry)
            for path, entry in self._repository.files(self._base)
            if entry.is_file and not os.path.lexists(f"{self._top}/{path}")  # quicker than a Path, and they are many
        ]
        return [(PurePosixPath(path), entry) for path, entry in gone if self._is_taken_away(path)]

    def _counted(self, entry: Entry) -> Counter[bytes]:
        return signature_of(self._repository.blob(entry, _LARGEST))

    def _hash_of(self, content: bytes) -> str:
        """Return the hash that git has for a file of this content."""
        digest = hashlib.new(self._repository.object_format, usedforsecurity=False)
        digest.update(b"blob %d\0" % len(content))
        digest.update(content)
        return digest.hexdigest()

    def _is_there(self, path: str) -> bool:
        return os.path.lexists(self._top / path)

    def _content(self, path: str) -> bytes | None:
        """Return a file's content, or where a link leads; None for what is neither, or too large to compare."""
        place = self._top / path
        try:
            if place.is_symlink():
                return os.fsencode(place.readlink())
            if not place.is_file() or place.stat().st_size > _LARGEST:
                return None
            return place.read_bytes()
        except OSError:
            return None

    def _path_of(self, url: str | None) -> str | None:
        """Return a local file's path in the repository; None for what is elsewhere."""
        if url is None or uri.scheme_of(url) != "file":
            return None
        place = self._root / uri.local_path(url).lstrip("/")
        return place.relative_to(self._top).as_posix() if place.is_relative_to(self._top) else None

    def _line_at(self, path: str, end: int) -> int:
        """Return the line on which a byte of a file stands: a destination may be lines below its text."""
        return (self._now(path) or b"")[: max(end, 0)].count(b"\n") + 1


def change_since(ref: str, root: Path) -> Change:
    """Return what has changed since a commit was left behind; UsageError with the remedy where it cannot be told."""
    repository = Repository.find(root)
    if repository is None:
        raise UsageError(f"--since: {root} is not in a Git repository")
    commit, head = repository.commit_of(ref), repository.head
    if commit is None:
        if repository.is_shallow:
            raise UsageError(
                f"--since: {ref!r} is not in this clone, which is shallow; fetch it (git fetch --unshallow origin), or"
                " in CI check out the whole history (actions/checkout: fetch-depth: 0)"
            )
        raise UsageError(f"--since: Git knows no commit {ref!r}; name a branch, a tag or a commit that is here")
    base = repository.merge_base(commit, head) if head else None
    if base is None and head and repository.is_shallow:
        raise UsageError(
            f"--since: this clone is shallow, and does not reach back to where {ref!r} was left; fetch more (git fetch"
            " --unshallow origin), or in CI check out the whole history (actions/checkout: fetch-depth: 0)"
        )
    if repository.is_partial:
        raise UsageError(
            "--since: this clone is partial, and linkcheck fetches nothing by itself; clone without --filter, or in CI"
            " check out without one (actions/checkout: filter)"
        )
    return Change(Path(os.path.realpath(root)), repository, base or commit)


def lines_of(content: bytes) -> Sequence[bytes]:
    """Return a file's lines. Git may have ended them with CR LF in the work tree alone."""
    return [line.removesuffix(b"\r") for line in content.split(b"\n")]


def added_lines(before: Sequence[bytes], now: Sequence[bytes]) -> Iterator[int]:
    """Yield the numbers of the lines that are new, from 1 on, in time that is linear in all lines.

    Of equal lines as many are new as there are more than before: what was moved is not new. Which of them is decided as
    by P. Heckel, A technique for isolating differences between files (CACM 21(4), 1978): a line that is there once,
    before and now, is the same one, and so are equal lines that follow or precede such a pair; of the others the first.
    """
    counts, others = Counter(before), Counter(now)
    once = {line: at for at, line in enumerate(before) if counts[line] == 1}
    same = [once.get(line) if others[line] == 1 else None for line in now]
    taken = set(same)
    for step, last in ((1, -1), (-1, len(before))):
        beside: int | None = last + step
        for at in range(len(now))[::step]:
            is_free = beside is not None and 0 <= beside < len(before) and beside not in taken
            if same[at] is None and beside is not None and is_free and before[beside] == now[at]:
                same[at] = beside
                taken.add(beside)
            found = same[at]
            beside = None if found is None else found + step
    left = Counter(line for at, line in enumerate(before) if at not in taken)
    for number, (line, found) in enumerate(zip(now, same, strict=True), start=1):
        if found is None and not left[line]:
            yield number
        elif found is None:
            left[line] -= 1


def signature_of(content: bytes) -> Counter[bytes]:
    """Return a file's lines with how often they are there."""
    return Counter(lines_of(content))


def likeness_of(one: Counter[bytes], other: Counter[bytes]) -> float:
    """Return the share of the larger file's bytes that both have, from 0 to 1."""
    sizes = (sum(len(line) * count for line, count in each.items()) for each in (one, other))
    common = sum(len(line) * min(count, other[line]) for line, count in one.items())
    return common / max(*sizes, 1)
