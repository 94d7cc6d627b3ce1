"""`linkcheck merge`: put histories together."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from linkcheck.errors import UsageError
from linkcheck.render.escape import plain
from linkcheck.render.wording import counted
from linkcheck.store.merging import merge as merged


def merge(
    *histories: Annotated[str, Parameter(name="HISTORY", help="A history file.")],
    out: Annotated[str, Parameter(name=["--output", "-o"], help="The new file.")],
) -> None:
    """Write what several histories know into a new one; the order does not matter."""
    if len(histories) < 2:
        raise UsageError("merge needs two histories at least: linkcheck merge A B -o C")
    runs, links = merged([Path(name) for name in histories], Path(out))
    print(plain(f"{out}: {counted(runs, 'run')}, {counted(links, 'link')}"), file=sys.stderr)
