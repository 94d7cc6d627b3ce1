"""The time zone that the readers of a page live in, by its language and country: `timezones.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_of(language: str, host: str = "") -> ZoneInfo | None:
    """Return the zone for a language tag (BCP 47) and the country that a host name ends with.

    None where there are several: an English page under `.com` may be from anywhere.
    """
    primary, _, rest = language.strip().lower().replace("_", "-").partition("-")
    places = (host.rpartition(".")[2].lower(), rest.rpartition("-")[2])
    known = _known()
    if not known["several"].isdisjoint(places):
        return None
    country = next((known["countries"][place] for place in places if place in known["countries"]), None)
    name = country or known["languages"].get(primary)
    try:
        return ZoneInfo(name) if name else None
    except ZoneInfoNotFoundError:  # a system without the database of time zones
        return None


@cache
def _known() -> dict[str, Any]:
    read = tomllib.loads(files("linkcheck").joinpath("timezones.toml").read_text(encoding="utf-8"))
    return {**read, "several": frozenset(read["several"])}
