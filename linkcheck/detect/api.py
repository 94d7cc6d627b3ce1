"""What a detector is: one rule that looks at a check and has an opinion."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from linkcheck.model import Check, Conversation, DocumentRow, Finding, Reference, Severity, Verdict


class Page(Struct, frozen=True):
    """The page that was fetched, alive until it has been judged."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    text: str
    """The visible text, whitespace folded."""
    is_free: bool | None = None
    """What the page says of its being free to read; None where it says nothing."""


class Context(Struct, frozen=True, kw_only=True):
    """What a detector may know beyond the check."""

    url: str
    """The link as planned."""
    page: Page | None = None


class Mention(Struct, frozen=True, kw_only=True):
    """A reference where it stands, for rules that need no page."""

    reference: Reference
    url: str | None
    """Absolute, fragment included; None where there is none."""
    link: str | None
    """The canonical URL that is checked."""
    document: DocumentRow


class Detector(Struct, frozen=True, kw_only=True):
    """A plug-in of this family.

    `detect` looks at a check; `probe` asks, and only `when` the findings so far call for it; `mention` looks at a
    reference where it stands.
    """

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
    mention: Callable[[Mention], Iterator[Finding]] | None = None
