"""Which pace suits a host: that of the config's entry for it, that of the shipped list, or the usual one."""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

from linkcheck import uri
from linkcheck.config import Config
from linkcheck.fetch.hosts import settings_of
from linkcheck.fetch.lanes import Pace


class Known(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of a domain."""

    concurrency: int
    interval: float
    basis: Literal["documented", "reported", "assumed"]
    """Who says so: the host itself, those who were stopped by it, or nobody."""
    why: str


@cache
def known() -> dict[str, Known]:
    """Read the shipped list (paces.toml), by domain."""
    text = (files("linkcheck.fetch") / "paces.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Known])


def known_of(host: str) -> Known | None:
    """Give what is known of a host, by the longest name that covers it."""
    name = host.rstrip(".")
    while name:
        if found := known().get(name):
            return found
        name = name.partition(".")[2]
    return None


def pacing(config: Config, *, is_slower_only: bool = False) -> Callable[[str], Pace | None]:
    """Make the function that gives the pace of a URL's origin, where it has one of its own.

    The shipped list makes nobody faster than the config wants everybody to be; an entry for the host may, unless it
    comes from an untrusted config (`is_slower_only`).
    """

    def pace_at(url: str) -> Pace | None:
        listed, own = known_of(uri.host_of(url)), settings_of(url, config.hosts)
        if listed is None and own is None:
            return None
        concurrency, interval = config.host_concurrency, config.host_interval
        if listed:
            concurrency, interval = min(concurrency, listed.concurrency), max(interval, listed.interval)
        if own:
            wanted = concurrency if own.concurrency is None else own.concurrency
            concurrency = min(concurrency, wanted) if is_slower_only else wanted
            pause = interval if own.interval is None else own.interval
            interval = max(interval, pause) if is_slower_only else pause
        return Pace(per_origin=concurrency, interval=interval)

    return pace_at
