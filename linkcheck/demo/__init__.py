"""A little web that rots, with an archive that remembers some of it: for `linkcheck demo`, for tests and for pictures.

`world.py` is the table; `staged()` puts it on loopback:

    async with staged() as demo:
        outcome = await pipeline.run(pipeline.Job(config=demo.config(), directory=demo.directory, journal=journal))
    differences(outcome.report, demo.world.truths)
"""

from linkcheck.demo.compare import differences
from linkcheck.demo.staging import Demo, staged
from linkcheck.demo.table import Capture, Fault, Page, Truth, World
from linkcheck.demo.world import WORLD

__all__ = ["WORLD", "Capture", "Demo", "Fault", "Page", "Truth", "World", "differences", "staged"]
