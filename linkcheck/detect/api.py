"""What a detector is: one rule that looks at a check and has an opinion."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from linkcheck.model import Check, Conversation, Finding, Severity, Verdict


class Page(Struct, frozen=True):
    """The page that was fetched, alive until it has been judged."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    text: str
    """The visible text, whitespace folded."""


class Context(Struct, frozen=True, kw_only=True):
    """What a detector may know beyond the check."""

    url: str
    """The link as planned."""
    page: Page | None = None


class Detector(Struct, frozen=True, kw_only=True):
    """A plug-in of this family: `detect` is plain; `probe` asks, and only `when` the findings so far call for it."""

    rule: str
    severity: Severity
    """The default; the config may say otherwise."""
    about: str
    """One sentence for `linkcheck plugins` and `linkcheck explain`."""
    suggests: Verdict | None = None
    """The verdict that a finding of this rule speaks for."""
    detect: Callable[[Check, Context], Iterator[Finding]] | None = None
    probe: Callable[[Check, Context], Conversation[Sequence[Finding]]] | None = None
    when: Callable[[Sequence[Finding]], bool] | None = None
