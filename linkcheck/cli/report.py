"""`linkcheck report`: render a stored run again."""

import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from linkcheck import config, registry
from linkcheck.cli.history import place_of
from linkcheck.cli.terminal import as_utf8, style_for
from linkcheck.errors import UsageError
from linkcheck.store import Database
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
    settings = config.read({"store": store} if store else {})
    path = place_of(settings, Path.cwd())
    if not path.is_file():
        raise UsageError(f"{path}: there is no history here; `linkcheck check` makes one, --store names another")
    renderer = registry.load("render", format_)
    if format_ != "text":
        as_utf8(sys.stdout)
    database = Database(path)
    try:
        renderer.render(stored(database, run), sys.stdout, style_for(sys.stdout, color=color, verbose=int(verbose)))
    finally:
        database.close()
