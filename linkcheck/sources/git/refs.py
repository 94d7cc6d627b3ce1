"""Resolves names of commits to hashes by the rules of gitrevisions(7), without running git in the repository.

Git is then given full hashes alone, so that no name in a repository or on a command line reaches it.
"""

import re
from collections.abc import Iterator

from linkcheck.errors import RepositoryError
from linkcheck.sources.git.layout import Layout, read_regular

_LOOSE = 4 << 10
_PACKED = 64 << 20
"""Bytes of packed references: some 600,000 of them."""
_SYMBOLIC = 5
"""Steps from one symbolic reference to the next, as in git."""
_REVISION = re.compile(r"(?P<name>[^~^]+)(?P<steps>(?:~\d{0,9}|\^\d{0,4}|\^\{(?:commit|tag)?\})*)")
_NAME = re.compile(
    r"(?!.*(?:\.\.|@\{|//|\.lock(?:/|$)|/\.|\.$|/$))[^\x00-\x20\x7f:?*\[\\~^./-][^\x00-\x20\x7f:?*\[\\~^]*", re.DOTALL
)
"""What git-check-ref-format(1) lets be a name; one that begins with a hyphen is none on a command line."""
_OF_WORK_TREE = re.compile(r"[A-Z][A-Z_]*")
"""HEAD, ORIG_HEAD, FETCH_HEAD ...: each linked work tree has its own."""
_SEARCHED = ("refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
_HASH = re.compile(rb"([0-9a-f]{40}(?:[0-9a-f]{24})?)(?:\s|$)")
_TARGET = re.compile(rb"ref:[ \t]*(refs/[^\s]+)\s*$")
_SHORT = re.compile(r"[0-9a-fA-F]{4,64}")


def resolved(revision: str, layout: Layout) -> str | None:
    """Return a revision with a hash in place of its name, such as `<hash>~2` or a short hash; None where there is none.

    Reflogs and the like (`main@{yesterday}`, `:/words`) are not read.
    """
    found = _REVISION.fullmatch(revision)
    if found is None:
        return None
    name, steps = ("HEAD" if found["name"] == "@" else found["name"]), found["steps"]
    full = 64 if layout.object_format == "sha256" else 40
    if _SHORT.fullmatch(name) and len(name) == full:
        return name.lower() + steps
    if not _NAME.fullmatch(name):
        return None
    hashed = next(_found(name, layout), None) or (name.lower() if _SHORT.fullmatch(name) else None)
    return None if hashed is None else hashed + steps


def head(layout: Layout) -> str | None:
    """Return the hash that HEAD leads to; None where there is no commit yet."""
    return _read("HEAD", layout)


def _found(name: str, layout: Layout) -> Iterator[str]:
    """Yield what a name may mean, the likeliest first."""
    if _OF_WORK_TREE.fullmatch(name) and (found := _read(name, layout)):
        yield found
    if name.startswith("refs/") and (found := _read(name, layout)):
        yield found
    for pattern in _SEARCHED:
        if found := _read(pattern.format(name), layout):
            yield found


def _read(name: str, layout: Layout) -> str | None:
    """Return the hash of a reference, through symbolic ones."""
    if layout.has_reftable:
        raise RepositoryError(
            f"{layout.top}: the references of this repository are kept as a reftable, which linkcheck does not read;"
            " git refs migrate --ref-format=files, or clone with --ref-format=files"
        )
    for _ in range(_SYMBOLIC):
        folder = layout.own if _OF_WORK_TREE.fullmatch(name) else layout.common
        content = read_regular(folder / name, _LOOSE)
        if content is None:
            return _packed(name, layout)
        if found := _HASH.match(content):
            return found[1].decode()
        target = _TARGET.match(content)
        name = target[1].decode("utf-8", "surrogateescape") if target else ""
        if not _NAME.fullmatch(name):
            return None
    return None


def _packed(name: str, layout: Layout) -> str | None:
    content = read_regular(layout.common / "packed-refs", _PACKED) or b""
    wanted = re.escape(name.encode("utf-8", "surrogateescape"))
    found = re.search(rb"^([0-9a-f]{40}(?:[0-9a-f]{24})?) " + wanted + rb"$", content, re.MULTILINE)
    return found[1].decode() if found else None
