"""`linkcheck runs`: which runs the history has."""

import sys
from itertools import islice
from typing import Annotated, Literal

import msgspec
from cyclopts import Parameter

from linkcheck.cli.history import opened
from linkcheck.cli.terminal import as_utf8
from linkcheck.render.counting import counted, counts, minute
from linkcheck.render.escape import plain, verbatim
from linkcheck.render.json import inert
from linkcheck.store.lookback import PastRun, past_runs


def runs(
    *,
    format_: Annotated[Literal["text", "json"], Parameter(name="--format", help="text or json.")] = "text",
    limit: Annotated[int, Parameter(name=["--limit", "-n"], help="So many, the newest first; 0 for all.")] = 20,
    store: Annotated[str | None, Parameter(help="The history file.")] = None,
) -> None:
    """List the runs, newest first."""
    with opened(store) as database:
        found = list(islice(past_runs(database), limit or None))
    if format_ == "json":
        as_utf8(sys.stdout)
        print(inert(msgspec.json.format(msgspec.json.encode(found), indent=2).decode()))
        return
    for one in found:
        print(verbatim(_line(one)))
    if not found:
        print("there are no runs yet; `linkcheck check` makes one")


def _line(one: PastRun) -> str:
    head = f"{plain(one.info.id)}  {minute(one.info.started)}  "
    if one.is_pruned and one.summary is None:
        return f"{head}broken off, and pruned"
    if one.summary is None:
        return f"{head}broken off (linkcheck check --resume goes on, with the same sources)"
    summary = one.summary
    state = ("pruned: " if one.is_pruned else "") + ("" if one.info.complete else "incomplete: ")
    said = f"{counted(summary.documents, 'document')}, {counted(summary.links, 'link')}"
    words = f": {counts(summary.link_verdicts)}" if summary.link_verdicts else ""
    return f"{head}{state}{said}{words}"
