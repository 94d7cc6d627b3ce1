"""The verdict over time: what is remembered of a link's checks, and what that makes of its word."""

from enum import StrEnum

from msgspec import Struct

from linkcheck.model.verdict import ReasonCode, Verdict


class StandingWord(StrEnum):
    """Where a link stands."""

    NEW = "new"
    """It fails, and did not at the check before, or there was none."""
    PERSISTING = "persisting"
    """It still fails, and that is not yet sure to last."""
    CONFIRMED = "confirmed"
    """It has failed often enough, on different days."""
    RECOVERED = "recovered"
    """It is fine, and was not at the check before."""
    STEADY = "steady"
    """It is fine, as far as anybody knows always was."""


class Standing(Struct, frozen=True, omit_defaults=True):
    """The word, and what it rests on."""

    word: StandingWord
    strikes: int = 0
    """Checks that count against it."""
    of: int = 0
    """So many confirm it; 0 where no number of checks would."""
    since: str | None = None
    """The first check at which it was so, fine or failing: UTC, ISO 8601."""

    def __str__(self) -> str:
        """Say it in short: `persisting 2/3`."""
        is_counted = self.word is StandingWord.PERSISTING and self.of
        return f"{self.word} {self.strikes}/{self.of}" if is_counted else str(self.word)


class Sighting(Struct, frozen=True, kw_only=True):
    """What one check of a link says for its history."""

    at: str
    """UTC, ISO 8601."""
    verdict: Verdict
    code: ReasonCode
    counts: bool = True
    """False where a failure says nothing of the link: TLS, an outage of the host, trouble on our side."""
    is_outage: bool = False
    """Whether it does not count only because nearly all links of the host failed, too."""


class LastKnown(Struct, frozen=True):
    """What a link was when it was last checked, for a run that did not ask it."""

    verdict: Verdict
    at: str
    """UTC, ISO 8601."""


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is remembered of all sightings up to one: as much as the next step needs."""

    first: str
    """The first check."""
    last: Sighting
    since: str
    """The first check of the present spell of being fine, or of failing."""
    has_failed: bool = False
    """Whether there was a failing spell before the present one."""
    strikes: int = 0
    """Failing checks that count, far enough apart."""
    struck: str = ""
    """The last of them."""
    captured: int = 0
    """Captures that failed before the first check, far enough apart: strikes, too, and less sure ones."""
    answered: bool = False
    """Whether something came of it in this spell that is a page, though not what was cited."""
    outages: int = 0
    """Failing checks, far enough apart, at which its host was out."""
    out: str = ""
    """The last of them."""
    days: int = 0
    """Days on which it was found lost, in this spell."""
    day: str = ""
    """The last of them."""
