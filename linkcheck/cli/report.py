"""`linkcheck report`: render a stored run again."""

import sys
from typing import Annotated, Literal

from cyclopts import Parameter

from linkcheck import registry
from linkcheck.cli.history import opened
from linkcheck.cli.terminal import as_utf8, style_for
from linkcheck.store import report as stored


def report(
    run: str = "last",
    /,
    *,
    format_: Annotated[str, Parameter(name="--format", help="text, json, markdown ...")] = "text",
    store: Annotated[str | None, Parameter(help="The history file.")] = None,
    color: Annotated[Literal["auto", "always", "never"], Parameter(help="Colour.")] = "auto",
    verbose: Annotated[bool, Parameter(name=["--verbose", "-v"], negative="", help="Every place and reason.")] = False,
) -> None:
    """Render a run from the history."""
    renderer = registry.load("render", format_)
    if format_ != "text":
        as_utf8(sys.stdout)
    style = style_for(sys.stdout, color=color, verbose=int(verbose))
    with opened(store) as database:
        renderer.render(stored(database, run), sys.stdout, style)
