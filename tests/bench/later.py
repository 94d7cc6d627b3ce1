"""Runs linkcheck as on another day: `python tests/bench/later.py HOURS check ...`."""

import sys
from datetime import UTC, datetime, timedelta
from functools import partial

from linkcheck import pipeline
from linkcheck.cli.app import main
from linkcheck.clock import Clock


def _main(hours: str, *arguments: str) -> int:
    later = timedelta(hours=float(hours))
    pipeline.Job = partial(pipeline.Job, clock=Clock(now=lambda: datetime.now(UTC) + later))  # type: ignore[assignment,misc]  # the front door makes its job itself
    return main(list(arguments))


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
