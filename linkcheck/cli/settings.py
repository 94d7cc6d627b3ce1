"""`linkcheck config`: where each value came from, what an untrusted config may say, and the JSON Schema."""

from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter

from linkcheck.cli.configured import VOUCHED, configured
from linkcheck.config.layers import rulings_of
from linkcheck.config.schema import json_schema
from linkcheck.errors import UsageError
from linkcheck.render.escape import plain


def show(
    folder: str = ".",
    /,
    *,
    untrusted: Annotated[
        bool,
        Parameter(negative="", help="What counts of the config that is found from FOLDER, while it is not trusted."),
    ] = False,
    vouched: VOUCHED = None,
) -> None:
    """Print every setting with its value and where the value came from."""
    if untrusted:
        _show_untrusted(Path(folder))
        return
    if folder != ".":
        raise UsageError("config show: a FOLDER goes with --untrusted; without it, the settings are those of here")
    with configured({}, vouched) as (settings, _):
        values = msgspec.to_builtins(settings.config)
        width = max(len(name) for name in values)
        for name, value in values.items():
            print(f"{name:<{width}}  {_written(value)}  ({plain(settings.origins[name])})")


def schema() -> None:
    """Print the JSON Schema of a [linkcheck] table."""
    print(msgspec.json.format(msgspec.json.encode(json_schema()), indent=2).decode())


def _show_untrusted(folder: Path) -> None:
    """Print what would count of the config that is found from a folder: each value, its class, taken or left out."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder")
    file, rulings = rulings_of(folder.absolute())
    if file is None:
        print("There is no config here that a run would find.")
        return
    print(f"{plain(str(file))}: what counts of it as long as nobody vouches for it")
    rows = [
        (plain(one.name), _written(one.value), one.trust.value, f"left out: {one.why}" if one.why else "counts")
        for one in rulings
    ]
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(3)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, (*widths, 0), strict=True)).rstrip())
    count = sum(not one.why for one in rulings)
    print(f"{count:,} of {len(rulings):,} count. All would, if you named the file (--config FILE) or a commit that")
    print("has it (--config-from REV). SECURITY.md says what each class allows.")


def _written(value: object) -> str:
    shown = "-" if value is None else msgspec.json.encode(value).decode()
    return plain(shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}...")


_LONGEST = 1000
"""Characters of a value that are shown."""
