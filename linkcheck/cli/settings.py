"""`linkcheck config`: where each value came from, and the JSON Schema of the settings."""

from typing import Annotated

import msgspec
from cyclopts import Parameter

from linkcheck import config
from linkcheck.config.schema import json_schema


def show(*, file: Annotated[str | None, Parameter(name="--config", help="Read this file.")] = None) -> None:
    """Print every setting with its value and where the value came from."""
    settings = config.read({}, named=file)
    values = msgspec.to_builtins(settings.config)
    width = max(len(name) for name in values)
    for name, value in values.items():
        shown = "-" if value is None else msgspec.json.encode(value).decode()
        print(f"{name:<{width}}  {shown}  ({settings.origins[name]})")


def schema() -> None:
    """Print the JSON Schema of a [linkcheck] table."""
    print(msgspec.json.format(msgspec.json.encode(json_schema()), indent=2).decode())
