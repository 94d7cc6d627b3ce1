"""`linkcheck prune`: take old runs out of the history, but for what later ones rest on."""

import sys
from datetime import timedelta
from typing import Annotated

from cyclopts import Parameter

from linkcheck.cli.history import opened
from linkcheck.clock import Clock, iso
from linkcheck.errors import UsageError
from linkcheck.render.counting import counted
from linkcheck.render.escape import message
from linkcheck.store.pruning import Pruned
from linkcheck.store.pruning import prune as pruned

_MOST = 36_500
"""Days; nobody keeps a history for longer than a hundred years."""


def prune(
    *,
    keep_days: Annotated[float, Parameter(help="Runs that began within so many days stay whole.")],
    dry_run: Annotated[bool, Parameter(name=["--dry-run", "-n"], negative="", help="Only say what would go.")] = False,
    store: Annotated[str | None, Parameter(help="The history file.")] = None,
) -> None:
    """Take old runs out, but for what verdicts, standing and rescues to come rest on."""
    if not 0 <= keep_days <= _MOST:
        raise UsageError(f"--keep-days: {keep_days:g} is no number of days from 0 to {_MOST:,}")
    before = iso(Clock().now() - timedelta(days=keep_days))
    with opened(store, is_changed=not dry_run) as database:
        found = pruned(database, before, is_tried=dry_run)
        print(message(f"{database.path}: {_said(found, keep_days, dry_run=dry_run)}"), file=sys.stderr)


def _said(found: Pruned, days: float, *, dry_run: bool) -> str:
    if not found.runs:
        stay = "1 run stays" if found.runs_left == 1 else f"{found.runs_left:,} runs stay"
        return f"no run that is older than {days:g} days can go; {stay}"
    before, after = _megabytes(found.bytes_before), _megabytes(found.bytes_after)
    went = "would go" if dry_run else "went"
    size = f"it has {before}, and would have about {after}" if dry_run else f"it has {after}, and had {before}"
    return (
        f"{counted(found.runs, 'run')} with {counted(found.checks, 'check')} {went}; {counted(found.runs_left, 'run')} "
        f"and {counted(found.checks_left, 'check')} stay, and with them what is known of every link; {size}"
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
