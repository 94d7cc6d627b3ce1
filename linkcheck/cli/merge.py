"""`linkcheck merge`: put histories together."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from linkcheck.cli.configured import ConfigFile, settings_of
from linkcheck.cli.history import state_folder
from linkcheck.errors import OutputError, UsageError
from linkcheck.render.counting import counted
from linkcheck.render.escape import message
from linkcheck.standing import Rule
from linkcheck.store.database import identity_of
from linkcheck.store.known import Known
from linkcheck.store.merging import merge as merged
from linkcheck.writing import checked


def merge(
    *histories: Annotated[str, Parameter(name="HISTORY", help="A history file.")],
    out: Annotated[str, Parameter(name=["--output", "-o"], help="The new file.")],
    strikes: Annotated[int | None, Parameter(help="So many failing checks make an unreachable link dead.")] = None,
    strike_days: Annotated[float | None, Parameter(help="Days that lie between two of them, at least.")] = None,
    file: ConfigFile = None,
) -> None:
    """Write what several histories know into a new one; the order does not matter."""
    if len(histories) < 2:
        raise UsageError("merge needs two histories at least: linkcheck merge A B -o C")
    said = {"strikes": strikes, "strike-days": strike_days}
    settings = settings_of({key: value for key, value in said.items() if value is not None}, file=file).config
    rule = Rule(settings.strikes, settings.strike_days)
    try:
        place = checked(Path(out))
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror}); choose another --output") from error
    runs, links = merged([Path(name) for name in histories], place, rule)
    Known(state_folder()).add(identity_of(place) or "")
    print(message(f"{out}: {counted(runs, 'run')}, {counted(links, 'link')}"), file=sys.stderr)
