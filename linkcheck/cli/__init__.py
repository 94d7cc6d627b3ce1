"""The headless commands."""

import gc
import sys

_NEW_OBJECTS = 10_000
"""Objects that come to be before dead cycles are looked for; Python's 700 are soon there while modules load."""


def main() -> None:
    """Run the command line; the commands are imported only when they are called for."""
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
    try:
        from linkcheck.cli.app import run  # noqa: PLC0415  (`import linkcheck.cli` must stay cheap)

        run()
    except KeyboardInterrupt:
        sys.exit(130)
