"""The headless commands."""

import sys


def main() -> None:
    """Run the command line; the commands are imported only when they are called for."""
    try:
        from linkcheck.cli.app import run  # noqa: PLC0415  (`import linkcheck.cli` must stay cheap)

        run()
    except KeyboardInterrupt:
        sys.exit(130)
