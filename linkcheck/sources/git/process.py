"""Runs git's plumbing on the objects of a repository, and on nothing else of it.

The GIT_DIR is a fresh folder with a config of ours: no filter, hook, driver, remote or include of the repository, of
the user or of the system is known in it, so there is nothing that git could run or connect to.
"""

import os
import re
import shutil
import subprocess
import tempfile
import weakref
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock, Timer
from typing import IO

from msgspec import Struct

from linkcheck.errors import GitError, RepositoryError

OLDEST = (2, 30)
"""What Debian 11 has. `cat-file --batch` is far older; objects of SHA-256 came with 2.29."""
_LONGEST = 120.0
"""Seconds for one answer. A pack that is a FIFO would keep git waiting for ever."""
_BIG = "1m"
"""Blobs above this size are streamed by git, whatever is packed in them, and not held in memory."""
_CONFIG = f"""\
[core]
\trepositoryformatversion = {{version}}
\tbare = true
\tbigFileThreshold = {_BIG}
\tcommitGraph = false
\tmultiPackIndex = false
[extensions]
\tobjectFormat = {{object_format}}
[protocol]
\tallow = never
[gc]
\tauto = 0
"""
"""The indexes are left out since they repeat what the objects say, and could say otherwise."""
_APART: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
_SILENT = {
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_PROTOCOL_FROM_USER": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}


class Object(Struct, frozen=True):
    """One object of a repository."""

    hash: str
    kind: str
    content: bytes


class TooLargeError(Exception):
    """An object is larger than what was allowed for."""


class Plumbing:
    """git, run on a folder of objects. `close` ends what it has begun; so does the garbage collector."""

    def __init__(self, git: str, objects: Path, *, object_format: str, shallow: bytes) -> None:
        self._git = git
        self._folder = tempfile.mkdtemp(prefix="linkcheck-git-")
        self._turn = Lock()
        self._children: list[subprocess.Popen[bytes]] = []
        self.close = weakref.finalize(self, _cleared, self._folder, self._children)
        folder = Path(self._folder)
        (folder / "refs").mkdir()
        (folder / "HEAD").write_bytes(b"ref: refs/heads/none\n")
        is_first = object_format == "sha1"
        config = _CONFIG.replace("[extensions]\n\tobjectFormat = {object_format}\n", "") if is_first else _CONFIG
        text = config.format(version=0 if is_first else 1, object_format=object_format)
        (folder / "config").write_text(text, encoding="utf-8")
        if shallow:
            (folder / "shallow").write_bytes(shallow)
        self._environment = {
            **_without_git(os.environ),
            **_SILENT,
            "HOME": self._folder,
            "XDG_CONFIG_HOME": self._folder,
            "GIT_DIR": self._folder,
            "GIT_OBJECT_DIRECTORY": str(objects),
        }

    def run(self, *arguments: str) -> bytes | None:
        """Return what a command of plumbing writes; None where it exits with 1, which means "no".

        RepositoryError where it fails otherwise: an object is missing or damaged.
        """
        done = _ran([self._git, "--no-pager", *arguments], self._environment, self._folder)
        if done.returncode not in {0, 1}:
            raise RepositoryError(f"git {arguments[0]} failed: the repository lacks objects, or is damaged (git fsck)")
        return done.stdout if done.returncode == 0 else None

    def object(self, name: str, limit: int) -> Object | None:
        """Return the object of a hash, or of `<hash>^{tree}`; None where it is not here.

        TooLargeError where it has more bytes than the limit.
        """
        with self._turn:
            return self._asked(self._child(), name, limit)

    def _asked(self, child: subprocess.Popen[bytes], name: str, limit: int) -> Object | None:
        assert child.stdin, "a pipe"
        assert child.stdout, "a pipe"
        watch = Timer(_LONGEST, child.kill)
        watch.daemon = True
        watch.start()
        try:
            child.stdin.write(f"{name}\n".encode())
            child.stdin.flush()
            return _answer(child.stdout, limit)
        except TooLargeError:
            self._end(child)  # rather than read what is not wanted
            raise
        except (OSError, ValueError) as error:
            self._end(child)
            raise RepositoryError(f"git cat-file failed at {name}: the repository is damaged (git fsck)") from error
        finally:
            watch.cancel()

    def _child(self) -> subprocess.Popen[bytes]:
        """Return the process that is asked: apart from us, so that a Ctrl-C leaves it until the report is written."""
        if self._children and self._children[0].poll() is not None:
            self._end(self._children[0])
        if not self._children:
            try:
                child = subprocess.Popen(  # noqa: S603 - our git, our arguments
                    [self._git, "--no-pager", "cat-file", "--batch"],
                    env=self._environment, cwd=self._folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL, start_new_session=True, creationflags=_APART,
                )  # fmt: skip
            except OSError as error:
                raise GitError(f"{self._git}: cannot be run: {error.strerror or error}") from error
            self._children.append(child)
        return self._children[0]

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        self._children.remove(child)
        _ended(child)


def find_git(forbidden: Path) -> str:
    """Return the absolute path of a git that is new enough, from PATH but not from a folder that is being checked.

    GitError where there is none. `shutil.which` would take relative entries, and on Windows the working directory.
    """
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = Path(folder, name)
        if not path.is_absolute() or not path.is_file() or not os.access(path, os.X_OK):
            continue
        if any(Path(os.path.realpath(one)).is_relative_to(forbidden) for one in (path.parent, path)):
            continue
        version = _version_of(str(path))
        if version < OLDEST:
            raise GitError(
                f"{path}: is Git {'.'.join(map(str, version))}, and {'.'.join(map(str, OLDEST))} or newer is needed;"
                " update Git"
            )
        return str(path)
    raise GitError(
        f"Git is needed, and there is no `git` on PATH (one below {forbidden} does not count); install Git"
        f" {'.'.join(map(str, OLDEST))} or newer"
    )


def is_vouched_for(top: Path) -> bool:
    """Return True if the config of the user or the system has a work tree as `safe.directory`.

    Containers in CI need it: the work tree belongs to the host's user, and actions/checkout writes the entry.
    """
    git = find_git(top)
    with tempfile.TemporaryDirectory(prefix="linkcheck-git-") as empty:
        # With a GIT_DIR git looks for no repository; what HOME and the environment say is the user's own.
        environment = {**os.environ, "GIT_DIR": empty, "GIT_TERMINAL_PROMPT": "0"}
        done = _ran([git, "config", "--type=path", "-z", "--get-all", "safe.directory"], environment, empty)
    named = done.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1] if done.returncode == 0 else []
    counting = (
        named[len(named) - named[::-1].index("") :] if "" in named else named
    )  # an empty one takes back all before
    return any(
        path == "*" or path.rstrip("/") == str(top) or (path.endswith("/*") and top.is_relative_to(path[:-1]))
        for path in counting
    )


@lru_cache
def _version_of(git: str) -> tuple[int, ...]:
    with tempfile.TemporaryDirectory(prefix="linkcheck-git-") as empty:
        done = _ran([git, "version"], {**_without_git(os.environ), **_SILENT, "GIT_DIR": empty}, empty)
    found = re.match(rb"git version (\d{1,6})\.(\d{1,6})", done.stdout)
    if found is None:
        raise GitError(f"{git}: does not say its version; is it Git?")
    return int(found[1]), int(found[2])


def _ran(command: list[str], environment: Mapping[str, str], folder: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a git to its end; GitError where it cannot be, or takes too long."""
    try:
        return subprocess.run(  # noqa: S603 - an absolute path from PATH, our arguments
            command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=_LONGEST, check=False,
        )  # fmt: skip
    except OSError as error:
        raise GitError(f"{command[0]}: cannot be run: {error.strerror or error}") from error
    except subprocess.TimeoutExpired as error:
        raise GitError(f"{command[0]}: took longer than {_LONGEST:g} s, and was ended") from error


def _answer(stream: IO[bytes], limit: int) -> Object | None:
    """Read one answer of `git cat-file --batch`; ValueError where it is none."""
    header = stream.readline(1000)
    parts = header.decode("ascii", "replace").split()
    match parts:
        case [_, "missing" | "ambiguous"]:
            return None
        case [name, ("blob" | "tree" | "commit" | "tag") as kind, size] if size.isdecimal():
            if int(size) > limit:
                raise TooLargeError
            content = stream.read(int(size) + 1)
            if len(content) == int(size) + 1:
                return Object(name, kind, content[:-1])
    raise ValueError(header)


def _without_git(environment: "os._Environ[str]") -> dict[str, str]:
    """Return an environment without what steers git, such as the GIT_INDEX_FILE that hooks run with."""
    return {name: value for name, value in environment.items() if not name.upper().startswith(("GIT_", "SSH_ASKPASS"))}


def _cleared(folder: str, children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        _ended(child)
    children.clear()
    shutil.rmtree(folder, ignore_errors=True)


def _ended(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    for pipe in (child.stdin, child.stdout):
        try:
            if pipe:
                pipe.close()
        except OSError:  # what is still buffered for a process that is gone
            pass
    child.wait()
