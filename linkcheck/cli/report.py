"""`linkcheck report`: render a stored run again."""

import sys
from typing import Annotated, Literal

from cyclopts import Parameter
from msgspec import structs

from linkcheck import registry
from linkcheck.cli.configured import settings_of
from linkcheck.cli.history import opened
from linkcheck.cli.outputs import told
from linkcheck.cli.terminal import as_utf8, style_for, while_read
from linkcheck.store import report as stored


def report(
    run: str = "last",
    /,
    *,
    format_: Annotated[str | None, Parameter(name="--format", help="text, json, markdown ...")] = None,
    store: Annotated[str | None, Parameter(help="The history file.")] = None,
    color: Annotated[Literal["auto", "always", "never"] | None, Parameter(help="Colour.")] = None,
    verbose: Annotated[bool, Parameter(name=["--verbose", "-v"], negative="", help="Every place and reason.")] = False,
) -> None:
    """Render a run from the history, as the settings say and the options may say otherwise."""
    said = {"format": format_, "store": store, "color": color}
    wanted = settings_of({key: value for key, value in said.items() if value}).config
    renderer = registry.load("render", wanted.format)
    if wanted.format != "text":
        as_utf8(sys.stdout)
    style = style_for(sys.stdout, color=wanted.color, verbose=int(verbose))
    style = structs.replace(style, confidence=wanted.min_confidence)
    with opened(store) as database, while_read(sys.stdout):
        renderer.write(told(stored(database, run), renderer), sys.stdout, style)
