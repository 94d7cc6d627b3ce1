"""Which wire speaks HTTP: the one that is wanted, or the fastest that is there."""

from importlib.metadata import PackageNotFoundError, version

from linkcheck.clock import Clock
from linkcheck.errors import ConfigError
from linkcheck.fetch.wire import Limits, Wire

_WREQ = "0.13."
"""Says what went wrong only in words, which may change with every minor version."""


def engine_of(wanted: str) -> str:
    """Give the name of the wire that is used when this one is wanted; `auto` is the fastest there is.

    ConfigError for `wreq` where it is not installed, or is another version than the one whose errors we can read.
    """
    has_wreq = wanted != "httpx" and _is_wreq_there()
    if wanted == "wreq" and not has_wreq:
        raise ConfigError(f"--engine wreq needs wreq {_WREQ}*: pip install 'linkcheck-provenance[fast]'")
    return "wreq" if has_wreq else "httpx"


def wire_named(engine: str, limits: Limits, clock: Clock) -> Wire:
    """Make the wire that `engine_of` names. The library behind it is imported only here."""
    match engine_of(engine):
        case "wreq":
            from linkcheck.fetch.wreq_wire import WreqWire  # noqa: PLC0415 - so that nobody needs wreq

            return WreqWire(limits, clock)
        case _:
            from linkcheck.fetch.httpx_wire import HttpxWire  # noqa: PLC0415 - httpx costs 60 ms; many runs need none

            return HttpxWire(limits, clock)


def _is_wreq_there() -> bool:
    try:
        return version("wreq").startswith(_WREQ)
    except PackageNotFoundError:
        return False
