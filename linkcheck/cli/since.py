"""What a change added and what it broke, as Git tells: `--since REF`."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from linkcheck import uri
from linkcheck.cli.gate import Failing
from linkcheck.detect import missing_file, missing_fragment
from linkcheck.errors import UsageError
from linkcheck.extract.fragments import match
from linkcheck.model import ReferenceRow
from linkcheck.sources.anchors import anchors_in


class Change:
    """The difference between a commit and the files as they are now."""

    def __init__(self, root: Path, top: Path, base: str) -> None:
        """Read it: `root` is what addresses of local files start from, `top` the repository's folder."""
        self._root, self._top, self._base = root, top, base
        diff = _git(top, "diff", *_PLAIN, "--unified=0", "--find-renames", base, "--")
        self._added, self._renamed = _read(diff.splitlines())
        names = _git(top, "diff", *_PLAIN, "--name-only", "--no-renames", "-z", base, "--").split("\0")
        self._touched = frozenset(filter(None, names))
        untracked = _git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
        self._new = frozenset(filter(None, untracked))

    def concerns(self, one: Failing) -> bool:
        """Tell whether the change added it, or broke what it leads to; what Git does not know always counts."""
        path = self._path_of(one.document.url)
        if path is None or path in self._new:
            return True
        if one.row is None:
            line = one.finding.line if one.finding else None
            return path in self._touched if line is None else self._is_added(path, line, line)
        first, last = one.row.line, max(one.row.line, self._line_at(path, one.row.end))
        return self._is_added(path, first, last) or self._broke(one.row, path)

    def _is_added(self, path: str, first: int, last: int) -> bool:
        return any(first < added.stop and added.start <= last for added in self._added.get(path, ()))

    def _broke(self, row: ReferenceRow, document: str) -> bool:
        """Tell whether a local target was there before: the file, or the place in it."""
        target = self._path_of(row.link) if row.link else document
        if target is None or (row.link and not row.link.startswith("file:")):
            return False
        rules = {finding.rule for finding in row.findings}
        if missing_file.RULE in rules:
            return target in self._touched and self._was_there(target)
        lost = [one.evidence.get("fragment") for one in row.findings if one.rule == missing_fragment.RULE]
        return target in self._touched and any(self._had(target, str(fragment)) for fragment in lost)

    def _was_there(self, path: str) -> bool:
        return bool(_git(self._top, "ls-tree", "--name-only", self._base, "--", path))

    def _had(self, path: str, fragment: str) -> bool:
        before = self._renamed.get(path, path)
        content = _output(self._top, "show", f"{self._base}:{before}")
        if content is None:
            return False
        with TemporaryDirectory(prefix="linkcheck-") as folder:
            copy = Path(folder, f"before{Path(before).suffix}")
            copy.write_bytes(content)
            anchors = anchors_in(copy)
        return anchors is not None and match(fragment, anchors, is_complete=True, is_local=True).found is True

    def _path_of(self, url: str | None) -> str | None:
        """Give a local file's path in the repository; None for what is elsewhere."""
        if url is None or uri.scheme_of(url) != "file":
            return None
        place = self._root / uri.local_path(url).lstrip("/")
        return place.relative_to(self._top).as_posix() if place.is_relative_to(self._top) else None

    def _line_at(self, path: str, end: int) -> int:
        """Give the line on which a byte of a file stands: a reference's destination may be lines below its text."""
        try:
            with (self._top / path).open("rb") as file:
                return file.read(max(end, 0)).count(b"\n") + 1
        except OSError:
            return 0


def change_since(ref: str, root: Path) -> Change:
    """Learn what has changed since a commit was left behind; UsageError with the remedy where Git cannot tell."""
    top = _output(root, "rev-parse", "--show-toplevel")
    if top is None:
        raise UsageError(f"--since: {root} is not in a Git repository")
    folder = Path(os.fsdecode(top).rstrip("\n"))
    is_shallow = _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true"
    commit = _output(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if commit is None:
        if is_shallow:
            raise UsageError(
                f"--since: {ref!r} is not in this clone, which is shallow; fetch it (git fetch --unshallow origin), or"
                " in CI check out the whole history (actions/checkout: fetch-depth: 0)"
            )
        raise UsageError(f"--since: Git knows no commit {ref!r}; name a branch, a tag or a commit that is here")
    base = _output(folder, "merge-base", commit.decode().strip(), "HEAD")
    if base is None and is_shallow:
        raise UsageError(
            f"--since: this clone is shallow, and does not reach back to where {ref!r} was left; fetch more (git fetch"
            " --unshallow origin), or in CI check out the whole history (actions/checkout: fetch-depth: 0)"
        )
    return Change(Path(os.path.realpath(root)), folder, (base or commit).decode().strip())


def _read(lines: Sequence[str]) -> tuple[Mapping[str, Sequence[range]], Mapping[str, str]]:
    """Read a diff without context: added lines by file, and old names by new ones."""
    added: dict[str, list[range]] = {}
    renamed: dict[str, str] = {}
    old = path = ""
    for line, is_header in _marked(lines):
        if is_header and line.startswith("rename from "):
            old = _name(line.removeprefix("rename from "))
        elif is_header and line.startswith("rename to "):
            renamed[_name(line.removeprefix("rename to "))] = old
        elif is_header and line.startswith("+++ "):
            path = _name(line.removeprefix("+++ ")).removeprefix("b/")
        elif found := _HUNK.match(line):
            start, count = int(found[1]), int(found[2] or 1)
            added.setdefault(path, []).append(range(start, start + count))
    return added, renamed


def _marked(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Tell a diff's own lines from the text that it shows."""
    left = 0
    for line in lines:
        if left and line[:1] in {"+", "-", "\\"}:
            left -= line[:1] != "\\"
            continue
        found = _HUNK.match(line)
        if found:
            counts = re.findall(r"[-+]\d+(?:,(\d+))?", found[0])
            left = sum(int(count or 1) for count in counts)
        yield line, not found


def _name(written: str) -> str:
    """Give a path that Git may have put into quotes."""
    written = written.rstrip("\t")
    if not written.startswith('"'):
        return written
    raw = written[1:-1].encode("utf-8", "surrogateescape").decode("unicode_escape")
    return raw.encode("latin-1", "replace").decode("utf-8", "surrogateescape")


def _git(folder: Path, *arguments: str) -> str:
    """Run Git and give what it says; UsageError where it fails."""
    said = _output(folder, *arguments)
    if said is None:
        raise UsageError(f"--since: `git {arguments[0]}` failed in {folder}")
    return os.fsdecode(said)


def _output(folder: Path, *arguments: str) -> bytes | None:
    """Run Git, with nothing in it that could run something else; None where it fails."""
    command = ["git", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - ours
    except OSError as error:
        raise UsageError(f"--since: Git is needed, and cannot be run: {error.strerror}") from error
    return done.stdout if done.returncode == 0 else None


_PLAIN = ("--no-color", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/")
_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
