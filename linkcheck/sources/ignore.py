"""What a repository does not want looked at: its `.gitignore` files, as git reads them.

The rules of a folder hold below it and come after those of the folders above; the last rule that matches decides. A
folder that is ignored is not entered, so that nothing in it can be taken back (https://git-scm.com/docs/gitignore).
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from linkcheck.errors import ConfigError
from linkcheck.plan import Pattern, patterns
from linkcheck.sources import globs
from linkcheck.sources.committed import Committed


class Rule(NamedTuple):
    """One line."""

    parts: tuple[globs.Part, ...]
    """The last is never `**`."""
    is_for_folders: bool
    takes_back: bool


class Layer(NamedTuple):
    """The rules of one file."""

    depth: int
    """How many parts of a path lead to the folder that they are relative to."""
    rules: Sequence[Rule]


Rules = tuple[Layer, ...]
"""All that holds in a folder, outermost first."""


def rules_above(folder: Path, repository: Path, committed: Committed | None = None) -> Rules:
    """Give what holds in a folder because of the folders above it, from the repository's root on.

    Files of a work tree are read as it was `committed`, where that is given. Where these rules ignore the folder itself
    it was named all the same, and they do not count.
    """
    rules: Rules = ()
    above = repository
    for step in folder.relative_to(repository).parts:
        rules = rules_in(above, rules, committed)
        above /= step
        if is_ignored(above.parts, rules, is_folder=True):
            return ()
    return rules


def is_path_ignored(path: Path, repository: Path) -> bool:
    """Return True if a repository's rules leave out a file, or a folder above it."""
    rules: Rules = ()
    above = repository
    steps = path.relative_to(repository).parts
    for number, step in enumerate(steps, start=1):
        rules = rules_in(above, rules)
        above /= step
        if is_ignored(above.parts, rules, is_folder=number < len(steps)):
            return True
    return False


def rules_in(folder: Path, above: Rules, committed: Committed | None = None) -> Rules:
    """Add a folder's own rules to those from above."""
    found = (_read(folder / ".git" / "info" / "exclude", None), _read(folder / ".gitignore", committed))
    return (*above, *(Layer(len(folder.parts), rules) for rules in found if rules))


def urls_ignored(
    directory: Path, repository: Path | None, committed: Committed | None = None
) -> tuple[list[Pattern], list[str]]:
    """Read the nearest `.lycheeignore` from a folder up to its repository: regular expressions of URLs, one a line.

    Empty lines and those that begin with `#` do not count (https://lychee.cli.rs/recipes/excluding-links/). The second
    list says which lines are no regular expressions here, in whole sentences.
    """
    above = [folder for folder in (directory, *directory.parents) if repository and folder.is_relative_to(repository)]
    sources = (_source(folder / ".lycheeignore", committed) for folder in above or [directory])
    source = next((one for one in sources if one is not None), b"")
    found: list[Pattern] = []
    problems: list[str] = []
    for number, line in enumerate(_lines(source), start=1):
        pattern = line.strip()
        if not pattern or pattern.startswith("#") or len(pattern) > _LONGEST or len(found) >= _MOST:
            continue
        try:
            found += patterns([pattern], f".lycheeignore:{number}")
        except ConfigError as error:
            problems.append(f"{error}; it excludes nothing")
    return found, problems


def is_ignored(path: Sequence[str], rules: Rules, *, is_folder: bool) -> bool:
    """Tell whether the rules leave out a file or folder, given in parts, below the folders that they stand in."""
    for layer in reversed(rules):
        inner = path[layer.depth :]
        for rule in reversed(layer.rules):
            if rule.is_for_folders and not is_folder:
                continue
            last = rule.parts[-1]
            if last and last.fullmatch(inner[-1]) and globs.matches(inner, rule.parts):
                return not rule.takes_back
    return False


def rules_of(lines: Iterable[str]) -> list[Rule]:
    """Read lines; one that is no pattern counts for nothing, as in git."""
    return [rule for line in islice(lines, _MOST) if len(line) <= _LONGEST and (rule := _rule(line))]


def _rule(line: str) -> Rule | None:
    stripped = line.rstrip(" ")
    line = f"{stripped} " if stripped.endswith("\\") and stripped != line else stripped
    if line.startswith("#"):
        return None
    pattern = line.removeprefix("!")
    body = pattern.removesuffix("/")
    if not body:
        return None
    parts = body.removeprefix("/").split("/") if "/" in body else ["**", body]
    if parts[-1] == "**":
        parts.append("*")  # all that lies within, but not the folder itself
    compiled = globs.compiled(parts)
    return Rule(compiled, body != pattern, pattern != line) if compiled else None


def _read(file: Path, committed: Committed | None) -> list[Rule]:
    return rules_of(_lines(_source(file, committed) or b""))


def _source(file: Path, committed: Committed | None) -> bytes | None:
    """Return the beginning of an ignore file; None where there is none.

    A symbolic link is none, as for git since 2.32: a stranger's could show any file of this machine in our messages.
    """
    if committed is not None and committed.covers(file):
        return committed.read(file, _LARGEST)
    try:
        if file.is_symlink() or not file.is_file():
            return None  # a pipe of that name would keep us waiting
        with file.open("rb") as stream:
            return stream.read(_LARGEST)
    except OSError:
        return None


def _lines(source: bytes) -> list[str]:
    text = source.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return [line.removesuffix("\r") for line in text.split("\n")]


_MOST = 5000
_LONGEST = 4096
"""Lines, and characters in one, beyond which nobody means a pattern."""

_LARGEST = 1 << 20
"""Bytes of rules that are read."""
