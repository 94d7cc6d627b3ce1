"""Visits a zoo that somebody else has opened, as a process that can be killed: `python -m tests.zoo.visitor JSON`.

It prints a line once the run has begun; what it finds is in the history.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from linkcheck import config, pipeline
from linkcheck.events import Event
from linkcheck.fetch import nameservers, onion
from linkcheck.fetch.resolve import Resolver, overrides
from linkcheck.store import Journal


def main() -> None:
    """Run once."""
    wanted: dict[str, Any] = json.loads(sys.argv[1])
    os.environ["SSL_CERT_FILE"] = wanted["certificate"]
    onion.resolver_for = lambda settings: Resolver(  # type: ignore[assignment]  # the zoo has a name server of its own
        nameservers.asking(["127.0.0.1"], wanted["names"], deadline=2.0), overrides=overrides(settings.resolve)
    )
    folder = Path(wanted["folder"])
    journal = Journal(folder / "history.sqlite")
    settings = config.read(wanted["options"], environ={}, directory=folder).config
    is_told = False

    def tell(_: Event) -> None:
        nonlocal is_told
        if not is_told:
            is_told = True
            print("begun", flush=True)  # noqa: T201 - somebody waits for it

    asyncio.run(pipeline.run(pipeline.Job(config=settings, journal=journal, directory=folder, emit=tell)))  # type: ignore[arg-type]  # a coroutine
    journal.close()


if __name__ == "__main__":
    main()
