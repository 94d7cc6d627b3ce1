"""Runs linkcheck over and over in this process, and writes down what it touches outside of the checked folder.

Reads cases as JSON from stdin, `[{"folder": ..., "arguments": [...]}]`, and writes what each touched to stdout. An
audit hook (PEP 578) cannot be removed, so this runs in a process of its own. What would leave this machine is refused.
"""

import json
import os
import sys
import sysconfig
import tempfile
from typing import Any

from platformdirs import user_state_path

_PATHS = {
    "open": 1, "os.listdir": 1, "os.scandir": 1, "os.mkdir": 1, "os.rmdir": 1, "os.remove": 1, "os.truncate": 1,
    "os.chmod": 1, "os.chown": 1, "os.utime": 1, "os.chdir": 1, "os.rename": 2, "os.link": 2, "os.symlink": 2,
    "sqlite3.connect": 1, "ctypes.dlopen": 1, "shutil.copyfile": 2, "shutil.move": 2, "shutil.rmtree": 1,
}  # fmt: skip
"""Events whose first arguments are paths."""
_PROGRAMS = {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork", "os.forkpty"}
_ADDRESSES = {"socket.connect", "socket.sendto", "socket.bind", "socket.sendmsg"}
_NAMES = {"socket.getaddrinfo", "socket.gethostbyname"}


class Watch:
    """What one run touches."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.touches: set[str] = set()
        places = [*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, *filter(None, sys.path), "/usr", "/lib"]
        places.append(str(user_state_path("linkcheck", appauthor=False)))  # where each history is registered
        self._own = tuple({os.path.realpath(place) + os.sep for place in places})
        self._temporary = os.path.realpath(tempfile.gettempdir()) + os.sep

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Write down an event outside of the folder."""
        if self.folder is None:
            return
        if event in _PATHS:
            for path in arguments[: _PATHS[event]]:
                self._path(event, path)
        elif event in _PROGRAMS:
            self.touches.add(f"{event} {arguments[0]!r}")
        elif event in _ADDRESSES:
            address = arguments[-1]
            self.touches.add(f"{event} {address!r}")
            if isinstance(address, tuple) and event != "socket.bind" and address[0] not in {"127.0.0.1", "::1"}:
                raise PermissionError(f"{address}: a test talks to this machine alone")
        elif event in _NAMES:
            self.touches.add(f"{event} {arguments[0]!r}")
        elif event == "exec" and self._is_file_within(arguments[0]):
            self.touches.add(f"exec {arguments[0].co_filename}")

    def _is_within(self, path: str) -> bool:
        return self.folder is not None and (os.path.realpath(path) + os.sep).startswith(self.folder)

    def _is_file_within(self, code: Any) -> bool:
        name = getattr(code, "co_filename", "")
        return name.startswith(os.sep) and self._is_within(name)

    def _path(self, event: str, path: Any) -> None:
        if isinstance(path, int) or path is None:
            return
        real = os.path.realpath(os.fsdecode(path)) + os.sep
        if not self._is_within(real) and not real.startswith((*self._own, self._temporary)):
            self.touches.add(f"{event} {real.rstrip(os.sep)}")


def main() -> None:
    """Run the cases."""
    cases = json.load(sys.stdin)
    from linkcheck.cli.app import main as linkcheck  # noqa: PLC0415 - before the hook: Python's own files are many

    answer = os.fdopen(os.dup(1), "w")
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)
    os.dup2(silence, 0)
    watch = Watch()
    sys.addaudithook(watch.hear)
    found = []
    for case in cases:
        os.chdir(case["folder"])
        watch.touches = set()
        watch.folder = os.path.realpath(case["folder"]) + os.sep
        code = linkcheck(case["arguments"])
        watch.folder = None
        found.append({"code": int(code), "touches": sorted(watch.touches)})
    json.dump(found, answer)
    answer.close()


if __name__ == "__main__":
    main()
