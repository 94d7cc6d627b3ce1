"""A wish, written into a document, that some rules be left out somewhere in it."""

from msgspec import Struct


class Ignore(Struct, frozen=True, kw_only=True):
    """One such wish."""

    rules: tuple[str, ...] = ()
    """Rules or verdicts; empty means all."""
    reason: str = ""
    until: str | None = None
    """The last day on which it holds, ISO 8601."""
    line: int
    """Where it stands, 1-based."""
    said: str
    """What kind of mark it is: `linkcheck: ignore`, `markdown-link-check-disable`, `data-proofer-ignore`."""
    first: tuple[int, int]
    """Line and column, both 1-based, from which on it holds."""
    last: tuple[int, int]
    """Line and column up to which it holds, included."""

    def covers(self, line: int, column: int) -> bool:
        """Tell whether a place is within it."""
        return self.first <= (line, column) <= self.last

    def names(self, rule: str) -> bool:
        """Tell whether a rule is meant."""
        return not self.rules or rule in self.rules
