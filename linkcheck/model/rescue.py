"""A proposed replacement for a link that no longer does its work."""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from linkcheck.model.verdict import Verdict


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
    """`now` of a recovered target: its verdict and why, `dead: 404 Not Found on GET, asked twice`."""
    message: str

    @property
    def now(self) -> str:
        """The verdict of a recovered target; empty where nobody has looked."""
        return str(self.evidence.get("now", "")).partition(":")[0]

    @property
    def is_gone(self) -> bool:
        """Tell a recovered target to which no reader should be sent: it is lost by now, and no capture is known."""
        return self.uri_m is None and self.now in _LOST


_LOST = frozenset({Verdict.DEAD.value, Verdict.SOFT_404.value, Verdict.USURPED.value})
