"""A proposed replacement for a link that no longer does its work."""

from enum import StrEnum
from typing import Any

from msgspec import Struct


class RescueKind(StrEnum):
    """Where the replacement comes from."""

    REDIRECT = "redirect"
    MEMENTO = "memento"
    RECOVERED = "recovered"


class Rescue(Struct, frozen=True, kw_only=True):
    """One replacement, ranked among others by confidence."""

    kind: RescueKind
    url: str
    uri_m: str | None = None
    confidence: float
    """0 to 1."""
    evidence: dict[str, Any] = {}
    message: str
