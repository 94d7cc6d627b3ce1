"""Runs one command and writes down what it cost: `python -m tests.bench.measure OUT COMMAND...`.

A process of its own, because Linux counts the memory of whoever starts a process as that process's peak.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from msgspec import Struct


class Cost(Struct, frozen=True):
    """What a command took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system, with all that it started and waited for."""
    rss: float
    """Peak resident memory in MB."""
    code: int
    """The exit code."""


def measure(command: list[str], out: Path) -> Cost:
    """Run a command with its stdout in a file."""
    runner = [sys.executable, "-m", "tests.bench.measure", str(out), *command]
    said = subprocess.run(runner, check=True, capture_output=True, text=True).stdout
    return Cost(**json.loads(said))


def _usual() -> dict[str, str]:
    """Give the environment of a user, whose interpreter keeps what it has compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _main(out: str, *command: str) -> None:
    folder = Path(out).parent  # where no config of this project is found
    with Path(out).open("wb") as stdout, Path(f"{out}.err").open("wb") as stderr:
        began = time.monotonic()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, env=_usual(), cwd=folder
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    cost = {"wall": wall, "cpu": cpu, "rss": usage.ru_maxrss / 1024, "code": process.returncode}
    json.dump(cost, sys.stdout)


if __name__ == "__main__":
    _main(*sys.argv[1:])
