"""Turns what a person names into things to read: files, folders, patterns, web pages, standard input."""

import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path, PurePath
from urllib.parse import quote

from msgspec import Struct

from linkcheck import uri
from linkcheck.errors import ConfigError
from linkcheck.sources import formats, globs
from linkcheck.sources.api import Found, Unreadable
from linkcheck.sources.committed import Committed
from linkcheck.sources.ignore import Layer, Rules, is_ignored, rules_of
from linkcheck.sources.nearest import Names
from linkcheck.sources.walk import NEVER, Special, walk


class _Scope(Struct, frozen=True):
    """What holds for every source of a run."""

    directory: Path
    """The working directory, links resolved."""
    root: Path
    """What `/` means for every local document of the run."""
    ours: frozenset[Path]
    excluded: Rules
    committed: Committed | None = None


def find(
    arguments: Sequence[str],
    *,
    directory: Path,
    root_dir: Path | None = None,
    exclude_path: Sequence[str] = (),
    ours: Collection[Path] = (),
    committed: Committed | None = None,
) -> Iterator[Found | Unreadable]:
    """Expand sources, in the order given and each once, however often and by whatever names it is met.

    `exclude_path` are patterns as in `.gitignore`, relative to the working `directory`. `ours` are files that this run
    writes, or folders that hold nothing else. `committed` has the ignore files, where those of the tree do not count.
    A folder gives the files that extractors take there; a pattern gives those that extractors can read, and those
    whose ending it spells out.
    """
    scope = _Scope(
        directory=Path(os.path.realpath(directory)),
        root=root_of(arguments, directory=directory, root_dir=root_dir),
        ours=frozenset(Path(os.path.realpath(directory / path)) for path in ours),
        excluded=(Layer(0, rules_of(exclude_path)),),
        committed=committed,
    )
    seen: set[object] = set()
    for argument in arguments:
        for found in _expand(argument, scope):
            key = _identity(found)
            if key not in seen:
                seen.add(key)
                yield found


def root_of(arguments: Sequence[str], *, directory: Path, root_dir: Path | None = None) -> Path:
    """Give the one folder that `/` means in a run, links resolved.

    It is `root_dir`, else the repository of what is named, else its folder; where sources lie in several, the folder
    that holds them all, so that an address means one file. A source that leaves its repository by a link does not
    count. ConfigError where `root_dir` is no folder, or leaves it so.
    """
    if root_dir:
        if not os.path.isdir(directory / root_dir):  # noqa: PTH112 - never raises
            raise ConfigError(f"--root-dir: there is no folder {str(root_dir)!r}; name one that is there")
        if leaves_repository(directory / root_dir):
            raise ConfigError(f"--root-dir: {str(root_dir)!r} {_LEAVES}")
        return Path(os.path.realpath(directory / root_dir))
    local = [argument for argument in arguments if argument != "-" and not _is_address(argument)]
    named = [_folder_of(directory / argument) for argument in local]
    folders = {Path(os.path.realpath(folder)) for folder in named if not leaves_repository(folder)}
    roots = {repository_of(folder) or folder for folder in folders}
    here = Path(os.path.realpath(directory))
    try:
        return Path(os.path.commonpath(roots)) if roots else repository_of(here) or here
    except ValueError:  # on several drives
        return next(iter(sorted(roots)))


def repository_of(folder: Path) -> Path | None:
    """Give the nearest folder at or above that holds `.git`; None outside of repositories."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)


def leaves_repository(path: Path) -> bool:
    """Return whether a path leads out of a repository by a symbolic link that lies in it.

    Whoever wrote the repository chose where that leads: `docs` may be a link to the user's own files. A link that lies
    in no repository is the user's own, and followed.
    """
    real = Path(os.path.realpath(path))
    for part in (path, *path.parents):
        if part.is_symlink():
            repository = repository_of(Path(os.path.realpath(part.parent)))
            if repository is not None and not real.is_relative_to(repository):
                return True
    return False


def url_of(path: Path, root: Path) -> str:
    """Give a file's address, `file:///` and its path from the root, as `uri.key` spells it."""
    return "file:///" + quote(os.fsencode(path.relative_to(root).as_posix()), safe=_SAFE)


def _expand(argument: str, scope: _Scope) -> Iterator[Found | Unreadable]:
    if argument == "-":
        yield Found(name="-", is_named=True, root=scope.root)
        return
    if uri.scheme_of(argument) in uri.WEB:
        yield _page(argument)
        return
    if _is_address(argument):
        yield _unreadable(_masked(argument), "only http and https pages can be read; save it, and name the file")
        return
    if not argument:
        yield _unreadable('""', "is no name; give a file, a folder, a pattern, a URL, or - for standard input")
        return
    path = scope.directory / argument
    name = _shown(argument, scope)
    try:
        if path.exists() and _is_ours(Path(os.path.realpath(path)), scope):
            yield _unreadable(name, "is written by linkcheck itself; name the article, or another output")
        elif path.exists() and leaves_repository(path):
            yield _unreadable(name, _LEAVES)
        elif path.is_dir():
            yield from _in_folder(Path(os.path.realpath(path)), name, scope)
        elif path.exists():
            yield from _named(path, name, scope)
        elif _MAGIC.intersection(argument):
            yield from _matching(argument, scope)
        else:
            yield _missing(path, name, scope)
    except (OSError, ValueError) as error:
        yield _unreadable(name, f"cannot be looked up: {getattr(error, 'strerror', None) or error}; check the name")


def _folder_of(path: Path) -> Path:
    """Give the folder that a source is or lies in; of a pattern, the part that is spelt out."""
    return next((folder for folder in (path, *path.parents) if os.path.isdir(folder)), path)  # noqa: PTH112 - never raises


def _page(argument: str) -> Found | Unreadable:
    url = uri.resolve(argument, None)
    if url is None:
        return _unreadable(_masked(argument), "is not a valid URL; correct it")
    shown = _masked(url)
    return Found(name=_clean(argument) if shown == url else shown, url=uri.without_fragment(url), is_named=True)


def _is_address(argument: str) -> bool:
    """Tell a URL, of whatever scheme, from a name in the file system."""
    return uri.scheme_of(argument) in uri.WEB or _ADDRESS.match(argument) is not None


def _masked(url: str) -> str:
    """Hide the user name and password that a URL holds: names stand in reports."""
    return uri.masked(_USERINFO.sub(r"\1***@", _clean(url)))


def _named(path: Path, name: str, scope: _Scope) -> Iterator[Found | Unreadable]:
    if _is_excluded(name, scope, is_folder=False):
        return
    here = Path(os.path.realpath(path.parent)) / path.name  # a link's destinations are relative to where it lies
    if here.is_relative_to(scope.root):
        yield Found(name=name, path=here, url=url_of(here, scope.root), root=scope.root, is_named=True)
    else:
        yield _unreadable(name, "lies outside --root-dir; name a root that holds it")


def _in_folder(folder: Path, name: str, scope: _Scope) -> Iterator[Found | Unreadable]:
    endings = formats.suffixes(in_folders=True)
    is_empty = True
    for found in _below(folder, name, scope, is_wanted=lambda path: path.suffix.lower() in endings):
        is_empty &= isinstance(found, Unreadable) and found.is_special
        yield found
    if is_empty:
        known = " ".join(sorted(ending.lstrip(".") for ending in endings))
        yield _unreadable(
            name, f"the folder holds no documents ({known}) that may be read; name a file or another folder"
        )


def _matching(argument: str, scope: _Scope) -> Iterator[Found | Unreadable]:
    parts = PurePath(argument).parts
    fixed = next(at for at, part in enumerate(parts) if _MAGIC.intersection(part))
    pattern = globs.compiled(parts[fixed:]) or ()
    start = PurePath(*parts[:fixed])
    folder = Path(os.path.realpath(scope.directory / start))
    if leaves_repository(scope.directory / start):
        yield _unreadable(_shown(argument, scope), _LEAVES)
        return
    if not folder.is_dir():
        yield _missing(folder, _shown(argument, scope), scope)
        return
    ending = PurePath(parts[-1]).suffix.lower()
    endings = formats.suffixes(in_folders=False) | ({ending} if not _MAGIC.intersection(ending) else set())
    depth = None if None in pattern else len(pattern)

    def is_wanted(path: Path) -> bool:
        return path.suffix.lower() in endings and globs.matches(path.relative_to(folder).parts, pattern)

    is_empty = True
    for found in _below(folder, _shown(str(start), scope), scope, is_wanted=is_wanted, depth=depth):
        is_empty &= isinstance(found, Unreadable) and found.is_special
        yield found
    if is_empty:
        yield _unreadable(_shown(argument, scope), "no document matches the pattern; check it, or name a folder")


def _below(
    folder: Path, name: str, scope: _Scope, *, is_wanted: Callable[[Path], bool], depth: int | None = None
) -> Iterator[Found | Unreadable]:
    """Give the wanted files below a resolved folder."""
    root, above = scope.root, len(folder.parts)
    if not folder.is_relative_to(root):
        yield _unreadable(name, "lies outside --root-dir; name a root that holds it")
        return

    def name_of(path: Path) -> str:
        return _clean((PurePath(name) / path.relative_to(folder)).as_posix())

    def is_excluded(path: Path, is_folder: bool) -> bool:  # noqa: FBT001 - as `walk` calls it
        is_deep = depth is not None and len(path.parts) - above > depth
        return is_deep or path in scope.ours or _is_excluded(name_of(path), scope, is_folder=is_folder)

    repository = repository_of(folder)
    for met in walk(folder, root=root, repository=repository, is_excluded=is_excluded, committed=scope.committed):
        if isinstance(met, OSError):
            yield _unreadable(name_of(Path(met.filename)), "the folder cannot be listed; give this user the right")
        elif isinstance(met, Special):
            if is_wanted(met.path):
                special = name_of(met.path)
                yield Unreadable(
                    special, f"{special}: is a pipe, device or socket; name it to read it", is_special=True
                )
        elif is_wanted(met):
            below = _clean(met.relative_to(folder).as_posix())
            yield Found(name=name_of(met), path=met, url=url_of(met, root), root=root, below=below)


def _is_excluded(name: str, scope: _Scope, *, is_folder: bool) -> bool:
    """Tell whether the person left out a file, or a folder above it."""
    if ".." in name:  # from `docs/`, `../docs/a.md` is `a.md`
        name = PurePath(os.path.relpath(scope.directory / name, scope.directory)).as_posix()
    parts = [part for part in name.split("/") if part]
    return any(
        is_ignored(parts[:end], scope.excluded, is_folder=is_folder or end < len(parts))
        for end in range(1, len(parts) + 1)
    )


def _is_ours(path: Path, scope: _Scope) -> bool:
    parts = path.relative_to(scope.directory).parts if path.is_relative_to(scope.directory) else path.parts
    return not NEVER.isdisjoint(parts) or not scope.ours.isdisjoint((path, *path.parents))


def _missing(path: Path, name: str, scope: _Scope) -> Unreadable:
    if path.is_symlink():
        return _unreadable(name, "is a link to a file that is not there; correct the link")
    folder = next(above for above in path.parents if above.is_dir())
    missing = path.relative_to(folder).parts[0]
    near = Names(sorted(each.name for each in folder.iterdir())).nearest(missing)
    hint = f"did you mean {_shown(str(folder / near), scope)}?" if near else "check the name"
    return _unreadable(name, f"there is no such file or folder; {hint}")


def _unreadable(name: str, why: str) -> Unreadable:
    return Unreadable(name, f"{name}: {why}")


def _shown(argument: str, scope: _Scope) -> str:
    """Give a path as people call it."""
    path = PurePath(argument)
    if path.is_absolute() and path.is_relative_to(scope.directory):
        path = path.relative_to(scope.directory)
    return _clean(path.as_posix())


def _clean(name: str) -> str:
    """Make a name text that can be written: bytes that are no UTF-8 come as lone surrogates."""
    return name.encode("utf-8", "backslashreplace").decode()


def _identity(found: Found | Unreadable) -> object:
    """Give what is the same for all names of one source."""
    if isinstance(found, Unreadable):
        return found
    if found.path is None:
        return found.url
    try:
        status = found.path.stat()
    except OSError:
        return found.path
    return (status.st_dev, status.st_ino)


_LEAVES = "leads out of its repository by a symbolic link; name the place itself, if you trust it"
_MAGIC = frozenset("*?[")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")
_USERINFO = re.compile(r"^([^/?#]*//)[^/?#\\]*@")
_SAFE = "/!$&'()*+,;=:@~"
"""What WHATWG leaves alone in a path."""
