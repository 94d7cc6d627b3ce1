"""What a person has seen, where programs cannot look."""

from msgspec import Struct

from linkcheck.model.verdict import Verdict


class Mark(Struct, frozen=True, kw_only=True):
    """A person's judgement of a link."""

    at: str
    """UTC, ISO 8601."""
    verdict: Verdict | None
    """None takes back what was said before."""
    note: str = ""
    until: str = ""
    """The first day on which it no longer holds (ISO date); empty while the answer stays as it is."""
    answer: str | None = None
    """What the link had answered by then, as `answer_of` says it; None where it had not been asked."""
