# ruff: noqa: T201 - a benchmark prints
"""What the wire alone costs: every link of a document asked once, and nothing done with the answers.

A process of its own, so that its CPU is that of the wire, its threads included: `python -m tests.bench.bare DOCUMENT
ENGINE` prints the seconds, without those that it takes to start.
"""

import asyncio
import re
import resource
import subprocess
import sys
from pathlib import Path

from linkcheck.clock import Clock
from linkcheck.fetch.engine import wire_named
from linkcheck.fetch.wire import Limits
from linkcheck.model import Request, Response

_WORKERS = 256
"""As many as the tools that are compared may ask at once."""
_LINK = re.compile(r"\((http://([^/)]+)/[^)]*)\)")


def seconds(document: Path, engine: str) -> float:
    """Ask all links of a document in a new process; give the CPU seconds."""
    command = [sys.executable, "-m", "tests.bench.bare", str(document), engine]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


async def _ask_all(links: list[tuple[str, str]], engine: str) -> float:
    wire = wire_named(engine, Limits(idle_connections=_WORKERS), Clock())
    asked = iter(links)

    async def work() -> None:
        for url, address in asked:
            answer = await wire.send(Request(url, addresses=(address,)))
            assert isinstance(answer, Response), answer

    before = _used()
    await asyncio.gather(*(work() for _ in range(_WORKERS)))
    used = _used() - before
    await wire.aclose()
    return used


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    print(asyncio.run(_ask_all(_LINK.findall(Path(sys.argv[1]).read_text(encoding="utf-8")), sys.argv[2])))
